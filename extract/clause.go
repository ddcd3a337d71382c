package extract

import "github.com/dyad-kg/dyad/seeds"

// A clauser turns dependency trees into clauses. It undoes passives, control and raising, relative and participle
// clauses, conjunction, light verbs and nominalisation, so that rules need only know who does what.
type clauser struct {
	words  *wordClasses
	action []bool // by Symbol: nouns that some rule names as its trigger
	adj    []bool // by Symbol: adjectives and prepositions that some rule names as its trigger
	lex    *Lexicon
	sym    clauseSymbols
}

// clauseSymbols are single words that the grammar itself turns on.
type clauseSymbols struct {
	to, of, by, with, between, be, have, would Symbol
}

// clauseWork is what the clauser remembers while it works on one document.
type clauseWork struct {
	tree   tree
	frame  []frame // by token
	unit   []int32 // by token: the office whose title and holder's name it stands among, or -1
	nameAt []int32 // by token: the name mention that covers it, or -1
}

// A frame is what a predicate token offers to those that depend on it.
type frame struct {
	clause  int32 // index into Document.Clauses while the sentence is being built, or -1
	subject int32 // head token of the surface subject, own or inherited, or -1
	object  int32 // head token of the surface object, or -1
}

func newClauser(w *wordClasses, lex *Lexicon, nouns, adjs []string) *clauser {
	c := &clauser{words: w, lex: lex, action: make([]bool, lex.Len()), adj: make([]bool, lex.Len())}
	for _, n := range nouns {
		c.action[lex.Find(n)] = true
	}
	for _, a := range adjs {
		c.adj[lex.Find(a)] = true
	}
	f := lex.Find
	c.sym = clauseSymbols{to: f("to"), of: f("of"), by: f("by"), with: f("with"), between: f("between"), be: f("be"), have: f("have"), would: f("would")}
	return c
}

// grammarWords are the words that newClauser looks up; the lexicon must hold them.
var grammarWords = []string{"to", "of", "by", "between", "with", "against", "be", "have", "would"}

// run fills d.Clauses and d.Arguments.
func (c *clauser) run(d *Document) {
	b := clauseBuilder{clauser: c, d: d, w: &d.work.clause}
	b.w.tree.build(d)
	b.t = &b.w.tree
	n := len(d.Tokens)
	b.w.frame, b.w.nameAt, b.w.unit = resize(b.w.frame, n), resize(b.w.nameAt, n), resize(b.w.unit, n)
	for i := range b.w.frame {
		b.w.frame[i] = frame{-1, -1, -1}
		b.w.nameAt[i], b.w.unit[i] = -1, -1
	}
	for m := range d.Mentions {
		if d.Mentions[m].Kind == Name {
			for i := d.Mentions[m].Tokens.First; i < d.Mentions[m].Tokens.End; i++ {
				b.w.nameAt[i] = int32(m)
			}
		}
	}
	b.units()
	for b.sentence = range d.Sentences {
		b.run()
	}
}

// units notes the tokens of titles that stand before a name, with the name: "Minister of Defence Sergey Shoigu" is one
// thing to a clause, whatever hangs on which of its words.
func (b *clauseBuilder) units() {
	for o := range b.d.Offices {
		f := &b.d.Offices[o]
		if m := b.d.mentionOf(f.Person, f.Evidence); m < 0 || b.d.Mentions[m].Start < f.Title.End {
			continue
		}
		r := b.d.Sentences[f.Sentence].Tokens
		for i := r.First; i < r.End && b.d.Tokens[i].Start < f.Evidence.End; i++ {
			if b.d.Tokens[i].Start >= f.Title.Start {
				b.w.unit[i] = int32(o)
			}
		}
	}
}

// A clauseBuilder is one run of a clauser over one document.
type clauseBuilder struct {
	*clauser
	d        *Document
	w        *clauseWork
	t        *tree
	sentence int
}

func (b *clauseBuilder) run() {
	from := len(b.d.Clauses)
	r := b.d.Sentences[b.sentence].Tokens
	for _, i := range b.t.order[r.First:r.End] { // heads first: dependents inherit from them
		switch tok := &b.d.Tokens[i]; {
		case tok.Dep == DepAmod && b.stance(i):
		case tok.Pos == PosVerb && tok.Dep == DepAmod:
			b.backed(i)
		case tok.Pos == PosVerb || b.mistaken(i):
			b.verb(i)
		case (tok.Pos == PosNoun || tok.Pos == PosPropn) && b.isAction(tok.Lemma) && b.w.nameAt[i] < 0:
			b.noun(i)
		case tok.Pos == PosAdj || tok.Pos == PosAdv:
			b.adjective(i)
		}
		b.prepositional(i)
	}
	sortClauses(b.d.Clauses[from:])
	for i := from; i < len(b.d.Clauses); i++ {
		b.attribute(&b.d.Clauses[i])
		b.circumstance(&b.d.Clauses[i])
	}
}

// mistaken reports whether token i, tagged as a noun, is a verb by all that hangs on it: "They plan to …".
func (b *clauseBuilder) mistaken(i int32) bool {
	return b.d.Tokens[i].Tag == TagNN && b.w.nameAt[i] < 0 && b.t.child(i, DepNsubj) >= 0 && b.t.child(i, DepCop) < 0 &&
		b.t.child(i, DepObj, DepXcomp, DepCcomp, DepObl) >= 0 && b.t.child(i, DepDet, DepNmodPoss, DepCase) < 0
}

