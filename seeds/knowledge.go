package seeds

import (
	"math/bits"
	"slices"
	"strings"
)

// Knowledge is what dyad knows of the world: countries, organisations, people and their offices, places, peoples,
// events, and the names that all of them go by. It is built once, never changes and serves any number of goroutines.
// Entries, offices and countries are numbered; -1 stands for none.
type Knowledge struct {
	text    string // the tables; every ref points into it
	powers  powers
	entries []entry
	members []int32
	offices []office
	roles   []Role  // by person, then start
	byOf    []int32 // roles by polity or organisation, then office, then start
	ofFirst []int32 // where each entry's begin in byOf

	slots      []slot      // every folded name, and every beginning of one
	surfaces   []uint32    // where each name's candidates begin; one more at the end
	candidates []Candidate // of all names in a row
	titles     []uint32    // the same for titles of offices
	forms      []TitleForm
	only       []int32 // countries of TitleForm.only
	spellings  []Word  // canonical words
}

type entry struct {
	id, name, code, aliases ref
	country, capital, seat  int32
	members                 span
	roles                   span
	prior                   float32
	born                    int16
	typ                     Type
	kind                    Kind
	gender                  Gender
}

// A span is a stretch of one of the flat slices.
type span struct{ first, n uint32 }

func of[T any](s []T, r span) []T { return s[r.first : r.first+r.n : r.first+r.n] }

// An Entry is one thing in the world.
type Entry struct {
	ID        string // Wikidata's, "Q159", or "" where none is known
	Name      string
	Code      string // two-letter code of a country, acronym of an organisation
	Type      Type
	Kind      Kind
	Gender    Gender
	BirthYear int     // or 0
	Country   int32   // entry of the country it belongs to; a country's own number; of a person, that of the last office
	Capital   int32   // of a country
	Seat      int32   // of an organisation
	Prior     float32 // how often news means it, on a logarithmic scale from 0
}

// Len is the number of entries.
func (k *Knowledge) Len() int { return len(k.entries) }

// Entry returns an entry by its number.
func (k *Knowledge) Entry(i int32) Entry {
	e := &k.entries[i]
	return Entry{
		ID: e.id.in(k.text), Name: e.name.in(k.text), Code: e.code.in(k.text),
		Type: e.typ, Kind: e.kind, Gender: e.gender, BirthYear: int(e.born),
		Country: e.country, Capital: e.capital, Seat: e.seat, Prior: e.prior,
	}
}

// Label returns an entry's name as its table has it, with what tells it from others of the name: "Senate (Spain)".
func (k *Knowledge) Label(i int32) string {
	name, _, _ := strings.Cut(k.text[k.entries[i].name.off:], "\t")
	return name
}

// Members returns the countries that belong to an organisation, where that is known.
func (k *Knowledge) Members(i int32) []int32 { return of(k.members, k.entries[i].members) }

// How says by what kind of name an entry was found.
type How uint8

// The ways to name an entry. Weak ones count only where the context supports them.
const (
	ByName      How = iota
	ByOfficial      // "Russian Federation"
	ByAlias         // "Burma"
	ByAcronym       // "ASEAN", in capitals only
	ByAdjective     // "Russian"
	ByNoun          // "a Russian", "Russians"
	ByCombining     // "Russo" before a hyphen
	ByMetonym       // capital or seat for the government: "Tokyo", "the Kremlin"
	BySurname       // "Lavrov": for short names inside an article, never alone
	ByVariant       // another spelling by sound: "Sergej Lavrow"
)

var howNames = [...]string{"name", "official", "alias", "acronym", "adjective", "noun", "combining", "metonym", "surname", "variant"}

func (h How) String() string { return howNames[h] }

// A Candidate is an entry that a name may mean.
type Candidate struct {
	Entry int32
	How   How
	Weak  bool // not to be linked on its own: a surname, a common word, an organisation that every country has
}

type slot struct{ tag, value uint32 }

const (
	isPrefix    = 1 << 31
	surfaceBits = isPrefix - 1
)

// isGivenAlone marks, beside the gender, a name that hardly anybody has as a family name.
const isGivenAlone = 4

// A space keeps apart the kinds of keys that share the table.
type space uint8

const (
	exactNames space = iota
	acronyms
	looseNames
	officeTitles
	givenNames
	surnames
	respelled
	bearers
)

