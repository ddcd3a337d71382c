package graph

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
