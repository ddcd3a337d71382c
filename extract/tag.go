package extract

import (
	"fmt"
	"io/fs"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// Files of the models.
const (
	taggerFile = "models/tagger"
	parserFile = "models/parser"
	lemmaFile  = "models/lemmas.tsv"
)

// A tagger gives every token its Penn tag, its universal part of speech and its lemma. It reads a sentence from left
// to right; the two tags before a word are among the features of its own.
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

func (t *tagger) tagSentence(forms []form, tokens []Token, work *tagWork) {
	for i := range tokens {
		work.features.tagging(forms, tokens, i)
		t.network.Activate(work.features.features(), &work.activation)
		tag, second := bestTwo(t.network.Scores(tagHead, &work.activation), int32(doubt/t.network.Unit(tagHead)))
		tokens[i].Tag = Tag(tag)
		forms[i].second = uint32(second)
		tokens[i].Pos = Pos(best(t.network.Scores(posHead, &work.activation)))
	}
}

// doubt is the difference of log odds below which the tagger passes on a second guess, so that the parser need not
// build on a wrong tag: the second tag is then about a twentieth as likely as the first, or more.
const doubt = 3

// bestTwo returns the class of the highest score, and that of the second one if it is nearer than the margin, else 0.
func bestTwo(scores []int32, margin int32) (first, second int) {
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

// tagging fills the list with what the tagger sees of word i: the word, three neighbours on either side, and the tags
// of the two words before.
func (l *featureList) tagging(forms []form, tokens []Token, i int) {
	l.clear()
	var none form
	at := func(k int) *form {
		if k < 0 || k >= len(forms) {
			return &none
		}
		return &forms[k]
	}
	tag := func(k int) uint32 {
		if k < 0 {
			return 1 << 16
		}
		return uint32(tokens[k].Tag)<<8 | uint32(tokens[k].Pos)
	}
	f, p1, p2, p3, n1, n2, n3 := at(i), at(i-1), at(i-2), at(i-3), at(i+1), at(i+2), at(i+3)
	t1, t2 := tag(i-1), tag(i-2)

	l.add(f.exact)
	l.add(f.lower)
	for _, h := range f.prefix {
		l.add(h)
	}
	for _, h := range f.suffix {
		l.add(h)
	}
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	l.add2(f.shape, first)
	l.add2(f.shape, f.suffix[1])

	for _, n := range []*form{p1, n1, p2, n2} {
		l.add(n.lower)
		l.add(n.suffix[2])
		l.add(n.suffix[1])
		l.add(n.shape)
		l.add(n.fine)
		l.add(n.middle)
		l.add(n.glove.fine)
		l.add(n.glove.middle)
	}
	for _, n := range []*form{p3, n3} {
		l.add(n.lower)
		l.add(n.middle)
	}
	l.add(f.fine)
	l.add(f.middle)
	l.add(f.coarse)
	l.add2(f.coarse, f.suffix[1])
	l.add(f.glove.fine)
	l.add(f.glove.middle)
	l.add2(f.glove.coarse, f.suffix[1])
	l.add2(f.glove.fine, f.shape)
	l.add2(f.glove.fine, f.suffix[1])

	l.add(t1)
	l.add2(t1, t2)
	l.add2(t1, f.lower)
	l.add3(t1, t2, f.lower)
	l.add2(t1, f.fine)
	l.add2(t1, f.glove.fine)
	l.add2(t1, f.suffix[2])
	l.add3(t1, f.suffix[1], n1.suffix[1])
	l.add2(t1, n1.lower)
	l.add2(t1, n1.middle)
	l.add2(f.lower, n1.lower)
	l.add2(p1.lower, f.lower)
	l.add3(p1.lower, f.lower, n1.lower)
	l.add2(f.fine, n1.fine)
	l.add2(p1.fine, f.fine)
	l.add3(p1.middle, f.middle, n1.middle)
	l.add2(f.glove.fine, n1.glove.fine)
	l.add2(p1.glove.fine, f.glove.fine)
	l.add3(p1.glove.middle, f.glove.middle, n1.glove.middle)
	l.add2(f.suffix[2], n1.suffix[2])
	l.add2(f.shape, n1.shape)
	l.add3(p1.shape, f.shape, n1.shape)
	l.add3(f.coarse, n1.coarse, n2.coarse)
	l.add3(p2.coarse, p1.coarse, f.coarse)
}
