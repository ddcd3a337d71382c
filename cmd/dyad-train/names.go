package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/learn"
	"github.com/dyad-kg/dyad/seeds"
)

// nameOptions are the ones the shipped recognizer is trained with.
var nameOptions = learn.ChainOptions{Least: 3, Epochs: 15, Rate: 0.1, Decay: 0.001, Dropout: 0.4, Average: 6, Pairs: 900000}

// A nameTraining says what the recognizer is trained on.
type nameTraining struct {
	data, models string
	without      []string // corpora left out
	log          io.Writer
}

func namesCommand() *cobra.Command {
	var t nameTraining
	var errors string
	var show int
	var measure bool
	o := nameOptions
	cmd := &cobra.Command{
		Use:   "names",
		Short: "Train the recognizer of names and measure it",
		Long: `Names trains the recognizer on DATA/news/train.jsonl and ner.jsonl and, with their labels taken for what they may be in
ours, on the corpora in DATA/ner. It measures on DATA/news/dev.jsonl, and on the corpora in DATA/ner by people,
organisations and places; those figures mean something for corpora that were left out (--without).`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			t.log = cmd.ErrOrStderr()
			o.Log = t.log
			root := os.DirFS(filepath.Dir(t.models))
			trainer, err := extract.NewNameTrainer(root)
			if err != nil {
				return err
			}
			file := filepath.Join(t.models, "names")
			var model []byte
			if measure {
				model, err = os.ReadFile(file)
			} else {
				model, err = t.train(trainer, root, o)
			}
			if err == nil {
				err = trainer.Use(model)
			}
			if err == nil {
				err = t.measure(cmd.OutOrStdout(), trainer, errors, show)
			}
			if err != nil || measure || len(t.without) > 0 {
				return err
			}
			return os.WriteFile(file, model, 0o644)
		},
	}
	f := cmd.Flags()
	f.StringVar(&t.data, "data", "../shared/bench", "folder with news/*.jsonl and ner/*.jsonl")
	f.StringVar(&t.models, "models", "seeds/models", "folder of the models")
	f.StringSliceVar(&t.without, "without", nil, "corpora of DATA/ner to leave out; the model is measured, not written")
	f.BoolVar(&measure, "measure", false, "train nothing, measure the model that is there")
	f.StringVar(&errors, "errors-of", "dev", "corpus whose errors to show")
	f.IntVar(&show, "errors", 0, "show so many errors")
	f.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the data")
	f.IntVar(&o.Least, "least", o.Least, "how often a feature must occur to be known")
	f.IntVar(&o.Pairs, "pairs", o.Pairs, "how many weights at most")
	f.Float32Var(&o.Rate, "rate", o.Rate, "first step size")
	f.Float32Var(&o.Decay, "decay", o.Decay, "pull of weights towards zero")
	f.Float32Var(&o.Dropout, "dropout", o.Dropout, "share of features left out while learning")
	return cmd
}

// train gives the trainer all texts to train on and returns the model's file.
func (t *nameTraining) train(trainer *extract.NameTrainer, root fs.FS, o learn.ChainOptions) ([]byte, error) {
	v, err := newVarier(root)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"train", "ner"} {
		texts, err := readNews(filepath.Join(t.data, "news", name+".jsonl"))
		if err != nil {
			return nil, err
		}
		for _, a := range texts {
			trainer.Add(a.LabelledText)
			for _, b := range v.copies(a) {
				trainer.Add(b)
			}
		}
	}
	for _, c := range corpora {
		if slices.Contains(t.without, c.name) {
			continue
		}
		texts, err := c.read(t.data)
		if err != nil {
			return nil, err
		}
		for _, a := range texts {
			trainer.Add(a)
		}
	}
	model := trainer.Train(o)
	fmt.Fprintf(t.log, "%d names, of them %d within tokens and %d out of sight; %d bytes\n", trainer.Total, trainer.Torn, trainer.Unseen, len(model))
	return model, nil
}

// A newsText is an annotated article; canon has the canonical name of each of its names.
type newsText struct {
	extract.LabelledText
	canon []string
}

