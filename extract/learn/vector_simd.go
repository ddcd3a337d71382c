//go:build goexperiment.simd && amd64

package learn

import "simd/archsimd"

// See vector.go for what these do. They are chosen by GOEXPERIMENT=simd, which needs a processor with AVX2 and FMA. Each clears
// the upper halves of the registers, because code without AVX runs many times slower while they are in use.

type wide = archsimd.Float32x8

const wideLen = 8

func load(x []float32) wide { return archsimd.LoadFloat32x8((*[wideLen]float32)(x)) }

func axpy(y []float32, a float32, x []float32) {
	n := len(y)
	x = x[:n]
	f := archsimd.BroadcastFloat32x8(a)
	for i := 0; i+wideLen <= n; i += wideLen {
		f.MulAdd(load(x[i:]), load(y[i:])).Store((*[wideLen]float32)(y[i:]))
	}
	archsimd.ClearAVXUpperBits()
}

func axpy4(y []float32, a *[4]float32, x0, x1, x2, x3 []float32) {
	n := len(y)
	x0, x1, x2, x3 = x0[:n], x1[:n], x2[:n], x3[:n]
	f0, f1 := archsimd.BroadcastFloat32x8(a[0]), archsimd.BroadcastFloat32x8(a[1])
	f2, f3 := archsimd.BroadcastFloat32x8(a[2]), archsimd.BroadcastFloat32x8(a[3])
	for i := 0; i+wideLen <= n; i += wideLen {
		s := f0.MulAdd(load(x0[i:]), load(y[i:]))
		s = f1.MulAdd(load(x1[i:]), s)
		s = f2.MulAdd(load(x2[i:]), s)
		f3.MulAdd(load(x3[i:]), s).Store((*[wideLen]float32)(y[i:]))
	}
	archsimd.ClearAVXUpperBits()
}

func dot(x, y []float32) float32 {
	n := len(x)
	y = y[:n]
	var s0, s1 wide
	for i := 0; i+2*wideLen <= n; i += 2 * wideLen {
		s0 = load(x[i:]).MulAdd(load(y[i:]), s0)
		s1 = load(x[i+wideLen:]).MulAdd(load(y[i+wideLen:]), s1)
	}
	var a [wideLen]float32
	s0.Add(s1).Store(&a)
	archsimd.ClearAVXUpperBits()
	return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]))
}

// gemv keeps the sums of up to 64 outputs in registers while the inputs go by.
func gemv(y, x, w []float32) {
	n := len(y)
	i := 0
	for ; i+64 <= n; i += 64 {
		v := (*[64]float32)(y[i:])
		s0, s1, s2, s3 := load(v[0:]), load(v[8:]), load(v[16:]), load(v[24:])
		s4, s5, s6, s7 := load(v[32:]), load(v[40:]), load(v[48:]), load(v[56:])
		for k, a := range x {
			r := (*[64]float32)(w[k*n+i:])
			f := archsimd.BroadcastFloat32x8(a)
			s0 = f.MulAdd(load(r[0:]), s0)
			s1 = f.MulAdd(load(r[8:]), s1)
			s2 = f.MulAdd(load(r[16:]), s2)
			s3 = f.MulAdd(load(r[24:]), s3)
			s4 = f.MulAdd(load(r[32:]), s4)
			s5 = f.MulAdd(load(r[40:]), s5)
			s6 = f.MulAdd(load(r[48:]), s6)
			s7 = f.MulAdd(load(r[56:]), s7)
		}
		for k, s := range [...]wide{s0, s1, s2, s3, s4, s5, s6, s7} {
			s.Store((*[wideLen]float32)(v[wideLen*k:]))
		}
	}
	for ; i+16 <= n; i += 16 {
		v := (*[16]float32)(y[i:])
		s0, s1 := load(v[0:]), load(v[8:])
		for k, a := range x {
			r := (*[16]float32)(w[k*n+i:])
			f := archsimd.BroadcastFloat32x8(a)
			s0 = f.MulAdd(load(r[0:]), s0)
			s1 = f.MulAdd(load(r[8:]), s1)
		}
		s0.Store((*[wideLen]float32)(v[0:]))
		s1.Store((*[wideLen]float32)(v[8:]))
	}
	archsimd.ClearAVXUpperBits()
}
