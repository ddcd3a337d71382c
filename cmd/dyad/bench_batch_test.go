package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"
	"github.com/stretchr/testify/require"
)

var benchArticles = flag.Int("articles", 1000, "how many articles BenchmarkBatch reads")

// BenchmarkBatch runs the program over many articles, from JSON Lines to JSON-LD, with one worker and with two; and
// beside it all that prose does, over some of them.
func BenchmarkBatch(b *testing.B) {
	texts := newswire(b, *benchArticles)
	dir := b.TempDir()
	program := filepath.Join(dir, "program")
	out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput()
	require.NoError(b, err, string(out))
	news := filepath.Join(dir, "news")
	require.NoError(b, os.Mkdir(news, 0o755))
	const inFile = 1000
	for i := 0; i < len(texts); i += inFile {
		var lines strings.Builder
		for j, text := range texts[i:min(i+inFile, len(texts))] {
			line, err := json.Marshal(map[string]string{"id": strconv.Itoa(i + j), "published": "2007-10-01", "text": text})
			require.NoError(b, err)
			lines.Write(append(line, '\n'))
		}
		require.NoError(b, os.WriteFile(filepath.Join(news, fmt.Sprintf("%05d.jsonl", i)), []byte(lines.String()), 0o644))
	}

	for _, workers := range []string{"1", "2"} {
		b.Run(workers+"-workers", func(b *testing.B) {
			counters := filepath.Join(dir, "counters")
			tokens := 0.0
			for b.Loop() {
				run := exec.Command(program, "batch", news, "--out", b.TempDir(), "--workers", workers, "--metrics", counters)
				out, err := run.CombinedOutput()
				require.NoError(b, err, string(out))
				tokens += metric(b, counters, "tokens")
			}
			b.ReportMetric(tokens/b.Elapsed().Seconds(), "tokens/s")
		})
	}
	b.Run("prose", func(b *testing.B) {
		tokens := 0
		model := prose.ModelFromData("prose")
		for b.Loop() {
			for _, text := range texts[:min(500, len(texts))] {
				d, err := prose.NewDocument(text, prose.UsingModel(model))
				require.NoError(b, err)
				tokens += len(d.Tokens())
			}
		}
		b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
	})
}

// newswire makes articles of seven sentences. A sentence may be in several, but always beside others.
func newswire(b *testing.B, articles int) []string {
	file, err := os.ReadFile("../../../shared/bench/text/voa.tsv")
	if err != nil {
		b.Skip("needs ../shared/bench/text/voa.tsv, sentences of newswire that are not part of the project")
	}
	var sentences []string
	for line := range strings.Lines(string(file)) {
		_, sentence, _ := strings.Cut(strings.TrimSpace(line), "\t")
		sentences = append(sentences, sentence)
	}
	const length = 7
	var texts []string
	for i := range articles {
		first := i * length
		apart := 1 + 2*(first/len(sentences))
		var text []string
		for j := range length {
			text = append(text, sentences[(first+j*apart)%len(sentences)])
		}
		texts = append(texts, strings.Join(text, " "))
	}
	return texts
}

// metric reads a counter from a file of --metrics.
func metric(t testing.TB, file, name string) float64 {
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	found := regexp.MustCompile(`(?m)^dyad_batch_` + name + ` (\S+)$`).FindSubmatch(text)
	require.NotNil(t, found, name)
	value, err := strconv.ParseFloat(string(found[1]), 64)
	require.NoError(t, err)
	return value
}
