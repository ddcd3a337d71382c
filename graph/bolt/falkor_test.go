package bolt

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph/sinktest"
)

// A falkor is an engine that somebody else wrote: FalkorDB, a module of Valkey, runs the statements as the Cypher that
// they are. It has no transactions of several statements, so that one works on a copy.
type falkor struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func newFalkor(t *testing.T) engine {
	module, err := filepath.Abs(filepath.Join("..", "..", "testdata", "graph", "node_modules", "@falkordblite", "linux-x64", "bin", "falkordb.so"))
	require.NoError(t, err)
	if _, err := os.Stat(module); err != nil {
		t.Skip("no FalkorDB: npm install --no-package-lock --prefix testdata/graph")
	}
	program, err := exec.LookPath("valkey-server")
	if err != nil {
		t.Skip("no Valkey 8: apt-get install valkey-server, in Debian 12 from its backports")
	}
	dir, err := os.MkdirTemp("", "valkey") // a socket's name is short
	require.NoError(t, err)
	socket := filepath.Join(dir, "socket")
	cmd := exec.Command(program, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", dir, "--loadmodule", module)
	require.NoError(t, cmd.Start())
	f := &falkor{t: t}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = os.RemoveAll(dir)
	})
	require.Eventually(t, func() bool {
		f.conn, err = net.Dial("unix", socket)
		return err == nil
	}, 30*time.Second, 50*time.Millisecond, "Valkey does not start")
	t.Cleanup(func() { f.conn.Close() })
	f.in = bufio.NewReader(f.conn)
	f.must("GRAPH.QUERY", "news", "RETURN 1")
	return f
}

func (f *falkor) begin()    { f.must("GRAPH.COPY", "news", "draft") }
func (f *falkor) commit()   { f.must("RENAME", "draft", "news") }
func (f *falkor) rollback() { f.must("GRAPH.DELETE", "draft") }

func (f *falkor) execute(statement string, rows []any) (answers []any, err error) {
	switch {
	case statement == makeUnique: // its own way is a command
		statement = "CREATE INDEX FOR (n:Resource) ON (n.iri)"
	case strings.HasPrefix(statement, "CREATE INDEX"):
		statement = strings.Replace(statement, "IF NOT EXISTS ", "", 1)
	default:
		return f.query("draft", "CYPHER rows="+literal(rows)+" "+statement)
	}
	if _, err = f.query("draft", statement); err != nil && strings.Contains(err.Error(), "already indexed") {
		err = nil
	}
	return nil, err
}

// query returns the first column of what a statement returns.
func (f *falkor) query(graph, statement string) (answers []any, err error) {
	reply, err := f.ask("GRAPH.QUERY", graph, statement, "--compact")
	if err != nil {
		return nil, err
	}
	if parts := reply.([]any); len(parts) == 3 { // the columns' names, the rows, and how long it took
		for _, row := range parts[1].([]any) {
			answers = append(answers, value(row.([]any)[0]))
		}
	}
	return answers, nil
}

// value is what a cell says, which comes as a number for its type and itself.
func value(cell any) any {
	list, ok := cell.([]any)[1].([]any)
	if !ok {
		return cell.([]any)[1]
	}
	values := make([]any, len(list))
	for i, e := range list {
		values[i] = value(e)
	}
	return values
}

func (f *falkor) texts(query string) (list []string) {
	answers, err := f.query("news", query)
	require.NoError(f.t, err)
	for _, a := range answers {
		list = append(list, a.(string))
	}
	return list
}

func (f *falkor) facts() []string {
	list := f.texts("MATCH (a)-[r]->(b) WHERE r.statement IS NOT NULL RETURN " +
		"r.article + '\n' + a.iri + '\n' + type(r) + '\n' + b.iri + '\n' + r.polarity + '\n' + r.modality")
	for i, line := range list {
		p := strings.Split(line, "\n")
		list[i] = sinktest.Fact(p[0], p[1], p[2], p[3], p[4], p[5])
	}
	return list
}

func (f *falkor) entities() []string {
	list := f.texts("MATCH (e:Entity) RETURN e.iri + '\n' + e.name")
	for i, line := range list {
		iri, name, _ := strings.Cut(line, "\n")
		list[i] = sinktest.Entity(iri, name)
	}
	return list
}

func (f *falkor) labelled(label string) []string {
	return f.texts("MATCH (n:" + label + ") RETURN n.iri")
}

// literal spells a value in Cypher.
func literal(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(v) + "'"
	case []any:
		list := make([]string, len(v))
		for i, e := range v {
			list[i] = literal(e)
		}
		return "[" + strings.Join(list, ",") + "]"
	case map[string]any:
		var list []string
		for _, k := range slices.Sorted(maps.Keys(v)) {
			list = append(list, "`"+k+"`:"+literal(v[k]))
		}
		return "{" + strings.Join(list, ",") + "}"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

func (f *falkor) must(words ...string) {
	_, err := f.ask(words...)
	require.NoError(f.t, err)
}

// ask sends a command and reads the answer, in the protocol of Redis. A server that hangs, as it may when it copies itself, is
// an error after a minute.
func (f *falkor) ask(words ...string) (any, error) {
	if err := f.conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return nil, err
	}
	request := fmt.Appendf(nil, "*%d\r\n", len(words))
	for _, w := range words {
		request = fmt.Appendf(request, "$%d\r\n%s\r\n", len(w), w)
	}
	if _, err := f.conn.Write(request); err != nil {
		return nil, err
	}
	return f.read()
}

func (f *falkor) read() (any, error) {
	line, err := f.in.ReadString('\n')
	if err != nil {
		return nil, err
	}
	kind, rest := line[0], strings.TrimSpace(line[1:])
	n, _ := strconv.Atoi(rest)
	switch {
	case kind == '-':
		return nil, errors.New(rest)
	case kind == ':':
		return n, nil
	case kind == '$' && n >= 0:
		text := make([]byte, n+2)
		_, err = io.ReadFull(f.in, text)
		return string(text[:n]), err
	case kind == '*' && n >= 0:
		list := make([]any, n)
		for i := range list {
			if list[i], err = f.read(); err != nil {
				return nil, err
			}
		}
		return list, nil
	}
	return rest, nil
}
