package extract

import (
	"encoding/binary"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// A LabelledText is an article whose names are known.
type LabelledText struct {
	Text      string
	Sentences []Span
	Names     []LabelledName
	Weight    float32 // how much it counts in training; 1 is usual
}

// A LabelledName is a name in a text.
type LabelledName struct {
	Span
	Type Type
}

// A NameTrainer makes the recognizer's model from labelled texts.
type NameTrainer struct {
	Total  int // names added
	Torn   int // of them, names that begin or end inside a token
	Unseen int // names in places where the recognizer does not look

	r       recognizer
	docs    []*Document
	labels  [][]uint8
	weights []float32
}

// NewNameTrainer reads from the models what the recognizer needs besides its own model.
func NewNameTrainer(models fs.FS) (*NameTrainer, error) {
	c, err := loadClusters(models)
	if err != nil {
		return nil, err
	}
	return &NameTrainer{r: recognizer{clusters: c}}, nil
}

// Add adds a text to train on.
func (t *NameTrainer) Add(a LabelledText) {
	d := tokenized(a)
	labels := make([]uint8, len(d.Tokens))
	starts, ends := make(map[uint32]int), make(map[uint32]int)
	for i, tok := range d.Tokens {
		starts[tok.Start], ends[tok.End] = i, i
	}
	for _, n := range a.Names {
		t.Total++
		from, starts := starts[n.Start]
		to, ends := ends[n.End]
		if !starts || !ends {
			t.Torn++
			continue
		}
		for i := from; i <= to; i++ {
			labels[i] = nameLabel(n.Type, partInside)
		}
		labels[from], labels[to] = nameLabel(n.Type, partBegin), nameLabel(n.Type, partLast)
		if from == to {
			labels[from] = nameLabel(n.Type, partOnly)
		}
	}
	t.docs, t.labels, t.weights = append(t.docs, d), append(t.labels, labels), append(t.weights, a.Weight)
}

func tokenized(a LabelledText) *Document {
	d := new(Document)
	d.Reset(Article{Text: a.Text})
	for _, s := range a.Sentences {
		d.Sentences = append(d.Sentences, Sentence{Span: s})
	}
	tokenizer{}.tokenize(d)
	return d
}

// Train returns the model's file.
func (t *NameTrainer) Train(o perceptron.ChainOptions) []byte {
	words := t.innerWords()
	t.r.inner = make(map[string]bool)
	for _, w := range words {
		t.r.inner[w] = true
	}
	var examples []perceptron.Sequence
	for k := range t.docs {
		examples = t.appendExamples(examples, k)
	}
	o.Labels, o.Allowed = nameTags, nameMayFollow
	inner := strings.Join(words, " ")
	out := binary.LittleEndian.AppendUint32([]byte(nameMagic), uint32(len(inner)))
	return append(append(out, inner...), perceptron.TrainChain(examples, o)...)
}

// innerWords lists the lower-case words and marks that are part of more than one name.
func (t *NameTrainer) innerWords() []string {
	counts := make(map[string]int)
	for k, d := range t.docs {
		for i, label := range t.labels[k] {
			if word := d.Word(int32(i)); label != noName && !strings.ContainsFunc(word, unicode.IsSpace) {
				if _, class := wordShape(word); class <= noLetters {
					counts[plainApostrophe(word)]++
				}
			}
		}
	}
	var words []string
	for w, n := range counts {
		if n > 1 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// appendExamples appends the runs of a text with their features and labels.
func (t *NameTrainer) appendExamples(examples []perceptron.Sequence, k int) []perceptron.Sequence {
	d, labels := t.docs[k], t.labels[k]
	w := &d.work.names
	t.r.look(d, w)
	runOf := make([]int, len(labels)) // 0 between runs
	number := 0
	for _, s := range d.Sentences {
		t.r.runs(d, w, s.Tokens, func(run Range) {
			number++
			for i := run.First; i < run.End; i++ {
				runOf[i] = number
			}
		})
	}
	t.hideUnseen(labels, runOf)
	for _, s := range d.Sentences {
		t.r.runs(d, w, s.Tokens, func(run Range) {
			e := perceptron.Sequence{Labels: labels[run.First:run.End], Weight: t.weights[k]}
			for i := run.First; i < run.End; i++ {
				e.Features = append(e.Features, t.r.features(nil, w.words, s.Tokens, run, i))
			}
			examples = append(examples, e)
		})
	}
	return examples
}

// hideUnseen takes away the labels of names that do not lie within one run.
func (t *NameTrainer) hideUnseen(labels []uint8, runOf []int) {
	for from := 0; from < len(labels); from++ {
		if labels[from] == noName {
			continue
		}
		to := from
		for _, part := labelType(labels[to]); part == partBegin || part == partInside; _, part = labelType(labels[to]) {
			to++
		}
		if slices.Contains(runOf[from:to+1], 0) || runOf[from] != runOf[to] {
			t.Unseen++
			clear(labels[from : to+1])
		}
		from = to
	}
}

// Use makes the trainer find names with a trained model.
func (t *NameTrainer) Use(model []byte) error { return t.r.decode(model) }

// Find returns the names that the model finds in a text.
func (t *NameTrainer) Find(a LabelledText) []LabelledName {
	d := tokenized(a)
	t.r.recognize(d)
	var names []LabelledName
	for _, m := range d.Mentions {
		names = append(names, LabelledName{m.Span, m.Type})
	}
	return names
}
