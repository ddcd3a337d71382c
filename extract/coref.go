package extract

import (
	"math"
	"slices"

	"github.com/dyad-kg/dyad/seeds"
)

// Coreference walks through an article once, word by word, and keeps what has been spoken of so far as references:
// names, phrases without a name that a pronoun might as well mean, and the pronouns and phrases that it resolved. A
// pronoun weighs the references that agree with it in number and gender by learned weights, nameless ones among them:
// where one of these wins, or nobody wins clearly, the pronoun stays unresolved.

// being tells apart what pronouns tell apart.
type being uint8

const (
	beingThing  being = iota // what nobody would call he or they
	beingPerson              // he, she
	beingPolity              // it, they; a country
	beingPlace               // it
	beingBody                // it, they; an organisation
	beingPeople              // they; a nation, a religion
	beingGroup               // they; an entity with members
	beingMatter              // it; a treaty, an event
)

// function is the part a phrase plays in its clause.
type function uint8

const (
	asOther function = iota
	asSubject
	asPassiveSubject
	asObject
	asOblique
	asComplement // of a noun
	asPossessor
	asModifier
	functions
)

// A reference is a phrase that pronouns and definite nouns further on may mean.
type reference struct {
	entity   int32 // -1 for a phrase without a name
	head     int32 // token that carries the phrase in the tree
	first    int32 // tokens
	end      int32
	sentence int32
	verb     int32 // token of the verb it depends on, however far up, or -1
	fn       function
	being    being
	kind     MentionKind
	gender   seeds.Gender
	plural   bool
	previous int32 // the entity's reference before this one, or -1
	conjunct bool  // joined to another before it
	opens    bool  // the first subject of its sentence
	set      Range // names joined by "and", into corefMemory.joined: a group, if anybody speaks of it
	count    int32 // of the entity's references so far, with this one
}

// corefMemory is the memory of coreference.
type corefMemory struct {
	refs   []reference
	last   []int32 // by entity: its last reference, or -1
	beings []being // by entity
	gender []seeds.Gender
	roleAt []int32 // by token: the role whose phrase starts here, or -1
	inRole []int32 // by token: the role whose head is here, or -1
	quoted []bool
	cands  []candidate
	groups map[uint64]int32
	walk   int32                                                              // sentence
	opened int32                                                              // sentence whose first subject has been met
	met    [3]int32                                                           // the first two people of a sentence, and the sentence
	pairs  []int32                                                            // entities of the sets that meeting makes
	joined []int32                                                            // entities of sets
	chain  int32                                                              // where the names joined so far begin in joined
	gap    int32                                                              // token behind the last name of the chain
	teach  func(first, end int32, p pronoun) (ref int32, probability float64) // in training: what is meant, -1 for nothing
}

// A candidate is a reference with its score for the pronoun at hand.
type candidate struct {
	ref   int32
	score float64
	feats []feature
}

// resolve finds the referents of pronouns and definite nouns.
func (l *linker) resolve(d *Document, w *linkMemory) {
	c := &w.coref
	l.prepare(d, w)
	for s := range d.Sentences {
		c.walk = int32(s)
		l.resolveSentence(d, w, d.Sentences[s].Tokens)
	}
}

func (l *linker) prepare(d *Document, w *linkMemory) {
	c := &w.coref
	n := len(d.Tokens)
	c.refs, c.joined, c.chain, c.gap = c.refs[:0], c.joined[:0], 0, -1
	c.pairs = c.pairs[:0]
	c.opened, c.met = -1, [3]int32{-1, -1, -1}
	c.last, c.beings, c.gender = c.last[:0], c.beings[:0], c.gender[:0]
	for e := range d.Entities {
		l.meet(d, w, int32(e))
	}
	for i := range w.clusters {
		if k := &w.clusters[i]; k.entity >= 0 {
			c.gender[k.entity] = l.genderByName(d, w, k)
		}
	}
	c.roleAt, c.inRole, c.quoted = resize(c.roleAt, n), resize(c.inRole, n), resize(c.quoted, n)
	for i := range n {
		c.roleAt[i], c.inRole[i] = -1, -1
	}
	for i := range w.roles.roles {
		r := &w.roles.roles[i]
		if c.roleAt[r.phrase.First] < 0 {
			c.roleAt[r.phrase.First] = int32(i)
		}
		c.inRole[r.head] = int32(i)
	}
	if c.groups == nil {
		c.groups = map[uint64]int32{}
	}
	clear(c.groups)
	markQuotes(d, c.quoted)
}

