package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/seeds"
)

func newExtract() *cobra.Command {
	var f extractFlags
	cmd := &cobra.Command{
		Use:   "extract [FILE…|-]",
		Short: "Read articles and write what they say",
		Long: `Read articles and write who did what to whom.

Each FILE is one article of plain text, or, with --input-format jsonl or a name
that ends in .jsonl or .ndjson, one article a line as a JSON object with "text"
and, where known, "id", "url", "title" and "published" (2019-06-04). "-", or no
FILE at all, is standard input. A name that ends in .gz is unpacked.

Articles are written in the order in which they were read, whatever the number of
workers, and each one is written before more are held in memory: any number of
them can stream through.

--format says what is written:
  jsonld    the graph as JSON-LD (the default), one streamable document
  ndjsonld  the same, one JSON-LD document a line for each article
  nquads    the same graph as N-Quads, one statement a line
  ntriples  the same as N-Triples, without the graphs' names
  trig      the same as TriG, to be read by people
  turtle    the same as Turtle, without the graphs' names
  graphml   the same as nodes and edges, for tools that draw graphs
  csv       the same as tables, entities.csv, relations.csv and mentions.csv in the
            folder -o, ready for neo4j-admin and for a spreadsheet
  json      all that was found, one JSON object a line: sentences, mentions,
            entities and relations with their places in the text
  conllu    sentences, words, parts of speech and trees as CoNLL-U

The date of an article decides what "last Tuesday" means and who "the French
president" was. It is the article's "published", or else --date.

A broken article does not stop the others: it is reported with its place, and the
exit code is 1.`,
		Example: `  # one article, its date given by hand
  dyad extract --date 2019-06-04 article.txt

  # many articles, into a file that appears when it is complete
  dyad extract --input-format jsonl --format nquads -o news.nq.gz news.jsonl

  # in a pipe
  zcat news.jsonl.gz | dyad extract --input-format jsonl --format json - | jq .relations

  # with a person, a rule or a model of your own over the built-in ones
  dyad extract --seeds my-seeds article.txt`,
		RunE: func(cmd *cobra.Command, files []string) error {
			c, err := f.config(files)
			if err != nil {
				return err
			}
			return c.extract(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.add(cmd)
	return cmd
}

// extractFlags are the flags as they were typed.
type extractFlags struct {
	pipeline
	workers               int
	format, inputFormat   string
	date, url, title      string
	output, base, context string
	direct                string
	open, noGraphs, rdf12 bool
	minConfidence         float64
}

func (f *extractFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "jsonld", "what to write: "+strings.Join(formats(), ", "))
	flags.StringVarP(&f.output, "output", "o", "", "write to this `file` (of csv: folder) instead of standard output; it appears when it is complete, .gz is compressed")
	flags.StringVar(&f.inputFormat, "input-format", "", "what to read: text, jsonl (default by the file's name, else text)")
	flags.StringVar(&f.date, "date", "", "the `day` on which articles without a date were published: 2019-06-04, 2019-06 or 2019")
	flags.StringVar(&f.url, "url", "", "where the one article was published")
	flags.StringVar(&f.title, "title", "", "headline of the one article, where the text does not begin with it")
	flags.Float64Var(&f.minConfidence, "min-confidence", 0, "leave out relations that are less certain than this `number` from 0 to 1")
	flags.BoolVar(&f.open, "open", false, "write all clauses too, not only those that rules know (with --format json)")
	flags.StringVar(&f.direct, "direct", "all", "positive, actual relations that also become a plain triple: all, asserted (not what somebody is quoted as saying), none")
	flags.BoolVar(&f.noGraphs, "no-graphs", false, "plain triples instead of a named graph for each article")
	flags.BoolVar(&f.rdf12, "rdf12", false, "describe statements by triple terms of RDF 1.2 instead of rdf:Statement")
	flags.StringVar(&f.base, "base", "", "namespace `IRI` of the identifiers that dyad makes (default https://w3id.org/dyad/id/)")
	flags.StringVar(&f.context, "context", "", "refer to the JSON-LD context at this `URL` instead of writing it out")
	f.addFlags(cmd)
	flags.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "articles that are read at the same time; the output does not depend on it")
	for name, values := range map[string][]string{
		"format": formats(), "input-format": inputFormats, "direct": directs,
	} {
		complete(cmd, name, values)
	}
}

// tables is the format that writes a folder of files.
const tables = "csv"

func formats() []string { return append(graph.Formats(), tables) }

// What these flags take.
var (
	inputFormats = []string{"text", "jsonl"}
	directs      = []string{"all", "asserted", "none"}
)

// An extractConfig says what to do; all of it can be done.
type extractConfig struct {
	pipeline
	files         []string
	format        string
	inputFormat   string // "" tells it by the file's name
	date          seeds.Date
	url, title    string
	output        string
	workers       int
	minConfidence float32
	graph         graph.Options
}

// config checks the flags.
func (f *extractFlags) config(files []string) (*extractConfig, error) {
	if len(files) == 0 {
		files = []string{"-"}
	}
	c := &extractConfig{
		pipeline: f.pipeline, workers: f.workers, files: files, format: f.format, inputFormat: f.inputFormat, url: f.url, title: f.title, output: f.output,
		minConfidence: float32(f.minConfidence),
		graph:         graph.Options{Base: f.base, Context: f.context, NoGraphs: f.noGraphs, RDF12: f.rdf12, Clauses: f.open},
	}
	if err := errors.Join(
		oneOf("format", f.format, formats()),
		oneOf("input-format", cmp.Or(f.inputFormat, "text"), inputFormats),
		f.check(),
		oneOf("direct", f.direct, directs),
	); err != nil {
		return nil, err
	}
	var err error
	if c.graph.Direct, err = graph.ParseDirect(f.direct); err != nil {
		return nil, err
	}
	if f.date != "" {
		if c.date, err = seeds.ParseDate(f.date); err != nil {
			return nil, fmt.Errorf("--date: %w", err)
		}
	}
	switch {
	case f.workers < 1:
		return nil, fmt.Errorf("--workers %d: want 1 or more", f.workers)
	case f.minConfidence < 0 || f.minConfidence > 1:
		return nil, fmt.Errorf("--min-confidence %g: want a number from 0 to 1", f.minConfidence)
	case f.open && f.format != "json":
		return nil, errors.New("--open: only --format json has clauses")
	case f.format == tables && (f.output == "" || f.output == "-"):
		return nil, errors.New("--format csv: it writes several files: name a folder with -o")
	case (f.url != "" || f.title != "") && (len(files) > 1 || c.isLines(files[0])):
		return nil, errors.New("--url and --title describe one article: give one text file")
	case isTwice(files, "-"):
		return nil, errors.New("-: standard input can be read only once")
	}
	return c, nil
}

func isTwice(list []string, s string) bool {
	i := slices.Index(list, s)
	return i >= 0 && slices.Contains(list[i+1:], s)
}

// extract reads the inputs and writes what they say.
func (c *extractConfig) extract(ctx context.Context, stdin io.Reader, stdout, errs io.Writer) error {
	var side errgroup.Group
	side.Go(func() (err error) { // takes as long as reading the seeds does
		c.graph.Provenance, err = c.provenance()
		return err
	})
	x, err := c.build()
	if waited := side.Wait(); err == nil {
		err = waited
	}
	if err != nil {
		return err
	}
	return c.write(ctx, x, stdin, stdout, errs)
}

// write is extract with a built extractor.
func (c *extractConfig) write(ctx context.Context, x *extract.Extractor, stdin io.Reader, stdout, errs io.Writer) error {
	out, err := c.newSink(stdout)
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, out.abandon)() // an interrupt may find a worker or an input that does not stop
	failed, err := c.run(ctx, x, c.items(stdin), out, errs)
	if err == nil {
		err = out.commit()
	} else {
		out.abandon()
	}
	if ctx.Err() != nil {
		err = errInterrupted
	}
	if err != nil || failed > 0 {
		return &failedError{err}
	}
	return nil
}
