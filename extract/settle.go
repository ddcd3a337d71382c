package extract

import (
	"cmp"
	"slices"
)

// settle puts the relations in text order and drops what a sentence states twice, keeping the more certain statement.
func (r *relater) settle(d *Document) {
	slices.SortStableFunc(d.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(b.Confidence, a.Confidence))
	})
	kept := d.Relations[:0]
	for _, rel := range d.Relations {
		twice := false
		for i := len(kept) - 1; i >= 0 && kept[i].Sentence == rel.Sentence && !twice; i-- {
			twice = r.repeats(&kept[i], &rel)
		}
		if !twice {
			kept = append(kept, rel)
		}
	}
	d.Relations = kept
	slices.SortStableFunc(d.Relations, func(a, b Relation) int {
		return cmp.Or(cmp.Compare(a.Sentence, b.Sentence), cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.Trigger.Start, b.Trigger.Start))
	})
}

// repeats reports whether b states what a states.
func (r *relater) repeats(a, b *Relation) bool {
	if a.Name != b.Name {
		return false
	}
	return same(a.Subject, b.Subject) && same(a.Object, b.Object) ||
		r.symmetric[a.Name] && same(a.Subject, b.Object) && same(a.Object, b.Subject)
}
