package extract

import (
	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// A rolePath leads from a clause to words: to the arguments in a role, and from each to what hangs on it ("obj.with",
// "comp.obj.on").
type rolePath []roleLink

type roleLink struct {
	kind linkKind
	role Role   // of an argument
	prep Symbol // of RolePrep
}

type linkKind uint8

const (
	toArgument  linkKind = iota
	toSelf               // the predicate
	toSpeaker            // whose words the clause is
	toModifier           // an adjective or noun before the word
	toAuxiliary          // an auxiliary verb
	toOwner              // whose deed or word a thing is
	toContent            // what a proposal is for
	toOffice             // the country or body in which a person holds an office
)

var (
	roleNames = map[string]Role{"subj": RoleSubj, "obj": RoleObj, "iobj": RoleIobj, "comp": RoleComp, "poss": RolePoss}
	linkNames = map[string]linkKind{"self": toSelf, "speaker": toSpeaker, "mod": toModifier, "aux": toAuxiliary, "owner": toOwner, "content": toContent, "office": toOffice}
)

func compileRole(name string, lex *Lexicon) rolePath {
	var p rolePath
	for _, part := range rule.SplitRole(name) {
		s := roleLink{kind: linkNames[part]}
		if role, ok := roleNames[part]; ok {
			s.role = role
		} else if s.kind == toArgument {
			s.role, s.prep = RolePrep, lex.Find(part)
		}
		p = append(p, s)
	}
	return p
}

// heads are the head tokens that a path leads to. The slice is valid until the next call.
func (m *relating) heads(k *Clause, p rolePath) []int32 {
	w := &m.d.work.relate
	at := m.outer(w.heads[:0], k, p[0])
	for _, s := range p[1:] {
		next := w.spare[:0]
		for _, i := range at {
			next = m.inner(next, i, s)
		}
		at, w.spare = next, at
	}
	w.heads = at
	return at
}

// outer appends the heads of the clause's arguments in a role.
func (m *relating) outer(out []int32, k *Clause, s roleLink) []int32 {
	switch s.kind {
	case toSelf:
		return append(out, k.Predicate)
	case toSpeaker:
		if k.Speaker.Head >= 0 {
			out = append(out, k.Speaker.Head)
		}
		return out
	}
	for i := k.Args.First; i < k.Args.End; i++ {
		if a := &m.d.Arguments[i]; a.Role == s.role && a.Prep == s.prep {
			out = append(out, a.Head)
		}
	}
	if len(out) > 0 || s.role != RolePrep || k.Kind != VerbPredicate {
		return out
	}
	for i := k.Args.First; i < k.Args.End; i++ { // "joined forces with Iran": of the verb or of the noun, who can tell
		if a := &m.d.Arguments[i]; a.Role == RoleObj {
			out = m.inner(out, a.Head, s)
		}
	}
	return out
}

// inner appends the heads of what hangs on token i in a role.
func (m *relating) inner(out []int32, i int32, s roleLink) []int32 {
	if s.kind == toOffice {
		if p := m.office(i); p >= 0 {
			out = append(out, p)
		}
		return out
	}
	if !m.has(i, s) {
		return out
	}
	n := len(out)
	for c := m.t.first[i]; c >= 0; c = m.t.next[c] {
		if a := m.t.child(c, DepOblAgent); s.kind == toOwner && m.t.dep(c) == DepAcl && a >= 0 { // "the steps taken by Iran"
			out = append(out, a)
		}
		if !m.hangs(c, s) {
			continue
		}
		out = append(out, c)
		for g := m.t.first[c]; g >= 0; g = m.t.next[g] {
			if m.t.dep(g) == DepConj {
				out = append(out, g)
			}
		}
	}
	if s.kind == toOwner || s.kind == toContent {
		if c := m.strayPhrase(i); len(out) == n && c >= 0 && m.hangs(c, s) {
			out = append(out, c)
		}
	}
	return out
}

// office is the head of a name of the country or body in which the person at token i holds an office, or -1.
func (m *relating) office(i int32) int32 {
	at := m.d.work.relate.mentionAt[i]
	if at < 0 {
		return -1
	}
	for o := range m.d.Offices {
		f := &m.d.Offices[o]
		if f.Person != m.d.Mentions[at].Entity || f.Polity < 0 {
			continue
		}
		for p := range m.d.Mentions {
			if x := &m.d.Mentions[p]; x.Kind == Name && x.Entity == f.Polity {
				return x.Head
			}
		}
	}
	return -1
}

// has reports whether token i can have what a path's last step asks for: an owner the deeds and words that somebody
// answers for, such as a plan or a remark, but not an arrest, which befalls its possessor; a content only proposals.
func (m *relating) has(i int32, s roleLink) bool {
	lemma := m.d.Tokens[i].Lemma
	switch s.kind {
	case toOwner:
		return m.d.work.relate.mentionAt[i] < 0 && !m.classes.is(lemma, wordHuman|wordAgents|wordUndergone|wordTemporal)
	case toContent:
		return m.classes.is(lemma, wordProposal)
	}
	return true
}

// hangs reports whether token c hangs on its head in a role.
func (m *relating) hangs(c int32, s roleLink) bool {
	dep := m.t.dep(c)
	switch s.kind {
	case toModifier:
		return dep == DepAmod || dep == DepCompound
	case toAuxiliary:
		return dep == DepAux
	case toContent:
		return (dep == DepNmod || dep == DepAcl || dep == DepObl) && m.marked(c, "for") &&
			m.d.work.relate.mentionAt[c] < 0 && !m.classes.is(m.d.Tokens[c].Lemma, wordHuman)
	case toOwner:
		return dep == DepNmodPoss || (dep == DepNmod || dep == DepObl) && m.marked(c, "by") ||
			dep == DepAmod && m.d.work.clause.nameAt[c] >= 0 && m.d.Mentions[m.d.work.clause.nameAt[c]].Type == seeds.NORP
	}
	switch s.role {
	case RoleSubj:
		return dep == DepNsubj || dep == DepNsubjPass
	case RoleObj:
		return dep == DepObj
	case RoleIobj:
		return dep == DepIobj
	case RoleComp:
		return dep == DepXcomp || dep == DepCcomp || dep == DepAcl && (m.d.Tokens[c].Tag == TagVB || m.marked(c, "that"))
	case RolePoss:
		return dep == DepNmodPoss || (dep == DepAmod || dep == DepCompound) && m.d.work.clause.nameAt[c] >= 0
	}
	switch dep {
	case DepNmod, DepObl:
		return m.t.prep(c, m.to) == s.prep
	case DepAdvcl:
		k := m.t.child(c, DepMark)
		return k >= 0 && m.d.Tokens[k].Lemma == s.prep
	}
	return false
}

// marked reports whether a preposition leads phrase c.
func (m *relating) marked(c int32, preposition string) bool {
	k := m.t.child(c, DepCase, DepMark)
	return k >= 0 && m.d.Word(k) == preposition
}
