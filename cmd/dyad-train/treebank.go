package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

// A treebankFlags says which treebanks to train on, which to measure by, and where the models lie.
type treebankFlags struct {
	data       string
	train, dev []string
	models     string
}

func (f *treebankFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.data, "data", "../shared/bench", "folder with parse/*.conllu")
	cmd.Flags().StringSliceVar(&f.train, "train", nil, "treebanks to train on (default DATA/parse/*-train.conllu)")
	cmd.Flags().StringSliceVar(&f.dev, "dev", nil, "treebanks to measure by (default DATA/parse/*-dev.conllu)")
	cmd.Flags().StringVar(&f.models, "models", "seeds/models", "folder of the models")
}

// read returns the documents to train on and those to measure by, ready for training.
func (f *treebankFlags) read(log io.Writer) (train, dev []*extract.Document, err error) {
	if train, err = f.readFiles(log, f.train, "*-train.conllu"); err != nil {
		return nil, nil, err
	}
	dev, err = f.readFiles(log, f.dev, "*-dev.conllu")
	return train, dev, err
}

// compare writes a line about each part of the measured documents: EWT, GUM and the news in GUM, as far as there are
// documents with such names, or else all of them.
func compare(w io.Writer, gold, found []*extract.Document, line func(*extract.Evaluation) string) {
	for _, part := range parts(gold) {
		fmt.Fprintf(w, "  %-8s %s\n", part.name, line(extract.Compare(part.pick(gold), part.pick(found))))
	}
}

// A part is a subset of documents.
type part struct {
	name string
	has  func(id string) bool
}

func parts(docs []*extract.Document) []part {
	named := func(prefix string) func(string) bool {
		return func(id string) bool { return strings.HasPrefix(id, prefix) }
	}
	var found []part
	for _, p := range []part{
		{"EWT", func(id string) bool { return !strings.HasPrefix(id, "GUM_") }},
		{"GUM", named("GUM_")},
		{"GUM news", named("GUM_news_")},
	} {
		if len(p.pick(docs)) > 0 {
			found = append(found, p)
		}
	}
	return found
}

func (p part) pick(docs []*extract.Document) []*extract.Document {
	var out []*extract.Document
	for _, d := range docs {
		if p.has(d.ID) {
			out = append(out, d)
		}
	}
	return out
}

// readFiles reads treebanks in CoNLL-U, by default those of a pattern, and logs what was in them.
func (f *treebankFlags) readFiles(log io.Writer, files []string, pattern string) ([]*extract.Document, error) {
	if files == nil {
		var err error
		if files, err = filepath.Glob(filepath.Join(f.data, "parse", pattern)); err != nil {
			return nil, err
		}
	}
	var docs []*extract.Document
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		bank, err := extract.ReadTreebank(name, file)
		file.Close()
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(log, "%s: %v\n", name, bank.Counts)
		docs = append(docs, bank.Documents...)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("no treebanks %s in %s", pattern, filepath.Join(f.data, "parse"))
	}
	return docs, extract.ComputeForms(docs, f.seeds())
}

// seeds is the folder around the models.
func (f *treebankFlags) seeds() fs.FS { return os.DirFS(filepath.Dir(f.models)) }

func (f *treebankFlags) write(model string, data []byte) error {
	return os.WriteFile(filepath.Join(f.models, model), data, 0o644)
}
