package extract

import "math"

// An instance is a pronoun of the training text with its candidates.
type corefInstance struct {
	pronoun    pronoun
	candidates [][]feature
	right      []bool // by candidate
	nobody     bool   // nobody is meant
}

// corefTrainer gathers instances and finds the weights under which the right candidates are likeliest.
type corefTrainer struct {
	instances []corefInstance
}

// add notes the candidates of a pronoun; right says which of them are meant, open that it may be none of them as well.
func (t *corefTrainer) add(w *linkMemory, p pronoun, open bool, right func(r *reference) bool) (meant int32) {
	x := corefInstance{pronoun: weighedAs(p)}
	meant = -1
	for k := range w.coref.cands {
		c := &w.coref.cands[k]
		ok := right(&w.coref.refs[c.ref])
		if ok {
			if meant < 0 {
				meant = c.ref
			}
		}
		x.candidates = append(x.candidates, append([]feature(nil), c.feats...))
		x.right = append(x.right, ok)
	}
	x.nobody = open || meant < 0
	t.instances = append(t.instances, x)
	return meant
}

// train minimises the negative logarithm of the probability of what is right, with a penalty on large weights.
func (t *corefTrainer) train(epochs int, rate, penalty float64) (weights [pronouns][features_]float32) {
	var w, g2 [pronouns][features_]float64
	for range epochs {
		for k := range t.instances {
			x := &t.instances[k]
			weight, square := &w[x.pronoun], &g2[x.pronoun]
			scores := make([]float64, len(x.candidates)+1)
			scores[len(x.candidates)] = weight[featNobody]
			all, right := 0.0, 0.0
			for i, f := range x.candidates {
				for _, a := range f {
					scores[i] += weight[a]
				}
			}
			for i, s := range scores {
				e := math.Exp(s)
				all += e
				if i < len(x.right) && x.right[i] || i == len(x.right) && x.nobody {
					right += e
				}
			}
			step := func(a feature, g float64) {
				g += penalty * weight[a]
				square[a] += g * g
				weight[a] -= rate * g / (1e-8 + math.Sqrt(square[a]))
			}
			for i, s := range scores {
				g := math.Exp(s) / all
				if i < len(x.right) && x.right[i] || i == len(x.right) && x.nobody {
					g -= math.Exp(s) / right
				}
				if i == len(x.candidates) {
					step(featNobody, g)
					continue
				}
				for _, a := range x.candidates[i] {
					step(a, g)
				}
			}
		}
	}
	for p := range w {
		for i, v := range w[p] {
			weights[p][i] = float32(v)
		}
	}
	return weights
}
