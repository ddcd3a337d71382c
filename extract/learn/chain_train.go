package learn

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
)

// A Sequence is one example for a chain: what is seen at each position, and the labels that may be right there, a bit
// for each; where there is more than one, the model chooses as it learns.
type Sequence struct {
	Features [][]uint32
	Labels   []uint64
	Weight   float32 // how much the example counts; 1 is usual
}

// ChainOptions say how a chain is trained.
type ChainOptions struct {
	Labels  int
	Allowed func(x, y int) bool // may y follow x? -1 stands before the first and after the last label
	Least   int                 // features seen less often are left out
	Epochs  int
	Rate    float32 // first step size
	Decay   float32 // pull towards zero at every step: L2 regularisation in proportion to use
	Dropout float32 // share of features hidden from each example, so that no single one is relied on
	Average int     // the weights are the mean of those after so many last epochs; 0 takes the last ones
	Pairs   int     // at most so many weights are kept, the largest
	Log     io.Writer
}

// TrainChain learns the weights that make the right paths most probable (a linear-chain conditional random field, by
// stochastic gradient descent with AdaGrad steps) and returns the file of the model.
func TrainChain(examples []Sequence, o ChainOptions) []byte {
	t := newChainTrainer(o)
	t.number(examples)
	order := make([]int, len(t.examples))
	for i := range order {
		order[i] = i
	}
	for epoch := range o.Epochs {
		t.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var loss float64
		for k, i := range order {
			progress := float32(epoch) + float32(k)/float32(len(order))
			t.rate = o.Rate * max(0.02, 1-progress/float32(o.Epochs))
			loss += t.learn(t.examples[i])
		}
		if o.Log != nil {
			fmt.Fprintf(o.Log, "epoch %d: loss %.0f\n", epoch+1, loss)
		}
		if left := o.Epochs - epoch; left <= o.Average {
			t.average(o.Average)
		}
	}
	if o.Average > 0 {
		t.weights = t.averaged
	}
	return t.encode(o.Pairs)
}

// chainTrainer holds the weights while they are learnt: a row of labels for every feature, and the transitions as
// rows of their own.
type chainTrainer struct {
	ChainOptions
	before                        [][]uint8
	hashes                        []uint32 // feature of each row
	examples                      []numbered
	weights, averaged             []float32
	sums                          []float32 // of squared gradients
	moves, first, last            []float32
	moveSums, firstSums, lastSums []float32
	rate                          float32
	random                        *rand.Rand

	// of the example at hand
	kept                                   []int32
	keptAt                                 []int
	emission, gradient, alpha, beta, scale []float32
	expMoves, expFirst, expLast            []float32
	moveGradient                           []float32
}

// A numbered example has row numbers for its features, all positions' in one slice.
type numbered struct {
	rows   []int32
	at     []int32 // by position, first row; one more than there are positions
	labels []uint64
	weight float32
}

func newChainTrainer(o ChainOptions) *chainTrainer {
	n := o.Labels
	t := &chainTrainer{ChainOptions: o, random: rand.New(rand.NewPCG(5, 5))}
	t.before = predecessors(n, o.Allowed)
	for _, w := range []*[]float32{&t.moves, &t.moveSums, &t.expMoves, &t.moveGradient} {
		*w = make([]float32, n*n)
	}
	for _, w := range []*[]float32{&t.first, &t.firstSums, &t.expFirst, &t.last, &t.lastSums, &t.expLast} {
		*w = make([]float32, n)
	}
	return t
}

