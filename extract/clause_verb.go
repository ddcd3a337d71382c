package extract

import "strings"

// verb builds the clause of a verb.
func (b *clauseBuilder) verb(i int32) {
	k := b.open(i, VerbPredicate)
	f := &b.w.frame[i]
	passive := b.passive(i)
	antecedent := int32(-1) // noun that a relative clause hangs on
	if b.t.dep(i) == DepAclRelcl && b.d.Tokens[b.d.Tokens[i].Head].Pos != PosVerb {
		antecedent = b.d.Tokens[i].Head
	}
	f.subject, f.object = b.surface(i, antecedent)
	own := f.subject >= 0
	if !own {
		f.subject = b.inherited(i, antecedent)
		own = f.subject == antecedent && antecedent >= 0
	}
	if f.object < 0 && antecedent >= 0 && own && f.subject != antecedent && !passive {
		f.object = antecedent // "the talks that Abe welcomed"
	}
	if f.subject >= 0 {
		role := RoleSubj
		if passive {
			role = RoleObj
		}
		b.arg(k, role, 0, f.subject, f.subject, f.subject != antecedent || b.t.hi[f.subject] != b.t.hi[i])
	}
	b.dependents(k, i, antecedent, passive)
	b.sharedObject(k, i, passive)
	if p := b.t.child(i, DepCompoundPrt); p >= 0 && !b.upTo(p) {
		k.Particle = b.lemma(p)
	}
	b.qualifyVerb(k, i)
	if passive && !b.has(k, RoleSubj) && b.isAdj(b.d.Symbols.Find(b.d.Word(i))) {
		b.participle(i, f.subject)
	}
}

// upTo reports whether particle p belongs to a number: "kidnapped up to 16 people".
func (b *clauseBuilder) upTo(p int32) bool {
	return b.d.Word(p) == "up" && int(p)+2 < len(b.d.Tokens) && b.d.Word(p+1) == "to" && b.d.Tokens[p+2].Tag == TagCD
}

// passive reports whether verb i is in the passive, or a participle that its noun undergoes.
func (b *clauseBuilder) passive(i int32) bool {
	if b.t.child(i, DepAuxPass, DepCsubjPass) >= 0 {
		return true
	}
	if b.t.child(i, DepOblAgent) >= 0 { // in "condemned the murder by rebels" the parser hung the agent too high
		return b.t.child(i, DepNsubj) < 0 || b.t.child(i, DepObj) < 0
	}
	if b.t.child(i, DepNsubjPass) >= 0 { // "the two agreed" has no auxiliary: the parser was wrong
		return b.d.Tokens[i].Tag == TagVBN
	}
	if b.d.Tokens[i].Tag != TagVBN || b.t.child(i, DepAux, DepObj) >= 0 {
		return false
	}
	switch b.t.dep(i) {
	case DepAcl, DepAdvcl, DepAmod, DepXcomp:
		return true
	case DepConj:
		return b.passive(b.d.Tokens[i].Head)
	}
	return false
}

// surface returns the grammatical subject and object of i; a relative pronoun stands for its antecedent.
func (b *clauseBuilder) surface(i, antecedent int32) (subject, object int32) {
	subject, object = -1, -1
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		x := c
		if b.relative(c) {
			if antecedent >= 0 {
				x = antecedent
			} else if n := b.nounBefore(c); n >= 0 && n != i {
				x = n
			}
		}
		switch b.t.dep(c) {
		case DepNsubj, DepNsubjPass:
			subject = x
		case DepNsubjOuter: // "Rice is to meet …"
			if subject < 0 {
				subject = x
			}
		case DepExpl: // in "it is willing to" it is somebody
			if subject < 0 && b.is(i, wordPlanning) {
				subject = x
			}
		case DepObj:
			object = x
		case DepIobj: // "urged residents to stay" has no other object
			if object < 0 {
				object = x
			}
		}
	}
	return subject, object
}

// relative reports whether c is a relative pronoun.
func (b *clauseBuilder) relative(c int32) bool {
	switch b.d.Tokens[c].Tag {
	case TagWDT, TagWP:
		return true
	}
	return false
}

