package extract

import (
	"io"
	"io/fs"
	"slices"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// TrainOptions say how a model is trained.
type TrainOptions struct {
	Units    int      // hidden units, a multiple of 8
	Epochs   int      // passes over the data
	Least    int      // how often a feature must occur to be known
	Features int      // how many features at most
	Known    []uint32 // features to choose from, the most useful first; nil for those that occur most
	Rate     float64  // first step size
	Dropout  float64  // share of hidden units left out while learning
	Blanked  float64  // share of features left out while learning
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

// Parsed returns copies of the documents with the trees of a parser's model.
func Parsed(docs []*Document, model []byte) ([]*Document, error) {
	p := &parser{network: new(perceptron.Network)}
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
	c.work.forms = slices.Clone(d.work.forms)
	c.Symbols.words = slices.Clip(d.Symbols.words)
	return c
}
