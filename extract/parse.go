package extract

import (
	"io/fs"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// A parser builds dependency trees from left to right with the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and
// Satta 2011): words are shifted from the buffer to a stack; the word on top of the stack becomes a dependent of the
// next word in the buffer (left) or of the word below it on the stack (right). Behind the last word stands an
// artificial root, whose only dependent is the last word left on the stack; so every tree has one root, and a
// sentence of n words takes 2n steps. The network first scores the three actions, then, for an arc, its label.
//
// Punctuation takes no part in this: to the words it is a feature of the gaps between them, and once they have their
// heads, each mark is hung where the rules of Universal Dependencies want it (punct.go).
type parser struct {
	network     *perceptron.Network
	supertagger supertagger
	clusters    *clusters
}

// The parser's actions.
const (
	shift = iota
	left
	right
	actions
)

// The heads of the parser's network: one for actions, one for the labels of arcs to the left and to the right.
const (
	actionHead = iota
	leftHead
	rightHead
)

func newParser(seeds fs.FS, c *clusters) (*parser, error) {
	p := &parser{clusters: c}
	var err error
	if p.supertagger, err = newSupertagger(seeds); err != nil {
		return nil, err
	}
	p.network, err = loadNetwork(seeds, parserFile, actions, len(depNames), len(depNames))
	return p, err
}

// parse hangs the tokens of each sentence on their heads.
func (p *parser) parse(d *Document) {
	w := &d.work.parse
	forms := d.forms(p.clusters)
	for _, s := range d.Sentences {
		r := s.Tokens
		if r.Len() == 0 {
			continue
		}
		tokens := d.Tokens[r.First:r.End]
		w.start(forms[r.First:r.End], tokens)
		p.supertagger.guess(w)
		w.summed = resize(w.summed, parts*len(w.words))
		clear(w.summed)
		w.sums = resize(w.sums, p.network.SumSize()*len(w.summed))
		p.run(w)
		w.finish(tokens, r.First)
	}
}

func (p *parser) run(w *parseWork) {
	for !w.done() {
		action, label := w.forced(), DepRoot
		if action == shift || w.atRoot() {
			w.do(action, label)
			continue
		}
		if action < 0 {
			if action, label = w.settled(); action >= 0 {
				w.do(action, label)
				continue
			}
		}
		p.activate(w)
		if action < 0 {
			action = bestOf(p.network.Scores(actionHead, &w.activation), w.legal())
		}
		if action != shift {
			label = bestLabel(p.network.Scores(action, &w.activation))
		}
		w.do(action, label)
	}
}

// activate shows the network what the parser sees: what it has seen before, from memory.
func (p *parser) activate(w *parseWork) {
	var sums [parts][]uint64
	for part, i := range w.places() {
		sums[part] = p.sum(w, part, i)
	}
	w.features.clear()
	w.features.together(w)
	p.network.Activate(w.features.features(), &w.activation, sums[:]...)
}

// sum returns the sum of the features of a part, computed when it is asked for first.
func (p *parser) sum(w *parseWork, part int, i int32) []uint64 {
	size, at := p.network.SumSize(), parts*int(i)+part
	sum := w.sums[size*at:][:size]
	if !w.summed[at] {
		w.summed[at] = true
		w.features.clear()
		w.features.part(w, part, i)
		p.network.Sum(w.features.features(), sum, &w.activation)
	}
	return sum
}

// bestOf returns the class of the highest score among the allowed ones.
func bestOf[S int32 | float32](scores []S, allowed [actions]bool) int {
	b := -1
	for c, ok := range allowed {
		if ok && (b < 0 || scores[c] > scores[b]) {
			b = c
		}
	}
	return b
}

// bestLabel returns the relation of the highest score; root is not among them.
func bestLabel[S int32 | float32](scores []S) Dep {
	b := DepRoot + 1
	for c := b + 1; int(c) < len(scores); c++ {
		if scores[c] > scores[b] {
			b = c
		}
	}
	return b
}

// parseWork is the state of a parser in a sentence of n words, punctuation aside, and its memory. Words are numbered
// from 0; n is the artificial root and n+1 stands for a place where there is no word.
type parseWork struct {
	tokens []int32 // the token of each word
	words  []parseWord
	stack  []int32
	next   int32 // first word of the buffer
	head   []int32
	dep    []Dep
	kids   []children
	passed []passed
	around []surroundings

	guesses  []guess
	expected []expected

	sums   []uint64 // of the features of each part, by word
	summed []bool   // whether it has been computed

	features   featureList
	activation perceptron.Activation
	punct      punctWork
}

// A parseWord is what the features say about one word.
type parseWord struct {
	word, tag, pos uint32
	second         uint32 // the tagger's second guess, or 0
	suffix         uint32
	wordGroups
	glove wordGroups
	gap   uint32 // the set of marks between the word before and this one
}

// children are the dependents that a word has so far.
type children struct {
	left, left2   int32 // the leftmost and the one after it
	right, right2 int32 // the rightmost and the one before it
	nLeft, nRight uint32
	leftDeps      uint64 // the set of their labels
	rightDeps     uint64
}

// passed counts what lies before a word.
type passed struct{ verbs, conjunctions, commas, colons, quotes int32 }

func (w *parseWork) start(forms []form, tokens []Token) {
	w.tokens, w.words, w.passed = w.tokens[:0], w.words[:0], w.passed[:0]
	var p passed
	gap := uint32(0)
	only := onlyPunct(tokens)
	for i := range tokens {
		if tokens[i].Pos == PosPunct && !only {
			p.mark(tokens[i].Tag)
			gap |= 1 << (tokens[i].Tag % 32)
			continue
		}
		w.tokens = append(w.tokens, int32(i))
		w.words = append(w.words, makeParseWord(&forms[i], &tokens[i], gap))
		w.passed = append(w.passed, p)
		p.word(tokens[i].Pos)
		gap = 0
	}
	n := len(w.tokens)
	w.words = append(w.words, parseWord{word: 1, tag: 1 << 16, pos: 1 << 8, gap: gap}, parseWord{tag: 1 << 17, pos: 1 << 9})
	w.passed = append(w.passed, p, p)
	w.head, w.dep, w.kids = resize(w.head, n+2), resize(w.dep, n+2), resize(w.kids, n+2)
	none := int32(n + 1)
	for i := range n + 2 {
		w.head[i], w.dep[i] = none, NoDep
		w.kids[i] = children{left: none, left2: none, right: none, right2: none}
	}
	w.around = resize(w.around, n+2)
	w.lookAround()
	w.guesses, w.expected = resize(w.guesses, n+2), resize(w.expected, n+2)
	for i := range w.guesses {
		w.guesses[i] = guess{head: none}
	}
	w.stack = w.stack[:0]
	w.next = 0
}

// onlyPunct reports whether there is nothing but punctuation; then the marks must do for words.
func onlyPunct(tokens []Token) bool {
	for i := range tokens {
		if tokens[i].Pos != PosPunct {
			return false
		}
	}
	return true
}

func (p *passed) word(pos Pos) {
	switch pos {
	case PosVerb, PosAux:
		p.verbs++
	case PosCconj:
		p.conjunctions++
	}
}

func (p *passed) mark(tag Tag) {
	switch tag {
	case TagComma:
		p.commas++
	case TagColon, TagStop, TagLRB, TagRRB:
		p.colons++
	case TagOpenQuote, TagCloseQuote:
		p.quotes++
	}
}

func makeParseWord(f *form, t *Token, gap uint32) parseWord {
	return parseWord{
		word:       f.lower,
		tag:        uint32(t.Tag)<<8 | uint32(t.Pos),
		pos:        uint32(t.Pos),
		second:     f.second,
		suffix:     f.suffix[2],
		wordGroups: f.wordGroups,
		glove:      f.glove,
		gap:        gap,
	}
}

// lift hangs what depends on a later word of a name or of a fixed phrase on its first word, which stands for the whole:
// "Vladimir Putin and Shinzo Abe" joins Shinzo to Vladimir.
func (w *parseWork) lift(i int32) {
	switch w.dep[i] {
	case DepConj, DepAppos, DepAcl, DepAclRelcl, DepParataxis, DepFlat, DepNmodPoss, DepNmodUnmarked:
		for h := w.head[i]; h < w.root() && (w.dep[h] == DepFlat || w.dep[h] == DepFixed); h = w.head[i] {
			w.head[i] = w.head[h]
		}
	}
}

// finish writes heads and relations of the words to the sentence's tokens, the first of which is number first in the
// document, and hangs the punctuation on.
func (w *parseWork) finish(tokens []Token, first int32) {
	for k, i := range w.tokens {
		w.lift(int32(k))
		tokens[i].Dep = w.dep[k]
		if h := w.head[k]; h == w.root() {
			tokens[i].Head = -1
		} else {
			tokens[i].Head = first + w.tokens[h]
		}
	}
	if len(w.tokens) < len(tokens) {
		w.punct.attach(tokens, first)
	}
}

func (w *parseWork) root() int32 { return int32(len(w.words)) - 2 }
func (w *parseWork) none() int32 { return int32(len(w.words)) - 1 }

func (w *parseWork) done() bool { return w.next == w.root() && len(w.stack) == 0 }

// atRoot reports that the only arc left is the root's.
func (w *parseWork) atRoot() bool { return w.next == w.root() && len(w.stack) == 1 }

// legal says which actions are possible.
func (w *parseWork) legal() [actions]bool {
	return [actions]bool{
		shift: w.next < w.root(),
		left:  len(w.stack) > 0 && (w.next < w.root() || len(w.stack) == 1),
		right: len(w.stack) > 1,
	}
}

// forced returns the only legal action, or -1 where there is a choice.
func (w *parseWork) forced() int {
	switch {
	case len(w.stack) == 0:
		return shift
	case w.next < w.root():
		return -1
	case len(w.stack) == 1:
		return left
	}
	return right
}

func (w *parseWork) do(action int, label Dep) {
	top := len(w.stack) - 1
	switch action {
	case shift:
		w.stack = append(w.stack, w.next)
		w.next++
		return
	case left:
		h, d := w.next, w.stack[top]
		k := &w.kids[h]
		k.left, k.left2 = d, k.left
		k.nLeft++
		k.leftDeps |= 1 << label
		w.head[d], w.dep[d] = h, label
		w.changed(h)
	case right:
		h, d := w.stack[top-1], w.stack[top]
		k := &w.kids[h]
		k.right, k.right2 = d, k.right
		k.nRight++
		k.rightDeps |= 1 << label
		w.head[d], w.dep[d] = h, label
		w.changed(h)
	}
	w.stack = w.stack[:top]
}

// changed forgets the sums over the children of a word.
func (w *parseWork) changed(i int32) {
	if len(w.summed) > 0 {
		clear(w.summed[parts*int(i)+firstChildren:][:parts-firstChildren])
	}
}

// at returns the word k below the top of the stack.
func (w *parseWork) at(k int) int32 {
	if k < len(w.stack) {
		return w.stack[len(w.stack)-1-k]
	}
	return w.none()
}

// ahead returns the word k behind the first of the buffer.
func (w *parseWork) ahead(k int32) int32 {
	if w.next+k <= w.root() {
		return w.next + k
	}
	return w.none()
}

// beside returns the word next to i in the text.
func (w *parseWork) beside(i, by int32) int32 {
	if i >= w.root() || i+by < 0 || i+by >= w.root() {
		return w.none()
	}
	return i + by
}

// distance between two words, in seven steps.
func (w *parseWork) distance(a, b int32) uint32 {
	if a >= w.root() || b > w.root() {
		return 0
	}
	switch d := b - a; {
	case d < 5:
		return uint32(d)
	case d < 8:
		return 5
	case d < 13:
		return 6
	}
	return 7
}

// between sums up what lies between two words: verbs, conjunctions, commas, other marks; none, one or more.
func (w *parseWork) between(a, b int32) uint32 {
	if a >= w.root() || b > w.root() {
		return 1 << 16
	}
	x, y, marks := &w.passed[a+1], &w.passed[b], &w.passed[a] // the marks before a word count as passed with it
	return uint32(min(y.verbs-x.verbs, 2) | min(y.conjunctions-x.conjunctions, 2)<<2 |
		min(y.commas-marks.commas, 2)<<4 | min(y.colons-marks.colons, 2)<<6 | min(y.quotes-marks.quotes, 2)<<8)
}
