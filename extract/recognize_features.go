package extract

import (
	"unicode"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/seeds"
)

// look fills words with what is known of each token by itself.
func (r *recognizer) look(d *Document, w *nameScratch) {
	w.words = w.words[:0]
	forms := d.forms(r.clusters)
	for i := range d.Tokens {
		w.words = append(w.words, newNameWord(d.Word(int32(i))))
		x := &w.words[i]
		x.tag, x.wordGroups, x.glove = d.Tokens[i].Tag, forms[i].wordGroups, forms[i].glove
	}
}

func newNameWord(form string) (w nameWord) {
	var space [64]byte
	lower := appendLower(space[:0], form)
	w.form, w.lower = hashText(form), hashText(lower)
	w.shape, w.class = wordShape(form)
	if w.class != noLetters {
		for k := range w.prefix {
			n := min(k+2, len(lower))
			w.prefix[k] = hashText(lower[:n]) + uint32(k)
			w.suffix[k] = hashText(lower[len(lower)-n:]) + uint32(k)
		}
	}
	return w
}

func appendLower(b []byte, s string) []byte {
	for _, r := range s {
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return b
}

func hashText[T string | []byte](b T) uint32 {
	h := uint32(2166136261)
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * 16777619
	}
	return h
}

// wordShape describes the letters of a word: runs of like ones shortened ("Xx", "X.X.", "0", "xXx").
func wordShape(form string) (shape uint32, class letterCase) {
	var space [24]byte
	b := space[:0]
	upper, lower, letters, digits := false, false, 0, 0
	for _, r := range form {
		c := byte('.')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
			upper = true
			letters++
		case unicode.IsLetter(r) || unicode.IsMark(r):
			c = 'x'
			lower = true
			letters++
		case unicode.IsDigit(r):
			c = '0'
			digits++
		default:
			c = byte(min(r, 255))
		}
		if n := len(b); n < 12 && (n < 2 || b[n-1] != c || b[n-2] != c) {
			b = append(b, c)
		}
	}
	switch {
	case upper && lower:
		class = mixedCase
	case upper:
		class = upperCase
	case digits > 0:
		class = digitsOnly
	case letters == 0:
		class = noLetters
	}
	return hashText(b), class
}

// A nameGroup is a kind of entry in the knowledge base, as coarse as names differ.
type nameGroup uint8

const (
	noGroup nameGroup = iota
	groupPolity
	groupPeople
	groupCombining
	groupCity
	groupRegion
	groupPlace
	groupBuilding
	groupIGO
	groupAgency
	groupMilitary
	groupParliament
	groupParty
	groupArmed
	groupMedia
	groupCompany
	groupPerson
	groupSurname
	groupEvent
	groupLaw
	groupProduct
	groupMetonym
)

// groupOf says which group the entries of a kind belong to.
var groupOf = [...]nameGroup{
	seeds.Sovereign: groupPolity, seeds.Territory: groupPolity, seeds.Constituent: groupPolity,
	seeds.DisputedState: groupPolity, seeds.Historical: groupPolity,
	seeds.City: groupCity, seeds.State: groupRegion,
	seeds.Region: groupPlace, seeds.Continent: groupPlace, seeds.Disputed: groupPlace, seeds.Island: groupPlace,
	seeds.Mountain: groupPlace, seeds.River: groupPlace, seeds.Sea: groupPlace, seeds.Strait: groupPlace,
	seeds.Building: groupBuilding, seeds.Base: groupBuilding,
	seeds.IGO: groupIGO, seeds.Agency: groupAgency, seeds.Ministry: groupAgency, seeds.Military: groupMilitary,
	seeds.Parliament: groupParliament, seeds.Court: groupParliament, seeds.Party: groupParty, seeds.ArmedGroup: groupArmed,
	seeds.NewsAgency: groupMedia, seeds.NGO: groupCompany, seeds.Company: groupCompany, seeds.Bank: groupCompany,
	seeds.Human:    groupPerson,
	seeds.Religion: groupPeople, seeds.Ethnic: groupPeople, seeds.Movement: groupPeople, seeds.Inhabitants: groupPeople,
	seeds.Conflict: groupEvent, seeds.Summit: groupEvent, seeds.Holiday: groupEvent, seeds.Disaster: groupEvent,
	seeds.Election: groupEvent, seeds.OtherThing: groupEvent,
	seeds.Treaty: groupLaw, seeds.Weapon: groupProduct, seeds.Vehicle: groupProduct, seeds.Work: groupProduct,
}

