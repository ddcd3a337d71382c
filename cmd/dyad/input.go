package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// maxArticle is the most bytes that one article may have: far above any article, far below what would hurt.
const maxArticle = 16 << 20

// An item is one article of an input, or what is wrong with it.
type item struct {
	place   string // "file", or "file:line"
	article extract.Article
	err     error
}

// items reads one input after another; what cannot be read is an item with an error, and reading goes on behind it.
func (c *extractConfig) items(stdin io.Reader) iter.Seq[item] {
	return func(yield func(item) bool) {
		for _, name := range c.files {
			for it := range c.itemsOf(name, stdin) {
				if !yield(it) {
					return
				}
			}
		}
	}
}

// itemsOf reads one input.
func (c *extractConfig) itemsOf(name string, stdin io.Reader) iter.Seq[item] {
	return func(yield func(item) bool) {
		r, err := open(name, stdin)
		if err != nil {
			yield(item{place: name, err: err})
			return
		}
		defer r.Close()
		if c.isLines(name) {
			c.readLines(displayName(name), r, yield)
		} else {
			a, err := readText(r)
			a.URL, a.Title, a.Published = c.url, c.title, c.date
			yield(item{displayName(name), a, err})
		}
	}
}

func displayName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// isLines reports whether an input has one article a line.
func (c *extractConfig) isLines(name string) bool {
	if c.inputFormat != "" {
		return c.inputFormat == "jsonl"
	}
	name = strings.TrimSuffix(name, ".gz")
	return strings.HasSuffix(name, ".jsonl") || strings.HasSuffix(name, ".ndjson")
}

// open opens an input; names that end in .gz are unpacked.
func open(name string, stdin io.Reader) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(stdin), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, errors.New("is a directory: name the files in it")
	}
	if !strings.HasSuffix(name, ".gz") {
		return f, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("is no gzip file: %w", err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// readText reads an input that is one article.
func readText(r io.Reader) (extract.Article, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxArticle+1))
	if err != nil {
		return extract.Article{}, cause(err)
	}
	if len(text) > maxArticle {
		return extract.Article{}, errTooLong
	}
	return extract.Article{Text: string(text)}, checkText(string(text))
}

var errTooLong = fmt.Errorf("is longer than %d MB: split it into articles", maxArticle>>20)

func checkText(text string) error {
	if strings.TrimSpace(text) == "" {
		return errors.New("no text in it")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return fmt.Errorf("line %d has a NUL byte: this is no text", 1+strings.Count(text[:i], "\n"))
	}
	if !utf8.ValidString(text) {
		i := 0
		for size := 0; ; i += size {
			var r rune
			if r, size = utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
				break
			}
		}
		return fmt.Errorf("line %d is not UTF-8: convert the text first", 1+strings.Count(text[:i], "\n"))
	}
	return nil
}

// readLines reads an input that has an article, as a JSON object, in each line.
func (c *extractConfig) readLines(name string, r io.Reader, yield func(item) bool) {
	lines := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(lines)
		if err == io.EOF {
			return
		}
		it := item{place: fmt.Sprintf("%s:%d", name, n), err: err}
		if err == nil {
			if line = bytes.TrimSpace(line); len(line) == 0 {
				continue
			}
			it.article, it.err = c.parseLine(line)
		}
		if !yield(it) || err != nil && err != errTooLong {
			return
		}
	}
}

// readLine returns the next line, errTooLong for one that is skipped, io.EOF behind the last.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > maxArticle; !tooLong {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && len(line) == 0 && !tooLong:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, cause(err)
		case tooLong:
			return nil, errTooLong
		default:
			return line, nil
		}
	}
}

func (c *extractConfig) parseLine(line []byte) (a extract.Article, err error) {
	if !utf8.Valid(line) {
		return a, errors.New("is not UTF-8: convert it first")
	}
	var in struct {
		ID, URL, Title, Published string
		Text                      *string
	}
	if err := json.Unmarshal(line, &in); err != nil {
		if typed := (*json.UnmarshalTypeError)(nil); errors.As(err, &typed) && typed.Field != "" {
			return a, fmt.Errorf("%q is a %s: want a string", strings.ToLower(typed.Field), typed.Value)
		} else if typed != nil {
			return a, fmt.Errorf("is a JSON %s: want an object", typed.Value)
		}
		return a, fmt.Errorf("is no JSON object: %w", err)
	}
	if in.Text == nil {
		return a, errors.New(`has no "text"`)
	}
	a = extract.Article{ID: in.ID, URL: in.URL, Title: in.Title, Text: *in.Text, Published: c.date}
	if in.Published != "" {
		day, _, _ := strings.Cut(in.Published, "T") // a time of day is no matter
		if a.Published, err = seeds.ParseDate(day); err != nil {
			return a, fmt.Errorf("published: %w", err)
		}
	}
	return a, checkText(a.Text)
}
