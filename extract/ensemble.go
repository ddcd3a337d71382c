package extract

import "github.com/dyad-kg/dyad/extract/perceptron"

// An Ensemble is several parsers that vote. It is a better parser than each of its members and too slow for every
// day; what it finds in plain text is what the shipped parser is trained on beside the treebanks.
type Ensemble struct {
	parsers []*parser
	eisner  eisner
}

// Add takes in the parser of a model file; backward says whether it was trained to read from right to left.
func (e *Ensemble) Add(model []byte, backward bool) error {
	p := &parser{network: new(perceptron.Network), backward: backward}
	e.parsers = append(e.parsers, p)
	return p.network.UnmarshalBinary(model)
}

// Parse returns copies of the documents with the trees that the parsers agree on most, and for each sentence the
// share of votes that the arcs of its tree got.
func (e *Ensemble) Parse(docs []*Document) (parsed []*Document, agreement [][]float64) {
	for _, d := range docs {
		out := d.copyTokens()
		var votes []*Document
		for _, p := range e.parsers {
			v := d.copyTokens()
			p.parse(v)
			votes = append(votes, v)
		}
		var share []float64
		for _, s := range d.Sentences {
			share = append(share, e.vote(out.Tokens, votes, s.Tokens))
		}
		parsed, agreement = append(parsed, out), append(agreement, share)
	}
	return parsed, agreement
}

// maxVote is the length of the longest sentence that is voted on; the search takes cubic time.
const maxVote = 150

func (e *Ensemble) vote(tokens []Token, votes []*Document, r Range) float64 {
	n := r.Len()
	if n > maxVote {
		copy(tokens[r.First:r.End], votes[0].Tokens[r.First:r.End])
		return 0
	}
	// In the search word 0 is the root.
	e.eisner.reset(n + 1)
	for _, v := range votes {
		for i := r.First; i < r.End; i++ {
			h := max(v.Tokens[i].Head, r.First-1)
			e.eisner.score[int(h-r.First+1)*(n+1)+int(i-r.First+1)]++
		}
	}
	heads, total := e.eisner.best()
	for k := range n {
		i := r.First + int32(k)
		h := r.First + heads[k+1] - 1
		if heads[k+1] == 0 {
			h = -1
		}
		tokens[i].Head, tokens[i].Dep = h, majorityDep(votes, i, h)
	}
	return float64(total) / float64(n*len(votes))
}

// majorityDep returns the relation that most of those who vote for the head give, the first of several.
func majorityDep(votes []*Document, i, head int32) Dep {
	if head < 0 {
		return DepRoot
	}
	var count [len(depNames)]int
	best := NoDep
	for _, anyHead := range []bool{false, true} {
		for _, v := range votes {
			if t := &v.Tokens[i]; (t.Head == head || anyHead) && t.Dep != DepRoot {
				if count[t.Dep]++; best == NoDep || count[t.Dep] > count[best] {
					best = t.Dep
				}
			}
		}
		if best != NoDep {
			return best
		}
	}
	return DepDep
}

// eisner finds the tree without crossing arcs whose arcs have the highest sum of scores (Eisner 1996); the root gets
// one dependent.
type eisner struct {
	n     int
	score []int32 // by head*n + dependent
	// Spans from s to t: complete ones, whose one end heads all words in them, and open ones, which are complete but
	// for an arc between their ends. 0: the right end is the head, 1: the left one.
	complete, open     [2][]int32
	completeAt, openAt [2][]int32 // where the best parts of the span meet
	heads              []int32
}

func (e *eisner) reset(n int) {
	e.n = n
	e.score = resize(e.score, n*n)
	clear(e.score)
	for d := range 2 {
		for _, table := range []*[]int32{&e.complete[d], &e.open[d], &e.completeAt[d], &e.openAt[d]} {
			*table = resize(*table, n*n)
			clear(*table)
		}
	}
	e.heads = resize(e.heads, n)
}

// best returns the head of each word and the tree's score.
func (e *eisner) best() (heads []int32, total int32) {
	n := e.n
	for width := 1; width < n; width++ {
		for s := 0; s+width < n; s++ {
			t := s + width
			e.joinOpen(s, t)
			e.joinComplete(s, t)
		}
	}
	e.collect(0, n-1, 1, true)
	return e.heads, e.complete[1][n-1]
}

const never = -1 << 20

// joinOpen links s and t by an arc over two complete spans that meet between them.
func (e *eisner) joinOpen(s, t int) {
	best, at := int32(never), s
	for k := s; k < t; k++ {
		if s == 0 && k > 0 { // a second dependent of the root
			break
		}
		if v := e.complete[1][s*e.n+k] + e.complete[0][(k+1)*e.n+t]; v > best {
			best, at = v, k
		}
	}
	i := s*e.n + t
	e.open[1][i], e.openAt[1][i] = best+e.score[s*e.n+t], int32(at)
	e.open[0][i], e.openAt[0][i] = best+e.score[t*e.n+s], int32(at)
	if s == 0 { // the root is no dependent
		e.open[0][i] = never
	}
}

func (e *eisner) joinComplete(s, t int) {
	i := s*e.n + t
	e.complete[0][i], e.complete[1][i] = never, never
	for k := s; k < t; k++ {
		if v := e.complete[0][s*e.n+k] + e.open[0][k*e.n+t]; v > e.complete[0][i] {
			e.complete[0][i], e.completeAt[0][i] = v, int32(k)
		}
	}
	for k := s + 1; k <= t; k++ {
		if v := e.open[1][s*e.n+k] + e.complete[1][k*e.n+t]; v > e.complete[1][i] {
			e.complete[1][i], e.completeAt[1][i] = v, int32(k)
		}
	}
}

func (e *eisner) collect(s, t, head int, complete bool) {
	if s == t {
		return
	}
	i := s*e.n + t
	switch {
	case complete && head == 1:
		k := int(e.completeAt[1][i])
		e.collect(s, k, 1, false)
		e.collect(k, t, 1, true)
	case complete:
		k := int(e.completeAt[0][i])
		e.collect(s, k, 0, true)
		e.collect(k, t, 0, false)
	default:
		k := int(e.openAt[head][i])
		if head == 1 {
			e.heads[t] = int32(s)
		} else {
			e.heads[s] = int32(t)
		}
		e.collect(s, k, 1, true)
		e.collect(k+1, t, 0, true)
	}
}
