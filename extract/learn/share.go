package learn

import (
	"math"
	"math/rand/v2"
)

// A share learns from its sentences of a batch: it computes what the network says, as a Reading does but in fractions, with
// some of the units left out at random (dropout), and then, from the end to the beginning, how every weight would
// have to change.
type share struct {
	*Trainer
	number int
	random *rand.Rand
	loss   Loss

	touched      []int32 // features that have a gradient
	slots        []int32 // of each feature: its place among these, from 1 on
	rowGradients []float32

	n      int
	known  [][]int32 // of each word: its features but those left out, from 0 on
	given  []float32 // of each word: its given vector
	input  []float32 // of each word: the sum of its rows
	layers []shareLayer
	output shareOutput // of the last layer

	heads, dependents, wishes shareOutput
	hidden                    shareOutput
	labels                    shareOutput
	scores                    []float32
	places                    []int
}

// A shareOutput is what a layer puts out, and the gradient of the loss by it.
type shareOutput struct{ values, gradient []float32 }

func (o *shareOutput) reset(n int) {
	o.values, o.gradient = zeros(o.values, n), zeros(o.gradient, n)
}

type shareLayer struct {
	input []float32 // after dropout
	keep  []float32 // 0 for what is left out of the input, or what makes up for that
	run   [directions]shareRun
}

// A shareRun is what one direction of a layer has computed: by word.
type shareRun struct {
	gates    []float32 // after their functions
	state    []float32
	before   []float32 // output of the step before, after dropout
	keep     []float32
	gradient []float32 // by the gates before their functions
}

func zeros(s []float32, n int) []float32 {
	s = resize(s, n)
	clear(s)
	return s
}

// keep draws what is kept and makes up for what is not.
func (s *share) keep(k []float32, n int, drop float32) []float32 {
	k = resize(k, n)
	for i := range k {
		k[i] = 1 / (1 - drop)
		if s.random.Float32() < drop {
			k[i] = 0
		}
	}
	return k
}

func (s *share) learn(x *Example) {
	if s.n = len(x.Features); s.n == 0 {
		return
	}
	s.loss.Words += s.n
	s.sumRows(x)
	s.forward()
	for d := range s.decide {
		s.learnClasses(d, x.Classes[d])
	}
	s.learnHeads(x)
	s.learnLabels(x)
	s.backward()
	s.spreadRows()
}

// sumRows adds up the rows of each word's features.
func (s *share) sumRows(x *Example) {
	width, given := s.shape.Width, &s.shape.Given
	s.input, s.given = zeros(s.input, s.n*width), zeros(s.given, s.n*given.Size)
	for len(s.known) < s.n {
		s.known = append(s.known, nil)
	}
	whole := 1 / (1 - s.DropFeatures)
	for i, features := range x.Features {
		input := s.input[i*width:][:width]
		s.known[i] = s.known[i][:0]
		if s.random.Float32() < s.DropWords {
			features = x.Strange[i]
		}
		for _, f := range features {
			id := int(s.index.find(f)) - 1
			if id < 0 || s.random.Float32() < s.DropFeatures {
				continue
			}
			if v := id - len(s.shape.Features); v >= 0 {
				vector := s.given[i*given.Size:][:given.Size]
				axpy(vector, whole, given.Values[v*given.Size:][:given.Size])
				s.Trainer.given.times(input, vector)
				continue
			}
			s.known[i] = append(s.known[i], int32(id))
			axpy(input, whole, s.rows[id*width:][:width])
		}
	}
}

// spreadRows hands the gradient of the input on to the rows.
func (s *share) spreadRows() {
	width := s.shape.Width
	whole := 1 / (1 - s.DropFeatures)
	for i := range s.n {
		gradient := s.input[i*width:][:width]
		for _, id := range s.known[i] {
			axpy(s.rowGradient(id), whole, gradient)
		}
	}
	s.Trainer.given.learn(s.number, s.given, s.input, s.n)
}

