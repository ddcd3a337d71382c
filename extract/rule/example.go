package rule

import (
	"slices"
	"strings"
)

// example parses "+ TEXT => A, B ; C, D negative planned".
func (p *parser) example() {
	line := p.st.example
	text, wants, found := cutLast(line[1:], "=>")
	e := Example{Pos: p.st.pos, Mark: line[0], Text: collapse(text), Comment: collapse(p.st.comment)}
	if e.Text == "" {
		p.fail(e.Pos, "example without a sentence: write it after the %c", e.Mark)
	}
	if found {
		pos := e.Pos
		pos.Col += strings.LastIndex(line, "=>") + len("=>")
		for part := range strings.SplitSeq(wants, ";") {
			e.Want = append(e.Want, p.want(pos, part))
			pos.Col += len(part) + len(";")
		}
	} else if e.Mark == '+' {
		p.fail(e.Pos, "example without a result: add \"=> SUBJECT, OBJECT\", or mark it - if nothing should come of it")
	}
	p.rule.Examples = append(p.rule.Examples, e)
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// want parses "SUBJECT, OBJECT [QUALIFIER …]".
func (p *parser) want(pos Pos, text string) Want {
	var w Want
	for _, arg := range splitArgs(text) {
		w.Args = append(w.Args, collapse(arg))
	}
	if n := len(w.Args); n > 0 {
		p.qualifiers(&w, &w.Args[n-1])
	}
	if len(w.Args) != 2 || slices.ContainsFunc(w.Args, badArg) {
		p.fail(pos, "result %q: want SUBJECT, OBJECT with names or [phrases], as in \"Russia, [the plan] negative planned\"", strings.TrimSpace(text))
	}
	return w
}

// badArg reports an argument that is neither a name nor a [phrase].
func badArg(s string) bool {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return !ok || strings.TrimSpace(inner) == "" || strings.ContainsAny(inner, "[]")
	}
	return s == "" || strings.ContainsAny(s, "[]")
}

// splitArgs splits at commas outside brackets.
func splitArgs(s string) []string {
	var args []string
	depth, start := 0, 0
	for i, r := range s {
		switch {
		case r == '[':
			depth++
		case r == ']':
			depth--
		case r == ',' && depth == 0:
			args = append(args, s[start:i])
			start = i + 1
		}
	}
	return append(args, s[start:])
}

// qualifiers takes the qualifiers off the end of the last argument.
func (p *parser) qualifiers(w *Want, last *string) {
	for {
		rest, word, _ := cutLast(*last, " ")
		switch {
		case slices.Contains(polarities, word) && w.Polarity == "":
			w.Polarity = word
		case slices.Contains(modalities, word) && w.Modality == "":
			w.Modality = word
		default:
			return
		}
		*last = strings.TrimSpace(rest)
	}
}
