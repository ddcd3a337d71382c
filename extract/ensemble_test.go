package extract

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// allTrees calls f with every tree over n words without crossing arcs; word 0 is the root, with one dependent.
func allTrees(n int, f func(heads []int32)) {
	heads := make([]int32, n)
	var choose func(i int)
	choose = func(i int) {
		if i == n {
			if oneTree(heads) {
				f(heads)
			}
			return
		}
		for h := range int32(n) {
			if heads[i] = h; h != int32(i) {
				choose(i + 1)
			}
		}
	}
	choose(1)
}

func oneTree(heads []int32) bool {
	tokens := make([]Token, len(heads))
	roots := 0
	for i := range heads {
		tokens[i].Head = heads[i]
		if i > 0 && heads[i] == 0 {
			roots++
		}
	}
	tokens[0].Head = -1
	for i := range heads {
		steps := 0
		for k := int32(i); k != 0; k = heads[k] {
			if steps++; steps > len(heads) {
				return false
			}
		}
	}
	return roots == 1 && !crossing(tokens, Range{0, int32(len(heads))})
}

func TestEisnerFindsTheBestTree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var e eisner
	for range 20 {
		e.reset(5)
		for i := range e.score {
			e.score[i] = random.Int32N(6)
		}
		best := int32(-1)
		allTrees(5, func(heads []int32) {
			sum := int32(0)
			for i := 1; i < 5; i++ {
				sum += e.score[heads[i]*5+int32(i)]
			}
			best = max(best, sum)
		})
		heads, total := e.best()
		require.Equal(t, best, total)
		heads[0] = 0
		require.True(t, oneTree(heads), "%v", heads)
	}
}
