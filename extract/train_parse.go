package extract

import (
	"fmt"
	"math/rand/v2"

	"github.com/dyad-kg/dyad/extract/perceptron"
)

// oracle tells which actions lose no arc of the gold tree that can still be built (the dynamic oracle of Goldberg and
// Nivre, 2013). All counts follow the parser's steps, so that a question costs no search.
type oracle struct {
	head    []int32 // gold; the root's head is n
	dep     []Dep
	onStack []bool
	leftOn  []int32 // dependents to the left that are still on the stack
	rightIn []int32 // dependents to the right that are still in the buffer
}

func (o *oracle) start(heads []int32, deps []Dep) {
	n := len(heads)
	o.head = append(append(o.head[:0], heads...), -1)
	o.dep = append(append(o.dep[:0], deps...), NoDep)
	o.onStack = resize(o.onStack, n+1)
	o.leftOn, o.rightIn = resize(o.leftOn, n+1), resize(o.rightIn, n+1)
	clear(o.onStack)
	clear(o.leftOn)
	clear(o.rightIn)
	for i, h := range heads {
		if h < int32(i) {
			o.rightIn[h]++
		}
	}
}

// cost returns how many gold arcs each action loses.
func (o *oracle) cost(w *parseWork) (c [actions]int32) {
	b := w.next
	h := o.head[b]
	top := w.at(0)
	if h >= 0 && h < b && o.onStack[h] && h != top {
		c[shift]++
	}
	c[shift] += o.leftOn[b]
	if len(w.stack) == 0 {
		return c
	}
	h = o.head[top]
	c[left], c[right] = o.rightIn[top], o.rightIn[top]
	if h > b || len(w.stack) > 1 && h == w.at(1) {
		c[left]++
	}
	if h >= b {
		c[right]++
	}
	return c
}

// do follows an action that the parser is about to take.
func (o *oracle) do(w *parseWork, action int) {
	if action == shift {
		b := w.next
		o.onStack[b] = true
		switch h := o.head[b]; {
		case h > b:
			o.leftOn[h]++
		case h >= 0:
			o.rightIn[h]--
		}
		return
	}
	top := w.at(0)
	o.onStack[top] = false
	if h := o.head[top]; h > top {
		o.leftOn[h]--
	}
}

// projectiveHeads returns heads of a tree without crossing arcs, as near to the gold one as lifting gets: an arc that
// crosses others is hung on its head's head, the shortest first. The root's head is n.
func projectiveHeads(tokens []Token, first int32) (heads []int32, lifted int) {
	n := int32(len(tokens))
	local := make([]Token, n)
	for i, t := range tokens {
		local[i].Head = t.Head
		if t.Head >= 0 {
			local[i].Head -= first
		}
	}
	for {
		worst, length := int32(-1), int32(0)
		for i := range n {
			h := local[i].Head
			if d := max(h-i, i-h); h >= 0 && !projectiveArc(local, i, h) && (worst < 0 || d < length) {
				worst, length = i, d
			}
		}
		if worst < 0 {
			break
		}
		local[worst].Head = local[local[worst].Head].Head
		if local[worst].Head < 0 { // cannot happen: an arc from the root crosses nothing below it
			break
		}
		lifted++
	}
	heads = make([]int32, n)
	for i := range heads {
		heads[i] = local[i].Head
		if heads[i] < 0 {
			heads[i] = n
		}
	}
	return heads, lifted
}

// A parserExample is a sentence to learn from: words with tags and guesses as the parser will see them, and the gold
// tree of the words without punctuation.
type parserExample struct {
	forms   []form
	tokens  []Token // with predicted tags
	guesses []guess
	heads   []int32
	deps    []Dep
}

// makeExamples makes an example of each sentence, and says how many arcs were lifted.
func (w *parseWork) makeExamples(data []*Document) (examples []parserExample, lifted int, err error) {
	for _, d := range data {
		if len(d.work.forms) != len(d.Tokens) {
			return nil, 0, fmt.Errorf("document %s has not been tagged", d.ID)
		}
		for _, s := range d.Sentences {
			r := s.Tokens
			x, n := w.makeExample(d.work.forms[r.First:r.End], d.Tokens[r.First:r.End], r.First)
			if d.work.guesses != nil {
				for _, t := range w.tokens {
					x.guesses = append(x.guesses, d.work.guesses[r.First+t])
				}
			}
			lifted += n
			examples = append(examples, x)
		}
	}
	return examples, lifted, nil
}

// makeExample takes the punctuation out of a gold tree: what hangs on a mark is hung on the mark's head.
func (w *parseWork) makeExample(forms []form, tokens []Token, first int32) (x parserExample, lifted int) {
	w.start(forms, tokens)
	x = parserExample{forms: forms, tokens: tokens}
	number := make([]int32, len(tokens)) // of the word that a token is
	for i := range number {
		number[i] = -1
	}
	for k, i := range w.tokens {
		number[i] = int32(k)
	}
	tree := make([]Token, len(w.tokens))
	for k, i := range w.tokens {
		h := tokens[i].Head
		dep := tokens[i].Dep
		for h >= 0 && number[h-first] < 0 {
			h, dep = tokens[h-first].Head, tokens[h-first].Dep
		}
		if h >= 0 {
			h = number[h-first]
		}
		tree[k].Head = h
		x.deps = append(x.deps, dep)
	}
	joinWords(tree, x.deps)
	x.heads, lifted = projectiveHeads(tree, 0)
	return x, lifted
}

// recall puts guesses back that were made before.
func (w *parseWork) recall(guesses []guess) {
	copy(w.guesses, guesses)
	w.expect()
}

