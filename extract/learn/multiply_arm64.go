package learn

// On arm64 the inner loops are written for the wide registers that every such processor has. They give the same numbers
// as the loops in Go.

func multiply(y, z []int32, x, weights []int16) {
	switch {
	case len(y) == 0:
	case len(x) == 0:
		copy(y, z)
	default:
		multiplyNEON(&y[0], &z[0], &x[0], &weights[0], len(x)/2, len(y)/lanes)
	}
}

// gate takes a number of units that is a multiple of 8.
func gate(h, c []int16, sums []int32, shift uint32) {
	if n := len(h); n > 0 {
		gateNEON(&h[0], &c[:n][0], &sums[:3*n][0], n, uint64(shift))
	}
}

// narrow takes a multiple of 8 numbers.
func narrow(y []int16, sums []int32, shift uint32, low int16) {
	if n := len(y); n > 0 {
		narrowNEON(&y[0], &sums[:n][0], n, uint64(shift), uint64(uint16(low)))
	}
}

//go:noescape
func multiplyNEON(y, z *int32, x, weights *int16, pairs, blocks int)

//go:noescape
func gateNEON(h, c *int16, sums *int32, units int, shift uint64)

//go:noescape
func narrowNEON(y *int16, sums *int32, count int, shift, low uint64)
