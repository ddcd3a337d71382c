package extract

import "github.com/dyad-kg/dyad/seeds"

// feature is one thing that speaks for or against a candidate. A candidate has few of them; each has a weight for
// each kind of pronoun.
type feature uint16

const (
	featNobody     feature = iota // of no candidate: the weight of leaving it open
	featSentence                  // + sentences back, 0 to 3
	featRank       = featSentence + 4
	featFunction   = featRank + 5                        // + function of the candidate, in its sentence or before
	featSameFn     = featFunction + 2*feature(functions) // both have the function
	featSubjSubj   = featSameFn + 1
	featKind       = featSubjSubj + 1 // + kind of mention, nameless apart
	featCount      = featKind + 4     // + 1, 2, 3 or more references
	featSort       = featCount + 3    // + sort
	featSameClause = featSort + 8     // + whether the pronoun is possessive
	featOwner      = featSameClause + 2
	featSpeaker    = featOwner + 1 // subject of the verb above the pronoun's clause
	featAbove      = featSpeaker + 1
	featRelative   = featAbove + 1
	featWithin     = featRelative + 1
	featReflexive  = featWithin + 1
	featGender     = featReflexive + 1 // gender known to agree
	featQuoted     = featGender + 1    // speaker of the quotation the pronoun is in
	featQuote      = featQuoted + 1    // both inside quotations or both outside
	featTopic      = featQuote + 1     // first subject of the sentence
	featLastTopic  = featTopic + 1     // first subject of the sentence before
	featFirstWord  = featLastTopic + 1
	featPlural     = featFirstWord + 1
	featSamePron   = featPlural + 1   // its last reference is the same pronoun
	featAfterSubj  = featSamePron + 1 // pronoun is subject and candidate the subject of the clause before, joined to it
	featFnPair     = featAfterSubj + 1
	featHead       = featFnPair + feature(functions)*4  // the noun is a word of the candidate's name
	featKin        = featHead + 1                       // the noun is what the knowledge base calls the candidate
	featPlace      = featKin + 1                        // the candidate is where something is or goes
	featAhead      = featPlace + 1                      // + form of the pronoun: the subject that follows "In his speech, …"
	featBehind     = featAhead + 3                      // + form of the pronoun: spoken of before such a phrase
	featConjunct   = featBehind + 3                     // the candidate is joined to another before it
	featMost       = featConjunct + 1                   // no candidate has been spoken of as often
	featChain      = featMost + 1                       // a pronoun meant it in this sentence or the one before
	featCountFn    = featChain + 1                      // + references × function
	featDistFn     = featCountFn + 3*feature(functions) // + sentences back × whether the functions agree
	featDistRank   = featDistFn + 8                     // + sentences back × candidates between
	featDistTopic  = featDistRank + 12                  // + sentences back × first subject of its sentence × pronoun subject
	featOpening    = featDistTopic + 16                 // + sentences back: the pronoun opens its sentence
	featMain       = featOpening + 4                    // the candidate depends on the main verb
	featSet        = featMain + 1                       // + sentences back × whether joined by "and" × pronoun subject: of several
	featSays       = featSet + 16                       // + whether the candidate can: the pronoun is who says, discusses, demands
	features_      = featSays + 2
)

// view is what there is to know of the pronoun at hand.
type view struct {
	token      int32
	pronoun    pronoun
	fn         function
	at, verb   int32
	above      int32 // verb above verb
	higher     int32 // verb above that
	shared     int32 // verb whose subject is that of verb, which has none of its own
	owned      int32 // noun that a possessive belongs to, or -1
	reflexive  bool
	possessive bool
	topic      int32 // first subject reference of this sentence, of the one before, or -1
	lastTopic  int32
}

