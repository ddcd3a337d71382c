package perceptron

// MaxFeatures is the largest number of features of one example.
const MaxFeatures = 256

// A Network scores classes. It never changes and is shared by goroutines, each with an Activation of its own.
type Network struct {
	index index
	words int      // of 8 rows' bytes: an eighth of the hidden units
	rows  []uint64 // words for each feature, one byte with an offset for each hidden unit
	bias  []int32  // for each hidden unit
	heads []head
}

// The weights of a row lie between -offset+1 and offset-1 and are kept with the offset added, so that the 16-bit lanes of
// sums have room for MaxFeatures rows.
const offset = 128

// A head scores the classes of one decision.
type head struct {
	classes int
	weights []int16 // hidden units by classes
	pairs   []int64 // the same, two to a number, for the loop that adds them up
	bias    []int32
	unit    float32 // what a score of 1 stands for
}

// An Activation is the state of one evaluation; the zero value is ready for use.
type Activation struct {
	rows   []uint32 // where the rows of the features that are on begin
	hidden []hidden
	scores []int32
}

// A hidden is a hidden unit that is not zero.
type hidden struct {
	unit int
	sum  int64
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

// SumSize is how many numbers the sum of the rows of some features takes.
func (n *Network) SumSize() int { return 2*n.words + 1 }

// Sum adds up the rows of some features, so that examples that share them need not do it again. The sum is two numbers
// of four lanes for each eight units, and the number of rows.
func (n *Network) Sum(features []uint32, sum []uint64, a *Activation) {
	sum = sum[:n.SumSize()]
	n.find(features, a)
	for w := range n.words {
		sum[2*w], sum[2*w+1] = sumWords(n.rows[w:], a.rows)
	}
	sum[2*n.words] = uint64(len(a.rows))
}

// Activate computes the hidden layer of an example that has these features, and those of the sums.
func (n *Network) Activate(features []uint32, a *Activation, sums ...[]uint64) {
	n.find(features, a)
	rows := len(a.rows)
	for _, s := range sums {
		rows += int(s[2*n.words])
	}
	a.hidden = a.hidden[:0]
	for w := range n.words {
		even, odd := sumWords(n.rows[w:], a.rows)
		for _, s := range sums {
			even += s[2*w]
			odd += s[2*w+1]
		}
		bias := n.bias[8*w:][:8]
		for lane := 0; lane < 8; lane += 2 {
			a.set(8*w+lane, int(even&0xffff)-offset*rows+int(bias[lane]))
			a.set(8*w+lane+1, int(odd&0xffff)-offset*rows+int(bias[lane+1]))
			even, odd = even>>16, odd>>16
		}
	}
}

// find collects the places of the rows of the features that the network knows.
func (n *Network) find(features []uint32, a *Activation) {
	if cap(a.rows) < len(features) {
		a.rows = make([]uint32, max(len(features), MaxFeatures))
	}
	rows, x := a.rows[:len(features)], &n.index
	known := 0
	for _, f := range features {
		e := x.entries[int(f)&(len(x.entries)-1)]
		if e != 0 && (e^f)>>(x.bits&31) != 0 { // seldom: the place is another feature's
			e = x.find(f)
		}
		rows[known] = (e&(1<<(x.bits&31)-1) - 1) * uint32(n.words)
		if e != 0 {
			known++
		}
	}
	a.rows = rows[:known]
}

// sumWords adds up the words at the places: their bytes at even and at odd positions, each in four 16-bit lanes. The
// first word of the rows waits for memory, the other ones find their row in the cache; so it is faster to go through
// the rows once for each word, with the sums in registers, than once for all. Inlined, they would not stay there.
//
//go:noinline
func sumWords(words []uint64, places []uint32) (even, odd uint64) {
	const lanes = 0x00ff00ff00ff00ff
	for _, p := range places {
		w := words[p]
		even += w & lanes
		odd += w >> 8 & lanes
	}
	return even, odd
}

func (a *Activation) set(unit, sum int) {
	if sum > 0 {
		a.hidden = append(a.hidden, hidden{unit, int64(sum)})
	}
}

// Scores returns the scores of a head's classes for the example activated last; they are valid until the next call.
//
// A product of numbers that hold two weights, one in either half, holds the two products, and so do sums of them. Eight
// classes are summed up at a time, in registers.
func (n *Network) Scores(head int, a *Activation) []int32 {
	h := &n.heads[head]
	a.scores = a.scores[:0]
	for block := 0; block < len(h.pairs); block += block8 * n.Units() {
		weights := h.pairs[block:][:block8*n.Units()]
		var s [block8]int64
		for _, u := range a.hidden {
			w := weights[block8*u.unit:][:block8]
			s[0] += u.sum * w[0]
			s[1] += u.sum * w[1]
			s[2] += u.sum * w[2]
			s[3] += u.sum * w[3]
		}
		for _, pair := range s {
			low := int32(pair)
			a.scores = append(a.scores, low, int32((pair-int64(low))>>32))
		}
	}
	a.scores = a.scores[:h.classes]
	for c, b := range h.bias {
		a.scores[c] += b
	}
	return a.scores
}

// block8 is how many numbers hold the weights of eight classes.
const block8 = 4

// pack puts the weights where Scores finds them.
func (h *head) pack() {
	units := len(h.weights) / h.classes
	h.pairs = make([]int64, (h.classes+7)/8*units*block8)
	for unit := range units {
		for c, w := range h.weights[unit*h.classes:][:h.classes] {
			pair := &h.pairs[(c/8*units+unit)*block8+c%8/2]
			*pair += int64(w) << (32 * (c % 2))
		}
	}
}

// Unit is what a score of 1 of a head stands for: scores times Unit are logarithms of odds.
func (n *Network) Unit(head int) float32 { return n.heads[head].unit }
