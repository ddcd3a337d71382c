package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

// BenchmarkCold runs the program as a process of its own on one article: what one call costs, everything loaded.
func BenchmarkCold(b *testing.B) {
	program := filepath.Join(b.TempDir(), "dyad")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(b, err, string(out))
	articles, err := filepath.Glob("../../seeds/articles/*.txt")
	require.NoError(b, err)
	require.NotEmpty(b, articles)
	for b.Loop() {
		require.NoError(b, exec.Command(program, "extract", articles[0]).Run())
	}
}

// BenchmarkBuild makes the extractor: models, rules and knowledge.
func BenchmarkBuild(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_, err := (&pipeline{engine: "dyad"}).build()
		require.NoError(b, err)
	}
}

// BenchmarkExtract runs the whole command over 200 articles, from JSON Lines to JSON-LD.
func BenchmarkExtract(b *testing.B) {
	input := corpus(b, 200)
	info, err := os.Stat(input)
	require.NoError(b, err)
	docs := documents(b, input)
	tokens := 0
	for _, d := range docs {
		tokens += len(d.Tokens)
	}
	for _, workers := range []int{1, 2} {
		b.Run(strconv.Itoa(workers)+"-workers", func(b *testing.B) {
			c := extractConfig{pipeline: pipeline{engine: "dyad"}, writing: writing{format: "jsonld", direct: "all"}, workers: workers}
			require.NoError(b, c.check([]string{input}, ""))
			x := extractor(b)
			b.SetBytes(info.Size())
			for b.Loop() {
				require.NoError(b, c.write(b.Context(), x, nil, io.Discard, io.Discard))
			}
			b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// BenchmarkEncode writes 200 articles in each format.
func BenchmarkEncode(b *testing.B) {
	docs := documents(b, corpus(b, 200))
	for _, format := range graph.Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			tokens := 0
			for b.Loop() {
				enc, err := graph.NewEncoder(format, io.Discard, graph.Options{})
				require.NoError(b, err)
				for _, d := range docs {
					require.NoError(b, enc.Encode(d))
					tokens += len(d.Tokens)
				}
				require.NoError(b, enc.Close())
			}
			b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// documents reads all articles of an input.
func documents(b *testing.B, input string) []*extract.Document {
	x := extractor(b)
	var docs []*extract.Document
	for item := range read.Articles([]string{input}, read.Options{}) {
		require.NoError(b, item.Err)
		d := new(extract.Document)
		require.NoError(b, x.Extract(item.Article, d))
		docs = append(docs, d)
	}
	return docs
}
