package seeds

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The tables, in the order in which they are read.
var (
	countryTable  = schema{"countries", []string{"name", "id", "iso2", "iso3", "official", "aliases", "adjectives", "nouns", "capital", "seats", "combining", "region", "kind", "seen"}, 1}
	orgTable      = schema{"organisations", []string{"name", "id", "acronym", "aliases", "kind", "country", "seat", "founded", "members", "seen"}, 1}
	placeTable    = schema{"places", []string{"name", "id", "country", "kind", "aliases", "population", "seen"}, 1}
	peopleTable   = schema{"people", []string{"name", "id", "surname", "given", "aliases", "gender", "born", "seen"}, 1}
	groupTable    = schema{"groups", []string{"name", "id", "aliases", "kind", "of", "seen"}, 1}
	thingTable    = schema{"things", []string{"name", "id", "aliases", "kind", "date", "seen"}, 1}
	demonymTable  = schema{"demonyms", []string{"of", "adjectives", "nouns"}, 1}
	officeTable   = schema{"offices", []string{"office", "role", "titles", "male", "female", "fields"}, 2}
	roleTable     = schema{"roles", []string{"person", "office", "of", "title", "start", "end", "as_of"}, 3}
	givenTable    = schema{"given_names", []string{"name", "gender", "countries"}, 1}
	surnameTable  = schema{"surnames", []string{"name", "countries"}, 1}
	spellingTable = schema{"spellings", []string{"word", "variants"}, 2}
	surfaceTable  = schema{"surfaces", []string{"surface", "rule", "means", "cue"}, 2}
)

// tables lists the schemas in reading order; entities come before what refers to them.
var tables = [...]schema{countryTable, orgTable, placeTable, peopleTable, groupTable, thingTable, demonymTable,
	officeTable, roleTable, givenTable, surnameTable, spellingTable, surfaceTable}

// A builder turns tables into Knowledge.
type builder struct {
	k      *Knowledge
	r      *tableReader
	tables map[string]*table
	made   map[string]made
	keys   map[string]int32 // entries by identifier, code and unambiguous name

	names       []named           // every surface with what it may mean
	titles      []titled          // every title with its office
	words       map[uint64]uint32 // values of slots by key
	placesNamed map[string][]int32
	weak        map[uint64]bool // exact hashes of surfaces that are not to be linked on their own
	defaults    map[uint64]int32
}

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

func (b *builder) fail(t *table, row, col int, format string, args ...any) {
	at := t.cell(row, col).off
	if t.cell(row, col).n == 0 {
		at = t.rows[row].start
	}
	b.r.fail(t.rows[row], at, format, args...)
}

// latest lists the rows of a table, of rows with one key the last.
func latest(t *table, key func(row int) string) []int {
	last := make(map[string]int, t.len())
	for i := range t.len() {
		last[key(i)] = i
	}
	rows := make([]int, 0, len(last))
	for i := range t.len() {
		if last[key(i)] == i {
			rows = append(rows, i)
		}
	}
	return rows
}

// entityKey is the identifier of an entity's row, or its name where there is none, of a place with its country.
func entityKey(t *table, row int) string {
	if id := t.get(row, 1); id != "" {
		return id
	}
	if t.name == placeTable.name {
		return t.get(row, 0) + "\t" + t.get(row, 2)
	}
	return t.get(row, 0)
}

// made are the rows of a table of entities that became entries, and the first of these.
type made struct {
	rows  []int
	first int32
}

// each calls f for every row that became an entry.
func (b *builder) each(s schema, f func(t *table, row int, i int32)) {
	m := b.made[s.name]
	for n, row := range m.rows {
		f(b.tables[s.name], row, m.first+int32(n))
	}
}

// entities makes an entry of every row of a table of entities.
func (b *builder) entities(s schema, fill func(t *table, row int, e *entry)) {
	t := b.tables[s.name]
	first := int32(len(b.k.entries))
	rows := latest(t, func(i int) string { return entityKey(t, i) })
	b.made[s.name] = made{rows, first}
	for _, row := range rows {
		e := entry{name: t.cell(row, 0), id: t.cell(row, 1), country: -1, capital: -1, seat: -1}
		if e.name.n == 0 {
			b.fail(t, row, 0, "no name")
		}
		if id := t.get(row, 1); id != "" && !isID(id) {
			b.fail(t, row, 1, "identifier %q: want Q and digits", id)
		}
		if seen := t.get(row, len(s.columns)-1); seen != "" {
			n, err := strconv.ParseUint(seen, 10, 32)
			if err != nil {
				b.fail(t, row, len(s.columns)-1, "seen %q: want a number", seen)
			}
			e.prior = float32(math.Round(1000*math.Log10(1+float64(n)))) / 1000 // rounded: the same on any processor
		}
		fill(t, row, &e)
		e.typ = e.kind.Type()
		e.name.n = uint32(len(unlabelled(t.get(row, 0))))
		i := int32(len(b.k.entries))
		b.k.entries = append(b.k.entries, e)
		b.key(t.get(row, 1), i)
		b.key(t.get(row, 0), i)
	}
}

