package extract

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/learn"
)

// Heads make a tree with one root, whatever the scores are, and are the best ones where those make a tree.
func TestArborescence(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var w treeWork
	for n := range 40 {
		apart, scores, roots := make([]bool, n), make([][]int32, n), make([]int32, n)
		words := 0
		for i := range n {
			if apart[i] = random.IntN(4) == 0; !apart[i] {
				words++
			}
		}
		for i := range n {
			roots[i] = random.Int32N(2000) - 1000
			for h := range n {
				score := random.Int32N(2000) - 1000
				if apart[h] || h == i {
					score = learn.Never
				}
				scores[i] = append(scores[i], score)
			}
		}
		heads := w.choose(apart, func(i int) ([]int32, int32) { return scores[i], roots[i] })
		require.Len(t, heads, n)
		atRoot := 0
		for i := range n {
			if apart[i] {
				continue
			}
			if heads[i] < 0 {
				atRoot++
			}
			steps := 0
			for k := heads[i]; k >= 0; k = heads[k] {
				require.False(t, apart[k])
				require.Less(t, steps, n)
				steps++
			}
		}
		require.Equal(t, min(words, 1), atRoot)

		// Scores that favour the chosen tree give it again.
		for i := range n {
			if !apart[i] && heads[i] >= 0 {
				scores[i][heads[i]] = 5000
			} else {
				roots[i] = 5000
			}
		}
		want := slices.Clone(heads)
		heads = w.choose(apart, func(i int) ([]int32, int32) { return scores[i], roots[i] })
		for i := range n {
			if !apart[i] {
				require.Equal(t, want[i], heads[i])
			}
		}
	}
}