// joinWords leaves one root where a mark was the root of several words.
func joinWords(tree []Token, deps []Dep) {
	root := int32(-1)
	for k := range tree {
		switch {
		case tree[k].Head >= 0:
		case root < 0:
			root = int32(k)
			deps[k] = DepRoot
		default:
			tree[k].Head, deps[k] = root, DepParataxis
		}
	}
}

// TrainParser learns a parser and returns its model file, and its features, the most useful first. The tags of the
// documents, and the guesses, are what the parser trains on; they should be a tagger's and a supertagger's that have not
// seen the sentences.
func TrainParser(data []*Document, o TrainOptions) (model []byte, useful []uint32, err error) {
	l := &parserLearner{random: rand.New(rand.NewPCG(o.Seed, 1))}
	examples, lifted, err := l.work.makeExamples(data)
	if err != nil {
		return nil, nil, err
	}
	fmt.Fprintf(o.Log, "parser: %d sentences, %d arcs lifted\n", len(examples), lifted)
	if o.Known == nil {
		l.count(examples)
	}
	features := o.known(&l.vocabulary)
	fmt.Fprintf(o.Log, "parser: %d features\n", len(features))
	l.Trainer = perceptron.NewTrainer(features, o.Units, []int{actions, len(depNames), len(depNames)}, o.Seed)
	l.Dropout, l.Blanked = float32(o.Dropout), float32(o.Blanked)
	steps := 0
	for epoch := range o.Epochs {
		l.random.Shuffle(len(examples), func(i, j int) { examples[i], examples[j] = examples[j], examples[i] })
		l.loss, l.errors, l.steps = 0, 0, 0
		for i := range examples {
			l.Rate = float32(o.Rate * (1 - 0.95*float64(steps)/float64(len(examples)*o.Epochs)))
			steps++
			l.learn(&examples[i], epoch > 0)
		}
		fmt.Fprintf(o.Log, "parser: epoch %d: loss %.4f, %.2f %% of actions wrong\n", epoch+1, l.loss/float64(l.steps),
			100*float64(l.errors)/float64(l.steps))
		if err := o.check(epoch+1, l.Trainer); err != nil {
			return nil, nil, err
		}
	}
	model, err = l.Network().MarshalBinary()
	return model, l.Useful(features), err
}

type parserLearner struct {
	*perceptron.Trainer
	vocabulary perceptron.Vocabulary
	random     *rand.Rand
	work       parseWork
	oracle     oracle

	loss          float64
	errors, steps int
}

// count goes through the gold trees' own steps.
func (l *parserLearner) count(examples []parserExample) {
	w := &l.work
	for i := range examples {
		x := &examples[i]
		w.start(x.forms, x.tokens)
		w.recall(x.guesses)
		l.oracle.start(x.heads, x.deps)
		for !w.done() {
			w.features.parsing(w)
			l.vocabulary.Count(w.features.features())
			cost, legal := l.oracle.cost(w), w.legal()
			action := left
			for _, a := range [...]int{left, right, shift} {
				if legal[a] && cost[a] == 0 {
					action = a
					break
				}
			}
			l.follow(action, l.goldLabel(action))
		}
	}
}

// goldLabel is the label of the word on top of the stack, whatever its head.
func (l *parserLearner) goldLabel(action int) Dep {
	if action == shift {
		return NoDep
	}
	return l.oracle.dep[l.work.at(0)]
}

func (l *parserLearner) follow(action int, label Dep) {
	l.oracle.do(&l.work, action)
	l.work.do(action, label)
}

// learn parses the sentence and learns at each step. With explore the parser follows its own choice, mistakes
// included, and so learns to go on from them.
func (l *parserLearner) learn(x *parserExample, explore bool) {
	w := &l.work
	w.start(x.forms, x.tokens)
	w.recall(x.guesses)
	l.oracle.start(x.heads, x.deps)
	for !w.done() {
		action, label := w.forced(), DepRoot
		if action == shift || w.atRoot() {
			l.follow(action, label)
			continue
		}
		w.features.parsing(w)
		l.Activate(w.features.features())
		if action < 0 {
			action = l.learnAction(explore)
		}
		if action != shift {
			label = l.learnLabel(action)
		}
		l.Step()
		l.follow(action, label)
	}
}

func (l *parserLearner) learnAction(explore bool) int {
	legal, cost := l.work.legal(), l.oracle.cost(&l.work)
	least := int32(1 << 30)
	for a, ok := range legal {
		if ok {
			least = min(least, cost[a])
		}
	}
	scores := l.Scores(actionHead)
	chosen := bestOf(scores, legal)
	perceptron.Softmax(scores, legal[:])
	var good [actions]bool
	mass := float32(1e-9)
	for a := range good {
		if good[a] = legal[a] && cost[a] == least; good[a] {
			mass += scores[a]
		}
	}
	followed := chosen
	if l.steps++; !good[chosen] {
		l.errors++
		if !explore || l.random.Float32() > 0.9 {
			followed = bestOf(scores, good)
		}
	}
	l.loss -= log(mass)
	for a := range scores {
		if good[a] {
			scores[a] -= scores[a] / mass
		}
	}
	l.Push(actionHead, scores)
	return followed
}

func (l *parserLearner) learnLabel(action int) Dep {
	w := &l.work
	d := w.at(0)
	h := w.next
	if action == right {
		h = w.at(1)
	}
	scores := l.Scores(action)
	label := bestLabel(scores)
	if h == l.oracle.head[d] {
		perceptron.Softmax(scores, nil)
		l.loss -= log(scores[l.oracle.dep[d]])
		scores[l.oracle.dep[d]]--
		l.Push(action, scores)
	}
	return label
}
