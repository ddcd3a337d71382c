package extract

import (
	"slices"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// A resolver says whom or what an argument means: the entity of a mention, the country or organisation that a group
// without a name acts for ("Russian officials"), the members of a group, or a phrase.
type resolver struct {
	d       *Document
	t       *tree
	classes *wordClasses
	know    *seeds.Knowledge
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
			if i := x.Tokens.First; i > 0 && r.t.dep(i) == DepFlat && r.d.Tokens[i].Head == i-1 && w.mentionAt[i-1] < 0 { // "Mrs. Merkel"
				w.mentionAt[i-1] = int32(m)
			}
		}
	}
	w.country = r.mainCountry()
	for i := range r.d.Offices { // a title before a name means the person: "Prime Minister of Armenia Nikol Pashinyan"
		r.titled(&r.d.Offices[i])
	}
	for m := range r.d.Mentions {
		if x := &r.d.Mentions[m]; x.Kind != Name && x.Head >= 0 && w.mentionAt[x.Head] < 0 {
			w.mentionAt[x.Head] = int32(m)
		}
	}
}

// mainCountry is the polity that the article's names mean most often, or -1.
func (r *resolver) mainCountry() int32 {
	w := &r.d.work.relate
	w.count = resize(w.count, len(r.d.Entities))
	clear(w.count)
	best, tie := int32(-1), false
	for m := range r.d.Mentions {
		x := &r.d.Mentions[m]
		if x.Kind != Name || x.Entity < 0 || r.d.Entities[x.Entity].Type != seeds.GPE || r.d.Entities[x.Entity].Knowledge < 0 || !r.know.Entry(r.d.Entities[x.Entity].Knowledge).Kind.IsPolity() {
			continue
		}
		w.count[x.Entity]++
	}
	for e, n := range w.count {
		if n == 0 {
			continue
		}
		if best < 0 || n > w.count[best] {
			best, tie = int32(e), false
		} else if n == w.count[best] {
			tie = true
		}
	}
	if tie {
		return -1
	}
	return best
}

// titled makes the words of a title mean its holder, and the name before it too where the parser hung the holder on it
// ("U.N. Secretary-General Kofi Annan").
func (r *resolver) titled(o *OfficeFact) {
	at := r.d.work.relate.mentionAt
	m := r.d.mentionOf(o.Person, o.Evidence)
	if m < 0 {
		return
	}
	first, before := r.d.Mentions[m].Tokens.First, int32(-1)
	s := r.d.Sentences[o.Sentence].Tokens
	for i := s.First; i < s.End && r.d.Tokens[i].Start < o.Title.End; i++ {
		if r.d.Tokens[i].Start < o.Title.Start {
			before = i
		} else if at[i] < 0 {
			at[i] = m
		}
	}
	if before >= 0 && at[before] >= 0 && at[before] != m {
		if h := r.d.Mentions[at[before]].Head; r.below(first, h) {
			at[h] = m
		}
	}
}

// below reports whether token i hangs on token h, directly or not.
func (r *resolver) below(i, h int32) bool {
	for i >= 0 && i != h {
		i = r.d.Tokens[i].Head
	}
	return i == h
}

// resolve appends what token head means where a rule wants class, or nothing.
func (r *resolver) resolve(head int32, class rule.Class, to []Filler) []Filler {
	if m := r.d.work.relate.mentionAt[head]; m >= 0 {
		x := &r.d.Mentions[m]
		if class == rule.Person && x.Type == seeds.NORP && r.d.Tokens[head].Tag == TagNNPS { // "168 Liberians" are not Liberia
			return append(to, Filler{Entity: -1, Head: head, Span: r.t.span(head)})
		}
		if x.Entity >= 0 {
			return r.entity(x.Entity, head, x.Span, Span{}, class, to)
		}
	}
	n := len(to)
	if _, whom := stanceOf(r.d.Word(head)); whom != "" {
		return r.stance(head, whom, class, to)
	}
	if r.d.Tokens[head].Pos == PosPron {
		c := r.sayer(head)
		if c < 0 {
			c = r.shared(head)
		}
		if c < 0 {
			c = r.own(head)
		}
		if c >= 0 {
			return r.resolve(c, class, to)
		}
		return to
	}
	if to = r.named(head, class, to); len(to) > n {
		return to
	}
	if to = r.kind(head, class, to); len(to) > n {
		return to
	}
	if to = r.examples(head, class, to); len(to) > n {
		return to
	}
	if to = r.settlement(head, class, to); len(to) > n {
		return to
	}
	if to = r.actsFor(head, class, to); len(to) > n {
		return to
	}
	part := r.ofPart(head)
	if part >= 0 {
		if got := r.actsFor(part, class, to); len(got) > n {
			return got
		}
	}
	span := r.t.span(head)
	if part >= 0 && (r.admitsPhrase(part, class) || !r.admitsPhrase(head, class)) { // "a number of agreements" are agreements
		head = part
	}
	if r.admitsPhrase(head, class) {
		switch r.d.Tokens[head].Tag {
		case TagVBG, TagVB:
			span = r.t.deed(head)
		case TagVBD, TagVBN, TagVBP, TagVBZ:
			span = r.t.subtree(head)
		}
		to = append(to, Filler{Entity: -1, Head: head, Span: span})
	}
	return to
}

