package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// bench is the folder of gold data, which is not part of the project.
const bench = "../../../shared/bench"

// needs skips a test where a file is missing that the project does not bring.
func needs(t testing.TB, file string) string {
	t.Helper()
	if _, err := os.Stat(file); err != nil {
		t.Skipf("needs %s, which is not part of the project", file)
	}
	return file
}

// TestEvalAgreesWithScorer compares eval with another implementation of the same measures, on predictions that are
// right and wrong in every way the measures tell apart.
func TestEvalAgreesWithScorer(t *testing.T) {
	scorer := needs(t, bench+"/score.py")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("needs python3")
	}
	gold := needs(t, bench+"/news/dev.jsonl")
	for seed := range uint64(3) {
		prediction := filepath.Join(t.TempDir(), "prediction.jsonl")
		spoil(t, gold, prediction, seed)
		want, err := exec.Command(python, scorer, gold, prediction).Output()
		require.NoError(t, err)
		got := dyad(t, "eval", "--prediction", prediction, gold)
		noDiff(t, "score.py", reportLines(want), "dyad eval", reportLines(got))
	}
}

// reportLines are the lines that both reports have, without what only one says, sorted because the other leaves the
// order of equals open.
func reportLines(report []byte) []byte {
	var lines []string
	for line := range strings.Lines(string(report)) {
		kind, _, _ := strings.Cut(line, " ")
		switch kind {
		case "linking", "coreference", "marked", "genre":
			continue
		case "mention":
			line, _, _ = strings.Cut(line, " found")
		case "no":
			line, _, _ = strings.Cut(line, ", e.g.")
		}
		lines = append(lines, strings.TrimSpace(line)+"\n")
	}
	slices.Sort(lines)
	return []byte(strings.Join(lines, ""))
}

// spoil writes the gold's articles as a program might have found them.
func spoil(t *testing.T, gold, prediction string, seed uint64) {
	articles, err := readLinesOf[goldArticle](gold)
	require.NoError(t, err)
	random := rand.New(rand.NewPCG(seed, 1))
	sometimes := func(percent int) bool { return random.IntN(100) < percent }
	var out bytes.Buffer
	for _, g := range articles {
		if sometimes(2) {
			continue // not found at all
		}
		f := foundArticle{ID: g.ID, Text: &g.Text}
		points := []rune(g.Text)
		entity := map[string]int{}
		refer := func(name string) *int {
			i, ok := entity[name]
			if !ok {
				i = len(f.Entities)
				entity[name] = i
				e := foundEntity{Name: name}
				if sometimes(20) {
					e.Name, e.Aliases = "The "+strings.ToUpper(name), []string{name + "’s"}
				}
				f.Entities = append(f.Entities, e)
			}
			return &i
		}
		for _, e := range g.Entities {
			if sometimes(15) {
				continue
			}
			m := foundMention{Start: e.Start, End: e.End, Type: e.Type, Kind: "name"}
			if sometimes(10) {
				m.Start++
			}
			if sometimes(10) {
				m.Type = "ORG"
			}
			m.Text = between(points, m.Start, m.End)
			if sometimes(90) {
				m.Entity = refer(e.Name)
			}
			f.Mentions = append(f.Mentions, m)
		}
		filler := func(s string) foundFiller {
			phrase := strings.HasPrefix(s, "[")
			switch {
			case phrase && sometimes(30):
				words := strings.Fields(s[1 : len(s)-1])
				return foundFiller{Phrase: strings.Join(words[random.IntN(len(words)):], " ")}
			case phrase && sometimes(30):
				return foundFiller{Phrase: "the " + s[1:len(s)-1] + " of the country", Head: strings.Fields(s[1 : len(s)-1])[0]}
			case phrase && sometimes(10):
				return foundFiller{Entity: refer(s[1 : len(s)-1])}
			case phrase:
				return foundFiller{Phrase: s[1 : len(s)-1]}
			case sometimes(10):
				return foundFiller{Phrase: s}
			case sometimes(10) && len(g.Entities) > 0:
				return foundFiller{Entity: refer(g.Entities[0].Name)}
			}
			return foundFiller{Entity: refer(s)}
		}
		relations := []string{"met", "fights", "holdsOffice", "opposes", "bornIn", "accused"}
		for _, r := range g.Relations {
			for !sometimes(30) { // some never, some more than once
				p := foundRelation{Relation: r.Relation, Polarity: cmp.Or(r.Polarity, "positive"), Modality: cmp.Or(r.Modality, "actual")}
				p.Subject, p.Object = filler(r.Subject), filler(r.Object)
				if sometimes(15) {
					p.Subject, p.Object = p.Object, p.Subject
				}
				if sometimes(15) {
					p.Relation = relations[random.IntN(len(relations))]
				}
				if sometimes(15) {
					p.Modality = []string{"requested", "possible", "actual"}[random.IntN(3)]
				}
				f.Relations = append(f.Relations, p)
				if sometimes(60) {
					break
				}
			}
		}
		line, err := json.Marshal(f)
		require.NoError(t, err)
		out.Write(append(line, '\n'))
	}
	require.NoError(t, os.WriteFile(prediction, out.Bytes(), 0o644))
}

func TestSettle(t *testing.T) {
	t.Parallel()
	g := goldArticle{Text: "“the” man said he thinks he can", Coref: []goldMention{{Start: 2, End: 4}, {Start: 15, End: 17}, {Start: 18, End: 20}, {Start: 5, End: 99}}}
	g.settle()
	require.Equal(t, []goldMention{{Start: 25, End: 27}, {Start: 15, End: 17}, {Start: 18, End: 20}, {Start: 5, End: 99}}, g.Coref)
}
