package extract

import (
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// resolveRole finds the person whom a role phrase without a name means: "the Russian president", "the minister".
// It returns the token to go on from, or -1 where the phrase stays unresolved.
func (l *linker) resolveRole(d *Document, w *linkMemory, r *role) int32 {
	if r.plural {
		return -1
	}
	if !r.definite || r.indefinite || !r.article && !l.isOwned(d, w, r) || r.noun&nounKin != 0 || l.isPredicate(d, w, r) {
		return -1
	}
	if r.possessor >= 0 || r.owner >= 0 || l.saysMore(d, w, r) {
		return -1
	}
	person, known := l.holder(d, w, r), false
	if person < 0 {
		if person = l.incumbent(d, w, r); person < 0 {
			return -1
		}
		known = true
	}
	l.addNames(d, w, r.phrase.First, r.phrase.End)
	l.refer(d, w, r.phrase.First, r.phrase.End, r.head, Nominal, person)
	if l.isOffice(r) && r.polity >= 0 {
		l.state(d, w, r, person, Span{d.Tokens[r.phrase.First].Start, d.Tokens[r.phrase.End-1].End})
		if n := len(d.Offices) - 1; known && n >= 0 && d.Offices[n].Person == person {
			d.Offices[n].FromKnowledge = true
		}
	}
	return r.phrase.End
}

// incumbent is the one who by the knowledge base held the office on the article's date: the article names country and
// office only. The knowledge must be certain, and of one person.
func (l *linker) incumbent(d *Document, w *linkMemory, r *role) int32 {
	if d.Published.Month == 0 || r.polity < 0 || r.former || r.acting || r.designate || d.Mentions[r.polity].Entity < 0 {
		return -1
	}
	of := d.Entities[d.Mentions[r.polity].Entity].Knowledge
	if of < 0 || !l.know.Entry(of).Kind.IsPolity() {
		return -1
	}
	person := int32(-1)
	for _, f := range l.forms(d, w, r) {
		if !l.know.AppliesTo(f, of) || !isSole(l.know.Office(f.Office).Role) {
			continue
		}
		w.holders = l.know.Holders(w.holders[:0], f.Office, of, d.Published)
		for _, k := range w.holders {
			if k.Holds(d.Published) < 1 || person >= 0 && k.Person != person {
				return -1
			}
			person = k.Person
		}
	}
	if person < 0 || opposite(l.know.Entry(person).Gender, genderOfClass(r.noun)) {
		return -1
	}
	e := l.entityOf(d, w, person)
	l.meetAll(d, w)
	if g := l.know.Entry(person).Gender; g == seeds.Male || g == seeds.Female {
		w.coref.gender[e] = g
	}
	return e
}

// isSole reports whether a country has one holder of the office at a time.
func isSole(r seeds.RoleType) bool {
	return r == seeds.HeadOfState || r == seeds.HeadOfGovernment || r == seeds.Monarch || r == seeds.Minister
}

// meetAll makes room for the entities that were added last.
func (l *linker) meetAll(d *Document, w *linkMemory) {
	for len(w.coref.last) < len(d.Entities) {
		l.meet(d, w, int32(len(w.coref.last)))
	}
}

// isOwned reports whether the phrase starts with a possessive: "Sudan's president".
func (l *linker) isOwned(d *Document, w *linkMemory, r *role) bool {
	m := w.nameAt[r.phrase.First]
	if m < 0 {
		return false
	}
	end := d.Mentions[m].Tokens.End
	return end < r.head && d.Tokens[end].Tag == TagPOS
}

// saysMore reports whether a capitalised adjective in the phrase is no name that was recognized: it says of whom the
// role is, but not to us.
func (l *linker) saysMore(d *Document, w *linkMemory, r *role) bool {
	for i := r.phrase.First + 1; i < r.head; i++ {
		if c := d.Text[d.Tokens[i].Start]; d.Tokens[i].Tag == TagJJ && w.nameAt[i] < 0 && 'A' <= c && c <= 'Z' && w.class[i]&nounTitleWord == 0 {
			return true
		}
	}
	return false
}

// isPredicate reports whether the phrase says what somebody is, was or serves as, not who does something.
func (l *linker) isPredicate(d *Document, w *linkMemory, r *role) bool {
	i := r.phrase.First - 1
	s := d.Sentences[r.sentence].Tokens
	for n := 0; s.Has(i) && n < 3; i, n = i-1, n+1 {
		if w.class[i]&nounVerbBe != 0 || equalFold(d.Word(i), "as") || equalFold(d.Word(i), "(") || equalFold(d.Word(i), "been") {
			return true
		}
		if t := d.Tokens[i].Tag; t != TagRB {
			return false
		}
	}
	return false
}

// holder is the person spoken of who has the role; -1 when nobody or nobody clearly has. Who comes only later in the
// article counts when nobody before does and nobody else later.
func (l *linker) holder(d *Document, w *linkMemory, r *role) int32 {
	polity := int32(-1)
	if r.polity >= 0 {
		if polity = d.Mentions[r.polity].Entity; polity < 0 {
			return -1
		}
	}
	best, grade, at := int32(-1), 0, int32(-1)
	later, rivals := int32(-1), 0
	from, to := l.nearby(d, w, r.sentence)
	for i := from; i < to; i++ {
		o := &d.Offices[i]
		g := l.grade(d, w, r, o, polity)
		if g == 0 {
			continue
		}
		last := w.coref.last[o.Person]
		if last < 0 {
			if later != o.Person {
				later = o.Person
				rivals++
			}
			continue
		}
		if g > grade || g == grade && last > at {
			best, grade, at = o.Person, g, last
		}
	}
	if best < 0 {
		best = l.titledOnly(d, w, r, polity)
	}
	if best < 0 {
		best = l.couldHold(d, w, r, polity)
	}
	if best < 0 && rivals == 1 {
		return later
	}
	return best
}

// couldHold finds the person spoken of last to whom the knowledge base gives the office, though the article does not.
func (l *linker) couldHold(d *Document, w *linkMemory, r *role, polity int32) int32 {
	if r.noun&nounState == 0 && !equalFold(d.Word(r.head), "leader") && !equalFold(d.Word(r.head), "secretary") {
		return -1
	}
	best, at := int32(-1), int32(-2)
	rivals := 0
	people := w.around(d, r.phrase.First)
	for _, m := range people {
		e := d.Mentions[m].Entity
		if e < 0 || e == best || w.coref.last[e] < at || opposite(w.coref.gender[e], genderOfClass(r.noun)) || w.lastOffice(e) >= 0 {
			continue
		}
		of := l.knownPolity(d, w, r, e)
		if of < 0 || polity >= 0 && d.Entities[polity].Knowledge != of {
			continue
		}
		if w.coref.last[e] < 0 {
			rivals++
		}
		best, at = e, w.coref.last[e]
	}
	if at < 0 && rivals > 1 {
		return -1
	}
	return best
}

// around lists the mentions of people around a token.
func (w *linkMemory) around(d *Document, token int32) []int32 {
	i, _ := slices.BinarySearchFunc(w.people, token, func(m, t int32) int { return int(d.Mentions[m].Tokens.First - t) })
	return w.people[max(0, i-maxPeople):min(len(w.people), i+maxPeople)]
}

// nearby is the range of the offices stated with names around a sentence.
func (l *linker) nearby(d *Document, w *linkMemory, sentence int32) (from, to int) {
	i, _ := slices.BinarySearchFunc(d.Offices[:w.stated], sentence+1, func(o OfficeFact, s int32) int { return int(o.Sentence - s) })
	return max(0, i-maxPeople), min(w.stated, i+maxPeople)
}

// grade says how well the role phrase fits an office that the article states: 0 not at all.
func (l *linker) grade(d *Document, w *linkMemory, r *role, o *OfficeFact, polity int32) int {
	if r.former != o.Former && r.former {
		return 0
	}
	if polity >= 0 && o.Polity != polity {
		return 0
	}
	if g := w.coref.gender[o.Person]; opposite(g, genderOfClass(r.noun)) {
		return 0
	}
	g := 1
	if polity >= 0 {
		g = 2
	}
	head := d.Word(r.head)
	title := d.In(o.Title)
	if equalFold(head, "envoy") || equalFold(head, "diplomat") {
		if hasWord(title, "ambassador") || hasWord(title, "envoy") || hasWord(title, "minister") || hasWord(title, "secretary") {
			return g
		}
		return 0
	}
	if deputy(title) && !deputy(d.Text[d.Tokens[r.title.First].Start:d.Tokens[r.title.End-1].End]) {
		return 0
	}
	switch {
	case l.sameTitle(d, w, r, title):
		return 3 * g
	case hasWord(title, head) && l.bare(d, w, r).Len() == 1 && !(equalFold(head, "minister") && hasWord(title, "prime")):
		return 2 * g
	case l.isLeaderWord(head) && leads(title):
		return 2*g - 1
	}
	return 0
}

// deputy reports whether a title is that of a deputy.
func deputy(title string) bool {
	return hasWord(title, "vice") || hasWord(title, "deputy") || hasWord(title, "assistant")
}

// sameTitle reports whether the words of the role's title are those of an office.
func (l *linker) sameTitle(d *Document, w *linkMemory, r *role, title string) bool {
	t := l.bare(d, w, r)
	words := d.Text[d.Tokens[t.First].Start:d.Tokens[t.End-1].End]
	return len(words) <= len(title) && strings.EqualFold(title[len(title)-len(words):], words)
}

// isLeaderWord reports whether a noun means whoever leads.
func (l *linker) isLeaderWord(word string) bool {
	return equalFold(word, "leader") || equalFold(word, "ruler") || equalFold(word, "strongman") || equalFold(word, "dictator") ||
		equalFold(word, "monarch") || equalFold(word, "premier") || equalFold(word, "chief") || equalFold(word, "head")
}

// leads reports whether a title is that of the first man of a country or an organisation.
func leads(title string) bool {
	if hasWord(title, "vice") || hasWord(title, "deputy") || hasWord(title, "foreign") || hasWord(title, "defense") {
		return false
	}
	for _, w := range [...]string{"president", "prime", "chancellor", "king", "premier", "leader", "chairman", "emir", "sultan", "secretary-general",
		"queen", "chief", "head", "general", "director", "taoiseach", "dictator"} {
		if hasWord(title, w) {
			return true
		}
	}
	return false
}

// hasWord reports whether a title has the word in it, in any case.
func hasWord(title, word string) bool {
	for i := 0; i+len(word) <= len(title); i++ {
		if (i == 0 || title[i-1] == ' ' || title[i-1] == '-') && (i+len(word) == len(title) || title[i+len(word)] == ' ' || title[i+len(word)] == '-') &&
			strings.EqualFold(title[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// titledOnly finds the person whose title stands with the name but says no office: "Ayatollah Fadlallah … the cleric".
func (l *linker) titledOnly(d *Document, w *linkMemory, r *role, polity int32) int32 {
	head := d.Word(r.head)
	best, at := int32(-1), int32(-1)
	for _, m := range w.around(d, r.phrase.First) {
		if w.titled[m] < 0 {
			continue
		}
		o := &w.roles.roles[w.titled[m]]
		e := d.Mentions[o.person].Entity
		if e < 0 || w.coref.last[e] < 0 || opposite(w.coref.gender[e], genderOfClass(r.noun)) {
			continue
		}
		if polity >= 0 && (o.polity < 0 || d.Mentions[o.polity].Entity != polity) {
			continue
		}
		word := d.Word(o.head)
		same := strings.EqualFold(word, head) && l.bare(d, w, r).Len() == 1 && l.bare(d, w, o).Len() == 1 || equalFold(head, "cleric") && o.noun&nounReverend != 0 || equalFold(head, "pontiff") && equalFold(word, "pope") ||
			equalFold(head, "general") && o.noun&nounRank != 0
		if same && w.coref.last[e] > at {
			best, at = e, w.coref.last[e]
		}
	}
	return best
}

// resolveNoun finds what a definite noun phrase that starts at token i means: "the two leaders", "the country",
// "his government", "the group". It returns the token to go on from, or -1.
func (l *linker) resolveNoun(d *Document, w *linkMemory, s Range, i int32) int32 {
	tag := d.Tokens[i].Tag
	if tag != TagDT && tag != TagPDT && tag != TagPRPS {
		return -1
	}
	head, number := l.nounHead(d, w, s, i)
	if head < 0 || w.nameAt[head] >= 0 {
		return -1
	}
	word := d.Word(i)
	switch {
	case tag == TagPRPS:
		return -1
	case equalFold(word, "both"), number == 2:
		return l.resolvePair(d, w, i, head, true)
	case !equalFold(word, "the") && !equalFold(word, "this") && !equalFold(word, "that"):
		return -1
	case d.Tokens[head].Tag == TagNNS && isFighters(d.Word(head)):
	case d.Tokens[head].Tag == TagNNS:
		return l.resolvePair(d, w, i, head, false)
	}
	return l.resolveDefinite(d, w, s, i, head)
}

// nounHead finds the head of the noun phrase that starts with the determiner at i, if it is plain: adjectives and
// nouns only. number is 2 where the phrase says two.
func (l *linker) nounHead(d *Document, w *linkMemory, s Range, i int32) (head int32, number int) {
	for j := i + 1; s.Has(j) && j < i+7; j++ {
		if equalFold(d.Word(j), "two") {
			number = 2
			continue
		}
		if m := w.nameAt[j]; m >= 0 {
			if d.Mentions[m].Type == seeds.Person {
				return -1, 0
			}
			continue
		}
		switch d.Tokens[j].Tag {
		case TagNN, TagNNS, TagNNP, TagNNPS:
			if s.Has(j+1) && w.nameAt[j+1] < 0 {
				switch d.Tokens[j+1].Tag {
				case TagNN, TagNNS, TagNNP, TagNNPS:
					continue
				}
			}
			return j, number
		case TagJJ, TagJJS, TagJJR, TagVBN, TagVBG, TagHYPH, TagPOS, TagCD, TagRB:
			continue
		}
		if number == 2 && j == i+2 {
			return j - 1, 2 // "the two agreed"
		}
		return -1, 0
	}
	return -1, 0
}

// resolvePair resolves "the two leaders", "both countries", "the sides" to the two that were spoken of last.
func (l *linker) resolvePair(d *Document, w *linkMemory, i, head int32, two bool) int32 {
	class := w.class[head]
	want := beingThing
	switch {
	case class&nounCountry != 0:
		want = beingPolity
	case class&(nounOffice|nounPersonal) != 0:
		want = beingPerson
	case class&nounSide != 0 && head <= i+2, class&nounGovernment != 0 && two:
		want = beingGroup
	default:
		return -1
	}
	end := head + 1
	if int(end)+1 < len(d.Tokens) && equalFold(d.Word(end), "of") {
		if end += 2; !equalFold(d.Word(end-1), "state") && !equalFold(d.Word(end-1), "government") {
			return -1
		}
	}
	if !two && class&nounOffice == 0 && !equalFold(d.Word(head), "sides") {
		return -1
	}
	if !two && class&nounOffice != 0 && !l.isLeaderWord(strip(d.Word(head))) && !equalFold(d.Word(head), "presidents") && !equalFold(d.Word(head), "ministers") {
		return -1
	}
	lead := want == beingPerson && class&nounOffice != 0 && !hasWord(d.Word(head), "ministers")
	e := int32(-1)
	if equalFold(d.Word(head), "two") {
		e = l.pair(d, w, beingPerson, false, two)
	}
	if e < 0 {
		e = l.pair(d, w, want, lead, two)
	}
	if e < 0 && lead {
		e = l.pair(d, w, want, false, two)
	}
	if e < 0 && want != beingPerson {
		e = l.mainTwo(d, w)
	}
	if e < 0 {
		return -1
	}
	l.refer(d, w, i, end, head, Nominal, e)
	return end
}

// strip takes the plural s off.
func strip(word string) string {
	if n := len(word) - 1; n > 2 && word[n] == 's' {
		return word[:n]
	}
	return word
}

// pair finds the two entities of a sort that were spoken of last: the members of the last group, or the only two in
// the nearest sentences that speak of any; unless the phrase says two, in all of them. It returns their group, or -1.
func (l *linker) pair(d *Document, w *linkMemory, want being, lead, two bool) int32 {
	c := &w.coref
	members := w.members[:0]
	sentence, back := int32(-1), int32(3)
	if !two {
		back = 6
	}
	for k := len(c.refs) - 1; k >= 0; k-- {
		r := &c.refs[k]
		if c.walk-r.sentence > back {
			break
		}
		if r.sentence != sentence && len(members) >= 2 && two {
			break
		}
		sentence = r.sentence
		if r.being == beingGroup && len(members) < 2 {
			if e := l.groupAs(d, w, l.membersOf(d, w, r), want); e >= 0 {
				w.members = members
				return e
			}
		}
		if r.entity < 0 || !l.memberSuits(w, r, want) || slices.Contains(members, r.entity) || lead && l.isSubordinate(d, w, r.entity) {
			continue
		}
		members = append(members, r.entity)
	}
	w.members = members
	if len(members) != 2 {
		return -1
	}
	slices.Reverse(members)
	return l.group(d, w, members)
}

// mainTwo is the group of the two countries that the article has spoken of at least twice as often as of any third, or -1.
func (l *linker) mainTwo(d *Document, w *linkMemory) int32 {
	c := &w.coref
	count := func(e int32) int32 {
		if e < 0 || c.last[e] < 0 || c.beings[e] != beingPolity {
			return 0
		}
		return c.refs[c.last[e]].count
	}
	top := [3]int32{-1, -1, -1}
	for e := range int32(len(c.last)) {
		for k, x := range top {
			if count(e) > count(x) {
				copy(top[k+1:], top[k:])
				top[k] = e
				break
			}
		}
	}
	if top[1] < 0 || count(top[1]) < 2*count(top[2]) {
		return -1
	}
	pair := [2]int32{min(top[0], top[1]), max(top[0], top[1])}
	return l.group(d, w, pair[:])
}

// membersOf are the members of a group's reference; a set that only one sentence brought together has none here.
func (l *linker) membersOf(d *Document, w *linkMemory, r *reference) []int32 {
	if r.entity >= 0 {
		return d.Entities[r.entity].Members
	}
	if r.kind != Name {
		return nil
	}
	return w.coref.members(r)
}

// isSubordinate reports whether the article shows the person in offices, and in none that leads a country.
func (l *linker) isSubordinate(d *Document, w *linkMemory, person int32) bool {
	held := false
	for i := w.lastOffice(person); i >= 0; i = w.before[i] {
		o := &d.Offices[i]
		if leads(d.In(o.Title)) && o.Polity >= 0 && d.Entities[o.Polity].Type == seeds.GPE {
			return false
		}
		held = true
	}
	return held
}

// groupAs returns the group of the members when they are two of what is wanted, -1 when they are not; where sides or
// countries are, two people stand for theirs.
func (l *linker) groupAs(d *Document, w *linkMemory, m []int32, want being) int32 {
	if len(m) != 2 {
		return -1
	}
	a, b := w.coref.beings[m[0]], w.coref.beings[m[1]]
	switch {
	case a == want && b == want, want == beingGroup && a != beingPerson && b != beingPerson:
		return l.group(d, w, m)
	case want != beingGroup && want != beingPolity || a != beingPerson || b != beingPerson:
		return -1
	}
	pair := [2]int32{l.polityOf(d, w, m[0]), l.polityOf(d, w, m[1])}
	if pair[0] < 0 || pair[1] < 0 || pair[0] == pair[1] {
		return -1
	}
	return l.group(d, w, pair[:])
}

func (l *linker) memberSuits(w *linkMemory, r *reference, want being) bool {
	if want == beingGroup {
		return r.being == beingPolity
	}
	return r.being == want
}

// group returns the entity of those members, making one where there is none.
func (l *linker) group(d *Document, w *linkMemory, members []int32) int32 {
	key := uint64(14695981039346656037)
	name := ""
	for i, m := range members {
		key = (key ^ uint64(m)) * 1099511628211
		if i > 0 {
			name += " & "
		}
		name += d.Entities[m].Name
	}
	if e, ok := w.coref.groups[key]; ok {
		return e
	}
	d.Entities = append(d.Entities, Entity{Knowledge: -1, Name: name, Type: d.Entities[members[0]].Type, Members: slices.Clone(members)})
	e := int32(len(d.Entities) - 1)
	w.firstOf = append(w.firstOf, -1)
	l.meet(d, w, e)
	w.coref.beings[e] = beingGroup
	w.coref.groups[key] = e
	return e
}

// resolveDefinite resolves "the country", "the government", "the capital", "the group". The phrase must be plain: one
// that names somebody, or is followed by what it is of, says itself what it means.
func (l *linker) resolveDefinite(d *Document, w *linkMemory, s Range, i, head int32) int32 {
	if w.class[head]&nounCity != 0 {
		if e := l.capital(d, w, s, i, head); e >= 0 {
			l.addNames(d, w, i, head)
			l.refer(d, w, i, head+1, head, Nominal, e)
			return head + 1
		}
	}
	for j := i; j < head; j++ {
		if w.nameAt[j] >= 0 {
			return -1
		}
	}
	if s.Has(head+1) && (equalFold(d.Word(head+1), "of") || equalFold(d.Word(head+1), "in") && s.Has(head+2) && w.nameAt[head+2] >= 0) {
		return -1
	}
	p := l.definite(d, w, head)
	if p == notPronoun || d.Tokens[head].Tag != TagNN && d.Tokens[head].Tag != TagNNP && !isFighters(d.Word(head)) {
		return -1
	}
	if s.Has(head+1) && w.nameAt[head+1] >= 0 {
		return -1
	}
	e, _ := l.resolveAs(d, w, i, head+1, head, p)
	if e < 0 {
		return -1
	}
	l.refer(d, w, i, head+1, head, Nominal, e)
	return head + 1
}

// isFighters reports whether a plural means an armed group.
func isFighters(word string) bool {
	switch word {
	case "rebels", "militants", "insurgents", "guerrillas":
		return true
	}
	return false
}

// definite says as what kind of pronoun a definite noun is weighed.
func (l *linker) definite(d *Document, w *linkMemory, head int32) pronoun {
	if isFighters(d.Word(head)) {
		return nounTheBody
	}
	switch c := w.class[head]; {
	case c&nounCountry != 0:
		return nounTheCountry
	case c&nounGovernment != 0:
		if w := d.Word(head); !equalFold(w, "government") && !equalFold(w, "regime") && !equalFold(w, "junta") {
			return notPronoun
		}
		return nounTheGovernment
	case c&nounCity != 0:
		return nounTheCity
	case c&nounRegion != 0:
		return nounTheRegion
	case c&nounBody != 0:
		return nounTheBody
	case c&nounPact != 0:
		return nounThePact
	case c&nounGathering != 0:
		return nounTheEvent
	}
	return notPronoun
}

// capital finds the city that "the capital" or "the Lebanese capital" means: the name behind it, or the seat of the
// country.
func (l *linker) capital(d *Document, w *linkMemory, s Range, i, head int32) int32 {
	n := head + 1
	if s.Has(n) && (d.Word(n) == "," || equalFold(d.Word(n), "of")) {
		n++
	}
	if s.Has(n) && w.nameAt[n] >= 0 && d.Mentions[w.nameAt[n]].Type == seeds.GPE {
		return -1 // "the Cuban capital, Havana" says itself what it means
	}
	if !equalFold(d.Word(head), "capital") {
		return -1
	}
	country := int32(-1)
	for j := i; j < head; j++ {
		if m := w.nameAt[j]; m >= 0 && d.Mentions[m].Entity >= 0 {
			country = d.Entities[d.Mentions[m].Entity].Knowledge
		}
	}
	if country < 0 {
		return -1
	}
	k := l.know.Entry(country)
	if !k.Kind.IsPolity() || k.Capital < 0 {
		return -1
	}
	if s.Has(head+1) && w.nameAt[head+1] >= 0 {
		return -1
	}
	e := l.entityOf(d, w, k.Capital)
	l.meetAll(d, w)
	return e
}

// resolveOwned resolves "his country", "their government" by the country of the owner.
func (l *linker) resolveOwned(d *Document, w *linkMemory, s Range, i, owner int32) {
	head, _ := l.nounHead(d, w, s, i)
	if head < 0 || w.class[head]&(nounCountry|nounGovernment) == 0 || d.Tokens[head].Tag != TagNN || head > i+3 {
		return
	}
	for j := i; j < head; j++ {
		if w.nameAt[j] >= 0 {
			return
		}
	}
	polity := int32(-1)
	switch w.coref.beings[owner] {
	case beingPerson:
		polity = l.polityOf(d, w, owner)
	case beingPolity:
		if w.class[head]&nounGovernment != 0 {
			polity = owner
		}
	}
	if polity >= 0 && w.coref.beings[polity] == beingPolity {
		l.refer(d, w, i, head+1, head, Nominal, polity)
	}
}

// polityOf is the country in whose office the article shows a person, or -1.
func (l *linker) polityOf(d *Document, w *linkMemory, person int32) int32 {
	if i := w.lastOffice(person); i >= 0 {
		return d.Offices[i].Polity
	}
	return -1
}
