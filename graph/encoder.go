package graph

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// Options say how documents are turned into graphs and how these are written. The zero value is what most want.
type Options struct {
	Base     string // namespace of minted identifiers; DefaultBase when empty
	Context  string // JSON-LD: a URL to refer to in place of the context itself
	NoGraphs bool   // write triples, not one named graph per article
	Direct   Direct // which statements are direct triples too
	Clauses  bool   // native JSON: write the clauses

	RDF12 bool // describe statements by triple terms of RDF 1.2, not as rdf:Statement

	Provenance Provenance
	Knowledge  *seeds.Knowledge // the one that entities were linked to; without it countries are not told from cities
}

// Provenance is what made a graph: versions and hashes, all optional.
type Provenance struct {
	Version   string // of dyad
	Engine    string // who found tokens, tags and names
	Knowledge string // hashes of the seeds
	Rules     string
	Models    string
}

// Direct says which statements are also written as direct triples between their entities. Negated, planned, possible
// and requested ones never are.
type Direct uint8

// The choices of direct triples.
const (
	DirectAll      Direct = iota // every positive, actual relation between entities
	DirectAsserted               // of these, only what the article says itself, not what it reports somebody saying
	DirectNone
)

var directNames = [...]string{"all", "asserted", "none"}

func (d Direct) String() string { return directNames[d] }

// ParseDirect returns the choice of that name.
func ParseDirect(s string) (Direct, error) {
	if i := slices.Index(directNames[:], s); i >= 0 {
		return Direct(i), nil
	}
	return 0, fmt.Errorf("direct triples %q: want %s", s, strings.Join(directNames[:], ", "))
}

func (d Direct) allows(attributed bool) bool {
	return d == DirectAll || d == DirectAsserted && !attributed
}

// An Encoder writes documents to a stream, one after another, and keeps nothing of what it has written. After an
// error the stream is broken; nothing is written any more.
type Encoder interface {
	// Encode writes one article.
	Encode(d *extract.Document) error
	// Close writes what ends the stream. It does not close the writer beneath.
	Close() error
}

// A GraphEncoder also writes graphs that are there already: all encoders are, but those of "json" and "conllu", which
// need the text.
type GraphEncoder interface {
	Encoder
	// EncodeGraph writes the graph of one article.
	EncodeGraph(g *Graph) error
}

// Formats are the names that NewEncoder knows.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

var formats = []struct {
	name string
	open func(w io.Writer, o Options, b *Builder) Encoder
}{
	{"json", func(w io.Writer, o Options, b *Builder) Encoder {
		return &jsonEncoder{w: w, builder: b, clauses: o.Clauses}
	}},
	{"jsonld", newJSONLD},
	{"ndjsonld", newNDJSONLD},
	{"nquads", newNQuads},
	{"ntriples", newNTriples},
	{"turtle", newTurtle},
	{"trig", newTriG},
	{"graphml", newGraphML},
	{"conllu", func(w io.Writer, _ Options, b *Builder) Encoder { return &conlluEncoder{w: w, builder: b} }},
}

// NewEncoder returns an encoder that writes the named format to w. Each article reaches w in one Write, so w needs no
// buffer of its own.
func NewEncoder(format string, w io.Writer, o Options) (Encoder, error) {
	b, err := NewBuilder(o)
	if err != nil {
		return nil, err
	}
	if o.RDF12 && !slices.Contains([]string{"nquads", "ntriples", "turtle", "trig"}, format) {
		return nil, fmt.Errorf("format %q: it has no triple terms of RDF 1.2; nquads, ntriples, turtle and trig have", format)
	}
	for _, f := range formats {
		if f.name == format {
			e := f.open(w, b.options, b)
			if e, ok := e.(*graphEncoder); ok {
				e.rdf12 = o.RDF12
			}
			return e, nil
		}
	}
	return nil, fmt.Errorf("format %q: want %s", format, strings.Join(Formats(), ", "))
}
