package read

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

func from(content string, o Options) (items []Item) {
	o.Stdin = strings.NewReader(content)
	for item := range Articles([]string{"-"}, o) {
		items = append(items, item)
	}
	return items
}

func TestMarkdown(t *testing.T) {
	items := from("---\ntitle: \"Talks\"\ndate: 2019-05-31\nauthor: Jane\nurl: http://u\n---\n# Ministers *meet*\n\nThe [ministers](http://m) met\nin **Tokyo**.\n\n```\ncode\n```\n\n- One & two\n- `Three`\n\n> They left.\n", Options{Format: Markdown})
	require.Equal(t, []Item{{Place: "standard input", Author: "Jane", Article: extract.Article{URL: "http://u", Title: "Talks",
		Published: seeds.Date{Year: 2019, Month: 5, Day: 31}, Text: "Ministers meet\n\nThe ministers met in Tokyo.\n\nOne & two\n\nThree\n\nThey left."}}}, items)
	for _, hostile := range []string{strings.Repeat("[a](", 50_000), strings.Repeat("> ", 50_000), strings.Repeat("- ", 20_000) + "x"} {
		require.ErrorContains(t, from(hostile, Options{Format: Markdown})[0].Err, "has more than")
	}
	require.Equal(t, "--- no front matter", from("\n\\--- no front matter", Options{Format: Markdown})[0].Article.Text)
}

func TestFieldNames(t *testing.T) {
	o := Options{Format: JSONL, Fields: Fields{Text: "body", Published: "date"}}
	items := from(`{"id":7,"body":"A.","date":"2019-05-31 10:00","text":[]}`+"\n"+`{"body":7}`+"\n"+`{"text":"A."}`+"\n[]\n", o)
	require.Equal(t, extract.Article{ID: "7", Text: "A.", Published: seeds.Date{Year: 2019, Month: 5, Day: 31}}, items[0].Article)
	require.EqualError(t, items[1].Err, `field "body" is a JSON number: want a string`)
	require.EqualError(t, items[2].Err, `has no field "body"`)
	require.EqualError(t, items[3].Err, "is a JSON array: want an object")
}

const rss = `<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Example</title>
<item><title>One</title><link>http://e/1</link><guid>g1</guid><pubDate>Fri, 31 May 2019 10:00:00 GMT</pubDate><description>&lt;p&gt;The ministers met at the caf` + "\xe9" + `.&lt;/p&gt;&lt;p&gt;They left.&lt;/p&gt;</description></item>
<item><title>Two</title><description></description></item></channel></rss>`

