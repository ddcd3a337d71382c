package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

// parserOptions are the ones the shipped parser is trained with.
var parserOptions = extract.TrainOptions{Units: 64, Epochs: 7, Least: 2, Features: 130000, Rate: 0.025, Dropout: 0.2, Seed: 1}

func parseCommand() *cobra.Command {
	var files treebankFlags
	var silver []string
	o := parserOptions
	cmd := &cobra.Command{
		Use:   "parse",
		Short: "Train the parser on treebanks with the tags of the tagger",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Log = cmd.ErrOrStderr()
			train, dev, err := files.read(o.Log)
			if err != nil {
				return err
			}
			if train, err = jackknife(o.Log, train, 5); err != nil {
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
			if silver != nil {
				more, err := files.readFiles(o.Log, silver, "")
				if err != nil {
					return err
				}
				if more, err = extract.Tagged(more, tagger); err != nil {
					return err
				}
				train = append(train, more...)
			}
			o.Check = func(epoch int, model []byte) {
				if parsed, err := extract.Parsed(tagged, model); err == nil {
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
	cmd.Flags().StringSliceVar(&silver, "silver", nil, "trees made by parsers, to train on besides")
	optionFlags(cmd, &o)
	return cmd
}

// jackknife tags each part of the documents with a tagger trained on the other parts, so that a parser sees tags as
// good and as bad as those of unseen text.
func jackknife(log io.Writer, docs []*extract.Document, parts int) ([]*extract.Document, error) {
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
		o := taggerOptions
		o.Log, o.Features = log, 4*o.Features
		model, _, err := extract.TrainTagger(train, o)
		if err != nil {
			return nil, err
		}
		tagged, err := extract.Tagged(rest, model)
		if err != nil {
			return nil, err
		}
		for i, d := range tagged {
			out[places[i]] = d
		}
	}
	return out, nil
}
