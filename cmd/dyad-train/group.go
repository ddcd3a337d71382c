package main

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// grouped is how many points k-means looks at, the first ones; those after them, the rarer words, are put into the
// groups that these make.
const grouped = 60_000

// group cuts points of length one into nFine clusters numbered from 1, those into nMiddle and those again into nCoarse.
// middle and coarse are indexed by fine cluster; 0 stays 0.
func group(points [][]float32, nFine, nMiddle, nCoarse int) (fine, middle, coarse []int) {
	n := min(grouped, len(points))
	fine, centres := kMeans(points[:n], nFine)
	rare := make([]int, len(points)-n)
	assign(points[n:], centres, rare)
	fine = append(fine, rare...)
	ofFine, centres := kMeans(centres, nMiddle)
	ofMiddle, _ := kMeans(centres, nCoarse)
	middle, coarse = []int{0}, []int{0}
	for _, m := range ofFine {
		middle = append(middle, m+1)
		coarse = append(coarse, ofMiddle[m]+1)
	}
	for i := range fine {
		fine[i]++
	}
	return fine, middle, coarse
}

// kMeans groups vectors of length one into k clusters by the angle between them. It starts from the first points (the
// most frequent words) spread evenly over the front half.
func kMeans(points [][]float32, k int) (cluster []int, centres [][]float32) {
	k = min(k, len(points))
	centres = make([][]float32, k)
	for i := range centres {
		centres[i] = slices.Clone(points[i*len(points)/2/k])
	}
	cluster = make([]int, len(points))
	for range 20 {
		if !assign(points, centres, cluster) {
			break
		}
		for _, c := range centres {
			clear(c)
		}
		for i, p := range points {
			c := centres[cluster[i]]
			for d := range p {
				c[d] += p[d]
			}
		}
		for _, c := range centres {
			normalise(c)
		}
	}
	return cluster, centres
}

// assign puts every point into the cluster with the nearest centre and reports whether any moved.
func assign(points, centres [][]float32, cluster []int) (moved bool) {
	workers := runtime.GOMAXPROCS(0)
	changed := make([]bool, workers)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(points); i += workers {
				best, at := float32(math.Inf(-1)), 0
				for k := range centres {
					if s := product(points[i], centres[k]); s > best {
						best, at = s, k
					}
				}
				if cluster[i] != at {
					cluster[i], changed[w] = at, true
				}
			}
		})
	}
	wait.Wait()
	return slices.Contains(changed, true)
}

func normalise(v []float32) {
	if n := product(v, v); n > 0 {
		n = float32(1 / math.Sqrt(float64(n)))
		for d := range v {
			v[d] *= n
		}
	}
}

// product is the scalar product of two vectors of the same length, a multiple of four. The conversions keep products
// from being fused with sums, so that it is the same on every machine.
func product(a, b []float32) float32 {
	b = b[:len(a)]
	var s0, s1, s2, s3 float32
	for ; len(a) >= 4 && len(b) >= 4; a, b = a[4:], b[4:] {
		s0 += float32(a[0] * b[0])
		s1 += float32(a[1] * b[1])
		s2 += float32(a[2] * b[2])
		s3 += float32(a[3] * b[3])
	}
	return s0 + s1 + s2 + s3
}
