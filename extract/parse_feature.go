package extract

// What the parser sees are the topmost words of the stack (s0, s1, s2, s3), the next ones of the buffer (b0, b1, b2, b3),
// their outermost children, and pairs and triples of them. Most of it is a matter of one word and its place alone, so the
// features come in parts: the sum of a part's rows is computed once for a word. What several places say together has to
// be summed up at every step.

// The parts: a word in the place of s0, of s1 and so on, with the words next to it in the text; and its children.
const (
	onTop = iota
	onSecond
	onThird
	onFourth
	inBuffer
	topChildren
	secondChildren
	bufferChildren
	parts

	firstChildren = topChildren
)

// places returns the word that is in the place of each part.
func (w *parseWork) places() [parts]int32 {
	s0, s1, b0 := w.at(0), w.at(1), w.ahead(0)
	return [parts]int32{
		onTop: s0, onSecond: s1, onThird: w.at(2), onFourth: w.at(3), inBuffer: b0,
		topChildren: s0, secondChildren: s1, bufferChildren: b0,
	}
}

// parsing fills the list with all that the parser sees.
func (l *featureList) parsing(w *parseWork) {
	l.clear()
	for part, i := range w.places() {
		l.part(w, part, i)
	}
	l.together(w)
}

// part adds what the parser sees of word i in the place of a part.
func (l *featureList) part(w *parseWork, part int, i int32) {
	l.block(part)
	x := &w.words[i]
	switch part {
	case onTop:
		l.word(x)
		l.doubt(x)
		l.guess(w, i)
		l.neighbour(w, i, -1)
		l.neighbour(w, i, 1)
		l.add2(x.gap, x.tag)
		l.add2(w.words[w.beside(i, 1)].gap, x.tag)
	case onSecond:
		l.word(x)
		l.doubt(x)
		l.guess(w, i)
		l.neighbour(w, i, -1)
		l.neighbour(w, i, 1)
	case onThird:
		l.word(x)
	case onFourth:
		l.outline(x)
	case inBuffer:
		l.buffer(w, i)
	case topChildren:
		k := &w.kids[i]
		l.child(w, k.left)
		l.child(w, k.right)
		l.inner(w, k.left2)
		l.inner(w, k.right2)
		l.grandchildren(w, k.left)
		l.grandchildren(w, k.right)
		l.valency(x, k)
	case secondChildren:
		k := &w.kids[i]
		l.child(w, k.left)
		l.child(w, k.right)
		l.inner(w, k.left2)
		l.inner(w, k.right2)
		l.grandchildren(w, k.right)
		l.valency(x, k)
	case bufferChildren:
		k := &w.kids[i]
		l.child(w, k.left)
		l.inner(w, k.left2)
		l.grandchildren(w, k.left)
		l.valency(x, k)
	}
}

func (l *featureList) word(x *parseWord) {
	l.add(x.word)
	l.add(x.tag)
	l.add2(x.word, x.tag)
	l.add(x.fine)
	l.add(x.middle)
	l.add(x.coarse)
	l.add2(x.suffix, x.pos)
	l.add(x.glove.fine)
	l.add(x.glove.middle)
}

// doubt adds the tagger's second guess.
func (l *featureList) doubt(x *parseWord) {
	if x.second == 0 {
		l.skip(2)
		return
	}
	l.add2(x.tag, x.second)
	l.add2(x.word, x.second)
}

// doubts adds the second guesses for either of two words.
func (l *featureList) doubts(x, y *parseWord) {
	if x.second != 0 {
		l.add3(x.second, x.tag, y.tag)
	} else {
		l.skip(1)
	}
	if y.second != 0 {
		l.add3(x.tag, y.second, y.tag)
	} else {
		l.skip(1)
	}
}

// guess adds what the supertagger says of a word.
func (l *featureList) guess(w *parseWork, i int32) {
	l.add(w.guesses[i].class)
	l.add(w.guesses[i].dep)
	l.add2(w.guesses[i].dep, w.words[i].tag)
}

func (l *featureList) outline(x *parseWord) {
	l.add(x.tag)
	l.add(x.word)
	l.add(x.middle)
}

func (l *featureList) neighbour(w *parseWork, i, by int32) { l.outline(&w.words[w.beside(i, by)]) }

// buffer adds the words from i on, the first of the buffer.
func (l *featureList) buffer(w *parseWork, i int32) {
	x, y, z := &w.words[i], &w.words[min(i+1, w.none())], &w.words[min(i+2, w.none())]
	l.word(x)
	l.doubt(x)
	l.guess(w, i)
	l.guess(w, min(i+1, w.none()))
	l.neighbour(w, i, -1)
	l.word(y)
	l.doubt(y)
	l.word(z)
	l.outline(&w.words[min(i+3, w.none())])
	l.add2(x.tag, y.tag)
	l.add2(x.word, y.word)
	l.add2(x.tag, y.word)
	l.add2(x.word, y.tag)
	l.add2(y.gap, x.tag)
	l.add3(x.gap, y.gap, z.gap)
	after, verb := &w.words[w.around[i].after], &w.words[w.around[i].verb]
	l.add2(x.tag, after.tag)
	l.add2(x.tag, after.word)
	l.add2(x.tag, verb.tag)
	l.add3(x.tag, after.tag, verb.tag)
	l.add3(x.tag, w.between(i, w.around[i].verb), verb.tag)
}

