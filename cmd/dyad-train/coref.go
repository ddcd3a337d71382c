package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

func corefCommand() *cobra.Command {
	var data, out string
	cmd := &cobra.Command{
		Use:   "coref",
		Short: "Learn how to weigh the candidates that a pronoun may mean",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			embedded, err := seeds.FS("")
			if err != nil {
				return err
			}
			t, err := extract.NewCorefTrainer(embedded)
			if err != nil {
				return err
			}
			before := 0
			for _, source := range []struct {
				name string
				add  func(*extract.CorefTrainer, string) error
			}{{"news", addCorefNews}, {"GUM", addCorefTrees}} {
				if err := source.add(t, data); err != nil {
					return err
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d pronouns and nouns\n", source.name, t.Instances()-before)
				before = t.Instances()
			}
			return os.WriteFile(out, t.Train(), 0o644)
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/bench", "folder of news/, coref/ and parse/")
	cmd.Flags().StringVar(&out, "out", "extract/coref_weights.go", "Go file to write")
	return cmd
}

// eachJSON decodes the lines of a file.
func eachJSON[T any](file string, f func(*T) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	scan := bufio.NewScanner(in)
	scan.Buffer(nil, 1<<26)
	for line := 1; scan.Scan(); line++ {
		var x T
		if err := json.Unmarshal(scan.Bytes(), &x); err == nil {
			err = f(&x)
			if err == nil {
				continue
			}
		}
		return fmt.Errorf("%s:%d: %w", file, line, err)
	}
	return scan.Err()
}

// corefNews is an article of the news gold; offsets count code points.
type corefNews struct {
	Text      string
	Sentences [][2]int
	Entities  []struct {
		Start, End int
		Type, Name string
	}
	Coreference []struct {
		Start, End int
		Name       string
	}
}

func addCorefNews(t *extract.CorefTrainer, data string) error {
	return eachJSON(filepath.Join(data, "news", "train.jsonl"), func(a *corefNews) error {
		var offset []uint32
		for i := range a.Text {
			offset = append(offset, uint32(i))
		}
		offset = append(offset, uint32(len(a.Text)))
		span := func(start, end int) extract.Span { return extract.Span{Start: offset[start], End: offset[end]} }
		var sentences []extract.Span
		for _, s := range a.Sentences {
			sentences = append(sentences, span(s[0], s[1]))
		}
		var names []extract.NamedSpan
		for _, e := range a.Entities {
			typ, err := seeds.ParseType(e.Type)
			if err != nil {
				return err
			}
			names = append(names, extract.NamedSpan{Span: span(e.Start, e.End), Type: typ, Name: e.Name})
		}
		var referents []extract.Referent
		taken := make(map[extract.Span]bool)
		for _, c := range a.Coreference {
			s := wholeWord(a.Text, span(c.Start, c.End), taken)
			taken[s] = true
			referents = append(referents, extract.Referent{Span: s, Names: strings.Split(c.Name, " & ")})
		}
		return t.AddNews(a.Text, sentences, names, referents)
	})
}

// wholeWord moves a span that lies inside a word, as some of the gold's do ("he" in "the"), to the next whole word of
// the same letters that is not taken.
func wholeWord(text string, s extract.Span, taken map[extract.Span]bool) extract.Span {
	word := text[s.Start:s.End]
	letter := func(i int) bool {
		return i >= 0 && i < len(text) && (text[i]|0x20 >= 'a' && text[i]|0x20 <= 'z')
	}
	for from := int(s.Start); ; from++ {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return s
		}
		from += i
		at := extract.Span{Start: uint32(from), End: uint32(from + len(word))}
		if !letter(from-1) && !letter(from+len(word)) && !taken[at] {
			return at
		}
	}
}

// corefTree is a document of GUM; ranges count tokens.
type corefTree struct {
	ID, Genre string
	Tokens    []string
	Clusters  [][][2]int32
	Mentions  []struct {
		Start, End int32
		Type       string
	}
}

var gumTypes = map[string]extract.Type{"person": seeds.Person, "place": seeds.GPE, "organization": seeds.Org, "event": seeds.Event}

func addCorefTrees(t *extract.CorefTrainer, data string) error {
	trees := make(map[string]*extract.Document)
	for _, name := range []string{"gum-train.conllu", "gum-dev.conllu"} {
		f, err := os.Open(filepath.Join(data, "parse", name))
		if err != nil {
			return err
		}
		bank, err := extract.ReadTreebank(name, f)
		f.Close()
		if err != nil {
			return err
		}
		for _, d := range bank.Documents {
			trees[d.ID] = d
		}
	}
	return eachJSON(filepath.Join(data, "coref", "gum.jsonl"), func(g *corefTree) error {
		d := trees[g.ID]
		if d == nil || len(d.Tokens) != len(g.Tokens) || g.Genre == "conversation" || g.Genre == "vlog" {
			return nil
		}
		var names []extract.Mention
		end := int32(0)
		for _, m := range g.Mentions {
			typ, named := gumTypes[m.Type]
			r := properPart(d, extract.Range{First: m.Start, End: m.End})
			if !named || r.Len() == 0 || r.First < end {
				continue
			}
			end = r.End
			names = append(names, extract.Mention{Tokens: r, Type: typ, Head: -1, Entity: -1})
		}
		var clusters [][]extract.Range
		for _, c := range g.Clusters {
			var ranges []extract.Range
			for _, m := range c {
				ranges = append(ranges, extract.Range{First: m[0], End: m[1]})
			}
			clusters = append(clusters, ranges)
		}
		t.AddTree(d, names, clusters)
		return nil
	})
}

// properPart is the run of proper nouns around the head of a mention, empty when the head is none.
func properPart(d *extract.Document, r extract.Range) extract.Range {
	head := r.First
	for head < r.End && r.Has(d.Tokens[head].Head) {
		head++
	}
	if head == r.End || d.Tokens[head].Pos != extract.PosPropn {
		return extract.Range{}
	}
	p := extract.Range{First: head, End: head + 1}
	for p.First > r.First && d.Tokens[p.First-1].Pos == extract.PosPropn {
		p.First--
	}
	for p.End < r.End && d.Tokens[p.End].Pos == extract.PosPropn {
		p.End++
	}
	return p
}
