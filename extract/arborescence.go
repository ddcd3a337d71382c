package extract

import "github.com/dyad-kg/dyad/extract/learn"

// treeWork chooses heads that make a tree. Nearly always the best head of every word does already, all but the root; where it
// does not, cycles are opened one after the other, each at the word that loses least by another head. This is the first half of the
// algorithm of Chu and Liu (1965) and Edmonds (1967), without the search for what might have been lost less in all.
type treeWork struct {
	heads []int32
	gain  []int64 // by word: how much better the root is for it than the best word
	seen  []int32 // by word: which walk up the tree has passed it first, from 1 on
	cycle []int32
	on    []bool // by word: on the cycle
}

// A headScorer returns the scores of all words as the head of word i, and that of the root; learn.Never where a word cannot be
// its head.
type headScorer func(i int) (words []int32, root int32)

// choose returns the heads of all words but those that stand apart; -1 is the root. One word hangs on the root.
func (w *treeWork) choose(apart []bool, score headScorer) []int32 {
	n := len(apart)
	w.heads, w.gain, w.seen, w.on = resize(w.heads, n), resize(w.gain, n), resize(w.seen, n), resize(w.on, n)
	clear(w.seen)
	clear(w.on)
	root := int32(-1)
	for i := range n {
		if apart[i] {
			continue
		}
		scores, atRoot := score(i)
		w.heads[i], w.gain[i] = -1, 1<<40
		if h := highest(scores, 0); scores[h] != learn.Never {
			w.heads[i], w.gain[i] = int32(h), int64(atRoot)-int64(scores[h])
		}
		if root < 0 || w.gain[i] > w.gain[root] {
			root = int32(i)
		}
	}
	if root < 0 {
		return w.heads
	}
	w.heads[root] = -1
	for i := range n {
		if !apart[i] {
			w.climb(int32(i), root, score)
		}
	}
	return w.heads
}

// climb goes from a word up to one that was passed before, or to the root, and opens the cycles that it runs into.
func (w *treeWork) climb(from, root int32, score headScorer) {
	for i := from; i >= 0 && w.seen[i] == 0; {
		w.seen[i] = from + 1
		i = w.heads[i]
		if i >= 0 && w.seen[i] == from+1 {
			i = w.open(i, root, score)
		}
	}
}

// open gives a word on the cycle that i lies on another head, from which there is no way into the cycle, and returns that head.
func (w *treeWork) open(i, root int32, score headScorer) int32 {
	w.cycle = w.cycle[:0]
	for k := i; !w.on[k]; k = w.heads[k] {
		w.on[k] = true
		w.cycle = append(w.cycle, k)
	}
	word, head, loss := i, root, int64(1<<40)
	for _, k := range w.cycle {
		scores, _ := score(int(k))
		now := int64(scores[w.heads[k]])
		for h, s := range scores {
			if s != learn.Never && now-int64(s) < loss && !w.reaches(int32(h)) {
				word, head, loss = k, int32(h), now-int64(s)
			}
		}
	}
	for _, k := range w.cycle {
		w.on[k] = false
	}
	w.heads[word] = head
	return head
}

// reaches reports whether the way up from a word leads into the cycle that is being opened. It may lead into another one.
func (w *treeWork) reaches(i int32) bool {
	for range w.heads {
		if i < 0 {
			break
		}
		if w.on[i] {
			return true
		}
		i = w.heads[i]
	}
	return false
}
