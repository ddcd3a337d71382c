package main

import (
	"bytes"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

// taggerOptions are the ones the shipped tagger is trained with.
var taggerOptions = extract.TrainOptions{Units: 64, Epochs: 6, Least: 1, Features: 80000, Rate: 0.03, Dropout: 0.2, Blanked: 0.15, Seed: 1}

func tagCommand() *cobra.Command {
	var files treebankFlags
	o := taggerOptions
	cmd := &cobra.Command{
		Use:   "tag",
		Short: "Train the tagger and the table of lemmas on treebanks",
		Args:  cobra.NoArgs,
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
	optionFlags(cmd, &o)
	return cmd
}
