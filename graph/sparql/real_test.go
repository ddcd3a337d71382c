package sparql

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

// freePort finds a port of the loopback address that nobody listens on.
func freePort(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port
}

// serve starts a program and has it ended with the test, or by kill before that.
func serve(t testing.TB, cmd *exec.Cmd) (kill func()) {
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kill = sync.OnceFunc(func() {
		in.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	t.Cleanup(kill)
	return kill
}

// A real store is one that runs: its two addresses and who may write.
type real struct {
	store, query string
	user         Credentials
	start        func(t testing.TB) (kill func()) // starts it, again after it was killed; nil where it keeps nothing
}

func virtuoso(t testing.TB) real {
	program, err := exec.LookPath("virtuoso-t")
	if err != nil {
		t.Skip("no Virtuoso: apt-get install virtuoso-opensource-7-bin")
	}
	dir, port := t.TempDir(), freePort(t)
	ini := filepath.Join(dir, "virtuoso.ini")
	require.NoError(t, os.WriteFile(ini, fmt.Appendf(nil, `[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:%s
DisableUnixSocket = 1
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:%s
ServerThreads = 4
`, freePort(t), port), 0o644))
	base := "http://127.0.0.1:" + port
	start := func(t testing.TB) (kill func()) {
		_ = os.Remove(filepath.Join(dir, "virtuoso.lck")) // which one that was killed leaves
		cmd := exec.Command(program, "+foreground", "+configfile", ini)
		cmd.Dir = dir
		kill = serve(t, cmd)
		require.Eventually(t, func() bool {
			resp, err := http.Get(base + "/sparql")
			if err == nil {
				resp.Body.Close()
			}
			return err == nil
		}, 60*time.Second, 200*time.Millisecond, "Virtuoso does not start")
		return kill
	}
	return real{base + "/sparql-graph-crud-auth", base + "/sparql", Credentials{"dba", "dba"}, start}
}

func oxigraph(t testing.TB) real {
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata", "graph"))
	require.NoError(t, err)
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "oxigraph")); err != nil {
		t.Skip("no Oxigraph: npm install --no-package-lock --prefix testdata/graph")
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: apt-get install nodejs")
	}
	port := freePort(t)
	cmd := exec.Command(node, filepath.Join(dir, "oxigraph.mjs"), port)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	serve(t, cmd)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "ready\n", line)
	return real{"http://127.0.0.1:" + port + "/store", "http://127.0.0.1:" + port + "/query", Credentials{}, nil}
}

// ask returns the rows of a SELECT query.
func (r real) ask(t testing.TB, query string, variables ...string) (rows [][]string) {
	const prefixes = "PREFIX dy: <https://w3id.org/dyad/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX schema: <https://schema.org/> "
	body := prefixes + query
	req, err := http.NewRequest(http.MethodPost, r.query, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/sparql-query")
	if strings.HasSuffix(r.query, "/sparql") { // Virtuoso 7.2.5 does not take queries as they are
		req, err = http.NewRequest(http.MethodPost, r.query, strings.NewReader(url.Values{"query": {body}}.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	req.Header.Set("Accept", "application/sparql-results+json")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%.500s", text)
	var result struct {
		Results struct {
			Bindings []map[string]struct{ Value string }
		}
	}
	require.NoError(t, json.Unmarshal(text, &result), "%.500s", text)
	for _, b := range result.Results.Bindings {
		row := make([]string, len(variables))
		for i, v := range variables {
			row[i] = b[v].Value
		}
		rows = append(rows, row)
	}
	return rows
}

func TestRealStores(t *testing.T) {
	for name, find := range map[string]func(testing.TB) real{"virtuoso": virtuoso, "oxigraph": oxigraph} {
		t.Run(name, func(t *testing.T) {
			r := find(t)
			if r.start != nil {
				r.start(t)
			}
			sinktest.Run(t, sinktest.Target{
				Open: func(t *testing.T) graph.Sink { return open(t, r.store, r.user) },
				Facts: func(t *testing.T) (facts []string) {
					for _, row := range r.ask(t, `SELECT ?g ?a ?p ?b ?polarity ?modality WHERE { GRAPH ?g {
						?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ; dy:polarity ?polarity ; dy:modality ?modality } }`,
						"g", "a", "p", "b", "polarity", "modality") {
						facts = append(facts, sinktest.Fact(row[0], row[1], local(row[2]), row[3], strings.ToLower(local(row[4])), strings.ToLower(local(row[5]))))
					}
					return facts
				},
				Entities: func(t *testing.T) (list []string) {
					for _, row := range r.ask(t, `SELECT DISTINCT ?e ?name WHERE { GRAPH ?g { ?e dy:entityType ?type ; schema:name ?name } }`, "e", "name") {
						list = append(list, sinktest.Entity(row[0], row[1]))
					}
					return list
				},
			})
			if r.user.Name != "" {
				err := open(t, r.store, Credentials{r.user.Name, "wrong"}).Load(t.Context(), article(t, "https://example.org/1"))
				require.ErrorContains(t, err, "wrong user or password")
			}
		})
	}
}

// TestRealStoreDies kills a store again and again while articles are loaded, and starts it anew. The load waits and goes
// on, and in the end every article is there, whole.
func TestRealStoreDies(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	r := virtuoso(t)
	kill := r.start(t)
	const articles = 60
	loaded, done := make(chan int, articles), make(chan error, 1)
	sink := open(t, r.store, r.user)
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	go func() {
		for n := range articles {
			if err := sink.Load(t.Context(), b.Build(sinktest.Newsday(n))); err != nil {
				done <- err
				return
			}
			loaded <- n
		}
		done <- nil
	}()
	for n := range 40 {
		select {
		case <-loaded:
		case err := <-done:
			require.NoError(t, err)
		}
		if n%20 == 19 {
			time.Sleep(20 * time.Millisecond) // into the next article
			kill()
			kill = r.start(t)
		}
	}
	require.NoError(t, <-done)
	rows := r.ask(t, "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s rdf:subject ?a } } GROUP BY ?g", "g", "n")
	require.Len(t, rows, articles)
	for _, row := range rows {
		require.Equal(t, "100", row[1], row[0])
	}
}
