package seeds

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A named is one surface and one candidate.
type named struct {
	space space
	hash  uint64
	score float32
	Candidate
}

type titled struct {
	hash uint64
	form TitleForm
}

// ministers are the ways to call the minister of a field. (A foreign secretary is one in some countries only.)
var ministers = []string{"%s minister", "minister of %s", "minister for %s", "minister of the %s", "minister for the %s", "secretary of %s"}

// officeTitles adds the titles of an office. "(GB,IN)" behind one restricts it to these countries; fields of
// ministers make the usual patterns.
func (b *builder) officeTitles(t *table, row int, i int32) {
	for col := 2; col <= 4; col++ {
		t.list(row, col, func(item ref) {
			form := TitleForm{Office: i, Gender: [...]Gender{2: NoGender, 3: Male, 4: Female}[col]}
			title := item.in(t.text)
			if open := strings.LastIndex(title, " ("); open > 0 && strings.HasSuffix(title, ")") {
				form.only.first = uint32(len(b.k.only))
				for code := range strings.SplitSeq(title[open+2:len(title)-1], ",") {
					c, ok := b.keys[code]
					if !ok {
						b.r.fail(t.rows[row], item.off, "%q: %q is no country's code", title, code)
					}
					b.k.only = append(b.k.only, c)
				}
				form.only.n = uint32(len(b.k.only)) - form.only.first
				title = title[:open]
			}
			b.title(title, form)
		})
	}
	t.list(row, 5, func(item ref) {
		for _, pattern := range ministers {
			b.title(fmt.Sprintf(pattern, item.in(t.text)), TitleForm{Office: i})
		}
	})
	b.title(t.get(row, 0), TitleForm{Office: i})
}

func (b *builder) title(title string, form TitleForm) {
	if h, ok := b.prefixes(officeTitles, title); ok {
		b.titles = append(b.titles, titled{h, form})
	}
}

// prefixes marks every beginning of a surface in the table and returns the hash of the whole.
func (b *builder) prefixes(s space, surface string) (h uint64, ok bool) {
	words := b.k.Words(surface)
	if len(words) > maxWords {
		return 0, false
	}
	letters := 0
	var marks []uint64
	for i := range words {
		w := &words[i]
		if w.flags&unusable != 0 {
			return 0, false
		}
		if w.nExact == 0 || s == looseNames && w.nLoose == 0 {
			continue
		}
		if letters > 0 {
			marks = append(marks, h)
		}
		letters += int(w.nExact)
		if s == looseNames {
			h = joinLoose(h, b.k.powers[w.nLoose+1], w)
		} else {
			h = h*b.k.powers[w.nExact] + w.exact
		}
	}
	if letters == 0 {
		return 0, false
	}
	for _, m := range marks {
		b.words[slotKey(s, m)] |= isPrefix
	}
	return h, true
}

// isAcronym tells names that count only when written with their capitals: "ASEAN", "LeT".
func isAcronym(s string) bool {
	if len(s) > 10 || strings.ContainsRune(s, ' ') {
		return false
	}
	capitals, small := 0, 0
	for i, r := range s {
		switch {
		case unicode.IsLower(r):
			small++
		case unicode.IsDigit(r), unicode.IsUpper(r) && i > 0:
			capitals++
		}
	}
	return capitals > 0 && (small == 0 || len(s) <= 5)
}

// name adds a surface of an entry.
func (b *builder) name(surface string, i int32, how How) {
	if rest, ok := strings.CutPrefix(surface, "the "); ok {
		surface = rest
	}
	s := exactNames
	if isAcronym(surface) && how != BySurname {
		s = acronyms
		if how == ByAlias {
			how = ByAcronym
		}
	}
	c := Candidate{Entry: i, How: how, Weak: how == BySurname || how == ByCombining}
	h, ok := b.prefixes(s, surface)
	if !ok {
		return
	}
	b.names = append(b.names, named{space: s, hash: h, Candidate: c})
	if s == acronyms {
		return
	}
	if how <= ByAlias && b.sounds(surface, b.k.entries[i].kind) {
		c.How = ByVariant
		if h, ok := b.prefixes(looseNames, surface); ok {
			b.names = append(b.names, named{space: looseNames, hash: h, Candidate: c})
		}
	}
}

// sounds reports whether a surface is looked up by sound as well: when it has two words that count, or is a long name
// of a person, place or armed group. Other single words sound like too many that are no names.
func (b *builder) sounds(surface string, kind Kind) bool {
	all, sounding := b.soundWords(surface)
	switch kind {
	case Human, City, State, ArmedGroup:
		return sounding > 1 || all == 1 && sounding == 1 && utf8.RuneCountInString(surface) > 6
	}
	return sounding > 1
}

