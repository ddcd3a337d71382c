package extract

import "github.com/dyad-kg/dyad/seeds"

// A neighbourhood states what names that stand together say without a verb: where places and organisations are
// ("Helsinki, Finland", "the Somali capital, Mogadishu", "Lebanon's Hezbollah"), what they are part of ("Iran's Supreme
// National Security Council") and whose party one is ("President Abbas' Fatah party").
type neighbourhood struct {
	know  *seeds.Knowledge
	words *wordClasses
}

// run appends relations; the mentions' entities and the tree are there.
func (n *neighbourhood) run(d *Document) {
	b := neighbours{neighbourhood: n, d: d, t: &d.work.clause.tree, mentionAt: d.work.relate.mentionAt}
	for s := range d.Sentences {
		b.sentence = int32(s)
		r := d.Sentences[s].Tokens
		for i := r.First; i < r.End; i++ {
			switch m := b.mentionAt[i]; {
			case m >= 0 && d.Mentions[m].Kind == Name && d.Mentions[m].Tokens.First == i && d.Mentions[m].Entity >= 0:
				b.name(m)
			case n.words.is(d.Tokens[i].Lemma, wordSettlement):
				b.settlement(i)
			case d.Tokens[i].Tag == TagVBN && d.Word(i) == "based":
				b.based(i)
			}
		}
	}
}

// neighbours is one run over one document.
type neighbours struct {
	*neighbourhood
	d         *Document
	t         *tree
	mentionAt []int32
	sentence  int32
}

// name looks at what stands right after a name and at the names that hang on it.
func (b *neighbours) name(m int32) {
	x := &b.d.Mentions[m]
	last := b.d.Sentences[b.sentence].Tokens.End
	if next := x.Tokens.End; next+1 < last && b.isPlace(m) && b.d.Word(next) == "," {
		if o := b.mentionAt[next+1]; o >= 0 && b.isPolity(o) && b.contains(o, m) && !b.listed(b.d.Mentions[o].Tokens.End, last) {
			b.state("locatedIn", m, o, "place/comma")
		}
	}
	for c := b.t.first[x.Head]; c >= 0; c = b.t.next[c] {
		b.dependent(m, c)
	}
	if h := b.d.Tokens[x.Head].Head; h >= 0 && (b.t.dep(x.Head) == DepCompound || b.t.dep(x.Head) == DepAppos || b.t.dep(x.Head) == DepNmodDesc) && b.mentionAt[h] < 0 {
		for c := b.t.first[h]; c >= 0; c = b.t.next[c] { // "Lebanon's Hezbollah guerrillas"
			if c < x.Head && b.t.dep(c) != DepNmod {
				b.dependent(m, c)
			}
		}
	}
}

// dependent looks at a phrase that hangs on name m.
func (b *neighbours) dependent(m, c int32) {
	o := b.mentionAt[c]
	if o < 0 || o == m || b.d.Mentions[o].Entity < 0 {
		return
	}
	prep := ""
	switch b.t.dep(c) {
	case DepNmodPoss, DepAmod, DepCompound:
	case DepNmod:
		if k := b.t.child(c, DepCase); k >= 0 {
			prep = b.d.Word(k)
		}
		if prep != "in" && prep != "of" && prep != "at" {
			return
		}
	default:
		return
	}
	switch what := b.d.Mentions[m].Type; {
	case what == seeds.Org && (b.isPolity(o) || b.d.Mentions[o].Type == seeds.NORP && b.d.Entities[b.d.Mentions[o].Entity].Type == seeds.GPE):
		switch {
		case prep != "in" && b.isBody(m):
			b.state("partOf", m, o, "name/body")
		case b.t.dep(c) == DepNmodPoss || prep != "":
			b.state("locatedIn", m, o, "name/possessor")
		}
	case what == seeds.Org && b.d.Mentions[o].Type == seeds.Org && b.t.dep(c) == DepNmodPoss:
		b.state("partOf", m, o, "name/body")
	case what == seeds.Org && b.d.Mentions[o].Type == seeds.Person && b.t.dep(c) == DepNmodPoss && !b.isBody(m):
		b.state("memberOf", o, m, "name/party")
	case b.isPlace(m) && (b.isPolity(o) || b.d.Mentions[o].Type == seeds.Loc):
		if b.t.dep(c) == DepNmodPoss && b.contains(o, m) || prep == "in" && b.contains(o, m) {
			b.state("locatedIn", m, o, "place/in")
		}
	case what == seeds.Event && prep == "in" && b.isPlace(o):
		b.state("locatedIn", m, o, "place/in")
	}
}

// isBody reports whether an organisation is one of a state: a ministry, court, parliament, army.
func (b *neighbours) isBody(m int32) bool {
	if k := b.d.Entities[b.d.Mentions[m].Entity].Knowledge; k >= 0 {
		switch b.know.Entry(k).Kind {
		case seeds.Agency, seeds.Ministry, seeds.Military, seeds.Parliament, seeds.Court:
			return true
		}
	}
	r := b.d.Mentions[m].Tokens
	for i := r.First; i < r.End; i++ {
		if b.words.is(b.d.Symbols.Find(b.d.Word(i)), wordBody) {
			return true
		}
	}
	return false
}

