package extract

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/extract/perceptron"
	"github.com/dyad-kg/dyad/seeds"
)

// nameFile is where the model of the recognizer lies among the models.
const nameFile = "models/names"

// A recognizer finds the names in a text and their types. A chain model labels the words that can be part of a name:
// capitalised ones, numbers, and next to them the lower-case words and marks that names are known to hold ("of", "al",
// "-", "summit"). All other words, four in five, are not looked at.
type recognizer struct {
	clusters *clusters
	know     *seeds.Knowledge
	inner    map[string]bool // lower-case words and marks that occur inside names
	chain    *perceptron.Chain
}

// Labels of a token: one for tokens outside of names, and for each type four, for the only, first, inner and last token.
const (
	noName     = 0
	partOnly   = 0
	partBegin  = 1
	partInside = 2
	partLast   = 3
	nameTags   = 1 + 4*int(seeds.Product)
)

func nameLabel(t Type, part int) uint8 { return uint8(1 + 4*(int(t)-1) + part) }

func labelType(label uint8) (t Type, part int) { return Type((label-1)/4 + 1), int(label-1) % 4 }

// nameMayFollow reports whether a token labelled y may follow one labelled x; -1 stands for the text around.
func nameMayFollow(x, y int) bool {
	open := x > noName && ((x-1)%4 == partBegin || (x-1)%4 == partInside)
	goesOn := y > noName && ((y-1)%4 == partInside || (y-1)%4 == partLast)
	if open || goesOn {
		return open && goesOn && (x-1)/4 == (y-1)/4
	}
	return true
}

func newRecognizer(models fs.FS, c *clusters, k *seeds.Knowledge) (*recognizer, error) {
	data, err := fs.ReadFile(models, nameFile)
	if err != nil {
		return nil, err
	}
	r := &recognizer{clusters: c, know: k}
	if err := r.decode(data); err != nil {
		return nil, fmt.Errorf("%s: %w", nameFile, err)
	}
	return r, nil
}

const nameMagic = "dyadnam1"

// decode reads a model: the inner words, separated by blanks, and the chain.
func (r *recognizer) decode(data []byte) error {
	if len(data) < len(nameMagic)+4 || string(data[:len(nameMagic)]) != nameMagic {
		return errors.New("not a model of names")
	}
	data = data[len(nameMagic):]
	n := int(binary.LittleEndian.Uint32(data))
	if data = data[4:]; n > len(data) {
		return errors.New("damaged: cut short")
	}
	r.inner = make(map[string]bool)
	for _, w := range strings.Fields(string(data[:n])) {
		r.inner[w] = true
	}
	var err error
	r.chain, data, err = perceptron.ReadChain(data[n:])
	if err == nil && (r.chain.Labels() != nameTags || len(data) != 0) {
		err = errors.New("damaged: not made for these types of names")
	}
	return err
}

// nameScratch is the recognizer's memory.
type nameScratch struct {
	words    []nameWord
	folded   []seeds.Word
	features []uint32
	scores   []int32
	labels   []uint8
	path     perceptron.Path
	settled  []settledForm // sorted
}

// A nameWord is what the recognizer knows of a token by itself.
type nameWord struct {
	form, lower, shape uint32
	prefix, suffix     [3]uint32 // of two, three and four bytes
	fine               clusterID
	middle, coarse     uint16
	class              letterCase
	tag                Tag
	known              uint32    // what knowledge has under a name that the word is part of: bits of nameGroup
	likely             nameGroup // the likeliest of them
	place              uint8     // of the word in that name
	single             uint8     // is it a given name, a family name? see recognizer.single
	title              seeds.RoleType
	titlePlace         uint8
}

// A letterCase says which words can be part of names: lower-case words and marks only next to others.
type letterCase uint8

const (
	lowerCase letterCase = iota
	noLetters
	digitsOnly
	mixedCase
	upperCase
)

// recognize appends the name mentions of all sentences.
func (r *recognizer) recognize(d *Document) {
	w := &d.work.names
	r.look(d, w)
	for _, s := range d.Sentences {
		r.runs(d, w, s.Tokens, func(run Range) {
			r.consult(d, w, s.Tokens, run)
			w.scores = append(w.scores[:0], make([]int32, run.Len()*nameTags)...)
			w.labels = append(w.labels[:0], make([]uint8, run.Len())...)
			for i := range w.labels {
				w.features = r.features(w.features[:0], w.words, s.Tokens, run, run.First+int32(i))
				scores := w.scores[i*nameTags : (i+1)*nameTags]
				r.chain.Score(scores, w.features)
				if word := &w.words[run.First+int32(i)]; word.tag == TagPOS && (word.known == 0 || word.place != partLast) {
					endNoName(scores)
				}
			}
			r.chain.Best(&w.path, w.scores, w.labels)
			d.appendNames(run.First, w.labels)
		})
	}
	d.splitNames(w)
	d.settle(w)
}