// soundWords counts the words of a surface that take part in look-up, and those that do so by sound.
func (b *builder) soundWords(surface string) (all, sounding int) {
	for _, w := range b.k.Words(surface) {
		if w.nExact > 0 {
			all++
		}
		if w.nLoose > 0 {
			sounding++
		}
	}
	return all, sounding
}

// surfaces adds the names of all entries.
func (b *builder) surfaces() {
	for _, s := range tables[:6] {
		b.each(s, func(t *table, row int, i int32) {
			b.name(unlabelled(t.get(row, 0)), i, ByName)
			add := func(col int, how How) {
				t.list(row, col, func(item ref) { b.name(item.in(t.text), i, how) })
			}
			switch s.name {
			case "countries":
				add(4, ByOfficial)
				add(5, ByAlias)
				add(6, ByAdjective)
				add(7, ByNoun)
				if b.k.entries[i].kind != Territory {
					add(8, ByMetonym)
				}
				add(9, ByMetonym)
				add(10, ByCombining)
			case "organisations":
				add(2, ByAcronym)
				add(3, ByAlias)
			case "places", "people":
				add(4, ByAlias)
			case "groups", "things":
				add(2, ByAlias)
			}
			if s.name == "people" {
				b.familyNames(t, row, i)
			}
		})
	}
}

// particles stand before family names and are often left out: Villepin, Maliki, Assad.
var particles = []string{"de ", "al-", "el-", "Al ", "El ", "al ", "el ", "von ", "van ", "van der ", "von der ", "da ", "dos ", "di "}

// familyNames adds what news calls a person by after the first mention: the family name, it without its particle, and
// its other spellings as aliases have them.
func (b *builder) familyNames(t *table, row int, i int32) {
	family := t.get(row, 2)
	if family == "" {
		return
	}
	b.name(family, i, BySurname)
	for _, p := range particles {
		if rest, ok := strings.CutPrefix(family, p); ok && len(rest) > 3 {
			b.name(rest, i, BySurname)
		}
	}
	t.list(row, 4, func(item ref) {
		alias := item.in(t.text)
		last := alias[strings.LastIndexByte(alias, ' ')+1:]
		if len(last) < len(alias) && last != family && sameStart(last, family) {
			b.name(last, i, BySurname)
		}
	})
}

// sameStart reports whether two names agree in their first three letters, as spellings of one name do.
func sameStart(a, b string) bool {
	x, _ := appendFolded(nil, a)
	y, _ := appendFolded(nil, b)
	return len(x) > 3 && len(y) > 3 && string(x[:3]) == string(y[:3])
}

// demonyms adds what the people of places other than countries are called.
func (b *builder) demonyms() {
	t := b.tables[demonymTable.name]
	for row := range t.len() {
		i := b.refer(t, row, 0)
		if i < 0 {
			continue
		}
		t.list(row, 1, func(item ref) { b.name(item.in(t.text), i, ByAdjective) })
		t.list(row, 2, func(item ref) { b.name(item.in(t.text), i, ByNoun) })
	}
}

// spell reads the table of spellings. It must come before any name is folded.
func (b *builder) spell() {
	t := b.tables[spellingTable.name]
	for i := range t.len() {
		word := b.k.Fold(t.get(i, 0))
		b.k.spellings = append(b.k.spellings, word)
		t.list(i, 1, func(item ref) {
			b.words[slotKey(respelled, b.k.Fold(item.in(t.text)).exact)] = uint32(len(b.k.spellings))
		})
	}
	b.k.slots = fillSlots(b.words)
}

// single adds the given names and surnames.
func (b *builder) single() {
	t := b.tables[givenTable.name]
	for i := range t.len() {
		g, ok := map[string]Gender{"": NoGender, "M": Male, "F": Female, "U": AnyGender}[t.get(i, 1)]
		if !ok {
			b.fail(t, i, 1, "gender %q: want M, F, U or nothing", t.get(i, 1))
		}
		key := slotKey(givenNames, b.whole(t.get(i, 0)))
		if v := b.words[key]; v != 0 {
			g |= Gender(v - 1)
		}
		b.words[key] = uint32(g) + 1
	}
	t = b.tables[surnameTable.name]
	for i := range t.len() {
		b.words[slotKey(surnames, b.whole(t.get(i, 0)))] = 1
	}
}

