package graph

import (
	"io"
	"strings"
)

// idPrefix abbreviates minted identifiers.
const idPrefix = "id"

// AppendContext writes the JSON-LD context of dyad's output, an object in one line. base is the namespace of minted
// identifiers; "" is DefaultBase.
func AppendContext(dst []byte, base string) ([]byte, error) {
	base, err := cleanBase(base)
	if err != nil {
		return dst, err
	}
	return appendContext(dst, base), nil
}

func appendContext(dst []byte, base string) []byte {
	dst = append(dst, '{')
	for _, p := range prefixes {
		dst = appendString(dst, p.name)
		dst = append(appendString(append(dst, ':'), p.namespace), ',')
	}
	// An explicit @prefix, since a namespace of the user's own need not end in "/" or "#".
	dst = appendString(append(dst, `"`+idPrefix+`":{"@id":`...), base)
	dst = append(dst, `,"@prefix":true}`...)
	for _, c := range coercions {
		for _, p := range c.properties {
			dst = appendString(append(dst, ','), curie(p))
			dst = appendString(append(dst, `:{"@type":`...), curie(c.datatype))
			dst = append(dst, '}')
		}
	}
	return append(dst, '}')
}

// curie abbreviates an IRI of the vocabulary by its prefix.
func curie(iri string) string {
	if prefix, local := compact(iri); prefix != "" {
		return prefix + ":" + local
	}
	return iri
}

// A jsonldWriter writes nodes as JSON-LD in the streaming form: a node object a line, its @id and @type first.
type jsonldWriter struct {
	base    string            // namespace abbreviated as id:, or "" to spell it out
	coerced map[string]string // datatype or "@id" by property
}

// newJSONLD writes one JSON-LD document: a context, then all articles as lines of its @graph.
func newJSONLD(w io.Writer, o Options, b *Builder) Encoder {
	j := newJSONLDWriter(o)
	first := true
	return &graphEncoder{
		output:  output{w: w},
		builder: b,
		begin: func(dst []byte) []byte {
			return append(j.appendContext(append(dst, `{"@context":`...), o), `,"@graph":[`...)
		},
		append: func(dst []byte, g *Graph) []byte {
			if !first {
				dst = append(dst, ',')
			}
			first = false
			dst = append(dst, '\n')
			if o.NoGraphs {
				return j.appendNodes(dst, g, "\n")
			}
			dst = j.appendIRI(append(dst, `{"@id":`...), g.Article.IRI)
			return append(j.appendNodes(append(dst, ",\"@graph\":[\n"...), g, "\n"), "]}"...)
		},
		end: func(dst []byte) []byte { return append(dst, "\n]}\n"...) },
	}
}

// newNDJSONLD writes a JSON-LD document a line, each article one of them, with its context.
func newNDJSONLD(w io.Writer, o Options, b *Builder) Encoder {
	j := newJSONLDWriter(o)
	return &graphEncoder{output: output{w: w}, builder: b, append: func(dst []byte, g *Graph) []byte {
		dst = append(j.appendContext(append(dst, `{"@context":`...), o), ',')
		if !o.NoGraphs {
			dst = append(j.appendIRI(append(dst, `"@id":`...), g.Article.IRI), ',')
		}
		return append(j.appendNodes(append(dst, `"@graph":[`...), g, ""), "]}\n"...)
	}}
}

func newJSONLDWriter(o Options) *jsonldWriter {
	j := &jsonldWriter{base: o.Base, coerced: map[string]string{}}
	if o.Context != "" {
		j.base = "" // the context at that URL need not have our namespace
	}
	for _, c := range coercions {
		for _, p := range c.properties {
			j.coerced[p] = c.datatype
		}
	}
	return j
}

func (j *jsonldWriter) appendContext(dst []byte, o Options) []byte {
	if o.Context != "" {
		return appendString(dst, o.Context)
	}
	return appendContext(dst, o.Base)
}

// appendNodes writes the node objects of a graph, each but the first on a new line.
func (j *jsonldWriter) appendNodes(dst []byte, g *Graph, newline string) []byte {
	first := true
	g.nodes(func(n *node) bool {
		if !first {
			dst = append(append(dst, ','), newline...)
		}
		first = false
		dst = j.appendNode(dst, n)
		return true
	})
	return dst
}

func (j *jsonldWriter) appendNode(dst []byte, n *node) []byte {
	dst = j.appendIRI(append(dst, `{"@id":`...), n.id)
	dst = append(dst, `,"@type":`...)
	if len(n.types) > 1 {
		dst = append(dst, '[')
	}
	for i, t := range n.types {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = j.appendIRI(dst, t)
	}
	if len(n.types) > 1 {
		dst = append(dst, ']')
	}
	for rest := n.properties; len(rest) > 0; {
		same := 1
		for same < len(rest) && rest[same].predicate == rest[0].predicate {
			same++
		}
		dst = j.appendProperty(dst, rest[:same])
		rest = rest[same:]
	}
	return append(dst, '}')
}

// appendProperty writes the values of one predicate, in an array when there are several.
func (j *jsonldWriter) appendProperty(dst []byte, values []property) []byte {
	predicate := values[0].predicate
	dst = append(j.appendIRI(append(dst, ','), predicate), ':')
	if len(values) > 1 {
		dst = append(dst, '[')
	}
	for i := range values {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = j.appendValue(dst, values[i].value, j.coerced[predicate])
	}
	if len(values) > 1 {
		dst = append(dst, ']')
	}
	return dst
}

// appendValue writes a value of a property whose values the context coerces to a datatype, "@id" or nothing ("").
func (j *jsonldWriter) appendValue(dst []byte, t Term, coerced string) []byte {
	switch {
	case t.IsIRI() && coerced == "@id":
		return j.appendIRI(dst, t.Value)
	case t.IsIRI():
		dst = j.appendIRI(append(dst, `{"@id":`...), t.Value)
		return append(dst, '}')
	case t.Datatype == coerced, t.Datatype == xsdString && coerced == "":
		return appendString(dst, t.Value)
	case t.Datatype == xsdInteger && coerced == "":
		return append(dst, t.Value...)
	}
	dst = appendString(append(dst, `{"@value":`...), t.Value)
	dst = j.appendIRI(append(dst, `,"@type":`...), t.Datatype)
	return append(dst, '}')
}

// appendIRI writes an IRI as a string, abbreviated where the context has a prefix for it. IRIs hold nothing that JSON
// would escape.
func (j *jsonldWriter) appendIRI(dst []byte, iri string) []byte {
	dst = append(dst, '"')
	prefix, local := compact(iri)
	if rest, ok := strings.CutPrefix(iri, j.base); prefix == "" && ok && j.base != "" {
		prefix, local = idPrefix, rest
	}
	if prefix != "" && !strings.HasPrefix(local, "//") {
		dst = append(append(dst, prefix...), ':')
		iri = local
	}
	return append(append(dst, iri...), '"')
}
