package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
)

// corpus writes an input of many articles of different lengths, made of the project's own, and returns its name.
func corpus(t testing.TB, articles int) string {
	files, err := filepath.Glob("../../seeds/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var paragraphs []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		paragraphs = append(paragraphs, strings.Split(strings.TrimSpace(string(text)), "\n\n")...)
	}
	var out bytes.Buffer
	for i := range articles {
		var text []string
		for j := range 1 + i*i%9 {
			text = append(text, paragraphs[(i+j)%len(paragraphs)])
		}
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprint("article-", i), "published": fmt.Sprintf("2019-06-%02d", 1+i%28), "text": strings.Join(text, "\n\n"),
		})
		require.NoError(t, err)
		out.Write(append(line, '\n'))
	}
	name := filepath.Join(t.TempDir(), "corpus.jsonl")
	require.NoError(t, os.WriteFile(name, out.Bytes(), 0o644))
	return name
}

// TestSameBytes runs every format with different numbers of workers, twice each: the output depends on the input only.
func TestSameBytes(t *testing.T) {
	formats, articles := graph.Formats(), 60
	if testing.Short() {
		formats, articles = []string{"json", "jsonld"}, 20
	}
	input := corpus(t, articles)
	for _, format := range formats {
		t.Run(format, func(t *testing.T) {
			want := extractAll(t, format, 1, input)
			require.NotEmpty(t, want)
			for _, workers := range []int{1, 2, 8, 8} {
				require.True(t, bytes.Equal(want, extractAll(t, format, workers, input)), "%d workers", workers)
			}
		})
	}
}

// TestSameAlone checks that an article says the same whether it is read alone or after others: nothing is left over
// in the memory that articles share.
func TestSameAlone(t *testing.T) {
	input := corpus(t, 30)
	text, err := os.ReadFile(input)
	require.NoError(t, err)
	var alone []byte
	one := filepath.Join(t.TempDir(), "one.jsonl")
	for line := range strings.Lines(string(text)) {
		require.NoError(t, os.WriteFile(one, []byte(line), 0o644))
		alone = append(alone, extractAll(t, "json", 1, one)...)
	}
	noDiff(t, "alone", alone, "one after another", extractAll(t, "json", 1, input))
}

// extractAll is dyad extract with an extractor that was built before.
func extractAll(t *testing.T, format string, workers int, input string) []byte {
	t.Helper()
	c := extractConfig{
		pipeline: pipeline{engine: "dyad"}, writing: writing{format: format, direct: "all"}, workers: workers,
	}
	c.graph.Clauses = format == "json"
	require.NoError(t, c.check([]string{input}, ""))
	var out, errs bytes.Buffer
	require.NoError(t, c.write(t.Context(), extractor(t), nil, &out, &errs), errs.String())
	return out.Bytes()
}

var built = sync.OnceValues(func() (*extract.Extractor, error) { return (&pipeline{engine: "dyad"}).build() })

// extractor returns the built-in pipeline.
func extractor(t testing.TB) *extract.Extractor {
	x, err := built()
	require.NoError(t, err)
	return x
}
