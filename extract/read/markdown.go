package read

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
)

// markdown reads a Markdown file: its front matter, and the text without code.
func (o Options) markdown(content []byte, item *Item) error {
	text, err := unmark(content)
	if err != nil {
		return err
	}
	if err := check(text); err != nil {
		return err
	}
	body := frontMatter(text, item)
	var page bytes.Buffer
	if err := goldmark.Convert([]byte(body), &page); err != nil {
		return err
	}
	if item.Article.Text, err = fragment(&page); err != nil {
		return err
	}
	return check(item.Article.Text)
}

// frontMatter reads the lines "name: value" between "---" that a file may begin with, and returns what follows.
func frontMatter(text string, item *Item) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	head, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return text
	}
	head, body, ok := strings.Cut(head, "\n---\n")
	if !ok {
		return text
	}
	for line := range strings.Lines(head) {
		name, value, _ := strings.Cut(line, ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		if value == "" {
			continue
		}
		switch strings.ToLower(name) {
		case "title":
			item.Article.Title = value
		case "date", "published":
			if day := firstDate(value); !day.IsZero() {
				item.Article.Published = day
			}
		case "url", "link":
			item.Article.URL = value
		case "author":
			item.Author = value
		}
	}
	return body
}
