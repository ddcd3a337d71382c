package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// manyRules are rules of a user's own with triggers that no article has.
func manyRules(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "rule met/own-%d -> met(who, whom)\n\tverb own%dverb\n\twho: actor = subj\n\twhom: actor = obj | with\n\n", i, i)
	}
	return s.String()
}

// BenchmarkRelations times clauses and rules with the built-in rules, and with a thousand more.
func BenchmarkRelations(b *testing.B) {
	_, articles := benchArticles(b)
	for _, own := range []int{0, 1000} {
		b.Run(fmt.Sprintf("own=%d", own), func(b *testing.B) {
			dir := b.TempDir()
			require.NoError(b, os.Mkdir(dir+"/rules", 0o755))
			require.NoError(b, os.WriteFile(dir+"/rules/own.rules", []byte(manyRules(own)), 0o644))
			fsys, err := seeds.FS(dir)
			require.NoError(b, err)
			x, err := New(Options{Seeds: fsys})
			require.NoError(b, err)
			var text strings.Builder
			for _, a := range articles {
				text.WriteString(a.Text + "\n\n")
			}
			var d Document
			require.NoError(b, x.Extract(Article{Text: text.String()}, &d))
			for b.Loop() {
				d.Clauses, d.Arguments, d.Relations = d.Clauses[:0], d.Arguments[:0], d.Relations[:0]
				x.relations(&d)
			}
			b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

// TestOwnRelation defines a relation in a user's rule file alone.
func TestOwnRelation(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(dir+"/rules", 0o755))
	require.NoError(t, os.WriteFile(dir+"/rules/own.rules", []byte(`relation sponsors(actor, actor) class AID cameo 071

rule sponsors/verb -> sponsors(who, whom)
	verb  bankroll
	who:  actor = subj
	whom: actor = obj
	+ Iran bankrolled Hezbollah. => Iran, Hezbollah
`), 0o644))
	fsys, err := seeds.FS(dir)
	require.NoError(t, err)
	x, err := New(Options{Seeds: fsys})
	require.NoError(t, err)
	var d Document
	require.NoError(t, x.Extract(Article{Text: "Iran did not bankroll Hezbollah, Rice said."}, &d))
	var own []string
	for i := range d.Relations {
		if r := &d.Relations[i]; r.Name == "sponsors" {
			require.Equal(t, "AID", r.Plover)
			require.Equal(t, "071", r.Cameo)
			own = append(own, d.FillerString(r.Subject)+" "+r.Polarity.String()+" "+d.FillerString(r.Object))
		}
	}
	require.Equal(t, []string{"Iran negative Hezbollah"}, own)

	require.NoError(t, os.WriteFile(dir+"/rules/own.rules", []byte("rule met/own -> met(who)\n\tverb greet\n\twho: actor = subj | nowhere\n"), 0o644))
	_, err = New(Options{Seeds: fsys})
	var list rule.ErrorList
	require.ErrorAs(t, err, &list)
	require.Contains(t, err.Error(), "rules/own.rules:3:")
}
