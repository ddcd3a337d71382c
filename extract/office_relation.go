package extract

import (
	"cmp"
	"slices"
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
	first, _ := slices.BinarySearchFunc(d.Mentions, within.Start, func(m Mention, at uint32) int { return cmp.Compare(m.Start, at) })
	for i := first; i < len(d.Mentions) && d.Mentions[i].Start < within.End; i++ {
		if m := &d.Mentions[i]; m.Entity == e && within.Contains(m.Span) {
			return int32(i)
		}
	}
	return -1
}
