package extract

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"
)

// confidenceFile is where the weights of the calibration lie among the models.
const confidenceFile = "models/confidence.tsv"

// A calibration says how likely a relation is right, from what it rests on: the rule, how its predicate hangs in the
// sentence, how its arguments were resolved. It is a logistic regression over such features, fitted to articles that
// people annotated (dyad eval --calibrate), so that of the relations with confidence 0.7 about seven in ten are right.
type calibration struct {
	weight map[string]float64
}

func loadCalibration(models fs.FS) (*calibration, error) {
	data, err := fs.ReadFile(models, confidenceFile)
	if err != nil {
		return nil, err
	}
	c := &calibration{weight: make(map[string]float64)}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		feature, value, ok := strings.Cut(lines.Text(), "\t")
		w, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("%s:%d: want a feature, a tab and its weight", confidenceFile, n)
		}
		c.weight[feature] = w
	}
	return c, lines.Err()
}

// run sets the confidence of every relation, to two decimals.
func (c *calibration) run(d *Document) {
	var buf [64]byte
	for i := range d.Relations {
		sum := c.weight["bias"]
		d.confidenceFeatures(i, func(kind, value string) {
			name := append(append(append(buf[:0], kind...), ' '), value...)
			sum += c.weight[string(name)]
		})
		d.Relations[i].Confidence = float32(math.Round(100*logistic(sum)) / 100)
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// ConfidenceFeatures are the names of what the confidence of relation i rests on, for FitConfidence.
func (d *Document) ConfidenceFeatures(i int) []string {
	names := []string{"bias"}
	d.confidenceFeatures(i, func(kind, value string) { names = append(names, kind+" "+value) })
	return names
}

// confidenceFeatures calls add with each feature of relation i.
func (d *Document) confidenceFeatures(i int, add func(kind, value string)) {
	r := &d.Relations[i]
	add("rule", r.Rule)
	add("relation", r.Name)
	add("subject", d.fillerKind(r.Subject))
	add("object", d.fillerKind(r.Object))
	add("modality", r.Modality.String())
	add("polarity", r.Polarity.String())
	add("words", lengthClass(d.Sentences[r.Sentence].Tokens.Len()))
	if !r.AttributedTo.IsZero() {
		add("said by", "somebody")
	}
	if r.FromKnowledge {
		add("from", "knowledge")
	}
	if r.clause >= 0 {
		k := &d.Clauses[r.clause]
		add("predicate", k.Kind.String())
		add([...]string{"verb hangs as", "noun hangs as", "adj hangs as"}[k.Kind], d.firstConjunct(k.Predicate).Dep.String())
	}
}

// firstConjunct is the token whose place in the sentence token i shares.
func (d *Document) firstConjunct(i int32) *Token {
	for d.Tokens[i].Dep == DepConj && d.Tokens[i].Head >= 0 {
		i = d.Tokens[i].Head
	}
	return &d.Tokens[i]
}

// fillerKind says how an argument was resolved.
func (d *Document) fillerKind(f Filler) string {
	switch {
	case f.Entity < 0:
		return "phrase"
	case f.Role.Len() > 0 && d.mentionOf(f.Entity, f.Role) < 0:
		return "country of the article"
	case f.Role.Len() > 0:
		return "acts for"
	}
	m := d.mentionOf(f.Entity, f.Span)
	switch {
	case m < 0:
		return "member of a group"
	case d.Mentions[m].Kind != Name:
		return d.Mentions[m].Kind.String()
	case d.Entities[f.Entity].Knowledge < 0:
		return "unknown name"
	}
	return "name"
}

// lengthClass sorts sentences by length; parsers err in long ones.
func lengthClass(words int) string {
	switch {
	case words <= 15:
		return "to 15"
	case words <= 25:
		return "to 25"
	case words <= 40:
		return "to 40"
	}
	return "over 40"
}
