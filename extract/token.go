package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tokenizer cuts sentences into the syntactic words of the UD English treebanks, so that syntax meets the
// words they were trained on: do|n't, Japan|'s, Russo|-|Japanese, anti-missile, $|5, 40|%, U.S. in one piece.
//
// A stretch between blanks is cut from left to right. What the next token is depends on the bytes ahead and on
// whether a word has just ended, never on tokens further back; so the cost is linear in the text.
type tokenizer struct{}

// tokenize fills d.Tokens and Sentence.Tokens from d.Sentences.
func (tokenizer) tokenize(d *Document) {
	for i := range d.Sentences {
		s := &d.Sentences[i]
		first := int32(len(d.Tokens))
		w := words{text: d.Text[:s.End], from: int(s.Start), stop: finalStop(d.Text, s.Span)}
		for pos := w.from; ; {
			pos = skipBlank(w.text, pos)
			if pos == len(w.text) {
				break
			}
			var ascii bool
			w.begin = pos
			if w.end, ascii = wordEnd(w.text, pos); ascii {
				d.Tokens = appendToken(d.Tokens, pos, w.end)
				pos = w.end
				continue
			}
			for pos < w.end {
				to := w.next(pos)
				d.Tokens = appendToken(d.Tokens, pos, to)
				pos = to
			}
		}
		s.Tokens = Range{first, int32(len(d.Tokens))}
	}
}

func appendToken(tokens []Token, from, to int) []Token {
	return append(tokens, Token{Span: Span{uint32(from), uint32(to)}, Head: -1})
}

// words cuts one stretch of text without blanks.
type words struct {
	text       string // up to the end of the sentence
	from       int    // start of the sentence
	stop       int    // the full stop that ends the sentence, or -1
	begin, end int    // the stretch
}

// next returns the end of the token that starts at i.
func (w *words) next(i int) int {
	inner := i > w.begin && isWord(before(w.text, i))
	if inner {
		if to := w.clitic(i); to > 0 {
			return to
		}
	} else if to := w.address(i); to > 0 {
		return to
	}
	r, size := w.rune(i)
	switch {
	case isDigit(r):
		return w.number(i)
	case isWord(r):
		return w.word(i)
	case !inner && (r == '.' || r == '+') && isDigit(w.at(i+1)):
		return w.number(i + 1)
	case !inner && (r == '#' || r == '@') && unicode.IsLetter(w.at(i+1)):
		return w.word(i + 1)
	case !inner && isApostrophe(r):
		return w.elision(i, i+size)
	case strings.ContainsRune(":;=", r):
		if to := w.emoticon(i); to > 0 {
			return to
		}
	}
	return w.punctuation(i)
}

// word returns the end of the word at i: letters, digits and the marks that join them.
func (w *words) word(i int) int {
	p := i
	for p < w.end {
		r, size := w.rune(p)
		if p > i && (r|0x20 == 'n' || isApostrophe(r)) && w.clitic(p) > 0 {
			return p
		}
		if r == '/' && isHost(w.text[i:p]) {
			return i + len(trimAddress(w.text[i:w.end]))
		}
		if r == '$' && currencies.has(w.text[i:p]) {
			return p + 1
		}
		if !isWord(r) && !w.joins(i, p, r, size) {
			break
		}
		p += size
	}
	if n := contractions.find(w.text[i:p]); n > 0 {
		return i + int(n)
	}
	return p
}

// joins reports whether the mark r at p belongs to the word that started at i.
func (w *words) joins(i, p int, r rune, size int) bool {
	next := w.at(p + size)
	switch r {
	case '.':
		if isWord(next) {
			return !w.runOn(i, p)
		}
		return next != '.' && w.abbreviation(i, p)
	case '\'', '’':
		return isWord(next) && !isDigit(before(w.text, p))
	case '-':
		return isWord(next) && prefixes.has(w.text[i:p])
	case '&':
		return unicode.IsUpper(next) && unicode.IsUpper(before(w.text, p)) && p-i <= 3
	case '_', '\u00ad':
		return true
	case '*', '@':
		return unicode.IsLetter(next)
	case '/':
		return slashed.has(w.text[i:w.letters(p+1)])
	}
	return false
}

