package read

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// maxParts is how deep the parts of a mail may lie in each other.
const maxParts = 8

// mail reads a mail: its plain text, or else its HTML.
func (o Options) mail(content []byte, item *Item) error {
	m, err := mail.ReadMessage(bytes.NewReader(content))
	if err != nil {
		return errors.New("is no mail: its header is broken")
	}
	a := &item.Article
	words := mime.WordDecoder{CharsetReader: labelled}
	decode := func(name string) string {
		s := m.Header.Get(name)
		if d, err := words.DecodeHeader(s); err == nil {
			s = d
		}
		return oneLine(s)
	}
	a.ID = strings.Trim(decode("Message-ID"), "<>")
	if subject := decode("Subject"); subject != "" {
		a.Title = subject
	}
	item.Author = decode("From")
	if t, err := m.Header.Date(); err == nil {
		a.Published = dateOf(t)
	}
	var body mailBody
	if err := body.add(m.Header, m.Body, 0); err != nil {
		return err
	}
	a.Text = body.plain
	if strings.TrimSpace(a.Text) == "" {
		if a.Text, err = fragment(strings.NewReader(body.html)); err != nil {
			return err
		}
	}
	return check(a.Text)
}

// A mailBody is the text of a mail as far as it is found, once plain, once as HTML.
type mailBody struct{ plain, html string }

// add takes a part of a mail and the parts in it.
func (b *mailBody) add(header interface{ Get(string) string }, r io.Reader, depth int) error {
	if depth > maxParts {
		return errors.New("has parts in parts without end")
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	if strings.HasPrefix(kind, "multipart/") {
		for parts := multipart.NewReader(r, params["boundary"]); ; {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return fmt.Errorf("a part is broken: %w", err)
			}
			if err := b.add(part.Header, part, depth+1); err != nil {
				return err
			}
		}
	}
	to := &b.plain
	switch {
	case kind == "text/html":
		to = &b.html
	case kind != "text/plain":
		return nil
	}
	if *to != "" || strings.HasPrefix(header.Get("Content-Disposition"), "attachment") {
		return nil
	}
	switch strings.ToLower(strings.TrimSpace(header.Get("Content-Transfer-Encoding"))) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	if label := params["charset"]; label != "" {
		if r, err = labelled(label, r); err != nil {
			return err
		}
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("its text is broken: %w", err)
	}
	*to = strings.ReplaceAll(clean(string(text)), "\r\n", "\n")
	return nil
}
