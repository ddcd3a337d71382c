package extract

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

func log(x float32) float64 { return math.Log(max(float64(x), 1e-9)) }

// A tagExample is a sentence to learn from. A token without a tag teaches nothing itself.
type tagExample struct {
	forms  []form
	tokens []Token
}

// tagExamples returns the sentences of documents whose forms have been computed.
func tagExamples(docs []*Document) (examples []tagExample, err error) {
	for _, d := range docs {
		if len(d.work.forms) != len(d.Tokens) {
			return nil, fmt.Errorf("document %s has no forms", d.ID)
		}
		for _, s := range d.Sentences {
			r := s.Tokens
			examples = append(examples, tagExample{d.work.forms[r.First:r.End], d.Tokens[r.First:r.End]})
		}
	}
	return examples, nil
}

// TrainTagger learns parts of speech and returns the model file, and its features, the most useful first. Forms of the
// documents must have been computed. Those that taggers have tagged, o.Silver, may be many: each pass reads some.
func TrainTagger(data []*Document, o TrainOptions) (model []byte, useful []uint32, err error) {
	gold, err := tagExamples(data)
	if err != nil {
		return nil, nil, err
	}
	silver, err := tagExamples(o.Silver)
	if err != nil {
		return nil, nil, err
	}
	var vocabulary perceptron.Vocabulary
	if o.Known == nil {
		countTagFeatures(&vocabulary, gold)
		countTagFeatures(&vocabulary, silver)
	}
	features := o.known(&vocabulary)
	fmt.Fprintf(o.Log, "tagger: %d sentences, %d features\n", len(gold)+len(silver), len(features))
	l := newTagLearner(features, o)
	random := rand.New(rand.NewPCG(o.Seed, 2))
	for epoch := range o.Epochs {
		examples := slices.Concat(gold, silver[epoch*len(silver)/o.Epochs:(epoch+1)*len(silver)/o.Epochs])
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		l.loss, l.wrong, l.words = 0, 0, 0
		for i, x := range examples {
			done := (float64(epoch) + float64(i)/float64(len(examples))) / float64(o.Epochs)
			l.Rate = float32(o.Rate * (1 - 0.95*done))
			l.learn(x)
		}
		fmt.Fprintf(o.Log, "tagger: epoch %d: loss %.4f, %.2f %% of words wrong\n", epoch+1, l.loss/float64(l.words),
			100*float64(l.wrong)/float64(l.words))
		if err := o.check(epoch+1, l.Trainer); err != nil {
			return nil, nil, err
		}
	}
	model, err = l.Network().MarshalBinary()
	return model, l.Useful(features), err
}

func countTagFeatures(v *perceptron.Vocabulary, examples []tagExample) {
	var list featureList
	for _, x := range examples {
		view := viewToTag(x.forms, x.tokens)
		for i := range x.tokens {
			list.tagging(&view, i)
			list.tagAgain(&view, i)
			v.Count(list.features())
		}
	}
}

// A tagLearner learns the tags of one sentence after the other.
type tagLearner struct {
	*perceptron.Trainer
	list         featureList
	tokens       []Token // of the sentence, with tags as predicted
	unsure       []int
	loss         float64
	wrong, words int
}

func newTagLearner(features []uint32, o TrainOptions) *tagLearner {
	t := perceptron.NewTrainer(features, o.Units, []int{len(tagNames), len(posNames)}, o.Seed)
	t.Dropout, t.Blanked = float32(o.Dropout), float32(o.Blanked)
	return &tagLearner{Trainer: t}
}

// learn does with a sentence what tagSentence does, and learns from each word.
func (l *tagLearner) learn(x tagExample) {
	l.tokens, l.unsure = append(l.tokens[:0], x.tokens...), l.unsure[:0]
	view := viewToTag(x.forms, l.tokens)
	for i := range l.tokens {
		l.list.tagging(&view, i)
		if l.learnWord(i, x.tokens[i]) {
			l.unsure = append(l.unsure, i)
		}
	}
	for _, i := range l.unsure {
		l.list.tagging(&view, i)
		l.list.tagAgain(&view, i)
		l.learnWord(i, x.tokens[i])
	}
	for i, gold := range x.tokens {
		if gold.Pos != NoPos && (l.tokens[i].Tag != gold.Tag && gold.Tag != NoTag || l.tokens[i].Pos != gold.Pos) {
			l.wrong++
		}
	}
	l.words += len(x.tokens)
}

// learnWord tags word i, whose features are listed, and learns what is right. It reports whether the word was in doubt;
// the margin is wider than in use, so that there is more to learn from.
func (l *tagLearner) learnWord(i int, gold Token) (unsure bool) {
	l.Activate(l.list.features())
	scores := l.Scores(tagHead)
	tag, second := bestTwo(scores, doubt+1)
	if gold.Tag != NoTag {
		l.loss += pushClass(l.Trainer, tagHead, scores, int(gold.Tag))
	}
	scores = l.Scores(posHead)
	pos, secondPos := bestTwo(scores, doubt+1)
	if gold.Pos != NoPos {
		l.loss += pushClass(l.Trainer, posHead, scores, int(gold.Pos))
	}
	l.Step()
	l.tokens[i].Tag, l.tokens[i].Pos = Tag(tag), Pos(pos)
	return second != 0 || secondPos != 0
}

// pushClass learns that the class is right and returns the loss; scores are overwritten.
func pushClass(t *perceptron.Trainer, head int, scores []float32, class int) float64 {
	perceptron.Softmax(scores, nil)
	loss := -log(scores[class])
	scores[class]--
	t.Push(head, scores)
	return loss
}
