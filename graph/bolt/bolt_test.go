package bolt

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

func openTest(t *testing.T, s *server, user, password string) *Store {
	store, err := open(s.address()+"/news", user, password, time.Second)
	require.NoError(t, err)
	return store
}

func article(t *testing.T, url string, people ...string) *graph.Graph {
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	return b.Build(sinktest.Document(sinktest.Article{URL: url, People: people}))
}

func TestContract(t *testing.T) {
	for _, test := range []struct {
		name, user string
		engine     func(t *testing.T) engine
		large      int
	}{
		{"memory", "", func(*testing.T) engine { return newMemory() }, 1000},
		{"memory with user", "ann", func(*testing.T) engine { return newMemory() }, 300},
		{"FalkorDB", "", newFalkor, 10_000},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, test.engine(t))
			s.user = [2]string{test.user, "pass:wörd"}
			sinktest.Run(t, sinktest.Target{
				Open:     func(t *testing.T) graph.Sink { return openTest(t, s, test.user, "pass:wörd") },
				Facts:    func(*testing.T) []string { return s.facts() },
				Entities: func(*testing.T) []string { return s.entities() },
				Large:    test.large,
			})
			require.Len(t, s.labelled("Phrase"), 3, "phrases go with their articles")
		})
	}
}

// TestNodes looks at what a reader of the database finds.
func TestNodes(t *testing.T) {
	m := newMemory()
	s := newServer(t, m)
	store := openTest(t, s, "", "")
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	require.NoError(t, store.Load(t.Context(), b.Build(sinktest.Newsday(0))))
	require.NoError(t, store.Close())
	ann := m.nodes["https://w3id.org/dyad/id/person/minister-number0"]
	require.Equal(t, map[string]bool{"Resource": true, "Entity": true, "Person": true}, ann.labels)
	require.Equal(t, []any{"Number0"}, ann.properties["aliases"])
	require.Equal(t, []any{"visited"}, m.nodes["https://example.org/2019/06/03/article-0"].properties["relations"])
	i := slices.IndexFunc(m.edges, func(e edge) bool { return e.kind == "visited" })
	p := m.edges[i].properties
	require.Equal(t, "2019-05-03", p["startDate"])
	require.Equal(t, 0.9375, p["confidence"])
	require.Contains(t, p["quote"], "visited Country0")
	require.NotContains(t, p, "office")
	require.Contains(t, m.made, makeUnique+" ")
	require.Contains(t, m.made, makeIndex+" visited")
}

// TestDies breaks the connection off in the middle of a transaction, once and for good: nothing is half there.
func TestDies(t *testing.T) {
	s := newServer(t, newMemory())
	load := func(g *graph.Graph) error {
		store := openTest(t, s, "", "")
		require.NoError(t, store.Load(t.Context(), g))
		return store.Close()
	}
	require.NoError(t, load(article(t, "https://example.org/1", "Ann", "Bob")))
	want := s.facts()
	var deaths atomic.Int32
	var always atomic.Bool
	s.refuse(func(statement string) string {
		if statement == named(createEdges, "met") && (always.Load() || deaths.Load() == 0) {
			deaths.Add(1)
			return "die"
		}
		return ""
	})
	again := article(t, "https://example.org/1", "Eve", "Dan")
	require.NoError(t, load(again), "it is tried again")
	require.EqualValues(t, 1, deaths.Load())
	require.NotEqual(t, want, s.facts())
	want = s.facts()
	always.Store(true)
	require.ErrorContains(t, load(article(t, "https://example.org/1", "Bob", "Eve")), "nothing is half there")
	require.Greater(t, deaths.Load(), int32(2))
	require.Equal(t, want, s.facts())
	require.Len(t, s.labelled("Entity"), 2)
}

func TestRefusals(t *testing.T) {
	s := newServer(t, newMemory())
	s.user = [2]string{"ann", "secret"}
	store := openTest(t, s, "ann", "wrong")
	require.NoError(t, store.Load(t.Context(), article(t, "https://example.org/1", "Ann", "Bob")))
	err := store.Close()
	require.ErrorContains(t, err, "wrong user or password")
	require.ErrorContains(t, err, "DYAD_STORE_PASSWORD")
	require.NotContains(t, err.Error(), "secret")

	store = openTest(t, s, "ann", "secret")
	s.refuse(func(string) string { return "Neo.ClientError.Schema.ConstraintCreationFailed" })
	require.NoError(t, store.Load(t.Context(), article(t, "https://example.org/1", "Ann", "Bob")))
	require.ErrorContains(t, store.Flush(t.Context()), "ConstraintCreationFailed")
	s.refuse(nil)
	require.NoError(t, store.Load(t.Context(), article(t, "https://example.org/1", "Ann", "Bob")), "it goes on")
	require.NoError(t, store.Close())
	require.Len(t, s.facts(), 1)

	s.listener.Close()
	store = openTest(t, s, "ann", "secret")
	require.NoError(t, store.Load(t.Context(), article(t, "https://example.org/1", "Ann", "Bob")))
	require.ErrorContains(t, store.Close(), "the database does not answer")

	for target, message := range map[string]string{
		"bolt:": "want bolt://host:7687", "bolt://ann:secret@host": "no user or password in the address", "http://host": "target http://host",
	} {
		_, err := Open(target, "", "")
		require.ErrorContains(t, err, message)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestNamed(t *testing.T) {
	require.Equal(t, "MATCH ()-[r:`a``b`]->()", named("MATCH ()-[r:NAME]->()", "a`b"))
}

// TestCypher has Neo4j's own checker read what is sent, and something wrong.
func TestCypher(t *testing.T) {
	if testing.Short() {
		t.Skip("takes long")
	}
	dir := filepath.Join("..", "..", "testdata", "graph")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@neo4j-cypher")); err != nil {
		t.Skip("no checker of Cypher: npm install --no-package-lock --prefix testdata/graph")
	}
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: apt-get install nodejs")
	}
	check := func(statements ...string) (string, error) {
		in, err := json.Marshal(statements)
		require.NoError(t, err)
		cmd := exec.Command(program, filepath.Join(dir, "cypher.mjs"))
		cmd.Stdin = bytes.NewReader(in)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := check(makeUnique, mergeArticles, findEntities, deleteMentions, deletePhrases, mergePhrases, deleteUnused,
		named(makeIndex, "a`b"), named(mergeEntities, "Person"), named(deleteEdges, "visited"), named(createEdges, "a`b c"))
	require.NoError(t, err, out)
	out, err = check(strings.Replace(mergePhrases, "row.head", "line.head", 1))
	require.Error(t, err)
	require.Contains(t, out, "`line` not defined")
}
