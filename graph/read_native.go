package graph

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// What native JSON holds, as far as graphs need it; docs/output.md describes it.
type (
	nativeArticle struct {
		ID, URL, Title, Published, Text string
		SameStoryAs                     []string
		Mentions                        []nativeMention
		Entities                        []nativeEntity
		Relations                       []nativeRelation
		Provenance                      Provenance
	}
	nativeSpan    struct{ Start, End int }
	nativeMention struct {
		nativeSpan
		Type, Kind string
		Entity     *int32
	}
	nativeEntity struct {
		ID, Name, Type, Class, Country string
		Aliases                        []string
		LinkConfidence                 float32
		Members                        []int32
	}
	nativeFiller struct {
		nativeSpan
		Entity             *int32
		Phrase, Head, Role string
		Verb               string
	}
	nativeRelation struct {
		Relation                   string
		Subject, Object            *nativeFiller
		Polarity, Modality, Tense  string
		Time                       *struct{ Text, Start, End string }
		Place, Topic, AttributedTo *nativeFiller
		Office, Kin, Plover, Cameo string
		Rule, Source               string
		Confidence                 float32
		Evidence                   struct {
			Sentence int32
			nativeSpan
			Trigger *nativeSpan
		}
	}
)

// readNative reads native JSON and builds its graphs.
func readNative(in *bufio.Reader, o Options) (func() (*Graph, error), error) {
	b, err := NewBuilder(o)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(in)
	number := 0
	return func() (*Graph, error) {
		number++
		var a nativeArticle
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return nil, io.EOF
		} else if err != nil {
			return nil, fmt.Errorf("article %d: %w", number, err)
		}
		doc, err := a.document()
		if err != nil {
			return nil, fmt.Errorf("article %d (%.80s): %w", number, a.ID, err)
		}
		if a.Provenance != (Provenance{}) {
			b.options.Provenance = a.Provenance
		} else {
			b.options.Provenance = o.Provenance
		}
		g := b.Build(doc)
		for i, e := range a.Entities {
			if e.Class != "" {
				to := &g.Entities[b.entities[b.ids[i]]]
				to.Class, to.Country = schemaNS+e.Class, e.Country
			}
		}
		return g, nil
	}, nil
}

// A restoring makes a Document of native JSON again: as much of it as a graph is built from.
type restoring struct {
	d     *extract.Document
	bytes []uint32 // byte offset of each code point, and of the end
	err   error
}

func (a *nativeArticle) document() (*extract.Document, error) {
	r := &restoring{d: &extract.Document{}}
	r.d.Reset(extract.Article{ID: a.ID, URL: a.URL, Title: a.Title, Text: a.Text, Published: r.date(a.Published), SameStoryAs: a.SameStoryAs})
	for i := range a.Text {
		r.bytes = append(r.bytes, uint32(i))
	}
	r.bytes = append(r.bytes, uint32(len(a.Text)))
	if iri := r.minted(); a.ID == iri {
		r.d.ID = "" // not the input's own: the article's IRI stands in for it
	}
	for _, e := range a.Entities {
		r.d.Entities = append(r.d.Entities, extract.Entity{
			Knowledge: -1, ID: e.ID, Name: e.Name, Type: r.kind(e.Type), Aliases: e.Aliases, Members: e.Members, Confidence: e.LinkConfidence,
		})
	}
	for _, e := range a.Entities {
		for _, m := range e.Members {
			r.index(&m)
		}
	}
	for _, m := range a.Mentions {
		at := extract.Mention{Span: r.span(m.nativeSpan), Type: r.kind(m.Type), Entity: r.index(m.Entity), Head: -1}
		at.Kind = extract.MentionKind(r.oneOf(m.Kind, "name", "nominal", "pronoun"))
		r.d.Mentions = append(r.d.Mentions, at)
	}
	for i := range a.Relations {
		r.relation(&a.Relations[i])
	}
	return r.d, r.err
}

