package extract

import "github.com/dyad-kg/dyad/seeds"

// An OfficeFact says that a person holds, held or is to hold an office, because a title in the text says so.
type OfficeFact struct {
	Person        int32 // entity
	Polity        int32 // entity: the country or organisation, or -1 when it stays open
	Title         Span  // "former Deputy Prime Minister"
	Former        bool  // former, late, then-
	Acting        bool
	Designate     bool // -designate, -elect, incoming
	FromKnowledge bool // the text names no polity; the knowledge base does
	Sentence      int32
	Evidence      Span // title and person
}

// A role is a noun phrase that says what somebody is: "the former Iraqi deputy prime minister", "his Russian
// counterpart", "spokesman for the rebels". Roles are found from their head noun in the words around it, not from
// the dependency tree: titles are the one corner of news English that is regular enough, and that parsers get wrong.
type role struct {
	head       int32 // token of the noun
	title      Range // "former deputy prime minister"
	phrase     Range // with determiner, nationality and complement
	polity     int32 // name mention that says of whom the office is, or -1
	second     int32 // another one: "the leaders of Russia and Belarus"
	accredit   int32 // name mention that says to whom an envoy goes, or -1
	owner      int32 // name mention of a person whose spokesman, brother it is, or -1
	possessor  int32 // token of a possessive pronoun: "his Russian counterpart", or -1
	person     int32 // name mention of the one who has the role, or -1
	sentence   int32
	noun       nounClass // of the head
	former     bool
	acting     bool
	designate  bool
	definite   bool // the, this, a possessive or a nationality in front
	article    bool // any determiner
	indefinite bool // a, no
	plural     bool
	before     bool  // the title stands directly before the name
	next       int32 // the person's next role, or -1
}

// roleFinder reads the roles of one sentence after another.
type roleFinder struct {
	d      *Document
	class  []nounClass // by token
	nameAt []int32     // by token: the name mention it is in, or -1
	limit  Range       // the sentence's tokens
	roles  []role
}

func (f *roleFinder) find(d *Document, class []nounClass, nameAt []int32) {
	f.d, f.class, f.nameAt, f.roles = d, class, nameAt, f.roles[:0]
	for s := range d.Sentences {
		f.limit = d.Sentences[s].Tokens
		first := len(f.roles)
		for i := f.limit.First; i < f.limit.End; i++ {
			if !f.isHead(i) {
				continue
			}
			r := f.read(i)
			r.sentence = int32(s)
			i = max(i, f.attach(r)-1)
		}
		f.share(first)
	}
}

// isHead reports whether a role can end its noun compound at token i.
func (f *roleFinder) isHead(i int32) bool {
	if f.nameAt[i] >= 0 {
		return false
	}
	if f.class[i]&(nounOffice|nounPersonal|nounKin|nounCounterpart|nounReverend) == 0 && !f.isSecretaryGeneral(i) {
		return false
	}
	switch f.d.Tokens[i].Tag {
	case TagNN, TagNNS, TagNNP, TagNNPS, TagJJ, NoTag:
	default:
		return false
	}
	if f.has(i+1) && f.nameAt[i+1] < 0 && !f.isPlural(i) && f.isNoun(i+1) &&
		f.class[i+1]&(nounHonorific|nounRank|nounReverend|nounOffice|nounWeekday) == 0 && !f.isUpper(i+1) {
		return false // "chief executive", "president election"
	}
	if f.has(i+2) && f.d.Tokens[i+1].Tag == TagJJ && !f.isUpper(i) && f.isNoun(i+2) && f.nameAt[i+1] < 0 && f.nameAt[i+2] < 0 && !f.isUpper(i+1) {
		return false // "chief veterinary official"
	}
	if f.class[i]&(nounOffice|nounPersonal) != 0 && f.has(i+1) && f.nameAt[i+1] < 0 {
		if f.class[i+1]&(nounOffice|nounRank) != 0 && f.isNoun(i+1) && !f.isPlural(i) {
			return false // "secretary general", "opposition leader": the last noun is the head
		}
		if f.isHyphen(i+1) && f.has(i+2) && f.class[i+2]&(nounOffice|nounRank) != 0 {
			return false // "Secretary-General"
		}
	}
	return true
}