// rowGradient returns the gradient of a feature's row.
func (s *share) rowGradient(id int32) []float32 {
	width := s.shape.Width
	if s.slots[id] == 0 {
		s.touched = append(s.touched, id)
		s.slots[id] = int32(len(s.touched))
		for range width {
			s.rowGradients = append(s.rowGradients, 0)
		}
	}
	return s.rowGradients[int(s.slots[id]-1)*width:][:width]
}

func (s *share) forgetRows() {
	for _, id := range s.touched {
		s.slots[id] = 0
	}
	s.touched, s.rowGradients = s.touched[:0], s.rowGradients[:0]
}

// forward runs the layers.
func (s *share) forward() {
	if s.layers == nil {
		s.layers = make([]shareLayer, len(s.Trainer.layers)+1)
	}
	values, drop := s.input, s.DropInputs
	for l := range s.layers {
		layer := &s.layers[l]
		width := len(values) / s.n
		layer.keep = s.keep(layer.keep, width, drop)
		layer.input = append(layer.input[:0], values...)
		for i := range s.n {
			for k, keep := range layer.keep {
				layer.input[i*width+k] *= keep
			}
		}
		if l == len(s.Trainer.layers) {
			break
		}
		s.output.reset(s.n * directions * s.shape.Units[l])
		for d := range directions {
			s.run(l, d)
		}
		values, drop = s.output.values, s.DropOutputs
	}
	s.output.values = append(s.output.values[:0], s.layers[len(s.layers)-1].input...)
}

// order returns the word read in a step and the one before it.
func (s *share) order(direction, step int) (i, before int) {
	if direction == back {
		i = s.n - 1 - step
		return i, i + 1
	}
	return step, step - 1
}

// run runs a direction of a layer; see Reading.run and gateGo.
func (s *share) run(l, direction int) {
	units, weights, layer := s.shape.Units[l], &s.Trainer.layers[l][direction], &s.layers[l]
	r := &layer.run[direction]
	r.gates, r.state, r.before = zeros(r.gates, 3*units*s.n), zeros(r.state, units*s.n), zeros(r.before, units*s.n)
	r.keep = s.keep(r.keep, units, s.DropSteps)
	width := weights.in.in
	for step := range s.n {
		i, before := s.order(direction, step)
		gates, state := r.gates[3*units*i:][:3*units], r.state[units*i:][:units]
		copy(gates, weights.bias.weights)
		weights.in.times(gates, layer.input[width*i:])
		if step > 0 {
			copy(state, r.state[units*before:])
			last := r.before[units*i:][:units]
			for k, keep := range r.keep {
				last[k] = keep * s.output.values[units*(directions*before+direction)+k]
			}
			weights.step.times(gates, last)
		}
		output := s.output.values[units*(directions*i+direction):][:units]
		for k := range output {
			in, out, news := curve(gates[k]), curve(gates[units+k]), 2*curve(2*gates[2*units+k])-1
			gates[k], gates[units+k], gates[2*units+k] = in, out, news
			state[k] += in * (news - state[k])
			output[k] = out * state[k]
		}
	}
}

// curve is the sigmoid function of gateGo, slope its derivative where it is y.
func curve(x float32) float32 {
	u := max(0, 1-0.25*abs(x))
	if x < 0 {
		return 0.5 * u * u
	}
	return 1 - 0.5*u*u
}

func slope(y float32) float32 { return 0.25 * float32(math.Sqrt(float64(2*min(y, 1-y)))) }

// backward takes the gradient of the output back to the input.
func (s *share) backward() {
	gradient := s.output.gradient
	for l := len(s.Trainer.layers) - 1; l >= 0; l-- {
		keep := s.layers[l+1].keep
		for i := range gradient {
			gradient[i] *= keep[i%len(keep)]
		}
		below := zeros(nil, len(s.layers[l].input))
		for d := range directions {
			s.runBack(l, d, gradient, below)
		}
		gradient = below
	}
	keep := s.layers[0].keep
	for i := range gradient {
		s.input[i] = gradient[i] * keep[i%len(keep)]
	}
}

