package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A token is a word, a $name, a punctuation mark, or the end of its statement (text "").
type token struct {
	pos  Pos
	text string
	word bool // a word or $name
}

// A statement is a logical line. An example's text is not cut into tokens.
type statement struct {
	pos      Pos
	doc      string // comment lines right above it
	indented bool
	example  string // the whole line, of a statement that starts with + - or ?
	comment  string // behind it
	tokens   []token
	end      token
}

// A scanner cuts a file into statements.
type scanner struct {
	file       string
	errs       *ErrorList
	statements []statement
	doc        []string // comment lines since the last statement or blank line
	fileDoc    string
	open       bool // the last statement goes on in the next line
}

func (s *scanner) scan(src string) {
	src = strings.TrimPrefix(src, "\ufeff")
	n := 0
	for line := range strings.SplitSeq(src, "\n") {
		n++
		s.line(Pos{s.file, n, 1}, line)
	}
}

func (s *scanner) line(pos Pos, line string) {
	if i := strings.IndexFunc(line, func(r rune) bool { return r == utf8.RuneError || r == 0 }); i >= 0 {
		pos.Col = i + 1
		s.errs.add(pos, "this is not UTF-8 text: save the file as UTF-8")
		return
	}
	text := strings.TrimLeftFunc(line, unicode.IsSpace)
	indented := len(text) < len(line)
	pos.Col += len(line) - len(text)
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	switch {
	case text == "":
		s.blank()
	case text[0] == '#':
		s.doc = append(s.doc, strings.TrimPrefix(text[1:], " "))
	case strings.ContainsRune("+-?", rune(text[0])) && !s.open:
		text, comment := cutComment(text)
		s.begin(statement{pos: pos, indented: indented, example: text, comment: comment})
	default:
		s.words(pos, indented, text)
	}
}

// blank ends a block of comment lines; the one that opens the file documents it.
func (s *scanner) blank() {
	if len(s.statements) == 0 && s.fileDoc == "" {
		s.fileDoc = strings.Join(s.doc, "\n")
	}
	s.doc = s.doc[:0]
}

func (s *scanner) begin(st statement) *statement {
	st.doc = strings.Join(s.doc, "\n")
	s.doc = s.doc[:0]
	s.statements = append(s.statements, st)
	return &s.statements[len(s.statements)-1]
}

// cutComment splits an example from the comment behind it; there "#" counts only between blanks ("the #1 threat").
func cutComment(text string) (string, string) {
	for i := 1; i < len(text); i++ {
		if text[i] == '#' && isBlank(utf8.DecodeLastRuneInString(text[:i])) && isBlank(utf8.DecodeRuneInString(text[i+1:])) {
			return strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+1:])
		}
	}
	return text, ""
}

// isBlank reports that a decoded rune is white space or the end of the text.
func isBlank(r rune, size int) bool { return size == 0 || unicode.IsSpace(r) }

// words adds a line's tokens to the open statement, or begins one.
func (s *scanner) words(pos Pos, indented bool, text string) {
	text, comment, _ := strings.Cut(text, "#")
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	var st *statement
	if s.open && indented {
		st = &s.statements[len(s.statements)-1]
	} else {
		st = s.begin(statement{pos: pos, indented: indented})
	}
	if c := strings.TrimSpace(comment); c != "" {
		st.comment = c
	}
	for i := 0; i < len(text); {
		at := pos
		at.Col += i
		n, word := tokenLen(text[i:])
		switch {
		case n == 0:
			r, size := utf8.DecodeRuneInString(text[i:])
			if !unicode.IsSpace(r) {
				s.errs.add(at, "unexpected character %q: words are letters, digits, hyphens and apostrophes", r)
			}
			i += size
			continue
		default:
			st.tokens = append(st.tokens, token{at, text[i : i+n], word})
			i += n
		}
	}
	st.end = token{pos: Pos{pos.File, pos.Line, pos.Col + len(text)}}
	last := ""
	if len(st.tokens) > 0 {
		last = st.tokens[len(st.tokens)-1].text
	}
	s.open = last == "," || last == "|" || last == "="
}

// tokenLen is the length of the token that text starts with, 0 when it starts with none.
func tokenLen(text string) (n int, word bool) {
	if strings.HasPrefix(text, "->") {
		return 2, false
	}
	if strings.IndexByte(",|=:()/+?.", text[0]) >= 0 {
		return 1, false
	}
	start := 0
	if text[0] == '$' {
		start = 1
	}
	for i, r := range text[start:] {
		inner := n > 0 && (r == '-' || r == '\'' || r == '’') && !strings.HasPrefix(text[start+i:], "->")
		if !inner && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !(n > 0 && unicode.IsMark(r)) {
			break
		}
		n = start + i + utf8.RuneLen(r)
	}
	return n, n > 0
}
