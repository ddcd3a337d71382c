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
	network  *perceptron.Network
	clusters *clusters
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
	n, err := loadNetwork(seeds, parserFile, actions, len(depNames), len(depNames))
	return &parser{network: n, clusters: c}, err
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
		p.run(w)
		w.finish(tokens, r.First)
	}
}

func (p *parser) run(w *parseWork) {
	for !w.done() {
		w.features.parsing(w)
		p.network.Activate(w.features.features(), &w.activation)
		action := w.forced()
		if action < 0 {
			action = bestOf(p.network.Scores(actionHead, &w.activation), w.legal())
		}
		label := DepRoot
		if action != shift && !w.atRoot() {
			label = bestLabel(p.network.Scores(action, &w.activation))
		}
		w.do(action, label)
	}
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

	features   featureList
	activation perceptron.Activation
	punct      punctWork
}

// A parseWord is what the features say about one word.
type parseWord struct {
	word, tag, pos       uint32
	second               uint32 // the tagger's second guess, or 0
	suffix               uint32
	fine, middle, coarse uint32
	gap                  uint32 // the set of marks between the word before and this one
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
		word:   f.lower,
		tag:    uint32(t.Tag)<<8 | uint32(t.Pos),
		pos:    uint32(t.Pos),
		second: f.second,
		suffix: f.suffix[2],
		fine:   f.fine,
		middle: f.middle,
		coarse: f.coarse,
		gap:    gap,
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
	case right:
		h, d := w.stack[top-1], w.stack[top]
		k := &w.kids[h]
		k.right, k.right2 = d, k.right
		k.nRight++
		k.rightDeps |= 1 << label
		w.head[d], w.dep[d] = h, label
	}
	w.stack = w.stack[:top]
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

