package extract

import (
	"bufio"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// TrainOptions say how a model is trained.
type TrainOptions struct {
	Units    int         // hidden units, a multiple of 8
	Epochs   int         // passes over the data
	Least    int         // how often a feature must occur to be known
	Features int         // how many features at most
	Known    []uint32    // features to choose from, the most useful first; nil for those that occur most
	Rate     float64     // first step size
	Dropout  float64     // share of hidden units left out while learning
	Blanked  float64     // share of features left out while learning
	Silver   []*Document // documents with the tags of other taggers, to learn from besides
	Seed     uint64
	Log      io.Writer
	Check    func(epoch int, model []byte) // called after each epoch, or nil
}

// known returns the features to learn with.
func (o *TrainOptions) known(counted *perceptron.Vocabulary) []uint32 {
	if o.Known != nil {
		return o.Known[:min(len(o.Known), o.Features)]
	}
	return counted.Frequent(o.Least, o.Features)
}

func (o *TrainOptions) check(epoch int, t *perceptron.Trainer) error {
	if o.Check == nil {
		return nil
	}
	model, err := t.Network().MarshalBinary()
	if err == nil {
		o.Check(epoch, model)
	}
	return err
}

// ComputeForms computes what taggers and parsers see of the words of the documents, with the word clusters of the
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

// TakeTags gives the documents the tags that others with the same tokens have. If agreeing is set, a word keeps its tags
// if the others have the same and loses them if not.
func TakeTags(docs, others []*Document, agreeing bool) {
	for k, d := range docs {
		for i := range d.Tokens {
			t, other := &d.Tokens[i], others[k].Tokens[i]
			switch {
			case !agreeing:
				t.Tag, t.Pos = other.Tag, other.Pos
			case t.Tag != other.Tag || t.Pos != other.Pos:
				t.Tag, t.Pos = NoTag, NoPos
			}
		}
	}
}

// Tagged returns copies of the documents, whose forms have been computed, with the tags of a tagger's model.
func Tagged(docs []*Document, model []byte) ([]*Document, error) {
	t := &tagger{network: new(perceptron.Network)}
	if err := t.network.UnmarshalBinary(model); err != nil {
		return nil, err
	}
	var work tagWork
	out := make([]*Document, len(docs))
	for i, d := range docs {
		out[i] = d.copyTokens()
		for _, s := range d.Sentences {
			r := s.Tokens
			t.tagSentence(out[i].work.forms[r.First:r.End], out[i].Tokens[r.First:r.End], &work)
		}
	}
	return out, nil
}

// Parsed returns copies of the documents, which have been tagged, with the trees of a supertagger's and a parser's models.
func Parsed(docs []*Document, supertags, model []byte) ([]*Document, error) {
	p := &parser{network: new(perceptron.Network), supertagger: supertagger{new(perceptron.Network)}}
	if err := p.supertagger.network.UnmarshalBinary(supertags); err != nil {
		return nil, err
	}
	if err := p.network.UnmarshalBinary(model); err != nil {
		return nil, err
	}
	out := make([]*Document, len(docs))
	for i, d := range docs {
		out[i] = d.copyTokens()
		p.parse(out[i])
	}
	return out, nil
}

// Lemmatized returns copies of the documents with the lemmas of a table of lemmas.
func Lemmatized(docs []*Document, table []byte) ([]*Document, error) {
	l, err := parseLemmatizer(table)
	if err != nil {
		return nil, err
	}
	out := make([]*Document, len(docs))
	for i, d := range docs {
		out[i] = d.copyTokens()
		out[i].Symbols = Symbols{}
		for k := range out[i].Tokens {
			out[i].Tokens[k].Lemma = l.lemma(out[i], int32(k))
		}
	}
	return out, nil
}

// copyTokens returns a document with the same text and tokens of its own.
func (d *Document) copyTokens() *Document {
	c := &Document{Article: d.Article, Sentences: d.Sentences}
	c.Tokens = append(c.Tokens, d.Tokens...)
	c.work.forms, c.work.guesses = slices.Clone(d.work.forms), slices.Clone(d.work.guesses)
	c.Symbols.words = slices.Clip(d.Symbols.words)
	return c
}
