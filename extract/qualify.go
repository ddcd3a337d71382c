package extract

import "github.com/dyad-kg/dyad/seeds"

// qualifyVerb reads polarity, modality and tense off the auxiliaries, adverbs and markers of predicate i, and takes
// from its governor what passes down: "agreed to visit" is planned, "refused to meet" did not happen.
func (b *clauseBuilder) qualifyVerb(k *Clause, i int32) {
	finite := b.auxiliaries(k, i)
	if k.Tense == NoTense {
		k.Tense = tenseOf(b.d.Tokens[i].Tag)
	}
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		switch b.t.dep(c) {
		case DepNsubj, DepNsubjPass, DepObj:
			if det := b.t.child(c, DepDet); det >= 0 && b.is(det, wordNegator) || b.is(c, wordNegator) {
				k.Polarity = Negative
			}
		}
	}
	h := b.d.Tokens[i].Head
	if h < 0 {
		return
	}
	gov, _ := b.clauseAt(h)
	switch b.t.dep(i) {
	case DepConj:
		if cc := b.t.child(i, DepCc); gov != nil && gov.Polarity == Negative && cc >= 0 && b.d.Word(cc) == "or" {
			k.Polarity = Negative // "has not confirmed or denied"
		}
		if gov != nil && !finite && b.d.Tokens[i].Tag != TagVBD && b.d.Tokens[i].Tag != TagVBZ && b.d.Tokens[i].Tag != TagVBP {
			b.inheritAll(k, gov)
		}
	case DepXcomp, DepCcomp, DepAcl, DepAdvcl, DepObl, DepNmod, DepAdvmod:
		b.governed(k, gov, i, h, finite)
	}
}

// auxiliaries reads the words that qualify predicate i and reports whether it has an auxiliary of its own.
func (b *clauseBuilder) auxiliaries(k *Clause, i int32) (finite bool) {
	toBe := false
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		tok := &b.d.Tokens[c]
		switch tok.Dep {
		case DepAux, DepAuxPass, DepCop:
			finite = true
			switch {
			case b.is(c, wordWill):
				k.Modality, k.Tense = Planned, Future
			case b.is(c, wordOught):
				k.Modality = Requested
			case b.is(c, wordMaybe):
				k.Modality = Possible
			case tok.Lemma == b.sym.be && tok.Dep != DepAuxPass:
				toBe = true
			}
			if k.Tense == NoTense {
				k.Tense = tenseOf(tok.Tag)
			}
			if tok.Lemma == b.sym.have && tok.Dep == DepAux && k.Tense == Present { // "has visited"
				k.Tense = Past
			}
		case DepMark:
			if toBe && tok.Tag == TagTO && b.d.Tokens[i].Tag == TagVB && k.Modality == Actual { // "is to meet"
				k.Modality = Planned
			}
			if b.is(c, wordMaybe) && k.Modality != Planned {
				k.Modality = Possible
			}
			if b.is(c, wordNegator) {
				k.Polarity = Negative
			}
			if b.is(c, wordAhead) && k.Modality == Actual && k.Tense != Past && !b.told(i) {
				k.Modality = Planned
			}
		case DepAdvmod, DepCc, DepCcPreconj, DepDet:
			if b.is(c, wordNegator) || b.noLonger(c) {
				k.Polarity = Negative
			}
			if b.is(c, wordMaybe) && tok.Dep == DepAdvmod && k.Modality == Actual {
				k.Modality = Possible
			}
		}
	}
	return finite
}

// noLonger reports whether token i is the second of "no longer", "not any more".
func (b *clauseBuilder) noLonger(i int32) bool {
	switch b.d.Word(i) {
	case "longer", "more":
		d := b.t.child(i, DepAdvmod, DepDet)
		return d >= 0 && b.is(d, wordNegator)
	}
	return false
}

// told reports whether predicate i hangs on a verb in the past tense: who "left before meeting Lee" met him.
func (b *clauseBuilder) told(i int32) bool {
	h := b.d.Tokens[i].Head
	return h >= 0 && b.d.Tokens[h].Tag == TagVBD
}

func tenseOf(t Tag) Tense {
	switch t {
	case TagVBD:
		return Past
	case TagVBZ, TagVBP:
		return Present
	}
	return NoTense
}

