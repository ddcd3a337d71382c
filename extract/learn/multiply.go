package learn

// lanes is how many outputs of a matrix are computed at a time.
const lanes = 32

// A matrix is a linear layer in whole numbers. Outputs come in blocks of lanes; a block holds, for each pair of inputs, the
// two weights of each of its outputs side by side, which is what processors that multiply 16-bit numbers in pairs want.
// The weights are small enough that no sum leaves 32 bits whatever the inputs are.
type matrix struct {
	in, out int // a multiple of 2, a multiple of lanes
	weights []int16
	bias    []int32
	shift   uint32 // what sums are shifted right by to be in the units of what comes next
}

// place returns where the weight from an input to an output lies.
func (m *matrix) place(in, out int) int {
	return ((out/lanes*(m.in/2)+in/2)*lanes+out%lanes)*2 + in%2
}

// times computes y = x times the matrix, plus the bias; y has room for all outputs.
func (m *matrix) times(y []int32, x []int16) { m.plus(y, m.bias, x) }

// plus computes y = x times the matrix, plus z.
func (m *matrix) plus(y, z []int32, x []int16) { multiply(y[:m.out], z[:m.out], x[:m.in], m.weights) }

// multiplyGo is what multiply does, without wide registers: the sums of eight outputs stay in registers while the pairs of
// inputs go by.
func multiplyGo(y, z []int32, x, weights []int16) {
	for o := 0; o < len(y); o += 8 {
		y, z := (*[8]int32)(y[o:]), (*[8]int32)(z[o:])
		at := o/lanes*lanes*len(x) + o%lanes*2
		s0, s1, s2, s3, s4, s5, s6, s7 := z[0], z[1], z[2], z[3], z[4], z[5], z[6], z[7]
		for i := 0; i < len(x)-1; i += 2 {
			a, b := int32(x[i]), int32(x[i+1])
			p := (*[16]int16)(weights[at+lanes*i:])
			s0 += a*int32(p[0]) + b*int32(p[1])
			s1 += a*int32(p[2]) + b*int32(p[3])
			s2 += a*int32(p[4]) + b*int32(p[5])
			s3 += a*int32(p[6]) + b*int32(p[7])
			s4 += a*int32(p[8]) + b*int32(p[9])
			s5 += a*int32(p[10]) + b*int32(p[11])
			s6 += a*int32(p[12]) + b*int32(p[13])
			s7 += a*int32(p[14]) + b*int32(p[15])
		}
		*y = [8]int32{s0, s1, s2, s3, s4, s5, s6, s7}
	}
}

// Numbers between -1 and 1 are kept as multiples of 1/one.
const one = 1 << 12

// most is the largest number that a layer hands on.
const most = one - 1

// gateGo computes a step of the units of a layer from the sums of their gates, which are multiples of 1/one after the
// shift: c is the state, h the output.
func gateGo(h, c []int16, sums []int32, shift uint32) {
	n := len(h)
	c, in, out, news := c[:n], sums[:n], sums[n:][:n], sums[2*n:][:n]
	for k := range h {
		i, o := sigmoid(in[k]>>shift), sigmoid(out[k]>>shift)
		c[k] += scaled(i<<3, tanh(news[k]>>shift)-c[k])
		h[k] = scaled(o<<3, c[k])
	}
}

// sigmoid and tanh are made of two parabolas, whose ends lie at 4 and at 2: near enough to the functions they are named
// after, and a network that has learned with them does not ask for better.
func sigmoid(z int32) int16 {
	u := 4*one - min(max(z, -z), 4*one)
	r := min(one/2-u*u>>17, one/2-1)
	if z < 0 {
		r = -r
	}
	return int16(one/2 + r)
}

func tanh(z int32) int16 {
	u := 2*one - min(max(z, -z), 2*one)
	r := one - u*u>>14
	if z < 0 {
		r = -r
	}
	return int16(r)
}

// scaled is a times b, where a is a multiple of 1/32768, rounded.
func scaled(a, b int16) int16 { return int16((int32(a)*int32(b) + 1<<14) >> 15) }

// narrowGo shifts sums and keeps what lies between low and most.
func narrowGo(y []int16, sums []int32, shift uint32, low int16) {
	for k := range y {
		y[k] = int16(min(max(sums[k]>>shift, int32(low)), most))
	}
}
