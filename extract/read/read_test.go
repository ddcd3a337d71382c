package read

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// list shows items as "place: text" or "place: error".
func list(names []string, o Options) (out []string) {
	for item := range Articles(names, o) {
		switch {
		case item.Err != nil:
			out = append(out, fmt.Sprintf("%s: %v", item.Place, item.Err))
		default:
			out = append(out, fmt.Sprintf("%s: %q", item.Place, item.Article.Text))
		}
	}
	return out
}

func stdin(format Format, content string) []string {
	return list([]string{"-"}, Options{Format: format, Stdin: strings.NewReader(content), Limit: 100})
}

func TestText(t *testing.T) {
	for content, want := range map[string]string{
		"Talks.\r\n":                `"Talks.\r\n"`,
		"\ufeffTalks.":              `"Talks."`,
		"":                          "has no text in it",
		" \n\u00a0\t\u200b\r\n":     "has no text in it",
		"One.\nTwo \xff.":           "line 2, byte 5 (0xff) is not UTF-8: convert the text first",
		"One.\x00":                  "line 1, byte 5 is NUL: this is no text",
		strings.Repeat("a", 101):    "is longer than 100 bytes: split it into articles",
		strings.Repeat("a", 1<<20):  "is longer than 100 bytes: split it into articles",
		strings.Repeat("a", 100)[:]: `"` + strings.Repeat("a", 100) + `"`,
	} {
		require.Equal(t, []string{"standard input: " + want}, stdin(Text, content))
	}
}

func TestJSONL(t *testing.T) {
	for line, want := range map[string]string{
		`{"text":"Talks."}`:                             `"Talks."`,
		"\ufeff" + `{"text":"A."} `:                     `"A."`,
		`{"text":"Talks.`:                               "the JSON object is cut off",
		`{"text":"A."} {`:                               "byte 15: no JSON: invalid character '{' after top-level value",
		`["A."]`:                                        "is a JSON array: want an object",
		`{"text":7}`:                                    `field "text" is a JSON number: want a string`,
		`{"id":[1],"text":"A."}`:                        `field "id" is a JSON array: want a string`,
		`{"title":"A."}`:                                `has no field "text"`,
		`{"text":null}`:                                 `has no field "text"`,
		`{"text":" "}`:                                  "text: has no text in it",
		`{"text":"a\u0000b"}`:                           "text: line 1, byte 2 is NUL: this is no text",
		"{\"text\":\"a\xe2\x28\"}":                      "line 1, byte 11 (0xe2) is not UTF-8: convert the text first",
		`{"text":"A.","published":"June 3"}`:            `published: date "June": want YYYY, YYYY-MM or YYYY-MM-DD`,
		`{"text":"` + strings.Repeat("a", 101) + `"}`:   "is longer than 100 bytes: split it into articles",
		`{"text":"` + strings.Repeat("a", 1<<20) + `"}`: "is longer than 100 bytes: split it into articles",
		`{"text":"` + strings.Repeat(`\u00e9`, 50) + `","x":1}`: `"` + strings.Repeat("é", 50) + `"`,
	} {
		require.Equal(t, []string{"standard input:1: " + want, `standard input:3: "B."`}, stdin(JSONL, line+"\n \n"+`{"text":"B."}`))
	}
}

func TestFields(t *testing.T) {
	known := extract.Article{URL: "http://k", Title: "K", Published: seeds.Date{Year: 2001}}
	for line, want := range map[string]extract.Article{
		`{"text":"A."}`: {URL: "http://k", Title: "K", Published: seeds.Date{Year: 2001}, Text: "A."},
		`{"id":"x","url":"http://u","title":"T","published":"2019-06-03T10:00:00Z","text":"A.","score":[1]}`: {ID: "x", URL: "http://u", Title: "T", Published: seeds.Date{Year: 2019, Month: 6, Day: 3}, Text: "A."},
		`{"id":12345678901234567890,"published":"2019-06","text":"A."}`:                                      {ID: "12345678901234567890", URL: "http://k", Title: "K", Published: seeds.Date{Year: 2019, Month: 6}, Text: "A."},
	} {
		for item := range Articles([]string{"-"}, Options{Format: JSONL, Stdin: strings.NewReader(line), Known: known}) {
			require.NoError(t, item.Err)
			require.Equal(t, want, item.Article)
		}
	}
}

