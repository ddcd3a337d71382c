package graph

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readNQuads reads N-Quads in which the quads of a graph stand together, as dyad writes them.
func readNQuads(in *bufio.Reader, _ Options) (func() (*Graph, error), error) {
	var (
		r       = newRestorer()
		seen    = once{}
		current string // the graph whose quads are being read
		any     bool
		number  int
		ended   bool
	)
	finish := func(next string) (*Graph, error) {
		g, err := r.restore(current)
		if err != nil {
			return nil, fmt.Errorf("before line %d: %w", number, err)
		}
		current = next
		return g, nil
	}
	return func() (*Graph, error) {
		for !ended {
			line, err := in.ReadString('\n')
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			ended = err != nil
			number++
			line = strings.Trim(line, " \t\r\n")
			if line == "" || line[0] == '#' {
				continue
			}
			q, err := parseQuad(line)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", number, err)
			}
			var done *Graph
			if !any || q.Graph != current {
				if !seen.first(q.Graph) {
					return nil, fmt.Errorf("line %d: more of <%s> after another graph; put its quads together, as dyad writes them", number, q.Graph)
				}
				if any {
					if done, err = finish(q.Graph); err != nil {
						return nil, err
					}
				}
				current, any = q.Graph, true
			}
			r.add(q.Subject, q.Predicate, q.Object)
			if done != nil {
				return done, nil
			}
		}
		if !any {
			return nil, io.EOF
		}
		any = false
		return finish("")
	}, nil
}

// parseQuad reads a line of N-Quads. Blank nodes and languages are none of ours.
func parseQuad(line string) (q Quad, err error) {
	p := &quadParser{rest: line}
	q.Subject = p.iri()
	q.Predicate = p.iri()
	q.Object = p.object()
	if p.space(); strings.HasPrefix(p.rest, "<") {
		q.Graph = p.iri()
	}
	p.expect(".")
	if p.space(); p.err == nil && p.rest != "" && p.rest[0] != '#' {
		p.fail("the end of the line")
	}
	return q, p.err
}

type quadParser struct {
	rest string
	err  error
}

func (p *quadParser) fail(want string) {
	if p.err == nil {
		p.err = fmt.Errorf("want %s at %.40q", want, p.rest)
	}
	p.rest = ""
}

func (p *quadParser) space() { p.rest = strings.TrimLeft(p.rest, " \t") }

func (p *quadParser) expect(s string) {
	p.space()
	rest, ok := strings.CutPrefix(p.rest, s)
	if !ok {
		p.fail(strconv.Quote(s))
		return
	}
	p.rest = rest
}

func (p *quadParser) iri() string {
	p.space()
	end := strings.IndexByte(p.rest, '>')
	if end < 2 || p.rest[0] != '<' || strings.HasPrefix(p.rest, "<<") {
		p.fail("an IRI in angle brackets")
		return ""
	}
	iri := p.unescape(p.rest[1:end])
	p.rest = p.rest[min(end+1, len(p.rest)):]
	// What may not stand in an IRI would break the formats that it is written in next.
	for i := range len(iri) {
		if c := iri[i]; c <= ' ' || strings.IndexByte("<>\"{}|^`\\", c) >= 0 {
			p.fail("an IRI without " + strconv.QuoteRune(rune(c)))
			return ""
		}
	}
	return iri
}

func (p *quadParser) object() Term {
	p.space()
	switch {
	case strings.HasPrefix(p.rest, "<<("):
		p.rest = p.rest[3:]
		t := fmt.Sprintf("<<( <%s> <%s> <%s> )>>", p.iri(), p.iri(), p.iri())
		p.expect(")>>")
		return Term{t, TripleTerm}
	case strings.HasPrefix(p.rest, "<"):
		return Term{Value: p.iri()}
	case strings.HasPrefix(p.rest, `"`):
		end := 1
		for end < len(p.rest) && p.rest[end] != '"' {
			if p.rest[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(p.rest) {
			p.fail("a string that ends")
			return Term{}
		}
		value := p.unescape(p.rest[1:end])
		if p.err == nil {
			p.rest = p.rest[end+1:]
		}
		if rest, ok := strings.CutPrefix(p.rest, "^^"); ok {
			p.rest = rest
			return Term{value, p.iri()}
		}
		return Term{value, xsdString}
	}
	p.fail("an IRI or a string")
	return Term{}
}

// unescape undoes the escapes of N-Quads.
func (p *quadParser) unescape(s string) string {
	if !utf8.ValidString(s) {
		p.fail("UTF-8")
		return ""
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			p.fail("an escape")
			return ""
		}
		if at := strings.IndexByte(`tbnrf"'\`, s[i]); at >= 0 {
			b.WriteByte("\t\b\n\r\f\"'\\"[at])
			continue
		}
		digits := map[byte]int{'u': 4, 'U': 8}[s[i]]
		if digits == 0 || i+digits >= len(s) {
			p.fail("an escape")
			return ""
		}
		n, err := strconv.ParseUint(s[i+1:i+1+digits], 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) {
			p.fail("an escape")
			return ""
		}
		b.WriteRune(rune(n))
		i += digits
	}
	return b.String()
}