// bearers says of given names who bears them, and whether they are family names as well. How the people of the tables use
// a name outweighs the list of surnames, which has every name that anybody bears.
func (b *builder) bearers() {
	type uses struct{ given, men, women, family int }
	used := map[uint64]*uses{}
	of := func(w Word) *uses {
		if used[w.exact] == nil {
			used[w.exact] = &uses{}
		}
		return used[w.exact]
	}
	t := b.tables[givenTable.name]
	for i := range t.len() {
		if w := b.k.Words(t.get(i, 0)); len(w) == 1 {
			of(w[0])
		}
	}
	t = b.tables[peopleTable.name]
	for i := range t.len() {
		for _, w := range b.k.Words(t.get(i, 2)) {
			of(w).family++
		}
		given := b.k.Words(t.get(i, 3))
		if len(given) == 0 {
			continue
		}
		u := of(given[0])
		u.given++
		switch t.get(i, 5) {
		case "M":
			u.men++
		case "F":
			u.women++
		}
	}
	for h, u := range used {
		listed := Gender(max(1, b.words[slotKey(givenNames, h)]) - 1)
		switch {
		case u.men > 4*u.women:
			listed |= Male
		case u.women > 4*u.men:
			listed |= Female
		case u.men+u.women > 0:
			listed = AnyGender
		}
		if listed == NoGender || listed == AnyGender {
			continue
		}
		v := uint32(listed)
		if u.given >= 2*u.family && (u.given > 0 || b.words[slotKey(surnames, h)] == 0) {
			v |= isGivenAlone
		}
		b.words[slotKey(bearers, h)] = v
	}
}

func (b *builder) whole(s string) (h uint64) {
	for _, w := range b.k.Words(s) {
		h = h*b.k.powers[w.nExact] + w.exact
	}
	return h
}

// rules reads the table of surfaces: which are weak, and what ambiguous ones mean by default.
func (b *builder) rules() {
	t := b.tables[surfaceTable.name]
	b.weak, b.defaults = map[uint64]bool{}, map[uint64]int32{}
	for i := range t.len() {
		h := b.whole(t.get(i, 0))
		switch rule := t.get(i, 1); rule {
		case "weak":
			b.weak[h] = true
		case "default":
			b.defaults[h] = b.refer(t, i, 2)
		default:
			b.fail(t, i, 1, "unknown rule %q; want weak or default", rule)
		}
	}
}

// score says how likely a candidate is among those of its surface.
func (b *builder) score(n *named) float32 {
	s := b.k.entries[n.Entry].prior
	if d, ok := b.defaults[n.hash]; ok && d == n.Entry {
		s += 1000
	}
	if n.Weak {
		s -= 500
	}
	if n.How == ByMetonym {
		s -= 10
	}
	return s
}

// order sorts names by surface, and those of one by score.
func (n *named) order(m *named) int {
	switch {
	case n.space != m.space:
		return cmp.Compare(n.space, m.space)
	case n.hash != m.hash:
		return cmp.Compare(n.hash, m.hash)
	case n.score != m.score:
		return -cmp.Compare(n.score, m.score)
	}
	return cmp.Or(cmp.Compare(n.Entry, m.Entry), cmp.Compare(n.How, m.How))
}

// groupNames lays the candidates of each surface in a row.
func (b *builder) groupNames() {
	for i := range b.names {
		n := &b.names[i]
		n.Weak = n.Weak || b.weak[n.hash] && n.space != looseNames
		n.score = b.score(n)
	}
	slices.SortFunc(b.names, func(x, y named) int { return x.order(&y) })
	k := b.k
	for i, n := range b.names {
		if i == 0 || b.names[i-1].space != n.space || b.names[i-1].hash != n.hash {
			k.surfaces = append(k.surfaces, uint32(len(k.candidates)))
			b.words[slotKey(n.space, n.hash)] |= uint32(len(k.surfaces))
		} else if last := k.candidates[len(k.candidates)-1]; last.Entry == n.Entry {
			continue
		}
		k.candidates = append(k.candidates, n.Candidate)
	}
	k.surfaces = append(k.surfaces, uint32(len(k.candidates)))

	slices.SortStableFunc(b.titles, func(x, y titled) int { return cmp.Compare(x.hash, y.hash) })
	for i, t := range b.titles {
		if i == 0 || b.titles[i-1].hash != t.hash {
			k.titles = append(k.titles, uint32(len(k.forms)))
			b.words[slotKey(officeTitles, t.hash)] |= uint32(len(k.titles))
		} else if slices.Contains(k.forms[k.titles[len(k.titles)-1]:], t.form) {
			continue
		}
		k.forms = append(k.forms, t.form)
	}
	k.titles = append(k.titles, uint32(len(k.forms)))
}

func fillSlots(values map[uint64]uint32) []slot {
	keys := make([]uint64, 0, len(values))
	for key := range values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	slots := make([]slot, tableSize(len(keys)))
	mask := uint64(len(slots) - 1)
	for _, key := range keys {
		i := key & mask
		for slots[i].tag != 0 {
			i = (i + 1) & mask
		}
		slots[i] = slot{uint32(key>>32) | 1, values[key]}
	}
	return slots
}
