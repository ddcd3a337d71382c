package extract

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
)

// A CorefTrainer learns how much each feature speaks for a candidate, from pronouns and definite nouns whose referents
// are known: annotated news, and documents with clusters of mentions.
type CorefTrainer struct {
	x         *Extractor
	instances []corefInstance
}

// A Referent is a pronoun or definite noun with the canonical names of whom it means.
type Referent struct {
	Span
	Names []string
}

// A NamedSpan is a name mention with its type and the canonical name of what it names.
type NamedSpan struct {
	Span
	Type Type
	Name string
}

// corefInstance is a pronoun with its candidates.
type corefInstance struct {
	pronoun    pronoun
	candidates [][]feature
	right      []bool // by candidate
	nobody     bool   // none of them is meant
	weight     float64
}

// NewCorefTrainer returns a trainer that reads text with the models and the knowledge in seeds.
func NewCorefTrainer(seeds fs.FS) (*CorefTrainer, error) {
	x, err := New(Options{Seeds: seeds})
	return &CorefTrainer{x: x}, err
}

// Instances is the number of pronouns and nouns to learn from.
func (t *CorefTrainer) Instances() int { return len(t.instances) }

// add notes the candidates that keep lets through; right says which are meant, open that it may be none of them as
// well. It returns the reference that is meant, or -1, for certain.
func (t *CorefTrainer) add(c *corefMemory, p pronoun, open bool, weight float64, keep, right func(r *reference) bool) (meant int32, probability float64) {
	x := corefInstance{pronoun: weighedAs(p), weight: weight}
	meant = -1
	for k := range c.cands {
		r := &c.refs[c.cands[k].ref]
		if !keep(r) {
			continue
		}
		ok := right(r)
		if ok && meant < 0 {
			meant = c.cands[k].ref
		}
		x.candidates = append(x.candidates, slices.Clone(c.cands[k].feats))
		x.right = append(x.right, ok)
	}
	x.nobody = open || meant < 0
	t.instances = append(t.instances, x)
	return meant, 1
}

func anyReference(*reference) bool { return true }

// AddNews takes an article with its names and referents. Where the gold says nothing of he, she or a noun, nobody named is
// meant; of it and they it leaves out too many for that.
func (t *CorefTrainer) AddNews(text string, sentences []Span, names []NamedSpan, referents []Referent) error {
	d := new(Document)
	d.Symbols.Use(t.x.lexicon)
	d.Reset(Article{Text: text})
	for _, s := range sentences {
		d.Sentences = append(d.Sentences, Sentence{Span: s})
	}
	if err := t.x.engine.annotate(d); err != nil {
		return err
	}
	d.Mentions = d.Mentions[:0]
	called := make(map[string][]string)
	for _, n := range names {
		d.Mentions = append(d.Mentions, Mention{Span: n.Span, Tokens: d.covered(n.Span), Type: n.Type, Head: -1, Entity: -1})
		called[n.Name] = append(called[n.Name], fold(n.Name), fold(d.In(n.Span)))
	}
	c := &d.work.link.coref
	c.teach = func(first, end int32, p pronoun) (int32, float64) {
		at := Span{d.Tokens[first].Start, d.Tokens[end-1].End}
		i := slices.IndexFunc(referents, func(r Referent) bool { return r.Span == at })
		if i < 0 && (p == pronounIt || p == pronounThey) {
			return t.x.link.weigh(&d.work.link, p)
		}
		return t.add(c, p, i < 0, 2, anyReference, func(r *reference) bool {
			if i < 0 {
				return r.entity < 0 && r.set.Len() == 0
			}
			return d.means(c, r, referents[i].Names, called)
		})
	}
	t.x.link.link(d)
	return nil
}

// covered is the range of the tokens that touch a span.
func (d *Document) covered(s Span) Range {
	first := slices.IndexFunc(d.Tokens, func(t Token) bool { return t.End > s.Start })
	end := first
	for end < len(d.Tokens) && d.Tokens[end].Start < s.End {
		end++
	}
	return Range{int32(first), int32(end)}
}

func fold(name string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(name, "’", "'")), "the ")
}

