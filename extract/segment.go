package extract

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/neurosnap/sentences/data"
)

// A segmenter finds paragraphs and sentences. It knows abbreviations and the words that begin sentences from the
// English Punkt model, and what news adds to them from tables of its own.
//
// Punkt's own program makes a string of every word before it looks at the first one, in ten megabytes a second and twenty
// times the memory of the text. Here its tables are asked only where a full stop, question or exclamation mark stands.
// Its third table, which words are written with a capital where, is left out: U.S. Ambassador then ends a sentence,
// because Punkt's newspapers wrote ambassador small.
type segmenter struct {
	abbreviations, starters table
}

// maxSentence bounds what later stages have to hold of one sentence; nothing that people write comes near it.
const maxSentence = 8000

func newSegmenter() (*segmenter, error) {
	file, err := data.Asset("data/english.json")
	if err != nil {
		return nil, fmt.Errorf("punkt model: %w", err)
	}
	var punkt struct{ AbbrevTypes, SentStarters table }
	if err := json.Unmarshal(file, &punkt); err != nil {
		return nil, fmt.Errorf("punkt model: %w", err)
	}
	return &segmenter{punkt.AbbrevTypes, punkt.SentStarters}, nil
}

// segment fills d.Sentences.
func (s *segmenter) segment(d *Document) {
	number := int32(0)
	for pos := skipBlank(d.Text, 0); pos < len(d.Text); pos = skipBlank(d.Text, pos) {
		end, width := blockEnd(d.Text, pos)
		for block := d.Text[:end]; pos < end; pos = skipBlank(block, pos) {
			to := paragraphEnd(block, pos, width)
			s.paragraph(d, block[:to], pos, number)
			number++
			pos = to
		}
	}
}

// paragraph appends the sentences of the paragraph that begins at start and ends with the text.
func (s *segmenter) paragraph(d *Document, text string, start int, number int32) {
	for first := start; start < len(text); {
		window := text[:min(len(text), start+maxSentence)]
		end := start
		if start == first {
			end = datelineEnd(window, start, number < 3)
		}
		if end == start {
			end = s.sentenceEnd(window, start)
		}
		if len(d.Sentences) == 0 {
			end = headlineEnd(text, start, end)
		}
		if end == len(window) && end < len(text) {
			end = cutShort(text, start)
		}
		sentence := strings.TrimRightFunc(text[start:end], isBlank)
		d.Sentences = append(d.Sentences, Sentence{Span: Span{uint32(start), uint32(start + len(sentence))}, Paragraph: number})
		start = skipBlank(text, end)
	}
}

// sentenceEnd returns the end of the sentence that starts there.
func (s *segmenter) sentenceEnd(text string, start int) int {
	for pos := start; pos < len(text); {
		c := text[pos]
		if c != '.' && c != '!' && c != '?' && !(c == 0xe2 && strings.HasPrefix(text[pos:], "…")) {
			pos++
			continue
		}
		m := markAt(text, start, pos)
		if m.end == len(text) || s.ends(m) {
			return m.end
		}
		pos = m.end
	}
	return len(text)
}

// A mark is a run of full stops, question and exclamation marks with the quotes and brackets it closes.
type mark struct {
	text       string // the paragraph
	from       int    // start of the sentence
	start, end int    // of the mark
	kind       rune   // '.', '!', '?', '…'
	closed     bool   // a quote or bracket was closed
}

func markAt(text string, from, pos int) mark {
	m := mark{text: text, from: from, start: pos}
	stops := 0
	for pos < len(text) {
		switch c := text[pos]; {
		case c == '.':
			stops++
			pos++
			continue
		case c == '!' || c == '?':
			m.kind = rune(c)
			pos++
			continue
		case strings.HasPrefix(text[pos:], "…"):
			stops = 3
			pos += len("…")
			continue
		}
		break
	}
	if m.kind == 0 {
		m.kind = '.'
		if stops > 1 {
			m.kind = '…'
		}
	}
	for pos < len(text) {
		if r, size := utf8.DecodeRuneInString(text[pos:]); isCloser(r) {
			m.closed = true
			pos += size
			continue
		}
		break
	}
	m.end = pos + footnote(text[pos:])
	return m
}

// footnote returns the length of footnote marks at the start of the text, " [5] [12]", 0 when there is none.
func footnote(text string) int {
	for n := 0; ; {
		p := n
		if strings.HasPrefix(text[p:], " ") {
			p++
		}
		if !strings.HasPrefix(text[p:], "[") {
			return n
		}
		digits := p + 1
		for digits < len(text) && isDigit(rune(text[digits])) {
			digits++
		}
		if digits == p+1 || !strings.HasPrefix(text[digits:], "]") {
			return n
		}
		n = digits + 1
	}
}

