package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

func evalCommand() *cobra.Command {
	var files treebankFlags
	cmd := &cobra.Command{
		Use:   "eval",
		Short: "Measure tags, lemmas and trees against treebanks, and the speed",
		Long: `Eval tags and parses the words of the treebanks to measure by (gold tokens, own tags) and compares. It prints the share
of right parts of speech and lemmas, of words with the right head (UAS) and with the right head and relation (LAS),
all words and punctuation marks counted, by sentence length and by relation, for each part of the data.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			gold, err := files.readFiles(cmd.ErrOrStderr(), files.dev, "*-dev.conllu")
			if err != nil {
				return err
			}
			start := time.Now()
			found, err := files.annotate(gold)
			if err != nil {
				return err
			}
			took := time.Since(start)
			words := 0
			for _, d := range gold {
				words += len(d.Tokens)
			}
			out := cmd.OutOrStdout()
			for _, p := range parts(gold) {
				fmt.Fprintf(out, "%s: ", p.name)
				if err := extract.Compare(p.pick(gold), p.pick(found)).Write(out); err != nil {
					return err
				}
			}
			_, err = fmt.Fprintf(out, "%d words a second, models read and all\n", int(float64(words)/took.Seconds()))
			return err
		},
	}
	files.add(cmd)
	return cmd
}

// annotate tags, lemmatizes and parses the tokens of the documents anew with the models.
func (f *treebankFlags) annotate(docs []*extract.Document) ([]*extract.Document, error) {
	model, err := os.ReadFile(filepath.Join(f.models, "syntax"))
	if err != nil {
		return nil, err
	}
	lemmas, err := os.ReadFile(filepath.Join(f.models, "lemmas.tsv"))
	if err != nil {
		return nil, err
	}
	return extract.Annotated(docs, model, lemmas)
}
