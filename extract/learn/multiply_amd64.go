package learn

import "golang.org/x/sys/cpu"

// On amd64 the inner loops are written for the wide registers of processors since 2013 (AVX2), and for the instruction
// of newer ones that multiplies and adds at once (AVX-512 VNNI). All give the same numbers as the loops in Go.

func multiply(y, z []int32, x, weights []int16) {
	switch {
	case len(y) == 0:
	case len(x) == 0:
		copy(y, z)
	case cpu.X86.HasAVX512VNNI && cpu.X86.HasAVX512F:
		multiplyVNNI(&y[0], &z[0], &x[0], &weights[0], len(x)/2, len(y)/lanes)
	case cpu.X86.HasAVX2:
		multiplyAVX2(&y[0], &z[0], &x[0], &weights[0], len(x)/2, len(y)/lanes)
	default:
		multiplyGo(y, z, x, weights)
	}
}

// gate takes a number of units that is a multiple of 16.
func gate(h, c []int16, sums []int32, shift uint32) {
	if n := len(h); cpu.X86.HasAVX2 && n > 0 {
		gateAVX2(&h[0], &c[:n][0], &sums[:3*n][0], n, uint64(shift))
	} else {
		gateGo(h, c, sums, shift)
	}
}

// narrow takes a multiple of 16 numbers.
func narrow(y []int16, sums []int32, shift uint32, low int16) {
	if n := len(y); cpu.X86.HasAVX2 && n > 0 {
		narrowAVX2(&y[0], &sums[:n][0], n, uint64(shift), uint64(uint16(low)))
	} else {
		narrowGo(y, sums, shift, low)
	}
}

//go:noescape
func multiplyAVX2(y, z *int32, x, weights *int16, pairs, blocks int)

//go:noescape
func multiplyVNNI(y, z *int32, x, weights *int16, pairs, blocks int)

//go:noescape
func gateAVX2(h, c *int16, sums *int32, units int, shift uint64)

//go:noescape
func narrowAVX2(y *int16, sums *int32, count int, shift, low uint64)
