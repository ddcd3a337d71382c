package extract

import (
	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// named appends who is named beside the noun that heads the phrase: "the prime minister, Shinzo Abe", "the leaders of
// both countries, Vladimir Putin and Shinzo Abe", "the rights group Amnesty International".
func (r *resolver) named(head int32, class rule.Class, to []Filler) []Filler {
	n := len(to)
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepAppos, DepFlat, DepNmodDesc, DepCompound:
			if c > head {
				to = r.people(c, class, to)
				if r.t.dep(c) == DepAppos && len(to) == n {
					to = r.list(c, class, to)
				}
			}
		}
	}
	if len(to) > n || !r.classes.is(r.d.Tokens[head].Lemma, wordHuman|wordAgents) {
		return to
	}
	// Parsers hang the names on the noun above or below: "a meeting between the leaders of both countries - Putin and
	// Abe". Nobody is another name for a meeting or a country.
	if g := r.d.Tokens[head].Head; g >= 0 && r.t.dep(head) == DepNmod {
		to = r.stray(g, head, class, to)
	}
	for c := r.t.first[head]; c >= 0 && len(to) == n; c = r.t.next[c] {
		if r.t.dep(c) == DepNmod && !r.classes.is(r.d.Tokens[c].Lemma, wordAgents) {
			to = r.stray(c, head, class, to)
		}
	}
	return to
}

// kind appends the organisation whose name stands right before a noun that says what it is: "the Fatah movement".
func (r *resolver) kind(head int32, class rule.Class, to []Filler) []Filler {
	if head == 0 || !r.classes.is(r.d.Tokens[head].Lemma, wordKind) {
		return to
	}
	before := head - 1
	if r.d.Tokens[before].Tag == TagRRB { // "the Asia-Pacific Economic Cooperation (APEC) forum"
		for before > 0 && r.d.Tokens[before].Tag != TagLRB {
			before--
		}
		before = max(before-1, 0)
	}
	m := r.d.work.relate.mentionAt[before]
	if m < 0 || r.d.Mentions[m].Kind != Name || r.d.Mentions[m].Type != seeds.Org || r.d.Mentions[m].Entity < 0 || r.d.Tokens[r.d.Mentions[m].Head].Head != head {
		return to
	}
	return r.entity(r.d.Mentions[m].Entity, head, r.d.Mentions[m].Span, Span{}, class, to)
}

// stray appends the people in apposition to token i, behind the noun that they are the names of.
func (r *resolver) stray(i, noun int32, class rule.Class, to []Filler) []Filler {
	for c := r.t.first[i]; c >= 0; c = r.t.next[c] {
		if m := r.d.work.relate.mentionAt[c]; c > noun && r.t.dep(c) == DepAppos && m >= 0 && r.d.Mentions[m].Type == seeds.Person {
			to = r.people(c, class, to)
		}
	}
	return to
}

// list appends what is named at token c and joined to it, if that is more than one: "the quartet: Russia, the United
// States and the EU".
func (r *resolver) list(c int32, class rule.Class, to []Filler) []Filler {
	if r.t.child(c, DepConj) < 0 {
		return to
	}
	return r.joined(c, class, to)
}

// joined appends who is named at token c and at those joined to it.
func (r *resolver) joined(c int32, class rule.Class, to []Filler) []Filler {
	to = r.example(c, class, to)
	for g := r.t.first[c]; g >= 0; g = r.t.next[g] {
		if r.t.dep(g) == DepConj {
			to = r.example(g, class, to)
		}
	}
	return to
}

// people appends the person or organisation named at token c and those joined to it.
func (r *resolver) people(c int32, class rule.Class, to []Filler) []Filler {
	m := r.d.work.relate.mentionAt[c]
	if m < 0 || r.d.Mentions[m].Entity < 0 || r.d.Mentions[m].Kind != Name ||
		r.d.Mentions[m].Type != seeds.Person && r.d.Mentions[m].Type != seeds.Org {
		return to
	}
	to = r.entity(r.d.Mentions[m].Entity, c, r.d.Mentions[m].Span, Span{}, class, to)
	for g := r.t.first[c]; g >= 0; g = r.t.next[g] {
		if r.t.dep(g) == DepConj {
			to = r.people(g, class, to)
		}
	}
	return to
}

// examples appends the names that follow a noun as its examples: "several leaders, including Putin and Merkel".
func (r *resolver) examples(head int32, class rule.Class, to []Filler) []Filler {
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		if r.t.dep(c) != DepNmod || c < head {
			continue
		}
		k := r.t.child(c, DepCase)
		if k < 0 || !r.classes.is(r.d.Tokens[k].Lemma, wordIncluding) {
			continue
		}
		to = r.joined(c, class, to)
	}
	return to
}

// example appends who is named at token c.
func (r *resolver) example(c int32, class rule.Class, to []Filler) []Filler {
	if m := r.d.work.relate.mentionAt[c]; m >= 0 && r.d.Mentions[m].Entity >= 0 && r.d.Mentions[m].Kind == Name {
		return r.entity(r.d.Mentions[m].Entity, c, r.d.Mentions[m].Span, Span{}, class, to)
	}
	return to
}

// ofPart is what a partitive is part of: the diplomats of "a group of Moroccan diplomats"; -1 for another noun.
func (r *resolver) ofPart(head int32) int32 {
	if !r.classes.is(r.d.Tokens[head].Lemma, wordPartitive) {
		return -1
	}
	c := r.t.child(head, DepNmod)
	if c < 0 {
		return -1
	}
	if p := r.t.child(c, DepCase); p < 0 || r.d.Word(p) != "of" {
		return -1
	}
	return c
}

// settlement appends the place that a noun like "village" stands beside: "the village of Tsentoroy".
func (r *resolver) settlement(head int32, class rule.Class, to []Filler) []Filler {
	if !r.classes.is(r.d.Tokens[head].Lemma, wordSettlement) {
		return to
	}
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepNmod, DepAppos, DepNmodDesc, DepCompound, DepFlat:
			if m := r.d.work.relate.mentionAt[c]; m >= 0 && r.d.Mentions[m].Entity >= 0 && admits(rule.Place, r.d.Mentions[m].Type) {
				return r.entity(r.d.Mentions[m].Entity, c, r.d.Mentions[m].Span, Span{}, class, to)
			}
		}
	}
	return to
}
