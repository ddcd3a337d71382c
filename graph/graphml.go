package graph

import (
	"io"
	"unicode/utf8"
)

// newGraphML writes GraphML: articles, entities and phrases as nodes, statements and mentions as edges, with the
// attributes that the tables have as columns. Nodes and edges of an article follow those of the one before.
func newGraphML(w io.Writer, _ Options, b *Builder) Encoder {
	m := &graphMLWriter{once: once{}}
	return &graphEncoder{
		output: output{w: w}, builder: b, begin: m.begin, append: m.append,
		end: func(dst []byte) []byte { return append(dst, "</graph>\n</graphml>\n"...) },
	}
}

type graphMLWriter struct {
	once once
	buf  []byte
}

func (m *graphMLWriter) begin(dst []byte) []byte {
	m.buf = append(dst, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
`...)
	seen := map[string]bool{}
	for _, table := range []struct {
		what    string
		columns []column
	}{{"node", articleColumns}, {"node", entityColumns}, {"edge", mentionColumns}, {"edge", relationColumns}} {
		for _, c := range table.columns {
			key := table.what[:1] + "." + c.attribute()
			if c.kind == "" || seen[key] {
				continue
			}
			seen[key] = true
			m.raw(`<key id="`, key, `" for="`, table.what, `" attr.name="`, c.attribute(), `" attr.type="`, c.kind, "\"/>\n")
		}
	}
	m.raw("<graph edgedefault=\"directed\">\n")
	return m.buf
}

// attribute is the column's name in GraphML.
func (c column) attribute() string {
	switch c.neo4j {
	case ":LABEL":
		return "label"
	case ":TYPE":
		return "relation"
	}
	return c.name
}

func (m *graphMLWriter) append(dst []byte, g *Graph) []byte {
	if !m.once.first(g.Article.IRI) {
		return dst
	}
	m.buf = dst
	m.node(articleColumns, g.Article.row(nil))
	g.things(m.once, func(row []string) { m.node(entityColumns, row) })
	g.mentionRows(func(row []string) { m.edge(mentionColumns, row) })
	g.relationRows(func(row []string) { m.edge(relationColumns, row) })
	return m.buf
}

func (m *graphMLWriter) node(columns []column, row []string) {
	m.raw(`<node id="`)
	m.text(row[0])
	m.raw(`">`)
	m.data("n.", columns[1:], row[1:])
	m.raw("</node>\n")
}

func (m *graphMLWriter) edge(columns []column, row []string) {
	m.raw(`<edge source="`)
	m.text(row[0])
	m.raw(`" target="`)
	m.text(row[1])
	m.raw(`">`)
	m.data("e.", columns[2:], row[2:])
	m.raw("</edge>\n")
}

func (m *graphMLWriter) data(prefix string, columns []column, row []string) {
	for i, value := range row {
		if value != "" {
			m.raw(`<data key="`, prefix, columns[i].attribute(), `">`)
			m.text(value)
			m.raw("</data>")
		}
	}
}

func (m *graphMLWriter) raw(parts ...string) {
	for _, p := range parts {
		m.buf = append(m.buf, p...)
	}
}

// text writes characters of XML. Those that XML cannot hold at all become U+FFFD.
func (m *graphMLWriter) text(s string) {
	for _, r := range s {
		switch {
		case r == '&':
			m.raw("&amp;")
		case r == '<':
			m.raw("&lt;")
		case r == '>':
			m.raw("&gt;")
		case r == '"':
			m.raw("&quot;")
		case r == '\t', r == '\n', r == '\r':
			m.raw("&#", string(rune('0'+r/10)), string(rune('0'+r%10)), ";")
		case r < ' ', r == 0xFFFE, r == 0xFFFF:
			m.raw("\uFFFD")
		default:
			m.buf = utf8.AppendRune(m.buf, r)
		}
	}
}