// genderByName is the gender of those whom a cluster's names mean. Who has one name only may go by the given name, where that is
// nobody's surname.
func (l *linker) genderByName(d *Document, w *linkMemory, k *cluster) seeds.Gender {
	if k.gender != seeds.NoGender || k.typ != seeds.Person || k.full < 0 || l.significant(w, w.names[k.full].words) != 1 {
		return k.gender
	}
	if g, alone := l.know.BearersOf(w.words[l.firstWord(w, w.names[k.full].words)]); alone {
		return g
	}
	return seeds.NoGender
}

// meet makes room for an entity.
func (l *linker) meet(d *Document, w *linkMemory, e int32) {
	c := &w.coref
	c.last = append(c.last, -1)
	c.beings = append(c.beings, l.beingOf(&d.Entities[e]))
	c.gender = append(c.gender, seeds.NoGender)
}

func (l *linker) beingOf(e *Entity) being {
	switch e.Type {
	case seeds.Person:
		return beingPerson
	case seeds.GPE:
		if e.Knowledge >= 0 && l.know.Entry(e.Knowledge).Kind.IsPolity() {
			return beingPolity
		}
		return beingPlace
	case seeds.Loc, seeds.Fac:
		return beingPlace
	case seeds.Org:
		return beingBody
	case seeds.NORP:
		return beingPeople
	case seeds.NoType:
		return beingGroup
	}
	return beingMatter
}

// markQuotes says of every token whether it is inside quotation marks.
func markQuotes(d *Document, quoted []bool) {
	open, paragraph := false, int32(-1)
	for s := range d.Sentences {
		if d.Sentences[s].Paragraph != paragraph {
			open, paragraph = false, d.Sentences[s].Paragraph
		}
		r := d.Sentences[s].Tokens
		for i := r.First; i < r.End; i++ {
			switch word := d.Word(i); word {
			case "\"":
				open = !open
			case "“", "``", "«":
				open = true
			case "”", "''", "»":
				open = false
			}
			quoted[i] = open
		}
	}
}

// resolveSentence walks through the tokens of a sentence.
func (l *linker) resolveSentence(d *Document, w *linkMemory, s Range) {
	c := &w.coref
	for i := s.First; i < s.End; i++ {
		if r := c.roleAt[i]; r >= 0 && w.roles.roles[r].person < 0 {
			if end := l.resolveRole(d, w, &w.roles.roles[r]); end > i {
				i = end - 1
				continue
			}
		}
		if m := w.nameAt[i]; m >= 0 {
			l.addName(d, w, m)
			i = d.Mentions[m].Tokens.End - 1
			continue
		}
		if p := pronounOf(d.Word(i)); p != notPronoun {
			if e := l.resolvePronoun(d, w, i, p); e >= 0 && d.Tokens[i].Tag == TagPRPS {
				l.resolveOwned(d, w, s, i, e)
			}
			continue
		}
		if end := l.resolveNoun(d, w, s, i); end > i {
			i = end - 1
			continue
		}
		l.addNameless(d, w, i)
	}
}

// addNames makes references of the names in a phrase that is a mention itself.
func (l *linker) addNames(d *Document, w *linkMemory, first, end int32) {
	for i := first; i < end; i++ {
		if m := w.nameAt[i]; m >= 0 {
			l.addName(d, w, m)
			i = d.Mentions[m].Tokens.End - 1
		}
	}
}

// addName makes a reference of a name. A name that says whose officials, police or government acts lends the whole
// phrase its entity.
func (l *linker) addName(d *Document, w *linkMemory, m int32) {
	n := &d.Mentions[m]
	if n.Entity < 0 {
		return
	}
	c := &w.coref
	r := reference{entity: n.Entity, head: n.Head, first: n.Tokens.First, end: n.Tokens.End, kind: Name,
		being: c.beings[n.Entity], gender: c.gender[n.Entity]}
	if n.Type == seeds.NORP {
		r.plural = d.Tokens[n.Tokens.End-1].Tag == TagNNPS || d.Tokens[n.Tokens.End-1].Tag == TagNNS
	}
	l.push(d, w, r)
	l.chain(d, w, m)
}