// nounBefore is the noun right before a relative pronoun, for clauses that the parser did not hang on theirs.
func (b *clauseBuilder) nounBefore(c int32) int32 {
	i := c - 1
	if i >= 0 && b.d.Tokens[i].Pos == PosPunct {
		i--
	}
	if i < b.d.Sentences[b.sentence].Tokens.First {
		return -1
	}
	for h := b.d.Tokens[i].Head; h >= 0 && h < c && (b.t.dep(i) == DepFlat || b.t.dep(i) == DepCompound); h = b.d.Tokens[i].Head {
		i = h
	}
	switch b.d.Tokens[i].Pos {
	case PosNoun, PosPropn:
		return i
	}
	return -1
}

// inherited finds the subject that a verb without one takes from what it depends on.
func (b *clauseBuilder) inherited(i, antecedent int32) int32 {
	h := b.d.Tokens[i].Head
	if h < 0 {
		return -1
	}
	gov := b.w.frame[h]
	switch b.t.dep(i) {
	case DepConj, DepParataxis:
		return gov.subject
	case DepXcomp, DepCcomp:
		if gov.object >= 0 && gov.object != antecedent && b.is(h, wordObjectControl) && !b.is(h, wordOwnSubject) {
			return gov.object
		}
		if b.t.dep(i) == DepCcomp && b.t.child(i, DepMark) < 0 {
			return -1
		}
		return gov.subject
	case DepAdvcl:
		if gov.object >= 0 && gov.object != antecedent && (b.ofObject(i) || b.infinitive(i) && b.controls(h, gov.object)) {
			return gov.object
		}
		return gov.subject
	case DepAclRelcl:
		return antecedent
	case DepAmod:
		return h
	case DepAcl:
		if b.d.Tokens[i].Tag == TagVBG && b.t.child(i, DepCase, DepMark) >= 0 && b.w.nameAt[h] < 0 && !b.is(h, wordHuman|wordAgents) { // "their commitment to standing with"
			return b.owner(h)
		}
		if b.d.Tokens[i].Tag == TagVBG || b.d.Tokens[i].Tag == TagVBN || b.d.Tokens[i].Tag == TagVBD {
			return h
		}
		return b.owner(h)
	}
	return -1
}

// controls reports whether the object of verb h is somebody who does what the verb's infinitive says: "sent an envoy to
// negotiate", and not "sent a letter to protest".
func (b *clauseBuilder) controls(h, object int32) bool {
	return b.is(h, wordObjectControl) && !b.is(h, wordOwnSubject) &&
		(b.w.nameAt[object] >= 0 || b.is(object, wordHuman|wordAgents) || b.d.Tokens[object].Pos == PosPron)
}

// ofObject reports whether gerund i says what the object of its governor does: "accused Sudan of supporting rebels",
// "barred Iran from exporting oil".
func (b *clauseBuilder) ofObject(i int32) bool {
	m := b.t.child(i, DepMark)
	if m < 0 || b.d.Tokens[i].Tag != TagVBG {
		return false
	}
	switch b.d.Word(m) {
	case "of", "for", "from":
		return true
	case "with": // "charged two men with planning"
		return b.is(b.d.Tokens[i].Head, wordSaying)
	}
	return false
}

// owner is who has the plan, decision or duty that noun h names: whom an invitation or order is for, its possessor, or
// the subject of its verb, unless that is about somebody else's plan ("foiled a plot to seize").
func (b *clauseBuilder) owner(h int32) int32 {
	if b.is(h, wordAsking) {
		if p := b.phraseOf(h, "to"); p >= 0 {
			return p
		}
	}
	if b.is(h, wordAsking|wordPlanning) { // "plans for Modi to visit"
		if p := b.phraseOf(h, "for"); p >= 0 {
			return p
		}
	}
	if p := b.t.child(h, DepNmodPoss); p >= 0 {
		return p
	}
	if b.w.frame[h].subject >= 0 {
		return b.w.frame[h].subject
	}
	if p := b.phraseOf(h, "by"); p >= 0 {
		return p
	}
	if s := b.copulaSubject(h); s >= 0 { // "Rice is in Bahrain to meet officials"
		return s
	}
	if m := b.t.child(h, DepAmod, DepCompound); m >= 0 && b.w.nameAt[m] >= 0 {
		return m
	}
	switch b.t.dep(h) {
	case DepObj:
		if g := b.d.Tokens[h].Head; g >= 0 && b.is(g, wordLight|wordPlanning|wordTrying|wordSaying|wordAsking|wordStopping|wordThinking) {
			return b.w.frame[g].subject
		}
	case DepObl, DepXcomp:
		if g := b.d.Tokens[h].Head; g >= 0 {
			return b.w.frame[g].subject
		}
	}
	return -1
}

