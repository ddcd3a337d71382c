package read

import (
	"cmp"
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
	pruneAsides(found.Node)
	a.Text = textOf(found.Node)
	if title := strings.Join(strings.Fields(clean(found.Title())), " "); title != "" {
		a.Title = title
	}
	item.Author, item.Site = cmp.Or(oneLine(found.Byline()), meta["author"]), oneLine(found.SiteName())
	if t, err := found.PublishedTime(); err == nil {
		a.Published = dateOf(t)
	} else if day := firstDate(cmp.Or(meta["date"], meta["time"])); !day.IsZero() {
		a.Published = day
	}
	return check(a.Text)
}

// clutter are words of classes and identifiers by which pages name what is no article. Readability knows most of them, but
// falls back to all of the page where an article is short.
var clutter = map[string]bool{
	"ad": true, "ads": true, "advert": true, "advertisement": true, "advertising": true, "sponsored": true, "promo": true,
	"byline": true, "comment": true, "comments": true, "disqus": true, "consent": true, "cookie": true, "cookies": true,
	"footer": true, "colophon": true, "masthead": true, "menu": true, "nav": true, "navbar": true, "navigation": true, "breadcrumb": true, "breadcrumbs": true,
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
	role := attribute(n, "role")
	if role == "dialog" || role == "alertdialog" {
		return !hasArticle(n)
	}
	named := strings.Contains(n.Data, "-") && hasClutter(n.Data) // an element that the page has made up
	for _, name := range []string{"class", "id"} {
		named = named || hasClutter(attribute(n, name))
	}
	return named && !hasArticle(n) && !has(n, atom.H1)
}

func hasClutter(names string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(names), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if clutter[word] {
			return true
		}
	}
	return false
}

func hasArticle(n *html.Node) bool { return has(n, atom.Article) || has(n, atom.Main) }

func has(n *html.Node, element atom.Atom) bool {
	for d := range n.Descendants() {
		if d.DataAtom == element {
			return true
		}
	}
	return false
}

// pruneAsides removes short paragraphs within an article that are advertisements, or hardly more than a link to another one.
func pruneAsides(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if isAside(c) {
			n.RemoveChild(c)
		} else {
			pruneAsides(c)
		}
		c = next
	}
}

func isAside(n *html.Node) bool {
	const short = 500 // bytes
	element := elementOf(n)
	switch element {
	case atom.P, atom.Li, atom.Td, atom.Div, atom.Section:
	default:
		return false
	}
	var text strings.Builder
	linked := 0
	var add func(n *html.Node, link bool)
	add = func(n *html.Node, link bool) {
		if n.Type == html.TextNode {
			part := strings.TrimSpace(n.Data)
			text.WriteString(part)
			if link {
				linked += len(part)
			}
		}
		for c := n.FirstChild; c != nil && text.Len() <= short; c = c.NextSibling {
			add(c, link || elementOf(c) == atom.A)
		}
	}
	add(n, false)
	if text.Len() > short {
		return false
	}
	const label = "advertisement"
	start := text.String()[:min(len(label), text.Len())]
	return strings.EqualFold(start, label) || (element == atom.P || element == atom.Li || element == atom.Td) && linked*10 > text.Len()*6
}

// elementOf tells an element by its name: those that readability has made have no atom.
func elementOf(n *html.Node) atom.Atom {
	if n.Type != html.ElementNode {
		return 0
	}
	if n.DataAtom != 0 {
		return n.DataAtom
	}
	return atom.Lookup([]byte(n.Data))
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
		case n.DataAtom == atom.Meta && meta["date"] == "" && dateNames[strings.ToLower(cmp.Or(attribute(n, "itemprop"), attribute(n, "name")))]:
			meta["date"] = attribute(n, "content")
		case n.DataAtom == atom.Time && meta["time"] == "":
			meta["time"] = attribute(n, "datetime")
		case meta["author"] == "" && isByline(n):
			meta["author"] = strings.TrimPrefix(strings.TrimPrefix(oneLine(textOf(n)), "By "), "by ")
		}
	}
	return meta
}

// dateNames are what pages call the day on which they were published, besides what readability knows.
var dateNames = map[string]bool{
	"date": true, "datepublished": true, "pubdate": true, "publishdate": true, "publish-date": true, "dc.date": true, "dc.date.issued": true,
	"dcterms.date": true, "dcterms.created": true, "article.published": true,
}

// isByline reports whether an element has nothing but the author's name.
func isByline(n *html.Node) bool {
	return n.Type == html.ElementNode && n.DataAtom != atom.Meta && n.DataAtom != atom.Link &&
		(attribute(n, "rel") == "author" || attribute(n, "itemprop") == "author" || attribute(n, "class") == "byline")
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
		switch elementOf(n) {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Figcaption, atom.Aside, atom.Nav, atom.Form,
			atom.Button, atom.Footer, atom.Pre, atom.Iframe, atom.Svg, atom.Object:
			return
		case atom.Br:
			if w.gap == "\n" {
				w.owe("\n\n") // two of them end a paragraph
			}
			w.owe("\n")
			return
		}
	}
	block := isBlock(elementOf(n))
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
