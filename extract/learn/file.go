package learn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

// A model file is the magic with its version, the checksum of the rest, the shape (32 bits each), then the index, the rows and
// the matrices, all little-endian.
const magic = "dyadnet3"

// ErrFormat says that a file is no network.
var ErrFormat = errors.New("not a network of this version of dyad")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// matrices lists the matrices in the order of the file.
func (n *Network) matrices() (all []*matrix) {
	for i := range n.layers {
		l := &n.layers[i]
		all = append(all, &l.in, &l.step[forth], &l.step[back])
	}
	for i := range n.decide {
		all = append(all, &n.decide[i])
	}
	return append(all, &n.dependent, &n.head, &n.attach, &n.root, &n.asDependent, &n.asHead, &n.label)
}

// MarshalBinary writes the network as a model file.
func (n *Network) MarshalBinary() ([]byte, error) {
	le := binary.LittleEndian
	var out []byte
	add := func(numbers ...int) {
		for _, x := range numbers {
			out = le.AppendUint32(out, uint32(x))
		}
	}
	add(int(n.index.bits), len(n.index.entries), n.Features(), n.width, n.labels, len(n.layers), len(n.classes))
	for _, l := range n.layers {
		add(l.units)
	}
	add(n.classes...)
	for _, m := range n.matrices() {
		add(m.in, m.out, int(m.shift))
	}
	for _, e := range n.index.entries {
		out = le.AppendUint32(out, e)
	}
	out = append(out, n.rows...)
	for _, m := range n.matrices() {
		for _, w := range m.weights {
			out = le.AppendUint16(out, uint16(w))
		}
		for _, b := range m.bias {
			out = le.AppendUint32(out, uint32(b))
		}
	}
	return withChecksum(out), nil
}

// withChecksum puts the magic and the checksum before the body of a file.
func withChecksum(body []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte(magic), crc32.Checksum(body, castagnoli))
	return append(out, body...)
}

// UnmarshalBinary reads a model file and keeps the data, which must not change any more.
func (n *Network) UnmarshalBinary(data []byte) error {
	if len(data) < 12 || string(data[:8]) != magic {
		return ErrFormat
	}
	if crc32.Checksum(data[12:], castagnoli) != binary.LittleEndian.Uint32(data[8:]) {
		return errors.New("damaged network: wrong checksum")
	}
	in := fileReader{data: data[12:]}
	if err := n.readShape(&in); err != nil {
		return fmt.Errorf("damaged network: %w", err)
	}
	if err := n.readIndex(&in); err != nil {
		return fmt.Errorf("damaged network: %w", err)
	}
	for _, m := range n.matrices() {
		for i := range m.weights {
			m.weights[i] = int16(binary.LittleEndian.Uint16(in.data[2*i:]))
		}
		in.data = in.data[2*len(m.weights):]
		in.int32s(m.bias)
	}
	return nil
}

// readShape reads the shape and makes room for what follows, whose size it has checked.
func (n *Network) readShape(in *fileReader) error {
	bits, entries, features := in.count(30), in.count(1<<30), in.count(1<<30)
	*n = Network{width: in.count(1 << 12), labels: in.count(1 << 8)}
	layers, decisions := in.count(16), in.count(16)
	if in.failed || bits < 1 || entries < 2 || entries&(entries-1) != 0 || features >= entries || features >= 1<<bits ||
		n.width < 1 || layers < 1 || n.labels < 1 {
		return errors.New("bad shape")
	}
	n.layers, n.classes, n.decide = make([]layer, layers), make([]int, decisions), make([]matrix, decisions)
	for i := range n.layers {
		n.layers[i].units = in.count(1 << 12)
	}
	for i := range n.classes {
		n.classes[i] = in.count(1 << 8)
	}
	size := 4*entries + features*n.width
	for _, m := range n.matrices() {
		m.in, m.out, m.shift = in.count(1<<13), in.count(1<<15), uint32(in.count(15))
		size += 2*m.in*m.out + 4*m.out
	}
	if in.failed || !n.fits() || size != len(in.data) {
		return errors.New("bad shape")
	}
	for _, m := range n.matrices() {
		m.weights, m.bias = make([]int16, m.in*m.out), make([]int32, m.out)
	}
	n.index = index{make([]uint32, entries), uint(bits)}
	n.rows = in.data[4*entries:][:features*n.width]
	return nil
}

// fits reports whether each matrix takes what the one before gives.
func (n *Network) fits() bool {
	ok := true
	check := func(m *matrix, in, out int) {
		ok = ok && m.in == in && in%2 == 0 && m.out >= out && out > 0 && m.out%lanes == 0
	}
	width := n.width
	for i := range n.layers {
		l := &n.layers[i]
		for d := range l.step {
			check(&l.step[d], l.units, 3*l.units)
		}
		check(&l.in, width, 3*l.units+l.step[forth].out)
		ok = ok && l.units%16 == 0 && l.step[forth].out == l.step[back].out
		width = directions * l.units
	}
	for d := range n.decide {
		check(&n.decide[d], width, n.classes[d])
	}
	check(&n.dependent, width, 1)
	check(&n.head, width, n.dependent.out)
	check(&n.attach, n.dependent.out, n.dependent.out)
	check(&n.root, n.attach.out, 1)
	check(&n.asDependent, width, 1)
	check(&n.asHead, width, n.asDependent.out)
	check(&n.label, n.asDependent.out, n.labels)
	ok = ok && n.head.out <= mostHeadUnits
	return ok && n.head.out == n.dependent.out && n.attach.out == n.head.out && n.asHead.out == n.asDependent.out
}

func (n *Network) readIndex(in *fileReader) error {
	features, used := n.Features(), 0
	in.uint32s(n.index.entries)
	for _, e := range n.index.entries {
		if id := int(e & (1<<n.index.bits - 1)); id > features || e != 0 && id == 0 {
			return errors.New("feature out of range")
		}
		if e != 0 {
			used++
		}
	}
	if used == len(n.index.entries) {
		return errors.New("index is full")
	}
	in.data = in.data[len(n.rows):]
	return nil
}

// A fileReader takes numbers off the front of data.
type fileReader struct {
	data   []byte
	failed bool
}

// count reads a number that must not be larger than most.
func (r *fileReader) count(most int) int {
	if len(r.data) < 4 {
		r.failed = true
		return 0
	}
	x := int(binary.LittleEndian.Uint32(r.data))
	r.data = r.data[4:]
	if x > most {
		r.failed = true
		return 0
	}
	return x
}

func (r *fileReader) uint32s(to []uint32) {
	for i := range to {
		to[i] = binary.LittleEndian.Uint32(r.data[4*i:])
	}
	r.data = r.data[4*len(to):]
}

func (r *fileReader) int32s(to []int32) {
	for i := range to {
		to[i] = int32(binary.LittleEndian.Uint32(r.data[4*i:]))
	}
	r.data = r.data[4*len(to):]
}
