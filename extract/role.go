package extract

import "strings"

// roleNames are the roles that rules name; every other name is a preposition.
var roleNames = map[string]Role{"subj": RoleSubj, "obj": RoleObj, "iobj": RoleIobj, "comp": RoleComp, "poss": RolePoss}

// splitRole returns the words of a role path that the lexicon must know.
func splitRole(name string) []string { return strings.Split(name, ".") }

func compileRole(name string, lex *Lexicon) rolePath {
	outer, inner, nested := strings.Cut(name, ".")
	p := rolePath{nested: nested, self: outer == "self", speaker: outer == "speaker"}
	p.role, p.prep = oneRole(outer, lex)
	if nested {
		p.innerRole, p.inner = oneRole(inner, lex)
		p.modifier, p.auxiliary = inner == "mod", inner == "aux"
	}
	return p
}

func oneRole(name string, lex *Lexicon) (Role, Symbol) {
	if r, ok := roleNames[name]; ok {
		return r, 0
	}
	return RolePrep, lex.Find(name)
}

// heads are the head tokens of the clause's arguments in a role. The slice is valid until the next call.
func (m *relating) heads(k *Clause, p *rolePath) []int32 {
	out := m.d.work.relate.heads[:0]
	switch {
	case p.self && p.nested:
		out = m.inner(out, k.Predicate, p)
	case p.self:
		out = append(out, k.Predicate)
	case p.speaker:
		if k.Speaker.Head >= 0 {
			out = append(out, k.Speaker.Head)
		}
	default:
		for i := k.Args.First; i < k.Args.End; i++ {
			a := &m.d.Arguments[i]
			if a.Role != p.role || a.Role == RolePrep && a.Prep != p.prep {
				continue
			}
			if !p.nested {
				out = append(out, a.Head)
				continue
			}
			out = m.inner(out, a.Head, p)
		}
	}
	m.d.work.relate.heads = out
	return out
}

// inner appends the heads of what hangs on token i in the inner role of a path.
func (m *relating) inner(out []int32, i int32, p *rolePath) []int32 {
	for c := m.t.first[i]; c >= 0; c = m.t.next[c] {
		ok := false
		switch m.t.dep(c) {
		case DepNmod, DepObl:
			cs := m.t.child(c, DepCase)
			ok = p.innerRole == RolePrep && cs >= 0 && m.d.Tokens[cs].Lemma == p.inner
		case DepNmodPoss:
			ok = p.innerRole == RolePoss
		case DepAmod, DepCompound:
			ok = p.modifier || p.innerRole == RolePoss && m.d.work.clause.nameAt[c] >= 0
		case DepAux:
			ok = p.auxiliary
		case DepObj:
			ok = p.innerRole == RoleObj
		case DepNsubj, DepNsubjPass:
			ok = p.innerRole == RoleSubj
		case DepXcomp, DepCcomp:
			ok = p.innerRole == RoleComp
		}
		if ok {
			out = append(out, c)
			for g := m.t.first[c]; g >= 0; g = m.t.next[g] {
				if m.t.dep(g) == DepConj {
					out = append(out, g)
				}
			}
		}
	}
	return out
}
