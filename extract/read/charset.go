package read

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// unmark converts a text that begins with a byte order mark to UTF-8.
func unmark(content []byte) (string, error) {
	if bytes.HasPrefix(content, []byte{0xff, 0xfe}) || bytes.HasPrefix(content, []byte{0xfe, 0xff}) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(content)
		return string(text), err
	}
	return string(bytes.TrimPrefix(content, []byte("\ufeff"))), nil
}

// convert converts the content of a page to UTF-8, as browsers do: by mark, header, meta element, or else a guess.
func convert(content []byte, contentType string) string {
	e, _, _ := charset.DetermineEncoding(content, contentType)
	text, err := e.NewDecoder().Bytes(content)
	if err != nil { // no decoder fails: they put U+FFFD
		text = content
	}
	return clean(string(text))
}

// labelled converts what a mail says to be in a character set.
func labelled(label string, r io.Reader) (io.Reader, error) {
	if e, _ := charset.Lookup(label); e != nil {
		return e.NewDecoder().Reader(r), nil
	}
	return nil, fmt.Errorf("character set %q is unknown", label)
}

// clean leaves out what no text has: NUL, and bytes that are not UTF-8.
func clean(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")
}
