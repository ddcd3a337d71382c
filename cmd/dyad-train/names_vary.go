package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A varier rewrites annotated texts with other names of the same kind, taken from the tables of knowledge: "Iraqi
// Prime Minister Iyad Allawi" becomes "Ghanaian Prime Minister Ursula von der Leyen". A model that has seen both
// learns what surrounds and makes up names instead of the names themselves.
type varier struct {
	random    *rand.Rand
	people    []row
	countries []row
	country   map[string]int // by name and alias, adjective and noun
	cities    []row
	isCity    map[string]bool
	orgs      map[string][]row // by kind of name: "acronym", "the", "bare"
}

type row map[string]string

func newVarier(dir string) (*varier, error) {
	v := &varier{random: rand.New(rand.NewPCG(7, 7)), country: make(map[string]int), isCity: make(map[string]bool), orgs: make(map[string][]row)}
	var err error
	table := func(name string) (rows []row) {
		if err == nil {
			rows, err = readTable(filepath.Join(dir, "knowledge", name+".tsv"))
		}
		return rows
	}
	for _, p := range table("people") {
		if p["surname"] != "" && strings.Contains(p["name"], " ") && strings.HasSuffix(p["name"], p["surname"]) {
			v.people = append(v.people, p)
		}
	}
	for _, c := range table("countries") {
		names := append(strings.Split(c["adjectives"], "|"), strings.Split(c["nouns"], "|")...)
		for _, n := range append(names, c["name"]) {
			if _, ok := v.country[n]; !ok {
				v.country[n] = len(v.countries)
			}
		}
		if (c["kind"] == "sovereign") && !strings.Contains(c["name"], " ") {
			v.countries = append(v.countries, c)
		} else {
			for _, n := range append(names, c["name"]) {
				delete(v.country, n)
			}
		}
	}
	for _, p := range table("places") {
		if p["kind"] == "city" {
			v.isCity[p["name"]] = true
			v.cities = append(v.cities, p)
		}
	}
	for _, o := range table("organisations") {
		kind := "bare"
		switch o["kind"] {
		case "igo", "agency", "court", "ngo", "military", "party", "bank":
			kind = "the"
		case "ministry", "parliament":
			continue
		}
		if strings.ContainsAny(o["name"], "(") {
			continue
		}
		v.orgs[kind] = append(v.orgs[kind], o)
		if o["acronym"] != "" {
			v.orgs["acronym"] = append(v.orgs["acronym"], o)
		}
	}
	return v, err
}

func readTable(file string) ([]row, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var header []string
	var rows []row
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if header == nil {
			header = cells
			continue
		}
		if len(cells) != len(header) {
			return nil, fmt.Errorf("%s: %d cells in %q", file, len(cells), line)
		}
		r := make(row)
		for i, h := range header {
			r[h] = cells[i]
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func pick[T any](r *rand.Rand, s []T) T { return s[r.IntN(len(s))] }

// vary returns the text with about two in three of its names replaced, the same name by the same one.
func (v *varier) vary(a newsText) newsText {
	out := a
	out.Text, out.Names, out.Sentences = "", nil, nil
	chosen := make(map[string]row)
	choose := func(key string, from []row) row {
		if r, ok := chosen[key]; ok {
			return r
		}
		var r row
		if v.random.Float64() < 0.7 {
			r = pick(v.random, from)
		}
		chosen[key] = r
		return r
	}
	names := slices.Clone(a.Names)
	slices.SortFunc(names, func(x, y extract.LabelledName) int { return int(x.Start) - int(y.Start) })
	at := uint32(0)
	moved := make([]uint32, len(a.Text)+1)
	copyTo := func(end uint32) {
		for ; at < end; at++ {
			moved[at] = uint32(len(out.Text))
			out.Text += a.Text[at : at+1]
		}
	}
	for i, n := range names {
		copyTo(n.Start)
		old := a.Text[n.Start:n.End]
		the := strings.HasSuffix(strings.ToLower(a.Text[:n.Start]), "the ")
		next := old
		canon := a.canon[slices.Index(a.Names, names[i])]
		switch typeOf(n) {
		case seeds.Person:
			if r := choose("P"+canon, v.people); r != nil {
				next = r["surname"]
				if strings.Contains(old, " ") {
					next = r["name"]
				}
			}
		case seeds.GPE:
			if c, ok := v.country[old]; ok && !the {
				if r := choose(fmt.Sprint("C", c), v.countries); r != nil {
					next = r["name"]
				}
			} else if v.isCity[old] {
				if r := choose("T"+old, v.cities); r != nil {
					next = r["name"]
				}
			}
		case seeds.NORP:
			if c, ok := v.country[old]; ok {
				if r := choose(fmt.Sprint("C", c), v.countries); r != nil {
					next = strings.Split(r["adjectives"], "|")[0]
					if strings.HasSuffix(old, "s") && !strings.HasSuffix(old, "ss") {
						forms := strings.Split(r["nouns"], "|")
						next = forms[len(forms)-1]
					}
				}
			}
		case seeds.Org:
			kind := "bare"
			switch {
			case !strings.ContainsFunc(old, unicode.IsLower) && !strings.Contains(old, " "):
				kind = "acronym"
			case the:
				kind = "the"
			}
			if r := choose("O"+kind+canon, v.orgs[kind]); r != nil {
				next = r["name"]
				if kind == "acronym" {
					next = r["acronym"]
				}
			}
		}
		if next == "" {
			next = old
		}
		start := uint32(len(out.Text))
		for i := n.Start; i < n.End; i++ {
			moved[i] = start
		}
		out.Text += next
		at = n.End
		out.Names = append(out.Names, extract.LabelledName{Span: extract.Span{Start: start, End: uint32(len(out.Text))}, Types: n.Types})
	}
	copyTo(uint32(len(a.Text)))
	moved[len(a.Text)] = uint32(len(out.Text))
	for _, s := range a.Sentences {
		out.Sentences = append(out.Sentences, extract.Span{Start: moved[s.Start], End: moved[s.End]})
	}
	out.canon = nil
	return out
}