// chain makes a reference of the names that "and" joins, m the last of them so far.
func (l *linker) chain(d *Document, w *linkMemory, m int32) {
	c := &w.coref
	n := &d.Mentions[m]
	start := n.Tokens.First
	if w.qualifies(d, m) {
		return // "and Chinese President Hu": Hu is joined, not China
	}
	for t := w.titled[m]; t >= 0; t = w.roles.roles[t].next {
		if r := &w.roles.roles[t]; r.before {
			start = min(start, r.phrase.First)
		}
	}
	for start > 0 && d.Tokens[start-1].Tag == TagDT || start > 0 && w.class[start-1]&nounHonorific != 0 {
		start--
	}
	and := false
	i := c.gap
	if i >= 0 && i < start && d.Word(i) == "," {
		i++
	}
	if i >= 0 && i < start && d.Tokens[i].Tag == TagCC && equalFold(d.Word(i), "and") {
		and = true
		i++
	}
	if i != start || i == c.gap || c.gap <= d.Sentences[c.walk].Tokens.First {
		c.chain = int32(len(c.joined))
	}
	first := c.chain
	c.joined = append(c.joined, n.Entity)
	c.gap = n.Tokens.End
	members := c.joined[first:]
	if !and || len(members) < 2 {
		return
	}
	if !l.mayGroup(c, members) {
		first = int32(len(c.joined)) - 2 // "after the summit, France and Germany"
		if members = c.joined[first:]; !l.mayGroup(c, members) {
			return
		}
	}
	r := c.refs[len(c.refs)-1]
	l.push(d, w, reference{entity: -1, head: r.head, first: n.Tokens.First, end: n.Tokens.End, kind: Name, being: beingGroup, plural: true,
		set: Range{first, int32(len(c.joined))}})
}

// qualifies reports whether name m stands in a title before a person's name.
func (w *linkMemory) qualifies(d *Document, m int32) bool {
	for i := d.Mentions[m].Tokens.First; i >= 0 && i > d.Mentions[m].Tokens.First-3; i-- {
		if k := w.coref.roleAt[i]; k >= 0 {
			r := &w.roles.roles[k]
			return r.before && r.person > m && r.phrase.Has(d.Mentions[m].Tokens.First)
		}
	}
	return false
}

// mayGroup reports whether the entities are different ones that act together.
func (l *linker) mayGroup(c *corefMemory, members []int32) bool {
	for i, m := range members {
		if slices.Contains(members[:i], m) {
			return false
		}
		if !acts(c.beings[m]) {
			return false
		}
	}
	return true
}

func acts(b being) bool {
	return b == beingPolity || b == beingBody || b == beingPeople || b == beingPerson
}

// push completes a reference and appends it.
func (l *linker) push(d *Document, w *linkMemory, r reference) {
	c := &w.coref
	r.sentence, r.previous, r.count = c.walk, -1, 1
	r.conjunct = d.Tokens[r.head].Dep == DepConj
	r.fn, r.head, r.verb = place(d, r.head)
	if r.fn == asSubject || r.fn == asPassiveSubject {
		r.opens = c.opened != r.sentence
		c.opened = r.sentence
	}
	if r.entity >= 0 {
		r.previous = c.last[r.entity]
		if r.previous >= 0 {
			r.count = c.refs[r.previous].count + 1
		}
		c.last[r.entity] = int32(len(c.refs))
	}
	c.refs = append(c.refs, r)
	if r.entity >= 0 && r.being == beingPerson && !r.plural {
		l.meeting(d, w, r)
	}
}

// members are the entities of a set.
func (c *corefMemory) members(r *reference) []int32 {
	if r.kind == Name {
		return c.joined[r.set.First:r.set.End]
	}
	return c.pairs[r.set.First:r.set.End]
}

// hasSet reports whether the members of a set are a candidate already.
func (c *corefMemory) hasSet(r *reference) bool {
	for k := range c.cands {
		if x := &c.refs[c.cands[k].ref]; x.set.Len() > 0 && slices.Equal(c.members(x), c.members(r)) {
			return true
		}
	}
	return false
}

