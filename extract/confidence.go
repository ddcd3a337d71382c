package extract

// confidence estimates how likely a relation is right from what it rests on.
func confidence(d *Document, k *Clause, r *Relation) float32 {
	c := float32(0.8)
	if k.Kind == NounPredicate {
		c -= 0.1
	}
	for _, f := range [2]Filler{r.Subject, r.Object} {
		if f.Entity < 0 {
			c -= 0.1
		} else if f.Role.Len() > 0 {
			c -= 0.05
		}
	}
	return c
}