// minted is the article's IRI.
func (r *restoring) minted() string {
	b, err := NewBuilder(Options{})
	if err != nil {
		r.fail("%w", err)
		return ""
	}
	b.identify(r.d)
	return b.graph.Article.IRI
}

func (r *restoring) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *restoring) date(s string) (d seeds.Date) {
	if s != "" {
		var err error
		if d, err = seeds.ParseDate(s); err != nil {
			r.fail("%w", err)
		}
	}
	return d
}

func (r *restoring) kind(s string) (t seeds.Type) {
	if s != "" {
		var err error
		if t, err = seeds.ParseType(s); err != nil {
			r.fail("%w", err)
		}
	}
	return t
}

func (r *restoring) oneOf(s string, names ...string) int {
	for i, n := range names {
		if n == s {
			return i
		}
	}
	r.fail("%q: want one of %s", s, strings.Join(names, ", "))
	return 0
}

// span turns code points into bytes.
func (r *restoring) span(s nativeSpan) extract.Span {
	if s.Start < 0 || s.End < s.Start || s.End >= len(r.bytes) {
		r.fail("offsets %d to %d lie outside the text", s.Start, s.End)
		return extract.Span{}
	}
	return extract.Span{Start: r.bytes[s.Start], End: r.bytes[s.End]}
}

func (r *restoring) index(i *int32) int32 {
	if i == nil {
		return -1
	}
	if *i < 0 || int(*i) >= len(r.d.Entities) {
		r.fail("there is no entity %d", *i)
		return -1
	}
	return *i
}

// words returns a stretch of the text with these words: where exactly they stand is not part of the graph.
func (r *restoring) words(s string) extract.Span {
	if s == "" {
		return extract.Span{}
	}
	at := strings.Index(r.d.Text, s)
	if at < 0 {
		r.fail("the text does not have the words %q", s)
		return extract.Span{}
	}
	return extract.Span{Start: uint32(at), End: uint32(at + len(s))}
}

func (r *restoring) filler(f *nativeFiller) extract.Filler {
	if f == nil {
		return extract.Filler{Entity: -1, Head: -1}
	}
	to := extract.Filler{Entity: r.index(f.Entity), Head: -1, Role: r.words(f.Role)}
	if f.Entity == nil && f.End > f.Start {
		to.Span = r.span(f.nativeSpan)
		if f.Head != "" {
			to.Head = int32(len(r.d.Tokens))
			r.d.Tokens = append(r.d.Tokens, extract.Token{Span: r.words(f.Head), Head: -1})
		}
	}
	return to
}

func (r *restoring) relation(n *nativeRelation) {
	to := extract.Relation{
		Name: n.Relation, Subject: r.filler(n.Subject), Object: r.filler(n.Object), Place: -1,
		Polarity: extract.Polarity(r.oneOf(n.Polarity, "positive", "negative")),
		Modality: extract.Modality(r.oneOf(n.Modality, "actual", "planned", "possible", "requested")),
		Tense:    extract.Tense(r.oneOf(n.Tense, "", "past", "present", "future")),
		Topic:    r.filler(n.Topic).Span, Kin: r.words(n.Kin), OfficeName: n.Office,
		Plover: n.Plover, Cameo: n.Cameo, Confidence: n.Confidence, Rule: n.Rule, FromKnowledge: n.Source == "knowledge",
		Sentence: n.Evidence.Sentence, Evidence: r.span(n.Evidence.nativeSpan),
	}
	if n.Time != nil {
		to.Time = extract.TimeExpr{Span: r.words(n.Time.Text), From: r.date(n.Time.Start), To: r.date(n.Time.End)}
	}
	if n.Place != nil {
		to.Place = r.index(n.Place.Entity)
	}
	if n.AttributedTo != nil {
		to.AttributedTo = extract.Attribution{Filler: r.filler(n.AttributedTo), Verb: r.words(n.AttributedTo.Verb)}
	}
	if t := n.Evidence.Trigger; t != nil {
		to.Trigger = r.span(*t)
	}
	r.d.Relations = append(r.d.Relations, to)
}
