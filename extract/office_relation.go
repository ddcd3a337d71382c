package extract

import (
	"iter"
	"sort"
)

// stateOffices turns the titles that the linker read into relations.
func stateOffices(d *Document) {
	for _, o := range d.Offices {
		if o.Polity < 0 || o.Person == o.Polity {
			continue
		}
		r := Relation{Name: "holdsOffice", Subject: d.named(o.Person, o.Evidence), Object: d.named(o.Polity, o.Evidence),
			Tense: Present, Place: -1, AttributedTo: Attribution{Filler: Filler{Entity: -1, Head: -1}}, Office: o.Title,
			Rule: "office/title", FromKnowledge: o.FromKnowledge, Sentence: o.Sentence, Evidence: o.Evidence, Trigger: o.Title,
			clause: -1}
		switch {
		case o.Former:
			r.Tense = Past
		case o.Designate:
			r.Modality, r.Tense = Planned, Future
		}
		d.Relations = append(d.Relations, r)
	}
}

// named is entity e as a filler, with its mention within a stretch of text or, when that has none, the stretch.
func (d *Document) named(e int32, within Span) Filler {
	if m := d.mentionOf(e, within); m >= 0 {
		return Filler{Entity: e, Head: d.Mentions[m].Head, Span: d.Mentions[m].Span}
	}
	return Filler{Entity: e, Head: -1, Span: within}
}

// mentionOf is the first mention of an entity within a stretch of text, or -1.
func (d *Document) mentionOf(e int32, within Span) int32 {
	for m := range d.mentionsIn(within) {
		if d.Mentions[m].Entity == e {
			return m
		}
	}
	return -1
}

// mentionsIn are the indexes of the mentions that lie within a stretch of text.
func (d *Document) mentionsIn(within Span) iter.Seq[int32] {
	first := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].Start >= within.Start })
	return func(yield func(int32) bool) {
		for i := first; i < len(d.Mentions) && d.Mentions[i].Start < within.End; i++ {
			if within.Contains(d.Mentions[i].Span) && !yield(int32(i)) {
				return
			}
		}
	}
}