// number gives every feature that is frequent enough a row.
func (t *chainTrainer) number(examples []Sequence) {
	counts := make(map[uint32]int32)
	for _, e := range examples {
		for _, fs := range e.Features {
			for _, f := range fs {
				counts[f]++
			}
		}
	}
	for f, c := range counts {
		if int(c) >= t.Least {
			t.hashes = append(t.hashes, f)
		}
	}
	slices.Sort(t.hashes)
	row := make(map[uint32]int32, len(t.hashes))
	for i, f := range t.hashes {
		row[f] = int32(i)
	}
	for _, e := range examples {
		x := numbered{labels: e.Labels, weight: e.Weight, at: []int32{0}}
		for _, fs := range e.Features {
			for _, f := range fs {
				if r, ok := row[f]; ok {
					x.rows = append(x.rows, r)
				}
			}
			x.at = append(x.at, int32(len(x.rows)))
		}
		t.examples = append(t.examples, x)
	}
	t.weights = make([]float32, len(t.hashes)*t.Labels)
	t.sums = make([]float32, len(t.hashes)*t.Labels)
}

// learn takes one step for one example and returns how improbable its right paths were before.
func (t *chainTrainer) learn(x numbered) (loss float64) {
	n, length := t.Labels, len(x.labels)
	t.drop(x)
	t.emission, t.gradient = resize(t.emission, n*length), resize(t.gradient, n*length)
	clear(t.emission)
	clear(t.gradient)
	clear(t.moveGradient)
	for i := range length {
		row := t.emission[i*n : (i+1)*n]
		for _, r := range t.kept[t.keptAt[i]:t.keptAt[i+1]] {
			w := t.weights[int(r)*n : (int(r)+1)*n]
			for y := range row {
				row[y] += w[y]
			}
		}
		top := slices.Max(row)
		for y := range row {
			row[y] = exp(row[y] - top)
		}
	}
	t.transitions()
	loss = t.expect(length, nil, x.weight) - t.expect(length, x.labels, -x.weight)
	for i := range length {
		g := t.gradient[i*n : (i+1)*n]
		for _, r := range t.kept[t.keptAt[i]:t.keptAt[i+1]] {
			t.step(t.weights[int(r)*n:(int(r)+1)*n], t.sums[int(r)*n:(int(r)+1)*n], g)
		}
	}
	t.step(t.moves, t.moveSums, t.moveGradient)
	t.step(t.first, t.firstSums, t.gradient[:n])
	t.step(t.last, t.lastSums, t.gradient[(length-1)*n:])
	return loss * float64(x.weight)
}

func (t *chainTrainer) drop(x numbered) {
	t.kept, t.keptAt = t.kept[:0], append(t.keptAt[:0], 0)
	for i := range x.labels {
		for _, r := range x.rows[x.at[i]:x.at[i+1]] {
			if t.Dropout == 0 || t.random.Float32() >= t.Dropout {
				t.kept = append(t.kept, r)
			}
		}
		t.keptAt = append(t.keptAt, len(t.kept))
	}
}

func (t *chainTrainer) step(weights, sums, gradient []float32) {
	for y, g := range gradient {
		if g > -1e-4 && g < 1e-4 {
			continue
		}
		g += t.Decay * weights[y]
		sums[y] += g * g
		weights[y] -= t.rate * g / float32(math.Sqrt(float64(sums[y])+1e-2))
	}
}

// transitions takes the exponentials of the transition weights.
func (t *chainTrainer) transitions() {
	for y := range t.Labels {
		t.expFirst[y], t.expLast[y] = 0, 0
		if t.Allowed(-1, y) {
			t.expFirst[y] = exp(t.first[y])
		}
		if t.Allowed(y, -1) {
			t.expLast[y] = exp(t.last[y])
		}
		for _, x := range t.before[y] {
			t.expMoves[int(x)*t.Labels+y] = exp(t.moves[int(x)*t.Labels+y])
		}
	}
}

// average adds the weights to the mean of n.
func (t *chainTrainer) average(n int) {
	if t.averaged == nil {
		t.averaged = make([]float32, len(t.weights))
	}
	for i, w := range t.weights {
		t.averaged[i] += w / float32(n)
	}
}

