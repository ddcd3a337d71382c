package extract

import (
	"fmt"
	"math/rand/v2"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// TrainSupertagger learns to guess heads and relations and returns the model file, and its features, the most useful
// first. As for the parser, the tags of the documents should be a tagger's.
func TrainSupertagger(data []*Document, o TrainOptions) (model []byte, useful []uint32, err error) {
	l := &supertagLearner{}
	examples, lifted, err := l.work.makeExamples(data)
	if err != nil {
		return nil, nil, err
	}
	fmt.Fprintf(o.Log, "supertagger: %d sentences, %d arcs lifted\n", len(examples), lifted)
	if o.Known == nil {
		l.count(examples)
	}
	features := o.known(&l.vocabulary)
	l.Trainer = perceptron.NewTrainer(features, o.Units, []int{headClasses, len(depNames)}, o.Seed)
	l.Dropout, l.Blanked = float32(o.Dropout), float32(o.Blanked)
	random := rand.New(rand.NewPCG(o.Seed, 3))
	steps := 0
	for epoch := range o.Epochs {
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		l.loss, l.wrong, l.words = 0, 0, 0
		for i := range examples {
			l.Rate = float32(o.Rate * (1 - 0.95*float64(steps)/float64(len(examples)*o.Epochs)))
			steps++
			l.learn(&examples[i])
		}
		fmt.Fprintf(o.Log, "supertagger: epoch %d: loss %.4f, %.2f %% of words wrong\n", epoch+1, l.loss/float64(l.words),
			100*float64(l.wrong)/float64(l.words))
		if err := o.check(epoch+1, l.Trainer); err != nil {
			return nil, nil, err
		}
	}
	model, err = l.Network().MarshalBinary()
	return model, l.Useful(features), err
}

type supertagLearner struct {
	*perceptron.Trainer
	vocabulary perceptron.Vocabulary
	work       parseWork

	loss         float64
	words, wrong int
}

func (l *supertagLearner) count(examples []parserExample) {
	w := &l.work
	for i := range examples {
		x := &examples[i]
		w.start(x.forms, x.tokens)
		for k := range w.root() {
			w.features.guessing(w, k)
			l.vocabulary.Count(w.features.features())
			w.guesses[k] = guess{class: uint32(w.headClass(k, x.heads[k])) + 1, dep: uint32(x.deps[k])}
		}
	}
}

func (l *supertagLearner) learn(x *parserExample) {
	w := &l.work
	w.start(x.forms, x.tokens)
	for k := range w.root() {
		w.features.guessing(w, k)
		l.Activate(w.features.features())
		scores := l.Scores(guessHead)
		class, gold := highest(scores), w.headClass(k, x.heads[k])
		l.loss += pushClass(l.Trainer, guessHead, scores, gold)
		scores = l.Scores(guessDep)
		dep := best(scores)
		l.loss += pushClass(l.Trainer, guessDep, scores, int(x.deps[k]))
		l.Step()
		if l.words++; class != gold || dep != int(x.deps[k]) {
			l.wrong++
		}
		w.guesses[k] = guess{class: uint32(class) + 1, dep: uint32(dep)}
	}
}

// Supertagged returns copies of the documents, which have been tagged, with the guesses of a supertagger's model.
func Supertagged(docs []*Document, model []byte) ([]*Document, error) {
	s := supertagger{network: new(perceptron.Network)}
	if err := s.network.UnmarshalBinary(model); err != nil {
		return nil, err
	}
	w := new(parseWork)
	out := make([]*Document, len(docs))
	for i, d := range docs {
		d = d.copyTokens()
		d.work.guesses = make([]guess, len(d.Tokens))
		for _, r := range d.Sentences {
			tokens := d.Tokens[r.Tokens.First:r.Tokens.End]
			w.start(d.work.forms[r.Tokens.First:r.Tokens.End], tokens)
			s.guess(w)
			for k, t := range w.tokens {
				d.work.guesses[r.Tokens.First+t] = w.guesses[k]
			}
		}
		out[i] = d
	}
	return out, nil
}
