package read

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// lines reads an input that has an article, as a JSON object, in each line. It returns false when no more is wanted.
func (o Options) lines(in input, yield func(Item) bool) bool {
	limit := 2*o.Limit + 1<<16 // what an article takes in a line with its escapes and other fields
	var line []byte
	for number := 1; ; number++ {
		var long bool
		var err error
		line, long, err = nextLine(in.Reader, line[:0], limit)
		if err == io.EOF {
			return true
		}
		line = bytes.TrimSpace(line)
		item := Item{Place: fmt.Sprintf("%s:%d", in.place, number)}
		switch {
		case err != nil:
			item.Err = cause(err)
			return yield(item)
		case long:
			item.Err = o.tooLong()
		case len(line) == 0:
			continue
		default:
			item.Article, item.Err = o.object(line)
		}
		if !yield(item) {
			return false
		}
	}
}

// nextLine appends the next line to line; of one that is longer than the limit it reads, but does not keep, the rest.
// Behind the last line it returns io.EOF.
func nextLine(r *bufio.Reader, line []byte, limit int) (_ []byte, long bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if long = long || len(line)+len(part) > limit; !long {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && (long || len(line) > 0):
			return line, long, nil
		default:
			return line, long, err
		}
	}
}

// object reads the article of one line. Fields that it does not know are somebody else's.
func (o Options) object(line []byte) (extract.Article, error) {
	if err := checkUTF8(string(line)); err != nil { // encoding/json would replace it in silence
		return extract.Article{}, err
	}
	in, err := o.Fields.decode(bytes.TrimPrefix(line, []byte("\ufeff")))
	if err != nil {
		return extract.Article{}, err
	}
	if in.Text == nil {
		return extract.Article{}, fmt.Errorf("has no field %q", cmp.Or(o.Fields.Text, "text"))
	}
	a := o.Known
	a.ID, a.Text = string(in.ID), *in.Text
	if in.URL != "" {
		a.URL = in.URL
	}
	if in.Title != "" {
		a.Title = in.Title
	}
	if in.Published != "" {
		day := in.Published
		if i := strings.IndexAny(day, "T "); i > 0 { // the time of day does not matter
			day = day[:i]
		}
		var err error
		if a.Published, err = seeds.ParseDate(day); err != nil {
			return extract.Article{}, fmt.Errorf("published: %w", err)
		}
	}
	if len(a.Text) > o.Limit {
		return extract.Article{}, o.tooLong()
	}
	if err := check(a.Text); err != nil {
		return extract.Article{}, fmt.Errorf("text: %w", err)
	}
	return a, nil
}

// Fields name the fields of JSON Lines that hold an article; an empty name means the usual one: id, url, title,
// published, text.
type Fields struct{ ID, URL, Title, Published, Text string }

// An object is what a line says of an article.
type object struct {
	ID                    identifier
	URL, Title, Published string
	Text                  *string
}

// decode reads an object whose fields may have other names.
func (f Fields) decode(line []byte) (in object, err error) {
	if f == (Fields{}) {
		if err := json.Unmarshal(line, &in); err != nil {
			return in, explain(err)
		}
		return in, nil
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(line, &all); err != nil {
		return in, explain(err)
	}
	for _, field := range []struct {
		name string
		to   any
	}{
		{cmp.Or(f.ID, "id"), &in.ID}, {cmp.Or(f.URL, "url"), &in.URL}, {cmp.Or(f.Title, "title"), &in.Title},
		{cmp.Or(f.Published, "published"), &in.Published}, {cmp.Or(f.Text, "text"), &in.Text},
	} {
		if value, ok := all[field.name]; ok {
			if e := (*json.UnmarshalTypeError)(nil); errors.As(json.Unmarshal(value, field.to), &e) {
				return in, fmt.Errorf("field %q is a JSON %s: want a string", field.name, e.Value)
			}
		}
	}
	return in, nil
}

// An identifier is a JSON string or number.
type identifier string

func (id *identifier) UnmarshalJSON(value []byte) error {
	if c := value[0]; c == '-' || '0' <= c && c <= '9' {
		*id = identifier(value)
		return nil
	}
	return json.Unmarshal(value, (*string)(id))
}

// explain says in words what encoding/json found wrong with a line.
func explain(err error) error {
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		if strings.Contains(e.Error(), "unexpected end") {
			return errors.New("the JSON object is cut off")
		}
		return fmt.Errorf("byte %d: no JSON: %w", e.Offset, err)
	}
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		if e.Field == "" && e.Struct == "" {
			return fmt.Errorf("is a JSON %s: want an object", e.Value)
		}
		return fmt.Errorf("field %q is a JSON %s: want a string", strings.ToLower(e.Field), e.Value)
	}
	return err
}