func (b *clauseBuilder) inheritAll(k, gov *Clause) {
	if k.Modality == Actual {
		k.Modality = gov.Modality
	}
	if gov.Polarity == Negative {
		k.Polarity = Negative
	}
	if k.Tense == NoTense {
		k.Tense = gov.Tense
	}
}

// governed applies what governor h says of the clause that hangs on it: its own meaning first, then, for what has no
// finite verb of its own, the governor's qualifiers.
func (b *clauseBuilder) governed(k, gov *Clause, i, h int32, finite bool) {
	infinitive := b.infinitive(i)
	dep := b.t.dep(i)
	complement := dep == DepXcomp || dep == DepCcomp || dep == DepAcl || dep == DepAdvcl && gov != nil && gov.Kind != NounPredicate
	if complement && (infinitive || dep == DepXcomp) && !finite {
		switch {
		case b.is(h, wordRefusing), dep == DepXcomp && b.is(h, wordDenying): // "denied making a pledge"
			k.Polarity = Negative
		case gov != nil && b.d.Tokens[i].Tag == TagVBG && b.words.isVerb(gov, wordStopping): // "ruled out holding talks"
			k.Polarity = Negative
		case dep == DepAcl && b.stopped(h): // "cancelled plans to visit"
			k.Polarity = Negative
		case b.is(h, wordPlanning):
			k.Modality = max(k.Modality, Planned)
		case b.is(h, wordAsking):
			k.Modality = Requested
		case b.is(h, wordTrying):
			k.Modality = Possible
		case (dep == DepAdvcl || b.purpose(i, h)) && k.Modality == Actual && !b.is(i, wordVoicing): // "travelled to meet"
			k.Modality = Planned
		}
	}
	if dep == DepAdvcl && k.Modality == Actual && b.d.Tokens[i].Tag == TagVBG && b.demanded(i, h) {
		k.Modality = Requested
	}
	if dep == DepAdvcl && b.ofObject(i) {
		switch {
		case b.is(h, wordRefusing): // "prevented them from voting"
			k.Polarity = Negative
		case b.is(h, wordTrying): // "accused them of spying"
			k.Modality = Possible
		}
	}
	if dep == DepAcl && k.Modality == Actual && b.is(h, wordAsking) && b.thatClause(i) { // "the demand that Turkey release"
		k.Modality = Requested
	}
	if dep == DepCcomp {
		switch {
		case k.Modality == Possible && b.is(h, wordSaying|wordPlanning) && b.would(i): // "promised that Beijing would …"
			k.Modality = Planned
		case b.is(h, wordDenying):
			k.Polarity = Negative
		case b.is(h, wordThinking) && k.Modality == Actual && !b.is(h, wordSaying):
			k.Modality = Possible
		case b.is(h, wordAsking) && !b.is(h, wordSaying) && k.Modality == Actual:
			k.Modality = Requested
		}
	}
	if gov == nil || finite || dep != DepXcomp && dep != DepAcl && !(dep == DepAdvcl && !infinitive) {
		return
	}
	if gov.Modality != Actual && (k.Modality == Actual || gov.Modality == Possible) {
		k.Modality = gov.Modality
	}
	if gov.Polarity == Negative && dep == DepXcomp {
		k.Polarity = Negative
	}
	if k.Tense == NoTense {
		k.Tense = gov.Tense
	}
}

// demanded reports whether a gerund is what verb h asks for: "insists on continuing", "calls for lifting".
func (b *clauseBuilder) demanded(i, h int32) bool {
	m := b.t.child(i, DepMark)
	return m >= 0 && b.is(h, wordAsking) && (b.d.Word(m) == "on" || b.d.Word(m) == "for")
}

// thatClause reports whether "that" leads clause i in.
func (b *clauseBuilder) thatClause(i int32) bool {
	m := b.t.child(i, DepMark)
	return m >= 0 && b.d.Word(m) == "that"
}

// purpose reports whether infinitive i, hung on verb h as its complement, says what for: "visited Japan to meet". The verb has an
// object, and none of those that lend it to an infinitive.
func (b *clauseBuilder) purpose(i, h int32) bool {
	return b.t.dep(i) == DepXcomp && b.t.child(h, DepObj) >= 0 && !b.is(h, wordObjectControl|wordOwnSubject|wordLight)
}

