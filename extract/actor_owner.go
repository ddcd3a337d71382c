package extract

import (
	"slices"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// actsFor appends the entities that an unnamed group or office acts for: "Russian officials", "the leaders of Japan and
// India", "Taliban fighters".
func (r *resolver) actsFor(head int32, class rule.Class, to []Filler) []Filler {
	switch class {
	case rule.Actor, rule.Any, rule.Polity, rule.Org, rule.Body:
	default:
		return to
	}
	lemma := r.d.Tokens[head].Lemma
	agent, human := r.classes.is(lemma, wordAgents), r.classes.is(lemma, wordHuman)
	if class == rule.Actor || class == rule.Body {
		agent = agent || r.classes.is(lemma, wordDeed)
	}
	if class == rule.Org || class == rule.Polity { // who sells aeroplanes does not sell itself
		agent = agent && r.classes.is(lemma, wordHuman|wordBody|wordState)
	}
	agent = agent && !r.opposed(head) // "Sudan's rebel leaders" do not act for Sudan
	if !agent && !human {
		return to
	}
	n := len(to)
	w := &r.d.work.relate
	owners := r.owners(head, 0, w.owners[:0])
	if len(owners) == 0 && r.d.Symbols.Text(lemma) == "counterpart" {
		owners = r.opposite(head, owners)
	}
	if len(owners) == 0 && r.classes.is(lemma, wordState) && (class == rule.Actor || class == rule.Body) { // a parliament can be a building
		owners = r.seated(head, owners)
	}
	w.owners = owners
	for _, e := range owners {
		if agent || r.d.Entities[e].Type == seeds.Org {
			to = r.entity(e, head, r.t.span(head), r.t.span(head), class, to)
		}
	}
	if to = uniqueFillers(to, n); len(to) == n && r.classes.is(lemma, wordState) {
		if e := r.home(head); e >= 0 {
			to = r.entity(e, head, r.t.span(head), r.t.span(head), class, to)
		}
	}
	return to
}

// opposed reports whether a word before the noun says that whom it names is against its country, or held by it: rebel,
// opposition, jailed.
func (r *resolver) opposed(head int32) bool {
	for c := r.t.first[head]; c >= 0 && c < head; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepAmod, DepCompound:
			if r.classes.is(r.d.Tokens[c].Lemma, wordOpposed) {
				return true
			}
		}
	}
	return false
}

// home is the country whose government, army or police an article means when it does not say so: the one that it
// names most often. It is -1 where two are named as often or the phrase says more than "the security forces".
func (r *resolver) home(head int32) int32 {
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepDet, DepPunct, DepConj, DepCc, DepAcl, DepAclRelcl, DepCase:
		case DepAmod, DepCompound:
			if w := r.d.Symbols.Text(r.d.Tokens[c].Lemma); w != "security" && w != "military" && w != "top" && w != "senior" && w != "government" && w != "state" {
				return -1
			}
		default:
			return -1
		}
	}
	if e := r.scene(head); e >= 0 {
		return e
	}
	return r.d.work.relate.country
}

// scene is the country in which what token i takes part in happens, or -1 where the sentence names none or two.
func (r *resolver) scene(i int32) int32 {
	found := int32(-1)
	for h := r.d.Tokens[i].Head; h >= 0; h = r.d.Tokens[h].Head {
		for c := r.t.first[h]; c >= 0; c = r.t.next[c] {
			p := r.t.child(c, DepCase)
			if r.t.dep(c) != DepObl || p < 0 || r.d.Word(p) != "in" || r.entityAt(c) < 0 {
				continue
			}
			if e := r.country(r.entityAt(c)); e >= 0 && e != found {
				if found >= 0 {
					return -1
				}
				found = e
			}
		}
	}
	return found
}

// ownerDepth is how many noun phrases lie between a group and whom it acts for: "officials of the ministry of Japan".
const ownerDepth = 3

