package learn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func randomMatrix(random *rand.Rand, in, out, limit int) (m *matrix, x []int16) {
	m = &matrix{in: in, out: out, weights: make([]int16, in*out), bias: make([]int32, out)}
	for i := range m.weights {
		m.weights[i] = int16(random.IntN(2*limit) - limit)
	}
	for i := range m.bias {
		m.bias[i] = random.Int32N(1 << 20)
	}
	x = make([]int16, in)
	for i := range x {
		x[i] = int16(random.IntN(2*one) - one)
	}
	return m, x
}

// What runs on this processor gives the same numbers as the definition, and so do the loops in Go.
func TestMultiply(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, in := range []int{2, 64, 96} {
		for _, out := range []int{32, 64, 96, 128, 160, 288, 320} {
			m, x := randomMatrix(random, in, out, 2048)
			want, got := make([]int32, out), make([]int32, out)
			for o := range want {
				want[o] = m.bias[o]
				for i := range x {
					want[o] += int32(x[i]) * int32(m.weights[m.place(i, o)])
				}
			}
			m.times(got, x)
			require.Equal(t, want, got, "%d × %d", in, out)
			multiplyGo(got, m.bias, x, m.weights)
			require.Equal(t, want, got, "%d × %d in Go", in, out)
		}
	}
}

func TestGate(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	const n = 48
	sums := make([]int32, 3*n)
	h, c, h2, c2 := make([]int16, n), make([]int16, n), make([]int16, n), make([]int16, n)
	edge := []int32{0, 1, -1, one, 2 * one, -2 * one, 4*one - 1, 4 * one, -4 * one, 7 * one, math.MaxInt16, math.MinInt16}
	for range 200 {
		for i := range sums {
			sums[i] = random.Int32N(10*one)<<6 - 5*one<<6
			if random.IntN(4) == 0 {
				sums[i] = edge[random.IntN(len(edge))] << 6
			}
		}
		gate(h, c, sums, 6)
		gateGo(h2, c2, sums, 6)
		require.Equal(t, c2, c)
		require.Equal(t, h2, h)
		for k := range h {
			require.LessOrEqual(t, max(c[k], -c[k], h[k], -h[k]), int16(one))
		}
	}
	require.InDelta(t, one/2, float64(sigmoid(0)), 1)
	require.InDelta(t, 0.7310*one, float64(sigmoid(one)), 0.02*one)
	require.InDelta(t, -0.7616*one, float64(tanh(-one)), 0.02*one)
}

func TestNarrow(t *testing.T) {
	sums := make([]int32, 32)
	for i := range sums {
		sums[i] = int32(i-16) * 3 << 14
	}
	got, want := make([]int16, 32), make([]int16, 32)
	for _, low := range []int16{0, -most} {
		narrow(got, sums, 5, low)
		narrowGo(want, sums, 5, low)
		require.Equal(t, want, got)
		require.Equal(t, low, got[0])
		require.EqualValues(t, most, got[31])
	}
}

func BenchmarkMultiply(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, shape := range [][2]int{{80, 256}, {160, 480}} {
		m, x := randomMatrix(random, shape[0], shape[1], 2048)
		y := make([]int32, m.out)
		for _, run := range []struct {
			name string
			f    func(y, z []int32, x, weights []int16)
		}{{"wide", multiply}, {"go", multiplyGo}} {
			b.Run(fmt.Sprintf("%s/%dx%d", run.name, shape[0], shape[1]), func(b *testing.B) {
				for b.Loop() {
					run.f(y, m.bias, x, m.weights)
				}
				b.ReportMetric(float64(b.N)*float64(m.in*m.out)/b.Elapsed().Seconds()/1e9, "Gproducts/s")
			})
		}
	}
}

func BenchmarkGate(b *testing.B) {
	const n = 80
	h, c, sums := make([]int16, n), make([]int16, n), make([]int32, 3*n)
	for b.Loop() {
		gate(h, c, sums, 6)
	}
}