// unlabelled cuts the label off a name that others bear too: "Conservative Party (UK)".
func unlabelled(name string) string {
	if open := strings.LastIndex(name, " ("); open > 0 && strings.HasSuffix(name, ")") {
		return name[:open]
	}
	return name
}

func isID(s string) bool {
	return len(s) > 1 && s[0] == 'Q' && strings.Trim(s[1:], "0123456789") == ""
}

// key makes an entry reachable by a text that other tables refer to it with. The first one keeps it.
func (b *builder) key(s string, i int32) {
	if s == "" {
		return
	}
	if _, taken := b.keys[s]; !taken {
		b.keys[s] = i
	}
}

func (b *builder) kind(t *table, row, col int, first, last Kind) Kind {
	k, err := parseKind(t.get(row, col), first, last)
	if err != nil {
		b.fail(t, row, col, "%v", err)
	}
	return k
}

func (b *builder) number(t *table, row, col int) int {
	s := t.get(row, col)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		b.fail(t, row, col, "%s %q: want a number", t.columns[col], s)
	}
	return n
}

// refer returns the entry that a cell refers to, or -1 when it is empty.
func (b *builder) refer(t *table, row, col int) int32 {
	s := t.get(row, col)
	if s == "" {
		return -1
	}
	if i, ok := b.keys[s]; ok {
		return i
	}
	b.fail(t, row, col, "%s %q is in no table; add it there, or use a country's two-letter code, an identifier or a name", t.columns[col], s)
	return -1
}

func (b *builder) countries() {
	b.entities(countryTable, func(t *table, row int, e *entry) {
		e.code, e.aliases = t.cell(row, 2), t.cell(row, 5)
		e.kind = b.kind(t, row, 12, Sovereign, Historical)
		e.country = int32(len(b.k.entries))
		b.key(t.get(row, 2), e.country)
	})
}

func (b *builder) organisations() {
	b.entities(orgTable, func(t *table, row int, e *entry) {
		e.code, e.aliases = t.cell(row, 2), t.cell(row, 3)
		e.kind = b.kind(t, row, 4, IGO, Bank)
		if t.get(row, 5) != "" && !strings.Contains(t.get(row, 5), "|") {
			e.country = b.refer(t, row, 5)
		}
		first := uint32(len(b.k.members))
		t.list(row, 8, func(item ref) {
			if m, ok := b.keys[item.in(t.text)]; ok {
				b.k.members = append(b.k.members, m)
			} else {
				b.r.fail(t.rows[row], item.off, "member %q is no country's two-letter code", item.in(t.text))
			}
		})
		e.members = span{first, uint32(len(b.k.members)) - first}
		i := int32(len(b.k.entries))
		b.key(t.get(row, 2), i)
		t.list(row, 3, func(item ref) { b.key(item.in(t.text), i) })
	})
}

func (b *builder) places() {
	b.entities(placeTable, func(t *table, row int, e *entry) {
		e.aliases = t.cell(row, 4)
		e.kind = b.kind(t, row, 3, City, Base)
		b.placesNamed[t.get(row, 0)] = append(b.placesNamed[t.get(row, 0)], int32(len(b.k.entries)))
		if t.get(row, 2) != "" && !strings.Contains(t.get(row, 2), "|") {
			e.country = b.refer(t, row, 2)
		}
		e.prior += float32(b.number(t, row, 5)/100_000) / 1000 // of two of one name, the larger
	})
}

func (b *builder) people() {
	b.entities(peopleTable, func(t *table, row int, e *entry) {
		e.kind, e.aliases = Human, t.cell(row, 4)
		switch g := t.get(row, 5); g {
		case "", "M", "F":
			e.gender = map[string]Gender{"": NoGender, "M": Male, "F": Female}[g]
		default:
			b.fail(t, row, 5, "gender %q: want M, F or nothing", g)
		}
		e.born = int16(b.number(t, row, 6))
	})
}

func (b *builder) groups() {
	b.entities(groupTable, func(t *table, row int, e *entry) {
		e.aliases = t.cell(row, 2)
		e.kind = b.kind(t, row, 3, Religion, Inhabitants)
		e.seat = b.refer(t, row, 4)
	})
}

func (b *builder) things() {
	b.entities(thingTable, func(t *table, row int, e *entry) {
		e.aliases = t.cell(row, 2)
		e.kind = b.kind(t, row, 3, Conflict, OtherThing)
	})
}

