// Package sinktest holds the test that every sink passes.
package sinktest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/seeds"
)

// A Target is an empty store to test with.
type Target struct {
	Open     func(t *testing.T) graph.Sink // opens the store, also after it was closed
	Facts    func(t *testing.T) []string   // what the store holds, a string of Fact for each statement, in any order
	Entities func(t *testing.T) []string   // all entities in the store, a string of Entity for each, in any order
	Large    int                           // how many entities the largest article has; 0 is 10,000
}

// Fact spells a statement for comparison.
func Fact(article, subject, relation, object, polarity, modality string) string {
	return strings.Join([]string{article, subject, relation, object, polarity, modality}, " | ")
}

// Entity spells an entity for comparison.
func Entity(iri, name string) string { return iri + " | " + name }

// An Article describes the articles that Document makes: who meets whom.
type Article struct {
	URL    string
	People []string // the first meets the others; the second one not
}

// Document builds an article. Its text holds what breaks formats, its names what breaks queries.
func Document(a Article) *extract.Document {
	d := &extract.Document{}
	text := "Ünïcode “quotes” \t\\ and\n"
	for _, p := range a.People {
		text += p + " met the others.\n"
	}
	d.Reset(extract.Article{URL: a.URL, Title: "It's \"quoted\"; DROP TABLE article; --", Published: seeds.Date{Year: 2019, Month: 6}, Text: text})
	for i, p := range a.People {
		start := strings.Index(text, p)
		at := extract.Span{Start: uint32(start), End: uint32(start + len(p))}
		d.Entities = append(d.Entities, extract.Entity{Name: p, Type: seeds.Person, Knowledge: -1, Aliases: []string{"Mr. " + p}})
		d.Mentions = append(d.Mentions, extract.Mention{Span: at, Type: seeds.Person, Entity: int32(i)})
		if i == 0 {
			continue
		}
		r := extract.Relation{
			Name: "met", Subject: extract.Filler{Entity: 0, Head: -1}, Object: extract.Filler{Entity: int32(i), Head: -1}, Place: -1,
			Confidence: 0.5, Rule: "met/test", Evidence: extract.Span{Start: at.Start, End: at.End + 4}, Plover: "CONSULT", Cameo: "040",
			Topic: extract.Span{End: 8},
		}
		if i == 1 {
			r.Polarity, r.Modality = extract.Negative, extract.Planned
		}
		d.Relations = append(d.Relations, r)
	}
	return d
}

// want is what a store holds after these articles were loaded.
func want(t *testing.T, articles ...Article) (facts, entities []string) {
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	for _, a := range articles {
		g := b.Build(Document(a))
		for _, s := range g.Statements {
			facts = append(facts, Fact(g.Article.IRI, s.Subject, s.Relation, s.Object, s.Polarity.String(), s.Modality.String()))
		}
		for _, e := range g.Entities {
			entities = append(entities, Entity(e.IRI, e.Name))
		}
	}
	slices.Sort(facts)
	slices.Sort(entities)
	return facts, slices.Compact(entities)
}

func (target Target) requireHolds(t *testing.T, articles ...Article) {
	t.Helper()
	facts, entities := want(t, articles...)
	got := target.Facts(t)
	slices.Sort(got)
	require.Equal(t, facts, got)
	got = target.Entities(t)
	slices.Sort(got)
	require.Equal(t, entities, got)
}

// Run tests a sink.
func Run(t *testing.T, target Target) {
	first := Article{"https://example.org/1", []string{"Ann O'Hara", "Bob \"B\" \\ Box", "Cœcilia Ñandú"}}
	second := Article{"https://example.org/2", []string{"Cœcilia Ñandú", "Dan; Dare", "Ann O'Hara"}}
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	load := func(t *testing.T, articles ...Article) {
		sink := target.Open(t)
		for _, a := range articles {
			require.NoError(t, sink.Load(t.Context(), b.Build(Document(a))))
		}
		require.NoError(t, sink.Close())
	}

	t.Run("empty", func(t *testing.T) {
		load(t)
		require.Empty(t, target.Facts(t))
	})
	t.Run("load", func(t *testing.T) {
		load(t, first, second)
		target.requireHolds(t, first, second)
	})
	t.Run("twice is once", func(t *testing.T) {
		load(t, first, second, first)
		load(t, second)
		target.requireHolds(t, first, second)
	})
	t.Run("replace", func(t *testing.T) {
		changed := Article{first.URL, []string{"Ann O'Hara", "Eve"}}
		load(t, changed)
		target.requireHolds(t, changed, second)
		load(t, Article{URL: first.URL})
		target.requireHolds(t, Article{URL: first.URL}, second)
		load(t, first)
		target.requireHolds(t, first, second)
	})
	awkward := Article{"https://example.org/a b?q=<x>|\"y\"\\{`^}#é", []string{
		"Ann O'Hara", "\u202eEve\u202c of \u200fעברית\u200e", "Tab\tBell\x07 Line\u2028End\u0085\x7f", "`Dan` {iri: $rows} <b>&amp;%20", "😀 \U0010FFFF",
	}}
	t.Run("awkward", func(t *testing.T) {
		load(t, awkward, awkward)
		target.requireHolds(t, first, second, awkward)
	})
	t.Run("canceled", func(t *testing.T) {
		sink := target.Open(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.Error(t, sink.Load(ctx, b.Build(Document(Article{"https://example.org/3", []string{"Eve", "Dan"}}))))
		require.NoError(t, sink.Close())
		target.requireHolds(t, first, second, awkward)
	})
	t.Run("large", func(t *testing.T) {
		large := Article{URL: "https://example.org/large"}
		size := cmp.Or(target.Large, 10_000)
		if testing.Short() {
			size = 300
		}
		for i := range size {
			large.People = append(large.People, fmt.Sprintf("Person Number%d", i))
		}
		load(t, large)
		target.requireHolds(t, first, second, awkward, large)
		load(t, Article{URL: large.URL})
		target.requireHolds(t, first, second, awkward, Article{URL: large.URL})
	})
}
