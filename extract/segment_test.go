package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func newTestSegmenter(t testing.TB) *segmenter {
	s, err := newSegmenter()
	require.NoError(t, err)
	return s
}

func segmented(s *segmenter, text string) *Document {
	d := &Document{}
	d.Reset(Article{Text: text})
	s.segment(d)
	return d
}

// A goldText is a whole text with the sentences that people marked in it.
type goldText struct {
	text      string
	sentences []Span
}

// wholeTexts puts the texts of a treebank together again, with a blank line between paragraphs.
func wholeTexts(t testing.TB, name, prefix string) []goldText {
	var all []goldText
	doc := ""
	for _, s := range readTreebank(t, name) {
		if !strings.HasPrefix(s.doc, prefix) {
			continue
		}
		if s.doc != doc || len(all) == 0 {
			all = append(all, goldText{})
			doc = s.doc
		}
		g := &all[len(all)-1]
		switch {
		case g.text == "":
		case s.newPar:
			g.text += "\n\n"
		default:
			g.text += " "
		}
		from := len(g.text)
		g.text += s.text
		g.sentences = append(g.sentences, Span{uint32(from), uint32(len(g.text))})
	}
	return all
}

// newsTexts reads a file of ../shared/bench/news.
func newsTexts(t testing.TB, name string) []goldText {
	f, err := os.Open("../../shared/bench/news/" + name)
	if err != nil {
		t.Skipf("the news texts %s are not here: %v", name, err)
	}
	defer f.Close()
	var all []goldText
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var a struct {
			Text      string
			Sentences [][2]int
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &a))
		g := goldText{text: a.Text}
		at := make([]uint32, 0, len(a.Text)+1) // byte offset of each code point
		for i := range a.Text {
			at = append(at, uint32(i))
		}
		at = append(at, uint32(len(a.Text)))
		for _, s := range a.Sentences {
			g.sentences = append(g.sentences, Span{at[s[0]], at[s[1]]})
		}
		all = append(all, g)
	}
	require.NoError(t, lines.Err())
	return all
}

// scoreSentences compares the places where sentences end.
func scoreSentences(t testing.TB, s *segmenter, texts []goldText) score {
	var sum score
	for _, g := range texts {
		d := segmented(s, g.text)
		ends := func(spans []Span) (out []Span) {
			for _, s := range spans {
				out = append(out, Span{s.End, s.End})
			}
			return out
		}
		var found []Span
		for _, s := range d.Sentences {
			found = append(found, s.Span)
		}
		sum.add(ends(g.sentences), ends(found))
		if showDifferences {
			for _, e := range minus(ends(g.sentences), ends(found)) {
				t.Logf("missed: %s ¶ %s", g.text[max(0, int(e.End)-50):e.End], g.text[e.End:min(len(g.text), int(e.End)+50)])
			}
			for _, e := range minus(ends(found), ends(g.sentences)) {
				t.Logf("wrong: %s ¶ %s", g.text[max(0, int(e.End)-50):e.End], g.text[e.End:min(len(g.text), int(e.End)+50)])
			}
		}
	}
	return sum
}

func minus(a, b []Span) (out []Span) {
	have := map[Span]bool{}
	for _, s := range b {
		have[s] = true
	}
	for _, s := range a {
		if !have[s] {
			out = append(out, s)
		}
	}
	return out
}

func TestSegmentGold(t *testing.T) {
	s := newTestSegmenter(t)
	for _, c := range []struct {
		bank, prefix string
		least        float64
	}{
		{"gum-dev", "GUM_news", 99},
		{"gum-train", "GUM_news", 97},
		{"gum-dev", "GUM", 98},
		{"gum-train", "GUM", 98},
	} {
		sum := scoreSentences(t, s, wholeTexts(t, c.bank, c.prefix))
		t.Logf("%s %s: boundary F %.2f of %d", c.bank, c.prefix, sum.f(), sum.gold)
		require.GreaterOrEqual(t, sum.f(), c.least)
	}
	for _, name := range []string{"dev.jsonl", "train.jsonl"} {
		sum := scoreSentences(t, s, newsTexts(t, name))
		t.Logf("news %s: boundary F %.2f of %d", name, sum.f(), sum.gold)
		require.GreaterOrEqual(t, sum.f(), 98.0)
	}
}

