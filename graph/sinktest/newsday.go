package sinktest

import (
	"fmt"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// Newsday builds the nth of many articles, with 100 statements between 60 entities, ten of them new, in a
// text of some 13,000 bytes: for benchmarks.
func Newsday(n int) *extract.Document {
	d := &extract.Document{}
	text := ""
	for i := range 100 {
		text += fmt.Sprintf("Officials said Minister Number%d visited Country%d on May 3, 2019, for talks on the border dispute with “Neighbour%d”. ", i%40, i%20, i)
	}
	d.Reset(extract.Article{URL: fmt.Sprintf("https://example.org/2019/06/03/article-%d", n), Title: "A long article", Published: seeds.Date{Year: 2019, Month: 6, Day: 3}, Text: text})
	for i := range 40 {
		d.Entities = append(d.Entities, extract.Entity{Name: fmt.Sprintf("Minister Number%d", n*10+i), Type: seeds.Person, Aliases: []string{fmt.Sprintf("Number%d", n*10+i)}, Knowledge: -1})
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
			Name: "visited", Subject: extract.Filler{Entity: i % 40, Head: -1}, Object: extract.Filler{Entity: 40 + i%20, Head: -1}, Tense: extract.Past, Place: -1,
			Time:         extract.TimeExpr{Span: at(50, 63), From: seeds.Date{Year: 2019, Month: 5, Day: 3}, To: seeds.Date{Year: 2019, Month: 5, Day: 3}},
			Topic:        at(80, 95),
			AttributedTo: extract.Attribution{Filler: extract.Filler{Entity: -1, Head: -1, Span: at(0, 9)}, Verb: at(10, 14)},
			Plover:       "CONSULT", Cameo: "042", Confidence: 0.9375, Rule: "visited/verb", Evidence: at(0, size-2), Trigger: at(32, 39),
		})
	}
	return d
}
