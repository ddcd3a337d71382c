package learn

import "math"

// Network returns what has been learned so far in whole numbers. The sample, some of the sentences learned from, shows how
// large the numbers between layers get.
func (t *Trainer) Network(sample []Example) *Network {
	limits := t.limits(sample)
	n := &Network{index: t.index, width: t.shape.Width, classes: t.shape.Classes, labels: t.shape.Labels}
	units := n.roundRows(t)
	most := float64(MaxFeatures << 7)
	for l := range t.layers {
		n.layers = append(n.layers, t.layers[l].round(units, most))
		units, most = same(directions*t.shape.Units[l], 1.0/one), one
	}
	for d := range t.decide {
		n.decide = append(n.decide, roundAlone(t.decide[d].linear(units, most, 1.0/one)))
	}
	n.dependent = roundAlone(t.dependent.linear(units, most, limits.dependent/most))
	n.head = roundAlone(t.head.linear(units, most, limits.head/most))
	n.attach = roundAlone(t.attach.linear(same(t.shape.HeadUnits, limits.dependent/most), most, limits.wish/most))
	root := linear{in: t.shape.HeadUnits, out: 1, weight: func(i, _ int) float64 {
		return math.Max(-1, math.Min(1, float64(t.root.weights[i])/limits.head))
	}}
	n.root = root.round(12)

	asDependent := t.asDependent.linear(units, most, limits.hidden/most)
	asHead := t.asHead.linear(units, most, limits.hidden/most)
	var b budget
	b.add(&asDependent, 0)
	b.add(&asHead, 0)
	n.asDependent, n.asHead = asDependent.round(b.shift()), asHead.round(b.shift())
	n.label = roundAlone(t.label.linear(same(t.shape.Hidden, limits.hidden/most), most, 1.0/one))
	return n
}

// limits are the largest numbers between layers.
type limits struct{ dependent, head, wish, hidden float64 }

// limits reads sentences and looks.
func (t *Trainer) limits(sample []Example) limits {
	whole := *t
	whole.DropWords, whole.DropFeatures, whole.DropInputs, whole.DropOutputs, whole.DropSteps = 0, 0, 0, 0, 0
	s := &share{Trainer: &whole, random: t.shares[0].random}
	l := limits{1e-3, 1e-3, 1e-3, 1e-3}
	hidden := make([]float32, t.shape.Hidden)
	look := func(limit *float64, values []float32) {
		for _, x := range values {
			*limit = math.Max(*limit, math.Abs(float64(x)))
		}
	}
	for i := range sample {
		x := &sample[i]
		if s.n = len(x.Features); s.n == 0 {
			continue
		}
		s.sumRows(x)
		s.forward()
		s.represent()
		look(&l.dependent, s.dependents.values)
		look(&l.head, s.heads.values)
		look(&l.wish, s.wishes.values)
		for i, h := range x.Heads {
			if h >= 0 {
				clear(hidden)
				s.join(hidden, i, int(h))
				look(&l.hidden, hidden)
			}
		}
	}
	return l
}

// roundRows makes bytes of all rows, those of given vectors too, and returns what 1 stands for in each place.
func (n *Network) roundRows(t *Trainer) (units []float64) {
	width, given := n.width, &t.shape.Given
	rows := append([]float32(nil), t.rows...)
	for v := range given.Features {
		row := make([]float32, width)
		t.given.times(row, given.Values[v*given.Size:])
		rows = append(rows, row...)
	}
	units = same(width, 1e-6)
	for i, x := range rows {
		units[i%width] = math.Max(units[i%width], math.Abs(float64(x))/127)
	}
	n.rows = make([]byte, len(rows))
	for i, x := range rows {
		n.rows[i] = byte(int8(math.RoundToEven(float64(x) / units[i%width])))
	}
	return units
}

func same(n int, x float64) []float64 {
	s := make([]float64, n)
	for i := range s {
		s[i] = x
	}
	return s
}

