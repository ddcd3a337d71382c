package graph

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// outside writes the documents in every format for readers from outside; testdata/graph/README.md says which.
func outside(t *testing.T) (dir string) {
	dir = t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "rdf12"), 0o755))
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	o := Options{Provenance: somebody, Knowledge: knowledge()}
	for _, format := range []struct {
		name, ext string
		graphs    bool
	}{
		{"nquads", ".nq", true}, {"trig", ".trig", true}, {"jsonld", ".jsonld", true}, {"ndjsonld", ".ndjsonld", true},
		{"ntriples", ".nt", false}, {"turtle", ".ttl", false}, {"jsonld", ".jsonld", false}, {"ndjsonld", ".ndjsonld", false},
	} {
		o := o
		name := "quads" + format.ext
		if !format.graphs {
			name, o.NoGraphs = "triples"+format.ext, true
		}
		write(name, encode(t, format.name, o, documents(t)...))
		if !strings.Contains(format.name, "jsonld") {
			o.RDF12 = true
			write(filepath.Join("rdf12", name), encode(t, format.name, o, documents(t)...))
		}
	}
	write("shapes.ttl", writeOut(t, WriteShapes))
	write("dyad.ttl", writeOut(t, WriteOntology))
	triples := encode(t, "ntriples", o, tokyo(t))
	broken := strings.Replace(triples, "<"+modalities[1]+">", `"planned"`, 1)
	require.NotEqual(t, triples, broken)
	write("broken.nt", broken)
	return dir
}

// run has a program read; it must exit with 0.
func run(t testing.TB, name string, args ...string) string {
	cmd := exec.Command(name, args...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%.4000s%.2000s", name, err, out.String(), errs.String())
	}
	return out.String()
}

func TestOutsideRapper(t *testing.T) {
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		t.Skip("no rapper: apt-get install raptor2-utils")
	}
	dir := outside(t)
	for _, group := range [][2]string{{"nquads", "quads.nq"}, {"trig", "quads.trig"}, {"ntriples", "triples.nt"}, {"turtle", "triples.ttl"}} {
		t.Run(group[1], func(t *testing.T) {
			got := run(t, rapper, "-q", "-i", group[0], "-o", "nquads", filepath.Join(dir, group[1]))
			first, _, _ := strings.Cut(group[1], ".")
			want, err := os.ReadFile(filepath.Join(dir, first+map[string]string{"quads": ".nq", "triples": ".nt"}[first]))
			require.NoError(t, err)
			require.Equal(t, parse(t, string(want)), parse(t, got))
		})
	}
	for _, name := range []string{"shapes.ttl", "dyad.ttl"} {
		run(t, rapper, "-q", "-c", "-i", "turtle", filepath.Join(dir, name))
	}
}

// python has a script run by a Python that has a package.
func python(t *testing.T, pkg, script, dir string) {
	for _, program := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(program, "-c", "import "+pkg).Run() == nil {
			t.Log(run(t, program, filepath.Join("..", "testdata", "graph", script), dir))
			return
		}
	}
	t.Skip("no " + pkg + ": apt-get install python3-" + pkg)
}

func TestOutsideRdflib(t *testing.T) { python(t, "rdflib", "check.py", outside(t)) }

func TestOutsideNetworkX(t *testing.T) {
	dir := t.TempDir()
	docs := append(documents(t), fuzzed(strings.Join(awkwardWords, " "), "https://example.org/"))
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("graph.graphml", encode(t, "graphml", Options{}, docs...))
	for name, table := range writeTables(t, Options{}, docs...) {
		write(name, table)
	}
	python(t, "networkx", "network.py", dir)
}

// nodeScript finds the program and a script that it is to run.
func nodeScript(t testing.TB, script string) (program, path string) {
	path = filepath.Join("..", "testdata", "graph", script)
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "node_modules")); err != nil {
		t.Skip("no readers for node: npm install --no-package-lock --prefix testdata/graph")
	}
	program, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node: apt-get install nodejs")
	}
	return program, path
}

func TestOutsideNode(t *testing.T) {
	program, script := nodeScript(t, "check.mjs")
	t.Log(run(t, program, script, outside(t)))
}

// FuzzOutside has Oxigraph, N3.js and jsonld.js read any words wherever words and addresses go, in every format that
// they know, and find the same quads.
func FuzzOutside(f *testing.F) {
	program, script := nodeScript(f, "same.mjs")
	cmd := exec.Command(program, script)
	in, err := cmd.StdinPipe()
	require.NoError(f, err)
	out, err := cmd.StdoutPipe()
	require.NoError(f, err)
	require.NoError(f, cmd.Start())
	f.Cleanup(func() {
		in.Close()
		_ = cmd.Wait()
	})
	answers := bufio.NewReader(out)
	for _, s := range awkwardWords {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, words, address string) {
		texts := map[string]string{}
		for ending, format := range map[string]string{".nq": "nquads", ".trig": "trig", ".jsonld": "jsonld", ".nt": "ntriples", ".ttl": "turtle"} {
			texts[ending] = encode(t, format, Options{}, fuzzed(words, address))
			if ending != ".jsonld" {
				texts[".rdf12"+ending] = encode(t, format, Options{RDF12: true}, fuzzed(words, address))
			}
		}
		require.NoError(t, json.NewEncoder(in).Encode(texts))
		answer, err := answers.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, "[]\n", answer)
	})
}
