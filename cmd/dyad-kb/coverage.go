package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/dyad-kg/dyad/seeds"
)

// coverage reads articles with marked names and says, by type, how many of the names lead to an entry, and to the one
// that the canonical name leads to; then the names that lead nowhere, most frequent first.
func coverage(w io.Writer, k *seeds.Knowledge, paths []string, top int) error {
	type tally struct{ all, found, right int }
	byType := map[string]*tally{}
	misses := map[string]int{}
	for _, path := range paths {
		err := eachName(path, func(text, typ, name string) {
			t := byType[typ]
			if t == nil {
				t = &tally{}
				byType[typ] = t
			}
			t.all++
			found := k.Lookup(text)
			if len(found) == 0 {
				misses[typ+"\t"+text]++
				return
			}
			t.found++
			canonical := k.Lookup(name)
			if slices.ContainsFunc(found, func(c seeds.Candidate) bool {
				return k.Entry(c.Entry).Name == name || slices.ContainsFunc(canonical, func(d seeds.Candidate) bool { return c.Entry == d.Entry })
			}) {
				t.right++
			}
		})
		if err != nil {
			return err
		}
	}
	for _, typ := range sortedKeys(byType) {
		t := byType[typ]
		fmt.Fprintf(w, "%-8s %5d names, %5.1f %% found, %5.1f %% lead to the canonical entry\n", typ, t.all,
			100*float64(t.found)/float64(t.all), 100*float64(t.right)/float64(t.all))
	}
	names := sortedKeys(misses)
	slices.SortStableFunc(names, func(a, b string) int { return -cmp.Compare(misses[a], misses[b]) })
	for _, n := range names[:min(top, len(names))] {
		fmt.Fprintf(w, "%5d %s\n", misses[n], n)
	}
	return nil
}

// eachName calls f for every marked name of a JSON Lines file; offsets count code points.
func eachName(path string, f func(text, typ, name string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	for n := 1; lines.Scan(); n++ {
		var article struct {
			Text     string
			Entities []struct {
				Start, End int
				Type, Name string
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &article); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
		text := []rune(article.Text)
		for _, e := range article.Entities {
			f(string(text[e.Start:e.End]), e.Type, e.Name)
		}
	}
	return lines.Err()
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
