package learn

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Sequences over three symbols, where label 1 opens a bracket that label 2 must close, and a symbol alone does not say
// whether it is inside.
func brackets(n int) []Sequence {
	random := rand.New(rand.NewPCG(1, 2))
	var out []Sequence
	for range n {
		e := Sequence{Weight: 1}
		for i, open := 0, false; i < 12 || open; i++ {
			symbol := random.Uint32N(3)
			label := uint8(0)
			switch {
			case symbol == 1 && !open:
				label, open = 1, true
			case symbol == 1:
				label, open = 2, false
			case open:
				label = 3
			}
			e.Features = append(e.Features, []uint32{symbol<<24 + 7, 0xffffffff, 99})
			e.Labels = append(e.Labels, 1<<label)
		}
		out = append(out, e)
	}
	return out
}

func bracketsAllowed(x, y int) bool {
	open := x == 1 || x == 3
	return open == (y == 2 || y == 3)
}

func TestChain(t *testing.T) {
	o := ChainOptions{Labels: 4, Allowed: bracketsAllowed, Least: 1, Epochs: 5, Rate: 0.1, Decay: 0.001, Dropout: 0.1}
	file := TrainChain(brackets(300), o)
	require.True(t, bytes.Equal(file, TrainChain(brackets(300), o)), "two trainings differ")

	c, rest, err := ReadChain(append(bytes.Clone(file), "rest"...))
	require.NoError(t, err)
	require.Equal(t, "rest", string(rest))
	require.Equal(t, 4, c.Labels())
	var path Path
	wrong := 0
	for _, e := range brackets(100) {
		scores := make([]int32, 4*len(e.Labels))
		labels := make([]uint8, len(e.Labels))
		for i, f := range e.Features {
			c.Score(scores[4*i:4*i+4], f)
		}
		c.Best(&path, scores, labels)
		require.True(t, bracketsAllowed(-1, int(labels[0])))
		for i := 1; i < len(labels); i++ {
			require.True(t, bracketsAllowed(int(labels[i-1]), int(labels[i])))
		}
		require.True(t, bracketsAllowed(int(labels[len(labels)-1]), -1))
		for i, label := range labels {
			if e.Labels[i] != 1<<label {
				wrong++
			}
		}
	}
	require.Zero(t, wrong)
	c.Best(&path, nil, nil)

	for n := range len(file) {
		_, _, err := ReadChain(file[:n])
		require.Error(t, err, "cut after %d bytes", n)
	}
}

func TestChainFindsEveryFeature(t *testing.T) {
	var features []uint32
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		features = append(features, random.Uint32())
	}
	features = append(features, 0, 1, 0xffffffff, 0xfffffffe, 0xfffffffd)
	var examples []Sequence
	for _, f := range features {
		examples = append(examples, Sequence{[][]uint32{{f}}, []uint64{1 << (f % 2)}, 1})
	}
	c, _, err := ReadChain(TrainChain(examples, ChainOptions{
		Labels: 2, Allowed: func(x, y int) bool { return true }, Least: 1, Epochs: 3, Rate: 0.1,
	}))
	require.NoError(t, err)
	for _, f := range features {
		scores := make([]int32, 2)
		c.Score(scores, []uint32{f})
		require.Greater(t, scores[f%2], scores[1-f%2], "feature %d", f)
	}
}
