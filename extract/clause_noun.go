package extract

// noun builds the clause of a noun of action: its own modifiers ("Russia's opposition to", "talks between A and B"),
// what a light verb lends it ("A held talks with B"), and what it has as predicate ("A is a member of").
func (b *clauseBuilder) noun(i int32) {
	k := b.open(i, NounPredicate)
	if s := b.copulaSubject(i); s >= 0 {
		b.w.frame[i].subject = s
		b.group(k, RoleSubj, 0, s)
		b.qualifyVerb(k, i)
	} else if b.t.dep(i) == DepAppos && b.d.Tokens[i].Head < i {
		b.group(k, RoleSubj, 0, b.d.Tokens[i].Head)
	}
	b.modifiers(k, i)
	b.nounPhrases(k, i)
	anchor := b.anchor(i)
	if anchor != i {
		b.nounPhrases(k, anchor)
		b.modifiers(k, anchor)
	}
	carried := b.carried(k, i, anchor)
	b.party(k, anchor)
	b.qualifyNoun(k, i, anchor, carried)
}

// copulaSubject is whom or what a predicate noun or phrase with a form of be speaks of: its own subject, that of the
// verb it is joined to ("considers …, and is in favour of"), or what its relative clause hangs on; -1 for another word.
func (b *clauseBuilder) copulaSubject(i int32) int32 {
	if b.t.child(i, DepCop) < 0 {
		return -1
	}
	h := b.d.Tokens[i].Head
	switch s := b.t.child(i, DepNsubj); {
	case s >= 0 && b.t.dep(i) == DepAclRelcl && b.relative(s):
		return h
	case s < 0 && b.t.dep(i) == DepConj:
		return b.w.frame[h].subject
	default:
		return s
	}
}

// anchor is the token whose place in the sentence noun i has: the first of its conjuncts, and what it is a round,
// series or resumption of.
func (b *clauseBuilder) anchor(i int32) int32 {
	for {
		h := b.d.Tokens[i].Head
		if h < 0 {
			return i
		}
		switch {
		case b.t.dep(i) == DepConj && b.d.Tokens[h].Pos == PosNoun:
		case b.t.dep(i) == DepNmod && b.is(h, wordTransparent) && b.d.Tokens[h].Pos == PosNoun && b.prep(i) == b.sym.of:
		default:
			return i
		}
		i = h
	}
}

// modifiers adds possessors and the names before noun i, whose role is open: "Russian talks", "US-Japan cooperation".
func (b *clauseBuilder) modifiers(k *Clause, i int32) {
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		switch b.t.dep(c) {
		case DepNmodPoss:
			b.group(k, RolePoss, 0, c)
		case DepAmod, DepCompound, DepNmodDesc, DepNmodUnmarked, DepFlat, DepDep:
			if c < i && !b.parted(c) {
				b.nameModifiers(k, c, i)
			}
		}
	}
}

// parted reports whether a semicolon stands in what modifies a noun: that is a list that the parser joined to it.
func (b *clauseBuilder) parted(c int32) bool {
	for g := b.t.first[c]; g >= 0; g = b.t.next[g] {
		if b.d.Word(g) == ";" {
			return true
		}
	}
	return false
}

// nameModifiers adds the names at and below token c, which modifies noun i.
func (b *clauseBuilder) nameModifiers(k *Clause, c, i int32) {
	if m := b.w.nameAt[c]; m >= 0 && !b.d.Mentions[m].Tokens.Has(i) && b.d.Tokens[c].Pos != PosPunct {
		if last := k.Args.End - 1; last < k.Args.First || b.d.Arguments[last].Role != RolePoss || b.w.nameAt[b.d.Arguments[last].Head] != m {
			b.arg(k, RolePoss, 0, c, i, false)
		}
	}
	for g := b.t.first[c]; g >= 0; g = b.t.next[g] {
		switch b.t.dep(g) {
		case DepAmod, DepCompound, DepConj, DepNmodDesc, DepNmodUnmarked, DepFlat, DepDep, DepNmodPoss:
			b.nameModifiers(k, g, i)
		}
	}
}

// nounPhrases adds the prepositional phrases of a noun, and those of a participle after it ("talks held in Osaka
// with", "sanctions imposed by the US on Iran").
func (b *clauseBuilder) nounPhrases(k *Clause, i int32) {
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		switch b.t.dep(c) {
		case DepNmod, DepObl:
			if p := b.prep(c); p != 0 && !b.temporal(c) {
				b.group(k, RolePrep, p, c)
			}
			if by := b.phraseOf(c, "by"); by >= 0 && b.w.nameAt[c] >= 0 { // "the arrest of [a name by Turkey]"
				b.group(k, RolePrep, b.prep(by), by)
			}
		case DepAcl:
			if b.d.Tokens[c].Tag == TagVBN && b.is(c, wordLight|wordHappening) {
				b.lent(k, c)
			} else if m := b.t.child(c, DepMark); m >= 0 && b.d.Tokens[m].Tag == TagIN {
				b.arg(k, RolePrep, b.lemma(m), c, c, false)
			} else if b.d.Tokens[c].Tag == TagVB {
				b.arg(k, RoleComp, 0, c, c, false)
			}
		}
	}
}