// stance appends for or against whom an adjective such as "pro-Syrian" or "anti-government" is: an entity of the
// article, the government of the country that it is about, or a word.
func (r *resolver) stance(head int32, whom string, class rule.Class, to []Filler) []Filler {
	t := &r.d.Tokens[head]
	f := Filler{Entity: -1, Head: head, Span: Span{t.End - uint32(len(whom)), t.End}}
	if whom == "government" {
		f.Entity = r.d.work.relate.country
	}
	for _, c := range r.know.Lookup(whom) {
		for e := range r.d.Entities {
			if f.Entity < 0 && r.d.Entities[e].Knowledge == c.Entry {
				f.Entity = int32(e)
			}
		}
	}
	for m := range r.d.Mentions {
		if x := &r.d.Mentions[m]; f.Entity < 0 && x.Kind == Name && x.Entity >= 0 && r.d.Word(x.Tokens.End-1) == whom {
			f.Entity = x.Entity
		}
	}
	if f.Entity >= 0 {
		return r.entity(f.Entity, head, f.Span, Span{}, class, to)
	}
	if class == rule.Any || class == rule.Thing {
		to = append(to, f)
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

// sayer is the head of whom a pronoun without a known referent means when it is the subject of what somebody says: "the
// army says it captured". It is -1 when the pronoun is no such subject or does not agree with the speaker.
func (r *resolver) sayer(pronoun int32) int32 {
	if s := r.speaking(pronoun); s >= 0 && s < pronoun && r.agrees(pronoun, s) {
		return s
	}
	return -1
}

// speaking is the head of whose words a subject is said with, or -1.
func (r *resolver) speaking(subject int32) int32 {
	v := r.d.Tokens[subject].Head
	if v < 0 || r.t.dep(subject) != DepNsubj && r.t.dep(subject) != DepNsubjPass || r.t.dep(v) != DepCcomp {
		return -1
	}
	g := r.d.Tokens[v].Head
	if !r.classes.is(r.d.Tokens[g].Lemma, wordSaying|wordThinking|wordDenying) {
		return -1
	}
	return r.d.work.clause.frame[g].subject
}

// agrees reports whether a pronoun of the third person can mean token s: it and its for a body, they and their for more
// than one.
func (r *resolver) agrees(pronoun, s int32) bool {
	t := &r.d.Tokens[s]
	body, plural := r.classes.is(t.Lemma, wordAgents|wordState|wordBody), t.Tag == TagNNS || r.t.child(s, DepConj) >= 0
	if m := r.d.work.relate.mentionAt[s]; m >= 0 {
		switch r.d.Mentions[m].Type {
		case seeds.Org, seeds.GPE:
			body = true
		}
	}
	switch r.d.Symbols.Text(r.d.Tokens[pronoun].Lemma) {
	case "it", "its":
		return body && !plural
	case "they", "their":
		return plural
	}
	return false
}

// own is the subject of the verb below which a possessive pronoun stands: "Israel launched its invasion". It is -1 when
// there is none or it does not agree.
func (r *resolver) own(pronoun int32) int32 {
	n := r.d.Tokens[pronoun].Head
	if r.t.dep(pronoun) != DepNmodPoss || n < 0 {
		return -1
	}
	v := r.d.Tokens[n].Head
	for v >= 0 && r.t.dep(n) == DepNmod {
		n, v = v, r.d.Tokens[v].Head
	}
	if v < 0 || r.d.Tokens[v].Pos != PosVerb || r.t.dep(n) != DepObj && r.t.dep(n) != DepObl {
		return -1
	}
	s := r.d.work.clause.frame[v].subject
	if s < 0 || s > pronoun || !r.agrees(pronoun, s) {
		return -1
	}
	return s
}

// shared is the object of the verb before that a pronoun as object of a joined verb means: "saw the plan and called it a
// risk". It is -1 when there is none.
func (r *resolver) shared(pronoun int32) int32 {
	v := r.d.Tokens[pronoun].Head
	if v < 0 || r.t.dep(pronoun) != DepObj || r.t.dep(v) != DepConj {
		return -1
	}
	h := r.d.Tokens[v].Head
	o := r.t.child(h, DepObj)
	if o < 0 || o > v || r.t.child(v, DepNsubj) >= 0 {
		return -1
	}
	switch plural := r.d.Tokens[o].Tag == TagNNS; r.d.Symbols.Text(r.d.Tokens[pronoun].Lemma) {
	case "it":
		if !plural && r.d.Tokens[o].Tag == TagNN {
			return o
		}
	case "they":
		if plural {
			return o
		}
	}
	return -1
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
		to = r.example(c, class, to)
		for g := r.t.first[c]; g >= 0; g = r.t.next[g] {
			if r.t.dep(g) == DepConj {
				to = r.example(g, class, to)
			}
		}
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
	var buf [8]int32
	owners := r.owners(head, 0, buf[:0])
	if len(owners) == 0 && r.d.Symbols.Text(lemma) == "counterpart" {
		owners = r.opposite(head, owners)
	}
	if len(owners) == 0 && r.classes.is(lemma, wordState) && (class == rule.Actor || class == rule.Body) { // a parliament can be a building
		owners = r.seated(head, owners)
	}
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

// entityAt is the entity that token i means by itself, or -1.
func (r *resolver) entityAt(i int32) int32 {
	if i < 0 || r.d.work.relate.mentionAt[i] < 0 {
		return -1
	}
	return r.d.Mentions[r.d.work.relate.mentionAt[i]].Entity
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
	case rule.Actor:
		return r.classes.is(t.Lemma, wordHuman|wordDeed)
	case rule.Group, rule.Person, rule.Body:
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
