package extract

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// oneSentence returns a document whose text is a single sentence.
func oneSentence(text string) *Document {
	d := &Document{}
	d.Reset(Article{Text: text})
	d.Sentences = append(d.Sentences, Sentence{Span: Span{0, uint32(len(text))}})
	return d
}

func tokens(text string) string {
	d := oneSentence(text)
	tokenizer{}.tokenize(d)
	words := make([]string, len(d.Tokens))
	for i := range d.Tokens {
		words[i] = d.Word(int32(i))
	}
	return strings.Join(words, "|")
}

func TestTokenize(t *testing.T) {
	for _, want := range []string{
		"I|'m| |sure| |they| |do|n't| |agree|.",
		"Japan|’s| |envoy| |ca|n’t| |go|,| |the| |states|’| |envoys| |can|not|.",
		"the| |Russo|-|Japanese| |talks| |on| |American|-|made| |anti-missile| |systems",
		"pro-Kremlin|,| |non-bloc| |and| |co-founder|,| |but| |al|-|Assad| |and| |Kim| |Jong|-|un",
		"the| |U.S.|-|led| |coalition| |in| |Washington|,| |D.C.|,| |met| |at| |9:30| |a.m.| |on| |Sept.| |5|.",
		"Gen.| |J.| |F.| |Smith|,| |Mr.| |Lee| |and| |Acme| |Inc.| |won| |No.| |5|.",
		"He| |said| |No|.",
		"security| |in| |the| |APR|.",
		"the| |2|+|2| |format| |and| |the| |S|+|2| |talks",
		"They| |left| |the| |U.S.",
		"US$|5.4| |billion|,| |$|1,200.50|,| |€|3|,| |40|%| |and| |7|pm",
		"May| |30|-|31|,| |2019|:| |the| |2|+|2| |format|,| |the| |20th| |century| |and| |the| |1990s",
		"5|–|6| |people|—|or| |more|--|came|...",
		"see| |https://example.org/a_(b)?c=d|,| |mail| |jane.doe@mail.example.org|.",
		"#ParisDeal| |by| |@POTUS| |on| |9/11| |and| |1/2",
		"“|We| |agree|,|”| |O'Neill| |and| |d’Estaing| |said| |(|twice|)|.",
		"Really|?!| |Yes|!!!",
		"R&D| |and| |AT&T| |and|/|or| |713-853-3989| |on| |2019-05-31",
		"the| |'|quartet|'| |of| |'72",
		"São| |Tomé|’s| |naïve| |coöperation|\u2003|42|°|C",
		"end| |of| |talks|.|The| |next",
	} {
		text := strings.ReplaceAll(want, "|", "")
		want = strings.NewReplacer("| |", "|", "|\u2003|", "|").Replace(want)
		require.Equal(t, want, tokens(text))
	}
}

// The tokenizer must agree with the treebanks that syntax is learned from.
func TestTokenizeTreebanks(t *testing.T) {
	for name, least := range map[string]float64{"gum-dev": 99, "ewt-dev": 98, "gum-train": 99, "ewt-train": 98} {
		t.Run(name, func(t *testing.T) {
			var sum score
			for _, s := range readTreebank(t, name) {
				d := oneSentence(s.text)
				tokenizer{}.tokenize(d)
				found := make([]Span, len(d.Tokens))
				for i := range d.Tokens {
					found[i] = d.Tokens[i].Span
				}
				before := sum
				sum.add(s.words, found)
				if showDifferences && sum.both-before.both != len(s.words) {
					for _, at := range differences(s.words, found) {
						t.Logf("gold %s, found %s", cutAt(s.text, at, s.words), cutAt(s.text, at, found))
					}
				}
			}
			t.Logf("%s: token F %.2f", name, sum.f())
			require.GreaterOrEqual(t, sum.f(), least)
		})
	}
}

// differences returns the stretches that two lists of spans cut differently.
func differences(gold, found []Span) (out []Span) {
	for len(gold) > 0 && len(found) > 0 {
		if gold[0] == found[0] {
			gold, found = gold[1:], found[1:]
			continue
		}
		at := Span{min(gold[0].Start, found[0].Start), max(gold[0].End, found[0].End)}
		for grown := true; grown; {
			grown = false
			for _, list := range []*[]Span{&gold, &found} {
				for len(*list) > 0 && (*list)[0].Start < at.End {
					at.End = max(at.End, (*list)[0].End)
					*list = (*list)[1:]
					grown = true
				}
			}
		}
		out = append(out, at)
	}
	return out
}

func cutAt(text string, in Span, spans []Span) string {
	var out []string
	for _, s := range spans {
		if in.Contains(s) {
			out = append(out, text[s.Start:s.End])
		}
	}
	return strings.Join(out, "|")
}

// Whatever the bytes, tokens lie in their sentence in order, do not overlap, and leave out nothing but blanks.
func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"", "I can't.", "U.S.-led 2+2, $5!", "a\xff\x00b", "’s n't 'tis", "http://a.b/(c)) x@y.z 1-2-3 1,000,0", "…—–\u200b\ufeff é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := oneSentence(text)
		tokenizer{}.tokenize(d)
		pos := 0
		for _, token := range d.Tokens {
			require.Equal(t, int(token.Start), skipBlank(text, pos))
			require.Less(t, token.Start, token.End)
			pos = int(token.End)
		}
		require.Equal(t, len(text), skipBlank(text, pos))
		require.Equal(t, Range{0, int32(len(d.Tokens))}, d.Sentences[0].Tokens)
	})
}

func BenchmarkTokenize(b *testing.B) {
	var text strings.Builder
	for _, s := range readTreebank(b, "gum-dev") {
		text.WriteString(s.text + " ")
	}
	d := oneSentence(text.String())
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		d.Tokens = d.Tokens[:0]
		tokenizer{}.tokenize(d)
	}
}