// lent adds what a light verb's participle lends to its noun.
func (b *clauseBuilder) lent(k *Clause, v int32) {
	for c := b.t.first[v]; c >= 0; c = b.t.next[c] {
		switch b.t.dep(c) {
		case DepOblAgent:
			b.group(k, RoleSubj, 0, c)
		case DepObl:
			if p := b.prep(c); p != 0 && !b.temporal(c) {
				b.group(k, RolePrep, p, c)
			}
		}
	}
}

// carried adds what the verb that the noun depends on gives it: a light verb its subject and phrases, another the
// subject that takes part ("arrived for talks with"). It reports whether the event is thereby as actual as the verb's.
func (b *clauseBuilder) carried(k *Clause, i, anchor int32) bool {
	v := b.d.Tokens[anchor].Head
	if v >= 0 && b.is(v, wordAhead) && b.d.Tokens[v].Pos == PosAdv { // "ahead of talks"
		v = b.d.Tokens[v].Head
	}
	if v < 0 || b.d.Tokens[v].Pos != PosVerb {
		return false
	}
	verb, f := b.clauseAt(v)
	if verb == nil {
		return false
	}
	dep := b.t.dep(anchor)
	switch {
	case dep == DepObj && b.is(v, wordIncluding) && f.subject >= 0 && f.subject != anchor: // "his schedule includes talks"
		if o := b.t.child(f.subject, DepNmodPoss); o >= 0 {
			b.group(k, RoleSubj, 0, o)
		}
	case (dep == DepObj || dep == DepNsubjPass) && b.words.isVerb(verb, wordLight|wordStopping|wordAsking|wordTrying|wordPlanning):
		k.Light = v
		if dep == DepObj && f.subject != anchor && f.subject >= 0 && b.w.frame[i].subject < 0 && !b.has(k, RolePoss) {
			b.group(k, RoleSubj, 0, f.subject)
		}
		b.lent(k, v)
	case (dep == DepXcomp || dep == DepObj) && b.is(v, wordBecoming):
		k.Light = v
		if f.subject >= 0 && f.subject != anchor && !b.has(k, RoleSubj) {
			b.group(k, RoleSubj, 0, f.subject)
		}
	case dep == DepNsubjPass && f.subject == anchor, dep == DepNsubj && b.is(v, wordHappening):
		k.Light = v
		b.lent(k, v)
	case dep == DepObl && b.prepares(anchor) && !b.hasPrep(k, b.sym.between) && !b.hasPrep(k, b.sym.by) && !b.has(k, RolePoss):
		if b.is(v, wordAsking) {
			k.Light = v
		}
		if f.subject >= 0 && f.subject != anchor {
			b.group(k, RoleSubj, 0, f.subject)
		}
	default:
		return false
	}
	return true
}

// party adds the other party of talks or a treaty "with" somebody where the noun has none: the subject of the verb above
// ("voted on a deal with Russia", "suggested the possibility of talks with Iran"), unless that only speaks of them.
func (b *clauseBuilder) party(k *Clause, anchor int32) {
	if !b.hasPrep(k, b.sym.with) || b.has(k, RoleSubj) || b.has(k, RolePoss) || b.hasPrep(k, b.sym.by) || b.hasPrep(k, b.sym.between) || b.hasPrep(k, b.sym.of) {
		return
	}
	h := b.d.Tokens[anchor].Head
	for h >= 0 && b.d.Tokens[h].Pos != PosVerb {
		h = b.d.Tokens[h].Head
	}
	if h < 0 || b.is(h, wordSaying) && !b.occasion(anchor) {
		return
	}
	if s := b.w.frame[h].subject; s >= 0 && b.t.hi[s] < anchor {
		b.group(k, RoleSubj, 0, s)
	}
}

// occasion reports whether a phrase says on which occasion something is done: "after talks", "during a visit".
func (b *clauseBuilder) occasion(i int32) bool {
	switch b.d.Symbols.Text(b.prep(i)) {
	case "during", "at", "after", "before", "follow", "since", "upon":
		return true
	}
	return false
}

// prepares reports whether a phrase is one whose event the subject of the verb takes part in: "for talks", "on a
// visit", "in negotiations", "during a meeting"; but "after an attack" is a time.
func (b *clauseBuilder) prepares(i int32) bool {
	switch b.d.Symbols.Text(b.prep(i)) {
	case "for", "on", "in", "to", "into", "through":
		return true
	case "from":
		return !b.is(i, wordDeed)
	}
	return b.occasion(i) && !b.is(i, wordDeed) || b.d.Tokens[b.d.Tokens[i].Head].Pos == PosAdv
}
