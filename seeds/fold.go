package seeds

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Word is one token folded for look-up, so that spellings of one name meet: letters without case and diacritics,
// without apostrophes, full stops and hyphens, British spelling as American. The value is a hash, not the letters;
// the words of a name are joined without separators, so "Jong-un", "Jong Un" and "Jongun" are one.
type Word struct {
	exact, loose   uint64 // hashes of the folded letters, and of the letters further reduced by sound
	nExact, nLoose uint8  // their numbers
	flags          uint8
}

const (
	upper    = 1 << iota // no small letter, or full stops between letters: may be an acronym
	mixed                // a capital after a small letter: "LeT"
	capital              // some capital letter
	unusable             // too long to be part of a name, or a full stop that closes a sentence
)

// maxLetters bounds a folded word; longer ones are not looked up.
const maxLetters = 60

// IsUpper reports whether the word was written in capitals, with full stops between letters, or has no letters.
func (w Word) IsUpper() bool { return w.flags&upper != 0 }

// IsSilent reports that nothing of the word takes part in look-up, as of a hyphen.
func (w Word) IsSilent() bool { return w.nExact == 0 && w.flags&unusable == 0 }

// Hashing is polynomial so that the hash of joined words follows from theirs.
const base = 0x9E3779B97F4A7C15

// powers of base by number of letters; sound may double them (x is ks).
type powers [2*maxLetters + 2]uint64

func powersOf(base uint64) (p powers) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * base
	}
	return p
}

func hash(letters []byte) (h uint64) {
	for _, c := range letters {
		h = h*base + uint64(c) + 1
	}
	return h
}

// Latin letters by their code point: the plain letter, '.' for none, '*' for two (see ligature).
const (
	latinFirst, latinLast = 0xC0, 0x24F
	latin                 = "aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*y" +
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllll." +
		".llnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs" +
		"...............a..f.............oo.............uu..............." +
		".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...." +
		"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............" +
		"................"
	vietFirst, vietLast = 0x1E00, 0x1EFF
	viet                = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" +
		"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" +
		"wwwwwwwwwwxxxxyyzzzzzzhtwy.s..*.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" +
		"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......"
)

func ligature(r rune) string {
	switch r {
	case 'æ', 'Æ':
		return "ae"
	case 'œ', 'Œ':
		return "oe"
	case 'þ', 'Þ':
		return "th"
	}
	return "ss"
}

// appendFolded appends the letters of word that count for exact look-up and says how it was written.
func appendFolded(b []byte, word string) (folded []byte, flags uint8) {
	lower, letters, stops := false, 0, 0
	big := func() {
		flags |= capital
		if lower {
			flags |= mixed
		}
	}
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z':
				lower = true
				letters++
				b = append(b, c)
			case 'A' <= c && c <= 'Z':
				letters++
				big()
				b = append(b, c+'a'-'A')
			case c == '.':
				stops++
			case c == '-' || c == '\'' || c == '`' || c == ' ':
			case c == '&':
				b = append(b, "and"...)
			default:
				b = append(b, c)
			}
		} else {
			r, n := utf8.DecodeRuneInString(word[i:])
			i += n
			letters++
			lower = lower || unicode.IsLower(r)
			if unicode.IsUpper(r) {
				big()
			}
			b = appendRune(b, r)
		}
		if len(b) > maxLetters {
			return b[:0], unusable
		}
	}
	if letters == 0 && stops > 0 && len(b) == 0 {
		return b, unusable
	}
	if !lower || stops > 1 && stops >= letters {
		flags |= upper | capital
	}
	return b, flags
}

func appendRune(b []byte, r rune) []byte {
	c := byte('.')
	switch {
	case latinFirst <= r && r <= latinLast:
		c = latin[r-latinFirst]
	case vietFirst <= r && r <= vietLast:
		c = viet[r-vietFirst]
	case r == 'ə':
		c = 'a'
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), unicode.Is(unicode.Lm, r),
		r == '’', r == '‘', r == '´', r == utf8.RuneError:
		return b
	}
	switch c {
	case '.':
		return utf8.AppendRune(b, unicode.ToLower(r))
	case '*':
		return append(b, ligature(r)...)
	}
	return append(b, c)
}

// americanize turns the British endings that names of organisations and offices have into the American ones.
// Single words (centre, labour) are in the table of spellings.
func americanize(b []byte) []byte {
	n := len(b)
	if n > 6 && b[n-1] == 's' {
		n--
	}
	if n > 7 && string(b[n-7:n]) == "isation" {
		b[n-6] = 'z'
	}
	return b
}

// appendLoose appends what is left of a folded word when spellings of one sound are made one. It serves names from
// other scripts, whose Latin spelling varies: Sergei, Sergey; Shoigu, Shoygu; Zelensky, Zelenskyy; Qasem, Kassem.
func appendLoose(b, folded []byte) []byte {
	s := string(folded)
	if s == "al" || s == "el" {
		return b
	}
	if len(s) < 2 || strings.Trim(s, "ivx0123456789") == "" { // initials; Alexander II, Alexander III; 11
		return append(b, folded...)
	}
	start := len(b)
	put := func(c byte) {
		if len(b) == start || b[len(b)-1] != c {
			b = append(b, c)
		}
	}
	at := func(i int) byte {
		if 0 <= i && i < len(folded) {
			return folded[i]
		}
		return 0
	}
	for i := 0; i < len(folded); i++ {
		c, next := folded[i], at(i+1)
		switch {
		case c == 'x':
			put('k')
			put('s')
		case c == 'q', c == 'c' && next != 'h':
			put('k')
		case c == 'w':
			put('v')
		case c == 'y' && i == 0 && next == 'e': // Yevgeny, Evgeny
		case c == 'y', c == 'j' && strings.IndexByte("aeiou", next) < 0:
			put('i')
		case c == 'h' && strings.IndexByte("kgdt", at(i-1)) >= 0: // Kadhafi, Khatami
		case c == 'h' && i == len(folded)-1 && at(i-1) == 'a': // Fallujah
		case c == 'o' && next == 'u', c == 'o' && next == 'o': // Mahmoud, Haroon
			put('u')
			i++
		case c == 'e' && next == 'e':
			put('i')
			i++
		case c == 'e' && (next == 'i' || next == 'y' || next == 'j'): // Hussein, Hussain
			put('a')
		case c == 'e' && i > 0 && strings.IndexByte("aou", at(i-1)) >= 0: // Schroeder
		default:
			put(c)
		}
	}
	return b
}
