package extract

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

func log(x float32) float64 { return math.Log(max(float64(x), 1e-9)) }

// TrainTagger learns parts of speech and returns the model file, and its features, the most useful first. Forms of the
// documents must have been computed.
func TrainTagger(data []*Document, o TrainOptions) (model []byte, useful []uint32, err error) {
	type example struct {
		forms  []form
		tokens []Token
	}
	var examples []example
	var vocabulary perceptron.Vocabulary
	var list featureList
	for _, d := range data {
		if len(d.work.forms) != len(d.Tokens) {
			return nil, nil, fmt.Errorf("document %s has no forms", d.ID)
		}
		for _, s := range d.Sentences {
			r := s.Tokens
			x := example{d.work.forms[r.First:r.End], d.Tokens[r.First:r.End]}
			examples = append(examples, x)
			for i := range x.tokens {
				if o.Known != nil {
					break
				}
				list.tagging(x.forms, x.tokens, i)
				vocabulary.Count(list.features())
			}
		}
	}
	features := o.known(&vocabulary)
	fmt.Fprintf(o.Log, "tagger: %d sentences, %d features\n", len(examples), len(features))
	t := perceptron.NewTrainer(features, o.Units, []int{len(tagNames), len(posNames)}, o.Seed)
	t.Dropout, t.Blanked = float32(o.Dropout), float32(o.Blanked)
	random := rand.New(rand.NewPCG(o.Seed, 2))
	steps := 0
	var tokens []Token
	for epoch := range o.Epochs {
		random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		loss, wrong, words := 0.0, 0, 0
		for _, x := range examples {
			t.Rate = float32(o.Rate * (1 - 0.95*float64(steps)/float64(len(examples)*o.Epochs)))
			steps++
			tokens = append(tokens[:0], x.tokens...) // tags as predicted
			for i := range tokens {
				list.tagging(x.forms, tokens, i)
				t.Activate(list.features())
				gold := x.tokens[i]
				if gold.Tag != NoTag {
					scores := t.Scores(tagHead)
					tokens[i].Tag = Tag(best(scores))
					loss += pushClass(t, tagHead, scores, int(gold.Tag))
				}
				scores := t.Scores(posHead)
				tokens[i].Pos = Pos(best(scores))
				loss += pushClass(t, posHead, scores, int(gold.Pos))
				t.Step()
				words++
				if tokens[i].Tag != gold.Tag || tokens[i].Pos != gold.Pos {
					wrong++
				}
			}
		}
		fmt.Fprintf(o.Log, "tagger: epoch %d: loss %.4f, %.2f %% of words wrong\n", epoch+1, loss/float64(words),
			100*float64(wrong)/float64(words))
		if err := o.check(epoch+1, t); err != nil {
			return nil, nil, err
		}
	}
	model, err = t.Network().MarshalBinary()
	return model, t.Useful(features), err
}

// pushClass learns that the class is right and returns the loss; scores are overwritten.
func pushClass(t *perceptron.Trainer, head int, scores []float32, class int) float64 {
	perceptron.Softmax(scores, nil)
	loss := -log(scores[class])
	scores[class]--
	t.Push(head, scores)
	return loss
}