// isSecretaryGeneral reports whether token i is the rank that ends a title like "Secretary-General", "Attorney General".
func (f *roleFinder) isSecretaryGeneral(i int32) bool {
	if f.class[i]&nounRank == 0 || !f.has(i-1) {
		return false
	}
	if f.isHyphen(i-1) && f.has(i-2) {
		i--
	}
	return f.class[i-1]&nounOffice != 0 && f.nameAt[i-1] < 0
}

func (f *roleFinder) has(i int32) bool { return f.limit.Has(i) }

func (f *roleFinder) isNoun(i int32) bool {
	switch f.d.Tokens[i].Tag {
	case TagNN, TagNNS, TagNNP, TagNNPS:
		return true
	}
	return false
}

func (f *roleFinder) isPlural(i int32) bool {
	t := f.d.Tokens[i].Tag
	return t == TagNNS || t == TagNNPS
}

func (f *roleFinder) isHyphen(i int32) bool {
	w := f.d.Word(i)
	return w == "-" || w == "–" || w == "‐" || w == "‑"
}

func (f *roleFinder) isComma(i int32) bool { return f.has(i) && f.d.Word(i) == "," }

func (f *roleFinder) isUpper(i int32) bool {
	c := f.d.Text[f.d.Tokens[i].Start]
	return 'A' <= c && c <= 'Z' || c >= 0x80
}

func (f *roleFinder) word(i int32) string { return f.d.Word(i) }

