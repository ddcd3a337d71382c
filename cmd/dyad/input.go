package main

import (
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"

	"github.com/spf13/cobra"

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
	return read.Options{Format: read.Format(c.inputFormat), Known: known, Fields: c.fields.Fields}
}

// fieldNames are the names of the fields of JSON Lines, as a flag.
type fieldNames struct {
	read.Fields
	given map[string]string
}

func (f *fieldNames) addFlag(cmd *cobra.Command) {
	cmd.Flags().StringToStringVar(&f.given, "fields", nil, "`names` of JSON fields that are not the usual ones: text=body,published=date (also id, url, title)")
	cmd.Flags().Lookup("fields").DefValue = ""
}

func (f *fieldNames) check() error {
	for _, field := range slices.Sorted(maps.Keys(f.given)) {
		name := f.given[field]
		switch field {
		case "id":
			f.ID = name
		case "url":
			f.URL = name
		case "title":
			f.Title = name
		case "published":
			f.Published = name
		case "text":
			f.Text = name
		default:
			return fmt.Errorf("--fields %s=%s: want id, url, title, published or text before the =", field, name)
		}
	}
	return nil
}
