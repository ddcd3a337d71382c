package extract

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// FitConfidence fits the calibration to relations, given by their features, that are known to be right or wrong, and
// returns the model file. The regression is regularised, so that a rule seen twice is not believed always or never.
func FitConfidence(features [][]string, right []bool) []byte {
	weight := fitLogistic(features, right)
	var out strings.Builder
	for _, f := range slices.Sorted(maps.Keys(weight)) {
		if w := math.Round(1000*weight[f]) / 1000; w != 0 {
			fmt.Fprintf(&out, "%s\t%g\n", f, w)
		}
	}
	return []byte(out.String())
}

// Confidence is the confidence that a fit to the other relations gives relations of these features, for measuring.
func Confidence(trainFeatures [][]string, right []bool, features [][]string) []float64 {
	weight := fitLogistic(trainFeatures, right)
	out := make([]float64, len(features))
	for i, fs := range features {
		sum := 0.0
		for _, f := range fs {
			sum += weight[f]
		}
		out[i] = logistic(sum)
	}
	return out
}

// fitLogistic minimises the regularised log loss by full gradients with a step of its own for each weight (AdaGrad,
// Duchi et al. 2011). The order of additions is fixed, so the result is.
func fitLogistic(features [][]string, right []bool) map[string]float64 {
	const rounds, rate, ridge = 400, 0.5, 2.0
	index := map[string]int{}
	var names []string
	rows := make([][]int, len(features))
	for i, fs := range features {
		for _, f := range fs {
			if _, ok := index[f]; !ok {
				index[f] = len(names)
				names = append(names, f)
			}
			rows[i] = append(rows[i], index[f])
		}
	}
	w, slope, seen := make([]float64, len(names)), make([]float64, len(names)), make([]float64, len(names))
	for range rounds {
		for f := range slope {
			slope[f] = ridge * w[f]
		}
		for i, row := range rows {
			sum := 0.0
			for _, f := range row {
				sum += w[f]
			}
			miss := logistic(sum)
			if right[i] {
				miss--
			}
			for _, f := range row {
				slope[f] += miss
			}
		}
		for f, s := range slope {
			seen[f] += s * s
			if s != 0 {
				w[f] -= rate * s / math.Sqrt(seen[f])
			}
		}
	}
	weight := make(map[string]float64, len(names))
	for f, name := range names {
		weight[name] = w[f]
	}
	return weight
}
