package main

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

// TestBatchAmongBroken runs a batch over 1,000 good articles in inputs of all kinds, alone and with 1,000 broken ones
// beside and between them: what the good ones say is the same, and each of the others is told with its reason.
func TestBatchAmongBroken(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 3,000 articles")
	}
	clean, mixed := newMixture(t), newMixture(t)
	mixed.spoilt = rand.New(rand.NewPCG(5, 6))
	for _, m := range []*mixture{clean, mixed} {
		m.fill(t)
	}
	require.Equal(t, 1000, clean.good)
	require.Equal(t, clean.good, mixed.good)
	require.Len(t, mixed.broken, 1000)

	var out, errs bytes.Buffer
	wanted := filepath.Join(clean.dir, "out")
	dyad(t, "batch", clean.news, "--out", wanted, "--format", "json")
	found := filepath.Join(mixed.dir, "out")
	require.Equal(t, exitFailed, run([]string{"batch", mixed.news, "--out", found, "--format", "json"}, strings.NewReader(""), &out, &errs))

	told := map[string]string{}
	for line := range strings.Lines(errs.String()) {
		if place, reason, ok := strings.Cut(strings.TrimPrefix(line, "dyad: "+mixed.news+"/"), ": "); ok && strings.HasPrefix(line, "dyad: ") {
			if record, rest, ok := strings.Cut(reason, ": "); ok && (strings.HasPrefix(record, "record ") || strings.HasPrefix(record, "item ")) {
				place, reason = place+": "+record, rest
			}
			told[place] = strings.TrimSpace(reason)
		}
	}
	var missing []string
	for place, how := range mixed.broken {
		if told[place] == "" {
			missing = append(missing, place+": "+how)
		}
		delete(told, place)
	}
	require.Empty(t, missing)
	require.False(t, strings.Contains(errs.String(), "dyad itself failed"))
	require.Empty(t, told, "what is good was called broken")
	require.Regexp(t, `\n2000 articles: 1000 failed, 0 skipped, \d+ copies; `, errs.String()[errs.Len()-2000:])

	// In what is good alone, all is as it was; where broken articles stand among good ones, these are left out.
	for name := range contents(t, wanted) {
		if name == storiesName { // has names of inputs in it
			continue
		}
		want, err := os.ReadFile(filepath.Join(wanted, name))
		require.NoError(t, err)
		got, err := os.ReadFile(filepath.Join(found, name))
		require.NoError(t, err)
		noDiff(t, "clean/"+name, want, "mixed/"+name, got)
	}
	for name := range contents(t, found) {
		got, err := os.ReadFile(filepath.Join(found, name))
		require.NoError(t, err)
		if strings.HasPrefix(name, "bad-") {
			require.Empty(t, got, name)
		}
	}
}

// TestBatchOfDamaged changes some bytes anywhere in good inputs: each is read or told, and nothing stops the others.
func TestBatchOfDamaged(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 1,000 articles")
	}
	m := newMixture(t)
	m.fill(t)
	random := rand.New(rand.NewPCG(7, 8))
	inputs := 0
	require.NoError(t, filepath.WalkDir(m.news, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		inputs++
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		for range 1 + len(content)/500 {
			content[random.IntN(len(content))] = byte(random.IntN(256))
		}
		return os.WriteFile(path, content, 0o644)
	}))
	var out, errs bytes.Buffer
	found := filepath.Join(m.dir, "out")
	require.Equal(t, exitFailed, run([]string{"batch", m.news, "--out", found}, strings.NewReader(""), &out, &errs))
	require.False(t, strings.Contains(errs.String(), "dyad itself failed"))
	require.Contains(t, errs.String()[errs.Len()-2000:], fmt.Sprintf("\n%d inputs: %d read, 0 unchanged, 0 unreadable\n", inputs, inputs))
	known, err := readManifest(found)
	require.NoError(t, err)
	require.Len(t, known, inputs)
	for source, e := range known {
		require.Equal(t, min(e.Failed, maxFailures), len(e.Errors), source)
		require.True(t, e.Articles > 0 || strings.Contains(source, ".warc"), source) // a record that is no answer is none of ours
	}
}

