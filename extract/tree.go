package extract

// tree indexes the dependency trees of a document: the children of every token in text order, the tokens of a
// sentence from the root downwards, and how far each subtree reaches. Its memory is reused.
type tree struct {
	tokens []Token
	first  []int32 // first child, or -1
	next   []int32 // next sibling to the right, or -1
	order  []int32 // tokens sentence by sentence, heads before their dependents
	lo, hi []int32 // first and last token of the subtree
}

func (t *tree) build(d *Document) {
	n := len(d.Tokens)
	t.tokens = d.Tokens
	t.first, t.next = resize(t.first, n), resize(t.next, n)
	t.lo, t.hi = resize(t.lo, n), resize(t.hi, n)
	t.order = t.order[:0]
	for i := range d.Tokens {
		t.first[i], t.next[i] = -1, -1
		t.lo[i], t.hi[i] = int32(i), int32(i)
	}
	for i := int32(n) - 1; i >= 0; i-- { // backwards, so that each list comes out in text order
		if h := d.Tokens[i].Head; h >= 0 {
			t.next[i], t.first[h] = t.first[h], i
		}
	}
	for _, s := range d.Sentences {
		t.buildSentence(s.Tokens)
	}
}

func (t *tree) buildSentence(r Range) {
	from := len(t.order)
	for i := r.First; i < r.End; i++ {
		if t.tokens[i].Head < 0 {
			t.order = append(t.order, i)
		}
	}
	for k := from; k < len(t.order); k++ {
		for c := t.first[t.order[k]]; c >= 0; c = t.next[c] {
			t.order = append(t.order, c)
		}
	}
	for k := len(t.order) - 1; k >= from; k-- {
		i := t.order[k]
		if h := t.tokens[i].Head; h >= 0 {
			t.lo[h], t.hi[h] = min(t.lo[h], t.lo[i]), max(t.hi[h], t.hi[i])
		}
	}
}

// child returns the first child of i with one of the relations, or -1.
func (t *tree) child(i int32, deps ...Dep) int32 {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		for _, d := range deps {
			if t.tokens[c].Dep == d {
				return c
			}
		}
	}
	return -1
}

func (t *tree) dep(i int32) Dep { return t.tokens[i].Dep }

// prep is the preposition of the phrase that token i heads, 0 if none; to is the lemma of "to". Parsers hang it on the
// title before a name too: "with President Putin".
func (t *tree) prep(i int32, to Symbol) Symbol {
	c := t.child(i, DepCase, DepMark)
	if c < 0 {
		if d := t.child(i, DepNmodDesc); d >= 0 && d < i {
			c = t.child(d, DepCase)
		}
	}
	switch {
	case c < 0 || t.tokens[c].Tag == TagPOS:
		return 0
	case t.tokens[c].Tag != TagTO:
		return t.tokens[c].Lemma
	case t.dep(c) == DepCase:
		return to
	}
	return 0
}

// phrase is the span of the noun phrase that token i heads: without preposition, conjuncts, appositions, relative
// clauses and what a predicate noun carries (subject, copula). What comes behind a clause is left out as the clause is: "the
// command, which is deployed there, with the aim to".
func (t *tree) phrase(i int32) (first, last int32) {
	first, last = i, i
	ended := false
	for c := t.first[i]; c >= 0; c = t.next[c] {
		switch t.tokens[c].Dep {
		case DepAclRelcl, DepParataxis, DepAppos, DepAdvcl:
			ended = ended || c > i
			continue
		case DepConj, DepCc, DepCase, DepMark, DepPunct, DepCop, DepNsubj, DepNsubjPass, DepNsubjOuter, DepAux, DepAuxPass,
			DepExpl, DepDiscourse, DepCcPreconj, DepOrphan, DepList, DepVocative, DepAdvclRelcl, DepCsubj, DepDep:
			continue
		case DepAcl:
			if t.tokens[c].Tag == TagVBG || t.tokens[c].Tag == TagVBN {
				ended = ended || c > i
				continue
			}
		case DepAdvmod, DepObl, DepOblUnmarked, DepNmodUnmarked:
			if c > i {
				continue
			}
		}
		if !ended || c < i {
			first, last = min(first, t.lo[c]), max(last, t.hi[c])
		}
	}
	return first, t.beforeClause(i, last)
}

// beforeClause cuts words from i to last before the first relative clause between commas.
func (t *tree) beforeClause(i, last int32) int32 {
	for k := i + 1; k <= last; k++ {
		if t.tokens[k].Dep != DepAclRelcl || t.lo[k] <= i+1 || t.tokens[t.lo[k]].Pos != PosPunct {
			continue
		}
		for last = t.lo[k] - 1; last > i && t.tokens[last].Pos == PosPunct; {
			last--
		}
		break
	}
	return last
}

// span is the bytes of phrase(i).
func (t *tree) span(i int32) Span {
	first, last := t.phrase(i)
	return Span{t.tokens[first].Start, t.tokens[last].End}
}

// subtree is the bytes of everything below i, without punctuation at its ends and what joins it to the left.
func (t *tree) subtree(i int32) Span {
	first, last := t.lo[i], t.hi[i]
	for first < i && (t.tokens[first].Pos == PosPunct || t.tokens[first].Head == i && isMarker(&t.tokens[first])) {
		first++
	}
	for last > i && t.tokens[last].Pos == PosPunct {
		last--
	}
	return Span{t.tokens[first].Start, t.tokens[last].End}
}

// deed is the bytes of an infinitive or gerund with what it is done to, or else its first phrase: "lifting those
// restrictions", "to talk to the rebels".
func (t *tree) deed(i int32) Span {
	first, last, phrase := i, i, int32(-1)
	for c := t.first[i]; c >= 0; c = t.next[c] {
		switch {
		case t.tokens[c].Tag == TagTO && c < i:
			first = c
		case c < i:
		case t.tokens[c].Dep == DepObj || t.tokens[c].Dep == DepXcomp || t.tokens[c].Dep == DepCompoundPrt:
			_, end := t.phrase(c)
			last = max(last, end)
		case t.tokens[c].Dep == DepObl && phrase < 0:
			_, phrase = t.phrase(c)
		}
	}
	if n := first - 1; n >= 0 && t.tokens[n].Head == i && t.tokens[n].Dep == DepAdvmod { // "not to provoke China"
		first = n
	}
	switch {
	case last > i:
	case phrase >= 0:
		last = phrase
	default: // "preserving and expanding the park"
		return t.subtree(i)
	}
	return Span{t.tokens[first].Start, t.tokens[last].End}
}

// isMarker reports whether a word joins its head to what stands before: "that", "of", "and", but not the "to" of verbs.
func isMarker(t *Token) bool {
	return (t.Dep == DepMark || t.Dep == DepCase || t.Dep == DepCc) && t.Tag != TagTO
}

// resize returns a slice of n elements, reusing s's memory; the elements are not cleared.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/2)
	}
	return s[:n]
}

// joinedObject is the object of the verb that the verb of object i is joined to, the plan of "saw the plan and called it a
// risk", or -1.
func (d *Document) joinedObject(i int32) int32 {
	v := d.Tokens[i].Head
	if v < 0 || d.Tokens[i].Dep != DepObj || d.Tokens[v].Dep != DepConj {
		return -1
	}
	first := d.Tokens[v].Head
	for o := first + 1; o < v; o++ {
		if d.Tokens[o].Head == first && d.Tokens[o].Dep == DepObj {
			return o
		}
	}
	return -1
}
