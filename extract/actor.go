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
		if c := r.antecedent(head); c >= 0 {
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

// entityAt is the entity that token i means by itself, or -1.
func (r *resolver) entityAt(i int32) int32 {
	if i < 0 || r.d.work.relate.mentionAt[i] < 0 {
		return -1
	}
	return r.d.Mentions[r.d.work.relate.mentionAt[i]].Entity
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
	w := &r.d.work.relate
	if w.speakers = r.resolve(f.Head, rule.Actor, w.speakers[:0]); len(w.speakers) > 0 {
		return w.speakers[0]
	}
	return f
}