// A mixture is a folder of news with good articles in all formats, and broken ones too where spoilt is set.
type mixture struct {
	dir, news string
	texts     []string
	good      int
	spoilt    *rand.Rand
	broken    map[string]string // how articles were broken by their places
}

func newMixture(t *testing.T) *mixture {
	lines, err := os.ReadFile(corpus(t, 300))
	require.NoError(t, err)
	m := &mixture{dir: t.TempDir(), broken: map[string]string{}}
	m.news = filepath.Join(m.dir, "news")
	require.NoError(t, os.Mkdir(m.news, 0o755))
	for line := range bytes.Lines(lines) {
		var article struct{ Text string }
		require.NoError(t, json.Unmarshal(line, &article))
		first, _, _ := strings.Cut(article.Text, "\n\n")
		m.texts = append(m.texts, first)
	}
	return m
}

func (m *mixture) fill(t *testing.T) {
	for kind := range singles {
		m.files(t, kind, 40)
	}
	m.lines(t, 6, 100)
	m.archives(t, 4, 40)
	m.feeds(t, 4, 20)
}

// text is the text of the next good article.
func (m *mixture) text() string {
	m.good++
	return m.texts[m.good%len(m.texts)]
}

// A single is a kind of input that has one article.
type single struct {
	ending string
	write  func(text string) string
	spoil  []func(m *mixture, content string) string
}

var singles = []single{
	{".txt", func(text string) string { return text }, []func(*mixture, string) string{notUTF8, withNUL, noise, nothing}},
	{".md", func(text string) string { return "# Talks\n\n" + text + "\n" }, []func(*mixture, string) string{notUTF8, withNUL, noise, nothing}},
	{".html", page, []func(*mixture, string) string{noise, nothing, noBody, tooDeep}},
	{".eml", mailOf, []func(*mixture, string) string{noise, nothing, half, otherSet}},
}

// files writes n files of a kind, some of them packed, and as many broken ones.
func (m *mixture) files(t *testing.T, kind, n int) {
	k := singles[kind]
	for i := range n {
		pack := packings[i%len(packings)]
		m.file(t, fmt.Sprintf("good-%d%s%s", i, k.ending, pack.ending), pack.pack(t, k.write(m.text())))
		if m.spoilt == nil {
			continue
		}
		name := fmt.Sprintf("bad-%d%s%s", i, k.ending, pack.ending)
		content := k.write(m.texts[i])
		if i%2 == 0 || pack.ending == "" { // what is packed is broken, or the packing
			how := i / len(packings) % len(k.spoil)
			m.file(t, name, pack.pack(t, k.spoil[how](m, content)))
			m.broken[name] = fmt.Sprint("broken in way ", how)
		} else {
			m.file(t, name, half(m, pack.pack(t, content)))
			m.broken[name] = "half an archive"
		}
	}
}

var packings = []struct {
	ending string
	pack   func(t *testing.T, content string) string
}{
	{"", func(_ *testing.T, content string) string { return content }},
	{".gz", packed},
	{".zst", func(t *testing.T, content string) string {
		z, err := zstd.NewWriter(nil)
		require.NoError(t, err)
		return string(z.EncodeAll([]byte(content), nil))
	}},
}

func packed(t *testing.T, content string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, content)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

// lines writes files of n lines, every other file packed, with a broken line behind each good one.
func (m *mixture) lines(t *testing.T, files, n int) {
	for i := range files {
		name := fmt.Sprintf("lines-%d.jsonl", i)
		pack := packings[i%len(packings)]
		name += pack.ending
		var b strings.Builder
		number := 0
		for j := range n {
			id := fmt.Sprintf("%d-%d", i, j)
			b.WriteString(line(id, m.text()))
			number++
			if m.spoilt == nil {
				continue
			}
			bad := line("bad", m.texts[j])
			bad = bad[:len(bad)-1]
			switch j % 6 {
			case 0:
				bad = bad[:1+m.spoilt.IntN(len(bad)-1)]
			case 1:
				bad = notUTF8(m, bad)
			case 2:
				bad = strings.ReplaceAll(noise(m, bad), "\n", "\r")
			case 3:
				bad = bad + bad
			case 4:
				bad = strings.Replace(bad, `"text":"`, `"text":["`, 1)
			case 5:
				bad = strings.Replace(bad, `"text"`, `"txt"`, 1)
			}
			b.WriteString(bad + "\n")
			number++
			m.broken[fmt.Sprintf("%s:%d", name, number)] = fmt.Sprint("line broken in way ", j%6)
		}
		m.file(t, name, pack.pack(t, b.String()))
	}
}

