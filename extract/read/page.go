package read

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/dyad-kg/dyad/seeds"
)

// maxElements bounds the work that one page can make.
const maxElements = 50_000

// page reads the article of an HTML page.
func (o Options) page(content []byte, item *Item) error {
	return o.pageAs(content, "", item)
}

// pageAs is page with the content type that a server gave.
func (o Options) pageAs(content []byte, contentType string, item *Item) error {
	doc, err := html.Parse(strings.NewReader(convert(content, contentType)))
	if err != nil {
		return err
	}
	a := &item.Article
	meta := metaOf(doc)
	if a.URL == "" {
		a.URL = meta["canonical"]
	}
	at, err := url.Parse(a.URL)
	if err != nil || !at.IsAbs() {
		at = nil
	}
	prune(doc)
	parser := readability.NewParser()
	parser.CharThresholds = 200 // news in brief is short; below, readability takes in whatever stands around
	parser.MaxElemsToParse = maxElements
	found, err := parser.ParseDocument(doc, at)
	switch {
	case err != nil:
		return err
	case found.Node == nil:
		return errors.New("has no article in it")
	}
	a.Text = textOf(found.Node)
	if title := strings.Join(strings.Fields(clean(found.Title())), " "); title != "" {
		a.Title = title
	}
	item.Author, item.Site = oneLine(found.Byline()), oneLine(found.SiteName())
	if t, err := found.PublishedTime(); err == nil {
		a.Published = dateOf(t)
	} else if day := firstDate(meta["time"]); !day.IsZero() {
		a.Published = day
	}
	return check(a.Text)
}

// clutter are words of classes and identifiers by which pages name what is no article. Readability knows most of them, but
// falls back to all of the page where an article is short.
var clutter = map[string]bool{
	"ad": true, "ads": true, "advert": true, "advertisement": true, "advertising": true, "sponsored": true, "promo": true,
	"byline": true, "comment": true, "comments": true, "disqus": true, "consent": true, "cookie": true, "cookies": true,
	"footer": true, "menu": true, "nav": true, "navbar": true, "navigation": true, "breadcrumb": true, "breadcrumbs": true,
	"newsletter": true, "subscribe": true, "paywall": true, "popup": true, "related": true, "recommended": true,
	"share": true, "sharing": true, "social": true, "sidebar": true,
}

// prune removes the clutter from a page, unless an article is part of it.
func prune(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && isClutter(c) {
			n.RemoveChild(c)
		} else {
			prune(c)
		}
		c = next
	}
}

func isClutter(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article, atom.Meta, atom.Link, atom.Script:
		return false
	}
	named := false
	for _, name := range []string{"class", "id"} {
		for word := range strings.FieldsFuncSeq(strings.ToLower(attribute(n, name)), func(r rune) bool { return !unicode.IsLetter(r) }) {
			named = named || clutter[word]
		}
	}
	if !named {
		return false
	}
	for d := range n.Descendants() {
		if d.DataAtom == atom.Article || d.DataAtom == atom.Main || d.DataAtom == atom.H1 {
			return false
		}
	}
	return true
}

func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// metaOf returns what a page says of itself in elements that readability does not look at: its address and time.
func metaOf(doc *html.Node) map[string]string {
	meta := map[string]string{}
	for n := range doc.Descendants() {
		switch {
		case n.DataAtom == atom.Link && attribute(n, "rel") == "canonical":
			meta["canonical"] = attribute(n, "href")
		case n.DataAtom == atom.Meta && attribute(n, "property") == "og:url" && meta["canonical"] == "":
			meta["canonical"] = attribute(n, "content")
		case n.DataAtom == atom.Time && meta["time"] == "":
			meta["time"] = attribute(n, "datetime")
		}
	}
	return meta
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return clean(strings.TrimSpace(a.Val))
		}
	}
	return ""
}

func dateOf(t time.Time) seeds.Date {
	date, err := seeds.ParseDate(t.Format("2006-01-02"))
	if err != nil { // the year has five digits
		return seeds.Date{}
	}
	return date
}

// firstDate returns the day that a time such as 2019-05-31T10:00:00Z begins with, the zero date when it is no time.
func firstDate(s string) seeds.Date {
	const day = len("2006-01-02")
	if len(s) > day {
		s = s[:day]
	}
	date, err := seeds.ParseDate(s)
	if err != nil {
		return seeds.Date{}
	}
	return date
}

// fragment returns the text of a piece of HTML that is all article: an item of a feed, a mail, rendered Markdown.
func fragment(r io.Reader) (string, error) {
	doc, err := html.Parse(r)
	if err != nil {
		return "", err
	}
	return textOf(doc), nil
}

// textOf writes the text below a node, with a blank line between paragraphs.
func textOf(root *html.Node) string {
	var w textWriter
	w.node(root)
	return clean(w.String())
}

// A textWriter writes words with single blanks between them, and breaks before the first word of a new block.
type textWriter struct {
	strings.Builder
	gap string // owed before the next word
}

func (w *textWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.words(n.Data)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Figcaption, atom.Aside, atom.Nav, atom.Form,
			atom.Button, atom.Footer, atom.Pre, atom.Iframe, atom.Svg, atom.Object:
			return
		case atom.Br:
			w.owe("\n")
			return
		}
	}
	block := n.Type == html.ElementNode && isBlock(n.DataAtom)
	if block {
		w.owe("\n\n")
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	if block {
		w.owe("\n\n")
	}
}

func (w *textWriter) words(s string) {
	for i, word := range strings.Fields(s) {
		if i > 0 || strings.TrimLeft(s, " \t\r\n\f\u00a0") != s {
			w.owe(" ")
		}
		w.WriteString(w.gap)
		w.WriteString(word)
		w.gap = ""
	}
	if strings.TrimRight(s, " \t\r\n\f\u00a0") != s {
		w.owe(" ")
	}
}

// owe asks for a gap before the next word; the widest one that was asked for is written.
func (w *textWriter) owe(gap string) {
	if w.Len() > 0 && (len(gap) > len(w.gap) || w.gap == " ") {
		w.gap = gap
	}
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Figure, atom.Hr, atom.Body:
		return true
	}
	return false
}
