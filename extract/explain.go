package extract

import "fmt"

// A Look is one rule's look at one clause.
type Look struct {
	Clause int32 // index into Document.Clauses
	Rule   string
	Fired  bool
	Why    string // why not, when it did not fire
}

// Explain tells for every clause of d, which Extract has filled, which rules looked at it and why those that stayed
// silent did.
func (x *Extractor) Explain(d *Document) []Look {
	var looks []Look
	kept := len(d.Relations)
	m := x.relate.start(d)
	for i := range d.Clauses {
		k := &d.Clauses[i]
		m.at = int32(i)
		for _, t := range x.relate.triggers[k.Kind][k.Lemma] {
			got := m.look(k, t)
			r := &x.relate.rules[t.rule]
			looks = append(looks, Look{Clause: int32(i), Rule: r.Name, Fired: got.step == fired, Why: m.why(r, t, got)})
		}
	}
	d.Relations = d.Relations[:kept]
	return looks
}

func (m *relating) why(r *matcher, t trigger, got outcome) string {
	switch got.step {
	case noWord:
		if t.prep != 0 {
			return fmt.Sprintf("no phrase with %q", m.d.Symbols.Text(t.prep))
		}
		return fmt.Sprintf("the verb has another particle than %q", m.d.Symbols.Text(t.particle))
	case spokeAgainst:
		c := r.Conds[got.slot]
		if c.Negated {
			return fmt.Sprintf("%s is one of those that the rule excludes", c.Role)
		}
		return fmt.Sprintf("%s is none of those that the rule asks for", c.Role)
	case empty:
		s := r.Slots[got.slot]
		return fmt.Sprintf("no %s for %q in %v", s.Class, s.Name, s.Roles)
	case oneOnly:
		return "there is only one party"
	}
	return ""
}
