package seeds

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"slices"
	"strings"
)

// LoadKnowledge reads the tables in the folder knowledge. Every mistake in them is reported with its place; see Error.
func LoadKnowledge(fsys fs.FS) (*Knowledge, error) {
	t, err := readTables(fsys)
	if err != nil {
		return nil, err
	}
	if index, err := fs.ReadFile(fsys, indexFile); err == nil {
		if k := readIndex(index, t); k != nil {
			return k, nil
		}
	}
	return t.build()
}

// tableText is the text of all tables, one after the other.
type tableText struct {
	text string
	sum  uint32 // checksum of the text
	ends [len(tables)]uint32
}

func readTables(fsys fs.FS) (tableText, error) {
	var t tableText
	var data [len(tables)][]byte
	size := 0
	for i, s := range tables {
		var err error
		if data[i], err = fs.ReadFile(fsys, tableFile(s.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return t, fmt.Errorf("knowledge: %w", err)
		}
		size += len(data[i])
	}
	var b strings.Builder
	b.Grow(size)
	for i, d := range data {
		b.Write(d)
		t.sum = crc32.Update(t.sum, castagnoli, d)
		t.ends[i] = uint32(b.Len())
	}
	t.text = b.String()
	return t, nil
}

func tableFile(name string) string { return "knowledge/" + name + ".tsv" }

// build makes Knowledge of the text. Mistakes in the form of a table hide those in what it says.
func (t tableText) build() (*Knowledge, error) {
	r := &tableReader{text: t.text}
	read := make(map[string]*table, len(tables))
	start := uint32(0)
	for i, s := range tables {
		read[s.name] = r.read(s, start, t.ends[i])
		start = t.ends[i]
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return build(r, read)
}

// tableNames lists the tables by name.
func tableNames() []string {
	names := make([]string, 0, len(tables))
	for _, s := range tables {
		names = append(names, s.name)
	}
	slices.Sort(names)
	return names
}
