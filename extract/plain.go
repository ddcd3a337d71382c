package extract

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// ReadPlain reads a text of a paragraph a line, cut into sentences and words, as documents of some paragraphs each.
// Of every line in step one is read; what stands before a tab is no text.
func ReadPlain(r io.Reader, step int) ([]*Document, error) {
	segmenter, err := newSegmenter()
	if err != nil {
		return nil, err
	}
	const paragraphs = 100
	var docs []*Document
	var text strings.Builder
	n := 0
	flush := func() {
		d := &Document{Article: Article{Text: text.String()}}
		segmenter.segment(d)
		tokenizer{}.tokenize(d)
		docs = append(docs, d)
		text.Reset()
		n = 0
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for number := 0; lines.Scan(); number++ {
		line := lines.Text()
		if _, after, ok := strings.Cut(line, "\t"); ok {
			line = after
		}
		if number%step != 0 || !utf8.ValidString(line) || strings.TrimSpace(line) == "" {
			continue
		}
		text.WriteString(line)
		text.WriteString("\n\n")
		if n++; n == paragraphs {
			flush()
		}
	}
	if n > 0 {
		flush()
	}
	return docs, lines.Err()
}
