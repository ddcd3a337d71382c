package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBrokenAmongGood puts truncated, mutated and random lines among good ones: the good ones say what they say alone,
// and every other is either read or told with its place.
func TestBrokenAmongGood(t *testing.T) {
	articles := 200
	if testing.Short() {
		articles = 30
	}
	text, err := os.ReadFile(corpus(t, articles))
	require.NoError(t, err)
	good := slices.Collect(strings.Lines(string(text)))
	random := rand.New(rand.NewPCG(3, 4))
	var mixed bytes.Buffer
	lines := 0
	for i, line := range good {
		// A copy with another identifier is broken, so that it is not taken for the good one.
		broken := []byte(strings.Replace(line, `"article-`, `"broken-`, 1))
		broken = broken[:len(broken)-1]
		switch i % 4 {
		case 0:
			broken = broken[:1+random.IntN(len(broken)-1)]
		case 1:
			for range 1 + random.IntN(5) {
				broken[random.IntN(len(broken))] = byte(random.IntN(256))
			}
		case 2:
			for j := range broken {
				broken[j] = byte(random.IntN(256))
			}
		case 3:
			broken = slices.Concat(broken, broken)
		}
		broken = bytes.ReplaceAll(broken, []byte("\n"), []byte(" "))
		mixed.WriteString(line)
		mixed.Write(append(broken, '\n'))
		lines += 2
	}
	name := filepath.Join(t.TempDir(), "mixed.jsonl")
	require.NoError(t, os.WriteFile(name, mixed.Bytes(), 0o644))

	want := slices.Collect(strings.Lines(string(extractAll(t, "json", 1, corpus(t, articles)))))
	for _, workers := range []int{1, 4} {
		c := extractConfig{
			pipeline: pipeline{engine: "dyad"}, writing: writing{format: "json", direct: "all"}, workers: workers,
		}
		c.graph.Clauses = true
		require.NoError(t, c.check([]string{name}, ""))
		var out, errs bytes.Buffer
		require.ErrorAs(t, c.write(t.Context(), extractor(t), nil, &out, &errs), new(*failedError))

		var kept []string
		others := 0
		for line := range strings.Lines(out.String()) {
			var article struct{ ID string }
			require.NoError(t, json.Unmarshal([]byte(line), &article))
			if strings.HasPrefix(article.ID, "article-") {
				kept = append(kept, line)
			} else {
				others++
			}
		}
		require.Equal(t, want, kept)
		told := 0
		for line := range strings.Lines(errs.String()) {
			require.Regexp(t, fmt.Sprintf(`^dyad: %s:\d+: `, name), line)
			told++
		}
		require.Equal(t, lines, len(kept)+others+told)
		require.Greater(t, told, lines/4)
	}
}
