package extract

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Treebank is text with parts of speech, lemmas and trees made by people, to train on and to measure by.
type Treebank struct {
	Documents []*Document // Article.ID is the treebank's name of the document
	Counts    TreebankCounts
}

// TreebankCounts say how much was read and what was put right while reading.
type TreebankCounts struct {
	Sentences, Words int
	Multiword        int // written words made of several syntactic words, which replace them
	Empty            int // words that are not written, left out
	Cyclic           int // sentences with a cycle or without a root, left out
	ManyRoots        int // sentences with several roots; the first keeps the others as parataxis
	NonProjective    int // sentences with crossing arcs
	UnknownTags      int // words without a Penn tag known to dyad
}

func (c TreebankCounts) String() string {
	return fmt.Sprintf("%d sentences, %d words (%d multiword tokens split, %d empty words left out, "+
		"%d sentences with a cycle or no root left out, %d with several roots joined, %d with crossing arcs, %d words without a Penn tag)",
		c.Sentences, c.Words, c.Multiword, c.Empty, c.Cyclic, c.ManyRoots, c.NonProjective, c.UnknownTags)
}

// ReadTreebank reads CoNLL-U. The first malformed line ends reading with an error that begins with name:line. The
// text of a document is put together from its syntactic words, so that "don't" is do and n't side by side.
func ReadTreebank(name string, r io.Reader) (*Treebank, error) {
	t := &treebankReader{}
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), 1<<24)
	number := 0
	fail := func(err error) (*Treebank, error) { return nil, fmt.Errorf("%s:%d: %w", name, number, err) }
	for lines.Scan() {
		number++
		line := strings.TrimSuffix(lines.Text(), "\r")
		var err error
		switch {
		case line == "":
			err = t.endSentence()
		case line[0] == '#':
			t.comment(line)
		default:
			err = t.word(line)
		}
		if err != nil {
			return fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		return fail(err)
	}
	if err := t.endSentence(); err != nil {
		return fail(err)
	}
	t.endDocument()
	return &t.bank, nil
}

type treebankReader struct {
	bank  Treebank
	text  strings.Builder // of the document
	doc   *Document
	words []treebankWord // of the sentence
	until int            // last word of the multiword token we are in
	space bool           // whether a blank follows that token
}

type treebankWord struct {
	form, lemma string
	head        int // 1-based, 0 at the root
	token       Token
	space       bool
}

func (t *treebankReader) comment(line string) {
	if id, ok := strings.CutPrefix(line, "# newdoc"); ok {
		t.endDocument()
		_, id, _ = strings.Cut(id, "=")
		t.startDocument(strings.TrimSpace(id))
	}
}

func (t *treebankReader) startDocument(id string) { t.doc = &Document{Article: Article{ID: id}} }

func (t *treebankReader) endDocument() {
	if t.doc != nil && len(t.doc.Sentences) > 0 {
		t.doc.Text = t.text.String()
		t.bank.Documents = append(t.bank.Documents, t.doc)
	}
	t.doc = nil
	t.text.Reset()
}

func (t *treebankReader) word(line string) error {
	field := strings.Split(line, "\t")
	if len(field) != 10 {
		return fmt.Errorf("%d fields instead of 10", len(field))
	}
	space := !slices.Contains(strings.Split(field[9], "|"), "SpaceAfter=No")
	if from, to, ok := strings.Cut(field[0], "-"); ok {
		first, err := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if cmp.Or(err, err2) != nil || first != len(t.words)+1 || last < first {
			return fmt.Errorf("bad range of words %q after word %d", field[0], len(t.words))
		}
		t.until, t.space = last, space
		t.bank.Counts.Multiword++
		return nil
	}
	if strings.Contains(field[0], ".") {
		t.bank.Counts.Empty++
		return nil
	}
	id, err := strconv.Atoi(field[0])
	if err != nil || id != len(t.words)+1 {
		return fmt.Errorf("word number %q after %d", field[0], len(t.words))
	}
	w := treebankWord{form: field[1], lemma: field[2], space: space}
	if w.form == "" || w.form == "_" && field[2] != "_" {
		return fmt.Errorf("word %d has no form", id)
	}
	if id <= t.until {
		w.space = id == t.until && t.space
	}
	if w.head, err = strconv.Atoi(field[6]); err != nil || w.head < 0 || w.head == id {
		return fmt.Errorf("word %d: bad head %q", id, field[6])
	}
	w.token.Tag, w.token.Pos = ParseTag(field[4]), ParsePos(field[3])
	if w.token.Pos == NoPos {
		return fmt.Errorf("word %d: unknown part of speech %q", id, field[3])
	}
	if w.token.Dep, err = treebankDep(field[7]); err != nil {
		return fmt.Errorf("word %d: %w", id, err)
	}
	t.words = append(t.words, w)
	return nil
}

