//go:build goexperiment.simd && amd64

package perceptron

import "simd/archsimd"

// See vector.go for what these do. They are chosen by GOEXPERIMENT=simd, which needs a processor with AVX. Each clears
// the upper halves of the registers, because code without AVX runs many times slower while they are in use.

func add(to, from []float32) {
	for ; len(from) >= 8 && len(to) >= 8; to, from = to[8:], from[8:] {
		archsimd.LoadFloat32x8Slice(to).Add(archsimd.LoadFloat32x8Slice(from)).StoreSlice(to)
	}
	archsimd.ClearAVXUpperBits()
}

func axpy(y []float32, a float32, x []float32) {
	factor := archsimd.BroadcastFloat32x8(a)
	for ; len(x) >= 8 && len(y) >= 8; y, x = y[8:], x[8:] {
		archsimd.LoadFloat32x8Slice(y).Add(factor.Mul(archsimd.LoadFloat32x8Slice(x))).StoreSlice(y)
	}
	archsimd.ClearAVXUpperBits()
}

func dot(a, b []float32) float32 {
	sum := archsimd.BroadcastFloat32x8(0)
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		sum = sum.Add(archsimd.LoadFloat32x8Slice(a).Mul(archsimd.LoadFloat32x8Slice(b)))
	}
	var s [8]float32
	sum.Store(&s)
	archsimd.ClearAVXUpperBits()
	return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
}
