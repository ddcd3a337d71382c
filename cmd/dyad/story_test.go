package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// copied is an article as agencies sell them.
const copied = `TOKYO (Example Agency) - Foreign Minister Sergey Lavrov arrived in Japan on Friday for talks about security in the region
and about a treaty of peace, which the two countries have never signed. His colleague Taro Kono received him at the airport
with full honours. Both men said before the talks that they did not expect an agreement soon, but that they wanted to go on
talking. Japan intends to buy missile defences from the United States, and Russia sees in this a threat to its own security.
"We shall speak openly about everything that troubles us," Lavrov told reporters at the embassy. Kono answered that the
system was only meant to protect cities in the north of the country. The defence ministers of both sides take part in the
talks as well. They last met in Moscow two years ago. On Saturday the guests are to travel to Kyoto, where they will be shown
the old palace, and then leave for home. Some people protested in front of the ministry against the visit, and the police led
three of them away.`

// otherAccount tells of the same day in words of its own.
const otherAccount = `Russia and Japan remain far apart. That became clear on Friday, when Sergey Lavrov met Taro Kono in Tokyo. The foreign
ministers spoke for four hours about security in the region, and neither gave way. Lavrov criticised that Japan intends to buy
missile defences from the United States; his host replied that the system would protect towns in the north and threaten
nobody. A treaty of peace, which has been missing since the war, was hardly mentioned. The ministers of defence, who joined
them in the afternoon, agreed on joint exercises at sea. It was the first such meeting since the one in Moscow two years ago.
Police led away three demonstrators. The Russian guests will see Kyoto on Saturday before they fly home.`

func TestCopies(t *testing.T) {
	words := strings.Fields(copied)
	for name, text := range map[string]string{
		"exact":            copied,
		"agency credit":    strings.Replace(copied, "TOKYO (Example Agency) - ", "", 1) + "\n\nReporting by Jane Example in Tokyo; editing by John Example. © Example Agency",
		"cut tail":         strings.Join(words[:len(words)*55/100], " "),
		"cut head":         strings.Join(words[len(words)*40/100:], " "),
		"other headline":   "Lavrov Meets Kono\n\nNo agreement in sight as ministers sit down in Tokyo\n\n" + copied,
		"another case":     strings.ToUpper(copied),
		"other quotes":     strings.NewReplacer(`"`, "”", "\n", "\n\n", ",", " ,").Replace(copied),
		"paragraph put in": strings.Replace(copied, "Kono answered", "The Examplia Institute says that such talks take years, and that nobody should be astonished if they come to nothing this time. Kono answered", 1),
		"some words":       strings.NewReplacer("received", "welcomed", "soon", "this year", "reporters", "journalists", "answered", "replied", "guests", "visitors", "three", "several").Replace(copied),
		"all of it": "Ministers meet\n\n" + strings.NewReplacer("TOKYO (Example Agency) - ", "", "received", "welcomed", "reporters", "journalists").
			Replace(strings.Join(words[:len(words)*75/100], " ")) + " (ea)",
	} {
		s := newStories()
		require.Empty(t, s.find("http://e/1", sketchOf(copied)))
		require.Equal(t, "http://e/1", s.find("http://e/2", sketchOf(text)), name)
	}
	s := newStories()
	for i, text := range []string{copied, otherAccount, strings.Join(words[:len(words)/6], " "), ""} {
		require.Empty(t, s.find(fmt.Sprint("http://e/", i), sketchOf(text)), text)
	}
}

// Of short texts only the same words are a copy.
func TestShortCopies(t *testing.T) {
	s := newStories()
	for _, text := range []string{"", "Russia", "Russia opposes the plan.", "Russia does not oppose the plan.", "Japan opposes the plan.", "the plan opposes Russia",
		"Russia opposes the plan that Japan has made for the islands in the north of the country and will not sign it.",
		"Russia opposes the plan that Japan has made for the islands in the north of the country and will sign it."} {
		require.Empty(t, s.find(text, sketchOf(text)), text)
	}
	require.Equal(t, "Russia opposes the plan.", s.find("copy", sketchOf("  RUSSIA opposes\nthe plan!")))
}

