package extract

import (
	"bufio"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/learn"
)

// ComputeForms computes what the models see of the words of the documents, with the word clusters of the
// seeds.
func ComputeForms(docs []*Document, seeds fs.FS) error {
	c, err := loadClusters(seeds)
	if err != nil {
		return err
	}
	for _, d := range docs {
		d.forms(c)
	}
	return nil
}

// ReadSentences reads plain text as documents of one sentence each, a line for each; what stands before a tab is left out.
func ReadSentences(r io.Reader) ([]*Document, error) {
	var docs []*Document
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text := lines.Text()
		text = text[strings.LastIndexByte(text, '\t')+1:]
		d := inSentences(LabelledText{Text: text, Sentences: []Span{{0, uint32(len(text))}}})
		tokenizer{}.tokenize(d)
		docs = append(docs, d)
	}
	return docs, lines.Err()
}

// Annotated returns copies of the documents, whose forms have been computed, with the tags, lemmas and trees of a model of
// syntax and a table of lemmas.
func Annotated(docs []*Document, model, lemmas []byte) ([]*Document, error) {
	s := &syntax{network: new(learn.Network)}
	if err := s.load(model); err != nil {
		return nil, err
	}
	var err error
	if s.lemmas, err = parseLemmatizer(lemmas); err != nil {
		return nil, err
	}
	var work syntaxWork // goes from one to the next: what it keeps of words would be too much for each to have
	out := make([]*Document, len(docs))
	for i, d := range docs {
		out[i] = d.copyTokens()
		out[i].Symbols = Symbols{}
		out[i].work.syntax = work
		s.annotate(out[i])
		work, out[i].work.syntax = out[i].work.syntax, syntaxWork{}
	}
	return out, nil
}

// copyTokens returns a document with the same text and tokens of its own.
func (d *Document) copyTokens() *Document {
	c := &Document{Article: d.Article, Sentences: d.Sentences}
	c.Tokens = append(c.Tokens, d.Tokens...)
	c.work.forms = slices.Clone(d.work.forms)
	c.Symbols.words = slices.Clip(d.Symbols.words)
	return c
}