func (r *recognizer) group(c seeds.Candidate) nameGroup {
	switch c.How {
	case seeds.ByAdjective, seeds.ByNoun:
		return groupPeople
	case seeds.ByCombining:
		return groupCombining
	case seeds.BySurname:
		return groupSurname
	case seeds.ByMetonym:
		return groupMetonym
	}
	return groupOf[r.know.Entry(c.Entry).Kind]
}

// consult fills in what knowledge says of the words of a run, and of titles in it and in front of it.
func (r *recognizer) consult(d *Document, w *nameScratch, sentence, run Range) {
	from := max(sentence.First, run.First-4)
	w.folded = w.folded[:0]
	for i := from; i < min(sentence.End, run.End+6); i++ {
		w.folded = append(w.folded, r.know.Fold(d.Word(i)))
	}
	words := w.words[from:run.End]
	for i := 0; i < len(words); {
		n, forms := r.know.LongestTitle(w.folded[i:])
		for k, word := range words[i:min(i+n, len(words))] {
			word.title, word.titlePlace = r.know.Office(forms[0].Office).Role, uint8(partOf(k, n))
			words[i+k] = word
		}
		i += max(n, 1)
	}
	for i := int(run.First - from); i < len(words); {
		i += r.consultName(words[i:], w.folded[i:])
	}
}

// consultName fills in what knowledge says of the name that begins with the first word, and returns the number of its
// words, at least one.
func (r *recognizer) consultName(words []nameWord, folded []seeds.Word) int {
	if words[0].class <= digitsOnly {
		return 1
	}
	n, found := r.know.Longest(folded)
	n = min(n, len(words))
	var known uint32
	for _, c := range found {
		known |= 1 << r.group(c)
	}
	for k := range n {
		words[k].known, words[k].likely, words[k].place = known, r.group(found[0]), uint8(partOf(k, n))
	}
	n = max(n, 1)
	for k := range n {
		if words[k].class > digitsOnly {
			words[k].single = r.single(folded[k])
		}
	}
	return n
}

// single says whether a word is a given name (1), a family name (2) or both (3).
func (r *recognizer) single(word seeds.Word) (s uint8) {
	if _, ok := r.know.GivenName(word); ok {
		s = 1
	}
	if r.know.Surname(word) {
		s |= 2
	}
	return s
}

// partOf is the place of word k in a name of n words.
func partOf(k, n int) int {
	switch {
	case n == 1:
		return partOnly
	case k == 0:
		return partBegin
	case k == n-1:
		return partLast
	}
	return partInside
}

