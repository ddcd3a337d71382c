package seeds

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A table is one knowledge file in memory: rows of tab-separated cells under a header line that names the columns.
// Cells are references into the text. A header may come again, with other columns or another order: that is how a
// user's rows follow the embedded ones. A comment "#line N FILE" says where the next line comes from.
type table struct {
	name    string
	text    string
	columns []string // as the schema orders them
	cells   []ref    // row by row
	rows    []rowPos
}

// A ref is a stretch of Knowledge.text.
type ref struct{ off, n uint32 }

func (r ref) in(text string) string { return text[r.off : r.off+r.n] }

// rowPos says where a row was written, for messages.
type rowPos struct {
	file  int32 // index into tableReader.files
	line  int32
	start uint32 // offset of the line
}

// A schema names the columns of a table. Those up to required must be there; "source" may always be.
type schema struct {
	name     string
	columns  []string
	required int
}

// maxTableErrors ends the reading of a table that is not one.
const maxTableErrors = 20

// A tableReader reads the tables one after another out of one text.
type tableReader struct {
	text  string
	files []string
	errs  []error
}

// An Error is a mistake in a knowledge table.
type Error struct {
	File      string
	Line, Col int // from 1; Col counts characters
	Msg       string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Col, e.Msg) }

// fail notes a mistake at an offset of the line that pos is about.
func (r *tableReader) fail(pos rowPos, at uint32, format string, args ...any) {
	col := utf8.RuneCountInString(r.text[pos.start:at]) + 1
	r.errs = append(r.errs, &Error{r.files[pos.file], int(pos.line), col, fmt.Sprintf(format, args...)})
}

// err joins all mistakes, or is nil.
func (r *tableReader) err() error { return errors.Join(r.errs...) }

// read reads the table that lies in text[from:to].
func (r *tableReader) read(s schema, from, to uint32) *table {
	t := &table{name: s.name, text: r.text, columns: s.columns}
	r.files = append(r.files, tableFile(s.name))
	pos := rowPos{file: int32(len(r.files) - 1), line: 0}
	var order []int // column of each cell of the current section
	header := true
	limit := len(r.errs) + maxTableErrors
	for start := from; start < to && len(r.errs) < limit; {
		end := to
		if n := strings.IndexByte(r.text[start:to], '\n'); n >= 0 {
			end = start + uint32(n)
		}
		line := strings.TrimSuffix(r.text[start:end], "\r")
		pos.line, pos.start = pos.line+1, start
		start = end + 1
		switch {
		case strings.HasPrefix(line, "#line "):
			pos, header = r.lineComment(pos, line), true
		case strings.TrimSpace(line) == "" || line[0] == '#':
		case header:
			order, header = r.header(s, pos, line), false
		case !utf8.ValidString(line):
			r.fail(pos, pos.start, "not UTF-8; save the file as UTF-8")
		default:
			r.row(t, pos, order, line)
		}
	}
	return t
}

// lineComment reads "#line N FILE".
func (r *tableReader) lineComment(pos rowPos, line string) rowPos {
	number, file, _ := strings.Cut(line[len("#line "):], " ")
	n, err := strconv.Atoi(number)
	if err != nil || file == "" {
		r.fail(pos, pos.start, "want #line NUMBER FILE")
		return pos
	}
	r.files = append(r.files, file)
	return rowPos{file: int32(len(r.files) - 1), line: int32(n) - 1}
}

// header reads the names of the columns. Unknown ones are mistakes, missing ones are empty cells.
func (r *tableReader) header(s schema, pos rowPos, line string) []int {
	var order []int
	at := pos.start
	for name := range strings.SplitSeq(strings.TrimPrefix(line, "\uFEFF"), "\t") {
		i := slices.Index(s.columns, name)
		if i < 0 && name != "source" {
			r.fail(pos, at, "unknown column %q; %s.tsv has %s", name, s.name, strings.Join(s.columns, ", "))
		}
		if i >= 0 && slices.Contains(order, i) {
			r.fail(pos, at, "column %q comes twice", name)
		}
		order = append(order, i)
		at += uint32(len(name)) + 1
	}
	for i, name := range s.columns[:s.required] {
		if !slices.Contains(order, i) {
			r.fail(pos, pos.start, "column %q is missing; the first line must name the columns, separated by tabs", name)
		}
	}
	return order
}

func (r *tableReader) row(t *table, pos rowPos, order []int, line string) {
	row := len(t.cells)
	t.cells = append(t.cells, make([]ref, len(t.columns))...)
	at := pos.start
	n := 0
	for cell := range strings.SplitSeq(line, "\t") {
		if n >= len(order) {
			r.fail(pos, at, "more cells than the header names (%d)", len(order))
			break
		}
		if cell != strings.TrimSpace(cell) {
			r.fail(pos, at, "blank around %q; remove it", strings.TrimSpace(cell))
		}
		if c := order[n]; c >= 0 {
			t.cells[row+c] = ref{at, uint32(len(cell))}
		}
		at += uint32(len(cell)) + 1
		n++
	}
	t.rows = append(t.rows, pos)
}

// len is the number of rows.
func (t *table) len() int { return len(t.rows) }

// cell is where row i has its column c; get is what stands there.
func (t *table) cell(i, c int) ref   { return t.cells[i*len(t.columns)+c] }
func (t *table) get(i, c int) string { return t.cell(i, c).in(t.text) }

// list calls f for each item of a cell that separates them by "|".
func (t *table) list(i, c int, f func(item ref)) {
	cell := t.cell(i, c)
	if cell.n == 0 {
		return
	}
	at := cell.off
	for item := range strings.SplitSeq(cell.in(t.text), "|") {
		f(ref{at, uint32(len(item))})
		at += uint32(len(item)) + 1
	}
}