// child adds an outermost child.
func (l *featureList) child(w *parseWork, i int32) {
	if i == w.none() {
		l.skip(5)
		return
	}
	x, dep := &w.words[i], uint32(w.dep[i])
	l.add2(x.word, dep)
	l.add(x.tag)
	l.add(dep)
	l.add2(x.middle, dep)
	l.add2(x.glove.middle, dep)
}

// inner adds the child next to an outermost one.
func (l *featureList) inner(w *parseWork, i int32) {
	if i == w.none() {
		l.skip(2)
		return
	}
	x := &w.words[i]
	l.add(x.word)
	l.add2(x.tag, uint32(w.dep[i]))
}

// grandchildren adds what a child brings along, such as the preposition of an object.
func (l *featureList) grandchildren(w *parseWork, i int32) {
	k := &w.kids[i]
	if k.left == w.none() {
		l.skip(2)
	} else {
		l.add2(w.words[k.left].word, w.words[i].pos)
		l.add2(w.words[k.left].tag, uint32(w.dep[k.left]))
	}
	if k.right == w.none() {
		l.skip(1)
	} else {
		l.add2(w.words[k.right].tag, uint32(w.dep[k.right]))
	}
}

// valency adds how many children a word has, and of what kinds.
func (l *featureList) valency(x *parseWord, k *children) {
	l.add2(x.tag, k.nLeft)
	l.add2(x.tag, k.nRight)
	l.addSet(x.tag, k.leftDeps)
	l.addSet(x.tag, k.rightDeps)
	if k.nRight == 0 {
		l.skip(2)
		return
	}
	l.add2(x.word, k.nRight)
	l.addSet(x.word, k.rightDeps)
}

// The blocks of what several places say together; the ones before are the parts'.
const (
	ofTopAndBuffer = parts + iota
	ofSecond
	ofThird
	ofTopPreposition
	ofBufferPreposition
	ofGuesses
)

// together adds what several places say together.
func (l *featureList) together(w *parseWork) {
	s0, s1, s2, b0 := w.at(0), w.at(1), w.at(2), w.ahead(0)
	l.topAndBuffer(w, s0, b0)
	if s1 != w.none() {
		l.second(w, s1, s0, b0)
	}
	if s2 != w.none() {
		l.third(w, s2, s1, s0, b0)
	}
	if k := w.kids[s0].left; k != w.none() && s1 != w.none() {
		l.block(ofTopPreposition)
		l.preposition(&w.words[k], &w.words[s1], &w.words[s2])
	}
	if k := w.kids[b0].left; k != w.none() {
		l.block(ofBufferPreposition)
		l.preposition(&w.words[k], &w.words[s0], &w.words[s1])
	}
	l.guesses(w, s1, s0, b0)
}

// topAndBuffer adds the words that an arc to the left would join.
func (l *featureList) topAndBuffer(w *parseWork, s0, b0 int32) {
	l.block(ofTopAndBuffer)
	b1, b2 := min(b0+1, w.none()), min(b0+2, w.none())
	s, b, c := &w.words[s0], &w.words[b0], &w.words[b1]
	l.doubts(s, b)
	l.add2(s.word, b.tag)
	l.add2(s.tag, b.word)
	l.add2(s.tag, b.tag)
	l.add2(s.fine, b.fine)
	l.add2(s.middle, b.middle)
	l.add2(s.coarse, b.tag)
	l.add2(s.tag, b.coarse)
	l.add2(s.glove.fine, b.glove.fine)
	l.add2(s.glove.middle, b.glove.middle)
	l.add2(s.glove.fine, b.tag)
	l.add2(s.tag, b.glove.fine)
	l.add2(s.word, c.word)
	l.add2(s.tag, c.tag)
	l.add3(s.tag, b.tag, c.tag)
	l.add3(s.tag, b.tag, w.words[b2].tag^c.tag<<12)
	after, verb := &w.words[w.around[b0].after], &w.words[w.around[b0].verb]
	l.add3(s.tag, b.tag, after.tag)
	l.add3(s.word, after.tag, verb.tag)
	l.add3(s.tag, b.tag, verb.tag)

	k, kb := &w.kids[s0], &w.kids[b0]
	l.add3(s.tag, w.words[k.left].tag, b.tag)
	l.add3(s.tag, w.words[k.right].tag, b.tag)
	l.add3(s.tag, b.tag, w.words[kb.left].tag)
	l.add3(s.tag, uint32(w.dep[k.right]), b.tag)

	d, over := w.distance(s0, b0), w.between(s0, b0)
	l.add2(s.word, d)
	l.add2(s.tag, d)
	l.add2(b.tag, d)
	l.add3(s.tag, b.tag, d)
	l.add(over)
	l.add3(s.pos, b.pos, over)
	l.add3(s.pos, d, over)
	l.add2(s.word, over)
	l.add2(b.gap, s.tag)
	l.add3(b.gap, s.tag, b.tag)
	l.add3(b.gap, s.pos, b.word)
	l.add3(c.gap, s.tag, b.tag)
	l.add2(uint32(min(len(w.stack), 5)), b.tag)
}