func slotKey(s space, h uint64) uint64 {
	h ^= uint64(s+1) * 0xD6E8FEB86659FD93
	h = (h ^ h>>32) * 0xD6E8FEB86659FD93
	h = (h ^ h>>32) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// find returns the value kept under a hash: 0 when there is none.
func (k *Knowledge) find(s space, h uint64) uint32 {
	key := slotKey(s, h)
	tag := uint32(key>>32) | 1
	mask := uint64(len(k.slots) - 1)
	for i := key & mask; ; i = (i + 1) & mask {
		if t := k.slots[i].tag; t == tag {
			return k.slots[i].value
		} else if t == 0 {
			return 0
		}
	}
}

// Fold prepares one token for look-up. It allocates nothing.
func (k *Knowledge) Fold(token string) Word {
	var space [2*maxLetters + 8]byte
	folded, flags := appendFolded(space[:0], token)
	if flags&unusable != 0 {
		return Word{flags: flags}
	}
	folded = americanize(folded)
	h := hash(folded)
	if v := k.find(respelled, h); v != 0 {
		w := k.spellings[v-1]
		w.flags = flags
		return w
	}
	loose := appendLoose(folded, folded)[len(folded):]
	return Word{exact: h, loose: hash(loose), nExact: uint8(len(folded)), nLoose: uint8(len(loose)), flags: flags}
}

// maxWords bounds the tokens of a name.
const maxWords = 24

// Longest finds the longest name that begins at the first word, and returns the number of its words and what it may
// mean, likeliest first. Some word of it must have a capital. It allocates nothing; the candidates must not be changed.
func (k *Knowledge) Longest(words []Word) (n int, found []Candidate) { return k.longest(words, false) }

func (k *Knowledge) longest(words []Word, anyCase bool) (n int, found []Candidate) {
	var exact, loose uint64
	var surface uint32
	acronymic, capitals := true, anyCase
	const exactOn, acronymOn, looseOn = 1, 2, 4
	on := exactOn | acronymOn | looseOn
	for i := range min(len(words), maxWords) {
		w := &words[i]
		if w.flags&unusable != 0 || i == 0 && w.nExact == 0 {
			break
		}
		if w.nExact == 0 {
			continue
		}
		capitals = capitals || w.flags&capital != 0
		acronymic = acronymic && w.flags&(upper|mixed) != 0
		exact = exact*k.powers[w.nExact] + w.exact
		loose = joinLoose(loose, k.powers[w.nLoose+1], w)
		best := uint32(0)
		if on&looseOn != 0 {
			v := k.find(looseNames, loose)
			best = v & surfaceBits
			if v&isPrefix == 0 {
				on &^= looseOn
			}
		}
		if on&exactOn != 0 {
			v := k.find(exactNames, exact)
			if v&surfaceBits != 0 {
				best = v & surfaceBits
			}
			if v&isPrefix == 0 {
				on &^= exactOn
			}
		}
		if on&acronymOn != 0 && acronymic {
			v := k.find(acronyms, exact)
			if v&surfaceBits != 0 {
				best = v & surfaceBits
			}
			if v&isPrefix == 0 {
				on &^= acronymOn
			}
		}
		if best != 0 && capitals {
			n, surface = i+1, best
		}
		if on == 0 || on == acronymOn && !acronymic {
			break
		}
	}
	if n == 0 {
		return 0, nil
	}
	return n, k.candidates[k.surfaces[surface-1]:k.surfaces[surface]]
}

// joinLoose extends the hash of words by sound. Unlike exact ones they keep apart where one word ends, lest names run
// into ordinary words.
func joinLoose(h, power uint64, w *Word) uint64 {
	if w.nLoose == 0 {
		return h
	}
	return h*power + w.loose
}

// Lookup returns what a whole name may mean, likeliest first, whether it has capitals or not. A leading article is
// passed over.
func (k *Knowledge) Lookup(name string) []Candidate {
	var space [maxWords]Word
	words := k.appendWords(space[:0], name)
	if n, found := k.longest(words, true); n == len(words) && n > 0 {
		return found
	}
	if rest, ok := strings.CutPrefix(name, "the "); ok {
		return k.Lookup(rest)
	}
	return nil
}

// Words folds the words of a name that was not tokenized.
func (k *Knowledge) Words(name string) []Word { return k.appendWords(nil, name) }

func (k *Knowledge) appendWords(words []Word, name string) []Word {
	for rest := name; ; {
		var token string
		if token, rest = nextToken(rest); token == "" {
			return words
		}
		words = append(words, k.Fold(token))
	}
}

// nextToken cuts the first token off a name: words part at blanks, hyphens, slashes, commas, brackets and before "'s".
func nextToken(s string) (token, rest string) {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	for i, r := range s {
		switch r {
		case ' ':
			return s[:i], s[i+1:]
		case '-', '–', '—', '‐', '‑', '/', ',', '(', ')', '"', ':', ';':
			if i == 0 {
				i = len(string(r))
			}
			return s[:i], s[i:]
		case '\'', '’':
			after := s[i+len(string(r)):]
			if i > 0 && (after == "s" || len(after) > 1 && after[0] == 's' && after[1] == ' ') {
				return s[:i], s[i:]
			}
		}
	}
	return s, ""
}

// Gender of a person or of a given name.
type Gender uint8

// The genders; NoGender is unknown, AnyGender is a given name of both.
const (
	NoGender  Gender = 0
	Male      Gender = 1
	Female    Gender = 2
	AnyGender Gender = 3
)

func (g Gender) String() string { return [...]string{"", "M", "F", "U"}[g] }

// GivenName reports whether a word is a given name, and whose.
func (k *Knowledge) GivenName(w Word) (Gender, bool) {
	v := k.find(givenNames, w.exact)
	if v == 0 {
		return NoGender, false
	}
	return Gender(v - 1), true
}

// Surname reports whether a word is a family name.
func (k *Knowledge) Surname(w Word) bool { return k.find(surnames, w.exact) != 0 }

// BearersOf returns to whom a word is given as a name, by the list of given names and by the people who bear it: NoGender
// where it is given to both or nobody is known to bear it. alone says that hardly anybody has it as a family name: who is
// called by this word only goes by the given name.
func (k *Knowledge) BearersOf(w Word) (g Gender, alone bool) {
	v := k.find(bearers, w.exact)
	return Gender(v &^ isGivenAlone), v&isGivenAlone != 0
}

// A Role is an office that a person holds or held. What is known may end before the office does: an open End means
// that the office was held at AsOf.
type Role struct {
	Person, Of       int32 // entries; Of is a polity or an organisation
	Office           int32
	Start, End, AsOf Date
	title            ref
}

// Title is the office as sources call it: "Secretary of State".
func (k *Knowledge) Title(r Role) string { return r.title.in(k.text) }

// stale is the number of years after which an open role says nothing any more.
const stale = 2

// Holds says whether the role was held on a date: +1 yes, 0 perhaps (dates are too coarse, or a little later than what
// is known), -1 no.
func (r Role) Holds(on Date) int {
	open := r.End.IsZero()
	switch {
	case on.IsZero():
		return 0
	case on.Before(r.Start), !open && r.End.Before(on), open && !r.AsOf.IsZero() && on.Year > r.AsOf.Year+stale:
		return -1
	case r.Start.IsZero(), !r.Start.Before(on) && r.Start != on: // in the year it began
		return 0
	case open && (r.AsOf.IsZero() || r.AsOf.Before(on)), !open && !on.Before(r.End): // after what is known, in its last days
		return 0
	}
	return 1
}

// RolesOf returns the roles of a person by their start.
func (k *Knowledge) RolesOf(person int32) []Role { return of(k.roles, k.entries[person].roles) }

// Holders appends the roles in which somebody held an office of a polity or organisation on a date: the certain ones,
// or if there are none the possible ones. A zero date asks for all.
func (k *Knowledge) Holders(dst []Role, office, of int32, on Date) []Role {
	start := len(dst)
	for certainty := 1; certainty >= 0 && len(dst) == start; certainty-- {
		for _, i := range k.byOf[k.ofFirst[of]:k.ofFirst[of+1]] {
			r := k.roles[i]
			if r.Office == office && (on.IsZero() || r.Holds(on) == certainty) {
				dst = append(dst, r)
			}
		}
	}
	return dst
}

// An Office is a post under its canonical name, "Minister of Foreign Affairs", whatever the country calls it.
type Office struct {
	Name      string
	Role      RoleType
	Portfolio string // "foreign", "defence" …, or "" where there is none
}

type office struct {
	name, portfolio ref
	role            RoleType
}

// Offices is the number of offices.
func (k *Knowledge) Offices() int { return len(k.offices) }

// Office returns an office by its number.
func (k *Knowledge) Office(i int32) Office {
	o := k.offices[i]
	return Office{o.name.in(k.text), o.role, o.portfolio.in(k.text)}
}

// OfficeNamed returns the number of the office of that canonical name, or -1.
func (k *Knowledge) OfficeNamed(name string) int32 {
	return int32(slices.IndexFunc(k.offices, func(o office) bool { return o.name.in(k.text) == name }))
}

// A TitleForm is an office that a title may mean: "secretary of state" is the minister of foreign affairs, of the
// United States only.
type TitleForm struct {
	Office int32
	Gender Gender // of its bearer, where the title says it: "queen"
	only   span
}

// AppliesTo reports whether the title has that meaning in a country; of country -1 it may.
func (k *Knowledge) AppliesTo(f TitleForm, country int32) bool {
	return f.only.n == 0 || country < 0 || slices.Contains(of(k.only, f.only), country)
}

// LongestTitle finds the longest title of an office that begins at the first word: "Foreign Minister", "Minister of
// Defence", "Gen.". It allocates nothing.
func (k *Knowledge) LongestTitle(words []Word) (n int, found []TitleForm) {
	var h uint64
	for i := range min(len(words), maxWords) {
		w := words[i]
		if w.flags&unusable != 0 || i == 0 && w.nExact == 0 {
			break
		}
		if w.nExact == 0 {
			continue
		}
		h = h*k.powers[w.nExact] + w.exact
		v := k.find(officeTitles, h)
		if t := v & surfaceBits; t != 0 {
			n, found = i+1, k.forms[k.titles[t-1]:k.titles[t]]
		}
		if v&isPrefix == 0 {
			break
		}
	}
	return n, found
}

// ByID returns the entry with a Wikidata identifier, or -1. It searches; not for inner loops.
func (k *Knowledge) ByID(id string) int32 {
	return int32(slices.IndexFunc(k.entries, func(e entry) bool { return id != "" && e.id.in(k.text) == id }))
}

func tableSize(keys int) int { return 1 << bits.Len(uint(keys+keys/2)) }