// stopped reports whether noun i is the object of a verb that keeps it from happening.
func (b *clauseBuilder) stopped(i int32) bool {
	h := b.d.Tokens[i].Head
	if h < 0 || b.t.dep(i) != DepObj {
		return false
	}
	verb, _ := b.clauseAt(h)
	return verb != nil && b.words.isVerb(verb, wordStopping)
}

// would reports whether predicate i has the auxiliary that reported speech makes of will.
func (b *clauseBuilder) would(i int32) bool {
	a := b.t.child(i, DepAux)
	return a >= 0 && b.lemma(a) == b.sym.would && b.t.child(i, DepAdvcl) < 0
}

func (b *clauseBuilder) infinitive(i int32) bool {
	m := b.t.child(i, DepMark, DepAux)
	return b.d.Tokens[i].Tag == TagVB && m >= 0 || m >= 0 && b.d.Tokens[m].Tag == TagTO
}

// qualifyNoun reads the qualifiers of a noun's event off its determiner and adjectives, what it stands after
// ("ahead of talks") and the light verb that carries it.
func (b *clauseBuilder) qualifyNoun(k *Clause, i, anchor int32, carried bool) {
	for _, x := range [2]int32{i, anchor} {
		for c := b.t.first[x]; c >= 0; c = b.t.next[c] {
			switch b.t.dep(c) {
			case DepDet, DepAdvmod, DepAmod, DepCase:
				b.qualifyWord(k, c)
			}
		}
		if i == anchor {
			break
		}
	}
	h := b.d.Tokens[anchor].Head
	if h < 0 {
		return
	}
	if b.d.Tokens[h].Pos == PosAdv && b.is(h, wordAhead) {
		k.Modality = max(k.Modality, Planned)
	}
	if b.t.dep(anchor) == DepNmod { // "calls for talks", "hopes of a deal", "a ban on", "the eve of the summit"
		switch {
		case b.is(h, wordAhead):
			k.Modality = max(k.Modality, Planned)
		case b.is(h, wordAsking):
			k.Modality = Requested
		case b.is(h, wordTrying|wordThinking):
			k.Modality = Possible
		case b.is(h, wordPlanning):
			k.Modality = max(k.Modality, Planned)
		case b.is(h, wordRefusing):
			k.Polarity = Negative
		}
	}
	verb, _ := b.clauseAt(h)
	if verb == nil || b.d.Tokens[h].Pos != PosVerb {
		return
	}
	if k.Light == h {
		switch {
		case b.words.isVerb(verb, wordStopping):
			k.Polarity = Negative
		case b.words.isVerb(verb, wordLight):
		case b.words.isVerb(verb, wordAsking):
			k.Modality = Requested
		case b.words.isVerb(verb, wordTrying):
			k.Modality = Possible
		case b.words.isVerb(verb, wordPlanning):
			k.Modality = max(k.Modality, Planned)
		}
		if verb.Polarity == Negative {
			k.Polarity = Negative
		}
	}
	if carried { // a phrase that only stands with the verb has qualifiers of its own: "plans to cut the deficit in trade"
		if k.Modality == Actual || verb.Modality == Possible {
			k.Modality = max(k.Modality, verb.Modality)
		}
		if k.Tense == NoTense {
			k.Tense = verb.Tense
		}
	}
}

// qualifyWord applies one word before a noun of action.
func (b *clauseBuilder) qualifyWord(k *Clause, c int32) {
	switch {
	case b.is(c, wordNegator):
		k.Polarity = Negative
	case b.is(c, wordAhead|wordUpcoming):
		k.Modality = max(k.Modality, Planned)
	case b.is(c, wordProposed):
		k.Modality = Possible
	}
}

// attribute finds whose words the clause is: the subject of the verb of saying that it is said with, or the source
// named by "according to".
func (b *clauseBuilder) attribute(k *Clause) {
	for i := k.Predicate; i >= 0; i = b.d.Tokens[i].Head {
		for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
			switch b.t.dep(c) {
			case DepObl:
				if m := b.t.child(c, DepCase); m >= 0 && b.is(m, wordSource) {
					b.speaker(k, c, b.caseSpan(c, m))
					return
				}
			case DepParataxis: // "…, Lavrov said, …"
				if b.is(c, wordSaying) && b.w.frame[c].subject >= 0 && c != k.Predicate {
					b.speaker(k, b.w.frame[c].subject, b.d.Tokens[c].Span)
					return
				}
			}
		}
		h := b.d.Tokens[i].Head
		if h < 0 {
			return
		}
		if b.t.dep(i) == DepCcomp && b.is(h, wordSaying|wordDenying|wordThinking) && b.w.frame[h].subject >= 0 {
			b.speaker(k, b.w.frame[h].subject, b.d.Tokens[h].Span)
			return
		}
	}
}