// owners appends the organisations and polities that the modifiers of a group's noun name.
func (r *resolver) owners(head int32, depth int, to []int32) []int32 {
	if depth > 0 && r.opposed(head) { // "the leader of Sudan's rebels"
		return to
	}
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		switch r.t.dep(c) {
		case DepNmodPoss, DepAmod, DepCompound, DepNmodDesc:
			to = r.ownersAt(c, depth, to)
		case DepAppos, DepFlat: // "presidents of member states Argentina and Brazil"
			if depth > 0 {
				to = r.ownersAt(c, depth, to)
			}
		case DepNsubj: // parsers take the first of two adjectives for a subject: "the Turkish and Greek sides"
			if c < head && r.d.Tokens[c].Tag == TagJJ {
				to = r.ownersAt(c, depth, to)
			}
		case DepNmod:
			if p := r.t.child(c, DepCase); p >= 0 && len(to) == 0 { // "the Turkish side of the island" is Turkey
				switch r.d.Word(p) {
				case "of", "for", "from", "by":
					to = r.ownersAt(c, depth, to)
				}
			}
		}
	}
	if c := r.strayOwner(head); c >= 0 && len(to) == 0 {
		to = r.ownersAt(c, depth, to)
	}
	return to
}

// strayOwner is the owner right after a group's noun that the parser hung on the verb instead: "met with officials
// from Syria". It is -1 when there is none.
func (r *resolver) strayOwner(head int32) int32 {
	c := r.strayPhrase(head)
	if c < 0 {
		return -1
	}
	switch r.d.Word(head + 1) {
	case "of", "from":
		return c
	}
	return -1
}

// strayPhrase is the prepositional phrase right after a noun that the parser hung on the verb instead: "denounced
// remarks by the minister". It is -1 when there is none.
func (r *resolver) strayPhrase(head int32) int32 {
	p := head + 1
	if r.t.hi[head] != head || int(p) >= len(r.d.Tokens) || r.t.dep(p) != DepCase {
		return -1
	}
	if c := r.d.Tokens[p].Head; c > p && r.d.Tokens[c].Head == r.d.Tokens[head].Head {
		return c
	}
	return -1
}

// ownersAt appends what token c and those joined to it name; a noun without a name leads on to its own owners.
func (r *resolver) ownersAt(c int32, depth int, to []int32) []int32 {
	if m := r.d.work.relate.mentionAt[c]; m >= 0 {
		if e := r.d.Mentions[m].Entity; e >= 0 && !r.hyphened(r.d.Mentions[m].Tokens.End) {
			to = r.bodies(e, to)
		}
	} else if depth < ownerDepth && r.t.dep(c) != DepAmod {
		to = r.owners(c, depth+1, to)
	}
	for g := r.t.first[c]; g >= 0; g = r.t.next[g] {
		if r.t.dep(g) == DepConj {
			to = r.ownersAt(g, depth, to)
		}
	}
	return to
}

// hyphened reports whether the hyphen at token i joins a participle to the name before it: in "U.N.-backed tribunal" the
// tribunal is not the U.N.'s.
func (r *resolver) hyphened(i int32) bool {
	return int(i)+1 < len(r.d.Tokens) && r.d.Tokens[i].Tag == TagHYPH && r.d.Tokens[i+1].Tag == TagVBN
}

// bodies appends an organisation or polity, or those in a group.
func (r *resolver) bodies(e int32, to []int32) []int32 {
	for _, m := range r.d.Entities[e].Members {
		to = r.bodies(m, to)
	}
	switch r.d.Entities[e].Type {
	case seeds.Org, seeds.GPE, seeds.Loc:
		if len(r.d.Entities[e].Members) == 0 {
			to = append(to, e)
		}
	}
	return to
}

