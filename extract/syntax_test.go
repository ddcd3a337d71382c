package extract

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/learn"
	"github.com/dyad-kg/dyad/seeds"
)

// requireTrees checks that the heads of every sentence form a tree with one root.
func requireTrees(t *testing.T, d *Document) {
	t.Helper()
	for _, s := range d.Sentences {
		roots := 0
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			h := d.Tokens[i].Head
			require.Equal(t, h < 0, d.Tokens[i].Dep == DepRoot)
			require.NotEqual(t, NoDep, d.Tokens[i].Dep)
			if h < 0 {
				roots++
				continue
			}
			require.True(t, s.Tokens.Has(h))
			for steps := 0; h >= 0; steps++ {
				require.Less(t, steps, s.Tokens.Len(), "cycle")
				h = d.Tokens[h].Head
			}
		}
		require.Equal(t, min(1, s.Tokens.Len()), roots)
	}
}

// sentences makes a document of sentences whose words stand between blanks.
func sentences(lines ...string) *Document {
	d := &Document{Article: Article{Text: strings.Join(lines, "\n")}}
	at := uint32(0)
	for _, line := range lines {
		s := Sentence{Span: Span{at, at + uint32(len(line))}}
		s.Tokens.First = int32(len(d.Tokens))
		for _, word := range strings.Split(line, " ") {
			if word != "" {
				d.Tokens = append(d.Tokens, Token{Span: Span{at, at + uint32(len(word))}, Head: -1})
			}
			at += uint32(len(word)) + 1
		}
		s.Tokens.End = int32(len(d.Tokens))
		d.Sentences = append(d.Sentences, s)
	}
	return d
}

// shippedSyntax reads the shipped models.
func shippedSyntax(t testing.TB) *syntax {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	c, err := loadClusters(fsys)
	require.NoError(t, err)
	s, err := newSyntax(fsys, c)
	require.NoError(t, err)
	return s
}

func annotated(t testing.TB, lines ...string) *Document {
	d := sentences(lines...)
	shippedSyntax(t).annotate(d)
	return d
}

// show writes a word a line: word/lemma/Penn tag/part of speech/head:relation.
func show(d *Document) string {
	var b strings.Builder
	for i, t := range d.Tokens {
		head := "root"
		if t.Head >= 0 {
			head = d.Word(t.Head) + ":" + t.Dep.String()
		}
		b.WriteString(d.Word(int32(i)) + "/" + d.Lemma(int32(i)) + "/" + t.Tag.String() + "/" + t.Pos.String() + "/" + head + "\n")
	}
	return b.String()
}

func TestSyntaxOfASentence(t *testing.T) {
	d := annotated(t, "Russian ministers visited Japan in May .")
	requireTrees(t, d)
	require.Equal(t, `Russian/Russian/JJ/ADJ/ministers:amod
ministers/minister/NNS/NOUN/visited:nsubj
visited/visit/VBD/VERB/root
Japan/Japan/NNP/PROPN/visited:obj
in/in/IN/ADP/May:case
May/May/NNP/PROPN/visited:obl
./././PUNCT/visited:punct
`, show(d))
}

func TestTreesOfAnyInput(t *testing.T) {
	syntax := shippedSyntax(t)
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("talks Talks between and , . ( ) “ ” - 's the of to with Russia JAPAN met is been 12 1,000 $ é 中文 \x80 which that said " +
		strings.Repeat("x", 300))
	for _, n := range []int{0, 1, 2, 3, 40, 500, 3000} {
		for range 5 {
			var line []string
			for range n {
				line = append(line, words[random.IntN(len(words))])
			}
			d := sentences(strings.Join(line, " "), strings.Repeat("( ", n), "one")
			syntax.annotate(d)
			requireTrees(t, d)
			for i := range d.Tokens {
				require.NotEqual(t, NoTag, d.Tokens[i].Tag)
				require.NotEqual(t, NoPos, d.Tokens[i].Pos)
				require.NotZero(t, d.Tokens[i].Lemma, "%q", d.Word(int32(i)))
			}
		}
	}
}

// tinyBank is just enough to learn from.
func tinyBank(t *testing.T) []*Document {
	b, err := ReadTreebank("tiny", strings.NewReader(strings.Repeat(conllu(
		"1 Putin Putin PROPN NNP 2 nsubj",
		"2 met meet VERB VBD 0 root",
		"3 Abe Abe PROPN NNP 2 obj",
		"",
		"1 He he PRON PRP 2 nsubj",
		"2 visits visit VERB VBZ 0 root",
		"3 old old ADJ JJ 4 amod",
		"4 cities city NOUN NNS 2 obj",
		"",
	), 20)))
	require.NoError(t, err)
	require.NoError(t, ComputeForms(b.Documents, tinyClusters(t)))
	return b.Documents
}

func tinyClusters(t *testing.T) fstest.MapFS {
	var table bytes.Buffer
	require.NoError(t, WriteClusters(&table, []string{"Putin", "Abe"}, []int{1, 1}, []int{0, 1}, []int{0, 1}))
	return fstest.MapFS{clusterFile: {Data: table.Bytes()}, gloveFile: {Data: table.Bytes()}}
}

