package extract

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Where the word clusters lie among the models: of words of political news as their own text uses them, and of words of
// newswire and Wikipedia, three times as many, without regard to capitals.
const (
	clusterFile = "models/clusters"
	gloveFile   = "models/clusters.glove"
)

// clusterMagic opens the file and names its version.
const clusterMagic = "dyadclu1"

// wordGroups are the class of words that occur in the contexts that a word occurs in, and the wider ones around it. 0 is
// the class of words never seen often enough.
type wordGroups struct{ fine, middle, coarse uint32 }

// clusters knows the classes of frequent words.
type clusters struct{ own, glove *clusterTable }

// A clusterTable is one division of words into classes. Words are kept as 32-bit hashes: among a hundred thousand words
// one unknown word in forty thousand is taken for a known one, which a statistical model forgives, and the table stays
// small and loads as it lies.
type clusterTable struct {
	bucket []uint32    // by the hash's upper 16 bits: first entry; one more than there are buckets
	hashes []uint32    // sorted
	ids    []uint16    // the finest class
	levels [2][]uint16 // by the finest class: the middle and the coarse class it belongs to
}

// loadClusters reads the tables from the models.
func loadClusters(models fs.FS) (*clusters, error) {
	own, err := loadClusterTable(models, clusterFile)
	if err != nil {
		return nil, err
	}
	glove, err := loadClusterTable(models, gloveFile)
	return &clusters{own, glove}, err
}

func loadClusterTable(models fs.FS, file string) (*clusterTable, error) {
	data, err := fs.ReadFile(models, file)
	if err != nil {
		return nil, err
	}
	t, err := decodeClusters(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return t, nil
}

func decodeClusters(data []byte) (*clusterTable, error) {
	if len(data) < 16 || string(data[:8]) != clusterMagic {
		return nil, errors.New("not a table of word clusters")
	}
	words, fine := int(binary.LittleEndian.Uint32(data[8:])), int(binary.LittleEndian.Uint32(data[12:]))
	if data = data[16:]; len(data) != 6*words+4*fine {
		return nil, fmt.Errorf("damaged: %d bytes for %d words in %d clusters", len(data), words, fine)
	}
	c := &clusterTable{
		bucket: make([]uint32, 1<<16+1),
		hashes: make([]uint32, words),
		ids:    make([]uint16, words),
	}
	for i := range c.hashes {
		c.hashes[i] = binary.LittleEndian.Uint32(data[4*i:])
		c.ids[i] = binary.LittleEndian.Uint16(data[4*words+2*i:])
		if int(c.ids[i]) >= fine || i > 0 && c.hashes[i] <= c.hashes[i-1] {
			return nil, fmt.Errorf("damaged: bad entry %d", i)
		}
		c.bucket[c.hashes[i]>>16+1]++
	}
	for i := range len(c.bucket) - 1 {
		c.bucket[i+1] += c.bucket[i]
	}
	data = data[6*words:]
	for l := range c.levels {
		c.levels[l] = make([]uint16, fine)
		for i := range c.levels[l] {
			c.levels[l][i] = binary.LittleEndian.Uint16(data[2*(l*fine+i):])
		}
	}
	return c, nil
}

// lookup returns the classes of a word as it is written, or else of its lower-case form.
func (c *clusters) lookup(word string) (own, glove wordGroups) {
	written, upper := clusterHash(word, false)
	lower := written
	if upper {
		lower, _ = clusterHash(word, true)
	}
	return c.own.find(written, lower), c.glove.find(written, lower)
}

func (c *clusterTable) find(written, lower uint32) wordGroups {
	id := c.id(written)
	if id == 0 && lower != written {
		id = c.id(lower)
	}
	return wordGroups{fine: uint32(id), middle: uint32(c.levels[0][id]), coarse: uint32(c.levels[1][id])}
}

func (c *clusterTable) id(hash uint32) uint16 {
	for i := c.bucket[hash>>16]; i < c.bucket[hash>>16+1]; i++ {
		if c.hashes[i] == hash {
			return c.ids[i]
		}
	}
	return 0
}

// clusterHash hashes a word with its digits and apostrophes made equal, and reports whether it has upper-case letters.
func clusterHash(word string, lower bool) (hash uint32, upper bool) {
	h := uint64(14695981039346656037) // FNV-1a
	for i := 0; i < len(word); {
		ch := rune(word[i])
		if ch < utf8.RuneSelf {
			i++
		} else {
			var n int
			ch, n = utf8.DecodeRuneInString(word[i:])
			i += n
		}
		switch {
		case '0' <= ch && ch <= '9':
			ch = '0'
		case ch == '’':
			ch = '\''
		case 'A' <= ch && ch <= 'Z':
			upper = true
			if lower {
				ch += 'a' - 'A'
			}
		case ch >= utf8.RuneSelf && unicode.IsUpper(ch):
			upper = true
			if lower {
				ch = unicode.ToLower(ch)
			}
		}
		for ; ch >= 0x100; ch >>= 8 {
			h = (h ^ uint64(ch&0xff)) * 1099511628211
		}
		h = (h ^ uint64(ch)) * 1099511628211
	}
	return uint32(h >> 32), upper
}

// WriteClusters writes a table that loadClusters reads. A word is in the cluster fine[i] > 0, and cluster k belongs to
// the wider clusters middle[k] and coarse[k]. Where two words share a hash, the first counts.
func WriteClusters(w io.Writer, words []string, fine []int, middle, coarse []int) error {
	type entry struct {
		hash uint32
		id   int
	}
	entries := make([]entry, len(words))
	for i, word := range words {
		hash, _ := clusterHash(word, false)
		entries[i] = entry{hash, fine[i]}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return int(int64(a.hash) - int64(b.hash)) })
	entries = slices.CompactFunc(entries, func(a, b entry) bool { return a.hash == b.hash })

	out := []byte(clusterMagic)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(entries)))
	out = binary.LittleEndian.AppendUint32(out, uint32(len(middle)))
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint32(out, e.hash)
	}
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint16(out, uint16(e.id))
	}
	for _, level := range [][]int{middle, coarse} {
		for _, id := range level {
			out = binary.LittleEndian.AppendUint16(out, uint16(id))
		}
	}
	_, err := w.Write(out)
	return err
}
