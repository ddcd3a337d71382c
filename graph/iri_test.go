package graph

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

func TestCleanIRI(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"https://example.org/a", "https://example.org/a"},
		{"HTTPS://example.org/a b", "https://example.org/a%20b"},
		{"https://example.org/é?q=<x>&y=\"z\"", "https://example.org/%C3%A9?q=%3Cx%3E&y=%22z%22"},
		{"https://example.org/50%?x=%41%zz", "https://example.org/50%25?x=%41%25zz"},
		{"https://example.org/a#b#c", "https://example.org/a#b%23c"},
		{"http://[2001:db8::1]:8080/[x]", "http://[2001:db8::1]:8080/%5Bx%5D"},
		{"https://example.org/\x00\n\x7f", "https://example.org/%00%0A%7F"},
		{"urn:isbn:123 4", "urn:isbn:123%204"},
		{"tag:example.org,2019:x", "tag:example.org,2019:x"},
		{"", ""}, {"example.org/a", ""}, {"/a", ""}, {"_:b", ""}, {"1x://a", ""}, {":", ""}, {"urn:", ""},
		{"wd:Q17", ""}, {"schema:name", ""}, {"https:/a", ""}, {"https:///a", ""}, {"http://a b/", ""}, {"http://!0", ""},
		{"http://example.org:port/", ""}, {"https://example.org/" + strings.Repeat("é", 400), ""},
	} {
		got, ok := cleanIRI(test.in)
		require.Equal(t, test.want != "", ok, test.in)
		if ok {
			require.Equal(t, test.want, got)
		}
	}
}

func TestSlug(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Viktor Yushchenko", "viktor-yushchenko"},
		{"  Jean-Claude   Juncker ", "jean-claude-juncker"},
		{"O'Brien", "obrien"}, {"O’Brien", "obrien"},
		{"U.S. Congress", "u-s-congress"},
		{"Gerhard Schröder", "gerhard-schr%C3%B6der"},
		{"Gerhard Schro\u0308der", "gerhard-schr%C3%B6der"}, // composed
		{"Путин", "%D0%BF%D1%83%D1%82%D0%B8%D0%BD"},
		{"G20", "g20"},
		{"../../etc", "etc"},
		{"\u200fIran\u202e", "iran"},
	} {
		require.Equal(t, test.want, string(appendSlug(nil, test.in)), test.in)
	}
	require.Len(t, appendSlug(nil, "???"), 32)
	require.NotEqual(t, appendSlug(nil, "???"), appendSlug(nil, "!!!"))
	long := string(appendSlug(nil, strings.Repeat("é", 200)))
	require.LessOrEqual(t, len(long), maxSlug+48)
	require.NotEqual(t, long, string(appendSlug(nil, strings.Repeat("é", 201))))
}

func TestIdentifiers(t *testing.T) {
	b, err := NewBuilder(Options{})
	require.NoError(t, err)
	ids := func(d *extract.Document) []string {
		b.Build(d)
		return append([]string(nil), b.ids...)
	}
	build := func(url string) *extract.Document {
		s := newSketch(t, extract.Article{URL: url, Text: "Viktor Yushchenko met the minister. The two men spoke."})
		y := s.entity(extract.Entity{Name: "Viktor Yushchenko", Type: seeds.Person}, "Viktor Yushchenko")
		m := s.entity(extract.Entity{Name: "the minister", Type: seeds.Person})
		s.mention(m, extract.Nominal, "the minister")
		g := s.entity(extract.Entity{Name: "the two men", Type: seeds.Person, Members: []int32{y, m}})
		s.mention(g, extract.Nominal, "The two men")
		s.entity(extract.Entity{ID: "Q1", Name: "Universe"})
		return s.d
	}
	first, second := ids(build("https://example.org/1")), ids(build("https://example.org/2"))
	require.Equal(t, "https://w3id.org/dyad/id/person/viktor-yushchenko", first[0])
	require.Equal(t, "http://www.wikidata.org/entity/Q1", first[3])
	require.Equal(t, first[0], second[0], "a name is the same person")
	require.NotEqual(t, first[1], second[1], "the minister is somebody else in another article")
	require.NotEqual(t, first[2], second[2], "so is a group with him")

	text := build("")
	unnamed := b.Build(text).Article.IRI
	require.Regexp(t, "^urn:dyad:article:[0-9a-f]{32}$", unnamed)
	text.Text += " "
	require.NotEqual(t, unnamed, b.Build(text).Article.IRI)
}

func TestPoints(t *testing.T) {
	for _, text := range []string{"", "ascii only", "é", strings.Repeat("aé😀", 200), strings.Repeat("é", 64), strings.Repeat("x", 127) + "é"} {
		var p points
		p.reset(text)
		for at := range text {
			require.Equal(t, len([]rune(text[:at])), p.at(uint32(at)))
		}
		require.Equal(t, len([]rune(text)), p.at(uint32(len(text))))
	}
}
