// Command trafilatura reads pages with dyad and with go-trafilatura and tells how much of each article both find.
//
//	go run . ../../../extract/read/testdata/pages
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/dyad-kg/dyad/extract/read"
	"github.com/markusmobius/go-trafilatura"
)

// A found is what a reader finds in a page.
type found struct{ text, title, day, author, site string }

// A score sums up over pages.
type score struct {
	same, found, wanted             int // words
	pages, title, day, author, site int // how many are right
	took                            time.Duration
}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: trafilatura DIR")
	}
	pages, err := filepath.Glob(filepath.Join(os.Args[1], "*.html"))
	if err != nil || len(pages) == 0 {
		log.Fatalf("%s: no pages: %v", os.Args[1], err)
	}
	readers := []struct {
		name string
		read func(page string) found
		score
	}{{name: "dyad", read: byDyad}, {name: "trafilatura", read: byTrafilatura}}
	for _, page := range pages {
		want := wanted(strings.TrimSuffix(page, ".html") + ".txt")
		for i := range readers {
			r := &readers[i]
			began := time.Now()
			got := r.read(page)
			r.took += time.Since(began)
			r.add(want, got)
		}
	}
	fmt.Printf("%-12s %9s %9s %7s %7s %7s %7s %9s\n", "", "precision", "recall", "title", "date", "author", "site", "ms/page")
	for _, r := range readers {
		fmt.Printf("%-12s %9.3f %9.3f %4d/%-2d %4d/%-2d %4d/%-2d %4d/%-2d %9.1f\n", r.name, float64(r.same)/float64(r.found), float64(r.same)/float64(r.wanted),
			r.title, r.pages, r.day, r.pages, r.author, r.pages, r.site, r.pages, float64(r.took.Milliseconds())/float64(r.pages))
	}
}

func (s *score) add(want, got found) {
	count := map[string]int{}
	for _, word := range words(want.text) {
		count[word]++
		s.wanted++
	}
	for _, word := range words(got.text) {
		if count[word] > 0 {
			count[word]--
			s.same++
		}
		s.found++
	}
	s.pages++
	for _, part := range []struct {
		want, got string
		right     *int
	}{{want.title, got.title, &s.title}, {want.day, got.day, &s.day}, {want.author, got.author, &s.author}, {want.site, got.site, &s.site}} {
		if part.want == part.got {
			*part.right++
		}
	}
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// wanted reads what is in a page: title, day and author, and behind a blank line the text.
func wanted(name string) found {
	file, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	head, text, _ := strings.Cut(string(file), "\n\n")
	lines := append(strings.Split(head, "\n"), "")
	return found{text, lines[0], lines[1], lines[2], "Example News"}
}

func byDyad(page string) found {
	for item := range read.Articles([]string{page}, read.Options{}) {
		return found{item.Article.Text, item.Article.Title, item.Article.Published.String(), item.Author, item.Site}
	}
	return found{}
}

func byTrafilatura(page string) found {
	file, err := os.ReadFile(page)
	if err != nil {
		log.Fatal(err)
	}
	got, err := trafilatura.Extract(bytes.NewReader(file), trafilatura.Options{ExcludeComments: true})
	if err != nil {
		return found{}
	}
	m := got.Metadata
	return found{got.ContentText, m.Title, m.Date.Format("2006-01-02"), m.Author, m.Sitename}
}