// sortClauses puts clauses in text order of their predicates; insertion sort, for there are few and they are nearly
// in order.
func sortClauses(s []Clause) {
	for i := 1; i < len(s); i++ {
		for j := i; j > 0 && s[j].Predicate < s[j-1].Predicate; j-- {
			s[j], s[j-1] = s[j-1], s[j]
		}
	}
}

func (b *clauseBuilder) lemma(i int32) Symbol { return b.d.Tokens[i].Lemma }
func (b *clauseBuilder) is(i int32, class wordClass) bool {
	return b.words.is(b.d.Tokens[i].Lemma, class)
}
func (b *clauseBuilder) isAction(s Symbol) bool { return int(s) < len(b.action) && b.action[s] }
func (b *clauseBuilder) isAdj(s Symbol) bool    { return int(s) < len(b.adj) && b.adj[s] }
func (b *clauseBuilder) clauseAt(i int32) (*Clause, frame) {
	f := b.w.frame[i]
	if f.clause < 0 {
		return nil, f
	}
	return &b.d.Clauses[f.clause], f
}

// open starts a clause; its arguments are added until the next open.
func (b *clauseBuilder) open(i int32, kind PredicateKind) *Clause {
	n := int32(len(b.d.Arguments))
	b.d.Clauses = append(b.d.Clauses, Clause{Predicate: i, Lemma: b.lemma(i), Kind: kind, Light: -1, Args: Range{n, n},
		Sentence: int32(b.sentence), Speaker: Attribution{Filler: Filler{Entity: -1, Head: -1}}, Place: -1})
	if kind != AdjPredicate || b.d.Tokens[i].Pos != PosAdp {
		b.w.frame[i].clause = int32(len(b.d.Clauses) - 1)
	}
	return &b.d.Clauses[len(b.d.Clauses)-1]
}

// arg adds an argument and, when members is set, those coordinated with it.
func (b *clauseBuilder) arg(k *Clause, role Role, prep Symbol, head, group int32, members bool) {
	first, last := b.t.phrase(head)
	span := Span{b.d.Tokens[first].Start, b.d.Tokens[last].End}
	if role == RoleComp || b.d.Tokens[head].Pos == PosVerb {
		span = b.t.subtree(head)
	}
	b.d.Arguments = append(b.d.Arguments, Argument{Head: head, Span: span, Role: role, Prep: prep, Group: group})
	k.Args.End = int32(len(b.d.Arguments))
	if !members {
		return
	}
	b.members(k, role, prep, head, head, group)
	if u := b.w.unit[head]; u >= 0 {
		for i := head + 1; int(i) < len(b.w.unit) && b.w.unit[i] == u; i++ {
			b.members(k, role, prep, i, head, group)
		}
	}
}

// members adds what is joined to token i, which stands for head, by and or or.
func (b *clauseBuilder) members(k *Clause, role Role, prep Symbol, i, head, group int32) {
	for m := b.t.first[i]; m >= 0; m = b.t.next[m] {
		if (b.t.dep(m) == DepConj || b.listed(i, m)) && (b.d.Tokens[m].Pos != PosVerb || b.d.Tokens[head].Pos == PosVerb) &&
			(b.w.unit[m] < 0 || b.w.unit[m] != b.w.unit[head]) && !b.partyState(m) {
			b.arg(k, role, prep, m, group, true)
		}
	}
}

// partyState reports whether m is the state in "Tony Hall, D-Ohio".
func (b *clauseBuilder) partyState(m int32) bool {
	return m >= 2 && b.d.Word(m-1) == "-" && len(b.d.Word(m-2)) == 1
}

// listed reports whether m, which the parser took for another name of i, is the second name of a list: "Japan, South
// Korea and Russia".
func (b *clauseBuilder) listed(i, m int32) bool {
	if b.t.dep(m) != DepAppos {
		return false
	}
	for c := b.t.first[m]; c >= 0; c = b.t.next[c] {
		if b.t.dep(c) == DepConj {
			t := b.typeAt(i)
			return t != seeds.NoType && b.typeAt(m) == t && b.typeAt(c) == t
		}
	}
	return false
}

// typeAt is the type of the name that token i is part of, or of the one right behind the title that it is.
func (b *clauseBuilder) typeAt(i int32) Type {
	if m := b.w.nameAt[i]; m >= 0 {
		return b.d.Mentions[m].Type
	}
	if n := i + 1; int(n) < len(b.w.nameAt) && b.d.Tokens[n].Head == i && b.t.dep(n) == DepFlat && b.w.nameAt[n] >= 0 {
		return b.d.Mentions[b.w.nameAt[n]].Type
	}
	return seeds.NoType
}

func (b *clauseBuilder) group(k *Clause, role Role, prep Symbol, head int32) {
	b.arg(k, role, prep, head, head, true)
}

// has reports whether the clause has an argument in that role.
func (b *clauseBuilder) has(k *Clause, role Role) bool {
	for _, a := range b.d.Arguments[k.Args.First:k.Args.End] {
		if a.Role == role {
			return true
		}
	}
	return false
}

func (b *clauseBuilder) hasPrep(k *Clause, prep Symbol) bool {
	for _, a := range b.d.Arguments[k.Args.First:k.Args.End] {
		if a.Role == RolePrep && a.Prep == prep {
			return true
		}
	}
	return false
}

// prep is the preposition of a phrase: the lemma of its first case marker (of "ahead of" that is "ahead"), 0 if none.
func (b *clauseBuilder) prep(i int32) Symbol { return b.t.prep(i, b.sym.to) }