const atomFeed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><id>a1</id><title>One</title><author><name>Jane</name></author><link href="http://e/1"/><published>2019-05-31T10:00:00Z</published><summary>Short.</summary><content type="html">&lt;p&gt;Long.&lt;/p&gt;</content></entry></feed>`

func TestFeed(t *testing.T) {
	items := from(rss, Options{})
	require.Len(t, items, 2)
	day := seeds.Date{Year: 2019, Month: 5, Day: 31}
	require.Equal(t, Item{Place: "standard input: item 1", Site: "Example", Article: extract.Article{ID: "g1", URL: "http://e/1", Title: "One",
		Published: day, Text: "The ministers met at the café.\n\nThey left."}}, items[0])
	require.EqualError(t, items[1].Err, "has no text in it")
	require.Equal(t, []Item{{Place: "standard input: item 1", Site: "Example", Author: "Jane", Article: extract.Article{ID: "a1", URL: "http://e/1",
		Title: "One", Published: day, Text: "Long."}}}, from(atomFeed, Options{}))
	require.Error(t, from("<rss>", Options{})[0].Err)
}

const eml = "Message-ID: <1@e>\r\nFrom: Jane <j@e.org>\r\nSubject: =?utf-8?q?Caf=C3=A9?=\r\nDate: Fri, 31 May 2019 10:00:00 +0000\r\n" +
	"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Marked.</p>\r\n--b\r\n" +
	"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe ministers met at the caf=E9.\r\n--b--\r\n"

func TestMail(t *testing.T) {
	require.Equal(t, []Item{{Place: "standard input", Author: "Jane <j@e.org>", Article: extract.Article{ID: "1@e", Title: "Café",
		Published: seeds.Date{Year: 2019, Month: 5, Day: 31}, Text: "The ministers met at the café."}}}, from(eml, Options{Format: Mail}))
	require.Equal(t, "Marked.", from(strings.Replace(eml, "text/plain", "image/png", 1), Options{Format: Mail})[0].Article.Text)
	for _, broken := range []string{"", "no mail", "A: b\r\n\r\n", eml[:len(eml)-40], "Content-Type: text/plain; charset=klingon\r\n\r\nA."} {
		require.Error(t, from(broken, Options{Format: Mail})[0].Err, broken)
	}
}

// record returns a WARC record.
func record(kind, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:1>\r\nWARC-Target-URI: http://e/1\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, len(block), block)
}

func answer(status, kind, body string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: %s\r\n\r\n%s", status, kind, body)
}

var webPage = "<html><head><title>Talks in Tokyo</title></head><body><article>" + strings.Repeat("<p>The ministers of Russia and Japan met in the caf\xe9 of the capital.</p>", 10) + "</article></body></html>"

func webArchive() string {
	return record("warcinfo", "software: x") + record("request", "GET / HTTP/1.1\r\n\r\n") +
		record("response", answer("200 OK", "text/html; charset=iso-8859-1", webPage)) +
		record("response", answer("404 Not Found", "text/html", webPage)) + record("response", answer("200 OK", "image/png", "x")) +
		record("response", "no answer") + record("response", answer("200 OK", "text/html", packed(webPage)))
}

func packed(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

func TestWARC(t *testing.T) {
	items := from(webArchive(), Options{})
	require.Len(t, items, 3)
	require.NoError(t, items[0].Err)
	require.Equal(t, "standard input: record 3", items[0].Place)
	require.Equal(t, "http://e/1", items[0].Article.URL)
	require.Equal(t, "Talks in Tokyo", items[0].Article.Title)
	require.Contains(t, items[0].Article.Text, "met in the café of the capital.\n\nThe ministers")
	require.ErrorContains(t, items[1].Err, "is no HTTP answer")
	require.NoError(t, items[2].Err)
	// Each record may be packed by itself.
	members := packed(record("warcinfo", "x")) + packed(record("response", answer("200 OK", "text/html", webPage)))
	require.Len(t, from(members, Options{}), 1)
	for _, broken := range []string{"WARC/1.0\r\n\r\n", "WARC/1.0\r\nContent-Length: -1\r\n\r\n", "WARC/1.0\r\nContent-Length: 9\r\n\r\nx", "WARC/1.0\r\nContent-", "x",
		"WARC/1.0\r\n" + strings.Repeat("A: b\r\n", maxHeader)} {
		items := from(broken, Options{Format: WARC})
		require.Len(t, items, 1)
		require.ErrorContains(t, items[0].Err, "", broken)
		require.Error(t, items[0].Err)
	}
	items = from(record("response", answer("200 OK", "text/html", strings.Repeat("a", 200)))+webArchive(), Options{Limit: 100})
	require.EqualError(t, items[0].Err, "is longer than 100 bytes: split it into articles")
}

func TestPacked(t *testing.T) {
	var b bytes.Buffer
	z, err := zstd.NewWriter(&b)
	require.NoError(t, err)
	_, err = io.WriteString(z, `{"text":"Packed."}`)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	require.Equal(t, "Packed.", from(b.String(), Options{})[0].Article.Text)
	require.Equal(t, "Packed.", from(packed("Packed."), Options{})[0].Article.Text)
	require.Error(t, from(b.String()[:b.Len()-5], Options{Format: Text})[0].Err)
}

func TestCharset(t *testing.T) {
	require.Equal(t, "Café", from("\xff\xfeC\x00a\x00f\x00\xe9\x00", Options{})[0].Article.Text)
	require.Equal(t, "Café", from("\xfe\xff\x00C\x00a\x00f\x00\xe9", Options{})[0].Article.Text)
}

// What is in another language is listed, and English is not taken for one.
func TestLanguage(t *testing.T) {
	for text, language := range map[string]string{
		"Die Außenminister Russlands und Japans haben sich am Donnerstag in Tokio getroffen. Sie sprachen über die Sicherheit in der Region und über den Kauf von Raketen.":                                  "German",
		"Les ministres des Affaires étrangères de la Russie et du Japon se sont rencontrés jeudi à Tokyo. Ils ont parlé de la sécurité dans la région et de l’achat de missiles.":                            "French",
		"Министры иностранных дел России и Японии встретились в четверг в Токио. Они говорили о безопасности в регионе и о покупке ракет.":                                                                   "Russian",
		"Los ministros de Asuntos Exteriores de Rusia y Japón se reunieron el jueves en Tokio. Hablaron de la seguridad en la región y de la compra de misiles.":                                             "Spanish",
		"De ministers van Buitenlandse Zaken van Rusland en Japan hebben elkaar donderdag in Tokio ontmoet. Zij spraken over de veiligheid in de regio en over de aankoop van raketten.":                     "Dutch",
		"The foreign ministers of Russia and Japan met in Tokyo on Thursday. They spoke about security in the region and about missiles that Tokyo wants to buy.":                                            "",
		"Present: Sergey Lavrov, Sergey Shoigu, Taro Kono, Takeshi Iwaya, Vladimir Putin, Shinzo Abe, Donald Trump, Xi Jinping, Narendra Modi, Emmanuel Macron, Angela Merkel, Theresa May, Giuseppe Conte.": "",
		"French President Emmanuel Macron's centrist Renaissance party lost seventy-four seats in last month's legislative elections.":                                                                       "",
		"Kurz und gut.":              "",
		strings.Repeat("1 2 3 ", 50): "",
		strings.Repeat("x ", 100):    "",
	} {
		err := checkLanguage(text)
		if language == "" {
			require.NoError(t, err)
			continue
		}
		require.Error(t, err, language)
		require.EqualError(t, err, "skipped: is in "+language+": only English is read")
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{
		"a.txt": Text, "a.MD": Markdown, "a/b.html.gz": HTML, "a.warc.gz": WARC, "a.jsonl.zst": JSONL, "a.xml": Auto, "a": Auto, "-": Auto, "a.eml": Mail, "a.rss": Feed,
	} {
		require.Equal(t, want, formatOf(name), name)
		require.Equal(t, want != Auto || name == "a.xml", Readable(name), name)
	}
	require.Len(t, Formats(), len(formats))
	require.True(t, Options{}.HasMany("a.warc.gz"))
	require.False(t, Options{Format: Text}.HasMany("a.jsonl"))
	require.EqualError(t, from("A.", Options{Format: "pdf"})[0].Err, `format "pdf" is unknown`)
}

func FuzzFormats(f *testing.F) {
	for _, s := range []string{webPage, rss, atomFeed, eml, webArchive(), packed("x"), "---\na: b\n---\n# A\n[b](c) `d`", "<html><p>\x00\xff", "\xff\xfe\x00\xd8", "{\"text\":1}"} {
		for i := range formats {
			f.Add(s, uint8(i))
		}
	}
	f.Fuzz(func(t *testing.T, content string, kind uint8) {
		o := Options{Limit: 1 << 20}
		if int(kind) < len(formats) {
			o.Format = formats[kind].format
		}
		for _, item := range from(content, o) {
			require.NotEmpty(t, item.Place)
			if item.Err == nil {
				require.True(t, utf8.ValidString(item.Article.Text))
				require.NotContains(t, item.Article.Text, "\x00")
				require.NotEmpty(t, strings.TrimSpace(item.Article.Text))
				require.True(t, utf8.ValidString(item.Article.Title+item.Article.ID+item.Article.URL+item.Author+item.Site))
			}
		}
	})
}
