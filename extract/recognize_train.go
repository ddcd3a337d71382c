package extract

import (
	"encoding/binary"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"github.com/dyad-kg/dyad/extract/learn"
	"github.com/dyad-kg/dyad/seeds"
)

// A LabelledText is an article whose names are known.
type LabelledText struct {
	Text      string
	Sentences []Span
	Names     []LabelledName
	Unmarked  Types   // types whose names are not marked in this text
	Unknowing float32 // share of runs to be labelled without asking the knowledge base
	Weight    float32 // how much it counts in training; 1 is usual
}

// A LabelledName is a name in a text, of one type or of one of several. Of one that may be no name at all, NoType among
// its types, not even the ends are certain.
type LabelledName struct {
	Span
	Types Types
}

// Types is a set of types, a bit for each.
type Types uint16

// TypesOf returns the set of those types.
func TypesOf(types ...Type) (set Types) {
	for _, t := range types {
		set |= 1 << t
	}
	return set
}

// Has reports whether t is in the set.
func (s Types) Has(t Type) bool { return s>>t&1 != 0 }

// labels returns the labels of a part of a name of one of the types, a bit for each.
func (s Types) labels(part int) (labels uint64) {
	for t := seeds.Person; t <= seeds.Product; t++ {
		if s.Has(t) {
			labels |= 1 << nameLabel(t, part)
		}
	}
	return labels
}

// anyLabel returns the labels of all parts of names of the types, and that of tokens outside of names.
func (s Types) anyLabel() uint64 {
	return 1<<noName | s.labels(partOnly) | s.labels(partBegin) | s.labels(partInside) | s.labels(partLast)
}

// A NameTrainer makes the recognizer's model from labelled texts.
type NameTrainer struct {
	Total  int // names added
	Torn   int // of them, names that begin or end inside a token
	Unseen int // names in places where the recognizer does not look

	syntax    *syntax
	work      syntaxWork
	r         recognizer
	docs      []*Document
	labels    [][]uint64
	weights   []float32
	unknowing []float32
	random    *rand.Rand
}

// NewNameTrainer reads from the models what the recognizer needs besides its own model.
func NewNameTrainer(models fs.FS) (*NameTrainer, error) {
	c, err := loadClusters(models)
	if err != nil {
		return nil, err
	}
	syntax, err := newSyntax(models, c)
	if err != nil {
		return nil, err
	}
	k, err := seeds.LoadKnowledge(models)
	if err != nil {
		return nil, err
	}
	return &NameTrainer{syntax: syntax, random: rand.New(rand.NewPCG(9, 9)), r: recognizer{clusters: c, know: k}}, nil
}

// Add adds a text to train on.
func (t *NameTrainer) Add(a LabelledText) {
	d := t.read(a)
	labels := make([]uint64, len(d.Tokens))
	starts, ends := make(map[uint32]int), make(map[uint32]int)
	for i, tok := range d.Tokens {
		labels[i] = a.Unmarked.anyLabel()
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
			labels[i] = n.Types.labels(partInside)
		}
		labels[from], labels[to] = n.Types.labels(partBegin), n.Types.labels(partLast)
		if from == to {
			labels[from] = n.Types.labels(partOnly)
		}
		if n.Types.Has(seeds.NoType) {
			for i := from; i <= to; i++ {
				labels[i] = n.Types.anyLabel()
			}
		}
	}
	t.docs, t.labels, t.weights, t.unknowing = append(t.docs, d), append(t.labels, labels), append(t.weights, a.Weight), append(t.unknowing, a.Unknowing)
}

// read cuts and tags a text.
func (t *NameTrainer) read(a LabelledText) *Document {
	d := inSentences(a)
	tokenizer{}.tokenize(d)
	d.work.syntax = t.work // goes from one text to the next
	t.syntax.annotate(d)
	t.work, d.work.syntax = d.work.syntax, syntaxWork{}
	return d
}

// inSentences returns a document of the text with its sentences.
func inSentences(a LabelledText) *Document {
	d := new(Document)
	d.Reset(Article{Text: a.Text})
	for _, s := range a.Sentences {
		d.Sentences = append(d.Sentences, Sentence{Span: s})
	}
	return d
}

// Train returns the model's file.
func (t *NameTrainer) Train(o learn.ChainOptions) []byte {
	words := t.innerWords()
	t.r.inner = make(map[string]bool)
	for _, w := range words {
		t.r.inner[w] = true
	}
	var examples []learn.Sequence
	for k := range t.docs {
		examples = t.appendExamples(examples, k)
	}
	o.Labels, o.Allowed = nameTags, nameMayFollow
	inner := strings.Join(words, " ")
	out := binary.LittleEndian.AppendUint32([]byte(nameMagic), uint32(len(inner)))
	return append(append(out, inner...), learn.TrainChain(examples, o)...)
}

// innerWords lists the lower-case words and marks that are part of more than one name.
func (t *NameTrainer) innerWords() []string {
	counts := make(map[string]int)
	for k, d := range t.docs {
		for i, label := range t.labels[k] {
			if word := d.Word(int32(i)); label&(1<<noName) == 0 && !strings.ContainsFunc(word, unicode.IsSpace) {
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
func (t *NameTrainer) appendExamples(examples []learn.Sequence, k int) []learn.Sequence {
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
			if t.random.Float32() >= t.unknowing[k] {
				t.r.consult(d, w, s.Tokens, run)
			}
			e := learn.Sequence{Labels: labels[run.First:run.End], Weight: t.weights[k]}
			for i := run.First; i < run.End; i++ {
				e.Features = append(e.Features, t.r.features(nil, w.words, s.Tokens, run, i))
			}
			examples = append(examples, e)
		})
	}
	return examples
}

// hideUnseen takes away the labels of names that do not lie within one run.
func (t *NameTrainer) hideUnseen(labels []uint64, runOf []int) {
	ends := Types(1<<(seeds.Product+1)-1).labels(partOnly) | Types(1<<(seeds.Product+1)-1).labels(partLast)
	for from := 0; from < len(labels); from++ {
		if labels[from]&(1<<noName) != 0 {
			continue
		}
		to := from
		for labels[to]&ends == 0 {
			to++
		}
		if slices.Contains(runOf[from:to+1], 0) || runOf[from] != runOf[to] {
			t.Unseen++
			for i := from; i <= to; i++ {
				labels[i] = 1 << noName
			}
		}
		from = to
	}
}

// Use makes the trainer find names with a trained model.
func (t *NameTrainer) Use(model []byte) error { return t.r.decode(model) }

// Find returns the names that the model finds in a text.
func (t *NameTrainer) Find(a LabelledText) []LabelledName {
	d := t.read(a)
	t.r.recognize(d)
	var names []LabelledName
	for _, m := range d.Mentions {
		names = append(names, LabelledName{m.Span, TypesOf(m.Type)})
	}
	return names
}
