package extract

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// TestMendKeepsTrees gives the mender trees that no parser would make, of the words that it looks for; whatever it moves,
// they must stay trees.
func TestMendKeepsTrees(t *testing.T) {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	set, err := rule.Load(fsys, "rules")
	require.NoError(t, err)
	lex := NewLexicon(slices.Concat(ruleWords(set), grammarWords))
	classes, err := newWordClasses(lex, set)
	require.NoError(t, err)
	mend := newMender(lex, classes)
	words := strings.Fields("with of by and Friday say says urge call leader plan Lee Peru met , accuse today")
	deps := []Dep{DepNsubj, DepObj, DepObl, DepNmod, DepAppos, DepConj, DepCc, DepCase, DepCompound, DepFlat, DepAcl, DepAdvcl,
		DepXcomp, DepCcomp, DepDet, DepOblUnmarked, DepNmodDesc, DepAdvmod, DepIobj, DepNsubjPass}
	tags := []Tag{TagNN, TagNNP, TagVBD, TagVBZ, TagVB, TagVBG, TagVBN, TagIN, TagRB}
	poses := []Pos{PosNoun, PosPropn, PosVerb, PosAdp}
	types := []Type{seeds.Person, seeds.GPE, seeds.Org}
	r := rand.New(rand.NewSource(1))
	var d Document
	d.Symbols.Use(lex)
	for range 20000 {
		n := 2 + r.Intn(9)
		var text []string
		for range n {
			text = append(text, words[r.Intn(len(words))])
		}
		d.Reset(Article{Text: strings.Join(text, " ")})
		at := uint32(0)
		for i, w := range text {
			d.Tokens = append(d.Tokens, Token{Span: Span{at, at + uint32(len(w))}, Head: -1, Lemma: d.Symbols.Add(w),
				Tag: tags[r.Intn(len(tags))], Pos: poses[r.Intn(len(poses))], Dep: DepRoot})
			at += uint32(len(w)) + 1
			if r.Intn(3) == 0 {
				d.Mentions = append(d.Mentions, Mention{Span: d.Tokens[i].Span, Tokens: Range{int32(i), int32(i) + 1}, Head: int32(i),
					Type: types[r.Intn(len(types))], Entity: -1})
			}
		}
		order := r.Perm(n) // each hangs on one before it in this order
		for k, i := range order[1:] {
			d.Tokens[i].Head, d.Tokens[i].Dep = int32(order[r.Intn(k+1)]), deps[r.Intn(len(deps))]
		}
		d.Sentences = append(d.Sentences, Sentence{Span: Span{0, uint32(len(d.Text))}, Tokens: Range{0, int32(n)}})
		require.NoError(t, d.checkTrees())
		before := slices.Clone(d.Tokens)
		mend.run(&d)
		require.NoError(t, d.checkTrees(), "%q: %v became %v", d.Text, before, d.Tokens)
	}
}
