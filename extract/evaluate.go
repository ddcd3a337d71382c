package extract

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// An Evaluation compares tags, lemmas and trees with those of a treebank.
type Evaluation struct {
	Words, Tag, Pos, Lemma int
	Head, Labelled         int // right heads; right heads with the right relation
	Universal              int // right heads with the right relation, subtypes aside
	Lengths                [len(lengthSteps)]TreeCount
	Relations              [len(depNames)]RelationCount
}

// A TreeCount counts words with the right head, and with the right relation too.
type TreeCount struct{ Words, Head, Labelled int }

// A RelationCount counts arcs of a relation: in the treebank, found, and found with the right head.
type RelationCount struct{ Gold, Found, Right int }

// lengthSteps are the sentence lengths up to which words are counted together.
var lengthSteps = [...]int{10, 20, 30, 40, 1 << 30}

// Compare evaluates documents against gold ones with the same tokens.
func Compare(gold, found []*Document) *Evaluation {
	e := &Evaluation{}
	for i, g := range gold {
		for _, s := range g.Sentences {
			step, _ := slices.BinarySearch(lengthSteps[:], s.Tokens.Len())
			for k := s.Tokens.First; k < s.Tokens.End; k++ {
				e.add(g, found[i], k, &e.Lengths[step])
			}
		}
	}
	return e
}

func (e *Evaluation) add(gold, found *Document, i int32, length *TreeCount) {
	g, f := &gold.Tokens[i], &found.Tokens[i]
	count := func(n *int, ok bool) {
		if ok {
			*n++
		}
	}
	e.Words++
	length.Words++
	count(&e.Tag, g.Tag == f.Tag)
	count(&e.Pos, g.Pos == f.Pos)
	count(&e.Lemma, gold.Lemma(i) == found.Lemma(i) || gold.Lemma(i) == "_")
	head := g.Head == f.Head
	count(&e.Head, head)
	count(&length.Head, head)
	count(&e.Labelled, head && g.Dep == f.Dep)
	count(&length.Labelled, head && g.Dep == f.Dep)
	count(&e.Universal, head && baseName(g.Dep) == baseName(f.Dep))
	e.Relations[g.Dep].Gold++
	e.Relations[f.Dep].Found++
	count(&e.Relations[g.Dep].Right, head && g.Dep == f.Dep)
}

// baseName is the relation's name without its subtype.
func baseName(d Dep) string {
	base, _, _ := strings.Cut(d.String(), ":")
	return base
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// Tags is one line about parts of speech.
func (e *Evaluation) Tags() string {
	return fmt.Sprintf("%d words: Penn %.2f, UPOS %.2f", e.Words, percent(e.Tag, e.Words), percent(e.Pos, e.Words))
}

// Trees is one line about trees.
func (e *Evaluation) Trees() string {
	return fmt.Sprintf("%d words: UAS %.2f, LAS %.2f (%.2f without subtypes)", e.Words, percent(e.Head, e.Words),
		percent(e.Labelled, e.Words), percent(e.Universal, e.Words))
}

// Write writes a report of all figures.
func (e *Evaluation) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, lemmas %.2f\n%s\n", e.Tags(), percent(e.Lemma, e.Words), e.Trees())
	low := 1
	for i, c := range e.Lengths {
		name := fmt.Sprintf("%d–%d", low, lengthSteps[i])
		if i == len(lengthSteps)-1 {
			name = fmt.Sprintf("from %d", low)
		}
		fmt.Fprintf(&b, "  sentences of %-8s words: %6d words, UAS %.2f, LAS %.2f\n", name, c.Words,
			percent(c.Head, c.Words), percent(c.Labelled, c.Words))
		low = lengthSteps[i] + 1
	}
	fmt.Fprintf(&b, "  %-16s %6s %9s %6s %6s\n", "relation", "gold", "precision", "recall", "F")
	for d, c := range e.Relations {
		if c.Gold > 0 {
			fmt.Fprintf(&b, "  %-16s %6d %9.1f %6.1f %6.1f\n", Dep(d), c.Gold, percent(c.Right, c.Found),
				percent(c.Right, c.Gold), percent(2*c.Right, c.Gold+c.Found))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