// treebankDep returns the relation of that name, or else the one without its subtype.
func treebankDep(name string) (Dep, error) {
	dep := ParseDep(name)
	if dep == NoDep {
		base, _, _ := strings.Cut(name, ":")
		dep = ParseDep(base)
	}
	if dep == NoDep {
		return NoDep, fmt.Errorf("unknown relation %q", name)
	}
	return dep, nil
}

func (t *treebankReader) endSentence() error {
	words := t.words
	defer func() { t.words, t.until = t.words[:0], 0 }()
	if len(words) == 0 {
		return nil
	}
	if t.until > len(words) {
		return fmt.Errorf("a range of words ends at %d, the sentence at %d", t.until, len(words))
	}
	for i, w := range words {
		if w.head > len(words) {
			return fmt.Errorf("word %d: head %d lies outside the sentence of %d words", i+1, w.head, len(words))
		}
	}
	if joinRoots(words) {
		t.bank.Counts.ManyRoots++
	}
	if !isTree(words) {
		t.bank.Counts.Cyclic++
		return nil
	}
	t.append(words)
	return nil
}

// joinRoots keeps the first root and hangs the others on it.
func joinRoots(words []treebankWord) (several bool) {
	root := 0
	for i := range words {
		switch {
		case words[i].head != 0:
			if words[i].token.Dep == DepRoot {
				words[i].token.Dep = DepDep
			}
		case root == 0:
			root = i + 1
			words[i].token.Dep = DepRoot
		default:
			several = true
			words[i].head, words[i].token.Dep = root, DepParataxis
		}
	}
	return several
}

func isTree(words []treebankWord) bool {
	for i := range words {
		steps := 0
		for h := i + 1; h != 0; h = words[h-1].head {
			if steps++; steps > len(words) {
				return false
			}
		}
	}
	return true
}

func (t *treebankReader) append(words []treebankWord) {
	if t.doc == nil {
		t.startDocument("")
	}
	d := t.doc
	first := int32(len(d.Tokens))
	s := Sentence{Tokens: Range{first, first + int32(len(words))}, Paragraph: int32(len(d.Sentences))}
	s.Start = uint32(t.text.Len())
	for _, w := range words {
		w.token.Start = uint32(t.text.Len())
		t.text.WriteString(w.form)
		w.token.End = uint32(t.text.Len())
		s.End = w.token.End
		if w.space {
			t.text.WriteByte(' ')
		}
		w.token.Head = first + int32(w.head) - 1
		if w.head == 0 {
			w.token.Head = -1
		}
		w.token.Lemma = d.Symbols.Add(w.lemma)
		if w.token.Tag == NoTag {
			t.bank.Counts.UnknownTags++
		}
		d.Tokens = append(d.Tokens, w.token)
	}
	t.text.WriteByte('\n')
	d.Sentences = append(d.Sentences, s)
	t.bank.Counts.Sentences++
	t.bank.Counts.Words += len(words)
	if crossing(d.Tokens, s.Tokens) {
		t.bank.Counts.NonProjective++
	}
}

// crossing reports whether arcs of the sentence cross.
func crossing(tokens []Token, r Range) bool {
	for i := r.First; i < r.End; i++ {
		if !projectiveArc(tokens, i, tokens[i].Head) {
			return true
		}
	}
	return false
}

// projectiveArc reports whether all words between i and its head h depend on h in the end.
func projectiveArc(tokens []Token, i, h int32) bool {
	if h < 0 {
		return true
	}
	for k := min(i, h) + 1; k < max(i, h); k++ {
		a := k
		for a >= 0 && a != h && a != i {
			a = tokens[a].Head
		}
		if a < 0 {
			return false
		}
	}
	return true
}