// based looks at "a London-based group" and "Hezbollah, based in Lebanon".
func (b *neighbours) based(i int32) {
	h := b.d.Tokens[i].Head
	if i < 2 || h < 0 || b.d.Tokens[i-1].Tag != TagHYPH {
		return
	}
	o := b.mentionAt[i-2]
	if o < 0 || !b.isPlace(o) {
		return
	}
	what := Filler{Entity: -1, Head: h, Span: b.t.span(h)}
	if m := b.mentionAt[h]; m >= 0 && b.d.Mentions[m].Entity >= 0 {
		what = b.mention(m)
	}
	if what.Entity != b.d.Mentions[o].Entity {
		b.add("locatedIn", what, b.mention(o), "place/based")
	}
}

// settlement looks at "the Iraqi city of Mosul", "the Somali capital, Mogadishu".
func (b *neighbours) settlement(i int32) {
	in, named := int32(-1), b.settled(i)
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		o := b.mentionAt[c]
		if o < 0 || o == named || b.d.Mentions[o].Entity < 0 {
			continue
		}
		switch b.t.dep(c) {
		case DepAmod, DepNmodPoss, DepCompound, DepNmod:
			if b.d.Entities[b.d.Mentions[o].Entity].Type == seeds.GPE {
				in = o
			}
		}
	}
	if in >= 0 && named >= 0 && b.contains(in, named) {
		b.state("locatedIn", named, in, "place/settlement")
	}
}

// settled is the mention of the place that a noun like "city" stands beside, or -1.
func (b *neighbours) settled(i int32) int32 {
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		o := b.mentionAt[c]
		if o < 0 || !b.isPlace(o) {
			continue
		}
		switch b.t.dep(c) {
		case DepAppos, DepNmodDesc, DepFlat:
			return o
		case DepNmod:
			if k := b.t.child(c, DepCase); k >= 0 && b.d.Word(k) == "of" {
				return o
			}
		case DepCompound:
			if c == i-1 {
				return o
			}
		}
	}
	if h := b.d.Tokens[i].Head; h >= 0 && (b.t.dep(i) == DepAppos || b.t.dep(i) == DepNmodDesc) {
		if o := b.mentionAt[h]; o >= 0 && b.isPlace(o) {
			return o
		}
	}
	return b.meant(i)
}

// meant is the nominal mention that token i heads ("the Lebanese capital" for Beirut), or -1.
func (b *neighbours) meant(i int32) int32 {
	if o := b.mentionAt[i]; o >= 0 && b.d.Mentions[o].Kind == Nominal && b.isPlace(o) {
		return o
	}
	return -1
}

// listed reports whether a comma or "and" with another name follows: "Paris, London, and Rome" is no address.
func (b *neighbours) listed(i, last int32) bool {
	for i < last {
		w := b.d.Word(i)
		if w != "," && w != "and" && w != "or" {
			break
		}
		if i++; w != "," {
			return true
		}
	}
	return i < last && i > 0 && b.d.Word(i-1) == "," && b.mentionAt[i] >= 0 && b.isPolity(b.mentionAt[i])
}

func (b *neighbours) isPlace(m int32) bool {
	switch b.d.Mentions[m].Type {
	case seeds.GPE, seeds.Loc, seeds.Fac:
		return b.d.Mentions[m].Entity >= 0
	}
	return false
}

func (b *neighbours) isPolity(m int32) bool {
	return b.d.Mentions[m].Type == seeds.GPE && b.d.Mentions[m].Entity >= 0
}

// contains reports whether what mention o names can have the place of mention m in it: a country or a part of one, by
// its own name (not "Moscow" for Russia), that the knowledge base does not put elsewhere.
func (b *neighbours) contains(o, m int32) bool {
	out, in := &b.d.Entities[b.d.Mentions[o].Entity], &b.d.Entities[b.d.Mentions[m].Entity]
	if out.Knowledge < 0 {
		return in.Knowledge < 0
	}
	outer := b.know.Entry(out.Knowledge)
	if !outer.Kind.IsPolity() && outer.Kind != seeds.Region && outer.Kind != seeds.State || isCapital(b.know, outer, b.d.In(b.d.Mentions[o].Span)) {
		return false
	}
	if in.Knowledge < 0 {
		return true
	}
	inner := b.know.Entry(in.Knowledge)
	if inner.Kind.IsPolity() {
		return false
	}
	return inner.Country < 0 || inner.Country == out.Knowledge || inner.Country == outer.Country
}

// isCapital reports whether a country is called by its capital's name.
func isCapital(know *seeds.Knowledge, country seeds.Entry, text string) bool {
	return country.Capital >= 0 && know.Entry(country.Capital).Name == text && country.Name != text
}

func (b *neighbours) mention(m int32) Filler {
	x := &b.d.Mentions[m]
	return Filler{Entity: x.Entity, Head: x.Head, Span: x.Span}
}

// state appends a relation between the entities of two mentions.
func (b *neighbours) state(name string, m, o int32, rule string) {
	if b.d.Mentions[m].Entity != b.d.Mentions[o].Entity {
		b.add(name, b.mention(m), b.mention(o), rule)
	}
}

func (b *neighbours) add(name string, subject, object Filler, rule string) {
	b.d.Relations = append(b.d.Relations, Relation{Name: name, Subject: subject, Object: object, Place: -1,
		AttributedTo: Attribution{Filler: Filler{Entity: -1, Head: -1}}, Rule: rule, Sentence: b.sentence, clause: -1,
		Evidence: Span{min(subject.Span.Start, object.Span.Start), max(subject.Span.End, object.Span.End)}, Trigger: object.Span})
}
