package sparql

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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

// A process is a program that serves until the test ends, or until kill before that.
type process struct {
	pid  int
	kill func()
}

func serve(t testing.TB, cmd *exec.Cmd) process {
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	kill := sync.OnceFunc(func() {
		in.Close()
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	t.Cleanup(kill)
	return process{cmd.Process.Pid, kill}
}

// cpu is the processor time that the process has used, as Linux has it, in hundredths of a second.
func (p process) cpu(t testing.TB) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(stat), ") ")
	var ticks time.Duration
	for _, field := range strings.Fields(rest)[11:13] { // in user mode and in the kernel
		n, err := strconv.Atoi(field)
		require.NoError(t, err)
		ticks += time.Duration(n)
	}
	return ticks * 10 * time.Millisecond
}

// A real store is one that somebody else wrote: its two addresses and who may write.
type real struct {
	store, query string
	user         Credentials
	start        func(t testing.TB) process // starts it, again after it was killed
	bulk         func(nquads string) error  // has it load a file by itself
}

func virtuoso(t testing.TB) real {
	program, err := exec.LookPath("virtuoso-t")
	if err != nil {
		t.Skip("no Virtuoso: apt-get install virtuoso-opensource-7-bin")
	}
	dir, sql, port := t.TempDir(), freePort(t), freePort(t)
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
DirsAllowed = %s
NumberOfBuffers = 20000
[HTTPServer]
ServerPort = 127.0.0.1:%s
ServerThreads = 4
`, sql, os.TempDir(), port), 0o644))
	base := "http://127.0.0.1:" + port
	start := func(t testing.TB) process {
		_ = os.Remove(filepath.Join(dir, "virtuoso.lck")) // which one that was killed leaves
		cmd := exec.Command(program, "+foreground", "+configfile", ini)
		cmd.Dir = dir
		p := serve(t, cmd)
		require.Eventually(t, func() bool {
			resp, err := http.Get(base + "/sparql")
			if err == nil {
				resp.Body.Close()
			}
			return err == nil
		}, 60*time.Second, 200*time.Millisecond, "Virtuoso does not start")
		return p
	}
	bulk := func(nquads string) error {
		isql := exec.Command("isql-vt", "127.0.0.1:"+sql, "dba", "dba",
			"exec=ld_add('"+nquads+"', 'https://example.org/'); rdf_loader_run(); checkpoint;")
		return isql.Run()
	}
	return real{base + "/sparql-graph-crud-auth", base + "/sparql", Credentials{"dba", "dba"}, start, bulk}
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
	start := func(t testing.TB) process {
		cmd := exec.Command(node, filepath.Join(dir, "oxigraph.mjs"), port)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		p := serve(t, cmd)
		line, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "ready\n", line)
		return p
	}
	base := "http://127.0.0.1:" + port
	bulk := func(nquads string) error {
		resp, err := http.Post(base+"/load", "text/plain", strings.NewReader(nquads))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusNoContent {
			return errors.New(resp.Status)
		}
		return nil
	}
	return real{base + "/store", base + "/query", Credentials{}, start, bulk}
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
			r.start(t)
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
	store := r.start(t)
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
			store.kill()
			store = r.start(t)
		}
	}
	require.NoError(t, <-done)
	rows := r.ask(t, "SELECT ?g (COUNT(?s) AS ?n) WHERE { GRAPH ?g { ?s rdf:subject ?a } } GROUP BY ?g", "g", "n")
	require.Len(t, rows, articles)
	for _, row := range rows {
		require.Equal(t, "100", row[1], row[0])
	}
}

// BenchmarkRealStores loads 200 articles of 100 statements, one after another as dyad does, and the same as one file by
// the store's own loader. The store's processor time is told beside the time on the clock, in which other programs count.
func BenchmarkRealStores(b *testing.B) {
	const articles = 200
	builder, err := graph.NewBuilder(graph.Options{})
	require.NoError(b, err)
	file, err := os.Create(filepath.Join(b.TempDir(), "all.nq"))
	require.NoError(b, err)
	defer file.Close()
	all, err := graph.NewEncoder("nquads", file, graph.Options{})
	require.NoError(b, err)
	for n := range articles {
		require.NoError(b, all.Encode(sinktest.Newsday(n)))
	}
	require.NoError(b, all.Close())
	for name, find := range map[string]func(testing.TB) real{"virtuoso": virtuoso, "oxigraph": oxigraph} {
		for _, way := range []struct {
			name string
			load func(b *testing.B, r real)
		}{
			{"dyad", func(b *testing.B, r real) {
				sink, err := Open(r.store, r.user)
				require.NoError(b, err)
				for n := range articles {
					require.NoError(b, sink.Load(b.Context(), builder.Build(sinktest.Newsday(n))))
				}
				require.NoError(b, sink.Close())
			}},
			{"own loader", func(b *testing.B, r real) { require.NoError(b, r.bulk(file.Name())) }},
		} {
			b.Run(name+"/"+way.name, func(b *testing.B) {
				var used time.Duration
				for range b.N {
					b.StopTimer()
					r := find(b)
					store := r.start(b)
					before := store.cpu(b)
					b.StartTimer()
					way.load(b, r)
					b.StopTimer()
					used += store.cpu(b) - before
					rows := r.ask(b, "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s rdf:subject ?a } }", "n")
					require.Equal(b, [][]string{{strconv.Itoa(articles)}}, rows)
					store.kill()
				}
				b.ReportMetric(used.Seconds()/float64(b.N), "store-cpu-s/op")
			})
		}
	}
}
