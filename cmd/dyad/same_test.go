package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

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
	input := corpus(t, 60)
	for _, format := range graph.Formats() {
		t.Run(format, func(t *testing.T) {
			want := dyad(t, "extract", "--workers", "1", "--format", format, input)
			require.NotEmpty(t, want)
			for _, workers := range []int{1, 2, 8, 8} {
				got := dyad(t, "extract", "--workers", strconv.Itoa(workers), "--format", format, input)
				require.True(t, bytes.Equal(want, got), "%d workers", workers)
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
		alone = append(alone, dyad(t, "extract", "--open", "--format", "json", one)...)
		if testing.Short() && len(alone) > 100_000 {
			break
		}
	}
	together := dyad(t, "extract", "--open", "--workers", "1", "--format", "json", input)
	require.True(t, bytes.HasPrefix(together, alone))
}
