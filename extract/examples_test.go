package extract

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Every example that stands in a rule file does what its mark says: + gives its results, - nothing, and ? still fails.
func TestRuleExamples(t *testing.T) {
	x := newTestExtractor(t)
	results, err := x.CheckExamples()
	require.NoError(t, err)
	shown := map[string]map[byte]bool{}
	for _, r := range results {
		if r.Failed != "" {
			t.Errorf("%s: rule %s: %c %s\n\t%s", r.Pos, r.Rule, r.Mark, r.Text, r.Failed)
		}
		if shown[r.Rule] == nil {
			shown[r.Rule] = map[byte]bool{}
		}
		shown[r.Rule][r.Mark] = true
	}
	for name, marks := range shown {
		require.True(t, marks['+'] && marks['-'], "rule %s lacks an example, + or -", name)
	}
}