func equalFold(a, lower string) bool {
	if len(a) != len(lower) {
		return false
	}
	for i := range len(a) {
		c := a[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// read collects the role whose head noun is token i.
func (f *roleFinder) read(i int32) role {
	r := role{head: i, title: Range{i, i + 1}, phrase: Range{i, i + 1}, polity: -1, second: -1, accredit: -1, owner: -1,
		possessor: -1, person: -1, next: -1, noun: f.class[i], plural: f.isPlural(i)}
	if r.noun&nounRank != 0 && f.isSecretaryGeneral(i) {
		r.noun = r.noun&^nounRank | nounOffice
	}
	f.readLeft(&r)
	f.readSuffix(&r)
	f.readRight(&r)
	return r
}

// readLeft walks from the head to the left over the compound, adjectives, nationality and determiner.
func (f *roleFinder) readLeft(r *role) {
	inTitle := true
	for i := r.head - 1; f.has(i); i-- {
		if m := f.nameAt[i]; m >= 0 {
			first := f.d.Mentions[m].Tokens.First
			if !f.takeName(r, m) {
				return
			}
			owns := f.d.Tokens[r.phrase.First].Tag == TagPOS
			r.phrase.First, inTitle, i = first, false, first
			if owns && !(f.has(first-1) && f.d.Tokens[first-1].Tag == TagDT) {
				return // a possessive stands first
			}
			continue
		}
		c := f.class[i]
		switch t := f.d.Tokens[i].Tag; {
		case t == TagPOS:
			r.phrase.First, r.definite = i, true
		case t == TagHYPH || f.isHyphen(i):
			if !f.has(i - 1) {
				return
			}
			if f.class[i-1]&(nounTitleWord|nounFormer) == 0 && f.nameAt[i-1] < 0 && !f.isNoun(i-1) && f.d.Tokens[i-1].Tag != TagJJ &&
				f.d.Tokens[i-1].Tag != TagAFX && f.d.Tokens[i-1].Tag != TagRB && f.d.Tokens[i-1].Tag != TagCD {
				return
			}
		case t == TagDT || t == TagPRPS || t == TagWPS || t == TagPDT:
			f.takeDeterminer(r, i)
			return
		case c&nounFormer != 0 && !equalFold(f.word(i), "late") || c&nounFormer != 0 && f.has(i-1) && f.d.Tokens[i-1].Tag == TagDT:
			r.former = true
			if inTitle {
				r.title.First = i
			}
			r.phrase.First = i
		case c&nounActing != 0:
			r.acting = true
			if inTitle {
				r.title.First = i
			}
			r.phrase.First = i
		case equalFold(f.word(i), "incoming"):
			r.designate = true
			r.phrase.First = i
		case c&nounWeekday != 0 && f.isUpper(i):
			return
		case c&nounTitleWord != 0 && t != TagVB && t != TagVBZ && t != TagVBP && t != TagVBD && t != TagIN && t != TagTO:
			if inTitle {
				r.title.First = i
			}
			r.phrase.First = i
		case f.isNoun(i):
			if !inTitle || c&nounHonorific != 0 || c&(nounOffice|nounPersonal) != 0 && f.isPlural(i) {
				return
			}
			if f.isUpper(r.head) && !f.isUpper(i) && r.noun&nounOffice != 0 {
				return // "said government President": two phrases
			}
			r.title.First, r.phrase.First = i, i
		case t == TagJJ || t == TagJJR || t == TagJJS || t == TagVBN || t == TagVBG || t == TagCD || t == TagAFX || t == TagRB && inTitle && f.has(i-1) && (f.isHyphen(i+1) || f.d.Tokens[i-1].Tag == TagDT):
			inTitle = false
			r.phrase.First = i
		case t == TagCC && inTitle && f.joinsPortfolio(r, i):
			r.title.First, r.phrase.First = i-1, i-1
			i--
		default:
			return
		}
	}
}

// joinsPortfolio reports whether the conjunction at i joins two fields of one office: "Economy and Finance Minister".
func (f *roleFinder) joinsPortfolio(r *role, i int32) bool {
	return r.title.First == i+1 && r.head > i+1 && f.has(i-1) && f.nameAt[i-1] < 0 &&
		f.class[i-1]&nounPortfolio != 0 && f.class[i+1]&(nounPortfolio|nounTitleWord) != 0
}

// takeDeterminer notes what the determiner at i says of the role.
func (f *roleFinder) takeDeterminer(r *role, i int32) {
	r.phrase.First, r.article = i, true
	switch f.d.Tokens[i].Tag {
	case TagPRPS, TagWPS:
		r.possessor, r.definite = i, true
		return
	}
	switch w := f.word(i); {
	case equalFold(w, "a"), equalFold(w, "an"), equalFold(w, "any"), equalFold(w, "no"), equalFold(w, "some"):
		r.indefinite = true
	case equalFold(w, "the"), equalFold(w, "this"), equalFold(w, "that"), equalFold(w, "these"), equalFold(w, "those"),
		equalFold(w, "both"):
		r.definite = true
	}
	if f.has(i-1) && f.d.Tokens[i-1].Tag == TagPDT {
		r.phrase.First = i - 1
	}
}

// takeName reports whether the name mention m, left of the role, belongs to its phrase.
func (f *roleFinder) takeName(r *role, m int32) bool {
	n := &f.d.Mentions[m]
	after := n.Tokens.End
	if f.has(after) && f.isHyphen(after) && after+1 < r.phrase.First+1 && f.has(after+1) {
		switch f.d.Tokens[after+1].Tag {
		case TagVBN, TagVBD, TagJJ, TagVBG, TagNN:
			if after+1 < r.head && f.class[after+1]&nounTitleWord == 0 {
				return true // "Kremlin-backed": no nationality
			}
		}
	}
	if n.Type == seeds.Person {
		if f.has(after) && f.d.Tokens[after].Tag == TagPOS && r.owner < 0 && r.polity < 0 {
			r.owner = m
			r.definite = true
			return true
		}
		return false
	}
	switch n.Type {
	case seeds.Event, seeds.Law, seeds.Product:
		return false
	}
	if against(f.d.In(n.Span)) || f.has(n.Tokens.First-2) && f.isHyphen(n.Tokens.First-1) && f.class[n.Tokens.First-2]&nounTitleWord == 0 &&
		against(f.word(n.Tokens.First-2)+"-") {
		return true // "pro-Syrian President"
	}
	r.definite = true
	if r.polity < 0 {
		r.polity = m
	} else if r.second < 0 && f.has(after) && !r.plural {
		r.second = m
	}
	return true
}

// against reports whether a name says for or against whom, not of whom: "pro-Syrian", "anti-American".
func against(name string) bool {
	return len(name) > 4 && (equalFold(name[:4], "pro-") || len(name) > 5 && equalFold(name[:5], "anti-"))
}

// readSuffix takes "-elect" and "-designate" after the head.
func (f *roleFinder) readSuffix(r *role) {
	i := r.head + 1
	if f.has(i) && f.isHyphen(i) {
		i++
	}
	if !f.has(i) {
		return
	}
	if w := f.word(i); equalFold(w, "elect") || equalFold(w, "designate") || equalFold(w, "nominate") {
		r.designate = true
		r.title.End, r.phrase.End = i+1, i+1
	}
}

// readRight takes the complements after the head: "of Foreign Affairs", "of the Russian Federation", "to Iraq".
func (f *roleFinder) readRight(r *role) {
	for range 3 {
		i := r.phrase.End
		if !f.has(i) || !f.has(i+1) || f.nameAt[i] >= 0 {
			return
		}
		w := f.word(i)
		var ok bool
		switch {
		case equalFold(w, "of"):
			ok = f.complement(r, i+1, true)
		case equalFold(w, "for"):
			ok = f.complement(r, i+1, r.noun&nounVoice != 0 && r.accredit < 0)
		case equalFold(w, "to"), equalFold(w, "at"), equalFold(w, "in"):
			if equalFold(w, "in") && r.noun&nounOffice == 0 {
				return
			}
			ok = f.place(r, i+1)
		case equalFold(w, "without") && equalFold(f.word(i+1), "portfolio"):
			r.title.End, r.phrase.End = i+2, i+2
		case f.isHyphen(i) && f.has(i+2) && equalFold(f.word(i+1), "in") && f.isHyphen(i+2):
			ok = f.chief(r, i+3)
		}
		if !ok {
			return
		}
	}
}

// chief takes "-in-chief".
func (f *roleFinder) chief(r *role, i int32) bool {
	if !f.has(i) || !equalFold(f.word(i), "chief") {
		return false
	}
	r.title.End, r.phrase.End = i+1, i+1
	return true
}

// complement takes the noun phrase at token i. A name in it is the polity if it may be; other words are of the title.
func (f *roleFinder) complement(r *role, i int32, polity bool) bool {
	from := i
	for f.has(i) && f.d.Tokens[i].Tag == TagDT {
		i++
	}
	words, named := int32(0), false
	end := i
	for f.has(i) {
		if m := f.nameAt[i]; m >= 0 {
			n := &f.d.Mentions[m]
			if n.Type == seeds.Person {
				if words > 0 || named {
					break
				}
				if after := n.Tokens.End; r.noun&nounVoice != 0 || f.has(after) && f.d.Tokens[after].Tag == TagPOS {
					r.owner = m
				}
				return false
			}
			if named && f.d.Tokens[i-1].Tag != TagPOS && n.Type != seeds.Org && n.Type != seeds.GPE {
				break
			}
			i, end, named = n.Tokens.End, n.Tokens.End, true
			if polity {
				r.polity = m
				r.definite = true
			}
			continue
		}
		t, c := f.d.Tokens[i].Tag, f.class[i]
		if c&nounWeekday != 0 && f.isUpper(i) {
			break
		}
		switch {
		case f.isNoun(i) || t == TagCD && words > 0:
			if c&(nounOffice|nounHonorific|nounRank) != 0 && f.isUpper(i) && (named || words > 0) && f.opensTitle(i) {
				return f.close(r, end, named) // "... of Iran Supreme Leader X"
			}
			if c&nounOffice != 0 && i > from && f.d.Tokens[from].Tag == TagDT && !named {
				return false // "spokesman for the prime minister": another role
			}
			i++
			words++
			end = i
			continue
		case t == TagJJ || t == TagHYPH || t == TagVBN || t == TagVBG || t == TagPRPS && i == from:
			i++
			words++
			continue
		case t == TagPOS && end == i:
			i++
			end = i
			continue
		case (t == TagCC || f.isComma(i)) && words > 0 && !named && f.isUpper(r.head) && f.has(i+1) && f.nameAt[i+1] < 0 &&
			f.isUpper(i-1) && (f.isUpper(i+1) && f.isNoun(i+1) || f.d.Tokens[i+1].Tag == TagCC && f.isComma(i)) && f.class[i+1]&(nounOffice|nounHonorific) == 0:
			i++
			continue
		case (t == TagCC) && named && r.plural && f.has(i+1) && f.joined(i+1) >= 0:
			r.second = f.joined(i + 1)
			i = f.d.Mentions[r.second].Tokens.End
			end = i
			continue
		}
		break
	}
	if end == from || words == 0 && !named {
		return false
	}
	return f.close(r, end, named)
}

// joined returns the name that stands at token i, with or without an article, or -1.
func (f *roleFinder) joined(i int32) int32 {
	if f.d.Tokens[i].Tag == TagDT && f.has(i+1) {
		i++
	}
	if m := f.nameAt[i]; m >= 0 && f.d.Mentions[m].Type != seeds.Person {
		return m
	}
	return -1
}

// opensTitle reports whether a new title begins at token i and stands before a name.
func (f *roleFinder) opensTitle(i int32) bool {
	for n := 0; f.has(i) && n < 4; i, n = i+1, n+1 {
		if m := f.nameAt[i]; m >= 0 {
			return f.d.Mentions[m].Type == seeds.Person
		}
	}
	return false
}

func (f *roleFinder) close(r *role, end int32, named bool) bool {
	r.phrase.End = end
	if !named {
		r.title.End = end
	}
	return true
}

// place takes the name at token i: where an envoy goes, where an officer sits.
func (f *roleFinder) place(r *role, i int32) bool {
	if f.d.Tokens[i].Tag == TagDT && f.has(i+1) {
		i++
	}
	m := f.nameAt[i]
	if m < 0 || f.d.Mentions[m].Type == seeds.Person || r.noun&(nounOffice|nounPersonal) == 0 {
		return false
	}
	n := &f.d.Mentions[m]
	if r.noun&nounDiplomat != 0 && r.accredit < 0 {
		r.accredit = m
		r.title.End = n.Tokens.End
	} else if !f.personAt(n.Tokens.End) && !(f.isComma(n.Tokens.End) && f.personAt(n.Tokens.End+1)) {
		return false // "the president in Baghdad said": where, not what
	}
	r.phrase.End = n.Tokens.End
	return true
}

// personAt reports whether a person's name starts at token i, after honorifics and ranks.
func (f *roleFinder) personAt(i int32) bool { return f.person(i) >= 0 }

// person returns the person's name that starts at token i, after honorifics, ranks and commas of age, or -1.
func (f *roleFinder) person(i int32) int32 {
	for n := 0; f.has(i) && n < 5; i, n = i+1, n+1 {
		if m := f.nameAt[i]; m >= 0 {
			if f.d.Mentions[m].Type == seeds.Person {
				return m
			}
			return -1
		}
		if f.class[i]&(nounHonorific|nounRank|nounReverend) == 0 && !(f.class[i]&nounTitleWord != 0 && f.isUpper(i)) && f.word(i) != "." {
			return -1
		}
	}
	return -1
}

// attach finds whose role r is, appends it once for each person, and returns the token to go on from.
func (f *roleFinder) attach(r role) int32 {
	end := r.phrase.End
	if m := f.person(end); m >= 0 {
		return f.attachBefore(r, m)
	}
	if r.noun&nounKin != 0 && r.owner < 0 && r.possessor < 0 && r.polity < 0 {
		f.roles = append(f.roles, r)
		return end
	}
	if f.isComma(end) && (r.definite || !r.article) && !f.isServed(r) {
		if m := f.person(end + 1); m >= 0 && f.closesApposition(f.d.Mentions[m].Tokens.End) && !f.afterName(r) {
			r.person = m
			f.roles = append(f.roles, r)
			return f.d.Mentions[m].Tokens.End
		}
	}
	switch {
	case f.afterName(r) && f.closesAfter(end):
		r.person = f.nameAt[f.beforeComma(r.phrase.First-1)]
	case f.coordinatesTitle(&r):
	default:
		r.person = f.predicated(&r)
	}
	f.roles = append(f.roles, r)
	return end
}

// isServed reports whether the role says whose man somebody else is: in "a spokesman for the prime minister, N" N is the
// spokesman.
func (f *roleFinder) isServed(r role) bool {
	i := r.phrase.First - 1
	if !f.has(i-1) || !equalFold(f.word(i), "for") && !equalFold(f.word(i), "to") && !equalFold(f.word(i), "of") {
		return false
	}
	return f.d.Tokens[i-1].Tag == TagNN && f.class[i-1]&(nounOffice|nounPersonal|nounKin|nounDiplomat) != 0
}

// attachBefore gives a title that stands before the name m to it and, when it is plural, to the names joined to it.
func (f *roleFinder) attachBefore(r role, m int32) int32 {
	r.before = true
	for {
		n := f.d.Mentions[m].Tokens.End
		one := r
		one.person = m
		if one.polity < 0 || one.noun&nounDiplomat == 0 && f.d.Mentions[one.polity].Type == seeds.NORP {
			f.polityAfter(&one, n)
		}
		f.roles = append(f.roles, one)
		if !r.plural || !f.has(n+1) {
			return n
		}
		if f.d.Tokens[n].Tag != TagCC && !f.isComma(n) {
			return n
		}
		n++
		if f.d.Tokens[n].Tag == TagCC && f.has(n+1) {
			n++
		}
		if m = f.person(n); m < 0 {
			return n - 1
		}
	}
}

// polityAfter takes the polity that follows the person's name: "King Abdullah of Jordan".
func (f *roleFinder) polityAfter(r *role, i int32) {
	if !f.has(i+1) || !equalFold(f.word(i), "of") {
		return
	}
	i++
	if f.d.Tokens[i].Tag == TagDT && f.has(i+1) {
		i++
	}
	if m := f.nameAt[i]; m >= 0 && (f.d.Mentions[m].Type == seeds.GPE || f.d.Mentions[m].Type == seeds.Org) {
		r.polity = m
	}
}

// beforeComma steps from token i to the left over a comma, and an age between commas.
func (f *roleFinder) beforeComma(i int32) int32 {
	if !f.isComma(i) || !f.has(i-1) {
		return i
	}
	i--
	if f.d.Tokens[i].Tag == TagCD && f.isComma(i-1) && f.has(i-2) {
		i -= 2
	}
	return i
}

// afterName reports whether the role stands behind a person's name and a comma.
func (f *roleFinder) afterName(r role) bool {
	i := r.phrase.First - 1
	if !f.isComma(i) {
		return false
	}
	i = f.beforeComma(i)
	return f.has(i) && f.nameAt[i] >= 0 && f.d.Mentions[f.nameAt[i]].Type == seeds.Person
}

// closesApposition reports whether an apposition can end before token i.
func (f *roleFinder) closesApposition(i int32) bool {
	if !f.has(i) {
		return true
	}
	switch f.d.Tokens[i].Tag {
	case TagComma, TagStop, TagColon, TagRRB, TagVBD, TagVBZ, TagVBP, TagMD, TagWP, TagWDT, TagIN, TagPOS, TagLRB, TagCloseQuote, TagRB:
		return true
	case TagCC:
		return f.has(i+1) && !f.personAt(i+1)
	}
	return false
}

// closesAfter reports whether an apposition behind a name can end before token i: "X, the Russian president noted" has
// none.
func (f *roleFinder) closesAfter(i int32) bool {
	if !f.has(i) {
		return true
	}
	switch f.d.Tokens[i].Tag {
	case TagVBD, TagVBZ, TagVBP, TagMD, TagRB, TagPOS:
		return false
	}
	return f.closesApposition(i)
}

// coordinatesTitle handles the first of two titles of one person: "president and commander-in-chief X".
func (f *roleFinder) coordinatesTitle(r *role) bool {
	i := r.phrase.End
	if !f.has(i+1) || f.d.Tokens[i].Tag != TagCC || r.plural || r.article {
		return false
	}
	for n := 0; f.has(i+1) && n < 6; n++ {
		i++
		if m := f.nameAt[i]; m >= 0 {
			if f.d.Mentions[m].Type == seeds.Person && f.class[i-1]&nounOffice != 0 {
				r.person, r.before = m, true
				return true
			}
			return false
		}
		if !f.isNoun(i) && f.d.Tokens[i].Tag != TagJJ && !f.isHyphen(i) {
			return false
		}
	}
	return false
}

// predicated finds the person of whom the role is said: "Bush, who was president", "Putin became prime minister",
// "As Secretary of State, Hay …". It returns the name mention, or -1.
func (f *roleFinder) predicated(r *role) int32 {
	i := r.phrase.First - 1
	if !f.has(i) {
		return -1
	}
	if equalFold(f.word(i), "as") && !r.definite && !r.plural {
		return f.asRole(r, i)
	}
	if r.plural {
		return -1
	}
	for n := 0; f.has(i) && n < 5; i, n = i-1, n+1 {
		c, t := f.class[i], f.d.Tokens[i].Tag
		if c&nounVerbBe != 0 {
			continue
		}
		if m := f.nameAt[i]; m >= 0 {
			if f.d.Mentions[m].Type == seeds.Person && n > 0 && f.class[i+1]&nounVerbBe != 0 || f.d.Mentions[m].Type == seeds.Person && n > 1 && f.class[i+2]&nounVerbBe != 0 && f.d.Tokens[i+1].Tag != TagCC {
				return m
			}
			return -1
		}
		switch {
		case t == TagRB || t == TagMD || t == TagWP || t == TagVBN && c == 0 || f.isComma(i) && n > 0:
		default:
			return -1
		}
	}
	return -1
}

// asRole finds the person who does something "as president".
func (f *roleFinder) asRole(r *role, as int32) int32 {
	if as == f.limit.First || f.d.Tokens[as-1].Tag == TagCC && as-1 == f.limit.First { // As Secretary of State, Hay
		if f.isComma(r.phrase.End) {
			return f.person(r.phrase.End + 1)
		}
		return -1
	}
	if f.isComma(as-1) && f.has(as-2) && f.nameAt[as-2] >= 0 && f.d.Mentions[f.nameAt[as-2]].Type == seeds.Person {
		return f.nameAt[as-2]
	}
	return -1
}

// share lets titles that are joined share the nationality of the first: "Russia's Minister of Foreign Affairs Sergey
// Lavrov and Minister of Defence Sergey Shoigu".
func (f *roleFinder) share(first int) {
	for k := first + 1; k < len(f.roles); k++ {
		a, b := &f.roles[k-1], &f.roles[k]
		if b.polity >= 0 || b.owner >= 0 || a.polity < 0 || a.person < 0 || !a.before || !b.before || b.article || a.polity > a.person {
			continue
		}
		gap := f.d.Mentions[a.person].Tokens.End
		if f.isComma(gap) {
			gap++
		}
		if f.has(gap) && f.d.Tokens[gap].Tag == TagCC {
			gap++
		}
		if gap == b.phrase.First && gap > f.d.Mentions[a.person].Tokens.End {
			b.polity = a.polity
		}
	}
}