// phraseOf is the noun in a phrase of noun h with that preposition, or -1.
func (b *clauseBuilder) phraseOf(h int32, prep string) int32 {
	for c := b.t.first[h]; c >= 0; c = b.t.next[c] {
		if b.t.dep(c) == DepNmod && b.d.Symbols.Text(b.prep(c)) == prep {
			return c
		}
	}
	return -1
}

// dependents adds the arguments that hang on verb i itself, but for the surface subject.
func (b *clauseBuilder) dependents(k *Clause, i, antecedent int32, passive bool) {
	f := b.w.frame[i]
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		head := c
		if antecedent >= 0 && b.relative(c) {
			head = antecedent
		}
		switch b.t.dep(c) {
		case DepObj:
			if passive && f.subject >= 0 { // "was given the task"
				b.group(k, RoleIobj, 0, head)
			} else if o := b.t.child(i, DepObj); o != c && b.is(i, wordNaming) { // "considers the group a danger"
				b.arg(k, RoleComp, 0, c, c, false)
			} else {
				b.arg(k, RoleObj, 0, head, head, head == c)
				if a := b.t.child(c, DepAppos); b.is(i, wordNaming) && a >= 0 && b.t.child(a, DepPunct) < 0 { // the second one in apposition
					b.arg(k, RoleComp, 0, a, a, false)
				}
			}
		case DepIobj:
			if f.object == head && b.t.child(i, DepObj) < 0 {
				b.group(k, RoleObj, 0, head)
			} else {
				b.group(k, RoleIobj, 0, head)
			}
		case DepOblAgent:
			if passive {
				b.group(k, RoleSubj, 0, head)
			} else {
				b.group(k, RolePrep, b.prep(c), head)
			}
		case DepObl:
			if n := b.governedBy(c); n >= 0 {
				b.group(k, RolePrep, b.lemma(c), n)
			} else if p := b.prep(c); p != 0 && !b.temporal(c) {
				b.arg(k, RolePrep, p, head, head, head == c)
			}
		case DepAdvcl:
			if m := b.t.child(c, DepMark); m >= 0 && b.d.Tokens[m].Tag == TagIN {
				b.arg(k, RolePrep, b.lemma(m), c, c, false)
			} else if passive && b.is(i, wordAsking) && b.infinitive(c) { // "was asked by France to open the border"
				b.arg(k, RoleComp, 0, c, c, false)
			}
		case DepCcomp, DepXcomp:
			b.arg(k, RoleComp, 0, c, c, false)
		case DepNmod: // a phrase that the parser hung on the verb as if it were a noun
			if p := b.prep(c); p != 0 {
				b.group(k, RolePrep, p, head)
			}
		}
	}
	if f.object == antecedent && antecedent >= 0 && !passive && b.t.child(i, DepObj) < 0 && f.subject != antecedent {
		b.arg(k, RoleObj, 0, antecedent, antecedent, false)
	}
}

// governedBy is the noun that preposition i stands before, where the parser made the preposition the head, or -1.
func (b *clauseBuilder) governedBy(i int32) int32 {
	if b.d.Tokens[i].Tag != TagIN {
		return -1
	}
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		switch b.d.Tokens[c].Pos {
		case PosNoun, PosPropn, PosPron:
			if c > i {
				return c
			}
		}
	}
	return -1
}

// sharedObject gives a coordinated verb the object that stands after the last of them: "condemned and rejected the plan".
func (b *clauseBuilder) sharedObject(k *Clause, i int32, passive bool) {
	if passive || b.has(k, RoleObj) {
		return
	}
	if b.t.dep(i) == DepConj {
		h := b.d.Tokens[i].Head
		if o := b.t.child(h, DepObj); o > i && b.d.Tokens[h].Pos == PosVerb {
			b.group(k, RoleObj, 0, o)
		}
		return
	}
	if c := b.t.child(i, DepConj); c == i+2 && b.d.Tokens[c].Pos == PosVerb && !b.has(k, RoleComp) {
		if o := b.t.child(c, DepObj); o >= 0 && b.t.child(c, DepNsubj) < 0 {
			b.group(k, RoleObj, 0, o)
		}
	}
}

