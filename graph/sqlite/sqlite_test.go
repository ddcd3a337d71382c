package sqlite

import (
	"database/sql"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

func TestContract(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news ?#%.db")
	sinktest.Run(t, sinktest.Target{
		Open: func(t *testing.T) graph.Sink {
			s, err := Open(path)
			require.NoError(t, err)
			return s
		},
		Facts: func(t *testing.T) (facts []string) {
			for _, r := range ask(t, path, `SELECT a.iri, s.iri, r.name, o.iri, polarity, modality FROM relation r
				JOIN article a ON a.id = article JOIN entity s ON s.id = subject JOIN entity o ON o.id = object`) {
				facts = append(facts, sinktest.Fact(r[0], r[1], r[2], r[3], r[4], r[5]))
			}
			return facts
		},
		Entities: func(t *testing.T) (list []string) {
			for _, r := range ask(t, path, "SELECT iri, name FROM entity") {
				list = append(list, sinktest.Entity(r[0], r[1]))
			}
			return list
		},
	})
	sound(t, path)
}

// ask queries the file by a connection of its own.
func ask(t testing.TB, path, query string, args ...any) (table [][]string) {
	db, err := sql.Open("sqlite", dsn(path))
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query(query, args...)
	require.NoError(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	require.NoError(t, err)
	for rows.Next() {
		row := make([]sql.NullString, len(columns))
		to := make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		require.NoError(t, rows.Scan(to...))
		line := make([]string, len(columns))
		for i := range row {
			line[i] = row[i].String
		}
		table = append(table, line)
	}
	require.NoError(t, rows.Err())
	return table
}

// sound has SQLite check the file: pages, foreign keys, and the full-text index against the names.
func sound(t *testing.T, path string) {
	require.Equal(t, [][]string{{"ok"}}, ask(t, path, "PRAGMA integrity_check"))
	require.Empty(t, ask(t, path, "PRAGMA foreign_key_check"))
	db, err := sql.Open("sqlite", dsn(path))
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Exec("INSERT INTO names (names, rank) VALUES ('integrity-check', 1)")
	require.NoError(t, err)
	orphans := "SELECT count(*) FROM alias WHERE NOT EXISTS (SELECT 1 FROM alias_article WHERE alias = alias.id)"
	require.Equal(t, [][]string{{"0"}}, ask(t, path, orphans))
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	require.NoError(t, os.WriteFile(text, []byte("this is a text, not a database file at all"), 0o644))
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite", other)
	require.NoError(t, err)
	_, err = db.Exec("CREATE TABLE mine (x)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	old := filepath.Join(dir, "old.db")
	s, err := Open(old)
	require.NoError(t, err)
	require.NoError(t, s.conn.exec("PRAGMA user_version = 7"))
	require.NoError(t, s.Close())
	for path, message := range map[string]string{
		dir:   "it is a folder",
		text:  "no SQLite file",
		other: "of another program",
		old:   "a store of version 7",
		filepath.Join(dir, "no", "such", "folder.db"): "unable to open",
	} {
		_, err := Open(path)
		require.ErrorContains(t, err, message)
		require.ErrorContains(t, err, path)
	}
}

// BenchmarkLoad loads articles of 100 statements into a growing store.
func BenchmarkLoad(b *testing.B) {
	s, err := Open(filepath.Join(b.TempDir(), "news.db"))
	require.NoError(b, err)
	builder := newBuilder(b)
	n, loading := 0, time.Duration(0)
	for b.Loop() {
		g := builder.Build(sinktest.Newsday(n))
		start := cpu(b)
		require.NoError(b, s.Load(b.Context(), g))
		loading += cpu(b) - start
		n++
	}
	start := cpu(b)
	require.NoError(b, s.Close())
	loading += cpu(b) - start
	b.ReportMetric(float64(n)*100/loading.Seconds(), "relations/cpu-s")
}

// cpu is the processor time that the program has used: other programs do not count.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func newBuilder(t testing.TB) *graph.Builder {
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	return b
}
