package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

func write(t *testing.T, dir, name, text string) string {
	path := filepath.Join(dir, name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

func read(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(data)
}

// small is a knowledge base of a few rows.
func small(t *testing.T) *seeds.Knowledge {
	k, err := seeds.LoadKnowledge(fstest.MapFS{
		"knowledge/countries.tsv": {Data: []byte("name\tid\tiso2\tkind\tadjectives\nUtopia\tQ1\tUT\tsovereign\tUtopian\nErewhon\tQ2\tER\tsovereign\t\n")},
		"knowledge/places.tsv":    {Data: []byte("name\tid\tkind\tcountry\nUtopia\tQ9\tcity\tER\n")},
		"knowledge/people.tsv": {Data: []byte("name\tid\tsurname\nThomas More\tQ3\tMore\nTomas Morre\tQ4\tMorre\n" +
			"Samuel Butler\tQ5\tButler\n")},
		"knowledge/offices.tsv": {Data: []byte("office\trole\nPresident\thead_of_state\n")},
		"knowledge/roles.tsv": {Data: []byte("person\toffice\tof\tstart\tend\nQ3\tPresident\tUT\t1516\t1535\n" +
			"Q4\tPresident\tUT\t1530\t1540\n")},
	})
	require.NoError(t, err)
	return k
}

func TestImport(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, step := range importSteps {
		write(t, from, step.from+".tsv", "qid\tname\n")
	}
	write(t, from, "people.tsv", "qid\tname\tsurname\tgiven\taliases\tgender\tbirth_year\n"+
		"Q2\tSergei Sobol\tSobol\tSergei\tSergey Sobol|S. Sobol|Sobol (poet)|Sobol\tM\t\n"+
		"Q1\tJohn Hill, Baron Hill of Down\tHill\tJohn\t\t\t\u200e1950\n"+
		"Q7\tKept As It Is\tIs\t\t\t\t\n"+
		"Q8\tRejected\tRejected\t\t\t\t\n")
	write(t, from, "roles.tsv", "person_qid_or_name\toffice\ttitle_as_used\tcountry_iso2_or_org\tstart\tend\tas_of\tsource\n"+
		"Q1\tPresident\tPresident\tUT\t2001\t2002\t\teps/utopia+eps/erewhon+pep;end~removed-by\n")
	write(t, to, "people.tsv", "name\tid\tsurname\tgiven\taliases\tgender\tborn\tseen\tsource\n"+
		"Corrected By Hand\tQ7\tHand\t\t\t\t\t12\teps+curated\n")

	im := newImporter(from, to, small(t))
	im.rejected["people\tQ8"] = true
	require.NoError(t, im.run())

	require.Equal(t, "name\tid\tsurname\tgiven\taliases\tgender\tborn\tseen\tsource\n"+
		"Corrected By Hand\tQ7\tHand\t\t\t\t\t12\teps+curated\n"+
		"John Hill\tQ1\tHill\tJohn\tJohn Hill, Baron Hill of Down\t\t1950\t\teps\n"+
		"Sergei Sobol\tQ2\tSobol\tSergei\tS. Sobol\tM\t\t\teps\n", read(t, filepath.Join(to, "people.tsv")))
	require.Equal(t, "person\toffice\tof\ttitle\tstart\tend\tas_of\tsource\n"+
		"Q1\tPresident\tUT\tPresident\t2001\t2002\t\teps+pep;end~removed-by\n", read(t, filepath.Join(to, "roles.tsv")))

	once := read(t, filepath.Join(to, "people.tsv"))
	require.NoError(t, im.run())
	require.Equal(t, once, read(t, filepath.Join(to, "people.tsv")), "a second import changes nothing")

	write(t, from, "places.tsv", "qid\tname\nQ1\n")
	require.ErrorContains(t, im.run(), "places.tsv:2: 1 cells, want 2")
}

func TestCount(t *testing.T) {
	k := small(t)
	path := write(t, t.TempDir(), "text.txt", "“Utopia” is Utopia's. Utopian Thomas More, More and utopia. Thomas-More!\n")
	seen, err := count(k, []string{path})
	require.NoError(t, err)
	require.EqualValues(t, 2, seen[k.ByID("Q1")], "not the adjective, not the small letter")
	require.EqualValues(t, 0, seen[k.ByID("Q9")], "a country is meant before a city")
	require.EqualValues(t, 2, seen[k.ByID("Q3")], "not the bare surname")
	_, err = count(k, []string{path + "x"})
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestCheck(t *testing.T) {
	var out strings.Builder
	check(&out, small(t), 5)
	require.Equal(t, `6 entries: GPE 3 PER 3; 2 roles in 1 offices
     0 identifiers that several entries have
     1 offices of one person that two held at a time
         President of Utopia: Thomas More until 1535, Tomas Morre from 1530
     1 names that several entries of one type bear
         Utopia Q1: Utopia Q9
     1 names of different people that only their sound joins
         Thomas More Q3, Tomas Morre Q4
     1 people without a known office
         Samuel Butler Q5
`, out.String())
}

func TestCoverage(t *testing.T) {
	gold := write(t, t.TempDir(), "gold.jsonl", `{"text":"É: Utopian Mr More left Nowhere.","entities":[`+
		`{"start":3,"end":10,"type":"NORP","name":"Utopia"},{"start":14,"end":18,"type":"PER","name":"Samuel Butler"},`+
		`{"start":24,"end":31,"type":"GPE","name":"Nowhere"}]}`+"\n")
	var out strings.Builder
	require.NoError(t, coverage(&out, small(t), []string{gold}, 10))
	require.Equal(t, `GPE          1 names,   0.0 % found,   0.0 % lead to the canonical entry
NORP         1 names, 100.0 % found, 100.0 % lead to the canonical entry
PER          1 names, 100.0 % found,   0.0 % lead to the canonical entry
    1 GPE	Nowhere
`, out.String())
	bad := write(t, t.TempDir(), "bad.jsonl", "{}\n{")
	require.ErrorContains(t, coverage(&out, small(t), []string{bad}, 10), "bad.jsonl:2:")
}

func TestCompile(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "countries.tsv", "name\tiso2\tkind\nUtopia\tUT\tsovereign\n")
	require.NoError(t, run([]string{"compile", dir}))
	index, err := seeds.Index(folder(dir))
	require.NoError(t, err)
	require.Equal(t, string(index), read(t, filepath.Join(dir, "index.bin")))
	require.ErrorIs(t, run([]string{"compile"}), errUsage)
	require.ErrorIs(t, run(nil), errUsage)
}
