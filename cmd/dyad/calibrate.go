package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
)

// folds is how many parts the gold is cut into: each is judged by a fit to the others.
const folds = 5

// judged is what is known of the relations of an article: what their confidence rests on, and whether the gold has them.
type judged struct {
	features [][]string
	right    []bool
}

// fit writes the calibration that fits the gold, and reports how far it can be believed.
func (c *evalConfig) fit(stdout io.Writer) error {
	gold, err := c.gold()
	if err != nil {
		return err
	}
	articles, err := c.judge(gold)
	if err != nil {
		return err
	}
	all := join(articles, func(int) bool { return true })
	if len(all.right) == 0 {
		return fmt.Errorf("no relation was found in the gold's articles: there is nothing to fit the confidence to")
	}
	if err := os.WriteFile(c.calibrate, extract.FitConfidence(all.features, all.right), 0o644); err != nil {
		return fmt.Errorf("writing the calibration: %w", cause(err))
	}
	reliability(stdout, articles)
	return nil
}

// judge extracts the relations of every article and compares them with the gold, strictly.
func (c *evalConfig) judge(gold []goldArticle) ([]judged, error) {
	x, err := c.build()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	enc, err := graph.NewEncoder("json", &buf, graph.Options{})
	if err != nil {
		return nil, err
	}
	var d extract.Document
	out := make([]judged, len(gold))
	for i := range gold {
		buf.Reset()
		if err := x.Extract(extract.Article{ID: gold[i].ID, Text: gold[i].Text}, &d); err != nil {
			return nil, err
		}
		if err := enc.Encode(&d); err != nil {
			return nil, err
		}
		var found foundArticle
		if err := json.Unmarshal(buf.Bytes(), &found); err != nil {
			return nil, err
		}
		known := goldStatements(&gold[i])
		for r, s := range foundStatements(&found) {
			out[i].features = append(out[i].features, d.ConfidenceFeatures(r))
			out[i].right = append(out[i].right, slices.ContainsFunc(known, func(g statement) bool {
				return g.key(strict) == s.key(strict) && g.matches(strict, s)
			}))
		}
	}
	return out, nil
}

// join puts the articles that are wanted together.
func join(articles []judged, want func(int) bool) judged {
	var all judged
	for i, a := range articles {
		if want(i) {
			all.features = append(all.features, a.features...)
			all.right = append(all.right, a.right...)
		}
	}
	return all
}

// reliability writes for each tenth of confidence how many relations had it and how many of them were right.
func reliability(w io.Writer, articles []judged) {
	var n, right [10]int
	var sum [10]float64
	for fold := range folds {
		train := join(articles, func(i int) bool { return i%folds != fold })
		test := join(articles, func(i int) bool { return i%folds == fold })
		for i, c := range extract.Confidence(train.features, train.right, test.features) {
			bin := min(9, int(c*10))
			n[bin]++
			sum[bin] += c
			if test.right[i] {
				right[bin]++
			}
		}
	}
	fmt.Fprintln(w, "confidence  relations  mean  right")
	for bin := range n {
		if n[bin] > 0 {
			fmt.Fprintf(w, "%.1f-%.1f     %9d  %.2f  %.2f\n", float64(bin)/10, float64(bin+1)/10, n[bin], sum[bin]/float64(n[bin]), ratio(right[bin], n[bin]))
		}
	}
}
