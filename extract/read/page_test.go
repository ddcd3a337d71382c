package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Of a page its article is read, all of it, and nothing of what stands around it.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("testdata/pages/*.html")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(pages), 12)
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			file, err := os.ReadFile(strings.TrimSuffix(page, "html") + "txt")
			require.NoError(t, err)
			head, text, _ := strings.Cut(string(file), "\n\n")
			about := append(strings.Split(head, "\n"), "") // title, day, author
			for item := range Articles([]string{page}, Options{}) {
				require.NoError(t, item.Err)
				a := item.Article
				for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
					require.Contains(t, "\n\n"+a.Text+"\n\n", "\n\n"+paragraph+"\n\n")
				}
				for _, other := range []string{"menu entry", "newsletter", "sofa", "Share on", "Reader one", "Related story", "cookies", "footer",
					"sidebar", "script text", "margin", "caption"} {
					require.NotContains(t, a.Text, other)
				}
				require.Equal(t, about[0], a.Title)
				require.Equal(t, about[1], a.Published.String())
				require.Equal(t, about[2], item.Author)
				require.Equal(t, "https://news.example.org/"+strings.TrimSuffix(filepath.Base(page), ".html"), a.URL)
				require.Equal(t, "Example News", item.Site)
			}
		})
	}
}

func TestPageWithout(t *testing.T) {
	for _, page := range []string{"<!doctype html>", "<html><body></body></html>", "<html><script>x</script>"} {
		for item := range Articles([]string{"-"}, Options{Stdin: strings.NewReader(page)}) {
			require.Error(t, item.Err)
		}
	}
	deep := strings.Repeat("<div>", 100_000) + "Text."
	for item := range Articles([]string{"-"}, Options{Format: HTML, Stdin: strings.NewReader(deep)}) {
		require.Error(t, item.Err)
	}
}