// headlineEnd returns the end of the headline that runs into the first sentence of an article because the line break
// between them was lost: "Putin met Finnish business leaders During the talks …". Without a full stop it shows itself by
// a word that has its capital only at the start of a sentence.
func headlineEnd(text string, from, end int) int {
	if !strings.ContainsRune(".!?…\"”’", before(text, end)) {
		return end
	}
	seen := 0
	for pos := from; pos < min(end, from+300); seen++ {
		word := wordAt(text, pos)
		if seen > 2 && isWord(before(text, pos-1)) && afterHeadline(text, pos, word) {
			return pos
		}
		next := strings.IndexByte(text[pos:end], ' ')
		if next < 0 {
			break
		}
		pos += next + 1
	}
	return end
}

// afterHeadline reports that the word at pos is one that has a capital only at the start of a sentence, and that what
// follows it is no title in capitals.
func afterHeadline(text string, pos int, word string) bool {
	if len(word) < 2 || !unicode.IsUpper(firstRune(word)) || strings.IndexFunc(word[1:], unicode.IsUpper) >= 0 {
		return false
	}
	rest := text[pos+len(word):]
	switch openers.find(word) {
	case beforeWord:
		return strings.HasPrefix(rest, " ") && unicode.IsLower(firstRune(rest[1:]))
	case beforeComma:
		return strings.HasPrefix(rest, ",")
	}
	return false
}

// ends reports whether a sentence ends with the mark; there is text behind it.
func (s *segmenter) ends(m mark) bool {
	next := skipBlank(m.text, m.end)
	if next == m.end { // no blank: 3.5, U.S., example.org, or a blank that was forgotten
		return m.runOn()
	}
	next = skipOpeners(m.text, next)
	r, _ := utf8.DecodeRuneInString(m.text[next:])
	follower := wordAt(m.text, next)
	if unicode.IsLower(r) && !s.smallStart(m, follower) {
		return false
	}
	switch {
	case m.kind == '?' || m.kind == '!':
		return !(m.closed && asks(m.text, next))
	case m.kind == '…':
		return unicode.IsUpper(r) && m.start > m.from
	}
	word := m.word()
	switch {
	case word == "": // a full stop of its own is part of ". . ."
		return m.start > m.from && r != '.'
	case isNumeral(word):
		return !m.item(word)
	case titles.has(word):
		return false
	case isCapitals(word) && strings.IndexFunc(follower, unicode.IsLower) >= 0: // "in the APR. Russia", no month
		return true
	case isAcronym(word), utf8.RuneCountInString(word) == 1:
		return s.opens(m.text, next, follower)
	}
	switch abbreviations.find(word) {
	case beforeNumber:
		return !unicode.IsDigit(r)
	case capitalized:
		first, _ := utf8.DecodeRuneInString(word)
		return !unicode.IsUpper(first) || s.opens(m.text, next, follower)
	case anyCase:
		return s.opens(m.text, next, follower)
	}
	return !s.abbreviations.has(word) || s.opens(m.text, next, follower)
}

// opens reports that the word at next opens a sentence whatever stands before it: a pronoun, an article and the like.
func (s *segmenter) opens(text string, next int, word string) bool {
	if !openers.has(word) && !s.starters.has(word) || !unicode.IsUpper(firstRune(word)) {
		return false
	}
	return !strings.HasPrefix(text[next+len(word):], ".") // "Wayne A. I. Frederick"
}

// smallStart reports that a word in small letters begins a sentence: a name like "al-Qaida", or any word where what
// stands before the full stop cannot be an abbreviation.
func (s *segmenter) smallStart(m mark, follower string) bool {
	if m.kind != '.' || m.closed {
		return false
	}
	word := m.word()
	if abbreviations.has(word) || titles.has(word) || s.abbreviations.has(word) {
		return false
	}
	return len(word) > 3 && !strings.Contains(word, ".") || strings.IndexFunc(follower, unicode.IsUpper) > 0
}

// word returns the word before the mark, without the brackets and quotes that open before it.
func (m mark) word() string {
	i := m.start
	for i > m.from && m.start-i < 64 {
		r := before(m.text, i)
		if !isWord(r) && r != '.' && r != ',' && r != '\'' && r != '’' && r != '&' {
			break
		}
		_, size := utf8.DecodeLastRuneInString(m.text[:i])
		i -= size
	}
	return m.text[i:m.start]
}

// item reports that the numeral only counts what follows: "1." at the start of a sentence.
func (m mark) item(word string) bool {
	return m.start-len(word) == m.from && len(word) < 4
}

// runOn reports that the blank behind the full stop was forgotten: "talks.The".
func (m mark) runOn() bool {
	if m.end == m.start+1 && m.kind == '.' {
		w := words{text: m.text, begin: m.from, end: len(m.text)}
		r, _ := utf8.DecodeRuneInString(m.text[m.end:])
		if unicode.IsUpper(r) {
			return w.runOn(m.start-len(m.word()), m.start)
		}
	}
	return false
}

