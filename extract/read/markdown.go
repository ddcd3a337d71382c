package read

import (
	"bytes"
	"fmt"
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
	if err := checkMarkdown(body); err != nil {
		return err
	}
	var page bytes.Buffer
	if err := goldmark.Convert([]byte(body), &page); err != nil {
		return err
	}
	if item.Article.Text, err = fragment(&page); err != nil {
		return err
	}
	return check(item.Article.Text)
}

// What nobody writes, and what would take time that grows with its square.
const (
	maxLinks = 5000
	maxNests = 100 // quotations and lists in each other
)

func checkMarkdown(text string) error {
	if strings.Count(text, "[") > maxLinks {
		return fmt.Errorf("has more than %d links", maxLinks)
	}
	for line := range strings.Lines(text) {
		marks := line[:len(line)-len(strings.TrimLeft(line, "> -*+\t"))]
		if strings.Count(marks, ">") > maxNests || strings.Count(marks, "- ")+strings.Count(marks, "* ")+strings.Count(marks, "+ ") > maxNests {
			return fmt.Errorf("has more than %d quotations and lists in each other", maxNests)
		}
	}
	return nil
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
