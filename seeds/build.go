package seeds

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
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
	officeNamed map[string]int32
	weak        map[uint64]bool // exact hashes of surfaces that are not to be linked on their own
	defaults    map[uint64]int32
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

func (b *builder) offices() {
	t := b.tables[officeTable.name]
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
		i := int32(len(b.k.offices))
		b.k.offices = append(b.k.offices, o)
		b.officeNamed[t.get(row, 0)] = i
		b.officeTitles(t, row, i)
	}
}

func (b *builder) roles() {
	t := b.tables[roleTable.name]
	key := func(i int) string { return t.get(i, 0) + "\t" + t.get(i, 1) + "\t" + t.get(i, 2) + "\t" + t.get(i, 4) }
	for _, row := range latest(t, key) {
		r := Role{
			Person: b.refer(t, row, 0), Of: b.refer(t, row, 2), title: t.cell(row, 3),
			Start: b.date(t, row, 4), End: b.date(t, row, 5), AsOf: b.date(t, row, 6),
		}
		var ok bool
		if r.Office, ok = b.officeNamed[t.get(row, 1)]; !ok {
			b.fail(t, row, 1, "office %q is not in offices.tsv", t.get(row, 1))
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

func (b *builder) date(t *table, row, col int) Date {
	s := t.get(row, col)
	if s == "" {
		return Date{}
	}
	d, err := ParseDate(s)
	if err != nil {
		b.fail(t, row, col, "%v", err)
	}
	return d
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

// build makes Knowledge of the tables' text.
func build(r *tableReader, ts map[string]*table) (*Knowledge, error) {
	b := &builder{
		k: &Knowledge{text: r.text, powers: powersOf(base), slots: make([]slot, 1)},
		r: r, tables: ts, made: map[string]made{}, keys: map[string]int32{}, words: map[uint64]uint32{},
		placesNamed: map[string][]int32{}, officeNamed: map[string]int32{},
	}
	b.spell()
	b.countries()
	b.organisations()
	b.places()
	b.people()
	b.groups()
	b.things()
	b.seats()
	b.offices()
	b.roles()
	b.rules()
	b.surfaces()
	b.demonyms()
	b.single()
	b.bearers()
	b.groupNames()
	b.k.slots = fillSlots(b.words)
	if err := r.err(); err != nil {
		return nil, err
	}
	return b.k, nil
}
