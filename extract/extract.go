package extract

import (
	"fmt"
	"io/fs"

	"github.com/dyad-kg/dyad/extract/rule"
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
	clause  *clauser
	relate  *relater
	place   *placer
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
	set, err := rule.Load(o.Seeds, "rules")
	if err != nil {
		return nil, err
	}
	x := &Extractor{}
	if err := x.compile(set); err != nil {
		return nil, err
	}
	return x, nil
}

// compile builds the stages that rest on rules: the lexicon, the clauser and the relater.
func (x *Extractor) compile(set *rule.Set) error {
	known := append(ruleWords(set), grammarWords...)
	x.lexicon = NewLexicon(append(known, settlements...))
	classes, err := newWordClasses(x.lexicon, set)
	if err != nil {
		return err
	}
	var nouns, adjs []string
	for i := range set.Rules {
		for _, t := range set.Rules[i].Triggers {
			switch t.Kind {
			case rule.Noun:
				nouns = append(nouns, t.Word)
			case rule.Adj:
				adjs = append(adjs, t.Word)
			}
		}
	}
	x.clause = newClauser(classes, x.lexicon, nouns, adjs)
	x.relate = newRelater(set, x.lexicon, classes)
	x.place = newPlacer(x.lexicon)
	return nil
}

// Extract fills d with what it finds in the article, reusing d's memory. The article's text must be valid UTF-8.
func (x *Extractor) Extract(a Article, d *Document) error {
	d.Symbols.Use(x.lexicon)
	d.Reset(a)
	x.clause.run(d)
	resolveTimes(d)
	x.relate.run(d)
	x.place.run(d)
	return nil
}