// participle adds the adjective's reading of a passive: "Russia is opposed to the plan".
func (b *clauseBuilder) participle(i, subject int32) {
	if subject < 0 {
		return
	}
	v := b.d.Clauses[b.w.frame[i].clause]
	k := b.open(i, AdjPredicate)
	b.w.frame[i].clause-- // the verb stays what others depend on
	k.Lemma = b.d.Symbols.Find(b.d.Word(i))
	b.group(k, RoleSubj, 0, subject)
	b.copyArgs(k, &v, RolePrep)
	k.Polarity, k.Modality, k.Tense = v.Polarity, v.Modality, v.Tense
}

// copyArgs adds the arguments that from has in the role.
func (b *clauseBuilder) copyArgs(k, from *Clause, role Role) {
	for j := from.Args.First; j < from.Args.End; j++ {
		if a := b.d.Arguments[j]; a.Role == role {
			b.d.Arguments = append(b.d.Arguments, a)
		}
	}
	k.Args.End = int32(len(b.d.Arguments))
}

// backed builds the clause of a participle that a name is hyphenated with: "U.S.-backed rebels".
func (b *clauseBuilder) backed(i int32) {
	h := b.d.Tokens[i].Head
	if i < 2 || h < 0 || b.d.Tokens[i-1].Tag != TagHYPH || b.w.nameAt[i-2] < 0 && !b.is(i-2, wordState) {
		return
	}
	for b.t.dep(h) == DepCompound && b.d.Tokens[h].Head > h { // "U.N.-backed war crimes tribunal"
		h = b.d.Tokens[h].Head
	}
	k := b.open(i, VerbPredicate)
	b.group(k, RoleSubj, 0, i-2)
	b.group(k, RoleObj, 0, h)
}

// stance builds the clause of an adjective that says for or against whom its noun is, "pro-Syrian parties", and reports
// whether token i is one. The predicate is the prefix, the object the whole word.
func (b *clauseBuilder) stance(i int32) bool {
	prefix, _ := stanceOf(b.d.Word(i))
	h := b.d.Tokens[i].Head
	if prefix == "" || h < 0 {
		return false
	}
	k := b.open(i, AdjPredicate)
	k.Lemma = b.d.Symbols.Find(prefix)
	b.group(k, RoleSubj, 0, h)
	b.arg(k, RoleObj, 0, i, i, false)
	return true
}

// stanceOf splits "anti-government"; the prefix is empty for other words.
func stanceOf(word string) (prefix, rest string) {
	if len(word) < 6 {
		return "", ""
	}
	switch prefix, rest, _ := strings.Cut(word, "-"); prefix {
	case "pro", "Pro":
		return "pro", rest
	case "anti", "Anti":
		return "anti", rest
	}
	return "", ""
}

// adjective builds the clause of a predicative adjective: "is opposed to", "is likely to visit".
func (b *clauseBuilder) adjective(i int32) {
	switch {
	case b.t.child(i, DepCop, DepNsubj) >= 0:
	case b.t.dep(i) == DepXcomp || b.t.dep(i) == DepAcl || b.t.dep(i) == DepAdvcl || b.t.dep(i) == DepConj && b.isAdj(b.lemma(i)):
	case b.t.dep(i) == DepAmod && b.d.Tokens[i].Head < i && b.t.child(i, DepObl) >= 0: // "lawmakers loyal to him"
	default:
		return
	}
	k := b.open(i, AdjPredicate)
	f := &b.w.frame[i]
	antecedent := int32(-1)
	if b.t.dep(i) == DepAclRelcl {
		antecedent = b.d.Tokens[i].Head
	}
	if f.subject, _ = b.surface(i, antecedent); f.subject < 0 {
		f.subject = b.inherited(i, antecedent)
	}
	if f.subject >= 0 {
		b.group(k, RoleSubj, 0, f.subject)
	}
	b.dependents(k, i, antecedent, false)
	b.qualifyVerb(k, i)
}

// prepositional builds the clause of a preposition as predicate: "Moscow is against the plan".
func (b *clauseBuilder) prepositional(i int32) {
	p := b.t.child(i, DepCase)
	if p < 0 || !b.isAdj(b.lemma(p)) {
		return
	}
	subject := b.copulaSubject(i)
	if subject < 0 {
		return
	}
	k := b.open(p, AdjPredicate)
	b.group(k, RoleSubj, 0, subject)
	b.group(k, RoleObj, 0, i)
	b.qualifyVerb(k, i)
}