func (l *linker) view(d *Document, w *linkMemory, i int32, p pronoun) view {
	c := &w.coref
	v := view{token: i, pronoun: p, owned: -1, above: -1, higher: -1, shared: -1, topic: -1, lastTopic: -1}
	v.fn, v.at, v.verb = place(d, i)
	if v.verb >= 0 {
		if v.above = verbAbove(d, v.verb); v.above >= 0 {
			v.higher = verbAbove(d, v.above)
		}
	}
	v.shared = sharesSubject(d, v.verb)
	v.possessive = d.Tokens[i].Tag == TagPRPS
	if v.possessive {
		v.owned = d.Tokens[i].Head
		v.fn = asPossessor
	}
	n := d.Tokens[i].Len()
	v.reflexive = n >= 6 && (d.Word(i)[n-4:] == "self" || d.Word(i)[n-4:] == "lves")
	for k := len(c.refs) - 1; k >= 0 && c.walk-c.refs[k].sentence <= 1; k-- {
		if r := &c.refs[k]; r.fn == asSubject || r.fn == asPassiveSubject {
			if r.sentence == c.walk {
				v.topic = int32(k)
			} else {
				v.lastTopic = int32(k)
			}
		}
	}
	return v
}

// sharesSubject finds the verb that lends a joined or dependent one its subject: "X rejected it and denounced it", "X wants
// to join it". It is -1 when the verb has a subject of its own.
func sharesSubject(d *Document, verb int32) int32 {
	if verb < 0 || d.Tokens[verb].Dep != DepConj && d.Tokens[verb].Dep != DepXcomp {
		return -1
	}
	head := d.Tokens[verb].Head
	for i := head + 1; i < verb; i++ {
		if d.Tokens[i].Head == verb && (d.Tokens[i].Dep == DepNsubj || d.Tokens[i].Dep == DepNsubjPass) {
			return -1
		}
	}
	return head
}

// features lists what speaks for and against reference r as the one that the pronoun means; rank is the number of
// candidates nearer to it.
func (l *linker) features(d *Document, w *linkMemory, v *view, r *reference, rank int, f []feature) []feature {
	c := &w.coref
	distance := c.walk - r.sentence
	f = append(f, featSentence+feature(distance), featRank+feature(min(rank, 4)))
	fn := r.fn
	if fn == asPassiveSubject {
		fn = asSubject
	}
	if distance == 0 {
		f = append(f, featFunction+feature(r.fn))
	} else {
		f = append(f, featFunction+feature(functions)+feature(r.fn))
	}
	vfn := v.fn
	if vfn == asPassiveSubject {
		vfn = asSubject
	}
	if fn == vfn && fn != asOther {
		f = append(f, featSameFn)
		if fn == asSubject {
			f = append(f, featSubjSubj)
		}
	}
	switch vfn {
	case asSubject:
		f = append(f, featFnPair+feature(fn))
	case asObject:
		f = append(f, featFnPair+feature(functions)+feature(fn))
	case asPossessor:
		f = append(f, featFnPair+2*feature(functions)+feature(fn))
	default:
		f = append(f, featFnPair+3*feature(functions)+feature(fn))
	}
	if r.entity < 0 && r.set.Len() == 0 {
		f = append(f, featKind+3)
	} else {
		f = append(f, featKind+feature(r.kind), featCount+feature(max(1, min(r.count, 3))-1))
	}
	sort := r.being
	if v.pronoun == nounTheRegion && sort == beingPolity {
		sort = beingPlace
	}
	f = append(f, featSort+feature(sort))
	if vfn == asSubject && v.verb >= 0 && w.class[v.verb]&nounVerbSay != 0 {
		if acts(r.being) || r.being == beingGroup {
			f = append(f, featSays+1)
		} else {
			f = append(f, featSays)
		}
	}
	if distance == 0 {
		f = l.syntax(d, v, r, f)
	}
	if r.gender != seeds.NoGender && r.gender == genderOf(v.pronoun) {
		f = append(f, featGender)
	}
	if c.quoted[v.token] == c.quoted[r.head] {
		f = append(f, featQuote)
	} else if c.quoted[v.token] && fn == asSubject && distance == 0 && r.verb >= 0 && w.class[r.verb]&nounVerbSay != 0 {
		f = append(f, featQuoted)
	}
	if v.topic >= 0 && c.same(v.topic, r) {
		f = append(f, featTopic)
	}
	if v.lastTopic >= 0 && c.same(v.lastTopic, r) {
		f = append(f, featLastTopic)
	}
	if r.first == d.Sentences[r.sentence].Tokens.First {
		f = append(f, featFirstWord)
	}
	if r.plural {
		f = append(f, featPlural)
	}
	f = l.moreFeatures(d, w, v, r, rank, distance, fn == vfn && fn != asOther, f)
	if i := r.first - 1; i >= 0 && w.class[i]&(nounInPlace|nounMoving) != 0 {
		f = append(f, featPlace)
	}
	if v.pronoun > pronounThey && r.entity >= 0 {
		f = l.nounFeatures(d, w, v.token, r.entity, f)
	}
	if r.kind == Pronoun && pronounOf(d.Word(r.first)) == v.pronoun {
		f = append(f, featSamePron)
	}
	return f
}

