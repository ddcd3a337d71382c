package extract

import (
	"fmt"
	"io"
	"strings"
)

// DumpMentions writes a line for every mention: type, kind, text, and whom it means.
func (d *Document) DumpMentions(w io.Writer) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		who := "?"
		if m.Entity >= 0 {
			e := &d.Entities[m.Entity]
			who = e.Name
			if e.ID != "" {
				who += " (" + e.ID + ")"
			}
		}
		fmt.Fprintf(w, "%-7s %-7s %s -> %s\n", m.Type, m.Kind, oneLine(d.In(m.Span)), who)
	}
}

// DumpClauses writes a line for every clause: the predicate, its arguments by role, its qualifiers.
func (d *Document) DumpClauses(w io.Writer) {
	for i := range d.Clauses {
		fmt.Fprintln(w, d.ClauseString(int32(i)))
	}
}

// ClauseString writes a clause in one line, "visit: subj[Lavrov] obj[Japan] (past)".
func (d *Document) ClauseString(i int32) string {
	k := &d.Clauses[i]
	var s strings.Builder
	fmt.Fprintf(&s, "%s %s", k.Kind, d.Symbols.Text(k.Lemma))
	if k.Particle != 0 {
		s.WriteString("+" + d.Symbols.Text(k.Particle))
	}
	s.WriteByte(':')
	for _, a := range d.Arguments[k.Args.First:k.Args.End] {
		role := a.Role.String()
		if a.Role == RolePrep {
			role = d.Symbols.Text(a.Prep)
		}
		fmt.Fprintf(&s, " %s[%s]", role, oneLine(d.In(a.Span)))
	}
	s.WriteString(d.qualifiers(k.Polarity, k.Modality, k.Tense, k.Time))
	if !k.Speaker.IsZero() {
		fmt.Fprintf(&s, " says[%s]", oneLine(d.In(k.Speaker.Span)))
	}
	return s.String()
}

// DumpRelations writes a line for every relation.
func (d *Document) DumpRelations(w io.Writer) {
	for i := range d.Relations {
		fmt.Fprintln(w, d.RelationString(int32(i)))
	}
}

// RelationString writes a relation in one line, "Sergey Lavrov -visited-> Japan (past) by visited/verb".
func (d *Document) RelationString(i int32) string {
	r := &d.Relations[i]
	var s strings.Builder
	fmt.Fprintf(&s, "%s -%s-> %s", d.FillerString(r.Subject), r.Name, d.FillerString(r.Object))
	if office := d.In(r.Office) + r.OfficeName; office != "" {
		fmt.Fprintf(&s, " as %q", oneLine(office))
	}
	s.WriteString(d.qualifiers(r.Polarity, r.Modality, r.Tense, r.Time))
	if r.Place >= 0 {
		fmt.Fprintf(&s, " in %s", d.Entities[r.Place].Name)
	}
	if !r.AttributedTo.IsZero() {
		fmt.Fprintf(&s, " says %s", d.FillerString(r.AttributedTo.Filler))
	}
	fmt.Fprintf(&s, " by %s %.2f", r.Rule, r.Confidence)
	return s.String()
}

// FillerString is the entity's name, or the phrase in brackets.
func (d *Document) FillerString(f Filler) string {
	if f.Entity < 0 {
		return "[" + oneLine(d.In(f.Span)) + "]"
	}
	s := d.Entities[f.Entity].Name
	if f.Role.Len() > 0 {
		s += " {" + oneLine(d.In(f.Role)) + "}"
	}
	return s
}

func (d *Document) qualifiers(p Polarity, m Modality, t Tense, when TimeExpr) string {
	var q []string
	if p == Negative {
		q = append(q, "negative")
	}
	if m != Actual {
		q = append(q, m.String())
	}
	if t != NoTense {
		q = append(q, t.String())
	}
	if when.Len() > 0 {
		s := oneLine(d.In(when.Span))
		if from, to := when.From.String(), when.To.String(); from != "" || to != "" {
			s += " = " + from + "/" + to
		}
		q = append(q, s)
	}
	if len(q) == 0 {
		return ""
	}
	return " (" + strings.Join(q, ", ") + ")"
}

// oneLine folds white space, so that a text that spans lines prints in one.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
