package main

import (
	"io"
	"iter"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
)

// items reads one input after another.
func (c *extractConfig) items(stdin io.Reader) iter.Seq[read.Item] {
	o := c.reading()
	o.Stdin = stdin
	return read.Articles(c.files, o)
}

// isLines reports whether an input may have many articles.
func (c *extractConfig) isLines(name string) bool { return c.reading().HasMany(name) }

func (c *extractConfig) reading() read.Options {
	known := extract.Article{URL: c.url, Title: c.title, Published: c.date}
	return read.Options{Format: read.Format(c.inputFormat), Known: known}
}
