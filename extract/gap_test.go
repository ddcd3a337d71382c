package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

// A gapCase is an ambiguous pronoun of GAP with two names, one of which it may mean.
type gapCase struct {
	Text    string
	Pronoun gapSpan
	A, B    gapSpan
}

// A gapSpan is an offset in code points, a text, and for a name whether the pronoun means it.
type gapSpan struct {
	offset int
	text   string
	meant  bool
}

func (s *gapSpan) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&s.offset, &s.text, &s.meant})
}

func (s gapSpan) in(text string) Span {
	start := len(string([]rune(text)[:s.offset]))
	return Span{uint32(start), uint32(start + len(s.text))}
}

// TestGAP measures the pronouns he and she on the development set of GAP, as the program resolves them, and when it has
// to choose one of the two names.
func TestGAP(t *testing.T) {
	file, err := os.Open("../../shared/bench/coref/gap-development.jsonl")
	if err != nil || testing.Short() {
		t.Skip("needs ../shared/bench/coref/gap-development.jsonl, and a few seconds")
	}
	defer file.Close()
	embedded, err := seeds.FS("")
	require.NoError(t, err)
	x, err := New(Options{Seeds: embedded})
	require.NoError(t, err)
	var free, forced gapScore
	scan := bufio.NewScanner(file)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var g gapCase
		require.NoError(t, json.Unmarshal(scan.Bytes(), &g))
		d := g.read(t, x)
		found := int32(-1)
		d.work.link.coref.teach = func(first, end int32, p pronoun) (int32, float64) {
			best, probability := x.link.weigh(&d.work.link, p)
			if d.Tokens[first].Span == g.Pronoun.in(g.Text) {
				found = d.choose(g.entity(d, g.A), g.entity(d, g.B))
			}
			return best, probability
		}
		x.link.link(d)
		a, b := g.entity(d, g.A), g.entity(d, g.B)
		forced.add(&g, found, a, b)
		free.add(&g, g.resolved(d), a, b)
	}
	require.NoError(t, scan.Err())
	t.Logf("resolved: F %.3f (precision %.3f, recall %.3f); one of two: F %.3f", free.f(), free.precision(), free.recall(), forced.f())
	require.Greater(t, free.f(), 0.70)
	require.Greater(t, forced.f(), 0.70)
}

// read prepares the document with the two names among those that are recognized.
func (g *gapCase) read(t *testing.T, x *Extractor) *Document {
	d := new(Document)
	d.Symbols.Use(x.lexicon)
	d.Reset(Article{Text: g.Text})
	x.segment.segment(d)
	require.NoError(t, x.engine.annotate(d))
	for _, s := range []gapSpan{g.A, g.B} {
		at := s.in(g.Text)
		d.Mentions = slices.DeleteFunc(d.Mentions, func(m Mention) bool { return m.Start < at.End && at.Start < m.End })
		d.Mentions = append(d.Mentions, Mention{Span: at, Tokens: d.covered(at), Type: seeds.Person, Head: -1, Entity: -1})
	}
	slices.SortStableFunc(d.Mentions, func(a, b Mention) int { return int(a.Start) - int(b.Start) })
	return d
}

// entity is that of the name, -2 for none.
func (g *gapCase) entity(d *Document, s gapSpan) int32 {
	at := s.in(g.Text)
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Kind == Name && m.Start < at.End && at.Start < m.End && m.Type == seeds.Person {
			return m.Entity
		}
	}
	return -2
}

func (g *gapCase) resolved(d *Document) int32 {
	for i := range d.Mentions {
		if m := &d.Mentions[i]; m.Kind == Pronoun && m.Span == g.Pronoun.in(g.Text) {
			return m.Entity
		}
	}
	return -1
}

// choose is the likelier of two entities as candidates, -1 when neither is one.
func (d *Document) choose(a, b int32) int32 {
	c := &d.work.link.coref
	best, score := int32(-1), 0.0
	for k := range c.cands {
		e := c.refs[c.cands[k].ref].entity
		if (e == a || e == b) && (best < 0 || c.cands[k].score > score) {
			best, score = e, c.cands[k].score
		}
	}
	return best
}

// gapScore counts for each name whether the pronoun was said to mean it.
type gapScore struct{ right, wrong, missed float64 }

func (s *gapScore) add(g *gapCase, found, a, b int32) {
	for _, x := range []struct{ said, meant bool }{{found >= 0 && found == a, g.A.meant}, {found >= 0 && found == b, g.B.meant}} {
		switch {
		case x.said && x.meant:
			s.right++
		case x.said:
			s.wrong++
		case x.meant:
			s.missed++
		}
	}
}

func (s *gapScore) precision() float64 { return s.right / (s.right + s.wrong) }
func (s *gapScore) recall() float64    { return s.right / (s.right + s.missed) }
func (s *gapScore) f() float64         { return 2 * s.right / (2*s.right + s.wrong + s.missed) }
