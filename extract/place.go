package extract

import "github.com/dyad-kg/dyad/seeds"

// placer states where places and organisations are, from the patterns in which news says so without a verb:
// "Helsinki, Finland", "the Somali capital, Mogadishu", "Mosul in northern Iraq", "Pakistan's North Waziristan",
// "the London-based group".
type placer struct {
	settle map[Symbol]bool // city, province, capital …: nouns that a place stands beside
}

// settlements are the nouns that a place may be named by.
var settlements = []string{"city", "town", "village", "capital", "province", "region", "district", "port", "state",
	"island", "area", "suburb", "county", "enclave", "territory", "township", "peninsula", "base"}

func newPlacer(lex *Lexicon) *placer {
	p := &placer{settle: make(map[Symbol]bool, len(settlements))}
	for _, s := range settlements {
		p.settle[lex.Find(s)] = true
	}
	return p
}

// run appends locatedIn relations; the mentions' entities and the tree are there.
func (p *placer) run(d *Document) {
	run := placing{placer: p, d: d, t: &d.work.clause.tree, mentionAt: d.work.relate.mentionAt}
	for s := range d.Sentences {
		run.sentence = int32(s)
		r := d.Sentences[s].Tokens
		for i := r.First; i < r.End; i++ {
			if m := run.mentionAt[i]; m >= 0 && d.Mentions[m].Tokens.First == i && d.Mentions[m].Kind == Name {
				run.name(m)
			} else if p.settle[d.Tokens[i].Lemma] {
				run.settlement(i)
			}
		}
	}
}

type placing struct {
	*placer
	d         *Document
	t         *tree
	mentionAt []int32
	sentence  int32
}

// name looks at what stands right after and around a place's name.
func (p *placing) name(m int32) {
	x := &p.d.Mentions[m]
	if !p.isPlace(m) {
		return
	}
	last := p.d.Sentences[p.sentence].Tokens.End
	next := x.Tokens.End
	if next+1 < last && p.d.Word(next) == "," {
		if o := p.mentionAt[next+1]; o >= 0 && p.isPolity(o) && !p.listed(p.d.Mentions[o].Tokens.End, last) {
			p.state(m, o, "place/comma")
		}
	}
	for c := p.t.first[x.Head]; c >= 0; c = p.t.next[c] {
		o := p.mentionAt[c]
		if o < 0 || o == m || !p.isPolity(o) && p.d.Mentions[o].Type != seeds.Loc {
			continue
		}
		switch p.t.dep(c) {
		case DepNmodPoss:
			p.state(m, o, "place/possessor")
		case DepNmod:
			if k := p.t.child(c, DepCase); k >= 0 && p.d.Word(k) == "in" {
				p.state(m, o, "place/in")
			}
		}
	}
}

// settlement looks at "the Iraqi city of Mosul", "the Somali capital, Mogadishu".
func (p *placing) settlement(i int32) {
	in, named := int32(-1), int32(-1)
	for c := p.t.first[i]; c >= 0; c = p.t.next[c] {
		o := p.mentionAt[c]
		switch p.t.dep(c) {
		case DepAmod, DepNmodPoss:
			if o >= 0 && (p.isPolity(o) || p.d.Mentions[o].Type == seeds.NORP) {
				in = o
			}
		case DepAppos, DepNmodDesc, DepFlat:
			if o >= 0 && p.isPlace(o) {
				named = o
			}
		case DepNmod:
			if k := p.t.child(c, DepCase); k >= 0 && o >= 0 && p.d.Word(k) == "of" && p.isPlace(o) {
				named = o
			}
		case DepCompound:
			if o >= 0 && p.isPlace(o) {
				named = o
			}
		}
	}
	if h := p.d.Tokens[i].Head; named < 0 && h >= 0 && p.t.dep(i) == DepAppos {
		if o := p.mentionAt[h]; o >= 0 && p.isPlace(o) {
			named = o
		}
	}
	if named < 0 {
		if o := p.mentionAt[i]; o >= 0 && p.d.Mentions[o].Kind != Name && p.d.Mentions[o].Entity >= 0 {
			named = o
		}
	}
	if in < 0 && named >= 0 {
		for c := p.t.first[i]; c >= 0; c = p.t.next[c] {
			if o := p.mentionAt[c]; o >= 0 && o != named && p.t.dep(c) == DepNmod && p.isPolity(o) {
				in = o
			}
		}
	}
	if in >= 0 && named >= 0 {
		p.state(named, in, "place/settlement")
	}
}

// listed reports whether a comma or "and" with another name follows: "Paris, London, and Rome" is no address.
func (p *placing) listed(i, last int32) bool {
	for i < last {
		w := p.d.Word(i)
		if w != "," && w != "and" && w != "or" {
			break
		}
		if i++; w != "," {
			return true
		}
	}
	return i < last && i > 0 && p.d.Word(i-1) == "," && p.mentionAt[i] >= 0 && p.isPolity(p.mentionAt[i])
}

func (p *placing) isPlace(m int32) bool {
	switch p.d.Mentions[m].Type {
	case seeds.GPE, seeds.Loc, seeds.Fac:
		return p.d.Mentions[m].Entity >= 0
	}
	return false
}

func (p *placing) isPolity(m int32) bool {
	return p.d.Mentions[m].Type == seeds.GPE && p.d.Mentions[m].Entity >= 0
}

func (p *placing) state(m, in int32, rule string) {
	a, b := &p.d.Mentions[m], &p.d.Mentions[in]
	if a.Entity == b.Entity || p.d.Entities[a.Entity].Type == seeds.Person {
		return
	}
	span := Span{min(a.Start, b.Start), max(a.End, b.End)}
	p.d.Relations = append(p.d.Relations, Relation{Name: "locatedIn",
		Subject: Filler{Entity: a.Entity, Head: a.Head, Span: a.Span},
		Object:  Filler{Entity: b.Entity, Head: b.Head, Span: b.Span},
		Place:   -1, AttributedTo: Attribution{Filler: Filler{Entity: -1, Head: -1}},
		Confidence: 0.8, Rule: rule, Sentence: p.sentence, Evidence: span, Trigger: b.Span})
}
