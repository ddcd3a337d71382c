package seeds

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

// folder writes files below a new directory: names with slashes and their content, in turn.
func folder(t *testing.T, files ...string) string {
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, filepath.FromSlash(files[i]))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(files[i+1]), 0o644))
	}
	return dir
}

func TestOverlayAddsAndReplacesFiles(t *testing.T) {
	dir := folder(t, "rules/README.md", "mine", "rules/own.rules", "rule", "articles/own.txt", "text")
	fsys, err := FS(dir)
	require.NoError(t, err)
	data, err := fs.ReadFile(fsys, "rules/README.md")
	require.NoError(t, err)
	require.Equal(t, "mine", string(data))
	files, err := fs.Glob(fsys, "*/own.*")
	require.NoError(t, err)
	require.Equal(t, []string{"articles/own.txt", "rules/own.rules"}, files)
	_, err = fs.ReadFile(fsys, "models/README.md")
	require.NoError(t, err, "what the directory lacks comes from below")
	_, err = fs.ReadFile(fsys, "rules/none.rules")
	require.ErrorIs(t, err, fs.ErrNotExist)
}

func TestOverlayAddsAndReplacesRows(t *testing.T) {
	dir := folder(t,
		"knowledge/people.tsv", "name\tid\tsurname\tgender\nMaria Novak\t\tNovak\tF\nSergey Viktorovich Lavrov\tQ58217\tLavrov\tM\n",
		"knowledge/roles.tsv", "person\toffice\tof\tstart\tend\nMaria Novak\tPrime Minister\tRU\t2031-01-01\t2032-01-01\n",
		"knowledge/countries.tsv", "name\tid\tiso2\tkind\taliases\nFreedonia\tQ999999999\tFD\tsovereign\tLand of the Brave and Free\n",
	)
	fsys, err := FS(dir)
	require.NoError(t, err)
	k, err := LoadKnowledge(fsys)
	require.NoError(t, err)

	novak := k.Lookup("Maria Novak")
	require.Len(t, novak, 1)
	date, err := ParseDate("2031-06-01")
	require.NoError(t, err)
	held := k.Holders(nil, k.OfficeNamed("Prime Minister"), k.ByID("Q159"), date)
	require.Len(t, held, 1)
	require.Equal(t, novak[0].Entry, held[0].Person)

	require.Equal(t, "Sergey Viktorovich Lavrov", k.Entry(k.ByID("Q58217")).Name, "the row replaces the one of the same identifier")
	require.Empty(t, k.Lookup("Sergey Lavrov"))
	require.Equal(t, "Freedonia", k.Entry(k.Lookup("the Land of the Brave and Free")[0].Entry).Name)
	require.Equal(t, "Q17", k.Entry(k.Lookup("Japan")[0].Entry).ID, "all else is as it was")
}

func TestOverlayMistakes(t *testing.T) {
	_, err := FS(filepath.Join(t.TempDir(), "none"))
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = FS(t.TempDir())
	require.ErrorContains(t, err, "has none of the folders articles, knowledge, models, rules")
	_, err = FS(folder(t, "knowledge/peoples.tsv", ""))
	require.ErrorContains(t, err, "peoples.tsv is no knowledge table; the tables are countries, demonyms,")
}

