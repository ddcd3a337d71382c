package extract

import (
	"unicode"
	"unicode/utf8"
)

// A form is what the statistical stages see of a token's letters, as hashes: computed once, used by all of them.
// Typographic quotes and dashes count as their ASCII sisters, and every digit as 0.
type form struct {
	exact      uint32     // the letters as they are
	lower      uint32     // the letters in lower case
	prefix     [3]uint32  // the first one, two, three bytes of the lower-case letters
	suffix     [4]uint32  // the last one to four
	shape      uint32     // runs of upper case, lower case, digits, others: Xx, X.X., 0-0
	wordGroups            // words of like use in political news
	glove      wordGroups // and in a larger text of more kinds
	upper      bool       // has capitals
	small      bool       // has small letters
}

// forms returns the forms of all tokens of the document, computing them when they are asked for first.
func (d *Document) forms(c *clusters) []form {
	f := d.work.forms
	for i := len(f); i < len(d.Tokens); i++ {
		word := d.In(d.Tokens[i].Span)
		f = append(f, makeForm(word))
		f[i].wordGroups, f[i].glove = c.lookup(word)
	}
	d.work.forms = f
	return f
}

// maxLetters is how many bytes of a word are looked at; what is longer is no word.
const maxLetters = 64

func makeForm(word string) (f form) {
	var letters [maxLetters + utf8.UTFMax]byte
	n := 0
	exact, shape := newHash(), newHash()
	last := byte(0)
	for _, c := range word {
		if n >= maxLetters {
			break
		}
		c, class := normalize(c)
		exact = exact.add(uint32(c))
		if class != last || class == '.' {
			shape = shape.add(uint32(class))
			last = class
		}
		switch class {
		case 'x':
			f.small = true
		case 'X':
			f.upper = true
			c = unicode.ToLower(c)
		}
		if c < utf8.RuneSelf {
			letters[n] = byte(c)
			n++
		} else {
			n += utf8.EncodeRune(letters[n:], c)
		}
	}
	f.exact, f.shape = exact.sum(), shape.sum()
	h := newHash()
	for i := range n {
		h = h.add(uint32(letters[i]))
		if i < len(f.prefix) {
			f.prefix[i] = h.sum()
		}
	}
	f.lower = h.sum()
	h = newHash()
	for i := range min(n, len(f.suffix)) {
		h = h.add(uint32(letters[n-1-i]))
		f.suffix[i] = h.sum()
	}
	return f
}

// normalize makes characters of the same use equal and returns their class in the word's shape.
func normalize(c rune) (rune, byte) {
	switch {
	case 'a' <= c && c <= 'z':
		return c, 'x'
	case 'A' <= c && c <= 'Z':
		return c, 'X'
	case '0' <= c && c <= '9':
		return '0', '0'
	case c < utf8.RuneSelf:
		return c, '.'
	}
	switch c {
	case '‘', '’', '‚', '‛':
		return '\'', '.'
	case '“', '”', '„', '‟', '«', '»':
		return '"', '.'
	case '‐', '‑', '–', '—', '―', '−':
		return '-', '.'
	}
	switch {
	case unicode.IsUpper(c):
		return c, 'X'
	case unicode.IsLetter(c):
		return c, 'x'
	case unicode.IsDigit(c):
		return '0', '0'
	}
	return c, '.'
}

// A wordHash hashes letters (FNV-1a).
type wordHash uint64

func newHash() wordHash { return 14695981039346656037 }

func (h wordHash) add(c uint32) wordHash { return (h ^ wordHash(c)) * 1099511628211 }

func (h wordHash) sum() uint32 {
	h ^= h >> 32
	return uint32(h) ^ uint32(h>>29)
}