// means reports whether the reference is to the entities with those canonical names; called lists what each is called.
func (d *Document) means(c *corefMemory, r *reference, names []string, called map[string][]string) bool {
	members := []int32{r.entity}
	switch {
	case r.entity < 0 && r.set.Len() == 0:
		return false
	case r.entity < 0:
		members = c.members(r)
	case len(d.Entities[r.entity].Members) > 0:
		members = d.Entities[r.entity].Members
	}
	if len(members) != len(names) {
		return false
	}
	for _, name := range names {
		if !slices.ContainsFunc(members, func(e int32) bool { return d.isCalled(e, called[name]) }) {
			return false
		}
	}
	return true
}

func (d *Document) isCalled(entity int32, names []string) bool {
	e := &d.Entities[entity]
	return slices.Contains(names, fold(e.Name)) ||
		slices.ContainsFunc(e.Aliases, func(a string) bool { return slices.Contains(names, fold(a)) })
}

// AddTree takes a parsed document with its named mentions and with clusters of mentions, as ranges of tokens.
func (t *CorefTrainer) AddTree(tree *Document, names []Mention, clusters [][]Range) {
	d := tree.copyTokens()
	for _, n := range names {
		n.Span = Span{d.Tokens[n.Tokens.First].Start, d.Tokens[n.Tokens.End-1].End}
		d.Mentions = append(d.Mentions, n)
	}
	cluster := make(map[int32]int)
	for k, mentions := range clusters {
		for _, m := range mentions {
			cluster[headOf(d, m)] = k + 1
		}
	}
	c := &d.work.link.coref
	c.teach = func(first, end int32, p pronoun) (int32, float64) {
		if p > pronounThey {
			return -1, 1
		}
		noSet := func(r *reference) bool { return r.set.Len() == 0 || r.entity >= 0 }
		return t.add(c, p, false, 1, noSet, func(r *reference) bool {
			for i := r.first; i < r.end && cluster[first] > 0; i++ {
				if cluster[i] == cluster[first] {
					return true
				}
			}
			return false
		})
	}
	t.x.link.link(d)
}

// ofProse is added to the learned weights of he and she. In news the phrase in front of a clause hardly ever speaks of
// whom the clause then names first, in other prose it mostly does; and news tells gender by titles more than by given names.
var ofProse = map[feature]float64{
	featAhead: 2, featAhead + 1: 2, featAhead + 2: 2,
	featBehind: -0.5, featBehind + 1: -0.5, featBehind + 2: -0.5,
	featGender: -0.5,
}

// Train returns the Go source of the weights under which what is right is likeliest, large weights held down.
func (t *CorefTrainer) Train() []byte {
	const epochs, rate, penalty = 40, 0.1, 0.04
	var weights, squares [pronouns][features_]float64
	for range epochs {
		for k := range t.instances {
			x := &t.instances[k]
			x.step(&weights[x.pronoun], &squares[x.pronoun], rate, penalty)
		}
	}
	for f, v := range ofProse {
		weights[pronounHe][f] += v
	}
	var b bytes.Buffer
	b.WriteString("package extract\n\n// pronounWeights say how much each feature speaks for a candidate, for each kind of pronoun. " +
		"dyad-train coref writes them.\nvar pronounWeights = [...][features_]float32{\n")
	for p := range weights {
		b.WriteString("\t{")
		for i, v := range weights[p] {
			if i%16 == 0 {
				b.WriteString("\n\t\t")
			} else {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%.2f,", v+0)
		}
		b.WriteString("\n\t},\n")
	}
	b.WriteString("}\n")
	return b.Bytes()
}

// step follows the gradient of the probability of what is right, with steps that shrink as AdaGrad has it.
func (x *corefInstance) step(weights, squares *[features_]float64, rate, penalty float64) {
	n := len(x.candidates)
	odds := make([]float64, n+1)
	all, right := 0.0, 0.0
	isRight := func(i int) bool { return i < n && x.right[i] || i == n && x.nobody }
	for i := range odds {
		score := weights[featNobody]
		if i < n {
			score = 0
			for _, f := range x.candidates[i] {
				score += weights[f]
			}
		}
		odds[i] = math.Exp(score)
		all += odds[i]
		if isRight(i) {
			right += odds[i]
		}
	}
	learn := func(f feature, g float64) {
		g = x.weight * (g + penalty*weights[f])
		squares[f] += g * g
		weights[f] -= rate * g / (1e-8 + math.Sqrt(squares[f]))
	}
	for i, o := range odds {
		g := o / all
		if isRight(i) {
			g -= o / right
		}
		if i == n {
			learn(featNobody, g)
			continue
		}
		for _, f := range x.candidates[i] {
			learn(f, g)
		}
	}
}
