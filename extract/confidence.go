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
	var buf [16]string
	for i := range d.Relations {
		sum := 0.0
		for _, f := range d.ConfidenceFeatures(i, buf[:0]) {
			sum += c.weight[f]
		}
		d.Relations[i].Confidence = float32(math.Round(100*logistic(sum)) / 100)
	}
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// ConfidenceFeatures appends what the confidence of relation i rests on.
func (d *Document) ConfidenceFeatures(i int, to []string) []string {
	r := &d.Relations[i]
	to = append(to, "bias", "rule "+r.Rule, "relation "+r.Name,
		"subject "+d.fillerKind(r.Subject), "object "+d.fillerKind(r.Object), "modality "+r.Modality.String(),
		"words "+lengthClass(d.Sentences[r.Sentence].Tokens.Len()))
	if r.Polarity == Negative {
		to = append(to, "negative")
	}
	if !r.AttributedTo.IsZero() {
		to = append(to, "attributed")
	}
	if r.FromKnowledge {
		to = append(to, "knowledge")
	}
	if r.clause >= 0 {
		k := &d.Clauses[r.clause]
		to = append(to, "predicate "+k.Kind.String(), "hangs as "+k.Kind.String()+" "+d.Tokens[k.Predicate].Dep.String())
	}
	return to
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
	for m := range d.mentionsIn(f.Span) {
		if x := &d.Mentions[m]; x.Entity == f.Entity {
			if x.Kind != Name {
				return x.Kind.String()
			}
			if d.Entities[f.Entity].Knowledge < 0 {
				return "unknown name"
			}
			return "name"
		}
	}
	return "member of a group"
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