// second adds the words that an arc to the right would join.
func (l *featureList) second(w *parseWork, s1, s0, b0 int32) {
	l.block(ofSecond)
	r, s, b := &w.words[s1], &w.words[s0], &w.words[b0]
	l.doubts(r, s)
	l.add2(r.word, s.tag)
	l.add2(r.tag, s.word)
	l.add2(r.tag, s.tag)
	l.add2(r.fine, s.fine)
	l.add2(r.middle, s.middle)
	l.add2(r.glove.fine, s.glove.fine)
	l.add2(r.glove.middle, s.glove.middle)
	l.add2(r.glove.fine, s.tag)
	l.add2(r.tag, s.glove.fine)
	l.add2(r.tag, b.tag)
	l.add2(r.word, b.tag)
	l.add2(r.middle, b.middle)
	l.add3(r.tag, s.tag, b.tag)

	k, k1 := &w.kids[s0], &w.kids[s1]
	l.add3(r.tag, w.words[k1.right].tag, s.tag)
	l.add3(r.tag, s.tag, w.words[k.left].tag)
	l.add3(r.tag, s.tag, w.words[k.right].tag)
	l.add3(r.tag, uint32(w.dep[k1.right]), s.tag)

	d, over := w.distance(s1, s0), w.between(s1, s0)
	l.add2(r.tag, d)
	l.add3(r.tag, s.tag, d)
	l.add(over)
	l.add3(r.pos, s.pos, over)
	l.add3(r.pos, d, over)
	l.add2(r.word, over)
	l.add3(s.gap, r.tag, s.tag)
}

func (l *featureList) third(w *parseWork, s2, s1, s0, b0 int32) {
	l.block(ofThird)
	q, r, s, b := &w.words[s2], &w.words[s1], &w.words[s0], &w.words[b0]
	l.add2(q.tag, s.tag)
	l.add2(q.tag, b.tag)
	l.add3(q.tag, r.tag, s.tag)
}

// preposition adds where a word with a preposition, its leftmost child, may go: to the word before it or to the one before
// that.
func (l *featureList) preposition(prep, near, far *parseWord) {
	l.add2(near.word, prep.word)
	l.add2(far.word, prep.word)
	l.add3(far.tag, near.tag, prep.word)
}

func (l *featureList) addSet(a uint32, set uint64) { l.add3(a, uint32(set), uint32(set>>32)) }

// guesses adds what the supertagger says of the topmost words and of the next ones.
func (l *featureList) guesses(w *parseWork, s1, s0, b0 int32) {
	l.block(ofGuesses)
	b1 := min(b0+1, w.none())
	s, b := &w.words[s0], &w.words[b0]
	gr, gs, gb, gc := &w.guesses[s1], &w.guesses[s0], &w.guesses[b0], &w.guesses[b1]
	arcs := w.guessedArcs(s1, s0, b0)
	l.add(arcs)
	l.add2(arcs, s.tag)
	l.add2(arcs, b.tag)
	l.add3(arcs, s.tag, b.tag)
	l.add3(arcs, gs.dep, gb.dep)
	l.add3(arcs, gr.dep, gs.dep)
	l.add3(arcs, gb.dep, gc.dep)
	l.add2(arcs, gs.dep)
	l.add3(arcs, gs.dep, s.word)
	l.add2(gs.dep, gb.dep)
	l.add2(gs.class, gb.class)
	l.add2(gs.dep, b.tag)
	l.add2(s.tag, gb.dep)
	l.add3(gs.dep, gb.dep, gc.dep)
	l.add2(gr.dep, gs.dep)
	l.add2(w.words[s1].tag, gs.dep)
	l.add2(gr.dep, s.tag)
	l.add3(gr.dep, gs.dep, gb.dep)
	l.add3(gs.dep, s.tag, uint32(w.dep[w.kids[s0].right]))
	l.add3(gs.dep, s.tag, uint32(w.dep[w.kids[s0].left]))
}

// guessedArcs returns a set: which arcs the supertagger expects between the top of the stack, the word below, and the
// next word, and whether it expects others of theirs that an action now would make impossible.
func (w *parseWork) guessedArcs(s1, s0, b0 int32) (set uint32) {
	none, below := w.none(), s1
	if below == none {
		below = -1
	}
	s, b, kids := w.guesses[s0].head, w.guesses[b0].head, w.expected[b0].first
	waits := w.head[kids] == none
	for i, holds := range [...]bool{
		s == b0, s > b0 && s != none, s == below, w.expected[s0].last >= b0,
		b == s0, b == below, b < s0, waits && kids < b0, waits && kids < s0,
	} {
		if holds {
			set |= 1 << i
		}
	}
	return set
}
