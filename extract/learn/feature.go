package learn

import "slices"

// Hash makes one feature of a template's number and a value.
func Hash(template, a uint32) uint32 {
	return fold((uint64(a)+0x9e37)*0x9e3779b97f4a7c15 ^ uint64(template)*0xd6e8feb86659fd93)
}

func fold(x uint64) uint32 {
	x ^= x >> 32
	x *= 0xff51afd7ed558ccd
	return uint32(x >> 32)
}

// A Vocabulary counts features and then numbers those that occur often enough.
type Vocabulary struct {
	keys   []uint32 // open addressing; the key 0 is stored as 1
	counts []uint32
	used   int
}

// Count adds one to each of the features.
func (v *Vocabulary) Count(features []uint32) {
	for _, f := range features {
		if 2*v.used >= len(v.keys) {
			v.grow()
		}
		i := v.slot(f)
		if v.counts[i] == 0 {
			v.keys[i] = max(f, 1)
			v.used++
		}
		v.counts[i]++
	}
}

func (v *Vocabulary) slot(f uint32) int {
	f = max(f, 1)
	mask := len(v.keys) - 1
	i := int(f) & mask
	for v.keys[i] != 0 && v.keys[i] != f {
		i = (i + 1) & mask
	}
	return i
}

func (v *Vocabulary) grow() {
	old := *v
	n := max(1<<16, 2*len(old.keys))
	v.keys, v.counts = make([]uint32, n), make([]uint32, n)
	for i, k := range old.keys {
		if k != 0 {
			j := v.slot(k)
			v.keys[j], v.counts[j] = k, old.counts[i]
		}
	}
}

// Frequent returns at most limit features that occur at least least times, the most frequent first.
func (v *Vocabulary) Frequent(least, limit int) []uint32 {
	// A counting sort by capped frequency: features are many, frequencies that matter few.
	const top = 1 << 12
	var byCount [top + 1][]uint32
	for i, c := range v.counts {
		if int(c) >= least && c > 0 {
			byCount[min(c, top)] = append(byCount[min(c, top)], v.keys[i])
		}
	}
	var features []uint32
	for c := top; c >= least && len(features) < limit; c-- {
		slices.Sort(byCount[c])
		features = append(features, byCount[c]...)
	}
	return features[:min(len(features), limit)]
}

// An index numbers the features that a network knows from 1 on. It is a hash table with linear probing whose entries
// hold the number in their lower bits and the feature's upper bits above it. The place in the table stands for the
// feature's lower bits, so that next to nothing is taken for another feature.
type index struct {
	entries []uint32
	bits    uint // of the number
}

func newIndex(features []uint32) index {
	bits := uint(1)
	for 1<<bits <= len(features) {
		bits++
	}
	x := index{make([]uint32, 1<<bits), bits}
	if 4*len(features) > 3*len(x.entries) {
		x.entries = make([]uint32, 2<<bits)
	}
	for i, f := range features {
		slot := int(f) & (len(x.entries) - 1)
		for x.entries[slot] != 0 {
			slot = (slot + 1) & (len(x.entries) - 1)
		}
		x.entries[slot] = f>>bits<<bits | uint32(i+1)
	}
	return x
}

// find returns the feature's number, or 0.
func (x *index) find(f uint32) uint32 {
	mask := uint32(len(x.entries) - 1)
	for slot := f & mask; ; slot = (slot + 1) & mask {
		e := x.entries[slot]
		if e == 0 {
			return 0
		}
		if (e^f)>>x.bits == 0 {
			return e & (1<<x.bits - 1)
		}
	}
}
