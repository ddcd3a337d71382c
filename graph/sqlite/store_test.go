package sqlite

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
	"github.com/dyad-kg/dyad/seeds"
)

// visit is an article that says: officials of Russia said that Putin met Abe in Osaka; Russia opposes a phrase with
// Japan in it; and a relation of a user's own that has the name of a table.
func visit() *extract.Document {
	d := &extract.Document{}
	text := "Officials said Vladimir Putin met Shinzo Abe in Osaka. Russia opposes missiles in Japan."
	d.Reset(extract.Article{URL: "https://example.org/visit", Published: seeds.Date{Year: 2019, Month: 6, Day: 29}, Text: text})
	at := func(s string) extract.Span {
		i := strings.Index(text, s)
		return extract.Span{Start: uint32(i), End: uint32(i + len(s))}
	}
	for i, name := range []string{"Vladimir Putin", "Shinzo Abe", "Osaka", "Russia", "Japan"} {
		d.Entities = append(d.Entities, extract.Entity{Name: name, Type: seeds.GPE, Knowledge: -1})
		d.Mentions = append(d.Mentions, extract.Mention{Span: at(name), Type: seeds.GPE, Entity: int32(i)})
	}
	of := func(i int32) extract.Filler { return extract.Filler{Entity: i, Head: -1} }
	spoken := of(3)
	spoken.Role = at("Officials")
	d.Relations = []extract.Relation{
		{Name: "met", Subject: of(0), Object: of(1), Place: 2, Confidence: 0.9, Evidence: at("Vladimir Putin met Shinzo Abe"), Plover: "CONSULT", AttributedTo: extract.Attribution{Filler: spoken, Verb: at("said")}},
		{Name: "opposes", Subject: of(3), Object: extract.Filler{Entity: -1, Head: -1, Span: at("missiles in Japan")}, Place: -1, Confidence: 0.8, Evidence: at("Russia opposes missiles in Japan")},
		{Name: "mention", Subject: of(3), Object: of(4), Place: -1},
	}
	return d
}

// fill makes a store of documents.
func fill(t *testing.T, docs ...*extract.Document) (path string) {
	path = filepath.Join(t.TempDir(), "news.db")
	s, err := Open(path)
	require.NoError(t, err)
	b := newBuilder(t)
	for _, d := range docs {
		require.NoError(t, s.Load(t.Context(), b.Build(d)))
	}
	require.NoError(t, s.Close())
	return path
}

func TestViews(t *testing.T) {
	path := fill(t, visit())
	require.Equal(t, [][]string{
		{"Vladimir Putin", "Shinzo Abe", "Osaka", "Russia", "said", "0"}, {"Shinzo Abe", "Vladimir Putin", "Osaka", "Russia", "said", "1"},
	}, ask(t, path, "SELECT subject, object, place, speaker, speaker_verb, reversed FROM met"))
	require.Equal(t, [][]string{{"Russia", "missiles in Japan"}}, ask(t, path, "SELECT subject, object FROM opposes"))
	require.Equal(t, [][]string{{"Russia", "Japan"}}, ask(t, path, "SELECT subject, object FROM mention_"))
	require.Equal(t, [][]string{{"opposes", "object"}}, ask(t, path,
		"SELECT r.name, part FROM inside JOIN relation r ON r.id = relation JOIN entity e ON e.id = entity WHERE e.name = 'Japan'"))
	for _, r := range graph.Relations {
		require.Empty(t, ask(t, path, "SELECT * FROM "+r.Name+" WHERE relation <> '"+r.Name+"'"))
	}
}

// TestOneName loads two articles that call the same people differently: who asks for one name finds both.
func TestOneName(t *testing.T) {
	other := visit()
	other.URL = "https://example.org/other"
	first := visit()
	for _, d := range []*extract.Document{first, other} {
		d.Entities[0].ID, d.Entities[1].ID, d.Entities[3].ID = "Q7747", "Q132345", "Q159"
	}
	other.Entities[0].Name, other.Entities[1].Name, other.Entities[3].Name = "V. Putin", "Abe Shinzo", "Russian Federation"
	path := fill(t, first, other)
	require.Len(t, ask(t, path, "SELECT 1 FROM met WHERE subject = 'Vladimir Putin' AND object = 'Shinzo Abe' AND speaker = 'Russia'"), 2)
	require.Equal(t, [][]string{{"Vladimir Putin"}, {"V. Putin"}}, ask(t, path, "SELECT subject_text FROM relation WHERE name = 'met' ORDER BY article"))
	r, err := OpenReader(path)
	require.NoError(t, err)
	defer r.Close()
	answers, err := r.Find(Question{Subject: "V. Putin"})
	require.NoError(t, err)
	require.Len(t, answers, 2)
	for _, a := range answers {
		require.Equal(t, []string{"Vladimir Putin", "Shinzo Abe", "Russia"}, []string{a.Subject, a.Object, a.Speaker})
	}
}

