//go:build !(goexperiment.simd && amd64)

package learn

// The vector operations of training. Lengths are multiples of 16. vector_simd.go does the same with wide registers, many
// times faster; results differ in the last bits, as it rounds once where these round twice.

// axpy adds a*x to y.
func axpy(y []float32, a float32, x []float32) {
	x = x[:len(y)]
	for k := range y {
		y[k] += a * x[k]
	}
}

// axpy4 adds four vectors times a factor each to y.
func axpy4(y []float32, a *[4]float32, x0, x1, x2, x3 []float32) {
	n := len(y)
	x0, x1, x2, x3 = x0[:n], x1[:n], x2[:n], x3[:n]
	for k := range y {
		y[k] += (a[0]*x0[k] + a[1]*x1[k]) + (a[2]*x2[k] + a[3]*x3[k])
	}
}

// dot is the inner product.
func dot(x, y []float32) (s float32) {
	y = y[:len(x)]
	for k := range x {
		s += x[k] * y[k]
	}
	return s
}

// gemv adds x times the matrix w, which has a row of len(y) for each of x, to y.
func gemv(y, x, w []float32) {
	for k, a := range x {
		if a != 0 {
			axpy(y, a, w[k*len(y):][:len(y)])
		}
	}
}
