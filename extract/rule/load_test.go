package rule

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func files(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys["rules/"+pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

func TestLoad(t *testing.T) {
	set, err := Load(files(
		"b.rules", "rule a -> r(x, y)\n\tverb $go/to, run\n\tx: any = subj\n\ty: any = obj\n\tnot obj: $go, stay",
		"a.rules", "relation r(actor, any)\nwords go = go, walk",
		"notes.txt", "not a rule",
	), "rules")
	require.NoError(t, err)
	require.Equal(t, Actor, set.Relation("r").Subject)
	require.Nil(t, set.Relation("s"))
	var triggers []string
	for _, trigger := range set.Rules[0].Triggers {
		triggers = append(triggers, trigger.String())
	}
	require.Equal(t, []string{"go/to", "walk/to", "run"}, triggers)
	require.Equal(t, []string{"go", "walk", "stay"}, set.Rules[0].Conds[0].Words)
}

// Mistakes of all files come at once, sorted, those inside a file and those between files.
func TestLoadErrors(t *testing.T) {
	_, err := Load(files(
		"a.rules", "relation opposes(actor, any)\nwords go = go\nrule a -> oposes(x, y)\n\tverb $gone\n\tx: any = subj\n\ty: any = obj",
		"b.rules", "relation opposes(actor, any)\nwords go = walk\nrule a -> opposes(x)\n\tverb go\n\tx: any = subjj",
	), "rules")
	require.EqualError(t, err, `rules/a.rules:3:1: rule "a" states unknown relation "oposes": did you mean "opposes"?, or declare it with "relation oposes(actor, any)"
rules/a.rules:4:7: unknown list $gone: did you mean "$go"? Or declare it with "words gone = …"
rules/b.rules:1:1: relation "opposes" is declared before, at rules/a.rules:1:1: rename or drop one
rules/b.rules:2:1: words "go" is declared before, at rules/a.rules:2:1: rename or drop one
rules/b.rules:3:1: rule "a" is declared before, at rules/a.rules:3:1: rename or drop one
rules/b.rules:3:1: rule "a" pairs one slot, but relation "opposes" is not symmetric: name a slot for subject and one for object
rules/b.rules:5:11: unknown role "subjj": did you mean "subj"?`)

	_, err = Load(files("a.rules", ""), "none")
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// The file that docs/rules.md shows as a user's own is a whole one without mistakes.
func TestDocumentedFile(t *testing.T) {
	page, err := os.ReadFile("../../docs/rules.md")
	require.NoError(t, err)
	_, block, found := strings.Cut(string(page), "```\n# myseeds/rules/")
	require.True(t, found)
	block, _, _ = strings.Cut(block, "```")
	name, src, _ := strings.Cut(block, "\n")
	set, err := Load(files(name, src), "rules")
	require.NoError(t, err)
	require.Len(t, set.Rules, 1)
	require.Len(t, set.Rules[0].Examples, 3)
}
