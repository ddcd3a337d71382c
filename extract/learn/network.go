package learn

// A Network reads sentences. It never changes and is shared by goroutines, each with a Reading of its own.
type Network struct {
	index  index
	width  int    // of a row
	rows   []byte // width numbers of a byte, with a sign, for each feature
	layers []layer

	classes []int    // of each of the decisions about single words
	decide  []matrix // and how they follow from the output of the last layer

	dependent, head     matrix // what a word is to its head and to its dependents
	attach              matrix // of a dependent: what its head should be
	root                matrix // gives the score of the root as a head of what wishes for it, in its first output
	asDependent, asHead matrix // what both bring into the choice of a label
	labels              int
	label               matrix
}

// A layer reads the sentence in both directions.
type layer struct {
	units int                // of each direction
	in    matrix             // what the layer before brings into the gates of both directions
	step  [directions]matrix // what the word before brings into the gates of its own direction
}

// A Reading is what a network makes of a sentence; the zero value is ready for use.
type Reading struct {
	network *Network
	n       int
	in      []int16 // one word's row
	gates   []int32
	sums    []int32
	state   []int16
	outputs [2][]int16 // of this layer and the one before
	last    []int16    // of the last layer, by word
	scores  []int32

	dependents, heads []int16
	headScores        matrix // of the words as heads of what wishes for them
	asDependent       []int32
	asHead            []int32
	hidden            []int16
	wish              []int16
}

// MaxFeatures is the largest number of features of a word.
const MaxFeatures = 64

// Features is the number of features that the network knows.
func (n *Network) Features() int { return len(n.rows) / n.width }

// Classes returns the number of classes of a decision about words, 0 when there is no such decision.
func (n *Network) Classes(decision int) int {
	if decision >= len(n.classes) {
		return 0
	}
	return n.classes[decision]
}

// Labels is the number of labels of arcs.
func (n *Network) Labels() int { return n.labels }

// InputSize is how many numbers stand for a word before reading.
func (n *Network) InputSize() int { return n.layers[0].in.out }

// Input computes what a word with these features, at most MaxFeatures, brings into reading, so that it need not be done again for
// the same word. It takes as many numbers as InputSize says.
func (n *Network) Input(features []uint32, input []int32, r *Reading) {
	r.in = resize(r.in, n.width)
	clear(r.in)
	for _, f := range features {
		if id := n.index.find(f); id > 0 {
			for k, b := range n.rows[int(id-1)*n.width:][:n.width] {
				r.in[k] += int16(int8(b))
			}
		}
	}
	n.layers[0].in.times(input, r.in)
}

// Read reads a sentence of words, each given by its input.
func (n *Network) Read(words [][]int32, r *Reading) {
	r.network, r.n = n, len(words)
	for l := range n.layers {
		layer := &n.layers[l]
		from, to := r.outputs[l%2], &r.outputs[(l+1)%2]
		*to = resize(*to, 2*layer.units*r.n)
		size := layer.in.out
		r.gates = resize(r.gates, size*r.n)
		for i := range r.n {
			if l == 0 {
				copy(r.gates[size*i:], words[i])
			} else {
				layer.in.times(r.gates[size*i:], from[layer.in.in*i:])
			}
		}
		r.run(layer, forth, *to)
		r.run(layer, back, *to)
		r.last = *to
	}
}

// The directions of reading.
const (
	forth = iota
	back
	directions
)

// run runs a layer over the sentence in one direction.
func (r *Reading) run(l *layer, direction int, outputs []int16) {
	units, size := l.units, l.in.out
	step := &l.step[direction]
	r.sums, r.state = resize(r.sums, step.out), resize(r.state, 2*units)
	clear(r.state)
	state, before := r.state[:units], r.state[units:]
	for k := range r.n {
		i := k
		if direction == back {
			i = r.n - 1 - k
		}
		step.plus(r.sums, r.gates[size*i+3*units*direction:], before)
		before = outputs[units*(2*i+direction):][:units]
		gate(before, state, r.sums, step.shift)
	}
}

// Scores returns the scores of the classes of a decision about word i. They are valid until the next call.
func (r *Reading) Scores(decision, i int) []int32 {
	m := &r.network.decide[decision]
	r.scores = resize(r.scores, m.out)
	m.times(r.scores, r.last[m.in*i:])
	return r.scores[:r.network.classes[decision]]
}

// Arcs prepares the choice of heads. Words that stand apart can be no heads.
func (r *Reading) Arcs(apart []bool) {
	n := r.network
	size, labels := n.head.out, n.label.in
	r.dependents, r.heads = resize(r.dependents, size*r.n), resize(r.heads, size)
	r.asDependent, r.asHead = resize(r.asDependent, labels*r.n), resize(r.asHead, labels*(r.n+1))
	r.sums = resize(r.sums, size)
	h := &r.headScores
	h.in, h.out = size, (r.n+lanes-1)/lanes*lanes
	h.weights, h.bias = resize(h.weights, h.in*h.out), resize(h.bias, h.out)
	clear(h.weights)
	for i := range h.bias {
		h.bias[i] = Never
	}
	for i := range r.n {
		if apart[i] {
			continue
		}
		x := r.last[n.head.in*i:]
		n.dependent.times(r.sums, x)
		narrow(r.dependents[size*i:][:size], r.sums, n.dependent.shift, 0)
		n.head.times(r.sums, x)
		narrow(r.heads, r.sums, n.head.shift, 0)
		h.put(i, r.heads)
		n.asDependent.times(r.asDependent[labels*i:], x)
		n.asHead.times(r.asHead[labels*i:], x)
	}
	clear(r.asHead[labels*r.n:])
}

// mostHeadUnits is how many numbers may stand for a word as a head, so that the scores of heads stay within 32 bits.
const mostHeadUnits = 128

// put makes the vector the weights of an output that had none.
func (m *matrix) put(out int, vector []int16) {
	at := m.place(0, out)
	for k := 0; k < len(vector); k += 2 {
		m.weights[at], m.weights[at+1] = vector[k], vector[k+1]
		at += 2 * lanes
	}
	m.bias[out] = 0
}

// Never is the score of heads that a word cannot have; all others are higher.
const Never = -1 << 31

// Heads returns the scores of all words as the head of word i, and that of the root. The scores of words that stand apart
// and of word i itself are Never. They are valid until the next call.
func (r *Reading) Heads(i int) (words []int32, root int32) {
	n, h := r.network, &r.headScores
	r.wish, r.sums = resize(r.wish, n.attach.out), resize(r.sums, n.attach.out)
	n.attach.times(r.sums, r.dependents[n.attach.in*i:])
	narrow(r.wish, r.sums, n.attach.shift, -most)
	n.root.times(r.sums, r.wish)
	root = r.sums[0]
	r.scores = resize(r.scores, h.out)
	h.times(r.scores, r.wish)
	r.scores[i] = Never
	return r.scores[:r.n], root
}

// Label returns the scores of the labels of an arc from word i to a head, which may be the root, the number of words. They are
// valid until the next call.
func (r *Reading) Label(i, head int) []int32 {
	m := &r.network.label
	r.hidden, r.sums = resize(r.hidden, m.in), resize(r.sums, m.in)
	copy(r.sums, r.asHead[m.in*head:])
	for k, x := range r.asDependent[m.in*i:][:m.in] {
		r.sums[k] += x
	}
	narrow(r.hidden, r.sums, r.network.asDependent.shift, 0)
	r.scores = resize(r.scores, m.out)
	m.times(r.scores, r.hidden)
	return r.scores[:r.network.labels]
}
