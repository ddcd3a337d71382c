package extract

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A lemmatizer finds the dictionary form of a word by its part of speech: exceptions word by word, rules by the
// word's ending; the longest ending that has a rule counts. Names keep their capitals, all else is lower case.
type lemmatizer struct {
	rules     [len(tagNames)][len(posNames)]lemmaRules
	irregular map[string]string // past forms of verbs
}

// lemmaRules are the rules for one part of speech. An ending may be empty.
type lemmaRules struct {
	words   map[string]lemmaEdit
	endings map[string]lemmaEdit
	longest int // ending
}

// A lemmaEdit takes bytes off the end of a word and puts others on.
type lemmaEdit struct {
	cut int
	add string
}

// maxEnding is the length of the longest ending that rules look at, in bytes.
const maxEnding = 6

func loadLemmatizer(seeds fs.FS) (*lemmatizer, error) {
	data, err := fs.ReadFile(seeds, lemmaFile)
	if err != nil {
		return nil, err
	}
	return parseLemmatizer(data)
}

// parseLemmatizer reads lines of five fields: Penn tag, universal part of speech, ending ("-ies") or word ("went"),
// how many bytes to cut, what to add.
func parseLemmatizer(data []byte) (*lemmatizer, error) {
	l := &lemmatizer{irregular: irregularForms()}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		fail := func(what string) (*lemmatizer, error) {
			return nil, fmt.Errorf("%s:%d: %s", lemmaFile, number, what)
		}
		field := strings.Split(line, "\t")
		if len(field) != 5 {
			return fail(fmt.Sprintf("%d fields instead of 5", len(field)))
		}
		tag, pos := ParseTag(field[0]), ParsePos(field[1])
		if tag == NoTag && field[0] != "_" || pos == NoPos {
			return fail(fmt.Sprintf("unknown part of speech %s %s", field[0], field[1]))
		}
		cut, err := strconv.ParseUint(field[3], 10, 8)
		if err != nil {
			return fail(fmt.Sprintf("%q is no number of bytes", field[3]))
		}
		r := &l.rules[tag][pos]
		edit := lemmaEdit{int(cut), field[4]}
		if ending, ok := strings.CutPrefix(field[2], "~"); ok {
			r.addEnding(ending, edit)
		} else {
			r.addWord(field[2], edit)
		}
	}
	return l, lines.Err()
}

func (r *lemmaRules) addWord(word string, e lemmaEdit) {
	if r.words == nil {
		r.words = map[string]lemmaEdit{}
	}
	r.words[word] = e
}

func (r *lemmaRules) addEnding(ending string, e lemmaEdit) {
	if r.endings == nil {
		r.endings = map[string]lemmaEdit{}
	}
	r.endings[ending] = e
	r.longest = max(r.longest, len(ending))
}

// lemma returns the lemma of token i, whose parts of speech are known.
func (l *lemmatizer) lemma(d *Document, i int32) Symbol {
	t := &d.Tokens[i]
	word := d.In(t.Span)
	var letters [maxLetters]byte
	base := lemmaBase(letters[:0], word, t.Tag)
	r := &l.rules[t.Tag][t.Pos]
	if _, exception := r.words[string(base)]; !exception {
		var buf [maxLetters]byte
		if w := l.known(&d.Symbols, base, t.Tag, buf[:0]); w != nil {
			return d.Symbols.AddBytes(w)
		}
	}
	e := r.edit(base)
	if e.cut >= len(base) && e.add == "" {
		e.cut = 0
	}
	base = append(base[:max(0, len(base)-e.cut)], e.add...)
	return d.Symbols.AddBytes(base)
}

// lemmaBase appends what the rules for a tag look at: a name as it is, any other word in lower case; apostrophes in ASCII.
func lemmaBase(b []byte, word string, tag Tag) []byte {
	name := tag == TagNNP || tag == TagNNPS
	for _, c := range word {
		if c == '’' {
			c = '\''
		}
		if !name {
			c = unicode.ToLower(c)
		}
		b = utf8.AppendRune(b, c)
	}
	return b
}

