package extract

import "github.com/dyad-kg/dyad/seeds"

// antecedent is the head of what a pronoun means that coreference leaves open, by its place in the sentence, or -1.
func (r *resolver) antecedent(pronoun int32) int32 {
	switch r.t.dep(pronoun) {
	case DepNsubj, DepNsubjPass:
		return r.sayer(pronoun)
	case DepObj:
		return r.shared(pronoun)
	case DepNmodPoss:
		return r.own(pronoun)
	}
	return -1
}

// sayer is the head of whom a pronoun without a known referent means when it is the subject of what somebody says: "the
// army says it captured". It is -1 when the pronoun is no such subject or does not agree with the speaker.
func (r *resolver) sayer(pronoun int32) int32 {
	if s := r.speaking(pronoun); s >= 0 && s < pronoun && r.agrees(pronoun, s) {
		return s
	}
	return -1
}

// speaking is the head of whose words a subject is said with, or -1.
func (r *resolver) speaking(subject int32) int32 {
	v := r.d.Tokens[subject].Head
	if v < 0 || r.t.dep(subject) != DepNsubj && r.t.dep(subject) != DepNsubjPass || r.t.dep(v) != DepCcomp {
		return -1
	}
	g := r.d.Tokens[v].Head
	if !r.classes.is(r.d.Tokens[g].Lemma, wordSaying|wordThinking|wordDenying) {
		return -1
	}
	return r.d.work.clause.frame[g].subject
}

// own is the subject of the verb below which a possessive pronoun stands: "Israel launched its invasion". It is -1 when
// there is none or it does not agree.
func (r *resolver) own(pronoun int32) int32 {
	n := r.d.Tokens[pronoun].Head
	if n < 0 {
		return -1
	}
	v := r.d.Tokens[n].Head
	for v >= 0 && r.t.dep(n) == DepNmod {
		n, v = v, r.d.Tokens[v].Head
	}
	if v < 0 || r.d.Tokens[v].Pos != PosVerb || r.t.dep(n) != DepObj && r.t.dep(n) != DepObl {
		return -1
	}
	s := r.d.work.clause.frame[v].subject
	if s < 0 || s > pronoun || !r.agrees(pronoun, s) {
		return -1
	}
	return s
}

// shared is the object of the verb before that a pronoun as object of a joined verb means: "saw the plan and called it a
// risk". It is -1 when there is none.
func (r *resolver) shared(pronoun int32) int32 {
	o := r.d.joinedObject(pronoun)
	if o < 0 || r.t.child(r.d.Tokens[pronoun].Head, DepNsubj) >= 0 {
		return -1
	}
	switch plural := r.d.Tokens[o].Tag == TagNNS; r.d.Symbols.Text(r.d.Tokens[pronoun].Lemma) {
	case "it":
		if !plural && r.d.Tokens[o].Tag == TagNN {
			return o
		}
	case "they":
		if plural {
			return o
		}
	}
	return -1
}

// agrees reports whether a pronoun of the third person can mean token s: it and its for a body, they and their for more
// than one.
func (r *resolver) agrees(pronoun, s int32) bool {
	t := &r.d.Tokens[s]
	body, plural := r.classes.is(t.Lemma, wordAgents|wordState|wordBody), t.Tag == TagNNS || r.t.child(s, DepConj) >= 0
	if m := r.d.work.relate.mentionAt[s]; m >= 0 {
		switch r.d.Mentions[m].Type {
		case seeds.Org, seeds.GPE:
			body = true
		}
	}
	switch r.d.Symbols.Text(r.d.Tokens[pronoun].Lemma) {
	case "it", "its":
		return body && !plural
	case "they", "their":
		return plural
	}
	return false
}
