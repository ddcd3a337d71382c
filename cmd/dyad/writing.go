package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
)

// usualConfidence is the least confidence of a relation that is written: of those below, four in five are wrong.
const usualConfidence = 0.25

// A writing says what is written of an article, and how: what every subcommand that writes results has in common.
type writing struct {
	format        string
	direct        string
	minConfidence float64
	graph         graph.Options
}

// tables is the format that writes a folder of files.
const tables = "csv"

func formats() []string { return append(graph.Formats(), tables) }

var directs = []string{"all", "asserted", "none"}

func (w *writing) addFlags(cmd *cobra.Command) {
	w.addStatementFlags(cmd)
	flags := cmd.Flags()
	flags.BoolVar(&w.graph.Clauses, "open", false, "write all clauses too, not only those that rules know (with --format json)")
	flags.BoolVar(&w.graph.NoGraphs, "no-graphs", false, "plain triples instead of a named graph for each article")
	flags.BoolVar(&w.graph.RDF12, "rdf12", false, "describe statements by triple terms of RDF 1.2 instead of rdf:Statement")
	flags.StringVar(&w.graph.Context, "context", "", "refer to the JSON-LD context at this `URL` instead of writing it out")
	complete(cmd, "format", formats())
}

// addStatementFlags adds the flags that hold for files and stores alike.
func (w *writing) addStatementFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Float64Var(&w.minConfidence, "min-confidence", usualConfidence, "leave out relations that are less certain than this `number` from 0 to 1")
	flags.StringVar(&w.direct, "direct", "all", "positive, actual relations that also become a plain triple: all, asserted (not what somebody is quoted as saying), none")
	flags.StringVar(&w.graph.Base, "base", "", "namespace `IRI` of the identifiers that dyad makes (default https://w3id.org/dyad/id/)")
	complete(cmd, "direct", directs)
}

func (w *writing) check() error {
	if err := errors.Join(oneOf("format", w.format, formats()), oneOf("direct", w.direct, directs)); err != nil {
		return err
	}
	switch {
	case w.minConfidence < 0 || w.minConfidence > 1:
		return fmt.Errorf("--min-confidence %g: want a number from 0 to 1", w.minConfidence)
	case w.graph.Clauses && w.format != "json":
		return errors.New("--open: only --format json has clauses")
	}
	var err error
	w.graph.Direct, err = graph.ParseDirect(w.direct)
	return err
}

// choose drops from a document what is not to be written.
func (w *writing) choose(d *extract.Document) {
	d.Relations = slices.DeleteFunc(d.Relations, func(r extract.Relation) bool { return float64(r.Confidence) < w.minConfidence })
}

// A sink is an encoder with the outputs it writes to: one, or one for each table.
type sink struct {
	graph.Encoder
	outputs []*output
}

// newSink opens a file, a folder of tables, or standard output where name is "" or "-".
func (w *writing) newSink(name string, stdout io.Writer) (s *sink, err error) {
	s = new(sink)
	open := func(name string) (io.Writer, error) {
		o, err := newOutput(name, stdout)
		if err == nil {
			s.outputs = append(s.outputs, o)
		}
		return o, err
	}
	if w.format == tables {
		if err := os.MkdirAll(name, 0o755); err != nil {
			return nil, fmt.Errorf("%s: cannot be written: %w", name, cause(err))
		}
		s.Encoder, err = graph.NewTables(func(table string) (io.Writer, error) {
			return open(filepath.Join(name, table))
		}, w.graph)
	} else {
		var out io.Writer
		if out, err = open(name); err == nil {
			s.Encoder, err = graph.NewEncoder(w.format, out, w.graph)
		}
	}
	if err != nil {
		s.abandon()
		return nil, err
	}
	return s, nil
}

func (s *sink) flush() error {
	for _, o := range s.outputs {
		if err := o.Flush(); err != nil {
			return o.explain(err)
		}
	}
	return nil
}

// commit ends the encoding and gives all outputs their names, or none.
func (s *sink) commit() error {
	err := s.Close()
	for _, o := range s.outputs {
		err = errors.Join(err, o.finish())
	}
	for _, o := range s.outputs {
		if err == nil {
			err = o.commit()
		}
	}
	if err != nil {
		s.abandon()
	}
	return err
}

func (s *sink) abandon() {
	for _, o := range s.outputs {
		o.abandon()
	}
}
