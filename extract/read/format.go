package read

import (
	"bufio"
	"bytes"
	"path/filepath"
	"slices"
	"strings"
)

// A Format is how an input holds its articles.
type Format string

// The formats. Auto goes by the name's ending, and where that says nothing by the first bytes.
const (
	Auto     Format = ""
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	Mail     Format = "eml"
	JSONL    Format = "jsonl"
	Feed     Format = "feed" // RSS and Atom
	WARC     Format = "warc"
)

// A reader reads the articles of an input. It returns false when no more is wanted.
type reader func(o Options, in input, yield func(Item) bool) bool

// An input is an open input with its name in messages.
type input struct {
	name, place string
	*bufio.Reader
}

var formats = []struct {
	format  Format
	endings []string
	many    bool // articles in one input
	read    reader
}{
	{Text, []string{".txt", ".text"}, false, single(Options.text)},
	{Markdown, []string{".md", ".markdown"}, false, single(Options.markdown)},
	{HTML, []string{".html", ".htm", ".xhtml"}, false, single(Options.page)},
	{Mail, []string{".eml"}, false, single(Options.mail)},
	{JSONL, []string{".jsonl", ".ndjson"}, true, Options.lines},
	{Feed, []string{".rss", ".atom"}, true, Options.feed},
	{WARC, []string{".warc"}, true, Options.warc},
}

// Formats lists the formats that inputs may have.
func Formats() (list []Format) {
	for _, f := range formats {
		list = append(list, f.format)
	}
	return list
}

// formatOf returns the format that a name's ending says, Auto when it says none.
func formatOf(name string) Format {
	ending := strings.ToLower(filepath.Ext(unpackedName(name)))
	for _, f := range formats {
		if slices.Contains(f.endings, ending) {
			return f.format
		}
	}
	return Auto
}

// Readable reports whether the name's ending is one of an input: which files of a folder to read.
func Readable(name string) bool {
	return formatOf(name) != Auto || strings.ToLower(filepath.Ext(unpackedName(name))) == ".xml"
}

// HasMany reports whether the named input may have more than one article. What only its content tells counts as one.
func (o Options) HasMany(name string) bool {
	format := o.Format
	if format == Auto {
		format = formatOf(name)
	}
	for _, f := range formats {
		if f.format == format {
			return f.many
		}
	}
	return false
}

func unpackedName(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
}

// sniff tells the format of an input by its first bytes.
func sniff(r *bufio.Reader) Format {
	head, _ := r.Peek(2048) // an error comes again when the rest is read
	head = bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))))
	starts := func(with string) bool { return bytes.HasPrefix(head, []byte(with)) }
	has := func(part string) bool { return bytes.Contains(head, []byte(part)) }
	switch {
	case starts("warc/1."):
		return WARC
	case starts("<?xml"), starts("<rss"), starts("<feed"), starts("<rdf"):
		if has("<rss") || has("<feed") || has("<rdf:rdf") {
			return Feed
		}
		return HTML
	case starts("<!doctype html"), starts("<html"):
		return HTML
	case starts(`{"`) && has(`"text"`):
		return JSONL
	}
	return Text
}