func (b *clauseBuilder) speaker(k *Clause, head int32, verb Span) {
	k.Speaker = Attribution{Filler: Filler{Entity: -1, Head: head, Span: b.t.span(head)}, Verb: verb}
}

// caseSpan is the span of a preposition of one or more words.
func (b *clauseBuilder) caseSpan(i, first int32) Span {
	s := b.d.Tokens[first].Span
	for c := b.t.first[first]; c >= 0; c = b.t.next[c] {
		if b.t.dep(c) == DepFixed {
			s.End = b.d.Tokens[c].End
		}
	}
	return s
}

// circumstance finds time, place and topic among the phrases of the predicate and of the verb that carries it.
func (b *clauseBuilder) circumstance(k *Clause) {
	for _, i := range [2]int32{k.Predicate, k.Light} {
		if i < 0 {
			continue
		}
		for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
			switch b.t.dep(c) {
			case DepObl, DepNmod, DepOblUnmarked, DepNmodUnmarked, DepAdvmod:
				b.circumstanceAt(k, c)
			}
		}
	}
}

func (b *clauseBuilder) circumstanceAt(k *Clause, c int32) {
	m := b.t.child(c, DepCase)
	switch {
	case b.temporal(c):
		if k.Time.Span == (Span{}) {
			k.Time.Span = b.timeSpan(c)
			b.schedule(k, c)
		}
	case m >= 0 && b.is(m, wordPlace):
		if n := b.w.nameAt[c]; n >= 0 && k.Place < 0 {
			switch b.d.Mentions[n].Type {
			case seeds.GPE, seeds.Loc, seeds.Fac:
				k.Place = n
			}
		}
	case m >= 0 && b.is(m, wordAbout):
		if k.Topic == (Span{}) {
			k.Topic = b.t.span(c)
		}
	}
}

// schedule makes what is told in the present tense of a day a plan: "Lavrov travels to Japan on Monday".
func (b *clauseBuilder) schedule(k *Clause, time int32) {
	v := k.Predicate
	if k.Kind == NounPredicate {
		v = k.Light
	}
	if v >= 0 && k.Modality == Actual && (b.d.Tokens[v].Tag == TagVBZ || b.d.Tokens[v].Tag == TagVBP) && b.d.Tokens[time].Pos == PosPropn {
		k.Modality, k.Tense = Planned, Future
	}
}

// temporal reports whether token i heads a time: a weekday, month, year or the like.
func (b *clauseBuilder) temporal(i int32) bool {
	if b.is(i, wordTemporal) {
		return true
	}
	if b.words.is(b.d.Symbols.Find(b.d.Word(i)), wordTemporal) { // "earlier", whose lemma is "early"
		return true
	}
	if b.d.Tokens[i].Tag == TagCD {
		return isYear(b.d.Word(i)) && b.t.dep(i) != DepNummod || b.dated(i)
	}
	return b.is(i, wordAhead) && b.d.Tokens[i].Pos == PosNoun // "on the eve of the summit"
}

// dated reports whether number i is the day of a month: "May 30".
func (b *clauseBuilder) dated(i int32) bool {
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		if b.d.Tokens[c].Pos == PosPropn && b.is(c, wordTemporal) {
			return true
		}
	}
	return false
}

// timeSpan is the words of a time with its preposition.
func (b *clauseBuilder) timeSpan(i int32) Span {
	if b.t.dep(i) == DepAdvmod {
		return b.d.Tokens[i].Span
	}
	s := b.t.span(i)
	for c := b.t.first[i]; c >= 0; c = b.t.next[c] {
		if b.t.dep(c) == DepNmodUnmarked && b.d.Tokens[c].Tag == TagCD { // "May 30, 2019"
			s.End = max(s.End, b.d.Tokens[c].End)
		}
	}
	if m := b.t.child(i, DepCase); m >= 0 && m < i {
		s.Start = min(s.Start, b.d.Tokens[m].Start)
	}
	return s
}

func isYear(s string) bool {
	if len(s) != 4 || s[0] != '1' && s[0] != '2' {
		return false
	}
	for i := 1; i < 4; i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
