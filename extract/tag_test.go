package extract

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is kept of words gives the scores that computing anew gives, also after so many words that all are forgotten.
func TestWordSums(t *testing.T) {
	tagger, _ := syntax(t)
	random := rand.New(rand.NewPCG(3, 3))
	var work tagWork
	words := 0
	for n := range 400 {
		var line []string
		for range n % 60 {
			line = append(line, fmt.Sprintf("%c%x", 'A'+n%40, random.IntN(1<<16)))
		}
		d := sentences(strings.Join(line, " "))
		forms := d.forms(tagger.clusters)
		v := viewToTag(forms, d.Tokens)
		for i := range d.Tokens {
			words++
			work.features.tagging(&v, i)
			tagger.network.Activate(work.features.features(), &work.activation)
			want := slices.Clone(tagger.network.Scores(tagHead, &work.activation))
			work.features.clear()
			work.features.tagContext(&v, i)
			tagger.network.Activate(work.features.features(), &work.activation, work.sums.look(tagger.network, &v, i)...)
			require.Equal(t, want, tagger.network.Scores(tagHead, &work.activation))
			require.LessOrEqual(t, len(work.sums.words), keptWords)
		}
	}
	require.Greater(t, words, keptWords)
}

func TestTagView(t *testing.T) {
	for text, want := range map[string]struct {
		style uint32
		start int
	}{
		"":                               {onlyCapitals, -1},
		"“ The talks in Minsk ended . ”": {plainSpelling, 1},
		"( Laughter . )":                 {onlyCapitals, 1},
		"PUTIN MEETS XI":                 {onlyCapitals, 0},
		"Leaders Meet in Minsk":          {manyCapitals, 0},
		"12 , 13":                        {onlyCapitals, -1},
	} {
		var forms []form
		for word := range strings.FieldsSeq(text) {
			forms = append(forms, makeForm(word))
		}
		v := viewToTag(forms, make([]Token, len(forms)))
		require.Equal(t, want.style, v.style, text)
		require.Equal(t, want.start, v.start, text)
	}
	v := tagView{tokens: []Token{{Pos: PosPron}, {Pos: PosAux}, {Pos: PosAdv}, {Pos: PosVerb}, {Pos: PosNoun}}}
	require.Equal(t, 1, v.verb(2, -1))
	require.Equal(t, 3, v.verb(2, 1))
	require.Equal(t, -1, v.verb(0, -1))
	require.Equal(t, 5, v.verb(4, 1))
}

// A word in doubt is read again when the words behind it have tags.
func TestSecondLook(t *testing.T) {
	for text, want := range map[string]string{
		"It is too early for investors to decide .":          "for SCONJ",
		"It is too early for investors .":                    "for ADP",
		"The police moved in after the talks with Moscow .":  "after ADP",
		"Rebels said that they had shot dead three people .": "dead ADJ",
		"( Laughter . )": "Laughter NOUN",
		"The ministers are to meet in Minsk on Friday .":      "meet VERB",
		"Their talks on the border ended without agreement .": "talks NOUN",
	} {
		d := annotated(t, text)
		word, pos, _ := strings.Cut(want, " ")
		i := slices.IndexFunc(d.Tokens, func(t Token) bool { return d.In(t.Span) == word })
		require.Equal(t, pos, d.Tokens[i].Pos.String(), text)
	}
}

func TestReadSentences(t *testing.T) {
	docs, err := ReadSentences(strings.NewReader("7\tRussia's minister left.\nHe came\n\n"))
	require.NoError(t, err)
	require.Len(t, docs, 3)
	require.Equal(t, "Russia's minister left.", docs[0].Text)
	require.Len(t, docs[0].Tokens, 5)
	require.Len(t, docs[1].Tokens, 2)
	require.Empty(t, docs[2].Tokens)

	tags := func(docs []*Document) (s []string) {
		for _, t := range docs[1].Tokens {
			s = append(s, t.Tag.String()+" "+t.Pos.String())
		}
		return s
	}
	others, err := ReadSentences(strings.NewReader("\nHe came\n"))
	require.NoError(t, err)
	others = append(others, docs[2])
	others[0] = docs[0]
	others[1].Tokens[0].Tag, others[1].Tokens[0].Pos = TagPRP, PosPron
	others[1].Tokens[1].Tag, others[1].Tokens[1].Pos = TagVBD, PosVerb
	TakeTags(docs, others, false)
	require.Equal(t, []string{"PRP PRON", "VBD VERB"}, tags(docs))
	others[1].Tokens[1].Tag = TagVBN
	TakeTags(docs, others, true)
	require.Equal(t, []string{"PRP PRON", " "}, tags(docs))
}
