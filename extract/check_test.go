package extract

import "fmt"

// check reports the first thing in d that must never be so: it is how tests know that stages kept to the contract
// that other stages rely on.
func (d *Document) check() error {
	for _, f := range []func() error{d.checkSentences, d.checkTokens, d.checkTrees, d.checkMentions, d.checkClauses, d.checkRelations} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Document) within(what string, s Span) error {
	if s.Start > s.End || int(s.End) > len(d.Text) {
		return fmt.Errorf("%s: span %d-%d lies outside the text of %d bytes", what, s.Start, s.End, len(d.Text))
	}
	return nil
}

// checkTrees: the heads of every sentence form a tree.
func (d *Document) checkTrees() error {
	for i := range d.Sentences {
		if err := d.checkTree(i); err != nil {
			return err
		}
	}
	return nil
}

// checkTree follows every head upwards; a walk longer than the sentence is a cycle.
func (d *Document) checkTree(i int) error {
	r := d.Sentences[i].Tokens
	depth := make([]int32, r.Len())
	roots := 0
	for t := r.First; t < r.End; t++ {
		h := d.Tokens[t].Head
		if h < 0 {
			roots++
			continue
		}
		if !r.Has(h) || h == t {
			return fmt.Errorf("token %d: head %d is not another token of sentence %d", t, h, i)
		}
		for steps := 0; h >= 0 && depth[h-r.First] == 0; h = d.Tokens[h].Head {
			if steps++; steps > r.Len() {
				return fmt.Errorf("token %d: heads form a cycle in sentence %d", t, i)
			}
		}
		depth[t-r.First] = 1 // known to reach a root
	}
	if roots != 1 && r.Len() > 0 {
		return fmt.Errorf("sentence %d has %d roots", i, roots)
	}
	return nil
}

// checkMentions: mentions are sorted, lie on tokens, name entities that exist; names do not overlap.
func (d *Document) checkMentions() error {
	last, lastName := uint32(0), uint32(0)
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if err := d.within(fmt.Sprintf("mention %d", i), m.Span); err != nil {
			return err
		}
		if m.Start < last {
			return fmt.Errorf("mention %d is out of order", i)
		}
		last = m.Start
		if m.Kind == Name {
			if m.Start < lastName {
				return fmt.Errorf("name %d %q overlaps another", i, d.In(m.Span))
			}
			lastName = m.End
		}
		if m.Tokens.First < 0 || int(m.Tokens.End) > len(d.Tokens) || m.Tokens.Len() < 1 || !m.Tokens.Has(m.Head) {
			return fmt.Errorf("mention %d %q: tokens %v, head %d", i, d.In(m.Span), m.Tokens, m.Head)
		}
		if int(m.Entity) >= len(d.Entities) || m.Kind != Name && m.Entity < 0 {
			return fmt.Errorf("mention %d %q has no entity %d", i, d.In(m.Span), m.Entity)
		}
	}
	for i := range d.Entities {
		if d.Entities[i].Name == "" {
			return fmt.Errorf("entity %d has no name", i)
		}
	}
	return nil
}

// checkClauses: predicates and arguments lie in the clause's sentence.
func (d *Document) checkClauses() error {
	for i := range d.Clauses {
		k := &d.Clauses[i]
		r := d.Sentences[k.Sentence].Tokens
		if !r.Has(k.Predicate) {
			return fmt.Errorf("clause %d: predicate %d is not in sentence %d", i, k.Predicate, k.Sentence)
		}
		for _, a := range d.Arguments[k.Args.First:k.Args.End] {
			if !r.Has(a.Head) {
				return fmt.Errorf("clause %d: argument %d is not in sentence %d", i, a.Head, k.Sentence)
			}
			if err := d.within(fmt.Sprintf("clause %d", i), a.Span); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkRelations: every relation has a name, two fillers and its evidence within its sentence.
func (d *Document) checkRelations() error {
	for i := range d.Relations {
		r := &d.Relations[i]
		for _, f := range [2]Filler{r.Subject, r.Object} {
			if int(f.Entity) >= len(d.Entities) || f.Entity < 0 && f.Span.Len() == 0 {
				return fmt.Errorf("relation %d %s: no filler", i, r.Name)
			}
		}
		if s := d.Sentences[r.Sentence]; r.Name == "" || r.Rule == "" || r.Evidence.Len() == 0 || !s.Contains(r.Evidence) || !s.Contains(r.Trigger) {
			return fmt.Errorf("relation %d %q by %q: evidence %v in sentence %v", i, r.Name, r.Rule, r.Evidence, s.Span)
		}
	}
	return nil
}
