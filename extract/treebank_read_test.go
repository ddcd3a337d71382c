package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// conllu makes CoNLL-U of lines with blanks for tabs: number form lemma upos xpos head relation.
func conllu(lines ...string) string {
	var b strings.Builder
	for _, l := range lines {
		f := strings.Fields(l)
		switch {
		case len(f) == 7:
			b.WriteString(strings.Join([]string{f[0], f[1], f[2], f[3], f[4], "_", f[5], f[6], "_", "_"}, "\t"))
		case len(f) == 3: // number form misc
			b.WriteString(strings.Join([]string{f[0], f[1], "_", "_", "_", "_", "_", "_", "_", f[2]}, "\t"))
		default:
			b.WriteString(l)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestReadTreebank(t *testing.T) {
	b, err := ReadTreebank("test", strings.NewReader(conllu(
		"# newdoc id = one",
		"# text = They don't.",
		"1 They they PRON PRP 2 nsubj",
		"2-3 don't SpaceAfter=No",
		"2 do do AUX VBP 0 root",
		"3 n't not PART RB 2 advmod",
		"3.1 go go VERB VB _ _",
		"4 . . PUNCT . 2 punct",
		"",
		"1 Yes yes INTJ UH 0 root",
		"2 no no INTJ UH 0 root",
		"",
		"# newdoc id = two",
		"1 round round NOUN NN 2 obj",
		"2 round round VERB VB 1 acl:other",
		"",
		"1 here here ADV ?? 0 root",
	)))
	require.NoError(t, err)
	require.Equal(t, TreebankCounts{Sentences: 3, Words: 7, Multiword: 1, Empty: 1, Cyclic: 1, ManyRoots: 1, UnknownTags: 1}, b.Counts)
	require.Len(t, b.Documents, 2)
	d := b.Documents[0]
	require.Equal(t, "one", d.ID)
	require.Equal(t, "They don't.\nYes no \n", strings.ReplaceAll(d.Text, ". \n", ".\n"))
	require.Equal(t, "n't", d.Word(2))
	require.Equal(t, "not", d.Lemma(2))
	require.Equal(t, []int32{1, -1, 1, 1, -1, 4}, headsOf(d))
	require.Equal(t, DepParataxis, d.Tokens[5].Dep)
}

func headsOf(d *Document) []int32 {
	var heads []int32
	for _, t := range d.Tokens {
		heads = append(heads, t.Head)
	}
	return heads
}

func TestReadTreebankErrors(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"1 a", "test:1: 1 fields instead of 10"},
		{"1 a a DET DT 0 root\n3 b b NOUN NN 1 dep", `test:2: word number "3" after 1`},
		{"1 a a DET DT 1 root", `test:1: word 1: bad head "1"`},
		{"1 a a DET DT x root", `test:1: word 1: bad head "x"`},
		{"1 a a DET DT 2 det\n", "test:2: word 1: head 2 lies outside the sentence of 1 words"},
		{"1 a a DET DT 0 foot:ball", `test:1: word 1: unknown relation "foot:ball"`},
		{"1 a a XYZ DT 0 root", `test:1: word 1: unknown part of speech "XYZ"`},
		{"2-1 a _", `test:1: bad range of words "2-1" after word 0`},
		{"1-3 a _\n1 a a DET DT 0 root\n", "test:3: a range of words ends at 3, the sentence at 1"},
	} {
		_, err := ReadTreebank("test", strings.NewReader(conllu(strings.Split(c.lines, "\n")...)))
		require.EqualError(t, err, c.want)
	}
}

func FuzzReadTreebank(f *testing.F) {
	f.Add(conllu("1-2 don't _", "1 do do AUX VBP 0 root", "2 n't not PART RB 1 advmod", ""))
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadTreebank("fuzz", strings.NewReader(text))
		if err != nil {
			return
		}
		for _, d := range b.Documents {
			requireTrees(t, d)
		}
	})
}

func TestProjectiveHeads(t *testing.T) {
	// A hearing is scheduled on the issue today: "on the issue" belongs to the hearing.
	heads := []int32{1, 3, 3, -1, 6, 6, 1, 3}
	tokens := make([]Token, len(heads))
	for i, h := range heads {
		tokens[i].Head = h
	}
	require.True(t, crossing(tokens, Range{0, 8}))
	got, lifted := projectiveHeads(tokens, 0)
	require.Equal(t, 1, lifted)
	require.Equal(t, []int32{1, 3, 3, 8, 6, 6, 3, 3}, got)
}

// The parser's steps can build every tree without crossing arcs, and the oracle knows how.
func TestOracleRebuildsTreebank(t *testing.T) {
	f, err := os.Open("../../shared/bench/parse/gum-dev.conllu")
	if err != nil {
		t.Skipf("the treebank is not here: %v", err)
	}
	defer f.Close()
	b, err := ReadTreebank("gum-dev", f)
	require.NoError(t, err)
	var w parseWork
	var o oracle
	for _, d := range b.Documents {
		forms := make([]form, len(d.Tokens))
		for _, s := range d.Sentences {
			r := s.Tokens
			tokens := d.Tokens[r.First:r.End]
			x, _ := w.makeExample(forms[r.First:r.End], tokens, r.First)
			o.start(x.heads, x.deps)
			steps := 0
			for ; !w.done(); steps++ {
				cost, legal := o.cost(&w), w.legal()
				action := -1
				for a := range actions {
					if legal[a] && cost[a] == 0 {
						action = a
					}
				}
				require.GreaterOrEqual(t, action, 0, "no action keeps the tree of %q", d.In(s.Span))
				o.do(&w, action)
				w.do(action, DepDep)
			}
			require.Equal(t, 2*len(x.heads), steps)
			require.Equal(t, x.heads, w.head[:len(x.heads)])
		}
	}
}

// Given the right trees of the words, the rules hang punctuation where people do.
func TestPunctuationFollowsTreebank(t *testing.T) {
	f, err := os.Open("../../shared/bench/parse/gum-dev.conllu")
	if err != nil {
		t.Skipf("the treebank is not here: %v", err)
	}
	defer f.Close()
	b, err := ReadTreebank("gum-dev", f)
	require.NoError(t, err)
	var w punctWork
	right, all := 0, 0
	for _, d := range b.Documents {
		for _, s := range d.Sentences {
			r := s.Tokens
			gold := d.Tokens[r.First:r.End]
			if onlyPunct(gold) {
				continue
			}
			tokens := slices.Clone(gold)
			w.attach(tokens, r.First)
			for i := range tokens {
				if tokens[i].Pos == PosPunct {
					all++
					if tokens[i].Head == gold[i].Head {
						right++
					}
				}
			}
		}
	}
	require.Greater(t, float64(right)/float64(all), 0.95)
}