// splitNames parts a nationality from a name that knowledge has without it: "Chinese Belt and Road" are two names.
// Ministries, parties and the like bear the nationality as part of theirs.
func (d *Document) splitNames(w *nameScratch) {
	n := len(d.Mentions)
	for i := range n {
		m := d.Mentions[i]
		words := w.words[m.Tokens.First:m.Tokens.End]
		if len(words) < 3 || words[0].likely != groupPeople || words[0].place != partOnly || !isWhole(words[1:]) {
			continue
		}
		switch words[1].likely {
		case groupIGO, groupEvent, groupLaw, groupProduct:
			first := m.Tokens.First
			d.Mentions[i] = nameMention(d, first, first+1, seeds.NORP)
			d.Mentions = append(d.Mentions, nameMention(d, first+1, m.Tokens.End, m.Type))
		}
	}
	if len(d.Mentions) > n {
		d.sortNames()
	}
}

// isWhole reports that words are the whole of a name that knowledge has.
func isWhole(words []nameWord) bool {
	for k, word := range words {
		if int(word.place) != partOf(k, len(words)) || word.known != words[0].known || word.known == 0 {
			return false
		}
	}
	return true
}

func (d *Document) sortNames() {
	slices.SortFunc(d.Mentions, func(a, b Mention) int { return cmp.Compare(a.Start, b.Start) })
}

// A settledForm is a word whose type the article has settled elsewhere.
type settledForm struct {
	form uint32
	typ  Type
}

// settle carries what the article says in one place over to others. The last name of somebody named in full is a
// person ("Byrnes" may look like a place, and "Fish" like no name, but not after "Secretary of State Hamilton Fish");
// an acronym found once is meant every time; the first half of "Russo-Japanese" is like the second.
func (d *Document) settle(w *nameScratch) {
	w.settle(d.Mentions)
	found, next := len(d.Mentions), 0
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			for next < found && d.Mentions[next].Tokens.End <= i {
				next++
			}
			typ := w.settledType(w.words[i].form)
			free := next == found || !d.Mentions[next].Tokens.Has(i)
			after := next
			if !free {
				after++
			}
			combining := w.words[i].likely == groupCombining && after < found && d.Mentions[after].Type == seeds.NORP &&
				d.Mentions[after].Tokens.First == i+2 && d.Word(i+1) == "-"
			switch {
			case free && combining:
				d.Mentions = append(d.Mentions, nameMention(d, i, i+1, seeds.NORP))
			case free && typ != seeds.NoType && i > s.Tokens.First:
				d.Mentions = append(d.Mentions, nameMention(d, i, i+1, typ))
			case free || d.Mentions[next].Tokens.Len() > 1:
			case combining:
				d.Mentions[next].Type = seeds.NORP
			case typ == seeds.Person && d.Mentions[next].Type != seeds.NORP && w.words[i].likely != groupPolity:
				d.Mentions[next].Type = typ
			}
		}
	}
	if len(d.Mentions) > found {
		d.sortNames()
	}
	d.agree(w)
}

// agree gives names that are written alike the type that most of them have, where one has most.
func (d *Document) agree(w *nameScratch) {
	w.settled = w.settled[:0]
	for _, m := range d.Mentions {
		w.settled = append(w.settled, settledForm{hashText(d.In(m.Span)), m.Type})
	}
	slices.SortFunc(w.settled, func(a, b settledForm) int { return cmp.Or(cmp.Compare(a.form, b.form), cmp.Compare(a.typ, b.typ)) })
	forms := w.settled[:0]
	for i, most := 0, 0; i < len(w.settled); {
		s, n := w.settled[i], 0
		for ; i < len(w.settled) && w.settled[i] == s; i++ {
			n++
		}
		switch {
		case len(forms) == 0 || forms[len(forms)-1].form != s.form:
			forms, most = append(forms, s), n
		case n > most:
			forms[len(forms)-1], most = s, n
		case n == most:
			forms[len(forms)-1].typ = seeds.NoType
		}
	}
	w.settled = forms
	for i, m := range d.Mentions {
		if typ := w.settledType(hashText(d.In(m.Span))); typ != seeds.NoType {
			d.Mentions[i].Type = typ
		}
	}
}

// settle notes the words whose types the names found settle.
func (w *nameScratch) settle(names []Mention) {
	w.settled = w.settled[:0]
	for _, m := range names {
		switch last := &w.words[m.Tokens.End-1]; {
		case m.Type == seeds.Person && m.Tokens.Len() > 1 && last.class == mixedCase:
			w.settled = append(w.settled, settledForm{last.form, seeds.Person})
		case m.Tokens.Len() == 1 && last.class == upperCase && m.Span.Len() > 1:
			w.settled = append(w.settled, settledForm{last.form, m.Type})
		}
	}
	slices.SortStableFunc(w.settled, func(a, b settledForm) int { return cmp.Compare(a.form, b.form) })
}

// settledType is the type of names of that form, or NoType.
func (w *nameScratch) settledType(form uint32) Type {
	k, ok := slices.BinarySearchFunc(w.settled, form, func(s settledForm, form uint32) int { return cmp.Compare(s.form, form) })
	if !ok {
		return seeds.NoType
	}
	return w.settled[k].typ
}

