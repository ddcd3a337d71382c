package extract

import (
	"io/fs"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// A supertagger guesses the head and the relation of every word before the parser starts, from the words on both sides.
// Three guesses in four are right, which is no tree; but they tell the parser, which reads from left to right, what the
// words ahead are likely to do (Ouchi, Duh and Matsumoto 2014).
//
// A head is guessed as a class: the nearest verb to the right, the second noun to the left.
type supertagger struct{ network *perceptron.Network }

// The heads of the supertagger's network.
const (
	guessHead = iota
	guessDep
)

// A class of heads is a side, a kind of word, and how many words of it there are up to the head; 0 is the root's.
const (
	counted     = 4 // the fourth or one farther off
	headClasses = 1 + 2*headKinds*counted
)

// headKinds is the number of kinds of words that heads are counted by: the parts of speech that most heads have, and all
// others.
const headKinds = 8

func headKind(pos uint32) int {
	switch Pos(pos) {
	case PosNoun:
		return 0
	case PosPropn:
		return 1
	case PosVerb:
		return 2
	case PosAdj:
		return 3
	case PosPron:
		return 4
	case PosNum:
		return 5
	case PosAdv:
		return 6
	}
	return 7
}

// A guess is what the supertagger says of a word.
type guess struct {
	head  int32  // the word, or the number for none where there is no such word
	class uint32 // of the head, from 1 on
	sure  bool   // that head and relation are right
	dep   uint32
}

func newSupertagger(seeds fs.FS) (supertagger, error) {
	n, err := loadNetwork(seeds, supertagFile, headClasses, len(depNames))
	return supertagger{n}, err
}

// guess guesses all words of a sentence that the parser is about to read.
func (s supertagger) guess(w *parseWork) {
	headMargin, depMargin := int32(certain/s.network.Unit(guessHead)), int32(certain/s.network.Unit(guessDep))
	for i := range w.root() {
		w.features.guessing(w, i)
		s.network.Activate(w.features.features(), &w.activation)
		scores := s.network.Scores(guessHead, &w.activation)
		class := highest(scores)
		sure := isClear(scores, class, headMargin)
		scores = s.network.Scores(guessDep, &w.activation)
		dep := best(scores)
		sure = sure && isClear(scores, dep, depMargin) && (class == 0) == (Dep(dep) == DepRoot)
		w.guesses[i] = guess{head: w.headOf(i, class), class: uint32(class) + 1, dep: uint32(dep), sure: sure}
	}
	w.expect()
}

// certain is the difference of log odds from which on a guess is taken for sure: all else is a fiftieth as likely, or less.
const certain = 4

// highest returns the class of the highest score.
func highest[S int32 | float32](scores []S) int {
	b := 0
	for c := range scores {
		if scores[c] > scores[b] {
			b = c
		}
	}
	return b
}

// isClear reports whether all scores but the highest are lower than it by the margin.
func isClear(scores []int32, highest int, margin int32) bool {
	near := 0
	for _, s := range scores {
		if s > scores[highest]-margin {
			near++
		}
	}
	return near == 1
}

// headClass returns the class of the head of word i.
func (w *parseWork) headClass(i, head int32) int {
	if head >= w.root() {
		return 0
	}
	side, by := 0, int32(-1)
	if head > i {
		side, by = 1, 1
	}
	kind, count := headKind(w.words[head].pos), 0
	for k := i; k != head; {
		if k += by; headKind(w.words[k].pos) == kind {
			count++
		}
	}
	return (side*headKinds+kind)*counted + min(count, counted)
}

// headOf returns the word that a class says to be the head of word i.
func (w *parseWork) headOf(i int32, class int) int32 {
	if class == 0 {
		return w.root()
	}
	class--
	count, kind, by := class%counted+1, class/counted%headKinds, int32(-1)
	if class >= headKinds*counted {
		by = 1
	}
	for k := i + by; 0 <= k && k < w.root(); k += by {
		if headKind(w.words[k].pos) == kind {
			if count--; count == 0 {
				return k
			}
		}
	}
	return w.none()
}

// expect notes which words have been guessed to depend on a word.
func (w *parseWork) expect() {
	for i := range w.expected {
		w.expected[i] = expected{first: w.none(), last: -1}
	}
	for i := range w.root() {
		if h := w.guesses[i].head; h < w.root() {
			w.expected[h].first = min(w.expected[h].first, i)
			w.expected[h].last = i
		}
	}
}

// expected are the first and the last word that were guessed to depend on a word.
type expected struct{ first, last int32 }

// settled returns the action that follows from a sure guess about the top of the stack, or -1: a word whose head is the
// next one goes there when it has all its dependents, and one whose head is farther ahead waits. A quarter of the steps
// need not be thought about for that, articles and adjectives above all.
func (w *parseWork) settled() (action int, label Dep) {
	top, next := w.at(0), w.next
	switch g := &w.guesses[top]; {
	case !g.sure || g.head == w.none() || g.head < next:
	case g.head > next:
		return shift, NoDep
	case w.expected[top].last < next:
		return left, Dep(g.dep)
	}
	return -1, NoDep
}

// surroundings are what the supertagger looks for beyond a word's neighbours.
type surroundings struct {
	after      int32 // the first word that is not a noun, from the next one on
	verb       int32 // the first verb from the next word on
	verbBefore int32 // the last verb before
	prep       int32 // the last preposition since then
}

// lookAround finds the surroundings of all words: behind "President Nestor Kirchner" the word that tells what is done
// with him, and the next verb.
func (w *parseWork) lookAround() {
	none := w.none()
	before, prep := none, none
	for i := range w.words {
		w.around[i] = surroundings{after: none, verb: none, verbBefore: before, prep: prep}
		switch Pos(w.words[i].pos) {
		case PosVerb, PosAux:
			before, prep = int32(i), none
		case PosAdp, PosSconj:
			prep = int32(i)
		}
	}
	after, verb := w.root(), none
	for i := w.root() - 1; i >= 0; i-- {
		w.around[i].after, w.around[i].verb = after, verb
		switch Pos(w.words[i].pos) {
		case PosNoun, PosPropn:
			if w.words[i].gap != 0 {
				after = i
			}
		case PosVerb, PosAux:
			after, verb = i, i
		default:
			after = i
		}
	}
}

// guessing fills the list with what the supertagger sees of word i: four words on either side, the marks between them,
// the verbs around, and what it has guessed so far.
func (l *featureList) guessing(w *parseWork, i int32) {
	l.clear()
	x, p1, p2, p3, p4 := w.near(i), w.near(i-1), w.near(i-2), w.near(i-3), w.near(i-4)
	n1, n2, n3, n4 := w.near(i+1), w.near(i+2), w.near(i+3), w.near(i+4)
	l.word(x)
	l.doubt(x)
	for _, n := range [...]*parseWord{p1, n1, p2, n2} {
		l.outline(n)
		l.add(n.glove.fine)
		l.add2(n.tag, x.tag)
		l.add2(n.tag, x.word)
		l.add2(n.word, x.tag)
	}
	for _, n := range [...]*parseWord{p3, n3} {
		l.add(n.word)
		l.add(n.middle)
		l.add2(n.tag, x.tag)
	}
	l.add2(p4.tag, x.tag)
	l.add2(n4.tag, x.tag)
	l.add2(p1.word, x.word)
	l.add2(x.word, n1.word)
	l.add2(x.glove.fine, n1.glove.fine)
	l.add2(p1.glove.fine, x.glove.fine)
	l.add3(p1.tag, x.tag, n1.tag)
	l.add3(p1.tag, x.word, n1.tag)
	l.add3(p1.word, x.tag, n1.word)
	l.add3(p2.tag, p1.tag, x.tag)
	l.add3(x.tag, n1.tag, n2.tag)
	l.add3(x.word, n1.tag, n2.tag)
	l.add3(x.tag, n1.tag, n2.tag^n3.tag<<12)
	l.add3(x.tag, p1.tag, p2.tag^p3.tag<<12)
	l.add3(x.tag, n1.tag^n2.tag<<12, n3.tag^n4.tag<<12)
	l.add3(x.tag, p1.tag^p2.tag<<12, n1.tag^n2.tag<<12)
	l.add2(x.gap, x.tag)
	l.add2(n1.gap, x.tag)
	l.add2(n1.gap, x.word)
	l.add3(n1.gap, n2.gap, x.tag)
	l.add3(x.gap, p1.gap, x.tag)
	l.add3(x.gap, n1.gap, x.tag)
	l.add3(n1.gap, n1.tag, x.tag)
	l.add3(n2.gap, n1.tag, x.tag^n2.tag<<12)
	l.add3(x.gap, p1.tag, x.tag)
	l.add2(x.tag, uint32(min(i, 5)))
	l.add2(x.tag, uint32(min(w.root()-i, 5)))
	l.surroundings(w, i)

	g1, g2 := w.guessOf(i-1), w.guessOf(i-2)
	l.add2(x.tag, g1.dep)
	l.add2(x.tag, g1.class)
	l.add3(x.tag, g1.dep, g2.dep)
	l.add3(x.tag, g1.class, g2.class)
	l.add3(x.tag, g1.dep, n1.tag)
	l.add3(x.word, g1.dep, n1.tag)
}

// surroundings adds the verbs and the preposition around word i.
func (l *featureList) surroundings(w *parseWork, i int32) {
	x, a := &w.words[i], &w.around[i]
	after, verb, before, prep := &w.words[a.after], &w.words[a.verb], &w.words[a.verbBefore], &w.words[a.prep]
	l.add2(x.tag, after.tag)
	l.add2(x.tag, after.word)
	l.add2(x.tag, verb.tag)
	l.add2(x.word, verb.tag)
	l.add3(x.tag, after.tag, verb.tag)
	l.add3(x.tag, after.word, verb.tag)
	l.add3(x.tag, w.between(i, a.verb), verb.tag)
	l.add2(x.tag, before.tag)
	l.add2(x.tag, before.word)
	l.add2(x.tag, prep.word)
	l.add2(x.tag, prep.tag)
	l.add3(x.tag, before.tag, prep.word)
	l.add3(x.tag, before.word, prep.word)
	l.add3(x.word, before.word, prep.tag)
	l.add3(x.tag, before.tag, w.between(a.verbBefore, i))
	l.add3(x.tag, before.tag, verb.tag)
	l.add3(x.tag^after.tag<<12, before.tag, verb.tag)
	l.add3(x.tag, w.guesses[a.prep].class, prep.word)
	l.add3(x.tag, w.guesses[a.verbBefore].dep, verb.tag)
	l.add3(x.tag, w.guesses[a.verbBefore].dep, before.word)
}

// near returns word i, or the one that stands for none.
func (w *parseWork) near(i int32) *parseWord {
	if i < 0 || i > w.root() {
		i = w.none()
	}
	return &w.words[i]
}

func (w *parseWork) guessOf(i int32) guess {
	if i < 0 {
		i = w.none()
	}
	return w.guesses[i]
}
