package extract

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/learn"
	"github.com/dyad-kg/dyad/seeds"
)

// nameEngine is the engine that finds names with the shipped models.
func nameEngine(t testing.TB) *dyadEngine {
	models := os.DirFS("../seeds")
	c, err := loadClusters(models)
	require.NoError(t, err)
	k, err := seeds.LoadKnowledge(models)
	require.NoError(t, err)
	syntax, err := newSyntax(models, c)
	require.NoError(t, err)
	e, err := newDyadEngine(models, syntax, c, k)
	require.NoError(t, err)
	return e
}

// namesIn finds the names of one sentence, written "PER Sergey Lavrov".
func namesIn(e *dyadEngine, text string) []string {
	d := inSentences(LabelledText{Text: text, Sentences: []Span{{0, uint32(len(text))}}})
	_ = e.annotate(d)
	var names []string
	for _, m := range d.Mentions {
		names = append(names, m.Type.String()+" "+d.In(m.Span))
	}
	return names
}

func TestRecognize(t *testing.T) {
	e := nameEngine(t)
	for text, want := range map[string][]string{
		"":              nil,
		"It rained.":    nil,
		"On Monday, we": nil,
		"Russian Foreign Minister Sergey Lavrov visited Japan on Thursday.": {"NORP Russian", "PER Sergey Lavrov", "GPE Japan"},
		"TOKYO (AP) — Japan's prime minister spoke.":                        {"GPE TOKYO", "ORG AP", "GPE Japan"},
		"The U.S. State Department said NATO and the United Nations would help.": {
			"ORG U.S. State Department", "ORG NATO", "ORG United Nations"},
		"Israelis and Palestinians have held peace talks.":        {"NORP Israelis", "NORP Palestinians"},
		"Hezbollah denied it.":                                    {"ORG Hezbollah"},
		"The G-20 summit in Osaka discussed the Paris Agreement.": {"EVENT G-20 summit", "GPE Osaka", "LAW Paris Agreement"},

		// Particles, hyphens, apostrophes, initials, family names first.
		"Crown Prince Mohammed bin Salman met President Abdel Fattah al-Sisi in Cairo.": {
			"PER Mohammed bin Salman", "PER Abdel Fattah al-Sisi", "GPE Cairo"},
		"European Commission President Ursula von der Leyen spoke to Charles de Gaulle.": {
			"ORG European Commission", "PER Ursula von der Leyen", "PER Charles de Gaulle"},
		"Kim Jong Un and Moon Jae-in met at the Korean Peninsula's border.": {"PER Kim Jong Un", "PER Moon Jae-in", "LOC Korean Peninsula"},
		"Mr. O'Brien flew to Côte d’Ivoire.":                                {"PER O'Brien", "GPE Côte d’Ivoire"},
		"Martin Luther King Jr. and J. D. Vance":                            {"PER Martin Luther King Jr.", "PER J. D. Vance"},
		"He went to Deir ez-Zor.":                                           {"GPE Deir ez-Zor"},

		"Dominique de Villepin and Luiz Inácio Lula da Silva signed a treaty.": {"PER Dominique de Villepin", "PER Luiz Inácio Lula da Silva"},
		"Saif al-Islam el-Gadhafi fled to Niger.":                              {"PER Saif al-Islam el-Gadhafi", "GPE Niger"},
		"Gen. Abdel-Fattah el-Sissi ousted Mohammed Morsi.":                    {"PER Abdel-Fattah el-Sissi", "PER Mohammed Morsi"},
		"Jean-Bertrand Aristide returned to Port-au-Prince.":                   {"PER Jean-Bertrand Aristide", "GPE Port-au-Prince"},
		"N'Djamena and Nuku'alofa are capitals.":                               {"GPE N'Djamena", "GPE Nuku'alofa"},
		"Sinn Fein's Gerry Adams met Ian Paisley.":                             {"ORG Sinn Fein", "PER Gerry Adams", "PER Ian Paisley"},
		"George H.W. Bush and J.R.R. Tolkien met William J. Clinton.":          {"PER George H.W. Bush", "PER J.R.R. Tolkien", "PER William J. Clinton"},
		"Robert F. Kennedy Jr. visited Samoa.":                                 {"PER Robert F. Kennedy Jr.", "GPE Samoa"},
		"Abe Shinzo and Kim Jong-il met in Pyongyang.":                         {"PER Abe Shinzo", "PER Kim Jong-il", "GPE Pyongyang"},
		"Nguyen Phu Trong of Vietnam met Xi Jinping.":                          {"PER Nguyen Phu Trong", "GPE Vietnam", "PER Xi Jinping"},
		"Ban Ki-moon visited Aung San Suu Kyi in Rangoon.":                     {"PER Ban Ki-moon", "PER Aung San Suu Kyi", "GPE Rangoon"},
		"Prachanda told reporters that Nepal would join the summit.":           {"PER Prachanda", "GPE Nepal"},

		// Titles in front are not part of names.
		"King Harald V received Sir Carl Berendsen.": {"PER Harald V", "PER Carl Berendsen"},
		"Martin Luther King, Jr., spoke in Memphis.": {"PER Martin Luther King, Jr.", "GPE Memphis"},

		// Capitals where others have none, and the other way about.
		"A spokesman for eBay and iRobot denied it.":                {"ORG eBay", "ORG iRobot"},
		"The airline easyJet signed a deal with Airbus.":            {"ORG easyJet", "ORG Airbus"},
		"PUTIN MEETS MODI IN NEW DELHI":                             {"PER PUTIN", "PER MODI", "GPE NEW DELHI"},
		"NATO CHIEF RASMUSSEN IN KABUL FOR TALKS WITH KARZAI":       {"ORG NATO", "PER RASMUSSEN", "GPE KABUL", "PER KARZAI"},
		"BAGHDAD, Iraq (AP) -- A car bomb killed 10 people.":        {"GPE BAGHDAD", "GPE Iraq", "ORG AP"},
		"WASHINGTON (Reuters) - The Pentagon said it was not true.": {"GPE WASHINGTON", "ORG Reuters", "ORG Pentagon"},

		// Names that share their last word.
		"Officials from North and South Korea met in Panmunjom.": {"GPE North", "GPE South Korea", "GPE Panmunjom"},
		"East and West Germany were reunited in 1990.":           {"GPE East", "GPE West Germany"},
		"The agreement covers South and Central Asia.":           {"LOC South", "LOC Central Asia"},

		// Compounds: each half is a name.
		"Russo-Japanese and Franco-German relations improved.": {"NORP Russo", "NORP Japanese", "NORP Franco", "NORP German"},
		"U.S.-led forces left Iraq.":                           {"GPE U.S.", "GPE Iraq"},

		// A nationality in front of a name that stands without it.
		"It was a response to the Chinese Belt and Road initiative.": {"NORP Chinese", "ORG Belt and Road"},
	} {
		require.Equal(t, want, namesIn(e, text), text)
	}
}

