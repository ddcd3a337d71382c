package graph

import "io"

// newTurtle writes Turtle: triples, a block for each node.
func newTurtle(w io.Writer, _ Options, b *Builder) Encoder {
	return &graphEncoder{output: output{w: w}, builder: b, begin: appendPrefixes, append: appendTurtle}
}

// newTriG writes TriG: Turtle with a block for each graph around it.
func newTriG(w io.Writer, o Options, b *Builder) Encoder {
	if o.NoGraphs {
		return newTurtle(w, o, b)
	}
	return &graphEncoder{
		output: output{w: w}, builder: b, begin: appendPrefixes,
		append: func(dst []byte, g *Graph) []byte {
			dst = appendTurtleName(append(dst, '\n'), g.Article.IRI)
			dst = appendTurtle(append(dst, " {\n"...), g)
			return append(dst, "}\n"...)
		},
	}
}

func appendPrefixes(dst []byte) []byte {
	for _, p := range prefixes {
		dst = append(append(dst, "@prefix "...), p.name...)
		dst = append(append(dst, ": <"...), p.namespace...)
		dst = append(dst, "> .\n"...)
	}
	return append(dst, '\n')
}

func appendTurtle(dst []byte, g *Graph) []byte {
	g.nodes(func(n *node) bool {
		dst = appendTurtleNode(dst, n)
		return true
	})
	return dst
}

// appendTurtleNode writes a node, a predicate a line.
func appendTurtleNode(dst []byte, n *node) []byte {
	dst = append(appendTurtleName(dst, n.id), " a "...)
	for i, t := range n.types {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendTurtleName(dst, t)
	}
	for i, p := range n.properties {
		if i > 0 && p.predicate == n.properties[i-1].predicate {
			dst = append(dst, ", "...)
		} else {
			dst = append(appendTurtleName(append(dst, " ;\n\t"...), p.predicate), ' ')
		}
		dst = appendTurtleTerm(dst, p.value)
	}
	return append(dst, " .\n"...)
}

func appendTurtleTerm(dst []byte, t Term) []byte {
	switch t.Datatype {
	case "":
		return appendTurtleName(dst, t.Value)
	case TripleTerm, xsdInteger:
		return append(dst, t.Value...)
	case xsdString:
		return appendLiteral(dst, t.Value)
	}
	dst = append(appendLiteral(dst, t.Value), "^^"...)
	return appendTurtleName(dst, t.Datatype)
}

// turtleName abbreviates an IRI where Turtle allows it without escapes, and spells it out elsewhere.
func turtleName(iri string) string { return string(appendTurtleName(nil, iri)) }

func appendTurtleName(dst []byte, iri string) []byte {
	if prefix, local := compact(iri); prefix != "" && isLocalName(local) {
		dst = append(append(dst, prefix...), ':')
		return append(dst, local...)
	}
	dst = append(append(dst, '<'), iri...)
	return append(dst, '>')
}

// isLocalName reports whether s may stand after a prefix as it is: a letter or underscore, then letters, digits,
// underscores and hyphens. Turtle allows more; this is all that our vocabulary needs.
func isLocalName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '-')) {
			return false
		}
	}
	return s != ""
}
