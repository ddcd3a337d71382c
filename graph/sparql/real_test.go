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
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

// freePort finds a port of the loopback address that nobody listens on.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	require.NoError(t, err)
	return port
}

// serve starts a program and has it ended with the test.
func serve(t *testing.T, cmd *exec.Cmd) {
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		in.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
}

// A real store is one that runs: its two addresses and who may write.
type real struct {
	store, query string
	user         Credentials
}

func virtuoso(t *testing.T) real {
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
	cmd := exec.Command(program, "+foreground", "+configfile", ini)
	cmd.Dir = dir
	serve(t, cmd)
	base := "http://127.0.0.1:" + port
	require.Eventually(t, func() bool {
		resp, err := http.Get(base + "/sparql")
		if err == nil {
			resp.Body.Close()
		}
		return err == nil
	}, 60*time.Second, 200*time.Millisecond, "Virtuoso does not start")
	return real{base + "/sparql-graph-crud-auth", base + "/sparql", Credentials{"dba", "dba"}}
}

func oxigraph(t *testing.T) real {
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
	return real{"http://127.0.0.1:" + port + "/store", "http://127.0.0.1:" + port + "/query", Credentials{}}
}

// ask returns the rows of a SELECT query.
func (r real) ask(t *testing.T, query string, variables ...string) (rows [][]string) {
	const prefixes = "PREFIX dy: <https://w3id.org/dyad/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
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
	for name, store := range map[string]struct {
		start func(*testing.T) real
		large int
	}{"virtuoso": {virtuoso, 2000}, "oxigraph": {oxigraph, 2000}} {
		t.Run(name, func(t *testing.T) {
			r := store.start(t)
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
				Entities: func(t *testing.T) (iris []string) {
					for _, row := range r.ask(t, `SELECT DISTINCT ?e WHERE { GRAPH ?g { ?e dy:entityType ?type } }`, "e") {
						iris = append(iris, row[0])
					}
					return iris
				},
				Large: store.large,
			})
			if r.user.Name != "" {
				err := open(t, r.store, Credentials{r.user.Name, "wrong"}).Load(t.Context(), article(t, "https://example.org/1"))
				require.ErrorContains(t, err, "wrong user or password")
			}
		})
	}
}
