//go:build !(goexperiment.simd && amd64)

package perceptron

// The vector operations of training. Lengths are multiples of 8. vector_simd.go does the same with wide registers and
// the same results to the last bit: sums go in the same order, and the conversions keep products from being fused.

// add adds from to to.
func add(to, from []float32) {
	to = to[:len(from)]
	for k, x := range from {
		to[k] += x
	}
}

// axpy adds a*x to y.
func axpy(y []float32, a float32, x []float32) {
	y = y[:len(x)]
	for k, v := range x {
		y[k] += float32(a * v)
	}
}

// dot is the inner product.
func dot(a, b []float32) float32 {
	var s [8]float32
	for ; len(a) >= 8 && len(b) >= 8; a, b = a[8:], b[8:] {
		s[0] += float32(a[0] * b[0])
		s[1] += float32(a[1] * b[1])
		s[2] += float32(a[2] * b[2])
		s[3] += float32(a[3] * b[3])
		s[4] += float32(a[4] * b[4])
		s[5] += float32(a[5] * b[5])
		s[6] += float32(a[6] * b[6])
		s[7] += float32(a[7] * b[7])
	}
	return ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
}