// moreFeatures adds what several of the simple features say together.
func (l *linker) moreFeatures(d *Document, w *linkMemory, v *view, r *reference, rank int, distance int32, same bool, f []feature) []feature {
	c := &w.coref
	bit := func(b bool) feature {
		if b {
			return 1
		}
		return 0
	}
	f = append(f, featDistFn+2*feature(distance)+bit(same), featDistRank+3*feature(distance)+feature(min(rank, 2)),
		featDistTopic+4*feature(distance)+2*bit(r.opens)+bit(v.fn == asSubject || v.fn == asPassiveSubject))
	if r.set.Len() > 0 || r.being == beingGroup {
		f = append(f, featSet+4*feature(distance)+2*bit(r.kind == Name)+bit(v.fn == asSubject || v.fn == asPassiveSubject))
	}
	if r.entity >= 0 {
		f = append(f, featCountFn+feature(max(1, min(r.count, 3))-1)*feature(functions)+feature(r.fn))
	}
	if v.token == d.Sentences[c.walk].Tokens.First {
		f = append(f, featOpening+feature(distance))
	}
	if r.conjunct {
		f = append(f, featConjunct)
	}
	if r.verb >= 0 && d.Tokens[r.verb].Head < 0 {
		f = append(f, featMain)
	}
	for k, n := r.previous, 0; r.entity >= 0 && n < 4; n++ {
		x := r
		if n > 0 {
			if k < 0 {
				break
			}
			x, k = &c.refs[k], c.refs[k].previous
		}
		if c.walk-x.sentence > 1 {
			break
		}
		if x.kind == Pronoun {
			return append(f, featChain)
		}
	}
	return f
}

// ahead adds, for a pronoun in a phrase in front of the main clause, the name that follows: "In his speech, Bush …".
func (l *linker) ahead(d *Document, w *linkMemory, v *view) {
	c := &w.coref
	m := l.fronted(d, w, v)
	if m < 0 {
		return
	}
	form := feature(0)
	switch {
	case v.possessive:
		form = 1
	case v.fn == asSubject || v.fn == asPassiveSubject:
		form = 2
	}
	n := &d.Mentions[m]
	_, at, verb := place(d, n.Head)
	r := reference{entity: n.Entity, head: at, first: n.Tokens.First, end: n.Tokens.End, sentence: c.walk, verb: verb, kind: Name,
		being: c.beings[n.Entity], gender: c.gender[n.Entity], previous: -1, count: 1}
	if !l.agrees(d, &r, v.pronoun) {
		return
	}
	known := false
	for k := range c.cands {
		if c.refs[c.cands[k].ref].entity == n.Entity {
			c.cands[k].feats = append(c.cands[k].feats, featAhead+form)
			known = true
		} else {
			c.cands[k].feats = append(c.cands[k].feats, featBehind+form)
		}
	}
	if known {
		return
	}
	c.refs = append(c.refs, r)
	x := c.newCandidate(int32(len(c.refs) - 1))
	x.feats = append(x.feats[:0], featAhead+form)
	if r.gender != seeds.NoGender && r.gender == genderOf(v.pronoun) {
		x.feats = append(x.feats, featGender)
	}
}

// fronted finds the name that is the subject of a clause in front of whose subject the pronoun stands, or -1.
func (l *linker) fronted(d *Document, w *linkMemory, v *view) int32 {
	for n, verb := 0, d.Tokens[v.token].Head; verb >= 0 && n < 12; n, verb = n+1, d.Tokens[verb].Head {
		for i := v.token + 1; i < verb; i++ {
			m := w.nameAt[i]
			if m < 0 {
				continue
			}
			i = d.Mentions[m].Tokens.End - 1
			if fn, at, _ := place(d, d.Mentions[m].Head); isSubject(fn) && d.Tokens[at].Head == verb && !isUnder(d, v.token, at) && mayMean(d, m, v.pronoun) {
				return m
			}
		}
	}
	return l.behindComma(d, w, v)
}

