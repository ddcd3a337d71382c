package main

import (
	"cmp"
	_ "embed" // rejected.tsv
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// A sheet is a tab-separated file in memory.
type sheet struct {
	columns []string
	rows    [][]string
}

func readSheet(path string) (*sheet, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &sheet{}
	for i, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if i == 0 {
			s.columns = cells
			continue
		}
		if len(cells) != len(s.columns) {
			return nil, fmt.Errorf("%s:%d: %d cells, want %d", path, i+1, len(cells), len(s.columns))
		}
		s.rows = append(s.rows, cells)
	}
	return s, nil
}

// write sorts the rows and writes the sheet.
func (s *sheet) write(path string) error {
	slices.SortFunc(s.rows, func(a, b []string) int { return slices.Compare(a, b) })
	s.rows = slices.CompactFunc(s.rows, func(a, b []string) bool { return slices.Equal(a, b) })
	var b strings.Builder
	for _, row := range append([][]string{s.columns}, s.rows...) {
		b.WriteString(strings.Join(row, "\t"))
		b.WriteByte('\n')
	}
	return os.WriteFile(path, []byte(b.String()), 0o644)
}

// A record is a row by column name.
type record map[string]string

func (s *sheet) each(f func(r record)) {
	for _, row := range s.rows {
		r := record{}
		for i, c := range s.columns {
			r[c] = clean(row[i])
		}
		f(r)
	}
}

// add appends a row with the given columns; a column that the record lacks stays empty.
func (s *sheet) add(r record) {
	row := make([]string, len(s.columns))
	for i, c := range s.columns {
		row[i] = r[c]
	}
	s.rows = append(s.rows, row)
}

// clean removes marks that cannot be seen and blanks at the ends.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u200e', '\u200f', '\u200b', '\ufeff':
			return -1
		case '\u00a0':
			return ' '
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// items splits a list and drops what is empty, repeated, equal to a name, or only a label ("Anhui (China)").
func items(list string, names ...string) string {
	var kept []string
	for item := range strings.SplitSeq(list, "|") {
		item = strings.TrimSpace(item)
		if len([]rune(item)) < 2 || strings.ContainsAny(item, "()[]") || slices.Contains(kept, item) || slices.Contains(names, item) {
			continue
		}
		kept = append(kept, item)
	}
	return strings.Join(kept, "|")
}

// restricted is items for titles, where "(GB,IN)" restricts one to countries.
func restricted(list string) string {
	var kept []string
	for item := range strings.SplitSeq(list, "|") {
		open := strings.IndexByte(item, '(')
		if open < 0 || strings.Trim(item[open:], "()ABCDEFGHIJKLMNOPQRSTUVWXYZ,") == "" {
			kept = append(kept, item)
		}
	}
	return strings.Join(kept, "|")
}

// origin is the source of a person's row: who has no identifier was entered by hand.
func origin(r record) string {
	if r["id"] == "" {
		return "curated"
	}
	return "eps"
}

// sources shortens the source cell: the repositories of one collection are one source.
func sources(s string) string {
	var kept []string
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '+' }) {
		part, end, _ := strings.Cut(part, ";")
		if strings.HasPrefix(part, "eps/") {
			part = "eps"
		}
		if end != "" {
			part += ";" + end
		}
		if !slices.Contains(kept, part) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "+")
}

// peerage is what encyclopedias put behind the names of British nobles.
var peerage = regexp.MustCompile(`^(1st |2nd |3rd |[0-9]+th )?(Baron|Baroness|Viscount|Viscountess|Earl|Marquess|Duke|Lord|Lady)\b`)

// An importer turns the tables of a folder of facts into those of seeds/knowledge. Rows that are there already
// are kept as they are and win over imported ones of the same key: what was corrected stays so. Facts that were found
// wrong, or the same as others, are listed as rejected and do not come back.
type importer struct {
	from, to string
	k        *seeds.Knowledge // folds names
	rejected map[string]bool  // table and key of rows
}

//go:embed rejected.tsv
var rejectedRows string

func newImporter(from, to string, k *seeds.Knowledge) *importer {
	im := &importer{from, to, k, map[string]bool{}}
	for line := range strings.Lines(rejectedRows) {
		im.rejected[strings.TrimSuffix(line, "\n")] = true
	}
	return im
}

// tidy drops the aliases that look-up finds without their being listed: those that differ from the name or from an
// alias before them only in what folding takes away, of people also those that sound the same.
func (im *importer) tidy(r record, people bool) {
	kept := [][]seeds.Word{im.k.Words(r["name"])}
	var aliases []string
	for alias := range strings.SplitSeq(r["aliases"], "|") {
		words := im.k.Words(alias)
		if len(words) == 0 || slices.ContainsFunc(kept, func(w []seeds.Word) bool {
			return joined(w) == joined(words) || people && len(words) > 1 && sounds(w) == sounds(words)
		}) {
			continue
		}
		kept = append(kept, words)
		aliases = append(aliases, alias)
	}
	r["aliases"] = strings.Join(aliases, "|")
}

