package graph

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// readAll reads what was written and writes it in another format.
func readAll(t testing.TB, format, text, to string, o Options) string {
	r, err := NewReader(format, strings.NewReader(text), o)
	require.NoError(t, err)
	var out bytes.Buffer
	enc, err := NewEncoder(to, &out, o)
	require.NoError(t, err)
	for {
		g, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		require.NoError(t, enc.(GraphEncoder).EncodeGraph(g))
	}
	require.NoError(t, enc.Close())
	return out.String()
}

func TestReadBack(t *testing.T) {
	for name, o := range variants {
		t.Run(name, func(t *testing.T) {
			docs := documents(t)
			if o.NoGraphs {
				docs = docs[:1]
			}
			for _, from := range Readable() {
				written := encode(t, from, o, docs...)
				for _, to := range []string{"nquads", "jsonld", "ndjsonld", "trig"} {
					require.Equal(t, encode(t, to, o, docs...), readAll(t, from, written, to, o), "%s to %s", from, to)
				}
				require.Equal(t, encode(t, "nquads", o, docs...), readAll(t, "", written, "nquads", o), "%s, recognised", from)
			}
		})
	}
	t.Run("rdf12", func(t *testing.T) {
		o := Options{RDF12: true}
		written := encode(t, "nquads", o, documents(t)...)
		require.Equal(t, written, readAll(t, "nquads", written, "nquads", o))
		require.Equal(t, encode(t, "trig", o, documents(t)...), readAll(t, "nquads", written, "trig", o))
		for _, to := range []string{"nquads", "jsonld"} {
			require.Equal(t, encode(t, to, Options{}, documents(t)...), readAll(t, "nquads", written, to, Options{}), "back to rdf:Statement")
		}
	})
}

func TestReadSorted(t *testing.T) {
	nquads := encode(t, "nquads", Options{}, tokyo(t))
	sorted := strings.Join(parse(t, nquads), "\n")
	require.Equal(t, parse(t, nquads), parse(t, readAll(t, "", sorted, "nquads", Options{})))
}

// TestReadDuplicates reads an article that stands twice, with another identifier and title: one graph has both.
func TestReadDuplicates(t *testing.T) {
	second := tokyo(t)
	second.ID, second.Title = "again", "Another headline"
	read := readAll(t, "nquads", encode(t, "nquads", Options{}, tokyo(t), second), "nquads", Options{})
	require.Contains(t, read, `"again"`)
	require.NotContains(t, read, "Another headline", "the first one stays")
}

func TestReadNothing(t *testing.T) {
	for _, text := range []string{"", "\n\n", "# only a comment\n"} {
		require.Empty(t, readAll(t, "nquads", text, "nquads", Options{}))
	}
	require.Empty(t, readAll(t, "", encode(t, "jsonld", Options{}), "nquads", Options{}))
}

func TestReadTables(t *testing.T) {
	r, err := NewReader("", strings.NewReader(encode(t, "nquads", Options{}, tokyo(t))), Options{})
	require.NoError(t, err)
	g, err := r.Next()
	require.NoError(t, err)
	rows := 0
	g.mentionRows(func(row []string) { rows++ })
	require.Positive(t, rows, "RDF says what is mentioned, though not where")
	require.True(t, g.Statements[0].Direct)
}

func TestReadErrors(t *testing.T) {
	const art = "<https://example.org/a> <" + rdfType + "> <" + classArticle + "> <https://example.org/a> .\n"
	first, second := encode(t, "nquads", Options{}, tokyo(t)), encode(t, "nquads", Options{}, awkward(t))
	native := encode(t, "json", Options{}, tokyo(t))
	jsonld := encode(t, "jsonld", Options{}, tokyo(t))
	for _, test := range []struct{ format, text, message string }{
		{"nquads", "nonsense\n", `line 1: want an IRI in angle brackets at "nonsense"`},
		{"nquads", "<a:b> <a:c> \"open .\n", "line 1: want a string that ends"},
		{"nquads", "<a:b> <a:c> \"x\"@en .\n", `line 1: want "."`},
		{"nquads", "<a:b> <a:c> _:b .\n", "line 1: want an IRI or a string"},
		{"nquads", "<a:b> <a:c> \"\\q\" .\n", "line 1: want an escape"},
		{"nquads", "<a:b> <a:c> \"\xff\" .\n", "line 1: want UTF-8"},
		{"nquads", "<a:b> <a:\\u0020> <a:d> .\n", "line 1: want an IRI without ' '"},
		{"nquads", first + second + first, "more of <https://example.org/news?id=1%202> after another graph"},
		{"nquads", art + "<a:b> <a:c> <a:d> <https://example.org/a> .\n", "<a:b> is nothing that dyad writes"},
		{"nquads", art + "<https://example.org/a> <a:c> <a:d> <https://example.org/a> .\n", "has <a:c> <a:d>, which dyad does not write"},
		{"nquads", "<a:b> <a:c> <a:d> <a:e> .\n", "<a:b> is nothing that dyad writes"},
		{"nquads", strings.Replace(first, "> <"+dyPolarity+">", "> <"+dyModality+">", 1), "has no <" + dyPolarity + "> that dyad knows"},
		{"nquads", encode(t, "ntriples", Options{}, tokyo(t), awkward(t)), "a second article in one graph"},
		{"jsonld", "[]", "want a JSON-LD document"},
		{"jsonld", jsonld[:len(jsonld)/2], "unexpected EOF"},
		{"jsonld", `{"@context":{},"@graph":[{"@id":"x"}]}`, `"x" is no IRI`},
		{"jsonld", `{"@context":{},"@id":"a:b","name":1}`, "want @context and @graph"},
		{"jsonld", `{"@context":{},"@graph":[{"@id":"a:b","a:c":1.5}]}`, "1.5 is no value that dyad writes"},
		{"json", native[:len(native)/2], "article 1: unexpected EOF"},
		{"json", strings.Replace(native, `"start":0`, `"start":-1`, 1), ""},
		{"json", strings.Replace(native, `{"entity":0}`, `{"entity":99}`, 1), "there is no entity 99"},
		{"json", strings.Replace(native, `"positive"`, `"maybe"`, 1), `"maybe": want one of positive, negative`},
		{"json", strings.Replace(native, `"start":37,"end":101`, `"start":37,"end":10100`, 1), "outside the text"},
		{"json", strings.Replace(native, `"2019-05-30"`, `"2019-05-99"`, 1), "date"},
	} {
		r, err := NewReader(test.format, strings.NewReader(test.text), Options{})
		require.NoError(t, err)
		for err == nil {
			_, err = r.Next()
		}
		if test.message == "" {
			continue
		}
		require.ErrorContains(t, err, test.message)
	}
	_, err := NewReader("turtle", strings.NewReader(""), Options{})
	require.ErrorContains(t, err, `format "turtle" cannot be read: want json, jsonld, ndjsonld, nquads`)
}

// FuzzRead reads anything: no panic, and what is read can be written and read again.
func FuzzRead(f *testing.F) {
	d := tokyo(&testing.T{})
	for _, format := range Readable() {
		f.Add(encode(f, format, Options{}, d))
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, format := range Readable() {
			r, err := NewReader(format, strings.NewReader(text), Options{})
			require.NoError(t, err)
			for {
				g, err := r.Next()
				if err != nil {
					break
				}
				written := string(appendNQuads(nil, g, g.Article.IRI))
				require.Equal(t, written, readAll(t, "nquads", written, "nquads", Options{}))
			}
		}
	})
}