// isUnder reports whether token i hangs in the tree under another.
func isUnder(d *Document, i, above int32) bool {
	for n := 0; i >= 0 && n < 30; n, i = n+1, d.Tokens[i].Head {
		if i == above {
			return true
		}
	}
	return false
}

// mayMean reports whether name m may be what a pronoun ahead of it means.
func mayMean(d *Document, m int32, p pronoun) bool {
	x := &d.Mentions[m]
	return x.Entity >= 0 && x.Type != seeds.NORP && (p != pronounHe && p != pronounShe || x.Type == seeds.Person)
}

// behindComma finds the name behind the comma that ends the phrase in which the pronoun opens its sentence, or -1.
func (l *linker) behindComma(d *Document, w *linkMemory, v *view) int32 {
	s := d.Sentences[w.coref.walk].Tokens
	first := s.First
	for first < v.token && (d.Tokens[first].Tag == TagOpenQuote || d.Tokens[first].Tag == TagCC || d.Tokens[first].Tag == TagRB || d.Tokens[first].Tag == TagComma) {
		first++
	}
	switch d.Tokens[first].Tag {
	case TagIN, TagTO, TagVBG, TagVBN, TagWRB:
	default:
		return -1
	}
	for comma := v.token + 1; comma < s.End && comma <= v.token+20; comma++ {
		switch d.Tokens[comma].Tag {
		case TagComma:
			m := l.opensClause(d, w, s, comma+1, v.pronoun)
			if m < 0 {
				continue
			}
			if end := d.Mentions[m].Tokens.End; s.Has(end) && d.Tokens[end].Tag == TagComma {
				comma = end - 1 // "with his sister, Mary, Johnson …"
				continue
			}
			return m
		case TagStop, TagColon:
			return -1
		}
	}
	return -1
}

// opensClause returns the name, after what may stand before it in its phrase, that starts at token i and that the
// pronoun may mean, or -1.
func (l *linker) opensClause(d *Document, w *linkMemory, s Range, i int32, p pronoun) int32 {
	for n := 0; s.Has(i) && n < 5; i, n = i+1, n+1 {
		if m := w.nameAt[i]; m >= 0 {
			if mayMean(d, m, p) {
				return m
			}
			i = d.Mentions[m].Tokens.End - 1
			continue
		}
		switch d.Tokens[i].Tag {
		case TagDT, TagJJ, TagNN, TagNNP, TagPOS, TagHYPH:
		default:
			return -1
		}
	}
	return -1
}

// newCandidate appends a candidate, reusing its memory.
func (c *corefMemory) newCandidate(ref int32) *candidate {
	n := len(c.cands)
	if n < cap(c.cands) {
		c.cands = c.cands[:n+1]
	} else {
		c.cands = append(c.cands, candidate{})
	}
	c.cands[n].ref = ref
	return &c.cands[n]
}

// most marks the candidate that has been spoken of most.
func (c *corefMemory) most() {
	best, count, tie := -1, int32(1), false
	for k := range c.cands {
		switch n := c.refs[c.cands[k].ref].count; {
		case c.refs[c.cands[k].ref].entity < 0:
		case n > count:
			best, count, tie = k, n, false
		case n == count:
			tie = true
		}
	}
	if best >= 0 && !tie {
		c.cands[best].feats = append(c.cands[best].feats, featMost)
	}
}

// nounFeatures adds whether the noun suits the entity's name and kind: "the commission", "the party".
func (l *linker) nounFeatures(d *Document, w *linkMemory, head, entity int32, f []feature) []feature {
	e := &d.Entities[entity]
	word := d.Word(head)
	named := hasWord(e.Name, word)
	for _, a := range e.Aliases {
		named = named || hasWord(a, word)
	}
	if named {
		f = append(f, featHead)
	}
	if e.Knowledge >= 0 {
		switch k := l.know.Entry(e.Knowledge).Kind; {
		case k == seeds.Party && equalFold(word, "party"), k == seeds.ArmedGroup && (equalFold(word, "group") || equalFold(word, "militia") || equalFold(word, "movement") || isFighters(word)),
			k == seeds.IGO && (equalFold(word, "organization") || equalFold(word, "bloc") || equalFold(word, "body") || equalFold(word, "alliance") || equalFold(word, "union")),
			k == seeds.Agency && equalFold(word, "agency"), k == seeds.Company && (equalFold(word, "company") || equalFold(word, "firm")),
			k == seeds.Island && equalFold(word, "island"), k == seeds.Parliament && equalFold(word, "parliament"), k == seeds.State && (equalFold(word, "state") || equalFold(word, "province")):
			f = append(f, featKin)
		}
	}
	return f
}

