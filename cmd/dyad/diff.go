package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

func newDiff() *cobra.Command {
	var c diffConfig
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two results, fact by fact",
		Long: `Compare two results, fact by fact. OLD and NEW are what dyad has written as json,
jsonld, ndjsonld or nquads, packed or not, in the same format or in two; one of them
may be - for standard input.

Each article that differs is followed by its differences, one in a line:
  - Russia -opposes-> [the plan] {present}      a fact that only OLD has
  + Russia -supports-> [the plan] {present}     a fact that only NEW has
  ~ Japan -visited-> China {past} => {negative, past}   a fact that is qualified otherwise

Phrases stand in brackets, an object that is not named is -, and the two sides of a
symmetric relation stand in the order of their names. Qualifiers are polarity,
modality, tense, time (when), place (in), topic (about), speaker (says), office and
kinship (as); "positive" and "actual" are left out. Who is meant is compared by name.
With --all identifiers, roles, confidence, rule and evidence count too.

An article is the same in both if it has the same address or, where it has none, the
same text. As long as both have their articles in the same order, one of each is held
in memory; those that stand elsewhere are held, as facts, until the other is found.

Exit codes: 0 no difference, 1 differences, 2 wrong use or a file that cannot be read.`,
		Example: `  dyad diff old.jsonld.gz new.nq
  dyad extract --format json --seeds my-seeds *.txt | dyad diff old.json -`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.files = [2]string{args[0], args[1]}
			if args[0] == "-" && args[1] == "-" {
				return errors.New("standard input is one result: name a file for the other")
			}
			return c.diff(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&c.all, "all", false, "compare identifiers, roles, confidence, rule and evidence too")
	return cmd
}

// A diffConfig says what to compare.
type diffConfig struct {
	files [2]string // old, new
	all   bool
}

// An articleFacts is what one result says in an article.
type articleFacts struct {
	iri, name string
	number    int // in the order of reading
	facts     []fact
}

func (c *diffConfig) diff(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	var results [2]*graph.Reader
	for i, name := range c.files {
		in, err := read.Open(name, stdin)
		if err != nil {
			return &articleError{name, err}
		}
		defer in.Close()
		if results[i], err = graph.NewReader("", in, graph.Options{}); err != nil {
			return &articleError{name, err}
		}
	}
	out := bufio.NewWriter(stdout)
	differ := false
	err := c.pair(ctx, results, func(name string, old, new []fact) {
		differ = writeDifferences(out, name, old, new) || differ
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if differ {
		return &failedError{}
	}
	return nil
}

// pair reads both results by turns and calls f with each article that both have, as soon as both were read, and then
// with those that only one has.
func (c *diffConfig) pair(ctx context.Context, results [2]*graph.Reader, f func(name string, old, new []fact)) error {
	waiting := [2]map[string][]*articleFacts{{}, {}} // by IRI; an input may have an article twice
	ended := [2]bool{}
	number := 0
	for side := 0; !ended[0] || !ended[1]; side = 1 - side {
		if ctx.Err() != nil {
			return errInterrupted
		}
		if ended[side] {
			continue
		}
		g, err := results[side].Next()
		if errors.Is(err, io.EOF) {
			ended[side] = true
			continue
		}
		if err != nil {
			return &articleError{c.files[side], err}
		}
		number++
		a := &articleFacts{g.Article.IRI, cmp.Or(g.Article.URL, g.Article.Identifier, g.Article.IRI), number, factsOf(g, c.all)}
		others := waiting[1-side]
		if len(others[a.iri]) == 0 {
			waiting[side][a.iri] = append(waiting[side][a.iri], a)
			continue
		}
		old, new := others[a.iri][0], a
		if others[a.iri] = others[a.iri][1:]; len(others[a.iri]) == 0 {
			delete(others, a.iri)
		}
		if side == 0 {
			old, new = new, old
		}
		f(new.name, old.facts, new.facts)
	}
	for _, a := range inReadingOrder(waiting[0]) {
		f(a.name+" (only in "+c.files[0]+")", a.facts, nil)
	}
	for _, a := range inReadingOrder(waiting[1]) {
		f(a.name+" (only in "+c.files[1]+")", nil, a.facts)
	}
	return nil
}

func inReadingOrder(waiting map[string][]*articleFacts) []*articleFacts {
	list := slices.Concat(slices.Collect(maps.Values(waiting))...)
	slices.SortFunc(list, func(a, b *articleFacts) int { return cmp.Compare(a.number, b.number) })
	return list
}

// writeDifferences writes how the facts of an article differ, under its name, and reports whether they do.
func writeDifferences(w io.Writer, name string, old, new []fact) bool {
	gone, come := without(old, new), without(new, old)
	if len(gone)+len(come) == 0 {
		return false
	}
	fmt.Fprintln(w, name)
	for len(gone)+len(come) > 0 {
		order := 0
		switch {
		case len(come) == 0:
			order = -1
		case len(gone) == 0:
			order = 1
		default:
			order = cmp.Compare(gone[0].core, come[0].core)
		}
		switch {
		case order < 0:
			fmt.Fprintf(w, "- %v\n", gone[0])
		case order > 0:
			fmt.Fprintf(w, "+ %v\n", come[0])
		default:
			fmt.Fprintf(w, "~ %v => %s\n", gone[0], cmp.Or(come[0].how, "{}"))
		}
		if order <= 0 {
			gone = gone[1:]
		}
		if order >= 0 {
			come = come[1:]
		}
	}
	return true
}
