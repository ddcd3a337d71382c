package extract

import (
	"fmt"
	"io/fs"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// Files of the models.
const (
	taggerFile   = "models/tagger"
	lemmaFile    = "models/lemmas.tsv"
	supertagFile = "models/supertagger"
	parserFile   = "models/parser"
)

// A tagger gives every token its Penn tag, its universal part of speech and its lemma. It reads a sentence from left
// to right; the two tags before a word are among the features of its own. Words that leave it in doubt it reads again.
type tagger struct {
	network  *perceptron.Network
	clusters *clusters
	lemmas   *lemmatizer
}

// The heads of the tagger's network.
const (
	tagHead = iota
	posHead
)

// tagWork is the memory of a tagger at work.
type tagWork struct {
	features   featureList
	activation perceptron.Activation
	sums       wordSums
	unsure     []int
}

func newTagger(seeds fs.FS, c *clusters) (*tagger, error) {
	t := &tagger{clusters: c}
	var err error
	if t.network, err = loadNetwork(seeds, taggerFile, len(tagNames), len(posNames)); err != nil {
		return nil, err
	}
	if t.lemmas, err = loadLemmatizer(seeds); err != nil {
		return nil, err
	}
	return t, nil
}

// loadNetwork reads a model file and checks that it has a head for each number of classes.
func loadNetwork(seeds fs.FS, file string, classes ...int) (*perceptron.Network, error) {
	data, err := fs.ReadFile(seeds, file)
	if err != nil {
		return nil, err
	}
	n := new(perceptron.Network)
	if err := n.UnmarshalBinary(data); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for head, want := range classes {
		if got := n.Classes(head); got != want {
			return nil, fmt.Errorf("%s: made for other classes (%d instead of %d)", file, got, want)
		}
	}
	return n, nil
}

func (t *tagger) tag(d *Document) {
	forms := d.forms(t.clusters)
	for _, s := range d.Sentences {
		r := s.Tokens
		t.tagSentence(forms[r.First:r.End], d.Tokens[r.First:r.End], &d.work.tag)
		for i := r.First; i < r.End; i++ {
			d.Tokens[i].Lemma = t.lemmas.lemma(d, i)
		}
	}
}

// tagSentence tags the words from left to right, and then those in doubt once more, now that the words behind them have
// tags too.
func (t *tagger) tagSentence(forms []form, tokens []Token, work *tagWork) {
	work.unsure = work.unsure[:0]
	v := viewToTag(forms, tokens)
	for i := range tokens {
		work.features.clear()
		work.features.tagContext(&v, i)
		if t.tagWord(&v, i, work) {
			work.unsure = append(work.unsure, i)
		}
	}
	for _, i := range work.unsure {
		work.features.clear()
		work.features.tagContext(&v, i)
		work.features.tagAgain(&v, i)
		t.tagWord(&v, i, work)
	}
}

// tagWord tags word i, whose features besides those of single words are listed, and reports whether it is in doubt.
func (t *tagger) tagWord(v *tagView, i int, work *tagWork) bool {
	t.network.Activate(work.features.features(), &work.activation, work.sums.look(t.network, v, i)...)
	tag, second := bestTwo(t.network.Scores(tagHead, &work.activation), int32(doubt/t.network.Unit(tagHead)))
	pos, secondPos := bestTwo(t.network.Scores(posHead, &work.activation), int32(doubt/t.network.Unit(posHead)))
	v.tokens[i].Tag, v.tokens[i].Pos = Tag(tag), Pos(pos)
	v.forms[i].second = uint32(second)
	return second != 0 || secondPos != 0
}

// doubt is the difference of log odds below which the tagger passes on a second guess, so that the parser need not
// build on a wrong tag: the second tag is then about a twentieth as likely as the first, or more.
const doubt = 3

// bestTwo returns the class of the highest score, and that of the second one if it is nearer than the margin, else 0.
func bestTwo[S int32 | float32](scores []S, margin S) (first, second int) {
	first = best(scores)
	for c := 1; c < len(scores); c++ {
		if c != first && scores[c] > scores[first]-margin && (second == 0 || scores[c] > scores[second]) {
			second = c
		}
	}
	return first, second
}

// best returns the class of the highest score, not counting class 0, which means none.
func best[S int32 | float32](scores []S) int {
	b := 1
	for c := 2; c < len(scores); c++ {
		if scores[c] > scores[b] {
			b = c
		}
	}
	return b
}

// A featureList collects the features of one example. A feature knows its template by number, so every example must
// add the same features in the same order, or skip those it has not. As places are bytes, the compiler knows that they lie
// in the array.
type featureList struct {
	list     [perceptron.MaxFeatures]uint32
	n        uint8
	template uint32 // the last one's
}

func (l *featureList) features() []uint32 { return l.list[:l.n] }

func (l *featureList) clear() { l.n, l.template = 0, 0 }

// block goes on to templates with numbers of their own, for features that not every example has at the same place.
func (l *featureList) block(number int) { l.template = uint32(64 * number) }

// skip leaves out features that the example has not.
func (l *featureList) skip(features uint32) { l.template += features }

func (l *featureList) add(a uint32) {
	l.template++
	l.list[l.n] = perceptron.Hash(l.template, a)
	l.n++
}

func (l *featureList) add2(a, b uint32) {
	l.template++
	l.list[l.n] = perceptron.Hash2(l.template, a, b)
	l.n++
}

func (l *featureList) add3(a, b, c uint32) {
	l.template++
	l.list[l.n] = perceptron.Hash3(l.template, a, b, c)
	l.n++
}
