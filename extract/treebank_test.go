package extract

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// showDifferences makes the tests on gold data list every place where they differ from it: DYAD_SHOW=1 go test -v.
var showDifferences = os.Getenv("DYAD_SHOW") != ""

// A goldSentence is a sentence of a treebank: its text and where its syntactic words lie in it.
type goldSentence struct {
	doc, text string
	newPar    bool // begins a paragraph
	words     []Span
}

// readTreebank reads ../shared/bench/parse/NAME.conllu; without the file the test is skipped.
func readTreebank(t testing.TB, name string) []goldSentence {
	f, err := os.Open("../../shared/bench/parse/" + name + ".conllu")
	if err != nil {
		t.Skipf("the treebank %s is not here: %v", name, err)
	}
	defer f.Close()
	var all []goldSentence
	var s goldSentence
	var doc string
	var pos int
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "":
			all = append(all, s)
			s, pos = goldSentence{}, 0
		case strings.HasPrefix(line, "# newdoc id = "):
			doc = line[len("# newdoc id = "):]
		case strings.HasPrefix(line, "# newpar"):
			s.newPar = true
		case strings.HasPrefix(line, "# text = "):
			s.text, s.doc = line[len("# text = "):], doc
		case line[0] != '#':
			id, rest, _ := strings.Cut(line, "\t")
			form, _, _ := strings.Cut(rest, "\t")
			if strings.ContainsAny(id, ".-") { // empty nodes, and the forms that multiword tokens are cut from
				continue
			}
			at := strings.Index(s.text[pos:], form)
			require.GreaterOrEqual(t, at, 0, "%q in %q", form, s.text)
			s.words = append(s.words, Span{uint32(pos + at), uint32(pos + at + len(form))})
			pos += at + len(form)
		}
	}
	require.NoError(t, lines.Err())
	return all
}

// A score counts what two annotations share.
type score struct{ both, gold, found int }

func (s score) f() float64 { return 200 * float64(s.both) / float64(s.gold+s.found) }

func (s *score) add(gold, found []Span) {
	have := map[Span]bool{}
	for _, g := range gold {
		have[g] = true
	}
	for _, f := range found {
		if have[f] {
			s.both++
		}
	}
	s.gold += len(gold)
	s.found += len(found)
}
