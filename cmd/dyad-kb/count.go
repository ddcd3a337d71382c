package main

import (
	"bufio"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/dyad-kg/dyad/seeds"
)

// count reads texts, plain or compressed, and returns for every entry how often it is named in them: by name, alias or
// acronym, not by what is weak. An ambiguous name counts in equal shares for all that bear it.
func count(k *seeds.Knowledge, paths []string) ([]float64, error) {
	seen := make([]float64, k.Len())
	for _, path := range paths {
		if err := eachLine(path, func(line string) { countLine(k, line, seen) }); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func eachLine(path string, f func(line string)) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return err
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		f(lines.Text())
	}
	return lines.Err()
}

func countLine(k *seeds.Knowledge, line string, seen []float64) {
	fields := strings.FieldsFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '–' || r == '—' })
	words := make([]seeds.Word, len(fields))
	for i, f := range fields {
		fields[i] = bare(f)
		words[i] = k.Fold(fields[i])
	}
	for i := 0; i < len(words); {
		r, _ := utf8.DecodeRuneInString(fields[i])
		n, found := k.Longest(words[i:])
		if n == 0 || !unicode.IsUpper(r) && !unicode.IsDigit(r) {
			i++
			continue
		}
		bearers := slices.DeleteFunc(slices.Clone(found), func(c seeds.Candidate) bool { return c.Weak || c.How > seeds.ByAcronym })
		if slices.ContainsFunc(bearers, func(c seeds.Candidate) bool { return k.Entry(c.Entry).Kind.IsPolity() }) {
			bearers = slices.DeleteFunc(bearers, func(c seeds.Candidate) bool { return k.Entry(c.Entry).Kind == seeds.City })
		}
		for _, c := range bearers {
			seen[c.Entry] += 1 / float64(len(bearers))
		}
		i += n
	}
}

// bare strips a word of the punctuation around it and of the genitive.
func bare(word string) string {
	word = strings.Trim(word, `"'“”‘’()[]:;!?,`)
	if strings.IndexByte(word, '.') == len(word)-1 {
		word = strings.TrimSuffix(word, ".")
	}
	return strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
}

// writeSeen puts the counts into the tables of entities, in the column "seen".
func writeSeen(k *seeds.Knowledge, seen []float64, dir string) error {
	byKey := map[string]int{}
	for i, n := range seen {
		e := k.Entry(int32(i))
		if e.ID != "" {
			byKey[e.ID] = int(n)
		} else if _, taken := byKey[e.Name]; !taken {
			byKey[e.Name] = int(n)
		}
	}
	for _, table := range []string{"countries", "organisations", "places", "people", "groups", "things"} {
		path := filepath.Join(dir, table+".tsv")
		s, err := readSheet(path)
		if err != nil {
			return err
		}
		out := &sheet{columns: s.columns}
		s.each(func(r record) {
			key := r["id"]
			if key == "" {
				key, _, _ = strings.Cut(r["name"], " (")
			}
			r["seen"] = ""
			if n := byKey[key]; n > 0 {
				r["seen"] = strconv.Itoa(n)
			}
			out.add(r)
		})
		if err := out.write(path); err != nil {
			return err
		}
	}
	return nil
}