// meeting makes a reference of the two people of a sentence when the second comes in: they may be meant together.
func (l *linker) meeting(d *Document, w *linkMemory, r reference) {
	c := &w.coref
	if c.met[2] != c.walk {
		c.met = [3]int32{r.entity, -1, c.walk}
		return
	}
	if r.entity == c.met[0] || c.met[1] >= 0 {
		return
	}
	c.met[1] = r.entity
	first := int32(len(c.pairs))
	c.pairs = append(c.pairs, c.met[0], c.met[1])
	l.push(d, w, reference{entity: -1, head: r.head, first: r.first, end: r.end, kind: Nominal, being: beingGroup, plural: true,
		set: Range{first, first + 2}})
}

// place finds the function of a phrase by its head, the token that carries the function, and the verb above.
func place(d *Document, head int32) (fn function, at, verb int32) {
	at = head
	for n := 0; n < 8; n++ {
		t := &d.Tokens[at]
		switch t.Dep {
		case DepFlat, DepConj, DepAppos, DepFixed, DepGoeswith:
			if t.Head >= 0 {
				at = t.Head
				continue
			}
		}
		break
	}
	switch d.Tokens[at].Dep {
	case DepNsubj, DepNsubjOuter, DepCsubj, DepExpl:
		fn = asSubject
	case DepNsubjPass:
		fn = asPassiveSubject
	case DepObj, DepIobj:
		fn = asObject
	case DepObl, DepOblAgent, DepOblUnmarked:
		fn = asOblique
	case DepNmod:
		fn = asComplement
	case DepNmodPoss:
		fn = asPossessor
	case DepCompound, DepAmod, DepNmodDesc, DepNmodUnmarked:
		fn = asModifier
	}
	return fn, at, verbAbove(d, at)
}

// verbAbove is the first verb, or other clause head, above a token; -1 when there is none.
func verbAbove(d *Document, i int32) int32 {
	for n := 0; n < 30; n++ {
		h := d.Tokens[i].Head
		if h < 0 {
			return -1
		}
		if p := d.Tokens[h].Pos; p == PosVerb || p == PosAux || d.Tokens[i].Dep == DepNsubj || d.Tokens[h].Head < 0 {
			return h
		}
		i = h
	}
	return -1
}

// addNameless makes a reference of a noun phrase without a name, as a rival for the pronouns that could mean it.
func (l *linker) addNameless(d *Document, w *linkMemory, i int32) {
	t := &d.Tokens[i]
	switch t.Tag {
	case TagNN, TagNNS, TagNNP, TagNNPS:
	default:
		return
	}
	switch t.Dep {
	case DepCompound, DepFlat, DepFixed, DepNmodDesc:
		return
	}
	class := w.class[i]
	if class&nounWeekday != 0 || class&nounHonorific != 0 || t.Dep == DepOblUnmarked {
		return
	}
	r := reference{entity: -1, head: i, first: i, end: i + 1, kind: Nominal, being: beingThing,
		plural: t.Tag == TagNNS || t.Tag == TagNNPS, gender: genderOfClass(class)}
	if class&(nounOffice|nounPersonal|nounKin|nounReverend|nounCounterpart|nounRank) != 0 {
		r.being = beingPerson
		if k := w.coref.inRole[i]; k >= 0 && w.roles.roles[k].person >= 0 {
			return
		}
	}
	if e := l.actsFor(d, w, i); e >= 0 {
		r.entity, r.being = e, w.coref.beings[e]
	}
	l.push(d, w, r)
}

// actsFor is the entity for which the unnamed group headed by token i acts, named within its phrase: the Russian
// officials, police of Iraq, the U.S. military; or -1.
func (l *linker) actsFor(d *Document, w *linkMemory, i int32) int32 {
	if w.class[i]&nounGovernment == 0 && !isAgent(d.Word(i)) {
		return -1
	}
	for j := i - 1; j >= max(0, i-5) && d.Tokens[j].Span.End+40 > d.Tokens[i].Start; j-- {
		if m := w.nameAt[j]; m >= 0 {
			e := d.Mentions[m].Entity
			if e >= 0 && (w.coref.beings[e] == beingPolity || w.coref.beings[e] == beingBody) && !l.hyphened(d, m) {
				return e
			}
			return -1
		}
		switch d.Tokens[j].Tag {
		case TagJJ, TagNN, TagNNP, TagPOS, TagNNS, TagJJS:
		default:
			return -1
		}
	}
	return -1
}

