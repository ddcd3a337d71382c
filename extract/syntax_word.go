package extract

import "github.com/dyad-kg/dyad/extract/learn"

// A featureList collects the features of one word. A feature knows its template by number, so every word must
// add the same features in the same order.
type featureList struct {
	list     [learn.MaxFeatures]uint32
	n        uint32
	template uint32 // the last one's
}

func (l *featureList) features() []uint32 { return l.list[:l.n] }

func (l *featureList) clear() { l.n, l.template = 0, 0 }

func (l *featureList) add(a uint32) {
	l.template++
	l.list[l.n] = learn.Hash(l.template, a)
	l.n++
}

// word fills the list with what the network sees of a word: all else it finds out from the words around.
func (l *featureList) word(f *form) {
	l.clear()
	l.add(f.exact)
	l.add(f.lower)
	for _, h := range f.prefix[1:] {
		l.add(h)
	}
	for _, h := range f.suffix {
		l.add(h)
	}
	l.add(f.shape)
	l.add(f.fine)
	l.add(f.middle)
	l.add(f.coarse)
	l.add(f.glove.fine)
	l.add(f.glove.middle)
	l.add(f.glove.coarse)
	l.list[l.n] = vectorFeature(f.lower)
	l.n++
}

// vectorFeature is the feature of a word that has a vector from other data; lower is the hash of its letters in lower case.
func vectorFeature(lower uint32) uint32 { return learn.Hash(0, lower) }

// wordInputs keeps what words bring into the network, computed once. Most of a text is a few thousand words over and
// over again.
type wordInputs struct {
	network  *learn.Network
	slots    []uint32 // open addressing by the exact form: number of the word, from 1 on
	words    []form
	inputs   []int32 // of each word
	features featureList
}

// keptWords is how many words are kept before all are forgotten; their inputs then take nine megabytes.
const keptWords = 4 << 10

// makeRoom forgets all words if there is no room for so many new ones, at most keptWords.
func (w *wordInputs) makeRoom(n *learn.Network, words int) {
	if w.network == n && len(w.words)+words <= keptWords {
		return
	}
	w.network = n
	w.slots, w.words, w.inputs = resize(w.slots, 4*keptWords), w.words[:0], w.inputs[:0]
	clear(w.slots)
}

// find returns the number of a word, for which there must be room. One that is new is added.
func (w *wordInputs) find(f *form, r *learn.Reading) (number uint32) {
	slot := f.exact % uint32(len(w.slots))
	for ; w.slots[slot] != 0; slot = (slot + 1) % uint32(len(w.slots)) {
		if number := w.slots[slot] - 1; w.words[number] == *f {
			return number
		}
	}
	w.words = append(w.words, *f)
	w.slots[slot] = uint32(len(w.words))
	w.features.word(f)
	start := len(w.inputs)
	w.inputs = append(w.inputs, make([]int32, w.network.InputSize())...)
	w.network.Input(w.features.features(), w.inputs[start:], r)
	return w.slots[slot] - 1
}

// input returns what a word brings into the network. It is valid until the next word is looked for.
func (w *wordInputs) input(number uint32) []int32 {
	size := w.network.InputSize()
	return w.inputs[int(number)*size:][:size]
}