// runOn reports that the full stop at p ends a sentence whose successor lacks the blank before it: "talks.The".
func (w *words) runOn(i, p int) bool {
	next, size := w.rune(p + 1)
	after := w.at(p + 1 + size)
	return p-i > 1 && unicode.IsLower(before(w.text, p)) && unicode.IsUpper(next) && unicode.IsLower(after) &&
		!strings.Contains(w.text[i:p], ".") && !abbreviations.has(w.text[i:p])
}

// abbreviation reports whether the full stop at p, with no word behind it, belongs to the word that started at i.
// The treebanks keep it there at the end of a sentence, too.
func (w *words) abbreviation(i, p int) bool {
	word := w.text[i:p]
	switch {
	case isAcronym(word): // "U.S", "a.m"
		return true
	case utf8.RuneCountInString(word) == 1:
		return p != w.stop && unicode.IsLetter(w.at(i))
	}
	switch abbreviations.find(word) {
	case anyCase:
		return p != w.stop || !isCapitals(word)
	case capitalized:
		return unicode.IsUpper(w.at(i)) && (p != w.stop || !isCapitals(word))
	case beforeNumber:
		return p != w.stop && isDigit(w.at(skipBlank(w.text, p+1)))
	}
	return false
}

// number returns the end of the number at i with its separators and ordinal ending.
func (w *words) number(i int) int {
	p := i
	for p < w.end {
		switch c := w.text[p]; c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			p++
			continue
		case ',':
			if w.digits(p+1) == 3 {
				p += 4
				continue
			}
		case '.', ':', '/':
			if isDigit(w.at(p + 1)) {
				p++
				continue
			}
		case '-':
			if to := w.hyphenated(i, p); to > 0 {
				return to
			}
		}
		break
	}
	r := w.at(p)
	switch {
	case r == '.' && i == w.from && p != w.stop && w.begin == i && p+1 == w.end && p-i <= 5: // "1." of a list
		return p + 1
	case !isWord(r):
		return p
	}
	if units.has(w.text[p:w.letters(p)]) { // 7:30|PM
		return p
	}
	return w.word(i)
}

// hyphenated returns the end of a telephone number, date or the like whose first hyphen is at p, 0 when it is a range.
func (w *words) hyphenated(i, p int) int {
	first, groups, last := p-i, 1, 0
	for p < w.end && w.text[p] == '-' {
		n := w.digits(p + 1)
		if n == 0 {
			break
		}
		groups, last, p = groups+1, n, p+1+n
	}
	if groups > 2 || groups == 2 && last == 4 && (first == 3 || first == 5) {
		return p
	}
	return 0
}

// digits counts the ASCII digits at i.
func (w *words) digits(i int) int {
	n := 0
	for i+n < w.end && isDigit(rune(w.text[i+n])) {
		n++
	}
	return n
}

// clitic returns the end of a clitic at i, 0 when there is none: 's 'm 'd 're 've 'll n't, with either apostrophe.
func (w *words) clitic(i int) int {
	p := i
	negation := w.text[p]|0x20 == 'n'
	if negation {
		p++
	}
	r, size := w.rune(p)
	if r != '\'' && r != '’' {
		return 0
	}
	p += size
	from := p
	for p < w.end && isASCIILetter(w.text[p]) {
		p++
	}
	if isWord(w.at(p)) {
		return 0
	}
	if tail := w.text[from:p]; negation && (tail == "t" || tail == "T") || !negation && clitics.has(tail) {
		return p
	}
	return 0
}

// elision returns the end of a word with a leading apostrophe ('72, 'em), or of the apostrophe alone.
func (w *words) elision(i, p int) int {
	if to := w.clitic(i); to > 0 {
		return to
	}
	to := w.letters(p)
	if w.digits(p) == 2 && (to == p+2 || w.text[p+2:to] == "s") || elided.has(w.text[p:to]) {
		return to
	}
	return w.punctuation(i)
}

