package graph

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// encode writes documents in a format.
func encode(t testing.TB, format string, o Options, docs ...*extract.Document) string {
	var out bytes.Buffer
	enc, err := NewEncoder(format, &out, o)
	require.NoError(t, err)
	for _, d := range docs {
		require.NoError(t, enc.Encode(d))
	}
	require.NoError(t, enc.Close())
	return out.String()
}

var somebody = Provenance{Version: "1.2.3", Engine: "dyad", Knowledge: "ab12", Rules: "cd34", Models: "ef56"}

// variants are the options that change what the RDF formats write.
var variants = map[string]Options{
	"default":  {},
	"full":     {Provenance: somebody, Knowledge: knowledge()},
	"plain":    {NoGraphs: true},
	"asserted": {Direct: DirectAsserted},
	"none":     {Direct: DirectNone, Base: "http://example.org/ns#"},
	"base":     {Base: "https://example.org/kg"},
	"urn":      {Base: "urn:x:"},
}

// knowledge is the embedded knowledge base.
var knowledge = sync.OnceValue(func() *seeds.Knowledge {
	fsys, err := seeds.FS("")
	if err != nil {
		panic(err)
	}
	k, err := seeds.LoadKnowledge(fsys)
	if err != nil {
		panic(err)
	}
	return k
})

// parse reads N-Quads by json-gold's parser and returns sorted lines in its spelling.
func parse(t testing.TB, nquads string) []string {
	dataset, err := ld.ParseNQuads(nquads)
	require.NoError(t, err)
	return lines(t, dataset)
}

func lines(t testing.TB, dataset *ld.RDFDataset) []string {
	text, err := (&ld.NQuadRDFSerializer{}).Serialize(dataset)
	require.NoError(t, err)
	list := strings.Split(strings.TrimSuffix(text.(string), "\n"), "\n")
	slices.Sort(list)
	return slices.Compact(list)
}

// expand reads JSON-LD by json-gold and returns its quads like parse.
func expand(t testing.TB, document string) []string {
	var v any
	require.NoError(t, json.Unmarshal([]byte(document), &v))
	dataset, err := ld.NewJsonLdProcessor().ToRDF(v, ld.NewJsonLdOptions(""))
	require.NoError(t, err)
	return lines(t, dataset.(*ld.RDFDataset))
}

func TestJSONLDIsNQuads(t *testing.T) {
	for name, o := range variants {
		t.Run(name, func(t *testing.T) {
			docs := documents(t)
			nquads := encode(t, "nquads", o, docs...)
			want := parse(t, nquads)
			require.Equal(t, want, expand(t, encode(t, "jsonld", o, docs...)))
			require.NotContains(t, nquads, "_:", "blank nodes")
			require.Equal(t, strings.Count(nquads, "\n"), len(want), "quads stand twice")
		})
	}
}

func TestNoArticles(t *testing.T) {
	require.Empty(t, encode(t, "nquads", Options{}))
	require.Empty(t, encode(t, "json", Options{}))
	require.Equal(t, []string{""}, expand(t, encode(t, "jsonld", Options{})))
}

func TestDirect(t *testing.T) {
	const visited = "<http://www.wikidata.org/entity/Q58217> <https://w3id.org/dyad/ns#visited> <http://www.wikidata.org/entity/Q17>"
	const endorsed = "<http://www.wikidata.org/entity/Q17> <https://w3id.org/dyad/ns#endorsed> <https://w3id.org/dyad/id/polity/ruritania>"
	for _, test := range []struct {
		direct            Direct
		visited, endorsed bool
	}{{DirectAll, true, true}, {DirectAsserted, true, false}, {DirectNone, false, false}} {
		t.Run(test.direct.String(), func(t *testing.T) {
			out := encode(t, "nquads", Options{Direct: test.direct}, tokyo(t))
			require.Equal(t, test.visited, strings.Contains(out, visited))
			require.Equal(t, test.endorsed, strings.Contains(out, endorsed))
			for _, never := range []string{"met", "signed", "opposes", "deployedTo"} { // planned, negated, of a phrase, possible
				direct := regexp.MustCompile(`(?m)^<\S+> <https://w3id.org/dyad/ns#` + never + `>`)
				require.False(t, direct.MatchString(out), never)
			}
		})
	}
}

func TestContextURL(t *testing.T) {
	out := encode(t, "jsonld", Options{Context: "https://example.org/dyad.jsonld", Base: "https://example.org/kg"}, tokyo(t))
	require.True(t, strings.HasPrefix(out, `{"@context":"https://example.org/dyad.jsonld","@graph":[`))
	require.NotContains(t, out, `"id:`)

	context, err := AppendContext(nil, "")
	require.NoError(t, err)
	var v map[string]any
	require.NoError(t, json.Unmarshal(context, &v))
	hosted := strings.Replace(out, `"https://example.org/dyad.jsonld"`, string(context), 1)
	require.Equal(t, parse(t, encode(t, "nquads", Options{Base: "https://example.org/kg"}, tokyo(t))), expand(t, hosted))
}

func TestJSONLDStreams(t *testing.T) {
	out := encode(t, "jsonld", Options{}, tokyo(t), awkward(t))
	for i, line := range strings.Split(strings.TrimSuffix(out, "\n"), "\n") {
		switch {
		case i == 0:
			require.True(t, strings.HasPrefix(line, `{"@context":{`) && strings.HasSuffix(line, `},"@graph":[`))
		case line == "]}":
		case strings.HasSuffix(line, `,"@graph":[`): // a named graph opens
			require.True(t, strings.HasPrefix(line, `{"@id":"`), line)
		default:
			require.True(t, strings.HasPrefix(line, `{"@id":"`), line)
			line = strings.TrimSuffix(line, ",")
			var v map[string]any
			if !json.Valid([]byte(line)) {
				line = strings.TrimSuffix(line, "]}") // the named graph closes
			}
			require.NoError(t, json.Unmarshal([]byte(line), &v), line)
			require.Contains(t, v, "@type")
		}
	}
}