// runBack takes the gradient of the output of a direction of a layer, going against it, to the input.
func (s *share) runBack(l, direction int, gradient, below []float32) {
	units, weights, layer := s.shape.Units[l], &s.Trainer.layers[l][direction], &s.layers[l]
	r := &layer.run[direction]
	r.gradient = zeros(r.gradient, 3*units*s.n)
	width := weights.in.in
	last, state := make([]float32, units), make([]float32, units) // gradients handed on to the step before
	for step := s.n - 1; step >= 0; step-- {
		i, before := s.order(direction, step)
		gates, change := r.gates[3*units*i:][:3*units], r.gradient[3*units*i:][:3*units]
		for k := range units {
			in, out, news := gates[k], gates[units+k], gates[2*units+k]
			output := gradient[units*(directions*i+direction)+k] + r.keep[k]*last[k]
			old := float32(0)
			if step > 0 {
				old = r.state[units*before+k]
			}
			now := state[k] + output*out
			change[k] = now * (news - old) * slope(in)
			change[units+k] = output * r.state[units*i+k] * slope(out)
			change[2*units+k] = now * in * 4 * slope((news+1)/2)
			state[k] = now * (1 - in)
		}
		clear(last)
		weights.step.timesBack(last, change)
		weights.in.timesBack(below[width*i:], change)
		axpy(weights.bias.gradients[s.number], 1, change)
	}
	weights.in.learn(s.number, layer.input, r.gradient, s.n)
	weights.step.learn(s.number, r.before, r.gradient, s.n)
}

// learnClasses learns a decision about words.
func (s *share) learnClasses(decision int, gold []uint8) {
	d := &s.decide[decision]
	width, classes := d.weights.in, d.weights.out
	s.labels.reset(s.n * classes)
	for i, class := range gold {
		if class == 0 {
			continue
		}
		scores := s.labels.values[i*classes:][:classes]
		d.forward(scores, s.output.values[i*width:])
		s.loss.Classes[decision] += softmax(scores[:s.shape.Classes[decision]], int(class))
		clear(scores[s.shape.Classes[decision]:])
	}
	d.backward(s.number, s.output.values, s.labels.values, s.output.gradient, s.n)
}

// forward computes y, which is all zeros, from x.
func (d *dense) forward(y, x []float32) {
	copy(y, d.bias.weights)
	d.weights.times(y, x)
}

// backward learns from the gradient of so many outputs and adds that of the inputs.
func (d *dense) backward(share int, x, dy, dx []float32, count int) {
	in, out := d.weights.in, d.weights.out
	for i := range count {
		d.weights.timesBack(dx[i*in:], dy[i*out:])
		axpy(d.bias.gradients[share], 1, dy[i*out:])
	}
	d.weights.learn(share, x, dy, count)
}

// rectify makes what is negative 0, and rectifyBack its gradient.
func rectify(y []float32) {
	for k := range y {
		y[k] = max(y[k], 0)
	}
}

func rectifyBack(y, dy []float32) {
	for k := range y {
		if y[k] <= 0 {
			dy[k] = 0
		}
	}
}

// softmax turns scores into their gradient: probabilities, less one for what is right; and returns the loss.
func softmax(scores []float32, right int) float64 {
	highest := scores[0]
	for _, x := range scores {
		highest = max(highest, x)
	}
	sum := float32(0)
	for c, x := range scores {
		scores[c] = exp(x - highest)
		sum += scores[c]
	}
	for c := range scores {
		scores[c] /= sum
	}
	loss := -math.Log(max(float64(scores[right]), 1e-9))
	scores[right]--
	return loss
}

