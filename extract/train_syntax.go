package extract

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"github.com/dyad-kg/dyad/extract/learn"
)

// SyntaxOptions say how a model of syntax is trained.
type SyntaxOptions struct {
	Units    int // of each direction of both layers, a multiple of 16
	Width    int // numbers that a word's features add up to, a multiple of 16
	Epochs   int // passes over the data
	Least    int // how often a feature must occur to be known
	Features int // how many features at most
	Rate     float64
	Dropout  float64 // share of units left out while learning
	Seed     uint64
	Vectors  *WordVectors // or nil
	Silver   []*Document  // text annotated by another model, to learn from besides
	Log      io.Writer
	Check    func(model []byte) // called now and then, or nil
}

// WordVectors are vectors of words from other text, all of the same length.
type WordVectors struct {
	Words  []string // the most frequent first
	Values [][]float32
}

const (
	headUnits   = 64     // numbers that stand for a word when heads are chosen
	labelUnits  = 64     // units between an arc and its relation
	batchWords  = 600    // that are learned from at a time
	warmUpWords = 20_000 // at most, while the step size rises
	checkEvery  = 5      // passes
)

// TrainSyntax learns tags and trees from documents whose forms have been computed, and returns the model file. The same data and
// options give the same file.
func TrainSyntax(data []*Document, o SyntaxOptions) (model []byte, err error) {
	gold, silver := syntaxExamples(data), syntaxExamples(o.Silver)
	shape := learn.Shape{
		Features:  o.features(gold),
		Given:     o.given(),
		Width:     o.Width,
		Units:     []int{o.Units, o.Units},
		HeadUnits: headUnits, Hidden: labelUnits,
		Classes: []int{tagDecision: len(tagNames), posDecision: len(posNames)},
		Labels:  len(depNames),
	}
	fmt.Fprintf(o.Log, "syntax: %d sentences and %d of silver, %d features, %d vectors\n",
		len(gold), len(silver), len(shape.Features), len(shape.Given.Features))
	t := learn.NewTrainer(shape, o.Seed)
	t.DropWords = 0.06 // unknown names are what news is full of, and treebanks are not
	t.DropFeatures, t.DropInputs, t.DropOutputs, t.DropSteps = 0.15, 0.1, float32(o.Dropout), float32(0.8*o.Dropout)
	sample := gold[:min(len(gold), 500)]
	s := schedule{o: o, gold: gold, silver: silver, random: rand.New(rand.NewPCG(o.Seed, 9))}
	for epoch := 1; epoch <= o.Epochs; epoch++ {
		loss := s.pass(t)
		n := float64(loss.Words)
		fmt.Fprintf(o.Log, "syntax: pass %d: loss of tags %.4f, parts of speech %.4f, heads %.4f, relations %.4f\n", epoch,
			loss.Classes[tagDecision]/n, loss.Classes[posDecision]/n, loss.Heads/n, loss.Labels/n)
		if epoch == o.Epochs || epoch%checkEvery == 0 && o.Check != nil {
			if model, err = t.Network(sample).MarshalBinary(); err != nil {
				return nil, err
			}
			if o.Check != nil {
				o.Check(model)
			}
		}
	}
	return model, nil
}

// features are those that occur often enough.
func (o *SyntaxOptions) features(examples []learn.Example) []uint32 {
	var v learn.Vocabulary
	for i := range examples {
		for _, features := range examples[i].Features {
			v.Count(features[:len(features)-1]) // the last one is that of a vector
		}
	}
	return v.Frequent(o.Least, o.Features)
}

// vectorLength is the length that vectors are given.
const vectorLength = 4

// given are the vectors as features, the first one of each lower-case form.
func (o *SyntaxOptions) given() (v learn.Vectors) {
	v.Size = 16
	if o.Vectors == nil || len(o.Vectors.Values) == 0 {
		return v
	}
	length := len(o.Vectors.Values[0])
	v.Size = (length + 15) / 16 * 16
	known := make(map[uint32]bool)
	for i, word := range o.Vectors.Words {
		f := vectorFeature(makeForm(word).lower)
		if known[f] {
			continue
		}
		known[f] = true
		squares := 0.0
		for _, x := range o.Vectors.Values[i] {
			squares += float64(x) * float64(x)
		}
		scale := float32(vectorLength / math.Sqrt(max(squares, 1e-9)))
		v.Features = append(v.Features, f)
		for _, x := range o.Vectors.Values[i] {
			v.Values = append(v.Values, scale*x)
		}
		v.Values = append(v.Values, make([]float32, v.Size-length)...)
	}
	return v
}

// syntaxExamples makes an example of each sentence.
func syntaxExamples(docs []*Document) (examples []learn.Example) {
	var l featureList
	for _, d := range docs {
		for _, s := range d.Sentences {
			r := s.Tokens
			n := r.Len()
			x := learn.Example{
				Features: make([][]uint32, n), Strange: make([][]uint32, n), Classes: [][]uint8{make([]uint8, n), make([]uint8, n)},
				Heads: make([]int32, n), Labels: make([]uint8, n), Apart: make([]bool, n),
			}
			for k := range n {
				i := r.First + int32(k)
				t := &d.Tokens[i]
				l.word(&d.work.forms[i])
				x.Features[k] = append([]uint32(nil), l.features()...)
				x.Strange[k] = x.Features[k]
				switch t.Pos {
				case PosNoun, PosPropn, PosVerb, PosAdj:
					f := d.work.forms[i]
					f.exact, f.lower, f.wordGroups, f.glove = 0, 0, wordGroups{}, wordGroups{}
					l.word(&f)
					x.Strange[k] = append([]uint32(nil), l.features()...)
				}
				x.Classes[tagDecision][k], x.Classes[posDecision][k] = uint8(t.Tag), uint8(t.Pos)
				x.Heads[k], x.Labels[k], x.Apart[k] = t.Head-r.First, uint8(t.Dep), t.Pos == PosPunct
				if t.Head < 0 {
					x.Heads[k] = int32(n)
				}
			}
			examples = append(examples, x)
		}
	}
	return examples
}

// A schedule says what is learned from when, and in what steps. With silver data, half of what is learned from is of that kind.
type schedule struct {
	o            SyntaxOptions
	gold, silver []learn.Example
	random       *rand.Rand
	next         int // of the silver data
	learned      int // words so far
	words        int // in a pass
}

func (s *schedule) pass(t *learn.Trainer) (loss learn.Loss) {
	examples := append([]learn.Example(nil), s.gold...)
	s.words = countWords(examples)
	if len(s.silver) > 0 {
		for n := 0; n < countWords(s.gold); s.next++ {
			x := s.silver[s.next%len(s.silver)]
			examples = append(examples, x)
			n += len(x.Features)
		}
		s.words = countWords(examples)
	}
	s.random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
	for first, end := 0, 0; first < len(examples); first = end {
		words := 0
		for ; end < len(examples) && words < batchWords; end++ {
			words += len(examples[end].Features)
		}
		t.Rate = s.rate()
		t.Learn(examples[first:end], &loss)
		s.learned += words
	}
	return loss
}

// rate is the step size: it rises at the beginning and then falls as a cosine does, to next to nothing.
func (s *schedule) rate() float32 {
	all := float64(s.words * s.o.Epochs)
	done := min(1, float64(s.learned)/all)
	warm := min(1, float64(s.learned)/min(warmUpWords, all/20))
	return float32(s.o.Rate * max(0.003, warm*(1+math.Cos(math.Pi*done))/2))
}

func countWords(examples []learn.Example) (n int) {
	for i := range examples {
		n += len(examples[i].Features)
	}
	return n
}
