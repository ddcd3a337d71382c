package learn

import (
	"math"
	"math/rand/v2"
	"sync"
)

// An Example is a sentence to learn from.
type Example struct {
	Features [][]uint32 // of each word
	Strange  [][]uint32 // of each word: its features if it were unknown, for DropWords
	Classes  [][]uint8  // by decision: of each word; 0 where it is not known
	Heads    []int32    // of each word: the number of words stands for the root, -1 for what is not known
	Labels   []uint8    // of the arcs to the heads
	Apart    []bool     // words that take no part in the tree
}

// A Shape says what a network is to be like.
type Shape struct {
	Features  []uint32 // that the network is to know
	Given     Vectors  // features whose vectors are known before
	Width     int      // numbers of a feature's row, a multiple of 16
	Units     []int    // of each direction of each layer, multiples of 16
	HeadUnits int      // numbers that stand for a word when heads are chosen, a multiple of 32, at most 128
	Hidden    int      // units between an arc and its label, a multiple of 32
	Classes   []int    // of each decision about words, class 0 included
	Labels    int      // of arcs
}

// Vectors are vectors of features, made from other data. The network learns to see them through a matrix of its own.
type Vectors struct {
	Features []uint32
	Size     int // a multiple of 16
	Values   []float32
}

// A Trainer is a network that learns.
type Trainer struct {
	Rate         float32 // step size, to be raised at the beginning and lowered as training goes on
	DropWords    float32 // share of the words that are made unknown while learning
	DropFeatures float32 // share of the features left out of a word while learning
	DropInputs   float32 // share of the numbers left out of the sum of rows
	DropOutputs  float32 // share of the units whose output is left out of what comes next
	DropSteps    float32 // share of the units whose output is left out of the next step

	shape   Shape
	index   index
	rows    []float32 // Width numbers for each feature
	rowMean []float32
	rowMag  []float32
	given   *tensor // from the size of the given vectors to Width
	layers  []trainerLayer

	decide                  []dense
	dependent, head, attach dense
	root                    *tensor
	asDependent             dense
	asHead                  *tensor
	label                   dense
	tensors                 []*tensor
	shares                  [shares]*share
	adam                    adam
}

type trainerLayer [directions]struct{ in, step, bias *tensor }

type dense struct{ weights, bias *tensor }

// NewTrainer returns a network that has learned nothing. The same seed gives the same network.
func NewTrainer(shape Shape, seed uint64) *Trainer {
	random := rand.New(rand.NewPCG(seed, 0))
	rows := len(shape.Features)
	t := &Trainer{
		shape:   shape,
		index:   newIndex(append(shape.Features[:rows:rows], shape.Given.Features...)),
		rows:    make([]float32, rows*shape.Width),
		rowMean: make([]float32, rows*shape.Width),
		rowMag:  make([]float32, rows*shape.Width),
	}
	for i := range t.rows {
		t.rows[i] = float32(0.1 * random.NormFloat64())
	}
	tensor := func(in, out int, spread float64) *tensor {
		x := newTensor(in, out, spread, random)
		t.tensors = append(t.tensors, x)
		return x
	}
	layer := func(in, out int) dense {
		return dense{tensor(in, out, math.Sqrt(2/float64(in+out))), tensor(1, out, 0)}
	}
	t.given = tensor(shape.Given.Size, shape.Width, math.Sqrt(2/float64(shape.Given.Size+shape.Width)))
	width := shape.Width
	for _, units := range shape.Units {
		var l trainerLayer
		for d := range l {
			l[d].in = tensor(width, 3*units, math.Sqrt(2/float64(width+3*units)))
			l[d].step = tensor(units, 3*units, 0.7/math.Sqrt(float64(units)))
			l[d].bias = tensor(1, 3*units, 0)
			for k := range units {
				l[d].bias.weights[k] = -1 // at first, what was read is kept rather than forgotten
			}
		}
		t.layers = append(t.layers, l)
		width = directions * units
	}
	for _, classes := range shape.Classes {
		t.decide = append(t.decide, layer(width, roundUp(classes, 16)))
	}
	t.dependent, t.head = layer(width, shape.HeadUnits), layer(width, shape.HeadUnits)
	t.attach, t.root = layer(shape.HeadUnits, shape.HeadUnits), tensor(1, shape.HeadUnits, 0.1)
	t.asDependent, t.asHead = layer(width, shape.Hidden), tensor(width, shape.Hidden, math.Sqrt(2/float64(width+shape.Hidden)))
	t.label = layer(shape.Hidden, roundUp(shape.Labels, 16))
	for s := range t.shares {
		t.shares[s] = &share{Trainer: t, number: s, random: rand.New(rand.NewPCG(seed, uint64(1+s))), slots: make([]int32, rows)}
	}
	return t
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }

// A Loss is the mean negative logarithm of the probability of what is right, in all decisions about a word.
type Loss struct {
	Classes []float64 // by decision
	Heads   float64
	Labels  float64
	Words   int
}

func (l *Loss) add(other *Loss) {
	for len(l.Classes) < len(other.Classes) {
		l.Classes = append(l.Classes, 0)
	}
	for d, x := range other.Classes {
		l.Classes[d] += x
	}
	l.Heads += other.Heads
	l.Labels += other.Labels
	l.Words += other.Words
}

// Learn learns from a batch of sentences and adds up the loss.
func (t *Trainer) Learn(batch []Example, loss *Loss) {
	words := 0
	for i := range batch {
		words += len(batch[i].Features)
	}
	if words == 0 {
		return
	}
	var wait sync.WaitGroup
	for n, s := range t.shares {
		wait.Go(func() {
			s.loss = Loss{Classes: make([]float64, len(t.decide))}
			for i := n; i < len(batch); i += shares {
				s.learn(&batch[i])
			}
		})
	}
	wait.Wait()
	for _, s := range t.shares {
		loss.add(&s.loss)
	}
	t.step(1 / float32(words))
}

// longest is how long the gradient of all weights may be.
const longest = 5

func (t *Trainer) step(scale float32) {
	t.adam.next(t.Rate)
	squares := 0.0
	for _, x := range t.tensors {
		squares += x.gather()
	}
	if length := math.Sqrt(squares) * float64(scale); length > longest {
		scale *= float32(longest / length)
	}
	for _, x := range t.tensors {
		x.step(&t.adam, scale)
	}
	t.stepRows(scale)
}

// stepRows moves the rows of the features that the batch had.
func (t *Trainer) stepRows(scale float32) {
	first, width := t.shares[0], t.shape.Width
	for _, s := range t.shares[1:] {
		for k, id := range s.touched {
			axpy(first.rowGradient(id), 1, s.rowGradients[k*width:][:width])
		}
		s.forgetRows()
	}
	for k, id := range first.touched {
		at := int(id) * width
		t.adam.step(t.rows[at:][:width], t.rowMean[at:][:width], t.rowMag[at:][:width], first.rowGradients[k*width:][:width], scale)
	}
	first.forgetRows()
}