func (r *lemmaRules) edit(base []byte) lemmaEdit {
	if e, ok := r.words[string(base)]; ok && len(r.words) > 0 {
		return e
	}
	for n := min(r.longest, len(base)); n >= 0 && len(r.endings) > 0; n-- {
		if e, ok := r.endings[string(base[len(base)-n:])]; ok {
			return e
		}
	}
	return lemmaEdit{}
}

// TrainLemmatizer learns rules and exceptions from the lemmas of the documents and writes the table of lemmas. An
// ending gets the rule that most words with it follow, provided that shorter endings give another one and that at
// least two words support it; a word that its ending gets wrong becomes an exception.
func TrainLemmatizer(data []*Document, out io.Writer) error {
	type group struct {
		tag Tag
		pos Pos
	}
	words := map[group]map[string]map[lemmaEdit]int{}
	for _, d := range data {
		for i := range d.Tokens {
			t := &d.Tokens[i]
			base := string(lemmaBase(nil, d.In(t.Span), t.Tag))
			g := group{t.Tag, t.Pos}
			if words[g] == nil {
				words[g] = map[string]map[lemmaEdit]int{}
			}
			if words[g][base] == nil {
				words[g][base] = map[lemmaEdit]int{}
			}
			words[g][base][makeEdit(base, d.Lemma(int32(i)))]++
		}
	}
	w := bufio.NewWriter(out)
	fmt.Fprintln(w, "# Penn tag, universal part of speech, word or ~ending, bytes to cut, letters to add")
	for tag := range len(tagNames) {
		for pos := range len(posNames) {
			if g := words[group{Tag(tag), Pos(pos)}]; g != nil {
				learnLemmas(w, Tag(tag), Pos(pos), g)
			}
		}
	}
	return w.Flush()
}

func makeEdit(base, lemma string) lemmaEdit {
	if lemma == "_" {
		lemma = base
	}
	n := 0
	for n < len(base) && n < len(lemma) && base[n] == lemma[n] {
		n++
	}
	for n > 0 && (n < len(base) && !utf8.RuneStart(base[n]) || n < len(lemma) && !utf8.RuneStart(lemma[n])) {
		n--
	}
	return lemmaEdit{len(base) - n, lemma[n:]}
}

func learnLemmas(w io.Writer, tag Tag, pos Pos, words map[string]map[lemmaEdit]int) {
	name := tag.String()
	if tag == NoTag {
		name = "_"
	}
	votes := map[string]map[lemmaEdit]int{} // by ending, a vote a word
	chosen := map[string]lemmaEdit{}
	for word, edits := range words {
		e := mostVoted(edits)
		chosen[word] = e
		for n := 0; n <= min(maxEnding, len(word)); n++ {
			if e.cut > n && n > 0 { // an ending must hold what is cut
				continue
			}
			ending := word[len(word)-n:]
			if votes[ending] == nil {
				votes[ending] = map[lemmaEdit]int{}
			}
			votes[ending][e]++
		}
	}
	var r lemmaRules
	endings := sortedKeys(votes)
	slices.SortStableFunc(endings, func(a, b string) int { return len(a) - len(b) })
	for _, ending := range endings {
		e := mostVoted(votes[ending])
		if ending == "" {
			e = lemmaEdit{}
		}
		if votes[ending][e] >= 2 && e != r.edit([]byte(ending)) {
			r.addEnding(ending, e)
			fmt.Fprintf(w, "%s\t%s\t~%s\t%d\t%s\n", name, pos, ending, e.cut, e.add)
		}
	}
	for _, word := range sortedKeys(chosen) {
		if e := chosen[word]; e != r.edit([]byte(word)) && !strings.HasPrefix(word, "~") && !strings.HasPrefix(word, "#") {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", name, pos, word, e.cut, e.add)
		}
	}
}

// mostVoted returns the edit with the most votes, the smallest of several.
func mostVoted(votes map[lemmaEdit]int) lemmaEdit {
	var best lemmaEdit
	most := 0
	for e, n := range votes {
		if n > most || n == most && (e.cut < best.cut || e.cut == best.cut && e.add < best.add) {
			best, most = e, n
		}
	}
	return best
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
