package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

var (
	// taggerOptions are the ones the shipped tagger is trained with.
	taggerOptions = extract.TrainOptions{Units: 64, Epochs: 6, Least: 1, Features: 80000, Rate: 0.03, Dropout: 0.2, Blanked: 0.15, Seed: 1}

	// teacherOptions make larger and slower taggers, to tag text for the shipped one to learn from.
	teacherOptions = extract.TrainOptions{Units: 128, Epochs: 6, Least: 1, Features: 300000, Rate: 0.03, Dropout: 0.3, Blanked: 0.25}
)

// teachers is how many taggers must agree on a word's tags.
const teachers = 3

func tagCommand() *cobra.Command {
	var files treebankFlags
	var text string
	o := taggerOptions
	cmd := &cobra.Command{
		Use:   "tag",
		Short: "Train the tagger and the table of lemmas on treebanks",
		Long: `Tag trains on treebanks, and on plain text, a sentence a line, after large taggers trained on the treebanks have tagged
it: words whose tags they agree on count. --text "" does without.`,
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
			o.Check = func(epoch int, model []byte) {
				if tagged, err := extract.Tagged(dev, model); err == nil {
					compare(o.Log, dev, tagged, (*extract.Evaluation).Tags)
				}
			}
			if text != "" {
				if o.Silver, err = files.tagText(text, train, o); err != nil {
					return err
				}
			}
			if o.Known, err = usefulFeatures(train, o, extract.TrainTagger); err != nil {
				return err
			}
			model, _, err := extract.TrainTagger(train, o)
			if err != nil {
				return err
			}
			return files.write("tagger", model)
		},
	}
	files.add(cmd)
	cmd.Flags().StringVar(&text, "text", "../shared/bench/text/voa.tsv", "plain text to train on besides")
	optionFlags(cmd, &o)
	return cmd
}

// tagText returns the sentences of a file with the tags that large taggers agree on.
func (f *treebankFlags) tagText(name string, train []*extract.Document, o extract.TrainOptions) ([]*extract.Document, error) {
	docs, err := f.readText(name)
	if err != nil {
		return nil, err
	}
	teacher := teacherOptions
	teacher.Log, teacher.Check = o.Log, o.Check
	if teacher.Known, err = usefulFeatures(train, teacher, extract.TrainTagger); err != nil {
		return nil, err
	}
	for i := range teachers {
		teacher.Seed = uint64(i)
		model, _, err := extract.TrainTagger(train, teacher)
		if err != nil {
			return nil, err
		}
		tagged, err := extract.Tagged(docs, model)
		if err != nil {
			return nil, err
		}
		extract.TakeTags(docs, tagged, i > 0)
	}
	return docs, nil
}

// readText reads the sentences of a file, ready for taggers.
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