// represent computes what words are as heads and as dependents.
func (s *share) represent() {
	size, width := s.shape.HeadUnits, s.dependent.weights.in
	s.heads.reset((s.n + 1) * size)
	s.dependents.reset(s.n * size)
	s.wishes.reset(s.n * size)
	for i := range s.n {
		output := s.output.values[i*width:]
		head, dependent := s.heads.values[i*size:][:size], s.dependents.values[i*size:][:size]
		s.head.forward(head, output)
		s.dependent.forward(dependent, output)
		rectify(head)
		rectify(dependent)
		s.attach.forward(s.wishes.values[i*size:][:size], dependent)
	}
	copy(s.heads.values[s.n*size:], s.root.weights)
}

// learnHeads learns which head each word has.
func (s *share) learnHeads(x *Example) {
	s.represent()
	for i, h := range x.Heads {
		if h >= 0 && !x.Apart[i] && (int(h) == s.n || !x.Apart[h]) {
			s.learnHead(x, i, int(h))
		}
	}
	s.attach.backward(s.number, s.dependents.values, s.wishes.gradient, s.dependents.gradient, s.n)
	roots := s.n * s.shape.HeadUnits
	rectifyBack(s.dependents.values, s.dependents.gradient)
	rectifyBack(s.heads.values[:roots], s.heads.gradient)
	s.dependent.backward(s.number, s.output.values, s.dependents.gradient, s.output.gradient, s.n)
	s.head.backward(s.number, s.output.values, s.heads.gradient, s.output.gradient, s.n)
	axpy(s.root.gradients[s.number], 1, s.heads.gradient[roots:])
}

func (s *share) learnHead(x *Example, i, gold int) {
	size := s.shape.HeadUnits
	wish := s.wishes.values[i*size:][:size]
	s.scores, s.places = s.scores[:0], s.places[:0]
	right := 0
	for h := range s.n + 1 {
		if h == i || h < s.n && x.Apart[h] {
			continue
		}
		if h == gold {
			right = len(s.places)
		}
		s.places = append(s.places, h)
		s.scores = append(s.scores, dot(wish, s.heads.values[h*size:]))
	}
	s.loss.Heads += softmax(s.scores, right)
	for k, h := range s.places {
		axpy(s.wishes.gradient[i*size:][:size], s.scores[k], s.heads.values[h*size:])
		axpy(s.heads.gradient[h*size:][:size], s.scores[k], wish)
	}
}

// learnLabels learns the labels of the right arcs.
func (s *share) learnLabels(x *Example) {
	size, classes, width := s.shape.Hidden, s.label.weights.out, s.asHead.in
	s.hidden.reset(s.n * size)
	s.labels.reset(s.n * classes)
	for i, h := range x.Heads {
		if h < 0 || x.Apart[i] {
			continue
		}
		hidden, scores := s.hidden.values[i*size:][:size], s.labels.values[i*classes:][:classes]
		s.join(hidden, i, int(h))
		s.label.forward(scores, hidden)
		s.loss.Labels += softmax(scores[:s.shape.Labels], int(x.Labels[i]))
		clear(scores[s.shape.Labels:])
	}
	s.label.backward(s.number, s.hidden.values, s.labels.values, s.hidden.gradient, s.n)
	rectifyBack(s.hidden.values, s.hidden.gradient)
	s.asDependent.backward(s.number, s.output.values, s.hidden.gradient, s.output.gradient, s.n)

	asHead := zeros(nil, s.n*size)
	for i, h := range x.Heads {
		if h >= 0 && int(h) < s.n && !x.Apart[i] {
			axpy(asHead[int(h)*size:][:size], 1, s.hidden.gradient[i*size:])
		}
	}
	for i := range s.n {
		s.asHead.timesBack(s.output.gradient[i*width:], asHead[i*size:])
	}
	s.asHead.learn(s.number, s.output.values, asHead, s.n)
}

// join computes the hidden units behind an arc from word i to its head, which may be the root.
func (s *share) join(hidden []float32, i, head int) {
	width := s.asHead.in
	s.asDependent.forward(hidden, s.output.values[i*width:])
	if head < s.n {
		s.asHead.times(hidden, s.output.values[head*width:])
	}
	rectify(hidden)
}

func abs(x float32) float32 { return max(x, -x) }
