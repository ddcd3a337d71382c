package read

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed"
)

// feed reads the items of an RSS or Atom file. Where an item has its whole content that is its text, else the summary.
func (o Options) feed(in input, yield func(Item) bool) bool {
	content, err := o.all(in)
	var f *gofeed.Feed
	if err == nil {
		err = guard(func() (err error) {
			f, err = gofeed.NewParser().ParseString(string(content))
			return err
		})
	}
	if err != nil {
		return yield(Item{Place: in.place, Err: err})
	}
	for i, entry := range f.Items {
		item := Item{Place: fmt.Sprintf("%s: item %d", in.place, i+1), Article: o.Known, Site: oneLine(f.Title)}
		item.Err = guard(func() error { return o.entry(entry, &item) })
		if !yield(item) {
			return false
		}
	}
	return true
}

func (o Options) entry(entry *gofeed.Item, item *Item) (err error) {
	a := &item.Article
	a.ID, a.URL = clean(entry.GUID), cmp.Or(clean(entry.Link), a.URL)
	a.Title = cmp.Or(oneLine(entry.Title), a.Title)
	if t := entry.PublishedParsed; t != nil {
		a.Published = dateOf(*t)
	}
	if len(entry.Authors) > 0 {
		item.Author = oneLine(entry.Authors[0].Name)
	}
	if a.Text, err = fragment(strings.NewReader(clean(cmp.Or(entry.Content, entry.Description)))); err != nil {
		return err
	}
	return check(a.Text)
}