// same reports whether reference k is r or of r's entity.
func (c *corefMemory) same(k int32, r *reference) bool {
	x := &c.refs[k]
	return x.head == r.head || x.entity >= 0 && x.entity == r.entity
}

// syntax adds what the tree of the sentence says of the two.
func (l *linker) syntax(d *Document, v *view, r *reference, f []feature) []feature {
	subject := r.fn == asSubject || r.fn == asPassiveSubject
	switch {
	case v.reflexive:
		if r.verb == v.verb && subject {
			f = append(f, featReflexive)
		}
	case v.owned >= 0 && v.owned == r.head:
		f = append(f, featWithin) // "his brother John"
	case r.verb >= 0 && (r.verb == v.verb && r.fn != asPossessor && r.fn != asModifier || r.verb == v.shared && subject):
		if v.possessive {
			f = append(f, featSameClause+1)
			if subject {
				f = append(f, featOwner)
			}
		} else {
			f = append(f, featSameClause)
		}
	}
	if r.verb >= 0 && subject {
		switch r.verb {
		case v.above:
			f = append(f, featSpeaker)
		case v.higher:
			f = append(f, featAbove)
		}
		if v.verb >= 0 && d.Tokens[v.verb].Dep == DepConj && d.Tokens[v.verb].Head == r.verb && (v.fn == asSubject || v.fn == asPassiveSubject) {
			f = append(f, featAfterSubj)
		}
	}
	if v.verb >= 0 && d.Tokens[v.verb].Dep == DepAclRelcl && d.Tokens[v.verb].Head == r.head {
		f = append(f, featRelative)
	}
	return f
}

// isExpletive reports whether an "it" stands for nothing, or for what happened: it rains, it is clear that, make it hard
// to, it was his first visit.
func isExpletive(d *Document, w *linkMemory, i int32) bool {
	if d.Tokens[i].Dep == DepExpl {
		return true
	}
	if h := d.Tokens[i].Head; h > i && d.Tokens[i].Dep == DepNsubj && d.Tokens[h].Tag == TagNN &&
		w.class[h]&(nounCountry|nounGovernment|nounCity|nounRegion|nounBody) == 0 {
		for j := i + 1; j < h; j++ {
			if d.Tokens[j].Dep == DepCop && d.Tokens[j].Head == h {
				return true
			}
		}
	}
	n := int32(len(d.Tokens))
	j := i + 1
	for k := 0; j < n && k < 3 && (d.Tokens[j].Tag == TagMD || d.Tokens[j].Tag == TagRB || w.class[j]&nounVerbBe != 0 || equalFold(d.Word(j), "has") ||
		equalFold(d.Word(j), "'s") || equalFold(d.Word(j), "be") || equalFold(d.Word(j), "been")); k++ {
		j++
	}
	if j == i+1 || j >= n {
		if j < n {
			switch d.Lemma(j) {
			case "seem", "appear", "rain", "snow":
				return true
			}
		}
		return false
	}
	if t := d.Tokens[j].Tag; t != TagJJ && t != TagJJR && t != TagVBN && t != TagRB && t != TagNN && t != TagDT {
		return false
	}
	for k := j + 1; k < min(n, j+5); k++ {
		if w := d.Word(k); w == "that" || w == "to" || w == "whether" {
			return d.Tokens[j].Tag != TagVBN || w == "that"
		}
		if t := d.Tokens[k].Tag; t == TagComma || t == TagStop || t == TagVBD || t == TagVBZ {
			break
		}
	}
	return false
}

// sharesObject reports whether an "it" is the object of a verb that is joined to one whose object is a thing: "saw the plan
// and called it a risk" is about the plan, which is no entity.
func sharesObject(d *Document, w *linkMemory, i int32) bool {
	o := d.joinedObject(i)
	return o >= 0 && d.Tokens[o].Tag == TagNN && w.class[o]&(nounCountry|nounGovernment|nounCity|nounRegion|nounBody) == 0
}
