package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A Chain labels sequences: it scores every label at every position by the features found there, every pair of
// neighbouring labels by a transition weight, and takes the best path. Features are 32-bit hashes. It never changes
// once it is made and serves any number of goroutines.
type Chain struct {
	labels int
	shift  uint
	slots  []chainSlot // open addressing; a feature's home is its highest bits
	pairs  []chainPair
	moves  []int32   // labels × labels: weight of going from the row's label to the column's
	first  []int32   // weight of a path's first label
	last   []int32   // weight of a path's last label
	before [][]uint8 // by label: those that may precede it
}

// A chainSlot says where the weights of a feature are; an empty one has no pairs.
type chainSlot struct {
	feature uint32
	at      uint32 // first pair<<8 | number of pairs
}

type chainPair struct {
	label  uint8
	weight int8
}

// forbidden is the weight of what must not be: a transition that no path may take.
const forbidden = -1 << 24

// Labels is the number of labels.
func (c *Chain) Labels() int { return c.labels }

// Score adds the weights of the features to the scores of the labels. Nearly all of its time is waiting for memory, so
// it first finds the places of many features, whose loads do not depend on each other, and then goes to these places.
func (c *Chain) Score(scores []int32, features []uint32) {
	var places [64]uint32
	for len(features) > 0 {
		some := features[:min(len(features), len(places))]
		features = features[len(some):]
		n := 0
		for _, f := range some {
			at := c.find(f)
			places[n&63] = at
			if at != 0 {
				n++
			}
		}
		for _, at := range places[:n] {
			from := at >> 8
			for _, p := range c.pairs[from : from+at&0xff] {
				scores[p.label] += int32(p.weight)
			}
		}
	}
}

// find returns where the weights of a feature are, as its slot has it; 0 when the chain does not know the feature.
func (c *Chain) find(f uint32) uint32 {
	mask := uint32(len(c.slots) - 1)
	for i := f >> c.shift; ; i++ {
		slot := &c.slots[i&mask]
		if slot.feature == f || slot.at == 0 {
			return slot.at
		}
	}
}

// A Path is the memory of Best, to be used again.
type Path struct {
	back  []uint8
	score []int32
	next  []int32
}

// Best finds the labels with the highest sum of scores (one row of Labels values a position) and transitions.
func (c *Chain) Best(p *Path, scores []int32, labels []uint8) {
	n := c.labels
	if len(labels) == 0 {
		return
	}
	p.score, p.next = resize(p.score, n), resize(p.next, n)
	p.back = resize(p.back, len(labels)*n)
	for y := range n {
		p.score[y] = c.first[y] + scores[y]
	}
	for t := 1; t < len(labels); t++ {
		row, back := scores[t*n:(t+1)*n], p.back[t*n:(t+1)*n]
		for y := range n {
			best, from := int32(2*forbidden), 0
			for _, x := range c.before[y] {
				if s := p.score[x] + c.moves[int(x)*n+y]; s > best {
					best, from = s, int(x)
				}
			}
			p.next[y], back[y] = best+row[y], uint8(from)
		}
		p.score, p.next = p.next, p.score
	}
	best, at := int32(math.MinInt32), 0
	for y, s := range p.score {
		if s += c.last[y]; s > best {
			best, at = s, y
		}
	}
	for t := len(labels) - 1; t >= 0; t-- {
		labels[t] = uint8(at)
		at = int(p.back[t*n+at])
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	return s[:n]
}

// The file of a chain: magic, number of labels, features and pairs, the transition weights (16 bits), the features in
// rising order (32 bits), the number of pairs of each (8 bits), and the pairs.
const chainMagic = "dyadcha1"

// ReadChain reads a chain from the front of data and returns what follows it.
func ReadChain(data []byte) (c *Chain, rest []byte, err error) {
	if len(data) < len(chainMagic)+12 || string(data[:len(chainMagic)]) != chainMagic {
		return nil, nil, errors.New("not a chain model")
	}
	data = data[len(chainMagic):]
	labels := int(binary.LittleEndian.Uint32(data))
	number := int(binary.LittleEndian.Uint32(data[4:]))
	npairs := int(binary.LittleEndian.Uint32(data[8:]))
	data = data[12:]
	if labels < 1 || labels > 255 || npairs >= 1<<24 || len(data) < 2*labels*(labels+2)+5*number+2*npairs {
		return nil, nil, fmt.Errorf("damaged: %d bytes for %d labels, %d features, %d weights", len(data), labels, number, npairs)
	}
	c = &Chain{labels: labels, moves: make([]int32, labels*labels), first: make([]int32, labels), last: make([]int32, labels)}
	for _, weights := range [][]int32{c.moves, c.first, c.last} {
		for i := range weights {
			weights[i] = int32(int16(binary.LittleEndian.Uint16(data[2*i:])))
			if weights[i] == math.MinInt16 {
				weights[i] = forbidden
			}
		}
		data = data[2*len(weights):]
	}
	c.before = predecessors(labels, func(x, y int) bool { return c.moves[x*labels+y] > forbidden })
	features, counts, pairs := data[:4*number], data[4*number:5*number], data[5*number:5*number+2*npairs]
	c.pairs = make([]chainPair, npairs)
	for i := range c.pairs {
		c.pairs[i] = chainPair{pairs[2*i], int8(pairs[2*i+1])}
		if int(c.pairs[i].label) >= labels {
			return nil, nil, fmt.Errorf("damaged: label %d of %d", c.pairs[i].label, labels)
		}
	}
	c.allocate(number)
	at := 0
	for i := range counts {
		n := int(counts[i])
		if at+n > npairs || n == 0 {
			return nil, nil, errors.New("damaged: more weights than announced")
		}
		c.insert(binary.LittleEndian.Uint32(features[4*i:]), at, n)
		at += n
	}
	return c, data[5*number+2*npairs:], nil
}

// predecessors lists for every label those that may precede it.
func predecessors(labels int, allowed func(x, y int) bool) [][]uint8 {
	before := make([][]uint8, labels)
	for y := range before {
		for x := range labels {
			if allowed(x, y) {
				before[y] = append(before[y], uint8(x))
			}
		}
	}
	return before
}

// allocate makes room for a number of features, a third of the slots staying empty at least.
func (c *Chain) allocate(number int) {
	c.shift = 31
	for 1<<(32-c.shift)*2 < number*3+2 {
		c.shift--
	}
	c.slots = make([]chainSlot, 1<<(32-c.shift))
}

// insert puts a feature in its slot; features must come in rising order.
func (c *Chain) insert(feature uint32, at, n int) {
	mask := uint32(len(c.slots) - 1)
	i := feature >> c.shift
	for c.slots[i&mask].at != 0 {
		i++
	}
	c.slots[i&mask] = chainSlot{feature, uint32(at)<<8 | uint32(n)}
}
