package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// DefaultBase is the namespace of minted identifiers.
const DefaultBase = "https://w3id.org/dyad/id/"

// cleanBase returns the namespace in which identifiers are minted, ready to be put before a path.
func cleanBase(base string) (string, error) {
	if base == "" {
		return DefaultBase, nil
	}
	iri, ok := cleanIRI(base)
	if !ok {
		return "", fmt.Errorf("base %q: want an absolute IRI such as %s", base, DefaultBase)
	}
	if !strings.HasSuffix(iri, "/") && !strings.HasSuffix(iri, "#") && !strings.HasSuffix(iri, ":") {
		iri += "/"
	}
	return iri, nil
}

// cleanIRI percent-encodes what may not stand in an IRI and reports whether the result is an absolute one. All but
// ASCII is encoded too: a plain URI is taken everywhere.
//
// A scheme needs "//" after it, or to be one that cannot be mistaken for a prefix of our JSON-LD context.
func cleanIRI(s string) (string, bool) {
	scheme, rest, found := strings.Cut(s, ":")
	if !found || !isScheme(scheme) {
		return "", false
	}
	scheme = strings.ToLower(scheme)
	hierarchical := strings.HasPrefix(rest, "//")
	if !hierarchical && scheme != "urn" && scheme != "tag" {
		return "", false
	}
	authority := 0 // brackets belong here only, around an IPv6 address
	if hierarchical {
		authority = 2 + len(rest[2:])
		if i := strings.IndexAny(rest[2:], "/?#"); i >= 0 {
			authority = 2 + i
		}
	}
	out := make([]byte, 0, len(s)+16)
	out = append(append(out, scheme...), ':')
	fragment := false
	for i := range len(rest) {
		switch c := rest[i]; {
		case c == '#' && !fragment:
			fragment = true
			out = append(out, c)
		case c == '%' && i+2 < len(rest) && isHex(rest[i+1]) && isHex(rest[i+2]):
			out = append(out, c)
		case (c == '[' || c == ']') && i < authority:
			out = append(out, c)
		case isIRIByte(c):
			out = append(out, c)
		default:
			out = appendPercent(out, c)
		}
	}
	u, err := url.Parse(string(out))
	if err != nil || len(out) > maxIRI || hierarchical && scheme != "file" && !isHost(u.Hostname()) {
		return "", false
	}
	return string(out), u.Opaque != "" || hierarchical
}

// maxIRI bounds the length of an address: stores use them as keys and refuse long ones.
const maxIRI = 1900

// isHost reports whether s is the name or address of a host, in letters that every reader takes for one.
func isHost(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9':
		case i > 0 && (c == '-' || c == '_' || c == '.'), c == ':': // IPv6, in brackets
		default:
			return false
		}
	}
	return s != ""
}

func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.')) {
			return false
		}
	}
	return s != ""
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// isIRIByte reports whether c may stand anywhere after the scheme of a URI: RFC 3986's unreserved and reserved
// characters, but for the brackets, the fragment's sign and the percent sign.
func isIRIByte(c byte) bool {
	switch {
	case 'a' <= c|0x20 && c|0x20 <= 'z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("-._~:/?@!$&'()*+,;=", c) >= 0
}

func appendPercent(dst []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(dst, '%', digits[c>>4], digits[c&15])
}

// maxSlug bounds the length of a name in an identifier: some stores refuse long IRIs as keys.
const maxSlug = 160

// appendSlug appends a name as one segment of a path: normalised to composed form and lower case, letters and digits
// kept, all else one hyphen, and what is not ASCII percent-encoded. "Víktor  Yushchenko" gives "v%C3%ADktor-yushchenko".
func appendSlug(dst []byte, name string) []byte {
	start := len(dst)
	gap := false
	for _, r := range norm.NFC.String(name) {
		if r == '\'' || r == '’' || r == utf8.RuneError {
			continue // O'Brien is obrien
		}
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			gap = true
			continue
		}
		if len(dst)-start > maxSlug {
			return appendHash(append(dst, '-'), name)
		}
		if gap && len(dst) > start {
			dst = append(dst, '-')
		}
		gap = false
		dst = appendIRIRune(dst, unicode.ToLower(r))
	}
	if len(dst) == start { // a name of signs only
		return appendHash(dst, name)
	}
	return dst
}

func appendIRIRune(dst []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		return append(dst, byte(r))
	}
	var buf [utf8.UTFMax]byte
	for _, c := range buf[:utf8.EncodeRune(buf[:], r)] {
		dst = appendPercent(dst, c)
	}
	return dst
}

// appendHash appends the first 32 hexadecimal digits of the content's SHA-256.
func appendHash(dst []byte, content string) []byte {
	sum := sha256.Sum256([]byte(content))
	return hex.AppendEncode(dst, sum[:16])
}

// kinds are the first path segments of minted identifiers, by entity type.
var kinds = [...]string{
	seeds.NoType: "entity", seeds.Person: "person", seeds.Org: "organization", seeds.GPE: "polity", seeds.Loc: "place",
	seeds.Fac: "facility", seeds.NORP: "people", seeds.Event: "event", seeds.Law: "law", seeds.Product: "product",
}

// knownIRI returns the identifier of an entry of the knowledge base: a Wikidata item, or an IRI that a user's own
// table gives; "" when the entry's ID is neither.
func knownIRI(id string) string {
	if len(id) > 1 && id[0] == 'Q' && strings.Trim(id[1:], "0123456789") == "" {
		return wdNS + id
	}
	iri, _ := cleanIRI(id)
	return iri
}

// ArticleIRI returns the identifier of an article, which names its graph: its URL, or else a name made of its text.
func ArticleIRI(a extract.Article) string {
	if iri, ok := cleanIRI(a.URL); ok {
		return iri
	}
	sum := sha256.Sum256([]byte(a.Text))
	return articleIRI("", hex.EncodeToString(sum[:]))
}

// articleIRI returns the article's URL, or a name made from the text's hash when it has none that is an absolute IRI.
func articleIRI(articleURL, sha256hex string) string {
	if iri, ok := cleanIRI(articleURL); ok {
		return iri
	}
	return "urn:dyad:article:" + sha256hex[:32]
}
