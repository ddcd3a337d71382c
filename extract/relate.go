package extract

import (
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

// A relater matches rules against clauses. Rules are indexed by their triggers, so that a clause costs what its own
// word triggers and not what there are rules.
type relater struct {
	know      *seeds.Knowledge
	words     *wordClasses
	rules     []matcher
	symmetric map[string]bool         // relations
	to        Symbol                  // the preposition
	triggers  [3]map[Symbol][]trigger // by PredicateKind and lemma
}

// A trigger leads from a word to a rule.
type trigger struct {
	rule           int32
	particle, prep Symbol
}

// A matcher is a rule in terms of symbols.
type matcher struct {
	*rule.Rule
	relation        *rule.Relation
	slots           []slot
	conds           []cond
	subject, object int // indexes into slots; equal for a paired rule
	polarity        Polarity
	modality        Modality
	setsModality    bool
}

type slot struct {
	name     string
	class    rule.Class
	optional bool
	roles    []rolePath
}

type cond struct {
	negated bool
	clause  bool // asks whether the clause is negative
	role    rolePath
	words   []Symbol
}

// relateWork is the memory of the relater.
type relateWork struct {
	filled    [][]Filler
	heads     []int32
	spare     []int32
	count     []int32 // by entity: its names
	owners    []int32 // whom a group acts for
	speakers  []Filler
	country   int32   // the polity that the article is about, or -1
	mentionAt []int32 // by token: the mention that it heads or lies in, resolved ones first, or -1
}

// newRelater compiles the rules of a set; every word of theirs is in the lexicon.
func newRelater(set *rule.Set, lex *Lexicon, w *wordClasses) *relater {
	r := &relater{words: w, rules: make([]matcher, len(set.Rules)), symmetric: make(map[string]bool), to: lex.Find("to")}
	for _, rel := range set.Relations {
		r.symmetric[rel.Name] = rel.Symmetric
	}
	for k := range r.triggers {
		r.triggers[k] = make(map[Symbol][]trigger)
	}
	for i := range set.Rules {
		src := &set.Rules[i]
		m := matcher{Rule: src, relation: set.Relation(src.Relation)}
		for _, s := range src.Slots {
			m.slots = append(m.slots, compileSlot(s, lex))
		}
		for _, c := range src.Conds {
			m.conds = append(m.conds, cond{negated: c.Negated, clause: c.Role == rule.NegativeClause, role: compileRole(c.Role, lex), words: symbols(c.Words, lex)})
		}
		m.subject = slices.IndexFunc(src.Slots, func(s rule.Slot) bool { return s.Name == src.Params[0] })
		m.object = slices.IndexFunc(src.Slots, func(s rule.Slot) bool { return s.Name == src.Params[len(src.Params)-1] })
		if src.Set.Polarity == Negative.String() {
			m.polarity = Negative
		}
		if i := slices.Index([]string{"actual", "planned", "possible", "requested"}, src.Set.Modality); i >= 0 {
			m.modality, m.setsModality = Modality(i), true
		}
		r.rules[i] = m
		for _, t := range src.Triggers {
			kind := [...]PredicateKind{rule.Verb: VerbPredicate, rule.Noun: NounPredicate, rule.Adj: AdjPredicate}[t.Kind]
			word := lex.Find(t.Word)
			r.triggers[kind][word] = append(r.triggers[kind][word], trigger{int32(i), lex.Find(t.Particle), lex.Find(t.Prep)})
		}
	}
	return r
}

func compileSlot(s rule.Slot, lex *Lexicon) slot {
	c := slot{name: s.Name, class: s.Class, optional: s.Optional}
	for _, name := range s.Roles {
		c.roles = append(c.roles, compileRole(name, lex))
	}
	return c
}

func symbols(words []string, lex *Lexicon) []Symbol {
	out := make([]Symbol, len(words))
	for i, w := range words {
		out[i] = lex.Find(w)
	}
	return out
}

// ruleWords are all words that newRelater looks up, for the lexicon.
func ruleWords(set *rule.Set) []string {
	var all []string
	for _, l := range set.Lists {
		all = append(all, l.Words...)
		for _, w := range l.Words { // and the parts of phrasal verbs, and what titles write
			all = append(append(all, strings.Split(w, "-")...), capital(w))
		}
	}
	for i := range set.Rules {
		for _, t := range set.Rules[i].Triggers {
			all = append(all, t.Word, t.Particle, t.Prep)
		}
		for _, s := range set.Rules[i].Slots {
			for _, role := range s.Roles {
				all = append(all, rule.SplitRole(role)...)
			}
		}
		for _, c := range set.Rules[i].Conds {
			all = append(append(all, c.Words...), rule.SplitRole(c.Role)...)
		}
	}
	return all
}

// run fills d.Relations.
func (r *relater) run(d *Document) {
	m := r.start(d)
	for i := range d.Clauses {
		k := &d.Clauses[i]
		m.at = int32(i)
		for _, t := range r.triggers[k.Kind][k.Lemma] {
			m.look(k, t)
		}
	}
}

// runRule fills d.Relations with what rule i alone states.
func (r *relater) runRule(d *Document, i int32) {
	m := r.start(d)
	d.Relations = d.Relations[:0]
	for c := range d.Clauses {
		k := &d.Clauses[c]
		m.at = int32(c)
		for _, t := range r.triggers[k.Kind][k.Lemma] {
			if t.rule == i {
				m.look(k, t)
			}
		}
	}
}

func (r *relater) start(d *Document) *relating {
	m := &relating{relater: r, resolver: resolver{d: d, t: &d.work.clause.tree, classes: r.words, know: r.know}}
	m.index()
	return m
}

// relating is one run of a relater over one document.
type relating struct {
	*relater
	resolver
	at int32 // the clause that is looked at
}

// triggered reports whether the clause has the particle and the preposition that the trigger asks for.
func (m *relating) triggered(k *Clause, t trigger) bool {
	if t.particle != k.Particle && !(k.Particle == 0 && m.hasAdverb(k.Predicate, t.particle)) {
		return false
	}
	if t.prep == 0 {
		return true
	}
	w := &m.d.work.relate
	w.heads = m.outer(w.heads[:0], k, roleLink{role: RolePrep, prep: t.prep})
	return len(w.heads) > 0
}

// hasAdverb finds a particle that the parser took for an adverb or a preposition.
func (m *relating) hasAdverb(i int32, particle Symbol) bool {
	for c := m.t.first[i]; c >= 0; c = m.t.next[c] {
		if m.d.Tokens[c].Lemma == particle && m.t.dep(c) == DepAdvmod {
			return true
		}
	}
	return false
}

// An outcome says how far a rule came on a clause.
type outcome struct {
	step step
	slot int // the slot that stayed empty, or the condition that spoke against it
}

type step uint8

const (
	fired        step = iota
	noWord            // the particle or preposition of the trigger is not there
	spokeAgainst      // a condition
	empty             // a slot found nothing of its class
	oneOnly           // subject and object are the same, or a pair has one member
)

// look tries a rule that one of its triggers led to and appends what it states.
func (m *relating) look(k *Clause, t trigger) outcome {
	if !m.triggered(k, t) {
		return outcome{step: noWord}
	}
	r := &m.rules[t.rule]
	for i := range r.conds {
		if m.holds(k, &r.conds[i]) == r.conds[i].negated {
			return outcome{spokeAgainst, i}
		}
	}
	filled := m.filled(len(r.slots))
	for i := range r.slots {
		if filled[i] = m.fill(k, &r.slots[i], filled[i][:0]); len(filled[i]) == 0 && !r.slots[i].optional {
			return outcome{empty, i}
		}
	}
	got := outcome{step: oneOnly}
	subjects, objects := filled[r.subject], filled[r.object]
	for i := range subjects {
		if r.subject == r.object {
			objects = subjects[i+1:]
		}
		for j := range objects {
			if !same(subjects[i], objects[j]) {
				m.state(k, r, subjects[i], objects[j], filled)
				got = outcome{}
			}
		}
	}
	return got
}

func (m *relating) filled(n int) [][]Filler {
	w := &m.d.work.relate
	for len(w.filled) < n {
		w.filled = append(w.filled, nil)
	}
	return w.filled[:n]
}

// same reports whether two fillers are one and the same.
func same(a, b Filler) bool {
	return a.Entity >= 0 && a.Entity == b.Entity || a.Entity < 0 && b.Entity < 0 && a.Head == b.Head
}

// holds reports whether the head word of an argument in the condition's role is one of its words, or the clause is
// negative where the condition asks for that.
func (m *relating) holds(k *Clause, c *cond) bool {
	if c.clause {
		return k.Polarity == Negative
	}
	for _, head := range m.heads(k, c.role) {
		if len(c.words) == 0 || slices.Contains(c.words, m.d.Tokens[head].Lemma) {
			return true
		}
	}
	return false
}

// isExtra reports whether a slot takes words, not somebody.
func (s *slot) isExtra() bool { return s.name == "office" || s.name == "kin" || s.name == "topic" }

// fill appends what the first of the slot's roles that has a filler of its class is filled with.
func (m *relating) fill(k *Clause, s *slot, to []Filler) []Filler {
	for i := range s.roles {
		for _, head := range m.heads(k, s.roles[i]) {
			if s.isExtra() {
				to = append(to, Filler{Entity: -1, Head: head, Span: m.t.span(head)})
			} else {
				to = m.resolve(head, s.class, to)
			}
		}
		if len(to) > 0 {
			return to
		}
	}
	return to
}

// state appends a relation.
func (m *relating) state(k *Clause, r *matcher, subject, object Filler, filled [][]Filler) {
	rel := Relation{Name: r.relation.Name, Subject: subject, Object: object, Polarity: k.Polarity, Modality: k.Modality,
		Tense: k.Tense, Time: k.Time, Place: -1, Topic: k.Topic, AttributedTo: k.Speaker, Plover: r.relation.Plover,
		Cameo: r.relation.Cameo, Rule: r.Name, Sentence: k.Sentence, Trigger: m.d.Tokens[k.Predicate].Span, clause: m.at}
	if r.Set.Cameo != "" {
		rel.Cameo = r.Set.Cameo
	}
	if r.polarity == Negative {
		rel.Polarity = Negative - rel.Polarity
	}
	if r.setsModality {
		rel.Modality = r.modality
	}
	if object.Head >= 0 && rel.Topic == m.t.span(object.Head) { // in "insists on talks" they are what is insisted on
		rel.Topic = Span{}
	}
	for i, s := range r.slots {
		if len(filled[i]) == 0 {
			continue
		}
		switch s.name {
		case "office":
			rel.Office = m.title(filled[i][0].Head)
		case "kin":
			rel.Kin = filled[i][0].Span
		case "topic": // what was criticized, where the object is whom it belongs to
			if filled[i][0].Head != object.Head {
				rel.Topic = filled[i][0].Span
			}
		}
	}
	if !rel.AttributedTo.IsZero() {
		rel.AttributedTo.Filler = m.speaker(rel.AttributedTo.Filler)
	}
	if k.Place >= 0 {
		rel.Place = m.d.Mentions[k.Place].Entity
	}
	rel.Evidence = m.evidence(k, rel.Trigger)
	m.d.Relations = append(m.d.Relations, rel)
}

// title is the span of the words that name an office: "prime minister", without article and polity.
func (m *relating) title(head int32) Span {
	first := head
	for c := m.t.first[head]; c >= 0 && c < head; c = m.t.next[c] {
		switch m.t.dep(c) {
		case DepAmod, DepCompound:
			if m.d.work.clause.nameAt[c] < 0 {
				first = min(first, c)
			}
		}
	}
	return Span{m.d.Tokens[first].Start, m.d.Tokens[head].End}
}

// evidence is the span from the first to the last argument of the clause.
func (m *relating) evidence(k *Clause, trigger Span) Span {
	s := trigger
	for _, a := range m.d.Arguments[k.Args.First:k.Args.End] {
		s.Start, s.End = min(s.Start, a.Span.Start), max(s.End, a.Span.End)
	}
	sentence := m.d.Sentences[k.Sentence].Span
	return Span{max(s.Start, sentence.Start), min(s.End, sentence.End)}
}