// TestCorroboration loads a story, a copy of it, and another story that says the same the other way round.
func TestCorroboration(t *testing.T) {
	copied, other := visit(), visit()
	copied.URL, copied.SameStoryAs = "https://example.org/a-copy", []string{"https://example.org/visit"}
	other.URL, other.Published = "https://example.org/other", day(t, "2020-01-10")
	met := &other.Relations[0]
	met.Subject, met.Object = met.Object, met.Subject
	other.Relations = other.Relations[:1]
	path := fill(t, copied, visit(), other)
	require.Equal(t, [][]string{{"Vladimir Putin", "Shinzo Abe", "2", "3", "2019-06-29", "2020-01-10"}, {"Russia", "missiles in Japan", "1", "2", "2019-06-29", "2019-06-29"}},
		ask(t, path, "SELECT subject, object, stories, articles, first, last FROM corroboration WHERE relation <> 'mention' ORDER BY relation"))
	require.Equal(t, [][]string{{"2"}}, ask(t, path, "SELECT count(*) FROM article WHERE story = 'https://example.org/visit'"))
}

func TestNames(t *testing.T) {
	d := visit()
	d.Entities[1].Aliases = []string{"Shinzō Abé"}
	path := fill(t, d)
	search := "SELECT DISTINCT e.name FROM names JOIN alias a ON a.id = names.rowid JOIN entity e ON e.id = a.entity WHERE names MATCH ?"
	require.Equal(t, [][]string{{"Shinzo Abe"}}, ask(t, path, search, "abe"))
	require.Equal(t, [][]string{{"Vladimir Putin"}}, ask(t, path, search, "put*"))
	s, err := Open(path) // the search follows what is loaded later, and what is replaced
	require.NoError(t, err)
	b := newBuilder(t)
	d = visit()
	d.Entities[1].Name = "Abe of Japan"
	require.NoError(t, s.Load(t.Context(), b.Build(d)))
	require.NoError(t, s.Close())
	require.Equal(t, [][]string{{"Abe of Japan"}}, ask(t, path, search, "abe"))
	sound(t, path)
}

// asked are two articles that have something to say about each question of docs/sqlite.md.
func asked(t *testing.T) []*extract.Document {
	claim, denial := visit(), &extract.Document{}
	claim.Relations[0].Time = extract.TimeExpr{From: day(t, "2019-06-28"), To: day(t, "2019-06-28")}
	text := "Sergey Lavrov, Russia's foreign minister, said Russia had visited Japan. Russia opposes American missiles."
	denial.Reset(extract.Article{URL: "https://example.org/denial", Published: seeds.Date{Year: 2019, Month: 7}, Text: text})
	for _, name := range []string{"Sergey Lavrov", "Russia", "Japan", "United States", "Vladimir Putin", "Shinzo Abe"} {
		denial.Entities = append(denial.Entities, extract.Entity{Name: name, Type: seeds.GPE, Knowledge: -1})
	}
	at := func(s string) extract.Span {
		i := strings.Index(text, s)
		return extract.Span{Start: uint32(i), End: uint32(i + len(s))}
	}
	denial.Mentions = []extract.Mention{{Span: at("American"), Type: seeds.GPE, Entity: 3}}
	of := func(i int32) extract.Filler { return extract.Filler{Entity: i, Head: -1} }
	denial.Relations = []extract.Relation{
		{Name: "visited", Subject: of(1), Object: of(2), Place: -1, Plover: "CONSULT", AttributedTo: extract.Attribution{Filler: of(0), Verb: at("said")}},
		{Name: "holdsOffice", Subject: of(0), Object: of(1), Place: -1, OfficeName: "foreign minister"},
		{Name: "opposes", Subject: of(1), Object: extract.Filler{Entity: -1, Head: -1, Span: at("American missiles")}, Place: -1},
		{Name: "met", Subject: of(4), Object: of(5), Place: -1, Polarity: extract.Negative},
	}
	return []*extract.Document{claim, denial}
}

