package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is the most bytes a dateline takes: "SAINT PETERSBURG, Russia, June 5, 2019 (Agence France-Presse) —".
const maxDateline = 100

// datelineEnd returns the end of the dateline that opens a paragraph, from when there is none. As a sentence of its own
// it cannot be taken for the subject of what follows. It is a place in capitals, then perhaps countries, dates and
// agencies, then a dash, a colon, or an agency between slashes: "MOSCOW, May 31. /TASS/."
//
// A colon behind nothing but one word follows speakers and labels as well. Only at the start of an article, where early
// says so, it is a dateline.
func datelineEnd(text string, from int, early bool) int {
	pos, names := placeEnd(text, from)
	if names == 0 {
		return from
	}
	more := false // than the place
	limit := min(len(text), from+maxDateline)
	for pos < limit {
		next := skipBlank(text, pos)
		if to := dashEnd(text, next, next > pos || text[pos-1] == ')'); to > next {
			return tookPlace(text, from, to)
		}
		switch c := text[min(next, len(text)-1)]; {
		case c == ':' && next == pos && (more || early && names == 1 && !labels.has(text[from:pos])):
			return tookPlace(text, from, pos+1)
		case c == '(', c == '/':
			n := strings.IndexByte(text[next+1:limit], closing(c))
			if n < 0 {
				return from
			}
			more, pos = true, next+n+2
			if c == '/' && strings.HasPrefix(text[pos:], ".") {
				return tookPlace(text, from, pos+1)
			}
		case c == ',', c == '.' && more:
			more, pos = true, next+1
		case more:
			r := firstRune(text[next:])
			word := wordAt(text, next)
			if word == "" || !unicode.IsUpper(r) && !isDigit(r) {
				return from
			}
			pos = next + len(word)
		default:
			return from
		}
	}
	return from
}

// labels stand before headlines.
var labels = set(`icymi update updated breaking exclusive watch video photos live note notice analysis opinion correction
	corrected explainer factbox what when where why`)

func closing(open byte) byte {
	if open == '(' {
		return ')'
	}
	return open
}

// placeEnd returns the end of the words in capitals at i and their number, 0 when they cannot be a place: one of up to
// four has four letters.
func placeEnd(text string, i int) (end, names int) {
	long := false
	for pos := i; names < 4; {
		to, letters := capitalsEnd(text, pos)
		if letters == 0 {
			break
		}
		long = long || letters > 3
		names++
		end, pos = to, to
		if pos < len(text) && (text[pos] == ' ' || text[pos] == '/') {
			pos++
		}
	}
	if !long {
		return i, 0
	}
	return end, names
}

// capitalsEnd returns the end of the word in capitals at i and the number of its letters, 0 when there is none.
func capitalsEnd(text string, i int) (end, letters int) {
	end = i
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsUpper(r) {
			if isWord(r) {
				return i, 0
			}
			joint := r == '-' || isApostrophe(r)
			if letters == 0 || r != '.' && !(joint && unicode.IsUpper(firstRune(text[end+size:]))) {
				break
			}
			letters--
		}
		letters++
		end += size
	}
	return end, letters
}

// dashEnd returns the end of the dash at i, i when there is none. A hyphen is one only with blanks around it.
func dashEnd(text string, i int, apart bool) int {
	for _, dash := range [...]string{"—", "–", "--", "-"} {
		if strings.HasPrefix(text[i:], dash) {
			end := i + len(dash)
			for strings.HasPrefix(text[end:], dash) {
				end += len(dash)
			}
			if dash == "-" && (!apart || end < len(text) && skipBlank(text, end) == end) {
				return i
			}
			return end
		}
	}
	return i
}

// tookPlace returns the end of a dateline, from when what follows is no sentence: "NATO — the alliance — …".
func tookPlace(text string, from, end int) int {
	next := skipOpeners(text, end)
	if next == len(text) {
		return end
	}
	if len(text)-next < 20 || unicode.IsLower(firstRune(text[next:])) {
		return from
	}
	return end
}