// letters returns the end of the letters and digits at i.
func (w *words) letters(i int) int {
	for i < w.end {
		r, size := w.rune(i)
		if !isWord(r) {
			break
		}
		i += size
	}
	return i
}

// address returns the end of a web address or e-mail address at i, 0 when there is none.
func (w *words) address(i int) int {
	rest := w.text[i:w.end]
	for _, scheme := range [...]string{"http://", "https://", "www.", "ftp://", "mailto:"} {
		if len(rest) > len(scheme) && strings.EqualFold(rest[:len(scheme)], scheme) {
			return i + len(trimAddress(rest))
		}
	}
	at := strings.IndexByte(rest[:min(len(rest), 65)], '@')
	if at < 1 || strings.ContainsAny(rest[:at], "<>()[]\"':;,") {
		return 0
	}
	p := i + at + 1
	to := p
	for to < min(w.end, p+255) {
		r, size := w.rune(to)
		if !isWord(r) && r != '.' && r != '-' {
			break
		}
		to += size
	}
	if host := strings.TrimRight(w.text[p:to], ".-"); strings.Contains(host, ".") {
		return p + len(host)
	}
	return 0
}

// trimAddress cuts what punctuates the sentence, not the address.
func trimAddress(s string) string {
	if n := strings.IndexAny(s, "<>\"“”"); n >= 0 {
		s = s[:n]
	}
	open := strings.Contains(s, "(")
	for {
		t := strings.TrimRight(s, ".,;:!?'’]")
		if !open {
			t = strings.TrimRight(t, ")")
		}
		if len(t) == len(s) {
			return s
		}
		s = t
	}
}

// emoticon returns the end of one of the few emoticons worth knowing, 0 when there is none.
func (w *words) emoticon(i int) int {
	rest := w.text[i:w.end]
	for _, nose := range [...]int{1, 2} {
		if len(rest) > nose && (nose == 1 || rest[1] == '-') && strings.IndexByte("()DP", rest[nose]) >= 0 &&
			!isWord(w.at(i+nose+1)) && i == w.begin {
			return i + nose + 1
		}
	}
	return 0
}

// punctuation returns the end of the mark at i: one character, or a run of those that come in runs.
func (w *words) punctuation(i int) int {
	r, size := w.rune(i)
	p := i + size
	switch r {
	case '!', '?':
		for p < w.end && (w.text[p] == '!' || w.text[p] == '?') {
			p++
		}
	case '.', '-', '*', '=', '_', '~', '<', '>', '…', '—', '–', '\'', '`', '+', '$':
		for p < w.end && strings.HasPrefix(w.text[p:w.end], w.text[i:i+size]) {
			p += size
		}
	}
	return p
}

// rune decodes the character at i; beyond the stretch it is a blank.
func (w *words) rune(i int) (rune, int) {
	if i >= w.end {
		return ' ', 0
	}
	if c := w.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(w.text[i:w.end])
}

// at returns the character at i, beyond the sentence a blank.
func (w *words) at(i int) rune {
	if i >= len(w.text) {
		return ' '
	}
	if c := w.text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(w.text[i:])
	return r
}

// before returns the character that ends at i.
func before(text string, i int) rune {
	if i > 0 && text[i-1] < utf8.RuneSelf {
		return rune(text[i-1])
	}
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return r
}

// finalStop returns the place of the full stop that ends the sentence, -1 when there is none.
func finalStop(text string, s Span) int {
	t := strings.TrimRight(text[s.Start:s.End], "\"'”’»)]")
	if strings.HasSuffix(t, ".") {
		return int(s.Start) + len(t) - 1
	}
	return -1
}

// wordEnd returns the end of the stretch without blanks at i and whether it is nothing but ASCII letters that need no
// second look.
func wordEnd(text string, i int) (end int, plain bool) {
	p := i
	for p < len(text) && isASCIILetter(text[p]) {
		p++
	}
	if p == len(text) || asciiBlank(text[p]) {
		return p, !contractions.has(text[i:p])
	}
	for p < len(text) {
		if c := text[p]; c < utf8.RuneSelf {
			if asciiBlank(c) {
				break
			}
			p++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[p:])
		if isBlank(r) {
			break
		}
		p += size
	}
	return p, false
}

