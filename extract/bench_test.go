package extract

import (
	"io/fs"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

// benchArticles are the project's own articles, and who reads them.
func benchArticles(b *testing.B) (x *Extractor, articles []Article) {
	fsys, err := seeds.FS("")
	require.NoError(b, err)
	names, err := fs.Glob(fsys, "articles/*.txt")
	require.NoError(b, err)
	require.NotEmpty(b, names)
	for _, name := range names {
		text, err := fs.ReadFile(fsys, name)
		require.NoError(b, err)
		articles = append(articles, Article{Text: string(text)})
	}
	return newTestExtractor(b), articles
}

// BenchmarkExtract reads articles with one Document.
func BenchmarkExtract(b *testing.B) {
	x, articles := benchArticles(b)
	b.ReportAllocs()
	var d Document
	tokens := 0
	for b.Loop() {
		for _, a := range articles {
			require.NoError(b, x.Extract(a, &d))
			tokens += len(d.Tokens)
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkStages tells how long each stage takes of the way that Extract goes, in nanoseconds a token.
func BenchmarkStages(b *testing.B) {
	x, articles := benchArticles(b)
	stages := []struct {
		name string
		run  func(d *Document)
	}{
		{"segment", x.segment.segment},
		{"words+names+trees", func(d *Document) { require.NoError(b, x.engine.annotate(d)) }},
		{"link", x.link.link},
		{"clauses", func(d *Document) { x.clause.run(d); resolveTimes(d) }},
		{"rules", func(d *Document) {
			stateOffices(d)
			x.relate.run(d)
			x.names.run(d)
			x.trust.run(d)
			x.relate.settle(d)
		}},
	}
	took := make([]time.Duration, len(stages))
	var d Document
	d.Symbols.Use(x.lexicon)
	tokens := 0
	for b.Loop() {
		for _, a := range articles {
			d.Reset(a)
			for i, stage := range stages {
				began := time.Now()
				stage.run(&d)
				took[i] += time.Since(began)
			}
			tokens += len(d.Tokens)
		}
	}
	for i, stage := range stages {
		b.ReportMetric(float64(took[i].Nanoseconds())/float64(tokens), stage.name+"-ns/token")
	}
}