// expect adds weight times the probability of every label and transition to the gradients, among the paths through
// those labels (all if nil), and returns the logarithm of the sum of these paths, less what all paths have in common.
func (t *chainTrainer) expect(length int, labels []uint64, weight float32) (sum float64) {
	n := t.Labels
	t.alpha, t.beta, t.scale = resize(t.alpha, n*length), resize(t.beta, n*length), resize(t.scale, length)
	for i := range length {
		a, e := t.alpha[i*n:(i+1)*n], t.emission[i*n:(i+1)*n]
		total := float32(0)
		for y := range a {
			a[y] = 0
			if labels != nil && labels[i]>>y&1 == 0 {
				continue
			}
			if i == 0 {
				a[y] = t.expFirst[y] * e[y]
			} else {
				for _, x := range t.before[y] {
					a[y] += t.alpha[(i-1)*n+int(x)] * t.expMoves[int(x)*n+y]
				}
				a[y] *= e[y]
			}
			total += a[y]
		}
		t.scale[i] = 1 / total
		for y := range a {
			a[y] *= t.scale[i]
		}
		sum += math.Log(float64(total))
	}
	final := float32(0)
	for y, a := range t.alpha[(length-1)*n : length*n] {
		final += a * t.expLast[y]
	}
	sum += math.Log(float64(final))

	clear(t.beta)
	for y := range n {
		t.beta[(length-1)*n+y] = t.expLast[y] / final
	}
	for i := length - 1; i >= 0; i-- {
		for y, a := range t.alpha[i*n : (i+1)*n] {
			b := t.beta[i*n+y]
			t.gradient[i*n+y] += weight * a * b
			b *= t.emission[i*n+y] * t.scale[i]
			if i == 0 || b == 0 || a == 0 {
				continue
			}
			for _, x := range t.before[y] {
				move := int(x)*n + y
				through := b * t.expMoves[move]
				t.beta[(i-1)*n+int(x)] += through
				t.moveGradient[move] += weight * t.alpha[(i-1)*n+int(x)] * through
			}
		}
	}
	return sum
}

func exp(x float32) float32 { return float32(math.Exp(float64(x))) }

// encode writes the model's file: weights in steps of a 127th of the largest one kept.
func (t *chainTrainer) encode(limit int) []byte {
	n := t.Labels
	sizes := make([]float32, 0, len(t.weights)/4)
	for _, w := range t.weights {
		if w > 0.01 || w < -0.01 {
			sizes = append(sizes, max(w, -w))
		}
	}
	slices.SortFunc(sizes, func(a, b float32) int { return cmp.Compare(b, a) })
	least := float32(0.01)
	if limit > 0 && len(sizes) > limit {
		least = sizes[limit]
	}
	// One weight in ten thousand may be cut short, so that the others are kept finely.
	unit := float32(127) / max(sizes[len(sizes)/10000], 1e-6)
	round := func(w float32) int { return int(math.Round(float64(w * unit))) }

	var features, counts, pairs []byte
	number := 0
	for r, hash := range t.hashes {
		held := 0
		for y, w := range t.weights[r*n : (r+1)*n] {
			if w <= least && w >= -least || round(w) == 0 {
				continue
			}
			pairs = append(pairs, byte(y), byte(int8(max(-127, min(127, round(w))))))
			held++
		}
		if held > 0 {
			features = binary.LittleEndian.AppendUint32(features, hash)
			counts = append(counts, byte(held))
			number++
		}
	}
	out := []byte(chainMagic)
	for _, v := range []int{n, number, len(pairs) / 2} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	weight := func(w float32, allowed bool) {
		v := int16(math.MinInt16)
		if allowed {
			v = int16(round(w))
		}
		out = binary.LittleEndian.AppendUint16(out, uint16(v))
	}
	for x := range n {
		for y := range n {
			weight(t.moves[x*n+y], t.Allowed(x, y))
		}
	}
	for y := range n {
		weight(t.first[y], t.Allowed(-1, y))
	}
	for y := range n {
		weight(t.last[y], t.Allowed(y, -1))
	}
	return append(append(append(out, features...), counts...), pairs...)
}