// TestDocumentedQueries asks what docs/sqlite.md shows; each question has an answer.
func TestDocumentedQueries(t *testing.T) {
	path := fill(t, asked(t)...)
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "sqlite.md"))
	require.NoError(t, err)
	queries := regexp.MustCompile("(?s)```sql\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, queries, 10)
	for _, q := range queries {
		require.NotEmpty(t, ask(t, path, q[1]), q[1])
	}
}

// TestFullDisk limits the size of the file, which gives the error of a full disk.
func TestFullDisk(t *testing.T) {
	path := fill(t, visit())
	s, err := Open(path)
	require.NoError(t, err)
	pages, err := s.conn.number("PRAGMA page_count")
	require.NoError(t, err)
	require.NoError(t, s.conn.exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+20)))
	b := newBuilder(t)
	for n := 0; err == nil && n < 100; n++ {
		err = s.Load(t.Context(), b.Build(sinktest.Newsday(n)))
	}
	require.ErrorContains(t, err, "make room and load again")
	require.NoError(t, s.conn.exec("PRAGMA max_page_count = 1000000"))
	require.NoError(t, s.Load(t.Context(), b.Build(sinktest.Newsday(0))), "it goes on once there is room")
	require.NoError(t, s.Close())
	sound(t, path)
	require.Equal(t, [][]string{{"2"}}, ask(t, path, "SELECT count(*) FROM article"))
}

// TestKilled kills a program that loads, many times at different moments: the file stays sound and every article in it
// is whole.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	if child := os.Getenv("DYAD_SQLITE_KILL"); child != "" {
		loadUntilKilled(t, child)
		return
	}
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for round := range 4 {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		cmd.Env = append(os.Environ(), "DYAD_SQLITE_KILL="+path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for n := 0; n < 60+30*round && lines.Scan(); n++ {
		}
		require.NoError(t, cmd.Process.Kill())
		_ = cmd.Wait()
		s, err := Open(path)
		require.NoError(t, err)
		require.NoError(t, s.Close())
		sound(t, path)
		require.Empty(t, ask(t, path, "SELECT article, count(*) n FROM relation GROUP BY article HAVING n <> 100"))
	}
	require.NotEqual(t, [][]string{{"0"}}, ask(t, path, "SELECT count(*) FROM article"))
}

func loadUntilKilled(t *testing.T, path string) {
	s, err := Open(path)
	require.NoError(t, err)
	b := newBuilder(t)
	for n := 0; ; n++ {
		require.NoError(t, s.Load(t.Context(), b.Build(sinktest.Newsday(n%500))))
		fmt.Println(n)
	}
}

// TestTwoWriters has a second program write between the first one's transactions.
func TestTwoWriters(t *testing.T) {
	path := fill(t)
	b := newBuilder(t)
	first, err := Open(path)
	require.NoError(t, err)
	second, err := Open(path)
	require.NoError(t, err)
	for n := range 6 {
		for _, s := range []*Store{first, second} {
			require.NoError(t, s.Load(t.Context(), b.Build(sinktest.Newsday(n%3))))
			require.NoError(t, s.Flush(t.Context()))
		}
	}
	mine := sinktest.Article{URL: "https://example.org/a", People: []string{"Ann", "Bob"}}
	require.NoError(t, first.Load(t.Context(), b.Build(sinktest.Document(mine))))
	require.NoError(t, first.Flush(t.Context()))
	require.NoError(t, second.Load(t.Context(), b.Build(sinktest.Document(sinktest.Article{URL: mine.URL})))) // Ann and Bob go
	require.NoError(t, second.Flush(t.Context()))
	mine.URL = "https://example.org/b"
	require.NoError(t, first.Load(t.Context(), b.Build(sinktest.Document(mine))))
	require.NoError(t, first.Close())
	require.NoError(t, second.Close())
	sound(t, path)
	require.Equal(t, [][]string{{"5"}}, ask(t, path, "SELECT count(*) FROM article"))
}
