package perceptron

// MaxFeatures is the largest number of features of one example.
const MaxFeatures = 256

// A Network scores classes. It never changes and is shared by goroutines, each with an Activation of its own.
type Network struct {
	index index
	words int      // of 8 rows' bytes: an eighth of the hidden units
	rows  []uint64 // words for each feature, one byte with offset 128 for each hidden unit
	bias  []int32  // for each hidden unit
	heads []head
}

// A head scores the classes of one decision.
type head struct {
	classes int
	weights []int16 // hidden units by classes
	bias    []int32
	unit    float32 // what a score of 1 stands for
}

// An Activation is the state of one evaluation; the zero value is ready for use.
type Activation struct {
	rows   []uint32 // where the rows of the features that are on begin
	hidden []int32
	active []int32 // hidden units that are not zero
	scores []int32
}

// Units is the number of hidden units.
func (n *Network) Units() int { return 8 * n.words }

// Features is the number of features that the network knows.
func (n *Network) Features() int { return len(n.rows) / n.words }

// Classes returns the number of classes of a head, 0 when there is no such head.
func (n *Network) Classes(head int) int {
	if head >= len(n.heads) {
		return 0
	}
	return n.heads[head].classes
}

// Activate computes the hidden layer of an example.
func (n *Network) Activate(features []uint32, a *Activation) {
	if len(a.hidden) != n.Units() {
		a.hidden, a.active = make([]int32, n.Units()), make([]int32, 0, n.Units())
	}
	a.rows = a.rows[:0]
	for _, f := range features {
		if id := n.index.find(f); id != 0 {
			a.rows = append(a.rows, uint32(int(id-1)*n.words))
		}
	}
	a.active = a.active[:0]
	offset := 128 * int32(len(a.rows))
	for w := range n.words {
		even, odd := sumWords(n.rows[w:], a.rows)
		for lane := 0; lane < 8; lane += 2 {
			k := 8*w + lane
			a.set(k, int32(even&0xffff)-offset+n.bias[k])
			a.set(k+1, int32(odd&0xffff)-offset+n.bias[k+1])
			even, odd = even>>16, odd>>16
		}
	}
}

// sumWords adds up the words at the places: their bytes at even and at odd positions, each in four 16-bit lanes. The
// first word of the rows waits for memory, the other ones find their row in the cache; so it is faster to go through
// the rows once for each word, with the sums in registers, than once for all.
func sumWords(words []uint64, places []uint32) (even, odd uint64) {
	const lanes = 0x00ff00ff00ff00ff
	for _, p := range places {
		w := words[p]
		even += w & lanes
		odd += w >> 8 & lanes
	}
	return even, odd
}

func (a *Activation) set(unit int, sum int32) {
	if sum > 0 {
		a.hidden[unit] = sum
		a.active = append(a.active, int32(unit))
	}
}

// Scores returns the scores of a head's classes for the example activated last; they are valid until the next call.
func (n *Network) Scores(head int, a *Activation) []int32 {
	h := &n.heads[head]
	a.scores = append(a.scores[:0], h.bias...)
	scores := a.scores
	for _, unit := range a.active {
		x := a.hidden[unit]
		weights := h.weights[int(unit)*h.classes:][:len(scores)]
		for c, w := range weights {
			scores[c] += x * int32(w)
		}
	}
	return scores
}

// Unit is what a score of 1 of a head stands for: scores times Unit are logarithms of odds.
func (n *Network) Unit(head int) float32 { return n.heads[head].unit }
