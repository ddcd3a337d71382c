package extract

import (
	"strings"
	"sync"
	"testing"

	"github.com/jdkato/prose/v2"
	"github.com/stretchr/testify/require"
)

// proseModel loads prose's model once for all tests.
var proseModel = sync.OnceValue(func() *prose.Model { return newProseEngine(nil).model })

func proseForTest(t testing.TB) *proseEngine { return &proseEngine{proseModel(), shippedSyntax(t)} }

func annotate(t testing.TB, e engine, s *segmenter, text string) *Document {
	d := segmented(s, text)
	d.Symbols.Use(NewLexicon(nil))
	require.NoError(t, e.annotate(d))
	require.NoError(t, d.checkSentences())
	require.NoError(t, d.checkTokens())
	return d
}

// Each of these loses a name or its place in prose alone.
func TestProse(t *testing.T) {
	p := proseForTest(t)
	s := newTestSegmenter(t)
	for _, c := range []struct{ name, text, want, names string }{
		{"a name that ends the text", "They met in Tokyo", "They/PRP met/VBD in/IN Tokyo/NNP", "Tokyo/GPE"},
		{"a word of two kinds", "They plan to visit us; the visit was long.", "They/PRP plan/VBP to/TO visit/VB us/PRP ;/: the/DT visit/NN was/VBD long/RB ./.", ""},
		{"curly quotes and clitics", "“Japan’s, I can’t,” she said.", "“/`` Japan/NNP ’s/POS ,/, I/PRP ca/MD n’t/RB ,/, ”/'' she/PRP said/VBD ./.", "Japan/GPE"},
		{"clitics that are none", "The ministers met Bill O’Shaughnessy.", "The/DT ministers/NNS met/VBD Bill/NNP O’Shaughnessy/NNP ./.", "Bill O’Shaughnessy/PER"},
		{"dashes and line breaks", "Talks—if\r\nany—failed… (In vain.)", "Talks/NNS —/: if/IN any/DT —/: failed/VBD …/: (/-LRB- In/IN vain/NN ./. )/-RRB-", ""},
		{"letters that change size", "İİ's &rsquo;a&rsquo; \u212a", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := annotate(t, p, s, c.text)
			var words, found []string
			for i, token := range d.Tokens {
				words = append(words, d.Word(int32(i))+"/"+token.Tag.String())
				require.NotEqual(t, NoPos, token.Pos)
			}
			for _, m := range d.Mentions {
				found = append(found, d.In(m.Span)+"/"+m.Type.String())
			}
			if c.want != "" {
				require.Equal(t, c.want, strings.Join(words, " "))
				require.Equal(t, c.names, strings.Join(found, " "))
			}
		})
	}
}

// One engine serves any number of goroutines.
func TestProseConcurrent(t *testing.T) {
	p := proseForTest(t)
	s := newTestSegmenter(t)
	const text = "Vladimir Putin met Shinzo Abe in Osaka. They talked."
	want := annotate(t, p, s, text).Tokens
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			d := segmented(s, text)
			d.Symbols.Use(NewLexicon(nil))
			if err := p.annotate(d); err != nil || len(d.Tokens) != len(want) {
				t.Errorf("%d tokens, want %d: %v", len(d.Tokens), len(want), err)
			}
		})
	}
	group.Wait()
}

func FuzzProse(f *testing.F) {
	for _, s := range []string{"", "O'Reilly's 'em don't. “A—b…” A A a", "İ's İ's n't'll &rsquo;s", "a\xff\x00b", "$(\"[x]\")!?"} {
		f.Add(s)
	}
	p := proseForTest(f)
	s := newTestSegmenter(f)
	f.Fuzz(func(t *testing.T, text string) { annotate(t, p, s, text) })
}

func BenchmarkProse(b *testing.B) {
	p := proseForTest(b)
	d := segmented(newTestSegmenter(b), strings.Repeat("On Thursday, Russian Foreign Minister Sergey Lavrov met his Japanese counterpart, Taro Kono, in Tokyo. ", 10))
	d.Symbols.Use(NewLexicon(nil))
	b.SetBytes(int64(len(d.Text)))
	for b.Loop() {
		d.Tokens, d.Mentions = d.Tokens[:0], d.Mentions[:0]
		require.NoError(b, p.annotate(d))
	}
}