// What one sentence says of a name holds in the others.
func TestRecognizeAcrossSentences(t *testing.T) {
	d := inSentences(LabelledText{
		Text:      "Hamilton Fish was Secretary of State. This displeased Fish greatly. He ate fish.",
		Sentences: []Span{{0, 37}, {38, 67}, {68, 80}},
	})
	require.NoError(t, nameEngine(t).annotate(d))
	var names []string
	for _, m := range d.Mentions {
		names = append(names, m.Type.String()+" "+d.In(m.Span))
	}
	require.Equal(t, []string{"PER Hamilton Fish", "PER Fish"}, names)
}

func TestJoinPersons(t *testing.T) {
	for text, want := range map[string]string{
		"Bingu wa Mutharika":     "Bingu wa Mutharika",
		"Maria de la Paz":        "Maria de la Paz",
		"Putin and Medvedev":     "Putin|Medvedev",
		"Putin Medvedev":         "Putin|Medvedev",
		"Wa wa Mutharika bin Bo": "Wa wa Mutharika bin Bo",
	} {
		d := sentences(text)
		for i := range d.Tokens {
			if first := d.Word(int32(i))[0]; 'A' <= first && first <= 'Z' {
				d.Mentions = append(d.Mentions, nameMention(d, int32(i), int32(i)+1, seeds.Person))
			}
		}
		d.joinPersons(0)
		var names []string
		for _, m := range d.Mentions {
			names = append(names, d.In(m.Span))
		}
		require.Equal(t, want, strings.Join(names, "|"))
	}
}

