package learn

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// A toy sentence is a row of words 0 to 9. The class of a word is its own parity and that of the word before; its head is
// the next word in the sentence that is greater, or the root for the greatest; the label says on which side it lies. Words 9 stand
// apart.
func toy(random *rand.Rand) (x Example) {
	n := 2 + random.IntN(6)
	words := random.Perm(9)[:n]
	if random.IntN(3) == 0 {
		words[random.IntN(n)] = 9
	}
	before, greatest := 0, -1
	defer func() { x.Strange = x.Features }()
	x.Classes = [][]uint8{nil}
	for i, word := range words {
		x.Features = append(x.Features, []uint32{Hash(1, uint32(word)), Hash(2, random.Uint32N(50))})
		x.Classes[0] = append(x.Classes[0], uint8(1+word%2+2*(before%2)))
		x.Apart = append(x.Apart, word == 9)
		if word != 9 && (greatest < 0 || word > words[greatest]) {
			greatest = i
		}
		before = word
	}
	for i, word := range words {
		head, label := n, 1
		for h := n - 1; h >= 0; h-- {
			if words[h] != 9 && words[h] > word && (head == n || words[h] < words[head]) {
				head, label = h, 2
				if h < i {
					label = 3
				}
			}
		}
		if word == 9 {
			head = -1
		}
		x.Heads, x.Labels = append(x.Heads, int32(head)), append(x.Labels, uint8(label))
	}
	return x
}

func toys(seed uint64, n int) (all []Example) {
	random := rand.New(rand.NewPCG(seed, 2))
	for range n {
		all = append(all, toy(random))
	}
	return all
}

func trainToy(examples []Example, passes int) *Trainer {
	var v Vocabulary
	for _, x := range examples {
		for _, features := range x.Features {
			v.Count(features)
		}
	}
	// Word 3 is known by its vector only.
	known := v.Frequent(2, 1000)
	given := Vectors{Features: []uint32{Hash(1, 3)}, Size: 16, Values: make([]float32, 16)}
	given.Values[3] = 1
	for i, f := range known {
		if f == given.Features[0] {
			known = append(known[:i:i], known[i+1:]...)
			break
		}
	}
	t := NewTrainer(Shape{
		Features: known, Given: given, Width: 32, Units: []int{32, 32}, HeadUnits: 32, Hidden: 32, Classes: []int{5}, Labels: 4,
	}, 1)
	t.Rate, t.DropFeatures, t.DropInputs, t.DropOutputs, t.DropSteps = 0.01, 0.02, 0.02, 0.05, 0.05
	t.DropWords = 0.1
	var loss Loss
	for range passes {
		for at := 0; at+20 <= len(examples); at += 20 {
			t.Learn(examples[at:at+20], &loss)
		}
	}
	return t
}

// read returns what the network finds in a sentence.
func read(n *Network, x *Example, r *Reading) (classes, labels []uint8, heads []int32) {
	var words [][]int32
	for _, features := range x.Features {
		input := make([]int32, n.InputSize())
		n.Input(features, input, r)
		words = append(words, input)
	}
	n.Read(words, r)
	r.Arcs(x.Apart)
	for i := range words {
		classes = append(classes, uint8(best(r.Scores(0, i))))
		head, label := -1, 0
		if !x.Apart[i] {
			scores, root := r.Heads(i)
			if head = best(scores); root > scores[head] {
				head = len(words)
			}
			label = best(r.Label(i, head))
		}
		heads, labels = append(heads, int32(head)), append(labels, uint8(label))
	}
	return classes, labels, heads
}

func best(scores []int32) int {
	b := 0
	for c := range scores {
		if scores[c] > scores[b] {
			b = c
		}
	}
	return b
}

func TestLearnsAndRounds(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes with the race detector")
	}
	examples := toys(1, 2000)
	n := trainToy(examples, 12).Network(examples[:100])
	require.Equal(t, []int{5, 0, 4}, []int{n.Classes(0), n.Classes(1), n.Labels()})
	var r Reading
	wrong, all := 0, 0
	for _, x := range toys(7, 300) {
		classes, labels, heads := read(n, &x, &r)
		for i := range heads {
			all += 2
			if classes[i] != x.Classes[0][i] {
				wrong++
			}
			if !x.Apart[i] && (heads[i] != x.Heads[i] || labels[i] != x.Labels[i]) {
				wrong++
			}
		}
	}
	require.Less(t, wrong, all/25, "of %d", all)
}

func TestTrainingIsDeterministic(t *testing.T) {
	examples := toys(1, 100)
	first, err := trainToy(examples, 1).Network(examples).MarshalBinary()
	require.NoError(t, err)
	second, err := trainToy(examples, 1).Network(examples).MarshalBinary()
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second))
}

