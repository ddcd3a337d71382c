package graph

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/extract"
)

// output collects the bytes of one article and hands them on in one Write. After an error it writes nothing more.
type output struct {
	w   io.Writer
	buf []byte
	err error
}

func (o *output) flush() error {
	if o.err == nil && len(o.buf) > 0 {
		_, o.err = o.w.Write(o.buf)
	}
	o.buf = o.buf[:0]
	return o.err
}

// A graphEncoder encodes documents by way of their graphs.
type graphEncoder struct {
	output
	builder *Builder
	begin   func(dst []byte) []byte           // before the first article, or nil
	append  func(dst []byte, g *Graph) []byte // one article
	end     func(dst []byte) []byte           // after the last one, or nil
	begun   bool
	rdf12   bool
}

func (e *graphEncoder) Encode(d *extract.Document) error { return e.EncodeGraph(e.builder.Build(d)) }

// EncodeGraph writes an article's graph that was built before.
func (e *graphEncoder) EncodeGraph(g *Graph) error {
	e.start()
	g.rdf12 = e.rdf12 // however the graph was written where it was read
	e.buf = e.append(e.buf, g)
	return e.flush()
}

func (e *graphEncoder) Close() error {
	e.start()
	if e.end != nil {
		e.buf = e.end(e.buf)
	}
	return e.flush()
}

func (e *graphEncoder) start() {
	if !e.begun && e.begin != nil {
		e.buf = e.begin(e.buf)
	}
	e.begun = true
}

// newNQuads writes N-Quads: a line a quad, in the order of the graph.
func newNQuads(w io.Writer, o Options, b *Builder) Encoder {
	return &graphEncoder{output: output{w: w}, builder: b, append: func(dst []byte, g *Graph) []byte {
		if o.NoGraphs {
			return appendNQuads(dst, g, "")
		}
		return appendNQuads(dst, g, g.Article.IRI)
	}}
}

// newNTriples writes N-Triples, N-Quads without graphs.
func newNTriples(w io.Writer, o Options, b *Builder) Encoder {
	o.NoGraphs = true
	return newNQuads(w, o, b)
}

// AppendNTriples writes the graph's triples, without its name.
func (g *Graph) AppendNTriples(dst []byte) []byte { return appendNQuads(dst, g, "") }

// appendNQuads writes the graph's quads under that name, or its triples when the name is "".
func appendNQuads(dst []byte, g *Graph, name string) []byte {
	end := " .\n"
	if name != "" {
		end = " <" + name + "> .\n"
	}
	g.nodes(func(n *node) bool {
		for _, t := range n.types {
			dst = appendTriple(dst, n.id, rdfType, Term{Value: t})
			dst = append(dst, end...)
		}
		for _, p := range n.properties {
			dst = appendTriple(dst, n.id, p.predicate, p.value)
			dst = append(dst, end...)
		}
		return true
	})
	return dst
}

func appendTriple(dst []byte, subject, predicate string, object Term) []byte {
	dst = append(append(dst, '<'), subject...)
	dst = append(append(dst, "> <"...), predicate...)
	dst = append(dst, "> "...)
	return appendTerm(dst, object)
}

func appendTerm(dst []byte, t Term) []byte {
	switch t.Datatype {
	case "":
		dst = append(append(dst, '<'), t.Value...)
		return append(dst, '>')
	case TripleTerm:
		return append(dst, t.Value...)
	}
	dst = appendLiteral(dst, t.Value)
	if t.Datatype != xsdString {
		dst = append(append(dst, "^^<"...), t.Datatype...)
		dst = append(dst, '>')
	}
	return dst
}

// appendLiteral writes a string in quotes with the escapes of N-Triples and Turtle.
func appendLiteral(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7F {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = appendU(dst, c)
		}
	}
	return append(append(dst, s[from:]...), '"')
}

// appendU writes a control character as \u00XX.
func appendU(dst []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
}

// appendString writes a string in quotes with the escapes of JSON. What is not UTF-8 becomes U+FFFD; the line
// separators are escaped because JavaScript once took them for ends of lines.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != 0x7F {
				i++
				continue
			}
			dst = append(dst, s[from:i]...)
			switch c {
			case '"', '\\':
				dst = append(dst, '\\', c)
			case '\n':
				dst = append(dst, `\n`...)
			case '\r':
				dst = append(dst, `\r`...)
			case '\t':
				dst = append(dst, `\t`...)
			default:
				dst = appendU(dst, c)
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		var escape string
		switch {
		case r == utf8.RuneError && size == 1:
			escape = `\ufffd`
		case r == '\u2028':
			escape = `\u2028`
		case r == '\u2029':
			escape = `\u2029`
		}
		if escape != "" {
			dst = append(append(dst, s[from:i]...), escape...)
			from = i + size
		}
		i += size
	}
	return append(append(dst, s[from:]...), '"')
}

// compact splits an IRI into the name of its prefix and the rest; the name is "" when no prefix fits.
func compact(iri string) (prefix, local string) {
	for i := range prefixes {
		if rest, ok := strings.CutPrefix(iri, prefixes[i].namespace); ok {
			return prefixes[i].name, rest
		}
	}
	return "", iri
}