func TestAgree(t *testing.T) {
	d := &Document{Article: Article{Text: "Amazon Amazon Amazon Darfur Darfur"}}
	for i, typ := range []Type{seeds.Org, seeds.Loc, seeds.Org, seeds.GPE, seeds.Loc} {
		d.Mentions = append(d.Mentions, Mention{Span: Span{uint32(7 * i), uint32(7*i + 6)}, Type: typ})
	}
	d.agree(new(nameScratch))
	var types []Type
	for _, m := range d.Mentions {
		types = append(types, m.Type)
	}
	require.Equal(t, []Type{seeds.Org, seeds.Org, seeds.Org, seeds.GPE, seeds.Loc}, types)
}

// Whatever the text, names lie in sentences, in order, apart from each other.
func TestRecognizeAnything(t *testing.T) {
	e := nameEngine(t)
	words := strings.Fields("The the of Russia U.S. al - bin Putin , . ( ) ’s 's 2019 NATO \xe2\x80\x94 Über « Ministry and & / Kim-Jong-un 5th é İ ﬁ")
	random := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		var b strings.Builder
		var sentences []Span
		for range 1 + random.IntN(3) {
			start := b.Len()
			for range 1 + random.IntN(20) {
				b.WriteString(words[random.IntN(len(words))])
				b.WriteString([]string{" ", " ", " ", ""}[random.IntN(4)])
			}
			sentences = append(sentences, Span{uint32(start), uint32(b.Len())})
		}
		d := inSentences(LabelledText{Text: b.String(), Sentences: sentences})
		require.NoError(t, e.annotate(d))
		end := int32(0)
		for _, m := range d.Mentions {
			require.GreaterOrEqual(t, m.Tokens.First, end)
			require.Positive(t, m.Tokens.Len())
			end = m.Tokens.End
			require.Equal(t, Span{d.Tokens[m.Tokens.First].Start, d.Tokens[end-1].End}, m.Span)
			require.NotEqual(t, Type(0), m.Type)
			within := false
			for _, s := range d.Sentences {
				within = within || s.Contains(m.Span)
			}
			require.True(t, within)
		}
	}
}

func TestTrainNames(t *testing.T) {
	train := func() []byte {
		trainer, err := NewNameTrainer(os.DirFS("../seeds"))
		require.NoError(t, err)
		for range 5 {
			text := "Minister Zork of Blonia met Mr. Zork-Pru."
			trainer.Add(LabelledText{Text: text, Weight: 1, Sentences: []Span{{0, uint32(len(text))}},
				Names: []LabelledName{{Span{9, 13}, TypesOf(seeds.Person)}, {Span{17, 23}, TypesOf(seeds.GPE)},
					{Span{32, 40}, TypesOf(seeds.Person)}, {Span{10, 13}, TypesOf(seeds.Org)}}})
		}
		model := trainer.Train(learn.ChainOptions{Least: 1, Epochs: 10, Rate: 0.1})
		require.Equal(t, []int{20, 5, 0}, []int{trainer.Total, trainer.Torn, trainer.Unseen})
		return model
	}
	model := train()
	require.Equal(t, model, train(), "two trainings differ")

	e := nameEngine(t)
	require.NoError(t, e.recognize.decode(model))
	require.Equal(t, []string{"PER Zork-Pru", "GPE Blonia"}, namesIn(e, "Mr. Zork-Pru of Blonia met."))
	for n := range model {
		require.Error(t, new(recognizer).decode(model[:n]), "cut after %d bytes", n)
	}
}

func BenchmarkRecognize(b *testing.B) {
	e := nameEngine(b)
	file, err := os.Open("../../shared/bench/text/voa.tsv")
	if err != nil {
		b.Skip("needs ../shared/bench/text/voa.tsv")
	}
	defer file.Close()
	buffer := make([]byte, 1<<20)
	n, err := file.Read(buffer)
	require.NoError(b, err)
	var a LabelledText
	for line := range strings.Lines(string(buffer[:n])) {
		_, sentence, _ := strings.Cut(strings.TrimSpace(line), "\t")
		a.Sentences = append(a.Sentences, Span{uint32(len(a.Text)), uint32(len(a.Text) + len(sentence))})
		a.Text += sentence + "\n"
		if len(a.Sentences) == 2000 {
			break
		}
	}
	d := inSentences(a)
	require.NoError(b, e.annotate(d))
	b.ReportAllocs()
	for b.Loop() {
		d.Mentions = d.Mentions[:0]
		e.recognize.recognize(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoadNames(b *testing.B) {
	e := nameEngine(b)
	data, err := os.ReadFile("../seeds/models/names")
	require.NoError(b, err)
	for b.Loop() {
		require.NoError(b, e.recognize.decode(data))
	}
}
