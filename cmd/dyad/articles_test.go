package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

func encode(d *extract.Document, format string, w *bytes.Buffer) {
	enc, err := graph.NewEncoder(format, w, graph.Options{})
	if err == nil {
		err = enc.Encode(d)
	}
	if err == nil {
		err = enc.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
}

// forEachArticle calls f with what the pipeline finds in each of the project's articles.
func forEachArticle(t *testing.T, f func(t *testing.T, name string, d *extract.Document)) {
	files, err := filepath.Glob("../../seeds/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	x := extractor(t)
	d := new(extract.Document)
	for item := range read.Articles(files, read.Options{}) {
		require.NoError(t, item.Err, item.Place)
		require.NoError(t, x.Extract(item.Article, d))
		name := strings.TrimSuffix(filepath.Base(item.Place), ".txt")
		t.Run(name, func(t *testing.T) { f(t, name, d) })
	}
}

// TestJSONLDSaysWhatNQuadsSay expands the JSON-LD of every article with another implementation.
func TestJSONLDSaysWhatNQuadsSay(t *testing.T) {
	forEachArticle(t, func(t *testing.T, _ string, d *extract.Document) {
		var jsonld, nquads bytes.Buffer
		encode(d, "jsonld", &jsonld)
		encode(d, "nquads", &nquads)

		document, err := ld.DocumentFromReader(&jsonld)
		require.NoError(t, err)
		expanded, err := ld.NewJsonLdProcessor().ToRDF(document, ld.NewJsonLdOptions(""))
		require.NoError(t, err)
		stated, err := ld.ParseNQuads(nquads.String())
		require.NoError(t, err)
		want, got := sortedQuads(t, stated), sortedQuads(t, expanded.(*ld.RDFDataset))
		require.NotEmpty(t, want)
		noDiff(t, "N-Quads", want, "JSON-LD", got)
	})
}

func sortedQuads(t *testing.T, dataset *ld.RDFDataset) []byte {
	text, err := (&ld.NQuadRDFSerializer{}).Serialize(dataset)
	require.NoError(t, err)
	lines := slices.Sorted(strings.Lines(text.(string)))
	return []byte(strings.Join(slices.Compact(lines), ""))
}