// readNews reads annotated news. Offsets count characters in the file, bytes in the text.
func readNews(file string) ([]newsText, error) {
	var texts []newsText
	err := eachRecord(file, func(a struct {
		Text      string
		Sentences [][2]int
		Entities  []struct {
			Start, End int
			Type, Name string
		}
	}) error {
		var offset []uint32
		for i := range a.Text {
			offset = append(offset, uint32(i))
		}
		offset = append(offset, uint32(len(a.Text)))
		t := newsText{LabelledText: extract.LabelledText{Text: a.Text, Weight: 1}}
		for _, s := range a.Sentences {
			t.Sentences = append(t.Sentences, extract.Span{Start: offset[s[0]], End: offset[s[1]]})
		}
		if len(a.Sentences) == 0 {
			t.Sentences = []extract.Span{{Start: 0, End: uint32(len(a.Text))}}
		}
		for _, e := range a.Entities {
			typ, err := seeds.ParseType(e.Type)
			if err != nil {
				return err
			}
			t.Names = append(t.Names, extract.LabelledName{Span: extract.Span{Start: offset[e.Start], End: offset[e.End]}, Types: extract.TypesOf(typ)})
			t.canon = append(t.canon, e.Name)
		}
		texts = append(texts, t)
		return nil
	})
	return texts, err
}

// eachRecord calls f with every record of a file of JSON Lines.
func eachRecord[T any](file string, f func(record T) error) error {
	r, err := os.Open(file)
	if err != nil {
		return err
	}
	defer r.Close()
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<24)
	for line := 1; scan.Scan(); line++ {
		var record T
		err := json.Unmarshal(scan.Bytes(), &record)
		if err == nil {
			err = f(record)
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, line, err)
		}
	}
	return scan.Err()
}

// A corpus is annotated text of other people, with what its labels may be in ours.
type corpus struct {
	name     string
	labels   map[string]extract.Types
	other    extract.Types // what all other labels may be
	unmarked extract.Types // what is not labelled there
}

var (
	person   = extract.TypesOf(seeds.Person)
	org      = extract.TypesOf(seeds.Org)
	location = extract.TypesOf(seeds.GPE, seeds.Loc, seeds.Fac)
	misc     = extract.TypesOf(seeds.NoType, seeds.NORP, seeds.Event, seeds.Law, seeds.Product)

	fourTypes = map[string]extract.Types{"PER": person, "ORG": org, "LOC": location}
)

var corpora = []corpus{
	{"wikigold", fourTypes, misc, 0},
	{"uner-ewt", fourTypes, misc, misc},
	{"crossner", map[string]extract.Types{
		"politician": person, "person": person, "writer": person, "musicalartist": person, "scientist": person, "researcher": person,
		"politicalparty": org, "organisation": org, "university": org, "band": org,
		"country": extract.TypesOf(seeds.GPE), "location": location,
		"election": extract.TypesOf(seeds.Event), "event": extract.TypesOf(seeds.Event),
	}, misc | org, misc},
}

// read reads the corpus with half the weight that news has.
func (c *corpus) read(data string) ([]extract.LabelledText, error) {
	var texts []extract.LabelledText
	err := eachRecord(filepath.Join(data, "ner", c.name+".jsonl"), func(a struct {
		Tokens, Tags []string
		Sp           string // a digit for each token: 1 where a blank follows
	}) error {
		if len(a.Tags) != len(a.Tokens) || len(a.Sp) != len(a.Tokens) {
			return fmt.Errorf("%d tokens, %d tags, %d digits", len(a.Tokens), len(a.Tags), len(a.Sp))
		}
		t := extract.LabelledText{Weight: 0.5, Unmarked: c.unmarked}
		var text strings.Builder
		for i, token := range a.Tokens {
			start := uint32(text.Len())
			text.WriteString(token)
			end := uint32(text.Len())
			if a.Sp[i] == '1' {
				text.WriteByte(' ')
			}
			switch tag := a.Tags[i]; {
			case tag == "O":
			case tag[0] == 'I' && len(t.Names) > 0:
				t.Names[len(t.Names)-1].End = end
			default:
				types, ok := c.labels[tag[2:]]
				if !ok {
					types = c.other
				}
				t.Names = append(t.Names, extract.LabelledName{Span: extract.Span{Start: start, End: end}, Types: types})
			}
		}
		t.Text = text.String()
		t.Sentences = []extract.Span{{Start: 0, End: uint32(text.Len())}}
		texts = append(texts, t)
		return nil
	})
	return texts, err
}

// readTable reads one of the tables of knowledge.
func readTable(root fs.FS, name string) (rows []map[string]string, err error) {
	data, err := fs.ReadFile(root, "knowledge/"+name+".tsv")
	if err != nil {
		return nil, err
	}
	var header []string
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if header == nil {
			header = cells
			continue
		}
		if len(cells) != len(header) {
			return nil, fmt.Errorf("%s.tsv: %d cells in %q", name, len(cells), line)
		}
		row := make(map[string]string)
		for i, h := range header {
			row[h] = cells[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}