// endNoName keeps names from ending at a token, as at "'s" after a name, "McDonald's" and other known ones excepted.
func endNoName(scores []int32) {
	for t := seeds.Person; t <= seeds.Product; t++ {
		scores[nameLabel(t, partOnly)] -= 1 << 20
		scores[nameLabel(t, partLast)] -= 1 << 20
	}
}

// appendNames appends the names that labels describe; labels[0] is that of the token first.
func (d *Document) appendNames(first int32, labels []uint8) {
	from := first
	for i, label := range labels {
		if label == noName {
			continue
		}
		t, part := labelType(label)
		if part == partOnly || part == partBegin {
			from = first + int32(i)
		}
		if part == partOnly || part == partLast {
			d.Mentions = append(d.Mentions, nameMention(d, from, first+int32(i)+1, t))
		}
	}
}

func nameMention(d *Document, from, to int32, t Type) Mention {
	return Mention{
		Span:   Span{d.Tokens[from].Start, d.Tokens[to-1].End},
		Tokens: Range{from, to},
		Head:   -1, Type: t, Kind: Name, Entity: -1,
	}
}

// runs calls f for every longest stretch of tokens of a sentence that can be part of names.
func (r *recognizer) runs(d *Document, w *nameScratch, tokens Range, f func(run Range)) {
	in := func(i int32) bool {
		return w.words[i].class > noLetters || r.inner[plainApostrophe(d.Word(i))] || hyphenated(d, tokens, i)
	}
	for i := tokens.First; i < tokens.End; i++ {
		if w.words[i].class <= noLetters {
			continue
		}
		from, to := i, i+1
		for from > tokens.First && in(from-1) {
			from--
		}
		for to < tokens.End && in(to) {
			to++
		}
		f(Range{from, to})
		i = to - 1
	}
}

// hyphenated reports whether token i is a part of a compound: "Moon Jae-in", "Deir ez-Zor".
func hyphenated(d *Document, tokens Range, i int32) bool {
	joined := func(hyphen, word int32) bool {
		return tokens.Has(hyphen) && d.Word(hyphen) == "-" &&
			(d.Tokens[hyphen].End == d.Tokens[word].Start || d.Tokens[word].End == d.Tokens[hyphen].Start)
	}
	return joined(i-1, i) || joined(i+1, i)
}

// plainApostrophe makes the two apostrophes one.
func plainApostrophe(s string) string {
	if s == "’" {
		return "'"
	}
	return s
}

// look fills words with what is known of each token by itself.
func (r *recognizer) look(d *Document, w *nameScratch) {
	w.words = w.words[:0]
	for i := range d.Tokens {
		w.words = append(w.words, r.word(d.Word(int32(i))))
		w.words[i].tag = d.Tokens[i].Tag
	}
}

func (r *recognizer) word(form string) (w nameWord) {
	var space [64]byte
	lower := appendLower(space[:0], form)
	w.form, w.lower = hashText(form), hashText(lower)
	w.shape, w.class = wordShape(form)
	w.fine = r.clusters.lookup(form)
	w.middle, w.coarse = r.clusters.middle(w.fine), r.clusters.coarse(w.fine)
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
	add(30, uint32(w.fine), 0)
	add(31, uint32(w.middle), 0)
	add(32, uint32(w.coarse), 0)
	add(33, uint32(w1.fine), 0)
	add(34, uint32(v1.fine), 0)
	add(35, uint32(w1.middle), 0)
	add(36, uint32(v1.middle), 0)
	add(37, uint32(w2.middle), 0)
	add(38, uint32(v2.middle), 0)
	add(39, uint32(w1.middle), uint32(w.middle))
	add(40, uint32(w.middle), uint32(v1.middle))
	add(41, w1.lower, uint32(w.coarse))
	add(42, uint32(w.coarse), v1.lower)
	add(43, w2.lower, w1.lower)
	add(44, v1.lower, v2.lower)
	add(45, uint32(w1.coarse)<<8|uint32(w.coarse), uint32(v1.coarse))
	if i == sentence.First {
		add(46, w.shape, uint32(w.middle))
	}
	// The words around the run, and its ends: "the X Y said", "X Y Ministry".
	add(50, at(run.First-1).lower, w.shape)
	add(51, at(run.End).lower, w.shape)
	add(52, at(run.End-1).lower, uint32(w.coarse))
	add(53, at(run.First).lower, uint32(w.coarse))
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
		add(48, uint32(end.middle), uint32(min(3, to-i)))
	}
	for g, known := uint32(0), w.known; known != 0; g, known = g+1, known>>1 {
		if known&1 != 0 {
			add(60, g, uint32(w.place))
		}
	}
	if w.known != 0 {
		add(61, w.known, uint32(w.place))
		add(62, uint32(w.likely)<<8|uint32(w.place), uint32(w.middle))
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