// features appends what is seen at token i of a run in a sentence.
func (r *recognizer) features(f []uint32, words []nameWord, sentence, run Range, i int32) []uint32 {
	var none nameWord
	at := func(j int32) *nameWord {
		if !sentence.Has(j) {
			return &none
		}
		return &words[j]
	}
	w2, w1, w, v1, v2 := at(i-2), at(i-1), at(i), at(i+1), at(i+2)
	add := func(template, a, b uint32) { f = append(f, mixName(template, a, b)) }
	add(1, w.form, 0)
	add(2, w1.lower, 0)
	add(3, v1.lower, 0)
	add(4, w2.lower, 0)
	add(5, v2.lower, 0)
	add(6, w1.lower, w.lower)
	add(7, w.lower, v1.lower)
	add(8, w1.lower, v1.lower)
	add(9, w.shape, 0)
	add(10, w1.shape, w.shape)
	add(11, w.shape, v1.shape)
	add(12, w1.shape*31+w.shape, v1.shape)
	add(13, w.lower, 0)
	add(14, uint32(w.tag), uint32(w.class))
	add(15, uint32(w1.tag)<<8|uint32(w.tag), uint32(v1.tag))
	add(16, uint32(w1.tag), w.shape)
	add(17, uint32(v1.tag), w.shape)
	add(18, uint32(w2.tag)<<8|uint32(w1.tag), uint32(w.tag))
	add(19, uint32(w.tag)<<8|uint32(v1.tag), uint32(v2.tag))
	for k := range w.prefix {
		add(20+uint32(k), w.prefix[k], 0)
		add(25+uint32(k), w.suffix[k], 0)
	}
	add(30, w.fine, 0)
	add(31, w.middle, 0)
	add(32, w.coarse, 0)
	add(33, w1.fine, 0)
	add(34, v1.fine, 0)
	add(35, w1.middle, 0)
	add(36, v1.middle, 0)
	add(37, w2.middle, 0)
	add(38, v2.middle, 0)
	add(39, w1.middle, w.middle)
	add(40, w.middle, v1.middle)
	add(41, w1.lower, w.coarse)
	add(42, w.coarse, v1.lower)
	add(43, w2.lower, w1.lower)
	add(44, v1.lower, v2.lower)
	add(45, w1.coarse<<8|w.coarse, v1.coarse)
	add(70, w.glove.fine, 0)
	add(71, w.glove.middle, 0)
	add(72, w.glove.coarse, 0)
	add(73, w1.glove.fine, 0)
	add(74, v1.glove.fine, 0)
	add(75, w1.glove.middle, w.glove.middle)
	add(76, w.glove.middle, v1.glove.middle)
	add(77, w.glove.fine, w.shape)
	if i == sentence.First {
		add(46, w.shape, w.middle)
	}
	// The words around the run, and its ends: "the X Y said", "X Y Ministry".
	add(50, at(run.First-1).lower, w.shape)
	add(51, at(run.End).lower, w.shape)
	add(52, at(run.End-1).lower, w.coarse)
	add(53, at(run.First).lower, w.coarse)
	add(54, at(run.End-1).lower, uint32(min(3, run.End-i)))
	if w.class > noLetters {
		from, to := i, i+1
		for from > run.First && words[from-1].class > noLetters {
			from--
		}
		for to < run.End && words[to].class > noLetters {
			to++
		}
		end, start := at(to-1), at(from)
		add(55, end.lower, uint32(min(3, to-i)))
		add(56, end.lower, uint32(min(3, i-from)))
		add(57, start.lower, uint32(min(3, i-from)))
		add(58, uint32(min(5, to-from)), uint32(min(5, i-from)))
		add(59, at(to).lower, uint32(min(3, to-i)))
		add(49, at(from-1).lower, uint32(min(3, i-from)))
		add(48, end.middle, uint32(min(3, to-i)))
		add(78, end.glove.fine, uint32(min(3, to-i)))
		add(79, start.glove.fine, uint32(min(3, i-from)))
	}
	for g, known := uint32(0), w.known; known != 0; g, known = g+1, known>>1 {
		if known&1 != 0 {
			add(60, g, uint32(w.place))
		}
	}
	if w.known != 0 {
		add(61, w.known, uint32(w.place))
		add(62, uint32(w.likely)<<8|uint32(w.place), w.middle)
	}
	add(63, uint32(w.likely)<<8|uint32(w.place), uint32(v1.likely)<<8|uint32(v1.place))
	add(64, uint32(w1.likely)<<8|uint32(w1.place), uint32(w.likely)<<8|uint32(w.place))
	add(65, uint32(w1.single)<<8|uint32(w.single), uint32(v1.single))
	add(66, uint32(w.single), w.shape)
	add(67, uint32(w1.title)<<8|uint32(w1.titlePlace), uint32(w.single)<<8|uint32(w.likely))
	add(68, uint32(w.title)<<8|uint32(w.titlePlace), w.shape)
	add(69, uint32(v1.title)<<8|uint32(v1.titlePlace), w.shape)
	return f
}

// mixName makes a feature of a template and two values.
func mixName(template, a, b uint32) uint32 {
	h := (uint64(a)<<32 | uint64(b)) * 0x9e3779b97f4a7c15
	h = (h ^ h>>29 ^ uint64(template)) * 0xbf58476d1ce4e5b9
	return uint32(h >> 32)
}
