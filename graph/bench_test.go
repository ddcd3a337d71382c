package graph

import (
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// newsday is an article with 100 statements between 60 entities in a text of some 15,000 bytes: what a long article gives.
func newsday() *extract.Document {
	d := &extract.Document{}
	text := ""
	for i := range 100 {
		text += fmt.Sprintf("Officials said Minister Number%d visited Country%d on May 3, 2019, for talks on the border dispute with “Neighbour%d”. ", i%40, i%20, i)
	}
	d.Reset(extract.Article{URL: "https://example.org/2019/06/03/long-article", Title: "A long article", Published: seeds.Date{Year: 2019, Month: 6, Day: 3}, Text: text})
	for i := range 40 {
		d.Entities = append(d.Entities, extract.Entity{Name: fmt.Sprintf("Minister Number%d", i), Type: seeds.Person, Aliases: []string{fmt.Sprintf("Number%d", i)}, Knowledge: -1})
	}
	for i := range 20 {
		d.Entities = append(d.Entities, extract.Entity{ID: fmt.Sprintf("Q%d", 100+i), Name: fmt.Sprintf("Country%d", i), Type: seeds.GPE, Knowledge: -1})
	}
	size := uint32(len(text) / 100)
	for i := range int32(100) {
		at := func(from, to uint32) extract.Span {
			return extract.Span{Start: uint32(i)*size + from, End: uint32(i)*size + to}
		}
		d.Mentions = append(d.Mentions,
			extract.Mention{Span: at(15, 31), Type: seeds.Person, Entity: i % 40}, extract.Mention{Span: at(40, 48), Type: seeds.GPE, Entity: 40 + i%20})
		d.Relations = append(d.Relations, extract.Relation{
			Name: "visited", Subject: entity(i % 40), Object: entity(40 + i%20), Tense: extract.Past, Place: -1,
			Time:         extract.TimeExpr{Span: at(50, 63), From: seeds.Date{Year: 2019, Month: 5, Day: 3}, To: seeds.Date{Year: 2019, Month: 5, Day: 3}},
			Topic:        at(80, 95),
			AttributedTo: extract.Attribution{Filler: extract.Filler{Entity: -1, Head: -1, Span: at(0, 9)}, Verb: at(10, 14)},
			Plover:       "CONSULT", Cameo: "042", Confidence: 0.9375, Rule: "visited/verb", Evidence: at(0, size-2), Trigger: at(32, 39),
		})
	}
	return d
}

// BenchmarkEncode writes articles of 100 statements; 1,000 of them are 100,000. The graph is built anew for each.
func BenchmarkEncode(b *testing.B) {
	d := newsday()
	quads := 0
	builder, err := NewBuilder(Options{})
	require.NoError(b, err)
	for range builder.Build(d).Quads() {
		quads++
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			enc, err := NewEncoder(format, io.Discard, Options{})
			require.NoError(b, err)
			b.ReportAllocs()
			for b.Loop() {
				require.NoError(b, enc.Encode(d))
			}
			b.SetBytes(int64(len(encode(b, format, Options{}, d))))
			if format != "json" && format != "conllu" && format != "graphml" {
				b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
			}
		})
	}
	b.Run("csv", func(b *testing.B) {
		var written counter
		enc, err := NewTables(func(string) (io.Writer, error) { return &written, nil }, Options{})
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, enc.Encode(d))
		}
		b.SetBytes(int64(written) / int64(b.N))
	})
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