func TestTrainingLearnsAndRepeats(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute with the race detector")
	}
	docs := tinyBank(t)
	o := SyntaxOptions{
		Units: 16, Width: 16, Epochs: 120, Least: 1, Features: 10_000, Rate: 0.01, Dropout: 0.05, Seed: 1, Log: io.Discard,
		Vectors: &WordVectors{Words: []string{"putin", "Putin", "abe"}, Values: [][]float32{{1, 0}, {0, 1}, {1, 1}}},
		Silver:  docs,
	}
	checked := 0
	o.Check = func([]byte) { checked++ }
	model, err := TrainSyntax(docs, o)
	require.NoError(t, err)
	require.Equal(t, o.Epochs/checkEvery, checked)
	var lemmas bytes.Buffer
	require.NoError(t, TrainLemmatizer(docs, &lemmas))
	found, err := Annotated(docs, model, lemmas.Bytes())
	require.NoError(t, err)
	e := Compare(docs, found)
	require.Equal(t, []int{140, 140, 140, 140, 140, 140}, []int{e.Words, e.Tag, e.Pos, e.Lemma, e.Head, e.Labelled})

	again, err := TrainSyntax(docs, o)
	require.NoError(t, err)
	require.True(t, bytes.Equal(model, again))
}

func TestWrongModels(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{syntaxFile, lemmaFile} {
		data, err := os.ReadFile("../seeds/" + name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: data}
	}
	_, err := newSyntax(files, nil)
	require.NoError(t, err)
	good := files[syntaxFile]
	files[syntaxFile] = &fstest.MapFile{Data: []byte("version https://git-lfs.github.com/spec/v1")}
	_, err = newSyntax(files, nil)
	require.EqualError(t, err, "models/syntax: not a network of this version of dyad")
	other := learn.NewTrainer(learn.Shape{
		Features: []uint32{1}, Given: learn.Vectors{Size: 16}, Width: 16, Units: []int{16}, HeadUnits: 32, Hidden: 32, Classes: []int{3}, Labels: 2,
	}, 1)
	data, err := other.Network(nil).MarshalBinary()
	require.NoError(t, err)
	files[syntaxFile] = &fstest.MapFile{Data: data}
	_, err = newSyntax(files, nil)
	require.EqualError(t, err, "models/syntax: made for other tags (3 instead of 52)")
	files[syntaxFile] = good
	files[lemmaFile] = &fstest.MapFile{Data: []byte("# a comment\nNN\tNOUN\t~s\tone\t\n")}
	_, err = newSyntax(files, nil)
	require.EqualError(t, err, `models/lemmas.tsv:2: "one" is no number of bytes`)
	delete(files, lemmaFile)
	_, err = newSyntax(files, nil)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// What is kept of words is what computing anew gives, also after so many words that all are forgotten.
func TestWordInputs(t *testing.T) {
	s := shippedSyntax(t)
	random := rand.New(rand.NewPCG(3, 3))
	var known wordInputs
	var features featureList
	var r learn.Reading
	want := make([]int32, s.network.InputSize())
	words := 0
	for n := range 300 {
		known.makeRoom(s.network, n)
		var numbers []uint32
		var forms []form
		for range n {
			f := makeForm(fmt.Sprintf("%c%x", 'A'+n%40, random.IntN(1<<16)))
			forms, numbers = append(forms, f), append(numbers, known.find(&f, &r))
			words++
		}
		for i := range forms {
			features.word(&forms[i])
			s.network.Input(features.features(), want, &r)
			require.Equal(t, want, known.input(numbers[i]))
		}
		require.LessOrEqual(t, len(known.words), keptWords)
	}
	require.Greater(t, words, keptWords)
}

// A sentence that is too long is read in pieces.
func TestPieces(t *testing.T) {
	d := annotated(t, strings.Repeat("the talks ended and ", 500)+"they left")
	requireTrees(t, d)
	roots := 0
	for i := range d.Tokens {
		if d.Tokens[i].Dep == DepParataxis && int32(i)/longest != d.Tokens[i].Head/longest {
			roots++
		}
	}
	require.Equal(t, len(d.Tokens)/longest, roots)
}

// What is behind a word decides as well as what is before it.
func TestTagsInContext(t *testing.T) {
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

// Names that no training data knows are read by their shape and by what is around them.
func TestUnknownNames(t *testing.T) {
	for text, root := range map[string]string{
		"Keltrovia accused Zorvania of an attack .":                        "accused",
		"Arnor is about to restore ties with Gondor .":                     "about",
		"Prime Minister Ulf Tlaxo met Volodymyr Vdrnovsky in Uzhh today .": "met",
		"Mordor will host Osgiliath next week .":                           "host",
	} {
		d := annotated(t, text)
		requireTrees(t, d)
		for i := range d.Tokens {
			if d.Tokens[i].Head < 0 {
				require.Equal(t, root, d.Word(int32(i)), text)
			}
		}
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
}

// benchmarkDocument is a news article of the treebank to measure by.
func benchmarkDocument(b *testing.B) *Document {
	f, err := os.Open("../../shared/bench/parse/gum-dev.conllu")
	if err != nil {
		b.Skipf("the treebank is not here: %v", err)
	}
	defer f.Close()
	bank, err := ReadTreebank("gum-dev", f)
	require.NoError(b, err)
	i := slices.IndexFunc(bank.Documents, func(d *Document) bool { return strings.HasPrefix(d.ID, "GUM_news") })
	return bank.Documents[i]
}

// BenchmarkSyntax is what an article costs: forms, tags, lemmas and trees.
func BenchmarkSyntax(b *testing.B) {
	s := shippedSyntax(b)
	d := benchmarkDocument(b)
	b.ReportAllocs()
	for b.Loop() {
		d.work.forms = d.work.forms[:0]
		s.annotate(d)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoadSyntax(b *testing.B) {
	for b.Loop() {
		shippedSyntax(b)
	}
}