// asks reports that what follows a closed quotation says whose it is: “Why?” Lavrov asked.
func asks(text string, next int) bool {
	for i := range 4 {
		word := wordAt(text, next)
		if i == 0 && openers.has(word) && unicode.IsUpper(firstRune(word)) { // “A fan?” He said, “No.”
			return false
		}
		if word == "" {
			return false
		}
		if sayings.has(word) {
			return true
		}
		next += len(word)
		if next == len(text) || text[next] != ' ' {
			return false
		}
		next++
	}
	return false
}

// wordAt returns the letters and inner marks at i.
func wordAt(text string, i int) string {
	to := i
	for to < len(text) && to-i < 64 {
		r, size := utf8.DecodeRuneInString(text[to:])
		if !isWord(r) && r != '-' {
			break
		}
		to += size
	}
	return text[i:to]
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isCapitals reports an acronym without full stops: "APR", "NATO".
func isCapitals(word string) bool {
	for i := range len(word) {
		if word[i] < 'A' || word[i] > 'Z' {
			return false
		}
	}
	return len(word) > 2
}

// isNumeral reports a number as lists count with: "1", "2.1".
func isNumeral(word string) bool {
	return word != "" && strings.Trim(word, "0123456789.,") == ""
}

func isCloser(r rune) bool { return strings.ContainsRune("\"'”’»)]}", r) }

// skipOpeners returns the first place from i on where no quote or bracket opens.
func skipOpeners(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune("\"'“‘«([{-–—•*", r) && !isBlank(r) {
			break
		}
		i += size
	}
	return min(i, len(text))
}

// blockEnd returns where the next blank line, or else the text, ends the lines from i on, and how long the longest is.
func blockEnd(text string, i int) (end, width int) {
	end = i
	for pos := i; pos < len(text); {
		to, next := lineEnd(text, pos)
		if skipBlank(text[:to], pos) == to {
			break
		}
		end, width, pos = to, max(width, to-pos), next
	}
	return end, width
}

// paragraphEnd returns where the paragraph that begins at i ends. A line break parts paragraphs, unless the text is set
// in lines of even width and the next word found no room on its line.
func paragraphEnd(block string, i, width int) int {
	for pos := i; ; {
		end, next := lineEnd(block, pos)
		if next == len(block) {
			return end
		}
		after, _ := lineEnd(block, next)
		if !wrapped(block[pos:end], block[skipBlank(block, next):after], width) {
			return end
		}
		pos = next
	}
}

// wrapped reports that a line was broken only because it was full.
func wrapped(line, next string, width int) bool {
	r := firstRune(next)
	if unicode.IsLower(r) {
		return true
	}
	if width < 40 || width > 120 || strings.ContainsRune("-*•", r) {
		return false
	}
	word, _, _ := strings.Cut(next, " ")
	return len(line)+1+len(word) > width
}

// lineEnd returns the end of the line at i and the start of the next one.
func lineEnd(text string, i int) (end, next int) {
	for p := i; p < len(text); p++ {
		switch c := text[p]; {
		case c == '\n' || c == '\v' || c == '\f' || c == '\r':
			if strings.HasPrefix(text[p:], "\r\n") {
				return p, p + 2
			}
			return p, p + 1
		case c == 0xe2 && (strings.HasPrefix(text[p:], "\u2028") || strings.HasPrefix(text[p:], "\u2029")):
			return p, p + len("\u2028")
		}
	}
	return len(text), len(text)
}

// cutShort returns a place to cut an endless sentence: the last blank before the limit, or the limit.
func cutShort(text string, start int) int {
	limit := start + maxSentence
	for p := limit; p > start+maxSentence/2; p-- {
		if asciiBlank(text[p]) {
			return p
		}
	}
	for p := limit; p > limit-utf8.UTFMax; p-- {
		if utf8.RuneStart(text[p]) {
			return p
		}
	}
	return limit
}

var (
	// titles stand before names; their full stop ends no sentence.
	titles = set(`mr mrs ms dr prof hon sen rep gov gen lt col maj capt cmdr sgt cpl pvt adm brig supt rev st messrs mlle mme
		drs profs sens reps govs gens cols cpt cdr comdr pres atty insp det fr e.g i.e cf viz vs approx ca`)

	// sayings are verbs that say whose words a quotation is.
	sayings = set(`said says asked asks added wondered replied told demanded exclaimed shouted cried inquired wrote tweeted
		declared insisted`)
)

// How openers go on.
const (
	beforeWord  = 1 + iota // "The leaders"
	beforeComma            // "Meanwhile, the leaders"
)

// openers begin sentences and have a capital nowhere else.
var openers = func() table {
	t := set(`a an the this that these those it its he she we they you i his her our their your my there here who what when
		where why how which if as at by for from in into on of to with without after before since until during under over
		between among against although though while because but and or so nor all any each every some many most both
		several such prior previously`)
	t.add("today yesterday tomorrow however meanwhile now then yet also still", beforeComma)
	return t
}()
