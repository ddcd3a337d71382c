package seeds

import (
	"encoding/binary"
	"hash/crc32"
	"io/fs"
	"math"
)

// The index is Knowledge in a file: the flat slices that building makes of the tables, without their text. It only
// saves time. It names the tables it was made from by their checksum; over other tables, a user's among them, or when
// the file is missing, Knowledge is built anew.
const (
	indexFile   = "knowledge/index.bin"
	indexMagic  = "dyad knowledge 2\n"
	indexHeader = len(indexMagic) + 3*4
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Index builds Knowledge from the tables of fsys and returns the index to be kept beside them.
func Index(fsys fs.FS) ([]byte, error) {
	t, err := readTables(fsys)
	if err != nil {
		return nil, err
	}
	k, err := t.build()
	if err != nil {
		return nil, err
	}
	c := coder{writing: true, b: make([]byte, indexHeader, 4<<20)}
	c.knowledge(k)
	copy(c.b, indexMagic)
	head := c.b[len(indexMagic):indexHeader]
	binary.LittleEndian.PutUint32(head, t.sum)
	binary.LittleEndian.PutUint32(head[4:], uint32(len(t.text)))
	binary.LittleEndian.PutUint32(head[8:], crc32.Checksum(c.b[indexHeader:], castagnoli))
	return c.b, nil
}

// readIndex returns the Knowledge that an index holds of the tables, or nil when it is another tables' or damaged.
func readIndex(b []byte, t tableText) *Knowledge {
	if len(b) < indexHeader || string(b[:len(indexMagic)]) != indexMagic {
		return nil
	}
	head := b[len(indexMagic):indexHeader]
	if binary.LittleEndian.Uint32(head) != t.sum ||
		binary.LittleEndian.Uint32(head[4:]) != uint32(len(t.text)) ||
		binary.LittleEndian.Uint32(head[8:]) != crc32.Checksum(b[indexHeader:], castagnoli) {
		return nil
	}
	k := &Knowledge{text: t.text, powers: powersOf(base)}
	c := coder{b: b[indexHeader:]}
	c.knowledge(k)
	if c.bad || c.left() != 0 {
		return nil
	}
	return k
}

// A coder writes numbers to b or reads them from it, so that one description serves both ways. What cannot be read
// makes it bad, and then it reads zeros.
type coder struct {
	b       []byte
	at      int // where reading is
	writing bool
	bad     bool
	off     uint32 // of the last ref: the next is near it
}

// left is the number of bytes still to be read.
func (c *coder) left() int { return len(c.b) - c.at }

func (c *coder) fail() { c.bad, c.at = true, len(c.b) }

func number[T ~uint8 | ~int16 | ~int32 | ~uint32](c *coder, v *T) {
	if c.writing {
		c.b = binary.AppendVarint(c.b, int64(*v))
		return
	}
	if c.at < len(c.b) && c.b[c.at] < 0x80 { // most numbers are small
		u := c.b[c.at]
		*v = T(int64(u>>1) ^ -int64(u&1))
		c.at++
		return
	}
	x, n := binary.Varint(c.b[c.at:])
	if n <= 0 || int64(T(x)) != x {
		c.fail()
		return
	}
	*v = T(x)
	c.at += n
}

// list codes the elements of a slice after their number. Every element takes at least a byte.
func list[T any](c *coder, s *[]T, element func(*T)) {
	n := uint32(len(*s))
	number(c, &n)
	if !c.writing {
		if int(n) > c.left() {
			c.fail()
			return
		}
		*s = make([]T, n)
	}
	for i := range *s {
		element(&(*s)[i])
	}
}

func (c *coder) fixed(v *uint32) {
	switch {
	case c.writing:
		c.b = binary.LittleEndian.AppendUint32(c.b, *v)
	case c.left() < 4:
		c.fail()
	default:
		*v = binary.LittleEndian.Uint32(c.b[c.at:])
		c.at += 4
	}
}

func (c *coder) long(v *uint64) {
	low, high := uint32(*v), uint32(*v>>32)
	c.fixed(&low)
	c.fixed(&high)
	*v = uint64(high)<<32 | uint64(low)
}

func (c *coder) ref(r *ref) {
	d := int32(r.off - c.off)
	number(c, &d)
	number(c, &r.n)
	r.off = c.off + uint32(d)
	c.off = r.off
}

func (c *coder) span(s *span) {
	number(c, &s.first)
	number(c, &s.n)
}

func (c *coder) date(d *Date) {
	number(c, &d.Year)
	number(c, &d.Month)
	number(c, &d.Day)
}

func (c *coder) flag(b *bool) {
	var v uint8
	if *b {
		v = 1
	}
	number(c, &v)
	*b = v != 0
}

func (c *coder) knowledge(k *Knowledge) {
	list(c, &k.entries, func(e *entry) {
		c.ref(&e.name)
		c.ref(&e.id)
		c.ref(&e.code)
		c.ref(&e.aliases)
		number(c, &e.country)
		number(c, &e.capital)
		number(c, &e.seat)
		c.span(&e.members)
		c.span(&e.roles)
		prior := math.Float32bits(e.prior)
		c.fixed(&prior)
		e.prior = math.Float32frombits(prior)
		number(c, &e.born)
		number(c, &e.typ)
		number(c, &e.kind)
		number(c, &e.gender)
	})
	list(c, &k.members, func(i *int32) { number(c, i) })
	list(c, &k.offices, func(o *office) {
		c.ref(&o.name)
		c.ref(&o.portfolio)
		number(c, &o.role)
	})
	list(c, &k.roles, func(r *Role) {
		number(c, &r.Person)
		number(c, &r.Of)
		number(c, &r.Office)
		c.date(&r.Start)
		c.date(&r.End)
		c.date(&r.AsOf)
		c.ref(&r.title)
	})
	list(c, &k.byOf, func(i *int32) { number(c, i) })
	list(c, &k.ofFirst, func(i *int32) { number(c, i) })
	list(c, &k.candidates, func(x *Candidate) {
		number(c, &x.Entry)
		number(c, &x.How)
		c.flag(&x.Weak)
	})
	list(c, &k.forms, func(f *TitleForm) {
		number(c, &f.Office)
		number(c, &f.Gender)
		c.span(&f.only)
	})
	list(c, &k.only, func(i *int32) { number(c, i) })
	last := uint32(0)
	ascending := func(v *uint32) {
		d := *v - last
		number(c, &d)
		*v = last + d
		last = *v
	}
	list(c, &k.surfaces, ascending)
	last = 0
	list(c, &k.titles, ascending)
	list(c, &k.spellings, func(w *Word) {
		c.long(&w.exact)
		c.long(&w.loose)
		number(c, &w.nExact)
		number(c, &w.nLoose)
		number(c, &w.flags)
	})
	c.slots(k)
}

// slots codes the used slots of the table, each after the number of free ones before it.
func (c *coder) slots(k *Knowledge) {
	size, used := uint32(len(k.slots)), uint32(0)
	for _, s := range k.slots {
		if s.tag != 0 {
			used++
		}
	}
	number(c, &size)
	number(c, &used)
	if !c.writing {
		if size == 0 || size&(size-1) != 0 || used >= size || int(size) > 8+c.left() {
			c.fail()
			return
		}
		k.slots = make([]slot, size)
	}
	for i := uint32(0); used > 0; used-- {
		free := uint32(0)
		if c.writing {
			for k.slots[i+free].tag == 0 {
				free++
			}
		}
		number(c, &free)
		if i += free; i >= size || free > size {
			c.fail()
			return
		}
		s := &k.slots[i]
		c.fixed(&s.tag)
		value, prefix := s.value&surfaceBits, s.value&isPrefix != 0
		number(c, &value)
		c.flag(&prefix)
		s.value = value
		if prefix {
			s.value |= isPrefix
		}
		i++
	}
}