// skipBlank returns the first place from i on that is not blank.
func skipBlank(text string, i int) int {
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			if !asciiBlank(c) {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isBlank(r) {
			break
		}
		i += size
	}
	return i
}

func asciiBlank(c byte) bool { return c <= ' ' || c == 0x7f }

// isBlank reports white space, control characters and what is invisible between words.
func isBlank(r rune) bool {
	if r < utf8.RuneSelf {
		return asciiBlank(byte(r))
	}
	switch r {
	case '\u200b', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r) || unicode.IsControl(r)
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

// isWord reports what words are made of: letters, digits and the marks that combine with them.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIILetter(byte(r)) || isDigit(r)
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// isAcronym reports letters with full stops between them: "U.S", "a.m", "Ph.D".
func isAcronym(word string) bool {
	if strings.EqualFold(word, "ph.d") {
		return true
	}
	if len(word)%2 == 0 || len(word) < 3 {
		return false
	}
	for i := 0; i < len(word); i++ {
		if i%2 == 0 && !isASCIILetter(word[i]) || i%2 == 1 && word[i] != '.' {
			return false
		}
	}
	return true
}

// isHost reports whether the word is the name of a web host.
func isHost(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	return dot > 0 && hosts.has(word[dot+1:])
}

// A table is a set of short words in small ASCII letters with a number for each.
type table map[string]uint8

func set(words string) table {
	t := table{}
	t.add(words, 1)
	return t
}

func (t table) add(words string, value uint8) {
	for w := range strings.FieldsSeq(words) {
		t[w] = value
	}
}

// find returns the number of a word in any case, 0 for an unknown one. It allocates nothing.
func (t table) find(word string) uint8 {
	var small [12]byte
	if len(word) > len(small) {
		return 0
	}
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		small[i] = c
	}
	return t[string(small[:len(word)])]
}

func (t table) has(word string) bool { return t.find(word) > 0 }

// How a word must look for the full stop behind it to be part of it.
const (
	anyCase      = 1 + iota // "etc."
	capitalized             // "Gen."
	beforeNumber            // "No. 5"
)

var abbreviations = func() table {
	t := set(`mr mrs ms dr prof hon sen rep gov lt cmdr sgt cpl pvt brig supt messrs mlle mme drs profs sens reps govs
		jr sr esq jan feb apr aug sept nov dec tues thur thurs inc corp ltd bros assn dept univ ave blvd hwy
		ala ariz calif conn fla okla tenn wyo etc vs eg cf viz approx tel attn ca eds vols oz lb lbs`)
	t.add(`gen col maj capt adm rev pres st ste mt ft co sat sun mon tue wed thu fri jun jul sep oct ark colo del ga ill ind
		kan ky la md mass mich minn miss mo mont neb nev ore pa tex va vt wash wis al ed est spec att atty insp det gens
		cols cpt cdr comdr`, capitalized)
	t.add("no nos art fig figs sec vol pp pg ch para ext mar reg cir rec res stat supp", beforeNumber)
	t["al"] = anyCase
	return t
}()

var (
	clitics = set("s m d re ve ll")

	// contractions are cut after so many bytes.
	contractions = table{"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "outta": 3, "y'all": 2, "c'mon": 3,
		"dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "havent": 4, "hasnt": 3, "couldnt": 5, "wouldnt": 5}

	// prefixes stay with their word across a hyphen.
	prefixes = set(`anti bi bio co counter cross de e ex extra inter intra mal mega mid mini multi neo non over post pre
		pro pseudo psycho re semi socio sub super trans tri ultra un`)

	// units are cut from the number before them.
	units = set(`am pm k m b bn g kg lb lbs km cm mm ft mph hz mhz ghz kb mb gb tb kw mw gw kwh mwh c f hr hrs min mins
		sec secs days minutes hours years percent p`)

	currencies = set("us u a c nz hk s nt r")
	slashed    = set("w/ w/o b/c c/o n/a s/he l/c")
	elided     = set("em tis twas til cause n bout round")
	hosts      = set("com org net gov edu int mil info co uk us eu de fr ru cn jp")
)
