package extract

import (
	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// A resolver says whom or what an argument means: the entity of a mention, the country or organisation that a group
// without a name acts for ("Russian officials"), the members of a group, or a phrase.
type resolver struct {
	d       *Document
	t       *tree
	classes *wordClasses
}

// index notes for every token the mention that it belongs to; a mention with an entity goes before one without, the
// one that the token heads before one it merely lies in.
func (r *resolver) index() {
	w := &r.d.work.relate
	w.mentionAt = resize(w.mentionAt, len(r.d.Tokens))
	for i := range w.mentionAt {
		w.mentionAt[i] = -1
	}
	for m := range r.d.Mentions {
		x := &r.d.Mentions[m]
		if x.Kind == Name {
			for i := x.Tokens.First; i < x.Tokens.End; i++ {
				w.mentionAt[i] = int32(m)
			}
		}
	}
	for m := range r.d.Mentions {
		if x := &r.d.Mentions[m]; x.Kind != Name && x.Head >= 0 && w.mentionAt[x.Head] < 0 {
			w.mentionAt[x.Head] = int32(m)
		}
	}
}

// resolve appends what token head means where a rule wants class, or nothing.
func (r *resolver) resolve(head int32, class rule.Class, to []Filler) []Filler {
	if m := r.d.work.relate.mentionAt[head]; m >= 0 {
		if x := &r.d.Mentions[m]; x.Entity >= 0 {
			return r.entity(x.Entity, head, x.Span, Span{}, class, to)
		}
	}
	if m := r.namedBy(head); m >= 0 {
		x := &r.d.Mentions[m]
		return r.entity(x.Entity, head, x.Span, Span{}, class, to)
	}
	if o := r.actsFor(head, class); o >= 0 {
		return r.entity(o, head, r.t.span(head), r.t.span(head), class, to)
	}
	if r.admitsPhrase(head, class) {
		span := r.t.span(head)
		if r.d.Tokens[head].Pos == PosVerb {
			span = r.t.subtree(head)
		}
		to = append(to, Filler{Entity: -1, Head: head, Span: span})
	}
	return to
}

// entity appends an entity, or the members of a group, where the class admits it.
func (r *resolver) entity(e, head int32, span, role Span, class rule.Class, to []Filler) []Filler {
	if ms := r.d.Entities[e].Members; len(ms) > 0 {
		for _, m := range ms {
			to = r.entity(m, head, span, role, class, to)
		}
		return to
	}
	if admits(class, r.d.Entities[e].Type) {
		to = append(to, Filler{Entity: e, Head: head, Span: span, Role: role})
	}
	return to
}

// admits reports whether an entity of type t is of the class.
func admits(class rule.Class, t Type) bool {
	switch class {
	case rule.Any:
		return true
	case rule.Actor:
		return t == seeds.Person || t == seeds.Org || t == seeds.GPE || t == seeds.NORP || t == seeds.Loc
	case rule.Body:
		return t == seeds.Org || t == seeds.GPE || t == seeds.NORP || t == seeds.Loc
	case rule.Person:
		return t == seeds.Person
	case rule.Org:
		return t == seeds.Org
	case rule.Polity:
		return t == seeds.GPE || t == seeds.NORP
	case rule.Place:
		return t == seeds.GPE || t == seeds.Loc || t == seeds.Fac
	case rule.Event:
		return t == seeds.Event
	case rule.Document:
		return t == seeds.Law
	case rule.Thing:
		return t == seeds.Event || t == seeds.Law || t == seeds.Product || t == seeds.Fac
	}
	return false
}

// namedBy returns the mention of the person whose title heads the phrase ("the prime minister, Shinzo Abe"), or -1.
func (r *resolver) namedBy(head int32) int32 {
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepAppos, DepFlat, DepNmodDesc, DepCompound:
			if m := r.d.work.relate.mentionAt[c]; m >= 0 && r.d.Mentions[m].Entity >= 0 && c > head &&
				r.d.Mentions[m].Kind == Name && r.d.Mentions[m].Type == seeds.Person {
				return m
			}
		}
	}
	return -1
}

// actsFor returns the entity that an unnamed group or office acts for ("Russian officials", "the ministry of Japan",
// "Taliban fighters"), or -1.
func (r *resolver) actsFor(head int32, class rule.Class) int32 {
	switch class {
	case rule.Actor, rule.Any, rule.Polity, rule.Org, rule.Body:
	default:
		return -1
	}
	lemma := r.d.Tokens[head].Lemma
	agent, human := r.classes.is(lemma, wordAgents), r.classes.is(lemma, wordHuman)
	if !agent && !human {
		return -1
	}
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepNmodPoss, DepAmod, DepCompound, DepNmodDesc:
		case DepNmod:
			if p := r.t.child(c, DepCase); p < 0 || r.d.Word(p) != "of" && r.d.Word(p) != "for" && r.d.Word(p) != "from" {
				continue
			}
		default:
			continue
		}
		if e := r.owner(c); e >= 0 && (agent || r.d.Entities[e].Type == seeds.Org) {
			return e
		}
	}
	return -1
}

// owner is the organisation or polity that token c names, or that the group it heads acts for.
func (r *resolver) owner(c int32) int32 {
	if m := r.d.work.relate.mentionAt[c]; m >= 0 {
		if e := r.d.Mentions[m].Entity; e >= 0 {
			switch r.d.Entities[e].Type {
			case seeds.Org, seeds.GPE, seeds.NORP:
				return e
			}
		}
		return -1
	}
	if r.t.dep(c) == DepNmodPoss || r.t.dep(c) == DepNmod {
		return r.actsFor(c, rule.Actor)
	}
	return -1
}

// admitsPhrase reports whether token head, which means no entity, can fill the class as a phrase.
func (r *resolver) admitsPhrase(head int32, class rule.Class) bool {
	t := &r.d.Tokens[head]
	switch t.Pos {
	case PosNoun, PosPropn:
	case PosVerb:
		return class == rule.Any || class == rule.Thing
	default:
		return false
	}
	switch class {
	case rule.Any:
		return !r.classes.is(t.Lemma, wordTemporal)
	case rule.Thing:
		return !r.classes.is(t.Lemma, wordTemporal|wordHuman)
	case rule.Actor, rule.Group, rule.Person, rule.Body:
		return r.classes.is(t.Lemma, wordHuman)
	case rule.Event:
		return r.classes.is(t.Lemma, wordGathering)
	case rule.Document:
		return r.classes.is(t.Lemma, wordDocument)
	}
	return false
}

// speaker resolves whose words a statement is.
func (r *resolver) speaker(f Filler) Filler {
	var buf [4]Filler
	if got := r.resolve(f.Head, rule.Actor, buf[:0]); len(got) > 0 {
		return got[0]
	}
	return f
}