// The gradient that is computed is the one that the loss has: a small step against it lowers the loss by as much as its square.
func TestGradient(t *testing.T) {
	examples := toys(3, 8)
	trainer := trainToy(examples, 3)
	trainer.DropWords, trainer.DropFeatures, trainer.DropInputs, trainer.DropOutputs, trainer.DropSteps = 0, 0, 0, 0, 0
	s := trainer.shares[0]
	loss := func() float64 {
		s.loss = Loss{Classes: []float64{0}}
		for i := range examples {
			s.learn(&examples[i])
		}
		return s.loss.Classes[0] + s.loss.Heads + s.loss.Labels
	}
	for _, x := range trainer.tensors {
		clear(x.gradients[0])
	}
	s.forgetRows()
	before := loss()
	squares, step := 0.0, 1e-4
	for _, x := range trainer.tensors {
		for i, g := range x.gradients[0] {
			squares += float64(g) * float64(g)
			x.weights[i] -= float32(step * float64(g))
		}
		x.transpose()
	}
	for k, id := range s.touched {
		for i := range 32 {
			g := s.rowGradients[32*k+i]
			squares += float64(g) * float64(g)
			trainer.rows[32*int(id)+i] -= float32(step * float64(g))
		}
	}
	require.InEpsilon(t, step*squares, before-loss(), 0.1)
}

func TestFileRoundTrip(t *testing.T) {
	examples := toys(1, 40)
	n := trainToy(examples, 1).Network(examples)
	data, err := n.MarshalBinary()
	require.NoError(t, err)
	var again Network
	require.NoError(t, again.UnmarshalBinary(data))
	require.Equal(t, n, &again)
}

func TestDamagedFile(t *testing.T) {
	examples := toys(1, 40)
	data, err := trainToy(examples, 1).Network(examples).MarshalBinary()
	require.NoError(t, err)
	var n Network
	require.ErrorIs(t, n.UnmarshalBinary([]byte("PK\x03\x04 something else altogether, and long enough")), ErrFormat)
	require.ErrorIs(t, n.UnmarshalBinary(nil), ErrFormat)
	require.ErrorContains(t, n.UnmarshalBinary(data[:len(data)-1]), "checksum")
	require.ErrorContains(t, n.UnmarshalBinary(withChecksum(data[12:len(data)-1])), "bad shape")
	data[len(data)/2] ^= 1
	require.ErrorContains(t, n.UnmarshalBinary(data), "checksum")
}

// FuzzUnmarshal repairs the checksum, so that the checks behind it are reached.
func FuzzUnmarshal(f *testing.F) {
	small := NewTrainer(Shape{
		Features: []uint32{1, 2, 3}, Given: Vectors{Size: 16}, Width: 16, Units: []int{16}, HeadUnits: 32, Hidden: 32, Classes: []int{2}, Labels: 2,
	}, 1)
	data, err := small.Network(toys(1, 2)).MarshalBinary()
	require.NoError(f, err)
	f.Add(data[12:])
	f.Fuzz(func(t *testing.T, body []byte) {
		var n Network
		if n.UnmarshalBinary(withChecksum(body)) != nil {
			return
		}
		var r Reading
		words := make([][]int32, 3)
		for i := range words {
			words[i] = make([]int32, n.InputSize())
			n.Input([]uint32{0, 1, 2, 3, math.MaxUint32}, words[i], &r)
		}
		n.Read(words, &r)
		r.Arcs(make([]bool, 3))
		for d := 0; n.Classes(d) > 0; d++ {
			require.Len(t, r.Scores(d, 2), n.Classes(d))
		}
		scores, _ := r.Heads(1)
		require.Len(t, scores, 3)
		require.Len(t, r.Label(1, 3), n.Labels())
	})
}

func TestVocabulary(t *testing.T) {
	var v Vocabulary
	for i := range uint32(100_000) {
		v.Count([]uint32{i})
		if i%10 == 0 {
			v.Count([]uint32{i})
		}
	}
	v.Count([]uint32{500, 500})
	features := v.Frequent(2, 1<<20)
	require.Len(t, features, 10_000)
	require.EqualValues(t, 500, features[0])
	x := newIndex(features)
	for i, f := range features {
		require.EqualValues(t, i+1, x.find(f))
	}
	require.Zero(t, x.find(3))
	require.Equal(t, features[:5], v.Frequent(2, 5))
}

func TestVectorOperations(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	const n = 112
	v := make([][]float32, 6)
	for i := range v {
		v[i] = make([]float32, n)
		for k := range v[i] {
			v[i][k] = random.Float32() - 0.5
		}
	}
	near := func(want, got float32) { require.InDelta(t, want, got, 1e-5) }
	sum := float32(0)
	for k := range n {
		sum += v[0][k] * v[1][k]
	}
	near(sum, dot(v[0], v[1]))
	y := append([]float32(nil), v[5]...)
	axpy(y, 0.3, v[0])
	axpy4(y, &[4]float32{0.1, -0.2, 0.3, 0.4}, v[1], v[2], v[3], v[4])
	for k := range y {
		near(v[5][k]+0.3*v[0][k]+0.1*v[1][k]-0.2*v[2][k]+0.3*v[3][k]+0.4*v[4][k], y[k])
	}
	weights := append(append(append([]float32(nil), v[1]...), v[2]...), v[3]...)
	y = append([]float32(nil), v[5]...)
	gemv(y, []float32{0.5, 0, -2}, weights)
	for k := range y {
		near(v[5][k]+0.5*v[1][k]-2*v[3][k], y[k])
	}
}