func TestSegment(t *testing.T) {
	s := newTestSegmenter(t)
	for name, c := range map[string]struct{ text, want string }{
		"headline":    {"Ministers Meet in Tokyo\n\nThey met. They left.", "Ministers Meet in Tokyo|They met.|They left."},
		"titles":      {"Gen. J. F. Smith met Sen. Lee and Lt. Col. Ray. Mr. Bush left.", "Gen. J. F. Smith met Sen. Lee and Lt. Col. Ray.|Mr. Bush left."},
		"acronyms":    {"He left the U.S. The U.S. Senate met at 9 a.m. Monday. It rose at 5 p.m. They ate.", "He left the U.S.|The U.S. Senate met at 9 a.m. Monday.|It rose at 5 p.m.|They ate."},
		"companies":   {"He runs Acme Inc. He sold Foo Corp. to Bar Ltd. last year.", "He runs Acme Inc.|He sold Foo Corp. to Bar Ltd. last year."},
		"quotes":      {"“We agree.” She left. \"Why?\" he asked. “No!” Lavrov said. ‘Yes.’", "“We agree.”|She left.|\"Why?\" he asked.|“No!” Lavrov said.|‘Yes.’"},
		"numbers":     {"No. 5 won. It cost $3.5 million in 2010. Many paid. He said No. They agreed.", "No. 5 won.|It cost $3.5 million in 2010.|Many paid.|He said No.|They agreed."},
		"items":       {"1. Troops leave. 2. Talks begin.\n(a) Now.\n", "1. Troops leave.|2. Talks begin.|(a) Now."},
		"ellipses":    {"Well... maybe. It ended… Then they met.", "Well... maybe.|It ended…|Then they met."},
		"footnotes":   {"They met.[5][6] They left. [7] They rested.", "They met.[5][6]|They left. [7]|They rested."},
		"forgotten":   {"They met for talks.The next day they left.", "They met for talks.|The next day they left."},
		"small names": {"They fled. al-Qaida followed.", "They fled.|al-Qaida followed."},
		"glued":       {"Putin met Finnish leaders In the Kremlin they talked.", "Putin met Finnish leaders|In the Kremlin they talked."},
		"not glued":   {"The ministers told USA Today in The Hague that We Can, a party, lost.", "The ministers told USA Today in The Hague that We Can, a party, lost."},
		"wrapped": {"The ministers of both countries met in Tokyo on\nThursday and agreed that they would go on with\nthe talks next year.\r\nThey left.",
			"The ministers of both countries met in Tokyo on\nThursday and agreed that they would go on with\nthe talks next year.|They left."},
		"lines": {"Talks Go On\nMay 30, 2019\nThe ministers of Russia and Japan met in Tokyo on Thursday for two days of talks.",
			"Talks Go On|May 30, 2019|The ministers of Russia and Japan met in Tokyo on Thursday for two days of talks."},
		"capitals": {"They spoke of security in the APR. Russia agreed, said REP. LEE of NATO. Japan did not on APR. 5 or later.",
			"They spoke of security in the APR.|Russia agreed, said REP. LEE of NATO.|Japan did not on APR. 5 or later."},
		"asked then": {"“A fan?” He said, “No.” “Why?” the minister asked. She left Washington, D.C. Prior to that she stayed.",
			"“A fan?”|He said, “No.”|“Why?” the minister asked.|She left Washington, D.C.|Prior to that she stayed."},
		"nothing": {" \n\t\u00a0\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := segmented(s, c.text)
			var found []string
			for _, s := range d.Sentences {
				found = append(found, d.In(s.Span))
			}
			require.Equal(t, c.want, strings.Join(found, "|"))
		})
	}
}

