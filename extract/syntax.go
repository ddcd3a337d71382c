package extract

import (
	"fmt"
	"io/fs"

	"github.com/dyad-kg/dyad/extract/learn"
)

// Files of the models.
const (
	syntaxFile = "models/syntax"
	lemmaFile  = "models/lemmas.tsv"
)

// syntax gives every token its Penn tag, its universal part of speech, its lemma, its head and its relation to it. One
// network decides all of it but the lemmas: it reads a sentence from both ends (a long short-term memory in either direction;
// Hochreiter and Schmidhuber 1997, Schuster and Paliwal 1997), and what it then holds for each word says its tags and
// how well every other word would do for its head (Kiperwasser and Goldberg 2016, Dozat and Manning 2017).
//
// Punctuation takes no part in the tree while heads are chosen. Once words have theirs, each mark is hung where the rules of
// Universal Dependencies want it (punct.go).
type syntax struct {
	network  *learn.Network
	clusters *clusters
	lemmas   *lemmatizer
}

// The network's decisions about words.
const (
	tagDecision = iota
	posDecision
)

func newSyntax(seeds fs.FS, c *clusters) (*syntax, error) {
	data, err := fs.ReadFile(seeds, syntaxFile)
	if err != nil {
		return nil, err
	}
	s := &syntax{network: new(learn.Network), clusters: c}
	if err := s.load(data); err != nil {
		return nil, fmt.Errorf("%s: %w", syntaxFile, err)
	}
	s.lemmas, err = loadLemmatizer(seeds)
	return s, err
}

// load reads a model file and checks that it knows the tags and relations that dyad knows.
func (s *syntax) load(model []byte) error {
	if err := s.network.UnmarshalBinary(model); err != nil {
		return err
	}
	for decision, want := range [...]int{tagDecision: len(tagNames), posDecision: len(posNames)} {
		if got := s.network.Classes(decision); got != want {
			return fmt.Errorf("made for other tags (%d instead of %d)", got, want)
		}
	}
	if got := s.network.Labels(); got != len(depNames) {
		return fmt.Errorf("made for other relations (%d instead of %d)", got, len(depNames))
	}
	return nil
}

// syntaxWork is the memory of syntax at work.
type syntaxWork struct {
	reading learn.Reading
	known   wordInputs
	numbers []uint32  // of the sentence's words
	words   [][]int32 // what they bring into the network
	apart   []bool    // of the sentence: punctuation
	tree    treeWork
	punct   punctWork
}

// annotate fills in tags, lemmas and trees.
func (s *syntax) annotate(d *Document) {
	s.run(d, func(r Range) {
		s.tag(d.Tokens[r.First:r.End], &d.work.syntax.reading)
		for i := r.First; i < r.End; i++ {
			d.Tokens[i].Lemma = s.lemmas.lemma(d, i)
		}
	})
}

// trees fills in trees only, for tokens that have tags.
func (s *syntax) trees(d *Document) { s.run(d, func(Range) {}) }

// longest is how many tokens are read at a time, so that memory and time stay within bounds where there are no sentences.
const longest = 400

// run reads every sentence, has its tokens tagged, and hangs them on their heads. What is too long for a sentence is read in
// pieces, whose roots hang on the first one's.
func (s *syntax) run(d *Document, tag func(r Range)) {
	for _, sentence := range d.Sentences {
		root := int32(-1)
		for r := sentence.Tokens; r.Len() > 0; r.First += longest {
			piece := Range{r.First, min(r.End, r.First+longest)}
			s.read(d, piece)
			tag(piece)
			top := s.hang(d, piece)
			if root < 0 {
				root = top
			} else {
				d.Tokens[top].Head, d.Tokens[top].Dep = root, DepParataxis
			}
		}
	}
}

// read has the network read tokens.
func (s *syntax) read(d *Document, r Range) {
	w := &d.work.syntax
	w.known.makeRoom(s.network, r.Len())
	w.numbers, w.words = w.numbers[:0], w.words[:0]
	forms := d.forms(s.clusters)[r.First:r.End]
	for i := range forms {
		w.numbers = append(w.numbers, w.known.find(&forms[i], &w.reading))
	}
	for _, number := range w.numbers {
		w.words = append(w.words, w.known.input(number))
	}
	s.network.Read(w.words, &w.reading)
}

func (s *syntax) tag(tokens []Token, r *learn.Reading) {
	for i := range tokens {
		tokens[i].Tag = Tag(highest(r.Scores(tagDecision, i), 1)) // 0 means none
		tokens[i].Pos = Pos(highest(r.Scores(posDecision, i), 1))
	}
}

// highest returns the place of the highest score, the first of several, from one place on.
func highest(scores []int32, from int) int {
	b := from
	for c := from + 1; c < len(scores); c++ {
		if scores[c] > scores[b] {
			b = c
		}
	}
	return b
}

// hang hangs tokens that have been read and tagged on their heads and returns the root.
func (s *syntax) hang(d *Document, r Range) (root int32) {
	w, tokens := &d.work.syntax, d.Tokens[r.First:r.End]
	w.apart = resize(w.apart, len(tokens))
	words := 0
	for i := range tokens {
		if w.apart[i] = tokens[i].Pos == PosPunct; !w.apart[i] {
			words++
		}
	}
	if words == 0 { // then the marks must do for words
		clear(w.apart)
	}
	w.reading.Arcs(w.apart)
	for i, head := range w.tree.choose(w.apart, w.reading.Heads) {
		switch {
		case w.apart[i]:
		case head < 0:
			root = r.First + int32(i)
			tokens[i].Head, tokens[i].Dep = -1, DepRoot
		default:
			label := highest(w.reading.Label(i, int(head)), int(DepRoot)+1) // root is not among them
			tokens[i].Head, tokens[i].Dep = r.First+head, Dep(label)
		}
	}
	for i := range tokens {
		if !w.apart[i] {
			lift(d.Tokens, r.First+int32(i))
		}
	}
	if 0 < words && words < len(tokens) {
		w.punct.attach(tokens, r.First)
	}
	return root
}

// lift hangs what depends on a later word of a name or of a fixed phrase on its first word, which stands for the whole:
// "with Vladimir Putin and Shinzo Abe" joins Shinzo to Vladimir, and with too.
func lift(tokens []Token, i int32) {
	for h := tokens[i].Head; h >= 0 && (tokens[h].Dep == DepFlat || tokens[h].Dep == DepFixed); h = tokens[i].Head {
		tokens[i].Head = tokens[h].Head
	}
}
