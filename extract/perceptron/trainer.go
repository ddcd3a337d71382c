package perceptron

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// A Trainer is a network that learns.
type Trainer struct {
	Rate    float32 // step size, to be lowered as training goes on
	Dropout float32 // share of hidden units left out of an example while learning
	Blanked float32 // share of features left out of an example while learning

	index   index
	units   int
	rows    []float32 // units for each feature
	rowSum  []float32 // AdaGrad's sums of squared gradients
	seen    []uint32  // in how many examples
	bias    []float32
	biasSum []float32
	heads   []trainerHead
	random  *rand.Rand

	known    []uint32 // the last example: numbers of its features
	hidden   []float32
	gradient []float32 // of the loss by the hidden layer
	keep     []bool    // hidden units not dropped
	scores   []float32
}

type trainerHead struct {
	weights [][]float32 // by class, units each
	sum     []float32   // by class
	bias    []float32
	biasSum []float32
}

// NewTrainer returns a network of so many hidden units (a multiple of 8) over the features, with a head for each
// number of classes.
func NewTrainer(features []uint32, units int, classes []int, seed uint64) *Trainer {
	t := &Trainer{
		Rate:     0.1,
		index:    newIndex(features),
		units:    units,
		rows:     make([]float32, len(features)*units),
		rowSum:   make([]float32, len(features)),
		seen:     make([]uint32, len(features)),
		bias:     make([]float32, units),
		biasSum:  make([]float32, units),
		random:   rand.New(rand.NewPCG(seed, 0)),
		hidden:   make([]float32, units),
		gradient: make([]float32, units),
		keep:     make([]bool, units),
	}
	spread := float32(1 / math.Sqrt(float64(units)))
	for i := range t.bias {
		t.bias[i] = 0.2
	}
	for i := range t.rows {
		t.rows[i] = 0.1 * spread * (2*t.random.Float32() - 1)
	}
	for _, n := range classes {
		h := trainerHead{make([][]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)}
		for c := range h.weights {
			h.weights[c] = make([]float32, units)
			for k := range h.weights[c] {
				h.weights[c][k] = 2 * spread * (2*t.random.Float32() - 1)
			}
		}
		t.heads = append(t.heads, h)
	}
	return t
}

// Activate computes the hidden layer of an example to learn from.
func (t *Trainer) Activate(features []uint32) {
	t.known = t.known[:0]
	clear(t.hidden)
	clear(t.gradient)
	for _, f := range features {
		if id := t.index.find(f); id != 0 && !t.chance(t.Blanked) {
			t.known = append(t.known, id-1)
			t.seen[id-1]++
			add(t.hidden, t.row(id-1))
		}
	}
	scale, whole := 1/(1-t.Dropout), 1/(1-t.Blanked)
	for k, x := range t.hidden {
		x = x*whole + t.bias[k]
		t.keep[k] = x > 0 && !t.chance(t.Dropout)
		if t.keep[k] {
			t.hidden[k] = x * scale
		} else {
			t.hidden[k] = 0
		}
	}
}

// chance is true in that share of the cases.
func (t *Trainer) chance(share float32) bool { return share > 0 && t.random.Float32() < share }

func (t *Trainer) row(id uint32) []float32 { return t.rows[int(id)*t.units:][:t.units] }

// Scores returns the scores of a head's classes for the example activated last; they are valid until the next call.
func (t *Trainer) Scores(head int) []float32 {
	h := &t.heads[head]
	t.scores = append(t.scores[:0], h.bias...)
	for c, weights := range h.weights {
		t.scores[c] += dot(weights, t.hidden)
	}
	return t.scores
}

// Softmax turns scores into probabilities of the allowed classes, in place; all classes are allowed when allowed is
// nil.
func Softmax(scores []float32, allowed []bool) {
	highest := float32(math.Inf(-1))
	for c, s := range scores {
		if allowed == nil || allowed[c] {
			highest = max(highest, s)
		}
	}
	sum := float32(0)
	for c, s := range scores {
		scores[c] = 0
		if allowed == nil || allowed[c] {
			scores[c] = float32(math.Exp(float64(s - highest)))
			sum += scores[c]
		}
	}
	for c := range scores {
		scores[c] /= sum
	}
}

