package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

func newConvert() *cobra.Command {
	var c convertConfig
	cmd := &cobra.Command{
		Use:   "convert IN OUT",
		Short: "Write a graph in another format",
		Long: `Write a graph in another format. IN is what dyad has written as json, jsonld,
ndjsonld or nquads, or - for standard input; which of them it is shows in its first
bytes. OUT is a file, a folder for csv, or - for standard output; its ending tells the
format, if --format does not: .jsonld .ndjsonld .nq .nt .ttl .trig .graphml. Files
that end in .gz are compressed.

The graph stays the same to the last triple. Formats without named graphs leave out
which article a triple is from, but for what the statements themselves say.`,
		Example: `  dyad convert news.jsonld.gz news.trig
  dyad convert --format csv news.nq tables
  dyad extract --format json article.txt | dyad convert --format turtle - -`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.in, c.out = args[0], args[1]
			if err := c.check(); err != nil {
				return err
			}
			return c.convert(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.format, "format", "", "what to write: "+strings.Join(graphFormats(), ", "))
	flags.BoolVar(&c.graph.NoGraphs, "no-graphs", false, "plain triples instead of a named graph for each article")
	flags.BoolVar(&c.graph.RDF12, "rdf12", false, "describe statements by triple terms of RDF 1.2 instead of rdf:Statement")
	flags.StringVar(&c.graph.Context, "context", "", "refer to the JSON-LD context at this `URL` instead of writing it out")
	complete(cmd, "format", graphFormats())
	return cmd
}

// graphFormats are the formats that need no text.
func graphFormats() []string {
	return slices.DeleteFunc(formats(), func(f string) bool { return f == "json" || f == "conllu" })
}

// A convertConfig says what to read and what to write.
type convertConfig struct {
	writing
	in, out string
}

var formatEndings = map[string]string{
	".jsonld": "jsonld", ".ndjsonld": "ndjsonld", ".nq": "nquads", ".nt": "ntriples", ".ttl": "turtle", ".trig": "trig",
	".graphml": "graphml",
}

func (c *convertConfig) check() error {
	if c.format == "" {
		ending := filepath.Ext(strings.TrimSuffix(c.out, ".gz"))
		if c.format = formatEndings[ending]; c.format == "" {
			return fmt.Errorf("%s: its ending tells no format: give --format", c.out)
		}
	}
	if c.format == tables && c.out == "-" {
		return errors.New("--format csv: it writes several files: name a folder")
	}
	return oneOf("format", c.format, graphFormats())
}

func (c *convertConfig) convert(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	in, err := read.Open(c.in, stdin)
	if err != nil {
		return &failedError{&articleError{c.in, err}}
	}
	defer in.Close()
	graphs, err := graph.NewReader("", in, c.graph)
	if err != nil {
		return err
	}
	out, err := c.newSink(c.out, stdout)
	if err != nil {
		return err
	}
	if err := c.copy(ctx, graphs, out); err != nil {
		out.abandon()
		return &failedError{err}
	}
	if err := out.commit(); err != nil {
		return &failedError{err}
	}
	return nil
}

// copy writes all graphs, each before the next is read.
func (c *convertConfig) copy(ctx context.Context, graphs *graph.Reader, out *sink) error {
	enc := out.Encoder.(graph.GraphEncoder)
	for ctx.Err() == nil {
		g, err := graphs.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return &articleError{c.in, err}
		}
		if err := enc.EncodeGraph(g); err != nil {
			return err
		}
	}
	return errInterrupted
}