func TestSameBytes(t *testing.T) {
	for _, format := range Formats() {
		first := encode(t, format, Options{Clauses: true}, documents(t)...)
		require.Equal(t, first, encode(t, format, Options{Clauses: true}, documents(t)...), format)
		if format == "json" || format == "nquads" || format == "conllu" {
			apart := ""
			for _, d := range documents(t) {
				apart += encode(t, format, Options{Clauses: true}, d)
			}
			require.Equal(t, first, apart, "an article's bytes depend on its neighbours")
		}
	}
}

func TestErrorsStop(t *testing.T) {
	full := errors.New("disk full")
	for _, format := range Formats() {
		w := &failing{err: full}
		enc, err := NewEncoder(format, w, Options{})
		require.NoError(t, err)
		require.ErrorIs(t, enc.Encode(tokyo(t)), full, format)
		require.ErrorIs(t, enc.Encode(tokyo(t)), full, format)
		require.ErrorIs(t, enc.Close(), full, format)
		require.Equal(t, 1, w.calls, "%s writes on after an error", format)
	}
}

type failing struct {
	err   error
	calls int
}

func (f *failing) Write([]byte) (int, error) { f.calls++; return 0, f.err }

func TestBadOptions(t *testing.T) {
	_, err := NewEncoder("xml", io.Discard, Options{})
	require.ErrorContains(t, err, `format "xml": want json, jsonld`)
	_, err = NewEncoder("jsonld", io.Discard, Options{Base: "no iri"})
	require.ErrorContains(t, err, `base "no iri"`)
	_, err = ParseDirect("some")
	require.ErrorContains(t, err, "all, asserted, none")
}

// awkwardWords are seeds for fuzzing.
var awkwardWords = []string{
	"", "plain", "\"\\\n\r\t\x00\x01\x1f\x7f\u0080\u2028\u200f\u202e", "http://a b/<>{}|^`\\\"%zz#é##", "\xff\xc0", "urn:x", "wd:Q1", "_:b",
	"<b>&amp;]]>", "=1+1,'\";", "'''\"\"\"\\", "http://[::1]:80/?a=b#c", "\ufffe\uffff\U0010ffff", "a.b.", "@en^^<x>",
}

// fuzzed is a document with words and an address wherever words and addresses go.
func fuzzed(words, address string) *extract.Document {
	d := &extract.Document{}
	d.Reset(extract.Article{ID: words, URL: address, Title: words, Text: words})
	d.Entities = []extract.Entity{{ID: address, Name: words, Knowledge: -1, Aliases: []string{address}}}
	d.Relations = []extract.Relation{{
		Name: "met", Subject: entity(0), Object: entity(0), Place: -1, Rule: words, OfficeName: words, Plover: valid(words),
		Evidence: extract.Span{End: uint32(len(words))}, Topic: extract.Span{End: uint32(len(words))},
	}}
	return d
}

// FuzzEscapes reads back what was written by json-gold, and by Go's readers of JSON, CSV and XML.
func FuzzEscapes(f *testing.F) {
	for _, s := range awkwardWords {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, words, address string) {
		d := fuzzed(words, address)
		if iri, ok := cleanIRI(address); ok && strings.HasPrefix(iri, "http") && !ld.IsURL(iri) {
			t.Skip("json-gold has its own idea of URLs and drops this one")
		}
		nquads := encode(t, "nquads", Options{}, d)
		want := parse(t, nquads)
		require.Equal(t, strings.Count(nquads, "\n"), len(want))
		require.Equal(t, want, expand(t, encode(t, "jsonld", Options{}, d)))
		require.Equal(t, parse(t, encode(t, "nquads", Options{NoGraphs: true}, d)), parse(t, encode(t, "ntriples", Options{}, d)))
		var v any
		require.NoError(t, json.Unmarshal([]byte(encode(t, "json", Options{}, d)), &v))

		dataset, err := ld.ParseNQuads(nquads)
		require.NoError(t, err)
		headline := ""
		for _, q := range dataset.Graphs[articleIRI(address, textDigest(d))] {
			if q.Predicate.GetValue() == schemaHeadline {
				headline = q.Object.GetValue()
			}
		}
		require.Equal(t, clean(words), headline)

		rows := tables(t, d)
		oneLine := strings.NewReplacer("\n", " ", "\r", " ")
		require.Equal(t, oneLine.Replace(clean(words)), columnOf(t, rows["articles.csv"], "title")[0])
		require.Equal(t, articleIRI(address, textDigest(d)), columnOf(t, rows["articles.csv"], "article:ID")[0])
		var read graphML
		require.NoError(t, xml.Unmarshal([]byte(encode(t, "graphml", Options{}, d)), &read))
		require.Equal(t, columnOf(t, rows["articles.csv"], "article:ID")[0], read.Nodes[0].ID)
		require.Equal(t, columnOf(t, rows["entities.csv"], "entity:ID")[0], read.Nodes[1].ID)
	})
}

func textDigest(d *extract.Document) string {
	b, _ := NewBuilder(Options{})
	return b.Build(d).Article.TextSHA256
}