// Push learns for one head of the example activated last: gradient is, for each class, the derivative of the loss by
// the class's score. Step must follow once all heads have been pushed.
func (t *Trainer) Push(head int, gradient []float32) {
	h := &t.heads[head]
	norm := dot(t.hidden, t.hidden) / float32(t.units)
	for c, g := range gradient {
		if g > -1e-4 && g < 1e-4 {
			continue
		}
		weights := h.weights[c]
		axpy(t.gradient, g, weights)
		h.sum[c] += g * g * norm
		axpy(weights, -t.step(h.sum[c])*g, t.hidden)
		h.biasSum[c] += g * g
		h.bias[c] -= t.step(h.biasSum[c]) * g
	}
}

// Step moves the rows of the example's features against the gradient.
func (t *Trainer) Step() {
	scale := 1 / (1 - t.Dropout)
	for k, g := range t.gradient {
		if !t.keep[k] {
			t.gradient[k] = 0
			continue
		}
		g *= scale
		t.gradient[k] = g
		t.biasSum[k] += g * g
		t.bias[k] -= t.step(t.biasSum[k]) * g
	}
	norm := dot(t.gradient, t.gradient) / float32(t.units)
	if norm < 1e-12 {
		return
	}
	whole := 1 / (1 - t.Blanked)
	norm *= whole * whole
	for _, id := range t.known {
		t.rowSum[id] += norm
		axpy(t.row(id), -whole*t.step(t.rowSum[id]), t.gradient)
	}
}

// step is AdaGrad's step size. The constant keeps the first steps of a weight small.
func (t *Trainer) step(sum float32) float32 {
	return t.Rate / float32(math.Sqrt(float64(sum+0.01)))
}

// Useful returns the features sorted by how much they move the hidden layer over all the examples learned from, the
// most useful first.
func (t *Trainer) Useful(features []uint32) []uint32 {
	use := make(map[uint32]float32, len(features))
	for _, f := range features {
		row := t.row(t.index.find(f) - 1)
		use[f] = dot(row, row) * float32(t.seen[t.index.find(f)-1])
	}
	ranked := slices.Clone(features)
	slices.SortFunc(ranked, func(a, b uint32) int { return cmp.Or(cmp.Compare(use[b], use[a]), cmp.Compare(a, b)) })
	return ranked
}

// Network returns what has been learned so far, rounded to whole numbers. The rectified sum of a hidden unit may be scaled as
// long as the weights behind it are scaled back, so every unit uses the full range of them.
func (t *Trainer) Network() *Network {
	n := &Network{index: t.index, words: t.units / 8, bias: make([]int32, t.units)}
	unit := make([]float32, t.units) // what 1 stands for
	for i, w := range t.rows {
		unit[i%t.units] = max(unit[i%t.units], abs(w)/(offset-1))
	}
	n.rows = make([]uint64, len(t.rows)/8)
	for i, w := range t.rows {
		k := i % t.units
		b := uint64(offset)
		if unit[k] > 0 {
			b = uint64(offset + int64(round(w/unit[k])))
		}
		// Byte 2j of a word is lane j of the even sum, byte 2j+1 of the odd one.
		n.rows[i/8] |= b << (8 * (i % 8))
	}
	for k, b := range t.bias {
		if unit[k] > 0 {
			n.bias[k] = int32(round(b / unit[k]))
		}
	}
	for _, h := range t.heads {
		n.heads = append(n.heads, h.rounded(unit))
	}
	return n
}

func (h *trainerHead) rounded(unit []float32) head {
	out := head{classes: len(h.weights), weights: make([]int16, len(unit)*len(h.weights)), bias: make([]int32, len(h.weights))}
	highest := float32(1e-9)
	for _, weights := range h.weights {
		for k, w := range weights {
			highest = max(highest, abs(w*unit[k]))
		}
	}
	scale := 4095 / highest
	out.unit = 1 / scale
	for c, weights := range h.weights {
		for k, w := range weights {
			out.weights[k*out.classes+c] = int16(round(w * unit[k] * scale))
		}
		out.bias[c] = int32(round(h.bias[c] * scale))
	}
	out.pack()
	return out
}

func abs(x float32) float32 { return max(x, -x) }

func round(x float32) float32 { return float32(math.RoundToEven(float64(x))) }
