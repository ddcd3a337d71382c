package extract

import (
	"flag"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

var update = flag.Bool("update", false, "rewrite the expectations in ../testdata/clauses.conllu")

// TestClauses reads trees that were checked by hand, each with its clauses as comments ("# clause = …") above it, and
// compares what mender and clauser make of them. No model takes part, and no rule: the nouns of action are the test's own.
func TestClauses(t *testing.T) {
	const file = "../testdata/clauses.conllu"
	fsys, err := seeds.FS("")
	require.NoError(t, err)
	set, err := rule.Load(fsys, "rules")
	require.NoError(t, err)
	nouns := strings.Fields("agreement ban deployment meeting member offer opposition premier sanction talk visit")
	lex := NewLexicon(slices.Concat(ruleWords(set), grammarWords, nouns))
	classes, err := newWordClasses(lex, set)
	require.NoError(t, err)
	mend := newMender(lex, classes)
	clause := newClauser(classes, lex, nouns, []string{"against", "opposed"})
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	var got strings.Builder
	for _, block := range strings.Split(strings.TrimSpace(string(want)), "\n\n") {
		var rest strings.Builder
		var d Document
		d.Symbols.Use(lex)
		for line := range strings.Lines(block + "\n") {
			if strings.HasPrefix(line, "# clause = ") {
				continue
			}
			rest.WriteString(line)
			if text, ok := strings.CutPrefix(line, "# text = "); ok {
				d.Reset(Article{Text: strings.TrimSpace(text)})
			} else if line[0] != '#' {
				addToken(t, &d, strings.Split(strings.TrimSpace(line), "\t"))
			}
		}
		d.Sentences = []Sentence{{Span: Span{0, uint32(len(d.Text))}, Tokens: Range{0, int32(len(d.Tokens))}}}
		require.NoError(t, d.checkTrees())
		mend.run(&d)
		require.NoError(t, d.checkTrees())
		clause.run(&d)
		require.NoError(t, d.checkClauses())
		resolveTimes(&d)
		text, trees, _ := strings.Cut(rest.String(), "\n")
		got.WriteString(text + "\n")
		for i := range d.Clauses {
			got.WriteString("# clause = " + d.ClauseString(int32(i)) + "\n")
		}
		got.WriteString(trees + "\n")
	}
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(got.String()), 0o644))
	}
	if got.String() != string(want) && !*update {
		t.Errorf("clauses changed; after a look, run go test ./extract -run Clauses -update\n%s", diff.Diff("want", want, "got", []byte(got.String())))
	}
}

// addToken appends a line of CoNLL-U, and the name that its MISC column begins.
func addToken(t *testing.T, d *Document, c []string) {
	require.Len(t, c, 10)
	start := uint32(0)
	if n := len(d.Tokens); n > 0 {
		start = d.Tokens[n-1].End
	}
	start += uint32(strings.Index(d.Text[start:], c[1]))
	head, err := strconv.Atoi(c[6])
	require.NoError(t, err)
	i := int32(len(d.Tokens))
	d.Tokens = append(d.Tokens, Token{Span: Span{start, start + uint32(len(c[1]))}, Head: int32(head) - 1,
		Lemma: d.Symbols.Add(c[2]), Tag: ParseTag(c[4]), Pos: ParsePos(c[3]), Dep: ParseDep(c[7])})
	if strings.HasPrefix(c[9], "Entity=B-") {
		typ, err := seeds.ParseType(strings.TrimPrefix(strings.Split(c[9], "|")[0], "Entity=B-"))
		require.NoError(t, err)
		d.Mentions = append(d.Mentions, Mention{Span: d.Tokens[i].Span, Tokens: Range{i, i + 1}, Head: i, Type: typ, Entity: -1})
	}
}