// seats resolves capitals and seats once places are known.
func (b *builder) seats() {
	b.each(countryTable, func(t *table, row int, i int32) {
		b.k.entries[i].capital = b.place(t.get(row, 8), i)
	})
	b.each(orgTable, func(t *table, row int, i int32) {
		b.k.entries[i].seat = b.place(t.get(row, 6), b.k.entries[i].country)
	})
}

// place finds a place by name, in a country where several have that name, or -1.
func (b *builder) place(name string, country int32) int32 {
	if name == "" {
		return -1
	}
	found := int32(-1)
	for _, i := range b.placesNamed[name] {
		if b.k.entries[i].country == country {
			return i
		}
		found = i
	}
	return found
}

func (b *builder) officesAndRoles() {
	t := b.tables[officeTable.name]
	offices := map[string]int32{}
	for _, row := range latest(t, func(i int) string { return t.get(i, 0) }) {
		role, err := parseRoleType(t.get(row, 1))
		if err != nil {
			b.fail(t, row, 1, "%v", err)
		}
		o := office{name: t.cell(row, 0), role: role}
		t.list(row, 5, func(item ref) {
			if o.portfolio.n == 0 {
				o.portfolio = item
			}
		})
		offices[t.get(row, 0)] = int32(len(b.k.offices))
		b.k.offices = append(b.k.offices, o)
		b.officeTitles(t, row, int32(len(b.k.offices)-1))
	}

	t = b.tables[roleTable.name]
	for _, row := range latest(t, func(i int) string {
		return t.get(i, 0) + "\t" + t.get(i, 1) + "\t" + t.get(i, 2) + "\t" + t.get(i, 4)
	}) {
		var r Role
		r.Person, r.Of, r.title = b.refer(t, row, 0), b.refer(t, row, 2), t.cell(row, 3)
		var ok bool
		if r.Office, ok = offices[t.get(row, 1)]; !ok {
			b.fail(t, row, 1, "office %q is not in offices.tsv", t.get(row, 1))
		}
		for i, date := range []*Date{&r.Start, &r.End, &r.AsOf} {
			col := 4 + i
			if s := t.get(row, col); s != "" {
				d, err := ParseDate(s)
				if err != nil {
					b.fail(t, row, col, "%v", err)
				}
				*date = d
			}
		}
		if !r.Start.IsZero() && !r.End.IsZero() && r.End.Before(r.Start) {
			b.fail(t, row, 5, "ends before it starts")
		}
		if r.Person >= 0 && r.Of >= 0 && ok {
			b.k.roles = append(b.k.roles, r)
		}
	}
	b.indexRoles()
}

func (d Date) compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

func (b *builder) indexRoles() {
	k := b.k
	slices.SortStableFunc(k.roles, func(x, y Role) int {
		return cmp.Or(cmp.Compare(x.Person, y.Person), x.Start.compare(y.Start))
	})
	for i, r := range k.roles {
		e := &k.entries[r.Person]
		if e.roles.n == 0 {
			e.roles.first = uint32(i)
		}
		e.roles.n++
		if c := k.entries[r.Of].country; c >= 0 && (e.country < 0 || k.entries[r.Of].kind.IsPolity()) {
			e.country = c
		}
		k.byOf = append(k.byOf, int32(i))
	}
	slices.SortStableFunc(k.byOf, func(x, y int32) int {
		p, q := k.roles[x], k.roles[y]
		return cmp.Or(cmp.Compare(p.Of, q.Of), cmp.Compare(p.Office, q.Office), p.Start.compare(q.Start))
	})
	k.ofFirst = make([]int32, len(k.entries)+1)
	for _, i := range k.byOf {
		k.ofFirst[k.roles[i].Of+1]++
	}
	for i := 1; i < len(k.ofFirst); i++ {
		k.ofFirst[i] += k.ofFirst[i-1]
	}
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

// build makes Knowledge of the tables' text.
func build(r *tableReader, ts map[string]*table) (*Knowledge, error) {
	b := &builder{
		k: &Knowledge{text: r.text, powers: powersOf(base), slots: make([]slot, 1)},
		r: r, tables: ts, made: map[string]made{}, keys: map[string]int32{}, words: map[uint64]uint32{}, placesNamed: map[string][]int32{},
	}
	b.spell()
	b.countries()
	b.organisations()
	b.places()
	b.people()
	b.groups()
	b.things()
	b.seats()
	b.officesAndRoles()
	b.rules()
	b.surfaces()
	b.demonyms()
	b.single()
	b.groupNames()
	b.k.slots = fillSlots(b.words)
	if err := r.err(); err != nil {
		return nil, err
	}
	return b.k, nil
}
