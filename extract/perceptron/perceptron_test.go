package perceptron

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// An example of a toy problem: which of two words is on decides nothing alone, only whether both are the same, so
// that no linear model can learn it.
func toy(random *rand.Rand) (features []uint32, class int) {
	a, b := random.Uint32N(2), random.Uint32N(2)
	return []uint32{Hash(1, a), Hash(2, b), Hash2(3, 7, random.Uint32N(50))}, int(a ^ b)
}

func trainToy(t *testing.T) *Trainer {
	random := rand.New(rand.NewPCG(1, 2))
	var v Vocabulary
	for range 1000 {
		features, _ := toy(random)
		v.Count(features)
	}
	trainer := NewTrainer(v.Frequent(2, 1000), 16, []int{2, 3}, 1)
	trainer.Dropout = 0.1
	for range 4000 {
		features, class := toy(random)
		trainer.Activate(features)
		scores := trainer.Scores(0)
		Softmax(scores, nil)
		scores[class]--
		trainer.Push(0, scores)
		trainer.Step()
	}
	return trainer
}

func TestLearnsWhatNoLinearModelCan(t *testing.T) {
	n := trainToy(t).Network()
	random := rand.New(rand.NewPCG(3, 4))
	var a Activation
	for range 1000 {
		features, class := toy(random)
		n.Activate(features, &a)
		scores := n.Scores(0, &a)
		require.Greater(t, scores[class], scores[1-class])
	}
}

func TestTrainingIsDeterministic(t *testing.T) {
	first, err := trainToy(t).Network().MarshalBinary()
	require.NoError(t, err)
	second, err := trainToy(t).Network().MarshalBinary()
	require.NoError(t, err)
	require.True(t, bytes.Equal(first, second))
}

func TestFileRoundTrip(t *testing.T) {
	n := trainToy(t).Network()
	data, err := n.MarshalBinary()
	require.NoError(t, err)
	var again Network
	require.NoError(t, again.UnmarshalBinary(data))
	require.Equal(t, n, &again)
	require.Equal(t, []int{16, 54, 2, 3, 0}, []int{n.Units(), n.Features(), n.Classes(0), n.Classes(1), n.Classes(2)})
}

func TestDamagedFile(t *testing.T) {
	data, err := trainToy(t).Network().MarshalBinary()
	require.NoError(t, err)
	var n Network
	require.ErrorIs(t, n.UnmarshalBinary([]byte("PK\x03\x04 something else altogether, and long enough")), ErrFormat)
	require.ErrorIs(t, n.UnmarshalBinary(nil), ErrFormat)
	require.ErrorContains(t, n.UnmarshalBinary(data[:len(data)-1]), "checksum")
	data[len(data)/2] ^= 1
	require.ErrorContains(t, n.UnmarshalBinary(data), "checksum")
}

// FuzzUnmarshal repairs the checksum, so that the checks behind it are reached.
func FuzzUnmarshal(f *testing.F) {
	small := NewTrainer([]uint32{1, 2, 3}, 8, []int{2}, 1)
	data, err := small.Network().MarshalBinary()
	require.NoError(f, err)
	f.Add(data[12:])
	f.Fuzz(func(t *testing.T, body []byte) {
		var n Network
		if n.UnmarshalBinary(withChecksum(body)) != nil {
			return
		}
		var a Activation
		n.Activate([]uint32{0, 1, 2, 3, 1 << 31}, &a)
		for head := 0; n.Classes(head) > 0; head++ {
			require.Len(t, n.Scores(head, &a), n.Classes(head))
		}
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

func TestSumsReplaceFeatures(t *testing.T) {
	n := trainToy(t).Network()
	random := rand.New(rand.NewPCG(3, 4))
	var a Activation
	first, second := make([]uint64, n.SumSize()), make([]uint64, n.SumSize())
	for range 100 {
		features, _ := toy(random)
		n.Activate(features, &a)
		want := append([]int32(nil), n.Scores(1, &a)...)
		n.Sum(features[:1], first, &a)
		n.Sum(features[1:2], second, &a)
		n.Activate(features[2:], &a, first, second)
		require.Equal(t, want, n.Scores(1, &a))
	}
}

// The lanes of the sums must not run into each other, whatever the weights are.
func TestLanesDoNotOverflow(t *testing.T) {
	for _, b := range []byte{0, 2*offset - 1} {
		even, odd := sumWords([]uint64{uint64(b) * 0x0101010101010101}, make([]uint32, MaxFeatures))
		want := uint64(b) * MaxFeatures * 0x0001000100010001
		require.Equal(t, []uint64{want, want}, []uint64{even, odd})
	}
}

func BenchmarkActivate(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	features := make([]uint32, 100_000)
	for i := range features {
		features[i] = random.Uint32()
	}
	n := NewTrainer(features, 64, []int{50}, 1).Network()
	var a Activation
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		at := i * 100 % (len(features) - 100)
		n.Activate(features[at:at+100], &a)
		n.Scores(0, &a)
	}
}

// Training must give the same bytes with wide registers and without; this test is worth running both ways.
func TestVectorOperations(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	a, b, y := make([]float32, 64), make([]float32, 64), make([]float32, 64)
	for i := range a {
		a[i], b[i] = random.Float32()-0.5, random.Float32()-0.5
	}
	require.Equal(t, float32(-0.58429396), dot(a, b))
	add(y, a)
	axpy(y, 0.3, b)
	for i := range y {
		require.Equal(t, a[i]+float32(0.3*b[i]), y[i])
	}
}
