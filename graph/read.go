package graph

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

// A Reader reads the graphs of dyad's own output back, one article after another.
type Reader struct {
	next func() (*Graph, error)
}

// readers are the formats that can be read back. Turtle and the tables are for others to read.
var readers = []struct {
	name string
	open func(r *bufio.Reader, o Options) (func() (*Graph, error), error)
}{
	{"json", readNative}, {"jsonld", readJSONLD}, {"ndjsonld", readJSONLD}, {"nquads", readNQuads},
}

// Readable are the names of the formats that NewReader knows.
func Readable() []string {
	names := make([]string, len(readers))
	for i, r := range readers {
		names[i] = r.name
	}
	return names
}

// NewReader reads the named format, or, with format "", whichever of Readable the first bytes show it to be. Options are
// those that native JSON is turned into graphs with; the other formats are graphs already.
func NewReader(format string, r io.Reader, o Options) (*Reader, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	if format == "" {
		format = sniff(in)
	}
	for _, f := range readers {
		if f.name == format {
			next, err := f.open(in, o)
			return &Reader{next}, err
		}
	}
	return nil, fmt.Errorf("format %q cannot be read: want %s", format, strings.Join(Readable(), ", "))
}

func sniff(in *bufio.Reader) string {
	start, _ := in.Peek(200)
	start = bytes.TrimLeft(start, " \t\r\n")
	switch {
	case !bytes.HasPrefix(start, []byte("{")):
		return "nquads"
	case bytes.HasPrefix(bytes.TrimLeft(start[1:], " \t\r\n"), []byte(`"@context"`)):
		return "jsonld"
	}
	return "json"
}

// Next returns the graph of the next article, or io.EOF after the last one. The Graph is good until the next call.
func (r *Reader) Next() (*Graph, error) { return r.next() }