func (l *linker) hyphened(d *Document, m int32) bool {
	e := d.Mentions[m].Tokens.End
	return int(e) < len(d.Tokens) && d.Word(e) == "-"
}

// isAgent reports whether a noun names those who act for a country or an organisation.
func isAgent(word string) bool {
	switch word {
	case "officials", "police", "military", "authorities", "troops", "forces", "army", "soldiers", "diplomats", "negotiators",
		"leaders", "ministry", "navy", "officers", "delegation", "side", "lawmakers", "ministers", "sources", "envoys":
		return true
	}
	return false
}

// pronoun is a kind of pronoun.
type pronoun uint8

const (
	notPronoun pronoun = iota
	pronounHe
	pronounShe
	pronounIt
	pronounThey
	nounTheCountry // definite nouns weigh their candidates as pronouns do
	nounTheGovernment
	nounTheCity
	nounTheRegion
	nounTheBody
	nounThePact
	nounTheEvent
	pronouns
)

func pronounOf(word string) pronoun {
	if len(word) > 10 {
		return notPronoun
	}
	var b [10]byte
	switch string(appendLower(b[:0], word)) {
	case "he", "him", "his", "himself":
		return pronounHe
	case "she", "her", "hers", "herself":
		return pronounShe
	case "it", "its", "itself":
		return pronounIt
	case "they", "them", "their", "theirs", "themselves":
		return pronounThey
	}
	return notPronoun
}

// certainty is the probability below which a pronoun stays unresolved.
var certainty = [pronouns]float64{0, 0.2, 0.2, 0.55, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5}

// window is how many sentences back a pronoun looks.
const window = 4

// resolvePronoun finds whom the pronoun at token i means, and returns the entity or -1.
func (l *linker) resolvePronoun(d *Document, w *linkMemory, i int32, p pronoun) int32 {
	if p == pronounIt && (isExpletive(d, w, i) || sharesObject(d, w, i)) {
		return -1
	}
	entity, best := l.resolveAs(d, w, i, i+1, i, p)
	c := &w.coref
	if entity < 0 {
		if best >= 0 {
			l.push(d, w, reference{entity: -1, head: i, first: i, end: i + 1, kind: Pronoun, being: c.refs[best].being,
				plural: p == pronounThey, gender: genderOf(p)})
		}
		return -1
	}
	l.refer(d, w, i, i+1, i, Pronoun, entity)
	if g := genderOf(p); g != seeds.NoGender && c.gender[entity] == seeds.NoGender {
		c.gender[entity] = g
	}
	return entity
}

// resolveAs weighs who is meant by the phrase of tokens first to end, and returns the entity, -1 for nobody or nobody
// for certain, and the likeliest reference.
func (l *linker) resolveAs(d *Document, w *linkMemory, first, end, head int32, p pronoun) (entity, best int32) {
	c := &w.coref
	l.candidates(d, w, head, p)
	best, probability := l.weigh(w, p)
	if c.teach != nil {
		best, probability = c.teach(first, end, p)
	}
	if best < 0 || probability < certainty[p] {
		return -1, best
	}
	r := &c.refs[best]
	if r.entity < 0 && r.set.Len() > 0 {
		e := l.group(d, w, c.members(r))
		r = &c.refs[best]
		r.entity = e
	}
	return r.entity, best
}

func genderOf(p pronoun) seeds.Gender {
	switch p {
	case pronounHe:
		return seeds.Male
	case pronounShe:
		return seeds.Female
	}
	return seeds.NoGender
}

