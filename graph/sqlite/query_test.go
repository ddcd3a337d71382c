package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph/sinktest"
	"github.com/dyad-kg/dyad/seeds"
)

func day(t *testing.T, s string) seeds.Date {
	d, err := seeds.ParseDate(s)
	require.NoError(t, err)
	return d
}

func TestFind(t *testing.T) {
	later := visit() // the same a year later, and not
	later.URL, later.Published = "https://example.org/later", day(t, "2020-01-10")
	later.Relations[0].Polarity, later.Relations[0].Confidence = extract.Negative, 0.5
	later.Relations[0].Time = extract.TimeExpr{From: day(t, "2020-01")}
	later.Relations = later.Relations[:1]
	path := fill(t, visit(), later)
	r, err := OpenReader(path)
	require.NoError(t, err)
	defer r.Close()
	for name, test := range map[string]struct {
		question Question
		want     []string
	}{
		"everything":    {Question{}, []string{"Vladimir Putin met Shinzo Abe", "Vladimir Putin met Shinzo Abe", "Russia opposes missiles in Japan", "Russia mention Japan"}},
		"subject":       {Question{Subject: "vladimir putin", Polarity: "positive"}, []string{"Vladimir Putin met Shinzo Abe"}},
		"other side":    {Question{Subject: "Abe", Polarity: "positive"}, []string{"Shinzo Abe met Vladimir Putin"}},
		"both sides":    {Question{Subject: "Abe", Object: "Putin", Relation: "met", Until: day(t, "2019-12")}, []string{"Shinzo Abe met Vladimir Putin"}},
		"not symmetric": {Question{Subject: "missiles"}, nil},
		"phrase":        {Question{Object: "missiles"}, []string{"Russia opposes missiles in Japan"}},
		"inside":        {Question{Object: "Japan"}, []string{"Russia opposes missiles in Japan", "Russia mention Japan"}},
		"either":        {Question{Either: "Japan"}, []string{"Russia opposes missiles in Japan", "Russia mention Japan"}},
		"either, met":   {Question{Either: "Abe", Polarity: "positive"}, []string{"Vladimir Putin met Shinzo Abe"}},
		"speaker":       {Question{Speaker: "Russia", Polarity: "positive"}, []string{"Vladimir Putin met Shinzo Abe"}},
		"class":         {Question{Class: "consult", MinConfidence: 0.6}, []string{"Vladimir Putin met Shinzo Abe"}},
		"since":         {Question{Since: day(t, "2020-01-31")}, []string{"Vladimir Putin met Shinzo Abe"}},
		"until":         {Question{Until: day(t, "2019"), Relation: "met"}, []string{"Vladimir Putin met Shinzo Abe"}},
		"negative":      {Question{Polarity: "negative", Modality: "actual"}, []string{"Vladimir Putin met Shinzo Abe"}},
		"IRI":           {Question{Object: "https://w3id.org/dyad/id/polity/japan"}, []string{"Russia opposes missiles in Japan", "Russia mention Japan"}},
		"nobody":        {Question{Subject: "Nobody \"at\" all*"}, nil},
		"limit":         {Question{Limit: 1}, []string{"Vladimir Putin met Shinzo Abe"}},
	} {
		t.Run(name, func(t *testing.T) {
			answers, err := r.Find(test.question)
			require.NoError(t, err)
			var got []string
			for _, a := range answers {
				got = append(got, a.Subject+" "+a.Relation+" "+a.Object)
			}
			require.Equal(t, test.want, got)
		})
	}
	answers, err := r.Find(Question{Relation: "met", Polarity: "positive"})
	require.NoError(t, err)
	require.Equal(t, []Answer{{
		Subject: "Vladimir Putin", Relation: "met", Object: "Shinzo Abe", Polarity: "positive", Modality: "actual", Place: "Osaka",
		Speaker: "Russia", Plover: "CONSULT", Confidence: 0.9, Quote: "Vladimir Putin met Shinzo Abe",
		Article: "https://example.org/visit", Published: "2019-06-29",
	}}, answers)
	_, err = r.Find(Question{Relation: "meet"})
	require.ErrorContains(t, err, `no relation is called "meet"`)
	_, err = r.Find(Question{Relation: "visits"})
	require.ErrorContains(t, err, "do you mean visited?")
	_, err = r.Find(Question{Class: "talks"})
	require.ErrorContains(t, err, `no PLOVER class is called "talks"; want one of AGREE, CONSULT`)
}

func TestReaderRefuses(t *testing.T) {
	dir := t.TempDir()
	_, err := OpenReader(filepath.Join(dir, "none.db"))
	require.ErrorIs(t, err, os.ErrNotExist)
	text := filepath.Join(dir, "text.db")
	require.NoError(t, os.WriteFile(text, []byte("this is a text, not a database file at all"), 0o644))
	_, err = OpenReader(text)
	require.ErrorContains(t, err, "no SQLite file")
	require.NoFileExists(t, filepath.Join(dir, "none.db"))
}

func BenchmarkFind(b *testing.B) {
	path := filepath.Join(b.TempDir(), "news.db")
	s, err := Open(path)
	require.NoError(b, err)
	builder := newBuilder(b)
	for n := range 200 {
		require.NoError(b, s.Load(b.Context(), builder.Build(sinktest.Newsday(n))))
	}
	require.NoError(b, s.Close())
	r, err := OpenReader(path)
	require.NoError(b, err)
	defer r.Close()
	for b.Loop() {
		answers, err := r.Find(Question{Subject: "Minister Number500", Relation: "visited"})
		require.NoError(b, err)
		require.NotEmpty(b, answers)
	}
}
