package extract

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/dyad-kg/dyad/extract/learn"
	"github.com/dyad-kg/dyad/seeds"
)

// nameFile is where the model of the recognizer lies among the models.
const nameFile = "models/names"

// A recognizer finds the names in a text and their types. A chain model labels the words that can be part of a name:
// capitalised ones, numbers, and next to them the lower-case words and marks that names are known to hold ("of", "al",
// "-", "summit"). All other words, two in three, are not looked at.
type recognizer struct {
	clusters *clusters
	know     *seeds.Knowledge
	inner    map[string]bool // lower-case words and marks that occur inside names
	chain    *learn.Chain
}

// Labels of a token: one for tokens outside of names, and for each type four, for the only, first, inner and last token.
const (
	noName     = 0
	partOnly   = 0
	partBegin  = 1
	partInside = 2
	partLast   = 3
	nameTags   = 1 + 4*int(seeds.Product)
)

func nameLabel(t Type, part int) uint8 { return uint8(1 + 4*(int(t)-1) + part) }

func labelType(label uint8) (t Type, part int) { return Type((label-1)/4 + 1), int(label-1) % 4 }

// nameMayFollow reports whether a token labelled y may follow one labelled x; -1 stands for the text around.
func nameMayFollow(x, y int) bool {
	open := x > noName && ((x-1)%4 == partBegin || (x-1)%4 == partInside)
	goesOn := y > noName && ((y-1)%4 == partInside || (y-1)%4 == partLast)
	if open || goesOn {
		return open && goesOn && (x-1)/4 == (y-1)/4
	}
	return true
}

func newRecognizer(models fs.FS, c *clusters, k *seeds.Knowledge) (*recognizer, error) {
	data, err := fs.ReadFile(models, nameFile)
	if err != nil {
		return nil, err
	}
	r := &recognizer{clusters: c, know: k}
	if err := r.decode(data); err != nil {
		return nil, fmt.Errorf("%s: %w", nameFile, err)
	}
	return r, nil
}

const nameMagic = "dyadnam1"

// decode reads a model: the inner words, separated by blanks, and the chain.
func (r *recognizer) decode(data []byte) error {
	if len(data) < len(nameMagic)+4 || string(data[:len(nameMagic)]) != nameMagic {
		return errors.New("not a model of names")
	}
	data = data[len(nameMagic):]
	n := int(binary.LittleEndian.Uint32(data))
	if data = data[4:]; n > len(data) {
		return errors.New("damaged: cut short")
	}
	r.inner = make(map[string]bool)
	for _, w := range strings.Fields(string(data[:n])) {
		r.inner[w] = true
	}
	var err error
	r.chain, data, err = learn.ReadChain(data[n:])
	if err == nil && (r.chain.Labels() != nameTags || len(data) != 0) {
		err = errors.New("damaged: not made for these types of names")
	}
	return err
}

// nameScratch is the recognizer's memory.
type nameScratch struct {
	words    []nameWord
	folded   []seeds.Word
	features []uint32
	scores   []int32
	labels   []uint8
	path     learn.Path
	settled  []settledForm // sorted
}

// A nameWord is what the recognizer knows of a token by itself.
type nameWord struct {
	form, lower, shape uint32
	prefix, suffix     [3]uint32 // of two, three and four bytes
	wordGroups
	glove      wordGroups
	class      letterCase
	tag        Tag
	known      uint32    // what knowledge has under a name that the word is part of: bits of nameGroup
	likely     nameGroup // the likeliest of them
	place      uint8     // of the word in that name
	single     uint8     // is it a given name, a family name? see recognizer.single
	title      seeds.RoleType
	titlePlace uint8
}

// A letterCase says which words can be part of names: lower-case words and marks only next to others.
type letterCase uint8

const (
	lowerCase letterCase = iota
	noLetters
	digitsOnly
	mixedCase
	upperCase
)

// recognize appends the name mentions of all sentences.
func (r *recognizer) recognize(d *Document) {
	w := &d.work.names
	r.look(d, w)
	for _, s := range d.Sentences {
		first := len(d.Mentions)
		r.runs(d, w, s.Tokens, func(run Range) {
			r.consult(d, w, s.Tokens, run)
			w.scores = append(w.scores[:0], make([]int32, run.Len()*nameTags)...)
			w.labels = append(w.labels[:0], make([]uint8, run.Len())...)
			for i := range w.labels {
				w.features = r.features(w.features[:0], w.words, s.Tokens, run, run.First+int32(i))
				scores := w.scores[i*nameTags : (i+1)*nameTags]
				r.chain.Score(scores, w.features)
				if word := &w.words[run.First+int32(i)]; word.tag == TagPOS && (word.known == 0 || word.place != partLast) {
					endNoName(scores)
				}
			}
			r.chain.Best(&w.path, w.scores, w.labels)
			d.appendNames(run.First, w.labels)
		})
		d.joinPersons(first)
	}
	d.splitNames(w)
	d.trimTitles()
	d.settle(w)
	d.shareNames()
}

// endNoName keeps names from ending at a token, as at "'s" after a name, "McDonald's" and other known ones excepted.
func endNoName(scores []int32) {
	for t := seeds.Person; t <= seeds.Product; t++ {
		scores[nameLabel(t, partOnly)] -= 1 << 20
		scores[nameLabel(t, partLast)] -= 1 << 20
	}
}

// appendNames appends the names that labels describe; labels[0] is that of the token first.
func (d *Document) appendNames(first int32, labels []uint8) {
	from := first
	for i, label := range labels {
		if label == noName {
			continue
		}
		t, part := labelType(label)
		if part == partOnly || part == partBegin {
			from = first + int32(i)
		}
		if part == partOnly || part == partLast {
			d.Mentions = append(d.Mentions, nameMention(d, from, first+int32(i)+1, t))
		}
	}
}

func nameMention(d *Document, from, to int32, t Type) Mention {
	return Mention{
		Span:   Span{d.Tokens[from].Start, d.Tokens[to-1].End},
		Tokens: Range{from, to},
		Head:   -1, Type: t, Kind: Name, Entity: -1,
	}
}

// runs calls f for every longest stretch of tokens of a sentence that can be part of names.
func (r *recognizer) runs(d *Document, w *nameScratch, tokens Range, f func(run Range)) {
	in := func(i int32) bool {
		return w.words[i].class > noLetters || r.inner[plainApostrophe(d.Word(i))] || hyphenated(d, tokens, i)
	}
	for i := tokens.First; i < tokens.End; i++ {
		if w.words[i].class <= noLetters {
			continue
		}
		from, to := i, i+1
		for from > tokens.First && in(from-1) {
			from--
		}
		for to < tokens.End && in(to) {
			to++
		}
		f(Range{from, to})
		i = to - 1
	}
}

// hyphenated reports whether token i is a part of a compound: "Moon Jae-in", "Deir ez-Zor".
func hyphenated(d *Document, tokens Range, i int32) bool {
	joined := func(hyphen, word int32) bool {
		return tokens.Has(hyphen) && d.Word(hyphen) == "-" &&
			(d.Tokens[hyphen].End == d.Tokens[word].Start || d.Tokens[word].End == d.Tokens[hyphen].Start)
	}
	return joined(i-1, i) || joined(i+1, i)
}

// plainApostrophe makes the two apostrophes one.
func plainApostrophe(s string) string {
	if s == "’" {
		return "'"
	}
	return s
}
