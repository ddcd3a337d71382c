package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

// supertaggerOptions and parserOptions are the ones the shipped models are trained with.
var (
	supertaggerOptions = extract.TrainOptions{Units: 64, Epochs: 5, Least: 2, Features: 60000, Rate: 0.03, Dropout: 0.2, Blanked: 0.1, Seed: 1}
	parserOptions      = extract.TrainOptions{Units: 64, Epochs: 5, Least: 2, Features: 110000, Rate: 0.025, Dropout: 0.2, Seed: 1}
)

func parseCommand() *cobra.Command {
	var files treebankFlags
	var text string
	o := parserOptions
	cmd := &cobra.Command{
		Use:   "parse",
		Short: "Train the supertagger and the parser on treebanks with the tags of the tagger",
		Long: `Parse trains on treebanks whose sentences are tagged by taggers that have not seen them, made like the shipped one, from
the plain text too that it has tagged.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Log = cmd.ErrOrStderr()
			train, dev, err := files.read(o.Log)
			if err != nil {
				return err
			}
			tagger, err := os.ReadFile(filepath.Join(files.models, "tagger"))
			if err != nil {
				return err
			}
			tagged, err := extract.Tagged(dev, tagger)
			if err != nil {
				return err
			}
			again := taggerOptions
			again.Log = o.Log
			if text != "" {
				if again.Silver, err = files.readText(text); err != nil {
					return err
				}
				if again.Silver, err = extract.Tagged(again.Silver, tagger); err != nil {
					return err
				}
			}
			if train, err = jackknife(train, 5, retagged(again)); err != nil {
				return err
			}
			supertags, err := trainSupertagger(o.Log, train)
			if err != nil {
				return err
			}
			if err := files.write("supertagger", supertags); err != nil {
				return err
			}
			if train, err = jackknife(train, 5, supertagged(o.Log)); err != nil {
				return err
			}
			o.Check = func(epoch int, model []byte) {
				if parsed, err := extract.Parsed(tagged, supertags, model); err == nil {
					compare(o.Log, dev, parsed, (*extract.Evaluation).Trees)
				}
			}
			if o.Known, err = usefulFeatures(train, o, extract.TrainParser); err != nil {
				return err
			}
			model, _, err := extract.TrainParser(train, o)
			if err != nil {
				return err
			}
			return files.write("parser", model)
		},
	}
	files.add(cmd)
	cmd.Flags().StringVar(&text, "text", "../shared/bench/text/voa.tsv", "plain text that the tagger was trained on besides")
	optionFlags(cmd, &o)
	return cmd
}

func trainSupertagger(log io.Writer, train []*extract.Document) (model []byte, err error) {
	o := supertaggerOptions
	o.Log = log
	if o.Known, err = usefulFeatures(train, o, extract.TrainSupertagger); err != nil {
		return nil, err
	}
	model, _, err = extract.TrainSupertagger(train, o)
	return model, err
}

// jackknife annotates each part of the documents with a model made from the other parts, so that what is trained next
// meets annotations as good and as bad as those of unseen text.
func jackknife(docs []*extract.Document, parts int, annotate func(train, rest []*extract.Document) ([]*extract.Document, error)) ([]*extract.Document, error) {
	out := make([]*extract.Document, len(docs))
	for part := range parts {
		var train, rest []*extract.Document
		var places []int
		for i, d := range docs {
			if i%parts == part {
				rest, places = append(rest, d), append(places, i)
			} else {
				train = append(train, d)
			}
		}
		annotated, err := annotate(train, rest)
		if err != nil {
			return nil, err
		}
		for i, d := range annotated {
			out[places[i]] = d
		}
	}
	return out, nil
}

// retagged tags documents with a tagger made from others, and from the plain text that the shipped tagger learnt from.
func retagged(o extract.TrainOptions) func(train, rest []*extract.Document) ([]*extract.Document, error) {
	return func(train, rest []*extract.Document) ([]*extract.Document, error) {
		o := o
		o.Features *= 4
		model, _, err := extract.TrainTagger(train, o)
		if err != nil {
			return nil, err
		}
		return extract.Tagged(rest, model)
	}
}

// supertagged guesses the trees of documents with a supertagger made from others.
func supertagged(log io.Writer) func(train, rest []*extract.Document) ([]*extract.Document, error) {
	return func(train, rest []*extract.Document) ([]*extract.Document, error) {
		o := supertaggerOptions
		o.Log, o.Features, o.Epochs = log, 3*o.Features, 4
		model, _, err := extract.TrainSupertagger(train, o)
		if err != nil {
			return nil, err
		}
		return extract.Supertagged(rest, model)
	}
}
