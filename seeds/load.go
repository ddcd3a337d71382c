package seeds

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// LoadKnowledge reads the tables in the folder knowledge. Every mistake in them is reported with its place; see Error.
func LoadKnowledge(fsys fs.FS) (*Knowledge, error) {
	var text []byte
	var ends [len(tables)]int
	for i, s := range tables {
		data, err := fs.ReadFile(fsys, "knowledge/"+s.name+".tsv")
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("knowledge: %w", err)
		}
		text = append(text, data...)
		ends[i] = len(text)
	}
	r := &tableReader{text: string(text)}
	read := make(map[string]*table, len(tables))
	start := 0
	for i, s := range tables {
		read[s.name] = r.read(s, uint32(start), uint32(ends[i]))
		start = ends[i]
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return build(r, read)
}

func tableNames() []string {
	var names []string
	for _, s := range tables {
		names = append(names, s.name)
	}
	slices.Sort(names)
	return names
}
