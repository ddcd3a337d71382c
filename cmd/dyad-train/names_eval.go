package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// measure compares what a trained recognizer finds with what is marked.
func (t *nameTraining) measure(w io.Writer, trainer *extract.NameTrainer, errorsOf string, show int) error {
	news, err := readNews(filepath.Join(t.data, "news", "dev.jsonl"))
	if err != nil {
		return err
	}
	var texts []extract.LabelledText
	for _, a := range news {
		texts = append(texts, a.LabelledText)
	}
	var all []extract.Types
	for typ := seeds.Person; typ <= seeds.Product; typ++ {
		all = append(all, extract.TypesOf(typ))
	}
	compareNames(w, "dev", trainer, texts, all, shown("dev", errorsOf, show))
	for _, c := range corpora {
		texts, err := c.read(t.data)
		if err != nil {
			return err
		}
		compareNames(w, c.name, trainer, texts, []extract.Types{person, org, location}, shown(c.name, errorsOf, show))
	}
	return nil
}

func shown(name, errorsOf string, show int) int {
	if name != errorsOf {
		return 0
	}
	return show
}

// A nameCount counts names of a class.
type nameCount struct{ gold, found, right int }

func (c nameCount) write(w io.Writer, name string) {
	p, r := float64(c.right)/float64(max(1, c.found)), float64(c.right)/float64(max(1, c.gold))
	fmt.Fprintf(w, "  %-8s P %.3f R %.3f F %.4f (%d)\n", name, p, r, 2*p*r/max(1e-9, p+r), c.gold)
}

// compareNames counts names by classes of types. Names that may be no names at all, and what is found in their places,
// do not count.
func compareNames(w io.Writer, corpus string, t *extract.NameTrainer, texts []extract.LabelledText, classes []extract.Types, show int) {
	total, counts := nameCount{}, make([]nameCount, len(classes))
	class := func(n extract.LabelledName) int {
		return slices.IndexFunc(classes, func(c extract.Types) bool { return n.Types&c != 0 && !n.Types.Has(seeds.NoType) })
	}
	type key struct {
		extract.Span
		class int
	}
	tell := func(a extract.LabelledText, what string, k key) {
		if show--; show >= 0 {
			fmt.Fprintf(w, "%-6s %-7s %q … %s …\n", what, typeOf(classes[k.class]), a.Text[k.Start:k.End],
				a.Text[max(0, int(k.Start)-60):min(len(a.Text), int(k.End)+60)])
		}
	}
	for _, a := range texts {
		var gold []key
		var open []extract.Span
		for _, n := range a.Names {
			if c := class(n); c >= 0 {
				gold = append(gold, key{n.Span, c})
				counts[c].gold++
				total.gold++
			} else {
				open = append(open, n.Span)
			}
		}
		for _, n := range t.Find(a) {
			k := key{n.Span, class(n)}
			if k.class < 0 || slices.ContainsFunc(open, func(s extract.Span) bool { return s.Start < n.End && n.Start < s.End }) {
				continue
			}
			counts[k.class].found++
			total.found++
			if i := slices.Index(gold, k); i >= 0 {
				counts[k.class].right++
				total.right++
				gold = slices.Delete(gold, i, i+1)
			} else {
				tell(a, "false", k)
			}
		}
		for _, k := range gold {
			tell(a, "missed", k)
		}
	}
	fmt.Fprintln(w, corpus)
	total.write(w, "all")
	for i, c := range counts {
		c.write(w, cmp.Or(typeOf(classes[i]).String(), "?"))
	}
}

// typeOf returns the first type of a set.
func typeOf(set extract.Types) extract.Type {
	for t := seeds.Person; t <= seeds.Product; t++ {
		if set.Has(t) {
			return t
		}
	}
	return seeds.NoType
}
