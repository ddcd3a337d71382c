package extract

import (
	"bytes"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

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

// syntax are the shipped models.
func syntax(t testing.TB) (*tagger, *parser) {
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	c, err := loadClusters(fsys)
	require.NoError(t, err)
	tagger, err := newTagger(fsys, c)
	require.NoError(t, err)
	parser, err := newParser(fsys, c)
	require.NoError(t, err)
	return tagger, parser
}

func annotated(t testing.TB, lines ...string) *Document {
	tagger, parser := syntax(t)
	d := sentences(lines...)
	tagger.tag(d)
	parser.parse(d)
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
	tagger, parser := syntax(t)
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
			tagger.tag(d)
			parser.parse(d)
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
	docs := tinyBank(t)
	o := TrainOptions{Units: 32, Epochs: 8, Least: 1, Features: 10_000, Rate: 0.05, Dropout: 0.1, Seed: 1, Log: io.Discard}
	tagger, _, err := TrainTagger(docs, o)
	require.NoError(t, err)
	supertags, _, err := TrainSupertagger(docs, o)
	require.NoError(t, err)
	guessed, err := Supertagged(docs, supertags)
	require.NoError(t, err)
	parser, _, err := TrainParser(guessed, o)
	require.NoError(t, err)
	var lemmas bytes.Buffer
	require.NoError(t, TrainLemmatizer(docs, &lemmas))

	found, err := Tagged(docs, tagger)
	require.NoError(t, err)
	found, err = Lemmatized(found, lemmas.Bytes())
	require.NoError(t, err)
	found, err = Parsed(found, supertags, parser)
	require.NoError(t, err)
	e := Compare(docs, found)
	require.Equal(t, []int{140, 140, 140, 140, 140, 140}, []int{e.Words, e.Tag, e.Pos, e.Lemma, e.Head, e.Labelled})

	again, _, err := TrainTagger(docs, o)
	require.NoError(t, err)
	require.True(t, bytes.Equal(tagger, again))
	again, _, err = TrainSupertagger(docs, o)
	require.NoError(t, err)
	require.True(t, bytes.Equal(supertags, again))
	again, _, err = TrainParser(guessed, o)
	require.NoError(t, err)
	require.True(t, bytes.Equal(parser, again))
}

// A class of heads names a word again, unless several others of its kind are nearer.
func TestHeadClasses(t *testing.T) {
	tagger, _ := syntax(t)
	d := sentences("The president of Peru and the ministers of Chile , Brazil and Bolivia met in Lima .")
	tagger.tag(d)
	w := new(parseWork)
	w.start(d.work.forms, d.Tokens)
	near := 0
	for i := range w.root() {
		require.Equal(t, w.root(), w.headOf(i, w.headClass(i, w.root())))
		for head := range w.root() {
			if head == i {
				continue
			}
			if found := w.headOf(i, w.headClass(i, head)); found == head {
				near++
			} else {
				require.Equal(t, headKind(w.words[head].pos), headKind(w.words[found].pos))
				require.Less(t, max(i-found, found-i), max(i-head, head-i))
			}
		}
	}
	n := w.root()
	require.Greater(t, near, int(n*(n-1)*3/4))
	require.Equal(t, w.none(), w.headOf(0, w.headClass(n-1, n-2)), "there is no word before the first")
}

func TestWrongModels(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{taggerFile, supertagFile, parserFile, lemmaFile} {
		data, err := os.ReadFile("../seeds/" + name)
		require.NoError(t, err)
		files[name] = &fstest.MapFile{Data: data}
	}
	_, err := newTagger(files, nil)
	require.NoError(t, err)
	good := files[taggerFile]
	files[taggerFile] = files[parserFile]
	_, err = newTagger(files, nil)
	require.EqualError(t, err, "models/tagger: made for other classes (3 instead of 52)")
	files[taggerFile] = &fstest.MapFile{Data: []byte("version https://git-lfs.github.com/spec/v1")}
	_, err = newTagger(files, nil)
	require.EqualError(t, err, "models/tagger: not a network of this version of dyad")
	files[taggerFile] = good
	files[lemmaFile] = &fstest.MapFile{Data: []byte("# a comment\nNN\tNOUN\t~s\tone\t\n")}
	_, err = newTagger(files, nil)
	require.EqualError(t, err, `models/lemmas.tsv:2: "one" is no number of bytes`)
	delete(files, parserFile)
	_, err = newParser(files, nil)
	require.ErrorIs(t, err, os.ErrNotExist)
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

func BenchmarkTag(b *testing.B) {
	tagger, _ := syntax(b)
	d := benchmarkDocument(b)
	b.ReportAllocs()
	for b.Loop() {
		d.work.forms = d.work.forms[:0]
		tagger.tag(d)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkParse(b *testing.B) {
	tagger, parser := syntax(b)
	d := benchmarkDocument(b)
	tagger.tag(d)
	b.ReportAllocs()
	for b.Loop() {
		parser.parse(d)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkSyntax is what an article costs: forms, tags, lemmas and trees.
func BenchmarkSyntax(b *testing.B) {
	tagger, parser := syntax(b)
	d := benchmarkDocument(b)
	b.ReportAllocs()
	for b.Loop() {
		d.work.forms = d.work.forms[:0]
		tagger.tag(d)
		parser.parse(d)
	}
	b.ReportMetric(float64(b.N)*float64(len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoadSyntax(b *testing.B) {
	for b.Loop() {
		syntax(b)
	}
}