// seated appends whose government, army or police it is that a noun without an owner names, by where it is ("the
// government in Khartoum", "police in Sri Lanka") or by whose it is ("Mr. Sharon's government", "Syria's ambassador says
// his government").
func (r *resolver) seated(head int32, to []int32) []int32 {
	for c := r.t.first[head]; c >= 0; c = r.t.next[c] {
		m := r.d.work.relate.mentionAt[c]
		if m < 0 || r.d.Mentions[m].Entity < 0 {
			if s := r.speaking(head); s >= 0 && s < head && r.t.dep(c) == DepNmodPoss && r.classes.is(r.d.Tokens[s].Lemma, wordAgents) {
				return r.owners(s, 0, to)
			}
			continue
		}
		e := r.d.Mentions[m].Entity
		switch r.t.dep(c) {
		case DepNmod:
			if p := r.t.child(c, DepCase); p >= 0 && r.d.Word(p) == "in" {
				if e = r.country(e); e >= 0 {
					return append(to, e)
				}
			}
		case DepNmodPoss, DepCompound:
			if e = r.served(e); e >= 0 {
				return append(to, e)
			}
		}
	}
	return to
}

// country is the polity that a place is or lies in, where the article has it, or -1.
func (r *resolver) country(e int32) int32 {
	k := r.d.Entities[e].Knowledge
	if k < 0 || r.d.Entities[e].Type != seeds.GPE {
		return -1
	}
	place := r.know.Entry(k)
	if place.Kind.IsPolity() {
		return e
	}
	for o := range r.d.Entities {
		if place.Country >= 0 && r.d.Entities[o].Knowledge == place.Country {
			return int32(o)
		}
	}
	return -1
}

// served is the polity in which a person holds an office, or -1.
func (r *resolver) served(person int32) int32 {
	for i := range r.d.Offices {
		if o := &r.d.Offices[i]; o.Person == person && o.Polity >= 0 && !o.Former && r.d.Entities[o.Polity].Type == seeds.GPE {
			return o.Polity
		}
	}
	if k := r.d.Entities[person].Knowledge; k >= 0 { // a country of the article where the text does not give the office
		for _, role := range r.know.RolesOf(k) {
			for e := range r.d.Entities {
				if x := &r.d.Entities[e]; x.Knowledge >= 0 && x.Knowledge == role.Of && x.Type == seeds.GPE {
					return int32(e)
				}
			}
		}
	}
	return -1
}

// opposite appends the polity of somebody's counterpart where it is not said: the only other one that the sentence names
// before ("Lavrov visited Japan to meet his counterpart").
func (r *resolver) opposite(head int32, to []int32) []int32 {
	p := r.t.child(head, DepNmodPoss)
	if p < 0 {
		return to
	}
	whose := r.entityAt(p)
	if v := r.d.Tokens[head].Head; whose < 0 && v >= 0 { // most likely the subject's
		whose = r.entityAt(r.d.work.clause.frame[v].subject)
	}
	if whose < 0 {
		return to
	}
	if ms := r.d.Entities[whose].Members; len(ms) > 0 {
		whose = ms[0]
	}
	if own := r.served(whose); own >= 0 {
		return r.other(head, own, to)
	}
	return to
}

// other appends the only polity besides own that is named before token i in its sentence, and not in passing.
func (r *resolver) other(i, own int32, to []int32) []int32 {
	n, root := len(to), i
	for r.d.Tokens[root].Head >= 0 {
		root = r.d.Tokens[root].Head
	}
	for j := i - 1; j >= r.t.lo[root]; j-- {
		m := r.d.work.relate.mentionAt[j]
		if m < 0 || r.d.Mentions[m].Head != j || r.d.Mentions[m].Entity < 0 || r.t.dep(j) == DepNmod || r.t.dep(j) == DepObl && r.d.Word(j-1) == "in" {
			continue
		}
		e := r.d.Mentions[m].Entity
		if k := r.d.Entities[e].Knowledge; e == own || k < 0 || !r.know.Entry(k).Kind.IsPolity() || len(to) > n && to[n] == e {
			continue
		}
		if len(to) > n {
			return to[:n]
		}
		to = append(to, e)
	}
	return to
}

// uniqueFillers drops repetitions among the fillers from n on.
func uniqueFillers(fs []Filler, n int) []Filler {
	out := fs[:n]
	for _, f := range fs[n:] {
		if !slices.ContainsFunc(out[n:], func(g Filler) bool { return same(f, g) }) {
			out = append(out, f)
		}
	}
	return out
}