// joined and sounds are what names are compared by.
func joined(words []seeds.Word) (s string) {
	for _, w := range words {
		if !w.IsSilent() {
			s += fmt.Sprintf("%x ", w.Key())
		}
	}
	if len(words) == 1 && words[0].IsUpper() { // "UNICEF" is looked up in capitals only, "Unicef" is another name
		s += "!"
	}
	return s
}

func sounds(words []seeds.Word) (s string) {
	for _, w := range words {
		if !w.IsMute() {
			s += fmt.Sprintf("%x ", w.Sound())
		}
	}
	return s
}

type importStep struct {
	from, to string
	columns  string
	key      []string
	convert  func(r record) record // nil drops the row
}

var importSteps = []importStep{
	{"countries", "countries", "name id iso2 iso3 official aliases adjectives nouns capital seats combining region kind seen source", []string{"id"}, func(r record) record {
		r["id"], r["official"] = r["qid"], items(r["official_name"], r["name"])
		r["aliases"] = items(r["aliases"], r["name"], r["official"])
		r["adjectives"], r["nouns"] = items(r["demonym_adj"]), items(r["demonym_noun"])
		r["seats"], r["combining"] = items(r["head_of_government_seat_metonyms"], r["capital"]), items(r["combining_forms"])
		r["kind"] = r["status"]
		if r["kind"] == "disputed" {
			r["kind"] = "disputed_state"
		}
		return r
	}},
	{"organisations", "organisations", "name id acronym aliases kind country seat founded members seen source", []string{"id", "name"}, func(r record) record {
		r["id"], r["kind"], r["country"], r["members"] = r["qid"], r["type"], r["country_iso2"], r["members_iso2"]
		r["aliases"] = items(r["aliases"], r["name"], r["acronym"])
		return r
	}},
	{"places", "places", "name id country kind aliases population seen source", []string{"id", "name", "country"}, func(r record) record {
		r["id"], r["country"] = r["qid"], r["country_iso2"]
		r["aliases"] = items(r["aliases"], r["name"])
		if r["kind"] == "region" && strings.Contains(r["source"], "rigour") {
			r["kind"] = "state"
		}
		return r
	}},
	{"people", "people", "name id surname given aliases gender born seen source", []string{"id", "name"}, func(r record) record {
		r["id"], r["born"] = r["qid"], r["birth_year"]
		if name, title, ok := strings.Cut(r["name"], ", "); ok && peerage.MatchString(title) {
			r["name"], r["aliases"] = name, r["aliases"]+"|"+r["name"]
		}
		r["aliases"] = items(r["aliases"], r["name"], r["surname"])
		return r
	}},
	{"offices", "offices", "office role titles male female fields source", []string{"office"}, func(r record) record {
		r["role"], r["titles"] = r["role_type"], restricted(r["surface_variants"])
		return r
	}},
	{"roles", "roles", "person office of title start end as_of source", []string{"person", "office", "of", "start"}, func(r record) record {
		r["person"], r["of"], r["title"] = r["person_qid_or_name"], r["country_iso2_or_org"], r["title_as_used"]
		return r
	}},
	{"given_names", "given_names", "name gender countries source", []string{"name"}, func(r record) record { return r }},
	{"surnames", "surnames", "name countries source", []string{"name"}, func(r record) record { return r }},
}

func (im *importer) run() error {
	for _, step := range importSteps {
		if err := im.table(step); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) table(step importStep) error {
	in, err := readSheet(filepath.Join(im.from, step.from+".tsv"))
	if err != nil {
		return err
	}
	out := &sheet{columns: strings.Fields(step.columns)}
	path := filepath.Join(im.to, step.to+".tsv")
	key := func(r record) string {
		if r["id"] != "" {
			return r["id"]
		}
		var cells []string
		for _, c := range step.key {
			cells = append(cells, r[c])
		}
		return strings.Join(cells, "\t")
	}
	taken := map[string]bool{}
	if old, err := readSheet(path); err == nil {
		old.each(func(r record) {
			taken[key(r)] = true
			im.tidy(r, step.to == "people")
			out.add(r)
		})
	} else if !os.IsNotExist(err) {
		return err
	}
	regions := map[string]bool{}
	in.each(func(r record) {
		if r["kind"] == "region" {
			regions[r["name"]] = true
		}
	})
	in.each(func(r record) {
		if r = step.convert(r); r != nil && !taken[key(r)] && !im.rejected[step.to+"\t"+key(r)] {
			if r["kind"] == "city" { // some sources give a city its region's name as an alias
				r["aliases"] = strings.Join(slices.DeleteFunc(strings.Split(r["aliases"], "|"), func(a string) bool { return regions[a] }), "|")
			}
			taken[key(r)] = true
			r["source"] = sources(cmp.Or(r["source"], origin(r)))
			im.tidy(r, step.to == "people")
			out.add(r)
		}
	})
	return out.write(path)
}
