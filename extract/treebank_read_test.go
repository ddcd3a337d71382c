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
			if !slices.ContainsFunc(gold, func(t Token) bool { return t.Pos != PosPunct }) {
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