func line(id, text string) string {
	content, _ := json.Marshal(map[string]string{"id": id, "text": text}) // strings can be marshalled
	return string(content) + "\n"
}

// archives writes WARC files of n pages, every other one packed record by record.
func (m *mixture) archives(t *testing.T, files, n int) {
	for i := range files {
		name := fmt.Sprintf("web-%d.warc", i)
		pack := packings[i%2]
		name += pack.ending
		var b strings.Builder
		number := 0
		add := func(id, block string) {
			b.WriteString(pack.pack(t, fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:%s>\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
				id, len(block), block)))
			number++
		}
		for j := range n {
			add(fmt.Sprintf("%d-%d", i, j), answer(page(m.text())))
			if m.spoilt == nil {
				continue
			}
			switch j % 4 {
			case 0:
				add("bad", noise(m, page(m.texts[j])))
			case 1:
				add("bad", answer(packed(t, page(m.texts[j]))[:200]))
			case 2:
				add("bad", answer(noBody(m, page(m.texts[j]))))
			case 3:
				add("bad", "HTTP/1.1 200")
			}
			m.broken[fmt.Sprintf("%s: record %d", name, number)] = fmt.Sprint("record broken in way ", j%4)
		}
		m.file(t, name, b.String())
	}
}

func answer(body string) string { return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body }

// feeds writes feeds of n items.
func (m *mixture) feeds(t *testing.T, files, n int) {
	for i := range files {
		name := fmt.Sprintf("feed-%d.xml", i)
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>`)
		number := 0
		for j := range n {
			fmt.Fprintf(&b, "<item><guid>%d-%d</guid><description>%s</description></item>\n", i, j, m.text())
			number++
			if m.spoilt == nil {
				continue
			}
			b.WriteString("<item><title>Talks</title><description>" + []string{"", " ", "&lt;p&gt;&lt;/p&gt;"}[j%3] + "</description></item>\n")
			number++
			m.broken[fmt.Sprintf("%s: item %d", name, number)] = "item without a text"
		}
		b.WriteString("</channel></rss>")
		m.file(t, name, b.String())
	}
}

func (m *mixture) file(t *testing.T, name, content string) {
	require.NoError(t, os.WriteFile(filepath.Join(m.news, name), []byte(content), 0o644))
}

func page(text string) string {
	return "<!DOCTYPE html><html><head><title>Talks</title></head><body><nav class=\"menu\"><a href=\"/\">Home</a></nav><article><p>" + text +
		"</p><p>Both sides said after the talks that they want to go on with them, and that much remains to be done in the years to come.</p></article></body></html>"
}

// mailOf is a mail with the text in two parts, plain and marked.
func mailOf(text string) string {
	return "Message-ID: <1@example.org>\r\nFrom: Jane <jane@example.org>\r\nSubject: Talks\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte(text)) + "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>" + text + "</p>\r\n--b--\r\n"
}

func notUTF8(m *mixture, s string) string {
	at := m.spoilt.IntN(len(s))
	return s[:at] + "\xfe" + s[at:]
}

func withNUL(m *mixture, s string) string {
	at := m.spoilt.IntN(len(s))
	return s[:at] + "\x00" + s[at:]
}

func noise(m *mixture, s string) string {
	b := make([]byte, len(s))
	for i := range b {
		b[i] = byte(m.spoilt.IntN(256))
	}
	return string(b)
}

func nothing(*mixture, string) string { return " \n" }

func half(_ *mixture, s string) string { return s[:len(s)/2] }

func noBody(_ *mixture, s string) string { return s[:strings.Index(s, "<article>")] }

func tooDeep(_ *mixture, s string) string { return strings.Repeat("<div>", 100_000) + s }

func otherSet(_ *mixture, s string) string { return strings.Replace(s, "utf-8", "klingon", 1) }