func TestMistakesInTablesHaveTheirPlace(t *testing.T) {
	under := fstest.MapFS{
		tableFile("countries"): {Data: []byte("name\tiso2\tkind\nUnited States\tUS\tsovereign\n")},
		tableFile("people"):    {Data: []byte("name\tid\nGeorge W. Bush\tQ207\n")},
		tableFile("offices"):   {Data: []byte("office\trole\nPresident\thead_of_state\n")},
	}
	for name, c := range map[string]struct{ file, text, want string }{
		"unknown column": {"people.tsv", "name\tborne\n", `people.tsv:1:6: unknown column "borne"; people.tsv has name, id, surname`},
		"no key column":  {"roles.tsv", "person\toffice\n", `roles.tsv:1:1: column "of" is missing`},
		"column twice":   {"people.tsv", "name\tid\tname\n", `people.tsv:1:9: column "name" comes twice`},
		"too many cells": {"people.tsv", "name\nAnna Noé\tQ1\n", `people.tsv:2:10: more cells than the header names (1)`},
		"blanks":         {"people.tsv", "name\n# fine\n\nAnna Noé \n", `people.tsv:4:1: blank around "Anna Noé"; remove it`},
		"gender":         {"people.tsv", "name\tgender\nÄnna Noé\tfemale\n", `people.tsv:2:10: gender "female": want M, F or nothing`},
		"identifier":     {"people.tsv", "name\tid\nAnna Noé\t58217\n", `people.tsv:2:10: identifier "58217": want Q and digits`},
		"number":         {"people.tsv", "name\tborn\nAnna Noé\t1970s\n", `people.tsv:2:10: born "1970s": want a number`},
		"kind":           {"places.tsv", "name\tkind\nUtopia\ttown\n", `places.tsv:2:8: unknown kind "town"; want one of city state`},
		"country":        {"places.tsv", "name\tkind\tcountry\nUtopia\tcity\tXX\n", `places.tsv:2:13: country "XX" is in no table; add it there`},
		"person":         {"roles.tsv", "person\toffice\tof\tstart\nNo One\tPresident\tUS\t2001\n", `roles.tsv:2:1: person "No One" is in no table`},
		"office":         {"roles.tsv", "person\toffice\tof\tstart\nQ207\tBoss\tUS\t2001\n", `roles.tsv:2:6: office "Boss" is not in offices.tsv`},
		"date":           {"roles.tsv", "person\toffice\tof\tstart\nQ207\tPresident\tUS\t2001-13\n", `roles.tsv:2:19: date "2001-13": want YYYY, YYYY-MM or YYYY-MM-DD`},
		"order of dates": {"roles.tsv", "person\toffice\tof\tstart\tend\nQ207\tPresident\tUS\t2001\t1999\n", `roles.tsv:2:24: ends before it starts`},
		"title":          {"offices.tsv", "office\trole\ttitles\nBoss\tother\tboss (XX)\n", `offices.tsv:2:12: "boss (XX)": "XX" is no country's code`},
		"role":           {"offices.tsv", "office\trole\nBoss\tboss\n", `offices.tsv:2:6: unknown role "boss"`},
		"rule":           {"surfaces.tsv", "surface\trule\nMay\tnever\n", `surfaces.tsv:2:5: unknown rule "never"; want weak or default`},
		"encoding":       {"people.tsv", "name\nAnna No\xe9\n", `people.tsv:2:1: not UTF-8`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, "knowledge/"+c.file, c.text)
			_, err := LoadKnowledge(overlay{under, os.DirFS(dir), dir})
			require.ErrorContains(t, err, filepath.Join(dir, "knowledge")+string(filepath.Separator)+c.want)
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	fsys, err := FS(folder(t, "knowledge/people.tsv", "name\tgender\nA B\tX\nC D\tY\n"))
	require.NoError(t, err)
	_, err = LoadKnowledge(fsys)
	require.Len(t, strings.Split(err.Error(), "\n"), 2)
	var first *Error
	require.ErrorAs(t, err, &first)
	require.Equal(t, 2, first.Line)

	fsys, err = FS(folder(t, "knowledge/people.tsv", "name\n"+strings.Repeat(" x\n", 1000)))
	require.NoError(t, err)
	_, err = LoadKnowledge(fsys)
	require.Len(t, strings.Split(err.Error(), "\n"), maxTableErrors, "but not thousands")
}

func TestIndexIsUpToDate(t *testing.T) {
	want, err := Index(embedded)
	require.NoError(t, err)
	got, err := embedded.ReadFile(indexFile)
	require.NoError(t, err)
	require.True(t, string(want) == string(got), "the tables have changed; run: make knowledge")

	text, err := readTables(embedded)
	require.NoError(t, err)
	built, err := text.build()
	require.NoError(t, err)
	require.Equal(t, built, readIndex(got, text))
}

func TestDamagedIndexIsNotUsed(t *testing.T) {
	index, err := embedded.ReadFile(indexFile)
	require.NoError(t, err)
	text, err := readTables(embedded)
	require.NoError(t, err)
	for _, b := range [][]byte{nil, index[:10], index[:len(index)-1], append(index[:len(index):len(index)], 0)} {
		require.Nil(t, readIndex(b, text))
	}
	flipped := append([]byte(nil), index...)
	flipped[len(flipped)/2] ^= 1
	require.Nil(t, readIndex(flipped, text))
	text.sum++
	require.Nil(t, readIndex(index, text), "made of other tables")
}

func TestTablesWithoutIndex(t *testing.T) {
	k, err := LoadKnowledge(fstest.MapFS{"knowledge/countries.tsv": {Data: []byte("name\tiso2\tkind\nUtopia\tUT\tsovereign\n")}})
	require.NoError(t, err)
	require.Equal(t, 1, k.Len())
	require.Len(t, k.Lookup("UTOPIA"), 1)
	require.Empty(t, k.Lookup("Japan"))
}

// FuzzTables reads any text as each table, behind a few good rows, and looks names up in what comes out.
func FuzzTables(f *testing.F) {
	f.Add(uint8(0), "name\tiso2\tkind\tadjectives\tcapital\nUtopia\tUT\tsovereign\tUtopian\tMore\n", "Utopia")
	f.Add(uint8(3), "name\tid\tsurname\taliases\nKim Jong-un\tQ1\tKim\tKim|the\n#line 3 x\nname\nA\n", "KIM JONG UN")
	f.Add(uint8(7), "office\trole\ttitles\tfields\nMinister\tminister\tminister (UT)\tdefence\n", "minister of defence")
	f.Add(uint8(8), "person\toffice\tof\tstart\n\n\xff\n#line\n", "x")
	f.Add(uint8(11), "word\tvariants\nxx\txxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n", strings.Repeat("x", 61))
	f.Fuzz(func(t *testing.T, table uint8, text, name string) {
		file := tableFile(tables[int(table)%len(tables)].name)
		under := fstest.MapFS{
			tableFile("countries"): {Data: []byte("name\tiso2\tkind\nUtopia\tUT\tsovereign\n")},
			tableFile("people"):    {Data: []byte("name\tsurname\nThomas More\tMore\n")},
		}
		if u := under[file]; u != nil {
			text = string(u.Data) + "\n#line 1 user\n" + text
		}
		under[file] = &fstest.MapFile{Data: []byte(text)}
		k, err := LoadKnowledge(under)
		if err != nil {
			return
		}
		for _, c := range k.Lookup(name) {
			k.Entry(c.Entry)
		}
		words := k.Words(name)
		for i := range words {
			k.LongestTitle(words[i:])
		}
		for i := range int32(k.Len()) {
			e := k.Entry(i)
			k.RolesOf(i)
			k.Lookup(e.Name)
		}
		index, err := Index(under)
		require.NoError(t, err)
		all, err := readTables(under)
		require.NoError(t, err)
		require.NotNil(t, readIndex(index, all))
	})
}

// FuzzIndex reads any bytes as an index: it may be refused, and must not take memory out of proportion.
func FuzzIndex(f *testing.F) {
	small, err := Index(fstest.MapFS{"knowledge/countries.tsv": {Data: []byte("name\tiso2\tkind\nUtopia\tUT\tsovereign\n")}})
	require.NoError(f, err)
	f.Add(small[indexHeader:])
	f.Fuzz(func(t *testing.T, body []byte) {
		k := &Knowledge{}
		c := coder{b: body}
		c.knowledge(k)
		require.LessOrEqual(t, c.at, len(body))
	})
}
