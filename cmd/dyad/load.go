package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

func newLoad() *cobra.Command {
	c := loadConfig{extractConfig: extractConfig{writing: writing{format: "jsonld"}}}
	var date string
	cmd := &cobra.Command{
		Use:   "load TARGET [FILE…|-]",
		Short: "Keep what articles say in a store",
		Long: `Keep what articles say in a store.

FILE… are articles, read as dyad extract reads them, or graphs that dyad extract or
dyad batch wrote: files whose names end in .jsonld, .ndjsonld, .nq or .json, with or
without .gz, or all with --input-format graph. TARGET is one of
  sqlite:FILE          a database in one file, to ask questions of without any
                       server; docs/sqlite.md shows its tables and views
  sparql+http://HOST/… an RDF store, by the SPARQL 1.1 Graph Store HTTP Protocol;
  sparql+https://…     docs/load.md has the addresses of well-known stores
  bolt://HOST:7687/DB  Neo4j, as nodes and relationships; neo4j://… for a cluster, +s
                       for an encrypted connection; /DB may be left out
User and password come from DYAD_STORE_USER and DYAD_STORE_PASSWORD, or from ~/.netrc.

An article is known by its URL, or else by its text. Loading it again replaces what
it said before, whole or not at all, so that a load that was interrupted is simply
started again; with --journal it skips what the store is certain to have.`,
		Example: `  dyad load sqlite:news.db 2019/*.txt
  dyad load sqlite:news.db graphs/*.jsonld
  dyad load --input-format jsonl sqlite:news.db - < news.jsonl
  dyad load --journal loaded.txt sparql+http://localhost:7878/store news.jsonl
  sqlite3 news.db "SELECT subject, object, start_date FROM visited"`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.inputFormat == "graph" {
				c.graphs, c.inputFormat = true, ""
			}
			if err := c.check(args[1:], date); err != nil {
				return err
			}
			return c.load(cmd.Context(), args[0], cmd.InOrStdin(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.inputFormat, "input-format", "", "what to read: "+strings.Join(inputFormats, ", ")+", graph (default by the file's name, else by its first bytes)")
	flags.StringVar(&date, "date", "", "the `day` on which articles without a date were published: 2019-06-04, 2019-06 or 2019")
	c.fields.addFlag(cmd)
	flags.StringVar(&c.journal, "journal", "", "keep in this `file` which articles the target has, and skip them the next time")
	c.writing.addStatementFlags(cmd)
	c.pipeline.addFlags(cmd)
	flags.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "articles that are read at the same time; the store does not depend on it")
	complete(cmd, "input-format", append(slices.Clone(inputFormats), "graph"))
	return cmd
}

// A loadConfig says what to keep.
type loadConfig struct {
	extractConfig
	graphs  bool // all inputs are graphs, whatever their names
	journal string
}

func (c *loadConfig) load(ctx context.Context, target string, stdin io.Reader, errs io.Writer) error {
	store, err := openStore(target, c.journal)
	if err != nil {
		return err
	}
	failed, err := c.loadAll(ctx, store, stdin, errs)
	err = errors.Join(err, store.Close())
	if ctx.Err() != nil {
		err = errors.New("interrupted: start it again to go on")
	}
	if err != nil || failed > 0 {
		return &failedError{err}
	}
	return nil
}

// loadAll loads the inputs in their order, neighbouring ones that are articles together, so that all workers have work.
func (c *loadConfig) loadAll(ctx context.Context, store graph.Sink, stdin io.Reader, errs io.Writer) (failed int, err error) {
	var x *extract.Extractor
	var out *sink
	for files := c.files; len(files) > 0; {
		if c.isGraph(files[0]) {
			err := c.loadGraphs(ctx, store, files[0], stdin)
			if bad := (*articleError)(nil); errors.As(err, &bad) {
				failed++
				report(errs, bad)
			} else if err != nil {
				return failed, err
			}
			files = files[1:]
			continue
		}
		n := 1
		for n < len(files) && !c.isGraph(files[n]) {
			n++
		}
		if x == nil { // graphs alone need no pipeline
			if x, err = c.prepare(); err != nil {
				return failed, err
			}
			enc, err := newStoring(ctx, store, c.graph)
			if err != nil {
				return failed, err
			}
			out = &sink{Encoder: enc}
		}
		part := c.extractConfig
		part.files = files[:n]
		bad, err := part.run(ctx, x, part.items(stdin), out, errs)
		failed += bad
		if err != nil {
			return failed, err
		}
		files = files[n:]
	}
	return failed, nil
}

// graphEndings are the files that hold graphs rather than articles.
var graphEndings = []string{".jsonld", ".ndjsonld", ".nq", ".json"}

// isGraph reports whether an input is what dyad wrote.
func (c *loadConfig) isGraph(name string) bool {
	return c.graphs || c.inputFormat == "" && slices.Contains(graphEndings, filepath.Ext(strings.TrimSuffix(name, ".gz")))
}

// loadGraphs loads what an input holds, up to the first mistake in it.
func (c *loadConfig) loadGraphs(ctx context.Context, store graph.Sink, name string, stdin io.Reader) error {
	in, err := read.Open(name, stdin)
	if err != nil {
		return &articleError{name, err}
	}
	defer in.Close()
	graphs, err := graph.NewReader("", in, c.graph)
	if err != nil {
		return &articleError{name, err}
	}
	for ctx.Err() == nil {
		g, err := graphs.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return &articleError{name, err}
		}
		if err := store.Load(ctx, g); err != nil {
			return err
		}
	}
	return ctx.Err()
}