// refer adds a mention of tokens first to end, headed by head, and its reference.
func (l *linker) refer(d *Document, w *linkMemory, first, end, head int32, kind MentionKind, entity int32) {
	c := &w.coref
	w.found = append(w.found, Mention{Span: Span{d.Tokens[first].Start, d.Tokens[end-1].End}, Tokens: Range{first, end}, Head: head,
		Type: d.Entities[entity].Type, Kind: kind, Entity: entity})
	l.push(d, w, reference{entity: entity, head: head, first: first, end: end, kind: kind, being: c.beings[entity],
		gender: c.gender[entity], plural: c.beings[entity] == beingGroup})
}

// candidates collects the references that agree with the pronoun, one for each entity.
func (l *linker) candidates(d *Document, w *linkMemory, i int32, p pronoun) {
	c := &w.coref
	c.cands = c.cands[:0]
	view := l.view(d, w, i, p)
	nameless := 0
	for k := int32(len(c.refs)) - 1; k >= 0; k-- {
		r := &c.refs[k]
		if c.walk-r.sentence >= window || len(c.cands) >= 24 {
			break
		}
		if r.entity >= 0 && c.last[r.entity] != k {
			continue
		}
		if r.entity < 0 {
			if nameless >= 6 && r.set.Len() == 0 {
				continue
			}
		}
		if !l.agrees(d, r, p) || r.set.Len() > 0 && c.hasSet(r) {
			continue
		}
		if r.entity < 0 {
			nameless++
		}
		n := len(c.cands)
		x := c.newCandidate(k)
		x.feats = l.features(d, w, &view, r, n, x.feats[:0])
	}
	c.most()
	if p <= pronounThey {
		l.ahead(d, w, &view)
	}
}

func isSubject(f function) bool { return f == asSubject || f == asPassiveSubject }

// agrees reports whether a reference may be meant by the pronoun.
func (l *linker) agrees(d *Document, r *reference, p pronoun) bool {
	typ := seeds.NoType
	if r.entity >= 0 {
		typ = d.Entities[r.entity].Type
	}
	if r.set.Len() > 0 && r.fn == asModifier {
		return false // "an Indian and a Nepalese worker"
	}
	switch p {
	case pronounHe:
		return r.being == beingPerson && !r.plural && r.gender != seeds.Female
	case pronounShe:
		return r.being == beingPerson && !r.plural && r.gender != seeds.Male
	case pronounIt:
		return r.being != beingPerson && r.being != beingGroup && r.being != beingPeople && (!r.plural || r.entity >= 0)
	case pronounThey:
		if r.entity < 0 {
			return r.plural
		}
		return r.being == beingGroup || r.being == beingPeople || r.being == beingBody || r.plural || r.being == beingPolity
	case nounTheCountry, nounTheGovernment:
		return r.being == beingPolity
	case nounTheCity:
		return r.being == beingPlace && typ == seeds.GPE
	case nounTheRegion:
		return r.being == beingPlace && typ != seeds.Fac || r.being == beingPolity && r.entity >= 0 && l.isPart(d.Entities[r.entity].Knowledge)
	case nounTheBody:
		return r.being == beingBody
	case nounThePact:
		return typ == seeds.Law
	case nounTheEvent:
		return typ == seeds.Event
	}
	return false
}

// isPart reports whether an entry is a land that others count as part of a country: Kosovo, Greenland, Scotland.
func (l *linker) isPart(entry int32) bool {
	switch l.know.Entry(entry).Kind {
	case seeds.DisputedState, seeds.Territory, seeds.Constituent:
		return true
	}
	return false
}

// weighedAs is the kind of pronoun whose weights count: he and she share theirs.
func weighedAs(p pronoun) pronoun {
	if p == pronounShe {
		return pronounHe
	}
	return p
}

// weigh scores the candidates and returns the best reference with the probability of its entity, -1 for nobody.
func (l *linker) weigh(w *linkMemory, p pronoun) (ref int32, probability float64) {
	c := &w.coref
	if len(c.cands) == 0 {
		return -1, 0
	}
	weights := &pronounWeights[weighedAs(p)]
	best, sum := 0, math.Exp(float64(weights[featNobody]))
	for k := range c.cands {
		x := &c.cands[k]
		x.score = 0
		for _, f := range x.feats {
			x.score += float64(weights[f])
		}
		sum += math.Exp(x.score)
		if x.score > c.cands[best].score {
			best = k
		}
	}
	return c.cands[best].ref, math.Exp(c.cands[best].score) / sum
}
