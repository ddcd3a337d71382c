package perceptron

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

// A model file is the magic with its version, the checksum of the rest, the shape (feature-number bits, entries of
// the index, features, words a row, heads, classes of each head; 32 bits each), then index, rows, biases and heads,
// all little-endian.
const magic = "dyadnet2"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// MarshalBinary writes the network as a model file.
func (n *Network) MarshalBinary() ([]byte, error) {
	le := binary.LittleEndian
	var out []byte
	for _, v := range []int{int(n.index.bits), len(n.index.entries), n.Features(), n.words, len(n.heads)} {
		out = le.AppendUint32(out, uint32(v))
	}
	for _, h := range n.heads {
		out = le.AppendUint32(out, uint32(h.classes))
	}
	for _, e := range n.index.entries {
		out = le.AppendUint32(out, e)
	}
	for _, w := range n.rows {
		out = le.AppendUint64(out, w)
	}
	for _, b := range n.bias {
		out = le.AppendUint32(out, uint32(b))
	}
	for _, h := range n.heads {
		for _, w := range h.weights {
			out = le.AppendUint16(out, uint16(w))
		}
		for _, b := range h.bias {
			out = le.AppendUint32(out, uint32(b))
		}
		out = le.AppendUint32(out, math.Float32bits(h.unit))
	}
	return withChecksum(out), nil
}

// withChecksum puts the magic and the checksum before the body of a file.
func withChecksum(body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(magic), crc32.Checksum(body, castagnoli))
	return append(out, body...)
}

// ErrFormat says that a file is no model of this version.
var ErrFormat = errors.New("not a network of this version of dyad")

// UnmarshalBinary reads a model file. Damaged files are refused, whatever is in them.
func (n *Network) UnmarshalBinary(data []byte) error {
	le := binary.LittleEndian
	if len(data) < 32 || string(data[:8]) != magic {
		return ErrFormat
	}
	if crc32.Checksum(data[12:], castagnoli) != le.Uint32(data[8:]) {
		return errors.New("damaged network: wrong checksum")
	}
	var shape [5]int
	for i := range shape {
		shape[i] = int(le.Uint32(data[12+4*i:]))
	}
	bits, entries, features, words, heads := shape[0], shape[1], shape[2], shape[3], shape[4]
	rest := data[32:]
	switch {
	case bits < 1 || bits > 30 || entries < 2 || entries&(entries-1) != 0 || features >= entries || features >= 1<<bits,
		words < 1 || words > 1<<10, heads > 16, len(rest) < 4*heads:
		return fmt.Errorf("damaged network: shape %v", shape)
	}
	size := 4*heads + 4*entries + 8*words*features + 32*words
	classes := make([]int, heads)
	for i := range classes {
		classes[i] = int(le.Uint32(rest[4*i:]))
		if classes[i] < 1 || classes[i] > 1<<12 {
			return fmt.Errorf("damaged network: %d classes", classes[i])
		}
		size += classes[i]*(16*words+4) + 4
	}
	if len(rest) != size {
		return fmt.Errorf("damaged network: %d bytes instead of %d", len(data), 32+size)
	}
	*n = Network{
		index: index{make([]uint32, entries), uint(bits)},
		words: words,
		rows:  make([]uint64, words*features),
		bias:  make([]int32, 8*words),
	}
	rest = rest[4*heads:]
	rest = read32(n.index.entries, rest)
	used := 0
	for _, e := range n.index.entries {
		if id := int(e & (1<<bits - 1)); id > features || e != 0 && id == 0 {
			return errors.New("damaged network: feature out of range")
		}
		if e != 0 {
			used++
		}
	}
	if used >= entries {
		return errors.New("damaged network: index is full")
	}
	for i := range n.rows {
		n.rows[i] = le.Uint64(rest[8*i:])
	}
	rest = rest[8*len(n.rows):]
	rest = read32(n.bias, rest)
	for _, c := range classes {
		h := head{classes: c, weights: make([]int16, 8*words*c), bias: make([]int32, c)}
		for i := range h.weights {
			h.weights[i] = int16(le.Uint16(rest[2*i:]))
		}
		rest = read32(h.bias, rest[2*len(h.weights):])
		h.unit = math.Float32frombits(le.Uint32(rest))
		rest = rest[4:]
		h.pack()
		n.heads = append(n.heads, h)
	}
	return nil
}

func read32[T int32 | uint32](to []T, from []byte) []byte {
	for i := range to {
		to[i] = T(binary.LittleEndian.Uint32(from[4*i:]))
	}
	return from[4*len(to):]
}
