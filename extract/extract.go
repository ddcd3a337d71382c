package extract

import (
	"fmt"
	"io/fs"
)

// Options say what an Extractor is built from.
type Options struct {
	Seeds  fs.FS  // models, knowledge and rules; see package seeds
	Engine string // "dyad" (the default) or "prose": who finds tokens, tags and names
}

// An Extractor turns articles into documents. It is built once, never changes, and serves any number of goroutines,
// each with a Document of its own.
type Extractor struct {
	lexicon *Lexicon
	engine  engine
}

// An engine finds tokens, tags, lemmas and name mentions in the sentences of a document.
type engine interface {
	annotate(d *Document) error
}

// New compiles everything that Options name and reports every mistake with its place.
func New(o Options) (*Extractor, error) {
	switch o.Engine {
	case "", "dyad", "prose":
	default:
		return nil, fmt.Errorf("engine %q: want dyad or prose", o.Engine)
	}
	return &Extractor{lexicon: NewLexicon(nil)}, nil
}

// Extract fills d with what it finds in the article, reusing d's memory. The article's text must be valid UTF-8.
func (x *Extractor) Extract(a Article, d *Document) error {
	d.Symbols.Use(x.lexicon)
	d.Reset(a)
	return nil
}