// A dateline is a sentence of its own, whatever paragraph it opens; what only looks like one is not.
func TestDateline(t *testing.T) {
	s := newTestSegmenter(t)
	for _, dateline := range []string{
		"TOKYO, May 31, 2019 -", "WASHINGTON (AP) —", "KYIV, Ukraine (Reuters) -", "GENEVA/PARIS —", "MOSCOW:", "PORT-AU-PRINCE, Haiti —", "ROME --",
		"UNITED NATIONS, Sept. 21 (Xinhua) --", "MOSCOW, May 31. /TASS/ -", "ST. PETERSBURG, Russia, June 5 –", "RIO DE JANEIRO —", "WASHINGTON, D.C. –",
		"N’DJAMENA, 5 June 2019 —", "SÃO PAULO —", "KYIV, Ukraine (AP)—", "BEIJING, March 3:",
	} {
		for _, text := range []string{dateline + " The ministers met in the capital. They left.", dateline + "\n“We agree,” the ministers said. They left."} {
			for _, before := range []string{"", "Ministers Meet\n\n"} {
				d := segmented(s, before+text)
				at := len(d.Sentences) - 3
				require.GreaterOrEqual(t, at, 0, text)
				require.Equal(t, dateline, d.In(d.Sentences[at].Span), text)
			}
		}
	}
	d := segmented(s, "MOSCOW, May 31. /TASS/. The ministers met in the capital.")
	require.Equal(t, "MOSCOW, May 31. /TASS/.", d.In(d.Sentences[0].Span))
	for _, text := range []string{
		"NATO — the alliance of thirty — met in the capital.", "UN - The ministers met in the capital.", "Tokyo - The ministers met in the capital.",
		"SÃO PAULO: We met the ministers.", "VLADIMIR PUTIN: We met the ministers in the capital.", "FACT SHEET: The President Meets the Ministers", "TOKYO met the ministers of all states: A, B and C.",
		"TOKYO, the capital, is where they met - Again and again.", "TOKYO-The ministers met in the capital.", "TOKYO, May 31, 2019 - Tokyo", "IRAQ-POVERTY (Washington)", "WASHINGTON, (",
		"ABCD", "ABCD/", "ABCD, " + strings.Repeat("A, ", 50) + "- The ministers met.",
	} {
		require.Len(t, segmented(s, text).Sentences, 1, text)
	}
	d = segmented(s, strings.Repeat("One more paragraph.\n\n", 5)+"GOODWYN: The ministers met in the capital.")
	require.Len(t, d.Sentences, 6)
}

// Whatever the bytes, sentences lie in order, do not overlap, and leave out nothing but blanks; so do their tokens.
func FuzzSegment(f *testing.F) {
	for _, s := range []string{"", "A b. C d.\n\nE", "“No!” he said.\r\nMr. X... 1. U.S. The", "a\xff.\x00 B", "\u2028.\u2029A.[1] B ", "ROME (AP) - A", "ROME, Mai. /X/. \"a\" 12345678901234567890", strings.Repeat("a ", maxSentence), strings.Repeat("\x80", 2*maxSentence)} {
		f.Add(s)
	}
	s := newTestSegmenter(f)
	f.Fuzz(func(t *testing.T, text string) {
		d := segmented(s, text)
		tokenizer{}.tokenize(d)
		require.NoError(t, d.checkSentences())
		require.NoError(t, d.checkTokens())
	})
}

func BenchmarkSegment(b *testing.B) {
	var text strings.Builder
	for _, g := range wholeTexts(b, "gum-dev", "GUM") {
		text.WriteString(g.text + "\n\n")
	}
	s := newTestSegmenter(b)
	d := segmented(s, text.String())
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		d.Sentences = d.Sentences[:0]
		s.segment(d)
	}
}

func BenchmarkNewSegmenter(b *testing.B) {
	for b.Loop() {
		newTestSegmenter(b)
	}
}

// Time must grow with the text, not with its square, however the text is laid out.
func TestSegmentLinear(t *testing.T) {
	s := newTestSegmenter(t)
	for name, piece := range map[string]string{
		"no blanks": "aaaaaaaa", "one line": "Word after word ", "lines": "Some words\n", "wrapped": strings.Repeat("word ", 20) + "\n", "stops": ". ",
		"marks": "!?", "quotes": ".\"", "brackets": "[1]", "at": "a@", "slashes": "a/", "hyphens": "1-1,", "apostrophes": "n'", "blank": "\n", "dots": "a.",
	} {
		t.Run(name, func(t *testing.T) {
			d := segmented(s, strings.Repeat(piece, 2<<20/len(piece)))
			tokenizer{}.tokenize(d)
			require.NoError(t, d.checkSentences())
			require.NoError(t, d.checkTokens())
		})
	}
}
