package extract

import (
	"fmt"
	"io/fs"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
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
	segment *segmenter
	engine  engine
	link    *linker
	mend    *mender
	clause  *clauser
	relate  *relater
	names   *neighbourhood
	trust   *calibration
}

// An engine finds tokens, tags, lemmas, trees and name mentions in the sentences of a document.
type engine interface {
	annotate(d *Document) error
}

// New compiles everything that Options name and reports every mistake with its place.
func New(o Options) (*Extractor, error) {
	set, err := rule.Load(o.Seeds, "rules")
	if err != nil {
		return nil, err
	}
	know, err := seeds.LoadKnowledge(o.Seeds)
	if err != nil {
		return nil, err
	}
	x := &Extractor{link: newLinker(know)}
	if err := x.compile(set, know); err != nil {
		return nil, err
	}
	if x.segment, err = newSegmenter(); err != nil {
		return nil, err
	}
	if x.trust, err = loadCalibration(o.Seeds); err != nil {
		return nil, err
	}
	c, err := loadClusters(o.Seeds)
	if err != nil {
		return nil, err
	}
	syntax, err := newSyntax(o.Seeds, c)
	if err != nil {
		return nil, err
	}
	switch o.Engine {
	case "", "dyad":
		x.engine, err = newDyadEngine(o.Seeds, syntax, c, know)
	case "prose":
		x.engine = newProseEngine(syntax)
	default:
		err = fmt.Errorf("engine %q: want dyad or prose", o.Engine)
	}
	return x, err
}

// Knowledge is the knowledge base that entities are linked to.
func (x *Extractor) Knowledge() *seeds.Knowledge { return x.names.know }

// compile builds the stages that rest on rules: the lexicon, the clauser and the relater.
func (x *Extractor) compile(set *rule.Set, know *seeds.Knowledge) error {
	x.lexicon = NewLexicon(append(ruleWords(set), grammarWords...))
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
	x.mend = newMender(x.lexicon, classes)
	x.clause = newClauser(classes, x.lexicon, nouns, adjs)
	x.relate = newRelater(set, x.lexicon, classes)
	x.relate.know = know
	x.names = &neighbourhood{know: know, words: classes}
	return nil
}

// Extract fills d with what it finds in the article, reusing d's memory. The article's text must be valid UTF-8.
func (x *Extractor) Extract(a Article, d *Document) error {
	d.Symbols.Use(x.lexicon)
	d.Reset(a)
	x.segment.segment(d)
	if err := x.engine.annotate(d); err != nil {
		return fmt.Errorf("article %q: %w", a.ID, err)
	}
	x.mend.run(d)
	x.link.link(d)
	x.relations(d)
	return nil
}

// relations fills d's clauses and relations from its trees, mentions and entities.
func (x *Extractor) relations(d *Document) {
	x.clause.run(d)
	resolveTimes(d)
	stateOffices(d)
	x.relate.run(d)
	x.names.run(d)
	x.trust.run(d)
	x.relate.settle(d)
}
