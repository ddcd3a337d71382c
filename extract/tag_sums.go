package extract

import "github.com/dyad-kg/dyad/extract/perceptron"

// wordSums keeps what words bring into the tagger's network from each place around a word to be tagged, as sums that are
// computed once. Most of a text is a few thousand words over and over again.
type wordSums struct {
	network    *perceptron.Network
	slots      []uint32 // open addressing by the exact form: number of the word, from 1 on
	words      []form
	sums       []uint64 // of each word, for one place after the other
	center     int      // the word of the sentence that was looked at last
	window     [2*tagReach + 1]uint32
	around     [tagPlaces][]uint64
	features   featureList
	activation perceptron.Activation
}

// keptWords is how many words are kept before all are forgotten; their sums then take eight megabytes.
const keptWords = 8 << 10

// look returns the sums of what is seen of each single word around word i. They are valid until the next call.
func (w *wordSums) look(n *perceptron.Network, v *tagView, i int) [][]uint64 {
	next := i > 0 && i == w.center+1
	if w.network != n || len(w.words)+len(w.window) > keptWords {
		w.forget(n)
		next = false
	}
	w.center = i
	if next {
		copy(w.window[:], w.window[1:])
		w.window[2*tagReach] = w.find(v.form(i + tagReach))
	} else {
		for k := range w.window {
			w.window[k] = w.find(v.form(i + k - tagReach))
		}
	}
	size := n.SumSize()
	for place, by := range tagOffsets {
		word := int(w.window[tagReach+by])
		w.around[place] = w.sums[(word*tagPlaces+place)*size:][:size]
	}
	return w.around[:]
}

func (w *wordSums) forget(n *perceptron.Network) {
	w.network, w.words, w.sums = n, w.words[:0], w.sums[:0]
	if w.slots == nil {
		w.slots = make([]uint32, 4*keptWords)
	}
	clear(w.slots)
}

// find returns the number of a word, less 1; a word that is new is added.
func (w *wordSums) find(f *form) uint32 {
	key := *f
	key.second = 0
	slot := key.exact % uint32(len(w.slots))
	for ; w.slots[slot] != 0; slot = (slot + 1) % uint32(len(w.slots)) {
		if w.words[w.slots[slot]-1] == key {
			return w.slots[slot] - 1
		}
	}
	w.words = append(w.words, key)
	w.slots[slot] = uint32(len(w.words))
	for place := range tagPlaces {
		w.features.clear()
		w.features.tagPlace(place, &key)
		start := len(w.sums)
		w.sums = append(w.sums, make([]uint64, w.network.SumSize())...)
		w.network.Sum(w.features.features(), w.sums[start:], &w.activation)
	}
	return w.slots[slot] - 1
}
