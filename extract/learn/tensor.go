package learn

import (
	"math"
	"math/rand/v2"
)

// A tensor is a matrix of weights that are learned, a row for each input.
type tensor struct {
	in, out    int
	weights    []float32
	transposed []float32
	gradients  [shares][]float32
	mean, mag  []float32 // Adam's means of the gradient and of its square
}

// Sentences of a batch are learned from in so many shares at the same time, whatever the number of processors, so that sums
// are always made in the same order.
const shares = 2

func newTensor(in, out int, spread float64, random *rand.Rand) *tensor {
	n := in * out
	t := &tensor{
		in: in, out: out,
		weights: make([]float32, n), transposed: make([]float32, n), mean: make([]float32, n), mag: make([]float32, n),
	}
	for s := range t.gradients {
		t.gradients[s] = make([]float32, n)
	}
	for i := range t.weights {
		t.weights[i] = float32(spread * random.NormFloat64())
	}
	t.transpose()
	return t
}

func (t *tensor) transpose() {
	for i := range t.in {
		for o := range t.out {
			t.transposed[o*t.in+i] = t.weights[i*t.out+o]
		}
	}
}

// times adds x times the matrix to y.
func (t *tensor) times(y, x []float32) { gemv(y[:t.out], x[:t.in], t.weights) }

// timesBack adds what a gradient of the output means for the input to dx.
func (t *tensor) timesBack(dx, dy []float32) { gemv(dx[:t.in], dy[:t.out], t.transposed) }

// learn adds to the gradient what so many inputs and the gradients of their outputs, which lie one behind the other, say.
func (t *tensor) learn(share int, x, dy []float32, count int) {
	in, out, gradient := t.in, t.out, t.gradients[share]
	c := 0
	for ; c+4 <= count; c += 4 {
		x, dy := x[c*in:], dy[c*out:]
		for k := range in {
			a := [4]float32{x[k], x[in+k], x[2*in+k], x[3*in+k]}
			axpy4(gradient[k*out:][:out], &a, dy, dy[out:], dy[2*out:], dy[3*out:])
		}
	}
	for ; c < count; c++ {
		x, dy := x[c*in:], dy[c*out:]
		for k := range in {
			axpy(gradient[k*out:][:out], x[k], dy)
		}
	}
}

// gather puts the gradients of the shares together and returns the sum of their squares.
func (t *tensor) gather() (squares float64) {
	first := t.gradients[0]
	for _, other := range t.gradients[1:] {
		for i, g := range other {
			first[i] += g
		}
		clear(other)
	}
	for _, g := range first {
		squares += float64(g) * float64(g)
	}
	return squares
}

// step moves the weights against the gradient times scale.
func (t *tensor) step(a *adam, scale float32) {
	a.step(t.weights, t.mean, t.mag, t.gradients[0], scale)
	clear(t.gradients[0])
	t.transpose()
}

// adam is the method of Kingma and Ba (2015).
type adam struct {
	rate          float32
	steps         float64
	unmean, unmag float32 // corrections for the means having begun at nothing
}

const (
	adamMean = 0.9
	adamMag  = 0.95
)

func (a *adam) next(rate float32) {
	a.rate = rate
	a.steps++
	a.unmean = float32(1 / (1 - math.Pow(adamMean, a.steps)))
	a.unmag = float32(1 / (1 - math.Pow(adamMag, a.steps)))
}

func (a *adam) step(weights, mean, mag, gradient []float32, scale float32) {
	for i, g := range gradient {
		g *= scale
		mean[i] = adamMean*mean[i] + (1-adamMean)*g
		mag[i] = adamMag*mag[i] + (1-adamMag)*g*g
		weights[i] -= a.rate * mean[i] * a.unmean / (float32(math.Sqrt(float64(mag[i]*a.unmag))) + 1e-6)
	}
}
