package main

import (
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A varier copies annotated texts with other names of the same kind in them, taken from the tables of knowledge:
// "Iraqi Prime Minister Iyad Allawi" becomes "Ghanaian Prime Minister Ursula von der Leyen". A model that has seen
// both learns what surrounds names and what they are made of, instead of the names themselves.
type varier struct {
	random  *rand.Rand
	country map[string]string // name, adjective or noun of a country: the country
	city    map[string]bool
	stock   map[stock][]map[string]string // rows of the tables
}

// A stock is what names of one kind are taken from.
type stock uint8

const (
	anyPerson stock = iota
	anyCountry
	anyCombining // countries with a form for compounds: "Russo-"
	anyCity
	anyRegion // without "the" in front
	anyWater  // with it
	anyShort  // regions known by an acronym: "APAC"
	anyBuilding
	anyBareOrg // without "the"
	anyOrg     // with it
	anyAcronym
	anyEvent
	anyTreaty
	anyProduct
	noStock
)

// stockOf says which stock the entries of a kind belong to.
var stockOf = map[string]stock{
	"city": anyCity, "region": anyRegion, "continent": anyRegion, "island": anyRegion, "sea": anyWater, "river": anyWater,
	"strait": anyWater, "mountain": anyWater, "building": anyBuilding, "base": anyBuilding,
	"igo": anyOrg, "agency": anyOrg, "court": anyOrg, "ngo": anyOrg, "military": anyOrg, "party": anyOrg, "bank": anyOrg,
	"company": anyBareOrg, "armed_group": anyBareOrg, "news_agency": anyBareOrg,
	"conflict": anyEvent, "summit": anyEvent, "treaty": anyTreaty, "weapon": anyProduct, "vehicle": anyProduct,
}

func newVarier(root fs.FS) (*varier, error) {
	v := &varier{
		random:  rand.New(rand.NewPCG(7, 7)),
		country: make(map[string]string), city: make(map[string]bool), stock: make(map[stock][]map[string]string),
	}
	for _, table := range []string{"people", "countries", "places", "organisations", "things"} {
		rows, err := readTable(root, table)
		if err != nil {
			return nil, err
		}
		for _, row := range rows {
			if strings.Contains(row["name"], "(") {
				continue
			}
			for _, s := range v.stocks(table, row) {
				v.stock[s] = append(v.stock[s], row)
			}
		}
	}
	return v, nil
}

// stocks returns where a row of a table belongs, and notes what names countries and cities have.
func (v *varier) stocks(table string, row map[string]string) (s []stock) {
	switch table {
	case "people":
		if first, found := strings.CutSuffix(row["name"], row["surname"]); found && first != "" && row["surname"] != "" {
			s = append(s, anyPerson)
		}
	case "countries":
		if form, _, _ := strings.Cut(row["combining"], "|"); strings.HasSuffix(form, "o-") && row["name"] != "Congo" {
			s = append(s, anyCombining)
		}
		if row["kind"] == "sovereign" && !strings.Contains(row["name"], " ") { // "the United States" keeps its article
			s = append(s, anyCountry)
			for _, name := range strings.Split(row["name"]+"|"+row["adjectives"]+"|"+row["nouns"], "|") {
				v.country[name] = row["name"]
			}
		}
	default:
		kind, ok := stockOf[row["kind"]]
		if ok {
			s = append(s, kind)
		}
		if kind == anyRegion && acronym(row) != "" {
			s = append(s, anyShort)
		}
		v.city[row["name"]] = row["kind"] == "city"
		if row["acronym"] != "" {
			s = append(s, anyAcronym)
		}
	}
	return s
}

// copies returns one copy of a text, now and then all in capitals, two if it has names of the types that occur seldom.
func (v *varier) copies(a newsText) []extract.LabelledText {
	out := []extract.LabelledText{v.vary(a)}
	if v.random.IntN(15) == 0 {
		out[0].Text = upperASCII(out[0].Text)
	}
	for _, n := range a.Names {
		switch typeOf(n.Types) {
		case seeds.Event, seeds.Law, seeds.Product, seeds.Fac, seeds.Loc:
			return append(out, v.vary(a))
		}
	}
	return out
}

// upperASCII makes letters without diacritics upper-case, so that all stays in its place.
func upperASCII(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'a' <= c && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// vary returns a copy with about two in three of the names replaced, the same name by the same one.
func (v *varier) vary(a newsText) extract.LabelledText {
	out := extract.LabelledText{Weight: 0.25, Unknowing: 0.2}
	var text strings.Builder
	moved := make([]uint32, len(a.Text)+1) // where each byte went
	at := uint32(0)
	copyTo := func(end uint32) {
		for i := at; i <= end; i++ {
			moved[i] = uint32(text.Len()) + i - at
		}
		text.WriteString(a.Text[at:end])
		at = end
	}
	order := make([]int, len(a.Names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return int(a.Names[i].Start) - int(a.Names[j].Start) })
	chosen := make(map[string]map[string]string)
	for _, i := range order {
		n := a.Names[i]
		copyTo(n.Start)
		from, key := v.kind(a, n, a.canon[i])
		row, known := chosen[key]
		if !known && from != noStock {
			if v.random.IntN(10) < 7 {
				row = v.stock[from][v.random.IntN(len(v.stock[from]))]
			}
			chosen[key] = row
		}
		next := a.Text[n.Start:n.End]
		if row != nil && from != noStock {
			next = v.form(row, from, next)
			if from == anyCombining {
				n.Types = extract.TypesOf(seeds.NORP)
			}
		}
		start := uint32(text.Len())
		text.WriteString(next)
		out.Names = append(out.Names, extract.LabelledName{Span: extract.Span{Start: start, End: uint32(text.Len())}, Types: n.Types})
		at = n.End
	}
	copyTo(uint32(len(a.Text)))
	for _, s := range a.Sentences {
		out.Sentences = append(out.Sentences, extract.Span{Start: moved[s.Start], End: moved[s.End]})
	}
	out.Text = text.String()
	return out
}

// kind says what a name may be replaced by, and a key that names of one thing share.
func (v *varier) kind(a newsText, n extract.LabelledName, canon string) (from stock, key string) {
	name := a.Text[n.Start:n.End]
	the := strings.HasSuffix(strings.ToLower(a.Text[:n.Start]), "the ")
	isNext := func(m extract.LabelledName) bool { return m.Start == n.End+1 && typeOf(m.Types) == seeds.NORP }
	if strings.HasPrefix(a.Text[n.End:], "-") && slices.ContainsFunc(a.Names, isNext) {
		return anyCombining, "compound " + canon
	}
	switch typeOf(n.Types) {
	case seeds.Person:
		return anyPerson, "person " + canon
	case seeds.GPE, seeds.NORP:
		if c := v.country[name]; c != "" && !the {
			return anyCountry, "country " + c
		}
		if v.city[name] {
			return anyCity, "city " + name
		}
		return noStock, ""
	case seeds.Loc:
		switch {
		case the && len(canon)%3 == 0: // some
			return anyShort, "short " + canon
		case the:
			return anyWater, "water " + canon
		}
		return anyRegion, "region " + canon
	case seeds.Org:
		switch {
		case isAcronym(name):
			return anyAcronym, "acronym " + canon
		case the:
			return anyOrg, "the " + canon
		}
		return anyBareOrg, "bare " + canon
	case seeds.Fac:
		return anyBuilding, "building " + canon
	case seeds.Event:
		return anyEvent, "event " + canon
	case seeds.Law:
		return anyTreaty, "treaty " + canon
	case seeds.Product:
		return anyProduct, "product " + canon
	}
	return noStock, ""
}

// form returns the form of a row's name that stands for an old name.
func (v *varier) form(row map[string]string, from stock, old string) string {
	switch from {
	case anyPerson:
		if !strings.Contains(old, " ") {
			return row["surname"]
		}
	case anyCountry:
		nouns := strings.Split(row["nouns"], "|")
		adjective, _, _ := strings.Cut(row["adjectives"], "|")
		switch {
		case v.country[old] == old || adjective == "":
		case strings.HasSuffix(old, "s") && !strings.HasSuffix(old, "ss") && nouns[0] != "":
			return nouns[len(nouns)-1]
		default:
			return adjective
		}
	case anyCombining:
		form, _, _ := strings.Cut(row["combining"], "|")
		return strings.TrimSuffix(form, "-")
	case anyAcronym:
		return row["acronym"]
	case anyShort:
		return acronym(row)
	case anyRegion, anyWater, anyEvent, anyTreaty, anyProduct:
		if aliases := strings.Split(row["aliases"], "|"); aliases[0] != "" && v.random.IntN(3) == 0 {
			return aliases[v.random.IntN(len(aliases))]
		}
	}
	return row["name"]
}

// acronym returns the first alias of a row that is one, or "".
func acronym(row map[string]string) string {
	aliases := strings.Split(row["aliases"], "|")
	if i := slices.IndexFunc(aliases, isAcronym); i >= 0 {
		return aliases[i]
	}
	return ""
}

func isAcronym(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsUpper(r) && r != '.' && r != '&' })
}