// What cannot be read stops nothing.
func TestInputs(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		return path
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, err := io.WriteString(z, `{"text":"Packed."}`)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	names := []string{
		filepath.Join(dir, "missing.txt"), dir, write("2019-05-31-talks.txt", "Talks."), write("a.jsonl", `{"text":"A."}`+"\n{"),
		write("b.jsonl.gz", packed.String()), write("c.txt.gz", "no gzip"), write("d.ndjson", ""),
	}
	found := list(names, Options{})
	for i := range found {
		found[i] = strings.ReplaceAll(found[i], dir, "dir")
	}
	require.Equal(t, []string{
		"dir/missing.txt: no such file or directory",
		"dir: is a directory: name the files in it",
		`dir/2019-05-31-talks.txt: "Talks."`,
		`dir/a.jsonl:1: "A."`,
		"dir/a.jsonl:2: the JSON object is cut off",
		`dir/b.jsonl.gz:1: "Packed."`,
		"dir/c.txt.gz: is no gzip file: unexpected EOF",
	}, found)
}

func TestDateInName(t *testing.T) {
	for name, want := range map[string]string{
		"a/2019-05-31-talks.txt": "2019-05-31", "2019-05-31.txt": "2019-05-31", "2019-13-31.txt": "", "2019-05-311.txt": "", "talks.txt": "", "-": "",
	} {
		require.Equal(t, want, dateInName(name).String())
	}
}

// An item at a time is read: nothing behind the one that was asked for last.
func TestStops(t *testing.T) {
	for item := range Articles([]string{"-", "missing"}, Options{Format: JSONL, Stdin: io.MultiReader(strings.NewReader("{\"text\":\"A.\"}\n"), failing{})}) {
		require.NoError(t, item.Err)
		break
	}
	require.Equal(t, []string{`standard input:1: "A."`, "standard input:2: broken pipe"},
		list([]string{"-"}, Options{Format: JSONL, Stdin: io.MultiReader(strings.NewReader("{\"text\":\"A.\"}\n"), failing{})}))
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, fmt.Errorf("broken pipe") }

func FuzzArticles(f *testing.F) {
	for _, s := range []string{"", "{}", `{"text":"A."}`, "{\"text\":\"\xff\"}\n\n{\"text\":\"\\ud800\"}", `{"id":1,"published":"2019","text":"a\u0000"}`, "\ufeff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		for _, format := range []Format{Text, JSONL} {
			n := 0
			for item := range Articles([]string{"-"}, Options{Format: format, Stdin: strings.NewReader(content)}) {
				n++
				if item.Err == nil {
					require.True(t, utf8.ValidString(item.Article.Text))
					require.NotContains(t, item.Article.Text, "\x00")
					require.NotEmpty(t, strings.TrimSpace(item.Article.Text))
				}
			}
			require.LessOrEqual(t, n, 1+strings.Count(content, "\n"))
		}
	})
}

func BenchmarkJSONL(b *testing.B) {
	var in strings.Builder
	for range 100 {
		fmt.Fprintf(&in, "{\"id\":\"a\",\"text\":%q}\n", strings.Repeat("The ministers met in Tokyo. ", 100))
	}
	b.SetBytes(int64(in.Len()))
	b.ReportAllocs()
	for b.Loop() {
		for item := range Articles([]string{"-"}, Options{Format: JSONL, Stdin: strings.NewReader(in.String())}) {
			require.NoError(b, item.Err)
		}
	}
}
