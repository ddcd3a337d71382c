package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

func newTestExtractor(t testing.TB) *Extractor {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	x, err := New(Options{Seeds: fsys})
	require.NoError(t, err)
	return x
}

// TestArticlesHold extracts the project's articles one after another into the same document.
func TestArticlesHold(t *testing.T) {
	x := newTestExtractor(t)
	files, err := filepath.Glob("../seeds/articles/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var d Document
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		require.NoError(t, x.Extract(Article{Text: string(text)}, &d))
		require.NoError(t, d.check(), file)
		require.NotEmpty(t, d.Relations, file)
	}
}

// TestReusedDocument makes sure that nothing of one article is left in the next.
func TestReusedDocument(t *testing.T) {
	x := newTestExtractor(t)
	const text = "Lavrov met Kono in Tokyo. He said that Russia opposed the plan."
	var fresh, used Document
	require.NoError(t, x.Extract(Article{Text: text}, &fresh))
	require.NoError(t, x.Extract(Article{Text: strings.Repeat("Merkel visited Kyiv and praised Ukraine. ", 50)}, &used))
	require.NoError(t, x.Extract(Article{Text: text}, &used))
	dump := func(d *Document) string {
		var w strings.Builder
		d.DumpMentions(&w)
		d.DumpClauses(&w)
		d.DumpRelations(&w)
		return w.String()
	}
	require.Equal(t, dump(&fresh), dump(&used))
}

// FuzzExtract looks for texts that break what must always hold of a document.
func FuzzExtract(f *testing.F) {
	for _, s := range []string{"", " \n\n", "Lavrov met Kono.", "“No,” said X. Y, who V, Zed.", "A\tB\r\nC", "... ( ) - – 1-1",
		"Talks between A, B and C, the US-led and Russo-Japanese, who that which of of to the.", "é́💥 Абв 北京 met 北京."} {
		f.Add(s)
	}
	x := newTestExtractor(f)
	var d Document
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "?")
		require.NoError(t, x.Extract(Article{Text: text}, &d))
		require.NoError(t, d.check(), "%q", text)
	})
}