// A copy of a copy names the story; what is most like the article counts, of equals the first; old stories are forgotten.
func TestStoryOrder(t *testing.T) {
	s := newStories()
	require.Empty(t, s.find("first", sketchOf(copied)))
	require.Empty(t, s.find("other", sketchOf(otherAccount)))
	require.Equal(t, "first", s.find("copy", sketchOf(copied[:len(copied)*7/10])))
	require.Equal(t, "first", s.find("copy of the copy", sketchOf(copied[:len(copied)*6/10])))
	require.Equal(t, "other", s.find("copy of the other", sketchOf(otherAccount+copied[:len(copied)/3])))
	for i := range storyWindow - 2 {
		require.Empty(t, s.find("filler", sketchOf(fmt.Sprint("filler ", i))))
	}
	require.Equal(t, "first", s.find("late copy", sketchOf(copied)))
	require.Empty(t, s.find("filler", sketchOf("one more")))
	require.Empty(t, s.find("too late", sketchOf(copied)))
}

// TestBatchOfCopies brings in inputs with copies of each other's articles in many orders, a few at a time, and wants what
// one run over all of them makes.
func TestBatchOfCopies(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	require.NoError(t, os.Mkdir("news", 0o755))
	words := strings.Fields(copied)
	var names []string
	for i := range 10 {
		name := fmt.Sprintf("news/%d.jsonl", i)
		names = append(names, name)
		var lines strings.Builder
		for j, text := range []string{copied, otherAccount, fmt.Sprintf("Russia opposes plan %d.", i)} {
			if j < 2 && i%3 > 0 { // each text is in all inputs, now longer and now shorter
				text = strings.Join(words[:len(words)*(9-i%3)/10], " ")
			}
			fmt.Fprintf(&lines, "{\"id\":\"%d-%d\",\"url\":\"http://e/%d/%d\",\"text\":%q}\n", i, j, i, j, text)
		}
		require.NoError(t, os.WriteFile(name, []byte(lines.String()), 0o644))
	}
	batch := func(out string, sources ...string) {
		t.Helper()
		dyad(t, append([]string{"batch", "--format", "json", "--out", out}, sources...)...)
	}

	batch("whole", "news")
	want := contents(t, "whole")
	require.Contains(t, want, storiesName)
	require.Contains(t, want, "9.jsonl.json")
	first, err := os.ReadFile("whole/0.jsonl.json")
	require.NoError(t, err)
	require.NotContains(t, string(first), "sameStoryAs")
	last, err := os.ReadFile("whole/9.jsonl.json")
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(string(last), `"sameStoryAs":["http://e/0/`))

	random := rand.New(rand.NewPCG(9, 10))
	for i := range 4 {
		out := fmt.Sprint("grown-", i)
		left := slices.Clone(names)
		random.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		for len(left) > 0 {
			n := 1 + random.IntN(len(left))
			batch(out, append([]string{"--workers", fmt.Sprint(1 + random.IntN(4))}, left[:n]...)...) // what came in before is not named
			left = left[n:]
			if i == 3 {
				require.NoError(t, os.Remove(filepath.Join(out, storiesName))) // as if the run had been killed before its end
			}
		}
		if i == 3 {
			batch(out, "news")
		}
		require.Equal(t, want, contents(t, out), out)
	}

	// When the first to tell a story goes, the next one does not name it any more.
	require.NoError(t, os.Remove("news/0.jsonl"))
	batch("grown-0", "--prune", "news")
	batch("rest", "news")
	require.Equal(t, contents(t, "rest"), contents(t, "grown-0"))

	require.NoError(t, os.WriteFile("rest/"+storiesName, []byte("{}\n"), 0o644))
	var errs bytes.Buffer
	require.Equal(t, exitUsage, run([]string{"batch", "news", "--format", "json", "--out", "rest"}, strings.NewReader(""), io.Discard, &errs))
	require.Contains(t, errs.String(), "dyad: rest/stories.jsonl: is damaged: remove it, it is made anew: neither input nor article\n")
}
