package read

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// DefaultLimit is the most bytes an article may have: far above any article, far below what would hurt.
const DefaultLimit = 16 << 20

// Options say how inputs are read.
type Options struct {
	Format Format
	Limit  int             // bytes an article may have; DefaultLimit when 0
	Stdin  io.Reader       // what the name "-" means
	Known  extract.Article // URL, Title and Published where the input itself does not give them
	Fields Fields          // how JSON Lines name what an article has
}

// An Item is an article or what is wrong with it.
type Item struct {
	Place   string // "news.jsonl:12", "talks.txt", "standard input"
	Article extract.Article
	Author  string // of pages, feeds and mails, "" when unknown
	Site    string // that published it, "" when unknown
	Err     error  // without the place
}

// Articles returns the articles of the named inputs in their order. What is packed with gzip or zstd is unpacked.
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
	in := input{name: name, place: name}
	if name == "-" {
		in.place = "standard input"
	}
	r, err := o.open(name)
	if err != nil {
		return yield(Item{Place: in.place, Err: err})
	}
	defer r.Close()
	in.Reader = bufio.NewReaderSize(r, 64<<10)
	format := o.Format
	if format == Auto {
		if format = formatOf(name); format == Auto {
			format = sniff(in.Reader)
		}
	}
	for _, f := range formats {
		if f.format == format {
			return f.read(o, in, func(item Item) bool {
				if item.Err == nil {
					item.Err = checkLanguage(item.Article.Text)
				}
				return yield(item)
			})
		}
	}
	return yield(Item{Place: in.place, Err: fmt.Errorf("format %q is unknown", format)})
}

// single reads an input that is one article.
func single(parse func(o Options, content []byte, item *Item) error) reader {
	return func(o Options, in input, yield func(Item) bool) bool {
		item := Item{Place: in.place, Article: o.Known}
		if item.Article.Published.IsZero() {
			item.Article.Published = dateInName(in.name)
		}
		content, err := o.all(in)
		if err == nil {
			err = guard(func() error { return parse(o, content, &item) })
		}
		item.Err = err
		return yield(item)
	}
}

// guard turns a panic of a library that met bytes it did not expect into an error.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("cannot be read: %v", p)
		}
	}()
	return f()
}

// cause strips the operation and the file name, which the place already says, from an error of package os.
func cause(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}

// all returns what is left of an input, up to the limit.
func (o Options) all(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, int64(o.Limit)+1))
	switch {
	case err != nil:
		return nil, cause(err)
	case len(content) > o.Limit:
		return nil, o.tooLong()
	}
	return content, nil
}

// text reads a plain text. Without a byte order mark it must be UTF-8: which other set it is in nothing says.
func (o Options) text(content []byte, item *Item) error {
	text, err := unmark(content)
	item.Article.Text = text
	if err != nil {
		return err
	}
	return check(text)
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
	return checkControls(text)
}

// checkControls reports bytes that are no text although some character set has them as characters.
func checkControls(text string) error {
	controls, all := 0, 0
	for _, r := range text {
		all++
		if r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) {
			controls++
		}
	}
	const few = 4
	if controls > few && controls*20 > all {
		return fmt.Errorf("%d of its %d characters are none of a text", controls, all)
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
