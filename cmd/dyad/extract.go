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
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/seeds"
)

func newExtract() *cobra.Command {
	var c extractConfig
	var date string
	cmd := &cobra.Command{
		Use:   "extract [FILE…|-]",
		Short: "Read articles and write what they say",
		Long: `Read articles and write who did what to whom.

Each FILE is one article: plain text, Markdown (.md), a page (.html) or a mail
(.eml). Or it has many: JSON Lines (.jsonl, .ndjson), one object a line with "text"
and, where known, "id", "url", "title" and "published" (2019-06-04); an RSS or Atom
feed (.rss, .atom, .xml); a web archive (.warc). Where the name does not tell, the
first bytes do; --input-format overrules both. "-", or no FILE at all, is standard
input. What is packed with gzip or zstd is unpacked. Articles that are not in English
are reported and skipped.

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
			if err := c.check(files, date); err != nil {
				return err
			}
			return c.extract(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.format, "format", "jsonld", "what to write: "+strings.Join(formats(), ", "))
	flags.StringVarP(&c.output, "output", "o", "", "write to this `file` (of csv: folder) instead of standard output; it appears when it is complete, .gz is compressed")
	flags.StringVar(&c.inputFormat, "input-format", "", "what to read: "+strings.Join(inputFormats, ", ")+" (default by the file's name, else by its first bytes)")
	flags.StringVar(&date, "date", "", "the `day` on which articles without a date were published: 2019-06-04, 2019-06 or 2019")
	flags.StringVar(&c.url, "url", "", "where the one article was published")
	flags.StringVar(&c.title, "title", "", "headline of the one article, where the text does not begin with it")
	c.fields.addFlag(cmd)
	c.writing.addFlags(cmd)
	c.pipeline.addFlags(cmd)
	flags.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "articles that are read at the same time; the output does not depend on it")
	complete(cmd, "input-format", inputFormats)
	return cmd
}

var inputFormats = func() (names []string) {
	for _, f := range read.Formats() {
		names = append(names, string(f))
	}
	return names
}()

// An extractConfig says what to do. After check all of it can be done.
type extractConfig struct {
	pipeline
	writing
	files       []string
	inputFormat string // "" tells it by the file's name
	date        seeds.Date
	url, title  string
	fields      fieldNames
	output      string
	workers     int
}

// check looks for what is wrong with the flags, and completes them.
func (c *extractConfig) check(files []string, date string) error {
	if len(files) == 0 {
		files = []string{"-"}
	}
	c.files = files
	if err := errors.Join(
		c.writing.check(),
		c.pipeline.check(),
		c.fields.check(),
		oneOf("input-format", cmp.Or(c.inputFormat, "text"), inputFormats),
	); err != nil {
		return err
	}
	if date != "" {
		var err error
		if c.date, err = seeds.ParseDate(date); err != nil {
			return fmt.Errorf("--date: %w", err)
		}
	}
	switch {
	case c.workers < 1:
		return fmt.Errorf("--workers %d: want 1 or more", c.workers)
	case c.format == tables && (c.output == "" || c.output == "-"):
		return errors.New("--format csv: it writes several files: name a folder with -o")
	case (c.url != "" || c.title != "") && (len(files) > 1 || c.isLines(files[0])):
		return errors.New("--url and --title describe one article: give one text file")
	case isTwice(files, "-"):
		return errors.New("-: standard input can be read only once")
	}
	return nil
}

func isTwice(list []string, s string) bool {
	i := slices.Index(list, s)
	return i >= 0 && slices.Contains(list[i+1:], s)
}

// extract reads the inputs and writes what they say.
func (c *extractConfig) extract(ctx context.Context, stdin io.Reader, stdout, errs io.Writer) error {
	x, err := c.prepare()
	if err != nil {
		return err
	}
	return c.write(ctx, x, stdin, stdout, errs)
}

// prepare builds the extractor and completes the options of graphs with what it is built from.
func (c *extractConfig) prepare() (*extract.Extractor, error) {
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
		return nil, err
	}
	c.graph.Knowledge = x.Knowledge()
	return x, nil
}

// write is extract with a built extractor.
func (c *extractConfig) write(ctx context.Context, x *extract.Extractor, stdin io.Reader, stdout, errs io.Writer) error {
	out, err := c.newSink(c.output, stdout)
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
