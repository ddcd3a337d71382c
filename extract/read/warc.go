package read

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
)

// maxHeader is the most bytes that the header of a record may have.
const maxHeader = 64 << 10

// warc reads the pages of a web archive, record by record. What is no answer with a page is passed over in silence.
func (o Options) warc(in input, yield func(Item) bool) bool {
	for number := 1; ; number++ {
		place := fmt.Sprintf("%s: record %d", in.place, number)
		header, err := recordHeader(in.Reader)
		if err == io.EOF {
			return true
		}
		var length int64
		if err == nil {
			length, err = strconv.ParseInt(header.Get("Content-Length"), 10, 64)
		}
		if err != nil || length < 0 { // where the next record begins nobody knows
			return yield(Item{Place: place, Err: fmt.Errorf("is no WARC record: %w", cmpErr(err, errNegative))})
		}
		block := &io.LimitedReader{R: in, N: length}
		more := true
		if header.Get("WARC-Type") == "response" {
			item := Item{Place: place, Article: o.Known}
			item.Article.ID = strings.Trim(clean(header.Get("WARC-Record-ID")), "<>")
			item.Article.URL = strings.Trim(clean(header.Get("WARC-Target-URI")), "<>")
			is := false
			item.Err = guard(func() (err error) {
				is, err = o.response(block, &item)
				return err
			})
			if is || item.Err != nil {
				more = yield(item)
			}
		}
		if !more {
			return false
		}
		if _, err := io.Copy(io.Discard, block); err != nil || block.N > 0 {
			return yield(Item{Place: place, Err: fmt.Errorf("is cut off: %w", cmpErr(err, io.ErrUnexpectedEOF))})
		}
	}
}

var errNegative = errors.New("its length is negative")

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// recordHeader reads the header of the next record. Behind the last record it returns io.EOF.
func recordHeader(r *bufio.Reader) (textproto.MIMEHeader, error) {
	for { // blank lines end the record before
		next, err := r.Peek(1)
		if err != nil {
			return nil, cause(err)
		}
		if next[0] != '\r' && next[0] != '\n' {
			break
		}
		_, _ = r.Discard(1)
	}
	// Lines of its own choosing must not make memory grow, so the reader of headers gets no more than so much.
	var head []byte
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		switch {
		case first && !bytes.HasPrefix(line, []byte("WARC/")):
			return nil, errors.New("it does not begin with WARC/")
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, cause(err)
		}
		if !first {
			head = append(head, line...)
		}
		if len(head) > maxHeader {
			return nil, errors.New("its header is too long")
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}
	return textproto.NewReader(bufio.NewReader(bytes.NewReader(head))).ReadMIMEHeader()
}

// response reads the page in an HTTP answer. It returns false for an answer that has none.
func (o Options) response(block io.Reader, item *Item) (bool, error) {
	answer, err := http.ReadResponse(bufio.NewReader(block), nil)
	if err != nil {
		return false, fmt.Errorf("is no HTTP answer: %w", err)
	}
	defer answer.Body.Close()
	contentType := answer.Header.Get("Content-Type")
	kind, _, _ := mime.ParseMediaType(contentType)
	if answer.StatusCode != http.StatusOK || kind != "text/html" && kind != "application/xhtml+xml" {
		return false, nil
	}
	body := bufio.NewReader(answer.Body)
	var r io.Reader = body
	if magic, _ := body.Peek(2); bytes.Equal(magic, []byte{0x1f, 0x8b}) { // archives mostly unpack, and keep the header
		if r, err = gzip.NewReader(body); err != nil {
			return true, err
		}
	}
	content, err := o.all(r)
	if err != nil {
		return true, err
	}
	return true, o.pageAs(content, contentType, item)
}