// round rounds a layer. The gates of both directions get what the layer before brings in from one matrix, whose outputs go on for
// so long that each direction finds as many sums as the matrix of its steps has.
func (t *trainerLayer) round(units []float64, most float64) layer {
	gates := t[forth].in.out
	padded := gates + roundUp(gates, lanes)
	in := linear{in: len(units), out: padded, most: most}
	in.weight = func(i, o int) float64 {
		if o >= directions*gates {
			return 0
		}
		return float64(t[o/gates].in.weights[i*gates+o%gates]) * units[i] * one
	}
	in.bias = func(o int) float64 {
		if o >= directions*gates {
			return 0
		}
		return float64(t[o/gates].bias.weights[o%gates]) * one
	}
	var b budget
	b.add(&in, 0)
	var steps [directions]linear
	for d := range steps {
		steps[d] = t[d].step.linear(same(gates/3, 1), one, 1)
		b.add(&steps[d], d*gates)
	}
	out := layer{units: gates / 3, in: in.round(b.shift())}
	for d := range steps {
		out.step[d] = steps[d].round(b.shift())
	}
	return out
}

// A linear is a layer before rounding: its weights are those between whole numbers, none of which is larger than most.
type linear struct {
	in, out int
	weight  func(i, o int) float64
	bias    func(o int) float64
	most    float64
}

// linear returns the layer between inputs and outputs of these units.
func (t *tensor) linear(units []float64, most, unit float64) linear {
	return linear{in: t.in, out: t.out, most: most, weight: func(i, o int) float64 {
		return float64(t.weights[i*t.out+o]) * units[i] / unit
	}}
}

func (d dense) linear(units []float64, most, unit float64) linear {
	l := d.weights.linear(units, most, unit)
	l.bias = func(o int) float64 { return float64(d.bias.weights[o]) / unit }
	return l
}

// round rounds a layer whose weights are made larger by the shift.
func (l *linear) round(shift uint32) matrix {
	m := matrix{in: roundUp(l.in, 2), out: roundUp(l.out, lanes), shift: shift}
	m.weights, m.bias = make([]int16, m.in*m.out), make([]int32, m.out)
	scale := float64(uint32(1) << shift)
	for o := range l.out {
		for i := range l.in {
			m.weights[m.place(i, o)] = int16(math.RoundToEven(l.weight(i, o) * scale))
		}
		if l.bias != nil {
			m.bias[o] = int32(math.RoundToEven(l.bias(o) * scale))
		}
	}
	return m
}

// roundAlone rounds a layer whose sums are its own.
func roundAlone(l linear) matrix {
	var b budget
	b.add(&l, 0)
	return l.round(b.shift())
}

// A budget finds out by how much weights can be made larger before sums leave 32 bits, whatever the inputs are.
type budget struct {
	highest float64   // weight
	sums    []float64 // the largest of each output, before weights are made larger
	spare   []float64 // what rounding may add to them then
}

func (b *budget) add(l *linear, at int) {
	for len(b.sums) < at+l.out {
		b.sums, b.spare = append(b.sums, 0), append(b.spare, 1)
	}
	for o := range l.out {
		for i := range l.in {
			w := math.Abs(l.weight(i, o))
			b.highest = math.Max(b.highest, w)
			b.sums[at+o] += w * l.most
			b.spare[at+o] += l.most / 2
		}
		if l.bias != nil {
			b.sums[at+o] += math.Abs(l.bias(o))
		}
	}
}

func (b *budget) shift() (shift uint32) {
	fits := func(shift uint32) bool {
		scale := float64(uint32(1) << shift)
		for o, sum := range b.sums {
			if sum*scale+b.spare[o] >= 1<<31 {
				return false
			}
		}
		return b.highest*scale < 1<<15-1
	}
	for shift < 15 && fits(shift+1) {
		shift++
	}
	return shift
}
