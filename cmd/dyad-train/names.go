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
	o := perceptron.ChainOptions{Least: 3, Epochs: 15, Rate: 0.1, Decay: 0.001, Dropout: 0.4, Pairs: 500000}
	var errors int
	var with []string
	var copies int
	var copyWeight, copyDrop float32
	var genre, errorsOf string
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
			vary, err := newVarier("seeds")
			if err != nil {
				return err
			}
			for _, name := range []string{"train", "ner"} {
				texts, err := readNews(filepath.Join(data, "news", name+".jsonl"))
				if err != nil {
					return err
				}
				for _, a := range texts {
					if genre == "" || a.genre == genre || a.genre == "" && genre == "voa" {
						t.Add(a.LabelledText)
						for range copies {
							b := vary.vary(a)
							b.Weight = copyWeight
							b.Unknowing = copyDrop
							t.Add(b.LabelledText)
							if show := 5; t.Total < 400 && show > 0 {
								fmt.Fprintln(log, b.Text)
							}
						}
					}
				}
			}
			others := make(map[string][]extract.LabelledText)
			for name, scheme := range schemes {
				texts, err := readTagged(filepath.Join(data, "ner", name+".jsonl"), scheme)
				if err != nil {
					return err
				}
				others[name] = texts
				if slices.Contains(with, name) {
					for _, a := range texts {
						t.Add(a)
					}
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
			for _, name := range []string{"wikigold", "crossner", "uner-ewt"} {
				evaluateCoarse(cmd.OutOrStdout(), t, name, others[name], errorsOf == name)
			}
			if out != "" {
				return os.WriteFile(out, model, 0o644)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/bench", "folder with news/")
	cmd.Flags().StringVarP(&out, "out", "o", "", "file to write")
	cmd.Flags().IntVar(&errors, "errors", 0, "show so many errors")
	cmd.Flags().StringSliceVar(&with, "with", nil, "")
	cmd.Flags().IntVar(&copies, "copies", 1, "")
	cmd.Flags().Float32Var(&copyWeight, "copy-weight", 0.25, "")
	cmd.Flags().Float32Var(&copyDrop, "copy-drop", 0.2, "")
	cmd.Flags().StringVar(&genre, "genre", "", "")
	cmd.Flags().StringVar(&errorsOf, "errors-of", "", "")
	cmd.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "")
	cmd.Flags().IntVar(&o.Least, "least", o.Least, "")
	cmd.Flags().IntVar(&o.Pairs, "pairs", o.Pairs, "")
	cmd.Flags().Float32Var(&o.Rate, "rate", o.Rate, "")
	cmd.Flags().Float32Var(&o.Decay, "decay", o.Decay, "")
	cmd.Flags().Float32Var(&o.Dropout, "dropout", o.Dropout, "")
	return cmd
}

func evaluateNames(w io.Writer, t *extract.NameTrainer, dev []newsText, show int) {
	type count struct{ gold, found, right int }
	counts := make(map[extract.Type]*count)
	of := func(t extract.Type) *count {
		if counts[t] == nil {
			counts[t] = new(count)
		}
		return counts[t]
	}
	for _, a := range dev {
		found := t.Find(a.LabelledText)
		for _, n := range a.Names {
			of(typeOf(n)).gold++
			of(0).gold++
		}
		for _, n := range found {
			of(typeOf(n)).found++
			of(0).found++
			if slices.Contains(a.Names, n) {
				of(typeOf(n)).right++
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
				fmt.Fprintf(w, "%-6s %-7s %q   ...%s...\n", kind, typeOf(n), a.Text[n.Start:n.End], a.Text[max(0, int(n.Start)-60):min(len(a.Text), int(n.End)+60)])
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
func readNews(file string) ([]newsText, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var texts []newsText
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for line := 1; scan.Scan(); line++ {
		var a struct {
			Genre     string
			Text      string
			Sentences [][2]int
			Entities  []struct {
				Start, End int
				Type, Name string
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
			t.Names = append(t.Names, extract.LabelledName{Span: extract.Span{Start: offset[e.Start], End: offset[e.End]}, Types: extract.TypesOf(typ)})
		}
		n := newsText{t, a.Genre, nil}
		for _, e := range a.Entities {
			n.canon = append(n.canon, e.Name)
		}
		texts = append(texts, n)
	}
	return texts, scan.Err()
}

type newsText struct {
	extract.LabelledText
	genre string
	canon []string // of each name, the canonical one
}

func typeOf(n extract.LabelledName) extract.Type {
	for t := seeds.Person; t <= seeds.Product; t++ {
		if n.Types.Has(t) {
			return t
		}
	}
	return seeds.NoType
}

// A scheme says what the labels of other people's corpora may be in ours.
type scheme struct {
	labels   map[string]extract.Types
	other    extract.Types // all other labels
	unmarked extract.Types
	weight   float32
}

var (
	person   = extract.TypesOf(seeds.Person)
	org      = extract.TypesOf(seeds.Org)
	gpe      = extract.TypesOf(seeds.GPE)
	location = extract.TypesOf(seeds.GPE, seeds.Loc, seeds.Fac)
	misc     = extract.TypesOf(seeds.NoType, seeds.NORP, seeds.Event, seeds.Law, seeds.Product)
)

var schemes = map[string]scheme{
	"wikigold": {map[string]extract.Types{"PER": person, "ORG": org, "LOC": location}, misc, 0, 0.5},
	"uner-ewt": {map[string]extract.Types{"PER": person, "ORG": org, "LOC": location}, misc, misc, 0.5},
	"crossner": {map[string]extract.Types{
		"politician": person, "person": person, "writer": person, "musicalartist": person, "scientist": person, "researcher": person,
		"politicalparty": org, "organisation": org, "university": org, "band": org, "country": gpe, "location": location,
		"election": extract.TypesOf(seeds.Event), "event": extract.TypesOf(seeds.Event),
	}, misc | org, misc, 0.5},
}

func readTagged(file string, s scheme) ([]extract.LabelledText, error) {
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
			Tokens, Tags []string
			Sp           string
		}
		if err := json.Unmarshal(scan.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		t := extract.LabelledText{Weight: s.weight, Unmarked: s.unmarked}
		for i, token := range a.Tokens {
			start := uint32(len(t.Text))
			t.Text += token
			end := uint32(len(t.Text))
			if a.Sp[i] == '1' {
				t.Text += " "
			}
			switch tag := a.Tags[i]; {
			case tag == "O":
			case tag[0] == 'I' && len(t.Names) > 0:
				t.Names[len(t.Names)-1].End = end
			default:
				types, ok := s.labels[tag[2:]]
				if !ok {
					types = s.other
				}
				t.Names = append(t.Names, extract.LabelledName{Span: extract.Span{Start: start, End: end}, Types: types})
			}
		}
		t.Sentences = []extract.Span{{Start: 0, End: uint32(len(t.Text))}}
		texts = append(texts, t)
	}
	return texts, scan.Err()
}

// evaluateCoarse compares persons, organisations and places of all kinds only.
func evaluateCoarse(w io.Writer, t *extract.NameTrainer, name string, texts []extract.LabelledText, show bool) {
	coarse := func(n extract.LabelledName) extract.Types {
		for _, c := range []extract.Types{person, org, location} {
			if n.Types&c != 0 && n.Types&1 == 0 {
				return c
			}
		}
		return 0
	}
	gold, found, right := map[extract.Types]float64{}, map[extract.Types]float64{}, map[extract.Types]float64{}
	for _, a := range texts {
		key := make(map[extract.LabelledName]bool)
		var free []extract.Span
		for _, n := range a.Names {
			if c := coarse(n); c != 0 {
				gold[c]++
				gold[0]++
				key[extract.LabelledName{Span: n.Span, Types: c}] = true
			} else {
				free = append(free, n.Span)
			}
		}
		for _, n := range t.Find(a) {
			c := coarse(n)
			if c == 0 || slices.ContainsFunc(free, func(s extract.Span) bool { return s.Start < n.End && n.Start < s.End }) {
				continue
			}
			found[c]++
			found[0]++
			k := extract.LabelledName{Span: n.Span, Types: c}
			if key[k] {
				right[c]++
				right[0]++
			} else if show {
				fmt.Fprintf(w, "false %v %q   ...%s...\n", typeOf(n), a.Text[n.Start:n.End], a.Text[max(0, int(n.Start)-60):min(len(a.Text), int(n.End)+60)])
			}
			delete(key, k)
		}
		if show {
			for k := range key {
				fmt.Fprintf(w, "missed %v %q   ...%s...\n", typeOf(k), a.Text[k.Start:k.End], a.Text[max(0, int(k.Start)-60):min(len(a.Text), int(k.End)+60)])
			}
		}
	}
	fmt.Fprintf(w, "%s:", name)
	for _, c := range []extract.Types{0, person, org, location} {
		p, r := right[c]/max(1, found[c]), right[c]/max(1, gold[c])
		fmt.Fprintf(w, "  P %.3f R %.3f F %.4f", p, r, 2*p*r/max(1e-9, p+r))
	}
	fmt.Fprintln(w)
}
