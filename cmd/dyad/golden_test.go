package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
)

const goldens = "../../testdata/golden"

// sections are what a golden shows of an article, in the order in which the stages make it, so that the first
// difference names the stage that changed.
var sections = []struct {
	name string
	dump func(d *extract.Document, w *bytes.Buffer)
}{
	{"article", func(d *extract.Document, w *bytes.Buffer) { w.WriteString(d.Text) }},
	{"sentences", dumpSentences},
	{"mentions", func(d *extract.Document, w *bytes.Buffer) { d.DumpMentions(w) }},
	{"clauses", func(d *extract.Document, w *bytes.Buffer) { d.DumpClauses(w) }},
	{"relations", func(d *extract.Document, w *bytes.Buffer) { d.DumpRelations(w) }},
	{"graph.nq", dumpGraph},
}

// dumpSentences writes a line for each sentence: its words with tag, head (counted in the sentence, 0 is none) and
// relation.
func dumpSentences(d *extract.Document, w *bytes.Buffer) {
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			t := d.Tokens[i]
			head := int32(0)
			if t.Head >= 0 {
				head = t.Head - s.Tokens.First + 1
			}
			fmt.Fprintf(w, "%s/%v/%d:%v ", d.Word(i), t.Tag, head, t.Dep)
		}
		w.Truncate(max(0, w.Len()-1))
		w.WriteByte('\n')
	}
}

// dumpGraph writes the graph without provenance, which changes with every version.
func dumpGraph(d *extract.Document, w *bytes.Buffer) { encode(d, "nquads", w) }

// TestGolden compares every stage's result for every article with the one that was looked at when it was committed.
// A golden tells what changed, not what is good: read it before you commit it.
func TestGolden(t *testing.T) {
	found, err := filepath.Glob(goldens + "/*.txtar")
	require.NoError(t, err)
	var seen []string
	forEachArticle(t, func(t *testing.T, name string, d *extract.Document) {
		path := filepath.Join(goldens, name+".txtar")
		seen = append(seen, path)
		if *update {
			require.NoError(t, os.WriteFile(path, txtar.Format(golden(name, d)), 0o644))
			return
		}
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err, "no golden: run make golden")
		compareSections(t, archive, golden(name, d))
	})
	for _, path := range found {
		if slices.Contains(seen, path) {
			continue
		}
		if *update {
			require.NoError(t, os.Remove(path))
		} else {
			t.Errorf("%s: there is no such article: run make golden", path)
		}
	}
}

// TestExpectedFacts has dyad golden compare the articles with the facts that people read and kept: what is right must be
// found, what is marked may be.
func TestExpectedFacts(t *testing.T) {
	var out, errs bytes.Buffer
	code := run([]string{"golden", "../../seeds/articles"}, strings.NewReader(""), &out, &errs)
	require.Equal(t, exitOK, code, "%s%sread the difference; run make golden if it is meant", out.String(), errs.String())
}

// TestGoldenGraphs has json-gold read the graph of every article: JSON-LD says what N-Quads say, and nothing is blank.
func TestGoldenGraphs(t *testing.T) {
	forEachArticle(t, func(t *testing.T, _ string, d *extract.Document) {
		var nquads, jsonld bytes.Buffer
		encode(d, "nquads", &nquads)
		encode(d, "jsonld", &jsonld)
		want, err := ld.ParseNQuads(nquads.String())
		require.NoError(t, err)
		var document any
		require.NoError(t, json.Unmarshal(jsonld.Bytes(), &document))
		got, err := ld.NewJsonLdProcessor().ToRDF(document, ld.NewJsonLdOptions(""))
		require.NoError(t, err)
		lines := func(dataset *ld.RDFDataset) []string {
			text, err := (&ld.NQuadRDFSerializer{}).Serialize(dataset)
			require.NoError(t, err)
			require.NotContains(t, text, "_:")
			return slices.Sorted(strings.Lines(text.(string)))
		}
		require.Equal(t, lines(want), lines(got.(*ld.RDFDataset)))
		require.Len(t, lines(want), strings.Count(nquads.String(), "\n"))
	})
}

// golden makes the golden of an article.
func golden(name string, d *extract.Document) *txtar.Archive {
	a := &txtar.Archive{Comment: fmt.Appendf(nil, "What dyad makes of seeds/articles/%s.txt, stage by stage. Written by make golden.\n", name)}
	for _, s := range sections {
		var w bytes.Buffer
		s.dump(d, &w)
		if w.Len() > 0 && !bytes.HasSuffix(w.Bytes(), []byte("\n")) {
			w.WriteByte('\n')
		}
		a.Files = append(a.Files, txtar.File{Name: s.name, Data: w.Bytes()})
	}
	return a
}

// compareSections shows the first stage whose result differs; the ones behind it differ because of it.
func compareSections(t *testing.T, want, got *txtar.Archive) {
	t.Helper()
	for i, g := range got.Files {
		if i >= len(want.Files) || want.Files[i].Name != g.Name {
			t.Errorf("section %q is missing: run make golden", g.Name)
			return
		}
		if d := diff.Diff("golden "+g.Name, want.Files[i].Data, "now", g.Data); d != nil {
			t.Errorf("%s changed; if it is meant to, run make golden\n%s", g.Name, d)
			return
		}
	}
	if len(want.Files) > len(got.Files) {
		t.Errorf("section %q is of no stage: run make golden", want.Files[len(got.Files)].Name)
	}
}
