package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/perceptron"
	"github.com/dyad-kg/dyad/seeds"
)

func namesCommand() *cobra.Command {
	var data, out string
	o := perceptron.ChainOptions{Least: 2, Epochs: 15, Rate: 0.1, Decay: 0.003, Dropout: 0.2, Pairs: 500000}
	var errors int
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Train the recognizer of names",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			log := cmd.ErrOrStderr()
			o.Log = log
			t, err := extract.NewNameTrainer(os.DirFS("seeds"))
			if err != nil {
				return err
			}
			for _, name := range []string{"train", "ner"} {
				texts, err := readNews(filepath.Join(data, "news", name+".jsonl"))
				if err != nil {
					return err
				}
				for _, a := range texts {
					t.Add(a)
				}
			}
			start := time.Now()
			model := t.Train(o)
			fmt.Fprintf(log, "%d names, %d torn, %d unseen; %d bytes, %v\n", t.Total, t.Torn, t.Unseen, len(model), time.Since(start))
			if err := t.Use(model); err != nil {
				return err
			}
			dev, err := readNews(filepath.Join(data, "news", "dev.jsonl"))
			if err != nil {
				return err
			}
			evaluateNames(cmd.OutOrStdout(), t, dev, errors)
			if out != "" {
				return os.WriteFile(out, model, 0o644)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/bench", "folder with news/")
	cmd.Flags().StringVarP(&out, "out", "o", "", "file to write")
	cmd.Flags().IntVar(&errors, "errors", 0, "show so many errors")
	cmd.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "")
	cmd.Flags().IntVar(&o.Least, "least", o.Least, "")
	cmd.Flags().IntVar(&o.Pairs, "pairs", o.Pairs, "")
	cmd.Flags().Float32Var(&o.Rate, "rate", o.Rate, "")
	cmd.Flags().Float32Var(&o.Decay, "decay", o.Decay, "")
	cmd.Flags().Float32Var(&o.Dropout, "dropout", o.Dropout, "")
	return cmd
}

func evaluateNames(w io.Writer, t *extract.NameTrainer, dev []extract.LabelledText, show int) {
	type count struct{ gold, found, right int }
	counts := make(map[extract.Type]*count)
	of := func(t extract.Type) *count {
		if counts[t] == nil {
			counts[t] = new(count)
		}
		return counts[t]
	}
	for _, a := range dev {
		found := t.Find(a)
		for _, n := range a.Names {
			of(n.Type).gold++
			of(0).gold++
		}
		for _, n := range found {
			of(n.Type).found++
			of(0).found++
			if slices.Contains(a.Names, n) {
				of(n.Type).right++
				of(0).right++
			}
		}
		for _, n := range slices.Concat(a.Names, found) {
			inGold, inFound := slices.Contains(a.Names, n), slices.Contains(found, n)
			if inGold != inFound && show > 0 {
				kind := "missed"
				if inFound {
					kind = "false"
				}
				fmt.Fprintf(w, "%-6s %-7s %q   ...%s...\n", kind, n.Type, a.Text[n.Start:n.End], a.Text[max(0, int(n.Start)-60):min(len(a.Text), int(n.End)+60)])
				show--
			}
		}
	}
	for i := extract.Type(0); i <= seeds.Product; i++ {
		c := of(i)
		p, r := float64(c.right)/float64(max(1, c.found)), float64(c.right)/float64(max(1, c.gold))
		fmt.Fprintf(w, "%-8s P %.3f R %.3f F %.4f  (%d)\n", cmp.Or(i.String(), "all"), p, r, 2*p*r/max(1e-9, p+r), c.gold)
	}
}

// readNews reads annotated news; offsets in the file count characters, ours bytes.
func readNews(file string) ([]extract.LabelledText, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var texts []extract.LabelledText
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for line := 1; scan.Scan(); line++ {
		var a struct {
			Text      string
			Sentences [][2]int
			Entities  []struct {
				Start, End int
				Type       string
			}
		}
		if err := json.Unmarshal(scan.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		offset := make([]uint32, 0, len(a.Text)+1)
		for i := range a.Text {
			offset = append(offset, uint32(i))
		}
		offset = append(offset, uint32(len(a.Text)))
		t := extract.LabelledText{Text: a.Text, Weight: 1}
		for _, s := range a.Sentences {
			t.Sentences = append(t.Sentences, extract.Span{Start: offset[s[0]], End: offset[s[1]]})
		}
		if len(a.Sentences) == 0 {
			t.Sentences = []extract.Span{{Start: 0, End: uint32(len(a.Text))}}
		}
		for _, e := range a.Entities {
			typ, err := seeds.ParseType(e.Type)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
			t.Names = append(t.Names, extract.LabelledName{Span: extract.Span{Start: offset[e.Start], End: offset[e.End]}, Type: typ})
		}
		texts = append(texts, t)
	}
	return texts, scan.Err()
}
