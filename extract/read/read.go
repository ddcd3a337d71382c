package read

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A Format is how an input holds its articles.
type Format string

// The formats. Auto takes a name that ends in .jsonl or .ndjson for JSON Lines and every other for text.
const (
	Auto  Format = ""
	Text  Format = "text"
	JSONL Format = "jsonl"
)

// DefaultLimit is the most bytes an article may have: far above any article, far below what would hurt.
const DefaultLimit = 16 << 20

// Options say how inputs are read.
type Options struct {
	Format Format
	Limit  int             // bytes an article may have; DefaultLimit when 0
	Stdin  io.Reader       // what the name "-" means
	Known  extract.Article // URL, Title and Published where the input itself does not give them
}

// An Item is an article or what is wrong with it.
type Item struct {
	Place   string // "news.jsonl:12", "talks.txt", "standard input"
	Article extract.Article
	Err     error // without the place
}

// Articles returns the articles of the named inputs in their order. Names that end in .gz are unpacked.
func Articles(names []string, o Options) iter.Seq[Item] {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	return func(yield func(Item) bool) {
		for _, name := range names {
			if !o.input(name, yield) {
				return
			}
		}
	}
}

// input reads one input; it returns false when no more is wanted.
func (o Options) input(name string, yield func(Item) bool) bool {
	place := name
	if name == "-" {
		place = "standard input"
	}
	r, err := o.open(name)
	if err != nil {
		return yield(Item{Place: place, Err: err})
	}
	defer r.Close()
	if o.IsLines(name) {
		return o.lines(place, r, yield)
	}
	a := o.Known
	if a.Published.IsZero() {
		a.Published = dateInName(name)
	}
	a.Text, err = o.text(r)
	return yield(Item{place, a, err})
}

// IsLines reports whether the named input has one article a line.
func (o Options) IsLines(name string) bool {
	if o.Format != Auto {
		return o.Format == JSONL
	}
	ext := filepath.Ext(strings.TrimSuffix(name, ".gz"))
	return ext == ".jsonl" || ext == ".ndjson"
}

// Open opens an input as Articles does: "-" is stdin, names that end in .gz are unpacked.
func Open(name string, stdin io.Reader) (io.ReadCloser, error) {
	return Options{Stdin: stdin}.open(name)
}

func (o Options) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(o.Stdin), nil
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

// cause strips the operation and the file name, which the place already says, from an error of package os.
func cause(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// text reads an input that is one article.
func (o Options) text(r io.Reader) (string, error) {
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(r, int64(o.Limit)+1))
	if err != nil {
		return "", cause(err)
	}
	if n > int64(o.Limit) {
		return "", o.tooLong()
	}
	text := strings.TrimPrefix(b.String(), "\ufeff")
	return text, check(text)
}

func (o Options) tooLong() error {
	return fmt.Errorf("is longer than %s: split it into articles", size(o.Limit))
}

func size(n int) string {
	if n >= 1<<20 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// check reports why a text is no article.
func check(text string) error {
	if err := checkUTF8(text); err != nil {
		return err
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		return fmt.Errorf("%s is NUL: this is no text", position(text, i))
	}
	if strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.C, r) }) == "" {
		return errors.New("has no text in it")
	}
	return nil
}

func checkUTF8(text string) error {
	if utf8.ValidString(text) {
		return nil
	}
	i := 0
	for {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			return fmt.Errorf("%s (%#02x) is not UTF-8: convert the text first", position(text, i), text[i])
		}
		i += size
	}
}

// position names byte i of a text.
func position(text string, i int) string {
	line := 1 + strings.Count(text[:i], "\n")
	return fmt.Sprintf("line %d, byte %d", line, i-strings.LastIndexByte(text[:i], '\n'))
}

// dateInName returns the date that a file's name begins with, "2019-05-31-tokyo.txt", the zero date when there is none.
func dateInName(name string) seeds.Date {
	base := filepath.Base(name)
	const day = len("2006-01-02")
	if len(base) <= day || unicode.IsDigit(rune(base[day])) {
		return seeds.Date{}
	}
	date, err := seeds.ParseDate(base[:day])
	if err != nil {
		return seeds.Date{}
	}
	return date
}