// parsing fills the list with what the parser sees: the topmost words of the stack (s), the next of the buffer (b),
// their outermost children, and pairs and triples of them.
func (l *featureList) parsing(w *parseWork) {
	l.n = 0
	s0, s1, s2 := w.at(0), w.at(1), w.at(2)
	b0, b1, b2 := w.ahead(0), w.ahead(1), w.ahead(2)
	word := func(i int32) *parseWord { return &w.words[i] }
	S0, S1, S2, B0, B1 := word(s0), word(s1), word(s2), word(b0), word(b1)

	for _, i := range [...]int32{s0, s1, b0, s2, b1, b2} {
		x := word(i)
		l.add(x.word)
		l.add(x.tag)
		l.add2(x.word, x.tag)
		l.add(x.fine)
		l.add(x.middle)
		l.add(x.coarse)
		l.add2(x.suffix, x.pos)
	}
	for _, x := range [...]*parseWord{S0, S1, B0, B1} {
		l.add2(x.tag, x.second)
		l.add2(x.word, x.second)
	}
	l.add3(S0.second, S0.tag, B0.tag)
	l.add3(S0.tag, B0.second, B0.tag)
	l.add3(S1.second, S1.tag, S0.tag)
	l.add3(S1.tag, S0.second, S0.tag)
	for _, i := range [...]int32{w.at(3), w.ahead(3)} {
		x := word(i)
		l.add(x.tag)
		l.add(x.word)
		l.add(x.middle)
	}
	k0, k1, kb := &w.kids[s0], &w.kids[s1], &w.kids[b0]
	for _, i := range [...]int32{k0.left, k0.right, k1.left, k1.right, kb.left} {
		x := word(i)
		l.add2(x.word, uint32(w.dep[i]))
		l.add(x.tag)
		l.add(uint32(w.dep[i]))
		l.add2(x.middle, uint32(w.dep[i]))
	}
	for _, i := range [...]int32{k0.left2, k0.right2, k1.left2, k1.right2, kb.left2} {
		x := word(i)
		l.add(x.word)
		l.add2(x.tag, uint32(w.dep[i]))
	}
	for _, i := range [...]int32{w.beside(s0, -1), w.beside(s0, 1), w.beside(s1, 1), w.beside(s1, -1), w.beside(b0, -1)} {
		x := word(i)
		l.add(x.word)
		l.add(x.tag)
		l.add(x.middle)
	}
	// Grandchildren: what a child brings along, such as the preposition of an object.
	for _, i := range [...]int32{k0.right, k1.right, k0.left, kb.left} {
		g := &w.kids[i]
		l.add2(word(g.left).word, word(i).pos)
		l.add2(word(g.left).tag, uint32(w.dep[g.left]))
		l.add2(word(g.right).tag, uint32(w.dep[g.right]))
	}

	// Pairs.
	l.add2(S0.word, B0.word)
	l.add2(S0.word, B0.tag)
	l.add2(S0.tag, B0.word)
	l.add2(S0.tag, B0.tag)
	l.add2(S0.fine, B0.fine)
	l.add2(S0.middle, B0.middle)
	l.add2(S0.word, B0.middle)
	l.add2(S0.middle, B0.word)
	l.add2(S0.coarse, B0.tag)
	l.add2(S0.tag, B0.coarse)
	l.add2(S1.word, S0.word)
	l.add2(S1.word, S0.tag)
	l.add2(S1.tag, S0.word)
	l.add2(S1.tag, S0.tag)
	l.add2(S1.fine, S0.fine)
	l.add2(S1.middle, S0.middle)
	l.add2(S1.word, S0.middle)
	l.add2(S1.middle, S0.word)
	l.add2(S1.word, B0.word)
	l.add2(S1.tag, B0.tag)
	l.add2(S1.word, B0.tag)
	l.add2(S1.middle, B0.middle)
	l.add2(B0.tag, B1.tag)
	l.add2(B0.word, B1.word)
	l.add2(B0.tag, B1.word)
	l.add2(B0.word, B1.tag)
	l.add2(S0.word, B1.word)
	l.add2(S0.tag, B1.tag)
	l.add2(S2.tag, S0.tag)
	l.add2(S2.word, S0.word)
	l.add2(S2.tag, B0.tag)

	// Triples.
	l.add3(S0.tag, B0.tag, B1.tag)
	l.add3(S1.tag, S0.tag, B0.tag)
	l.add3(S2.tag, S1.tag, S0.tag)
	l.add3(S0.word, B0.tag, B1.tag)
	l.add3(S0.tag, B0.word, B1.tag)
	l.add3(S0.tag, B0.tag, word(b2).tag^B1.tag<<12)
	l.add3(S1.word, S0.tag, B0.tag)
	l.add3(S1.tag, S0.word, B0.tag)
	l.add3(S1.tag, S0.tag, B0.word)
	l.add3(S0.middle, B0.middle, B1.middle)
	l.add3(S1.middle, S0.middle, B0.middle)
	l.add3(S0.tag, word(k0.left).tag, B0.tag)
	l.add3(S0.tag, word(k0.right).tag, B0.tag)
	l.add3(S0.tag, B0.tag, word(kb.left).tag)
	l.add3(S1.tag, word(k1.right).tag, S0.tag)
	l.add3(S1.tag, S0.tag, word(k0.left).tag)
	l.add3(S1.tag, S0.tag, word(k0.right).tag)

	// Attachment: a word with a preposition (its leftmost child) to the verb or noun before it.
	prep := word(k0.left).word
	l.add2(S1.word, prep)
	l.add3(S1.word, prep, S0.word)
	l.add3(S1.middle, prep, S0.middle)
	l.add3(S1.tag, prep, S0.fine)
	l.add2(S2.word, prep)
	l.add3(S1.fine, S2.fine, prep)
	prep = word(kb.left).word
	l.add2(S0.word, prep)
	l.add3(S0.word, prep, B0.word)
	l.add3(S0.middle, prep, B0.middle)
	l.add2(S1.word, prep)
	l.add3(S1.tag, S0.tag, prep)
	l.add3(S1.fine, S0.fine, prep)
	l.add3(S1.word, S0.word, prep)

	// How far, over what, with how many children.
	d, e := w.distance(s0, b0), w.distance(s1, s0)
	l.add2(S0.word, d)
	l.add2(S0.tag, d)
	l.add2(B0.tag, d)
	l.add3(S0.tag, B0.tag, d)
	l.add2(S1.tag, e)
	l.add3(S1.tag, S0.tag, e)
	f, g := w.between(s0, b0), w.between(s1, s0)
	l.add(f)
	l.add(g)
	l.add3(S0.pos, B0.pos, f)
	l.add3(S1.pos, S0.pos, g)
	l.add3(S0.pos, d, f)
	l.add3(S1.pos, e, g)
	l.add2(S0.word, f)
	l.add2(S1.word, g)
	l.add2(B0.gap, S0.tag)
	l.add3(B0.gap, S0.tag, B0.tag)
	l.add3(B0.gap, S0.pos, B0.word)
	l.add2(B1.gap, B0.tag)
	l.add3(B1.gap, S0.tag, B0.tag)
	l.add2(S0.gap, S0.tag)
	l.add3(S0.gap, S1.tag, S0.tag)
	l.add2(word(w.beside(s0, 1)).gap, S0.tag)
	l.add3(B0.gap, B1.gap, word(b2).gap)
	l.add2(S0.tag, k0.nLeft)
	l.add2(S0.tag, k0.nRight)
	l.add2(S0.word, k0.nRight)
	l.add2(S1.tag, k1.nRight)
	l.add2(S1.word, k1.nRight)
	l.add2(B0.tag, kb.nLeft)
	l.addSet(S0.tag, k0.leftDeps)
	l.addSet(S0.tag, k0.rightDeps)
	l.addSet(S0.word, k0.rightDeps)
	l.addSet(S1.tag, k1.leftDeps)
	l.addSet(S1.tag, k1.rightDeps)
	l.addSet(S1.word, k1.rightDeps)
	l.addSet(B0.tag, kb.leftDeps)
	l.add3(S0.tag, uint32(w.dep[k0.right]), B0.tag)
	l.add3(S1.tag, uint32(w.dep[k1.right]), S0.tag)
	l.add2(uint32(min(len(w.stack), 5)), B0.tag)
}

func (l *featureList) addSet(a uint32, set uint64) { l.add3(a, uint32(set), uint32(set>>32)) }
