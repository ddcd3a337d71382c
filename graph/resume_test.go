package graph

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
)

// memory is a sink that keeps back what it loads until Flush, and breaks down on demand.
type memory struct {
	stored, kept []string
	loads        int
	breakAt      int // the load that fails; 0 is none
}

func (m *memory) Load(_ context.Context, g *Graph) error {
	if m.loads++; m.loads == m.breakAt {
		m.kept = nil
		return errors.New("the store died")
	}
	m.kept = append(m.kept, g.Article.IRI)
	return nil
}

func (m *memory) Flush(context.Context) error {
	m.stored = append(m.stored, m.kept...)
	m.kept = nil
	return nil
}

func (m *memory) Close() error { return m.Flush(context.Background()) }

func TestJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	const total = 2*journalEvery + 50
	graphOf := func(i int) *Graph {
		b, err := NewBuilder(Options{})
		require.NoError(t, err)
		d := &extract.Document{}
		d.Reset(extract.Article{URL: fmt.Sprintf("https://example.org/%d", i), Text: "text"})
		return b.Build(d)
	}
	run := func(m *memory) error {
		sink, err := WithJournal(m, path, "sqlite:x")
		require.NoError(t, err)
		for i := range total {
			if err := sink.Load(t.Context(), graphOf(i)); err != nil {
				return errors.Join(err, sink.(*journal).file.Close()) // the program ends
			}
		}
		return sink.Close()
	}

	first := &memory{breakAt: journalEvery + 20}
	require.ErrorContains(t, run(first), "died")
	require.Len(t, first.stored, journalEvery, "what was kept back is lost")
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.WriteString("a line that was cut o")
	require.NoError(t, err)
	require.NoError(t, f.Close())

	second := &memory{}
	require.NoError(t, run(second))
	require.Len(t, second.stored, total-journalEvery, "neither again nor left out")
	third := &memory{}
	require.NoError(t, run(third))
	require.Empty(t, third.stored)

	sink, err := WithJournal(third, path, "sqlite:x")
	require.NoError(t, err)
	changed := graphOf(3)
	changed.Article.Title = "new"
	require.NoError(t, sink.Load(t.Context(), changed))
	require.NoError(t, sink.Close())
	require.Equal(t, []string{"https://example.org/3"}, third.stored, "what has changed is loaded")

	_, err = WithJournal(third, path, "sqlite:y")
	require.ErrorContains(t, err, `a journal of another target: "sqlite:x"`)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), "\n", "\nrubbish\n", 1)), 0o644))
	_, err = WithJournal(third, path, "sqlite:x")
	require.ErrorContains(t, err, "line 2 is no line of a journal")
}
