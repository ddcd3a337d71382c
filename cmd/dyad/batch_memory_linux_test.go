package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

var memoryCorpus = flag.Int("megabytes", 100, "size of the corpus of TestBatchMemory")

// TestBatchMemory runs a batch over a corpus of any size, which is made of lines with much beside the text, of web
// archives with large pages, of long texts and of one line without end: it never takes more than 300 MB.
func TestBatchMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 100 MB")
	}
	dir := t.TempDir()
	news := filepath.Join(dir, "news")
	require.NoError(t, os.Mkdir(news, 0o755))
	articles := bigCorpus(t, news, *memoryCorpus<<20)

	counters := filepath.Join(dir, "counters")
	run := exec.Command("dyad", "batch", news, "--out", filepath.Join(dir, "out"), "--workers", "2", "--metrics", counters)
	run.Env = append(os.Environ(), "GOMEMLIMIT=") // the program's own limit
	out, err := run.CombinedOutput()
	require.ErrorAs(t, err, new(*exec.ExitError), "the line without end must be told")
	require.Equal(t, exitFailed, run.ProcessState.ExitCode(), string(out))
	require.Contains(t, string(out), "endless.jsonl:1: is longer than 16 MB")
	require.Equal(t, float64(articles), metric(t, counters, "articles"))
	require.Equal(t, 1.0, metric(t, counters, "articles_failed"))

	peak := run.ProcessState.SysUsage().(*syscall.Rusage).Maxrss >> 10
	t.Logf("%d MB in %d articles, %.0f tokens: at most %d MB of memory", *memoryCorpus, articles, metric(t, counters, "tokens"), peak)
	require.Less(t, peak, int64(300))
}

// bigCorpus fills a folder with inputs of about size bytes and returns how many articles they have.
func bigCorpus(t *testing.T, dir string, size int) (articles int) {
	lines, err := os.ReadFile(corpus(t, 300))
	require.NoError(t, err)
	var texts []string
	for line := range strings.Lines(string(lines)) {
		var article struct{ Text string }
		require.NoError(t, json.Unmarshal([]byte(line), &article))
		first, _, _ := strings.Cut(article.Text, "\n\n")
		texts = append(texts, first)
	}
	text := func() string {
		articles++
		return texts[articles%len(texts)] + fmt.Sprintf("\n\nThis is article %d.", articles)
	}
	write := func(name string, f func(w *bufio.Writer)) {
		file, err := os.Create(filepath.Join(dir, name))
		require.NoError(t, err)
		w := bufio.NewWriter(file)
		f(w)
		require.NoError(t, w.Flush())
		require.NoError(t, file.Close())
	}

	articles++
	write("endless.jsonl", func(w *bufio.Writer) {
		w.WriteString(`{"text":"`)
		for range 40 << 10 {
			w.WriteString(strings.Repeat("a", 1<<10))
		}
	})
	const part = 10 << 20
	for i := range size / part {
		write(fmt.Sprintf("lines-%d.jsonl", i), func(w *bufio.Writer) {
			for range part / 2 / (60 << 10) {
				line, err := json.Marshal(map[string]string{"text": text(), "page": strings.Repeat("What nobody reads. ", 60<<10/19)})
				require.NoError(t, err)
				w.Write(append(line, '\n'))
			}
		})
		write(fmt.Sprintf("web-%d.warc", i), func(w *bufio.Writer) {
			for range part / 2 / (200 << 10) {
				page := strings.Replace(page(text()), "<article>", "<script>"+strings.Repeat("var x = 'y';\n", 100<<6)+"</script>"+
					strings.Repeat("<div class=\"menu\"><a href=\"/\">Home</a></div>\n", 2000)+"<article>", 1)
				block := answer(page)
				fmt.Fprintf(w, "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(block), block)
			}
		})
		if i%5 == 0 {
			write(fmt.Sprintf("long-%d.txt", i), func(w *bufio.Writer) {
				for n := 0; n < 200<<10; {
					more := text()
					articles--
					n += len(more) + 2
					w.WriteString(more + "\n\n")
				}
				articles++
			})
		}
	}
	return articles
}
