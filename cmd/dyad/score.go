package main

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
)

// This file compares what dyad found in an article with what people found in it. The measures:
//
//	mention      exact span and type, names only
//	linking      a name mention's span and the name of its entity
//	coreference  a nominal's or pronoun's span and the name of its entity (of a group, of each member)
//	marked       as coreference, of the spans that the gold marks
//	strict       relation, both arguments, polarity and modality
//	label        relation and both arguments
//	event        as label, only relations that have a PLOVER class (no offices, memberships, places)
//	class        PLOVER class (of state relations: the relation itself) and both arguments
//	pair         both arguments in either order, whatever the relation
//
// An entity matches when one of its names or mention texts equals one of the gold entity's; a phrase matches on its
// head word or on half of its words. Duplicates within an article count once.

// A goldArticle is an article with what people found in it.
type goldArticle struct {
	ID        string         `json:"id"`
	Genre     string         `json:"genre"`
	Text      string         `json:"text"`
	Sentences [][2]int       `json:"sentences"`
	Entities  []goldMention  `json:"entities"`
	Coref     []goldMention  `json:"coreference"`
	Relations []goldRelation `json:"relations"`
}

// settle moves each span of coreference that lies inside a word, as a gold made by searching for words has them ("he" in
// "the"), to the next whole word of the same letters that no other span has.
func (g *goldArticle) settle() {
	text := []rune(g.Text)
	isLetter := func(i int) bool { return i >= 0 && i < len(text) && unicode.IsLetter(text[i]) }
	isBroken := func(start, end int) bool {
		return isLetter(start-1) && isLetter(start) || isLetter(end-1) && isLetter(end)
	}
	isTaken := func(start, end int) bool {
		return slices.ContainsFunc(g.Coref, func(m goldMention) bool { return m.Start == start && m.End == end })
	}
	for k := range g.Coref {
		m := &g.Coref[k]
		if m.Start < 0 || m.End > len(text) || m.Start >= m.End || !isBroken(m.Start, m.End) {
			continue
		}
		n := m.End - m.Start
		for i := m.End; i+n <= len(text); i++ {
			if slices.Equal(text[i:i+n], text[m.Start:m.End]) && !isBroken(i, i+n) && !isTaken(i, i+n) {
				m.Start, m.End = i, i+n
				break
			}
		}
	}
}

type goldMention struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Type  string `json:"type"`
	Name  string `json:"name"`
}

type goldRelation struct {
	Sentence int    `json:"sentence"`
	Subject  string `json:"subject"`
	Relation string `json:"relation"`
	Object   string `json:"object"`
	Polarity string `json:"polarity"`
	Modality string `json:"modality"`
}

// A foundArticle is what `dyad extract --format json` writes of an article, as far as it is scored.
type foundArticle struct {
	ID        string          `json:"id"`
	Text      *string         `json:"text"`
	Mentions  []foundMention  `json:"mentions"`
	Entities  []foundEntity   `json:"entities"`
	Relations []foundRelation `json:"relations"`
}

type foundMention struct {
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Text   string `json:"text"`
	Type   string `json:"type"`
	Kind   string `json:"kind"`
	Entity *int   `json:"entity"`
}

func (m foundMention) isName() bool { return m.Kind == "" || m.Kind == "name" }

type foundEntity struct {
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Members []int    `json:"members"`
}

type foundRelation struct {
	Relation string      `json:"relation"`
	Subject  foundFiller `json:"subject"`
	Object   foundFiller `json:"object"`
	Polarity string      `json:"polarity"`
	Modality string      `json:"modality"`
	Evidence struct {
		Sentence int `json:"sentence"`
	} `json:"evidence"`
}

type foundFiller struct {
	Entity *int   `json:"entity"`
	Phrase string `json:"phrase"`
	Head   string `json:"head"`
}

// A count compares two sets: what both have, what the gold has, what was found.
type count struct{ both, gold, found int }

func (c *count) add(d count) { c.both += d.both; c.gold += d.gold; c.found += d.found }

func (c count) precision() float64 { return ratio(c.both, c.found) }
func (c count) recall() float64    { return ratio(c.both, c.gold) }

func (c count) f1() float64 {
	p, r := c.precision(), c.recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// A level is how closely two relations must agree.
type level int

const (
	strict level = iota
	label
	event
	class
	pair
	levels
)

func (l level) String() string { return [...]string{"strict", "label", "event", "class", "pair"}[l] }

// classes are the relations of each PLOVER class; a relation without one is a state.
var classes = map[string]string{
	"met": "CONSULT", "visited": "CONSULT", "hosted": "CONSULT", "spokeWith": "CONSULT", "negotiatedWith": "CONSULT",
	"mediated": "CONSULT", "agreedWith": "AGREE", "signed": "AGREE", "promised": "AGREE", "supports": "SUPPORT",
	"recognized": "SUPPORT", "cooperatesWith": "COOPERATE", "alliedWith": "COOPERATE", "tradedWith": "COOPERATE",
	"aided": "AID", "urged": "REQUEST", "accused": "ACCUSE", "criticized": "ACCUSE", "opposes": "REJECT",
	"disagreesWith": "REJECT", "denied": "REJECT", "threatened": "THREATEN", "protestedAgainst": "PROTEST",
	"sanctioned": "SANCTION", "severedTiesWith": "SANCTION", "withdrewFrom": "RETREAT", "freed": "CONCEDE",
	"yieldedTo": "CONCEDE", "deployedTo": "MOBILIZE", "arrested": "COERCE", "seized": "COERCE",
	"investigates": "COERCE", "attacked": "ASSAULT", "killed": "ASSAULT", "fights": "ASSAULT",
}

// symmetric relations match in either order.
var symmetric = wordSet("met spokeWith negotiatedWith agreedWith cooperatesWith alliedWith tradedWith disagreesWith fights relativeOf alsoKnownAs")

// An argument is an entity, by all its names, or a phrase.
type argument struct {
	names  []string // normalised and sorted; nil for a phrase
	phrase string
	head   string // of a found phrase, as the program gives it
}

// key tells arguments apart when duplicates are dropped.
func (a argument) key() string {
	if len(a.names) > 0 {
		return a.names[0]
	}
	return normalise(a.phrase)
}

func (a argument) hasName(name string) bool {
	_, ok := slices.BinarySearch(a.names, name)
	return ok
}

// matches reports whether found argument f is gold argument a.
func (a argument) matches(f argument) bool {
	switch {
	case len(a.names) > 0:
		return slices.ContainsFunc(f.names, a.hasName) || f.phrase != "" && a.hasName(normalise(f.phrase))
	case f.phrase != "":
		return f.headWord() == a.headWord() || overlap(a.phrase, f.phrase) >= 0.5
	}
	return slices.ContainsFunc(f.names, func(name string) bool { return overlap(a.phrase, name) >= 0.5 })
}

// headWord is the phrase's head without its plural ending: the one given, or else the last word before a preposition.
func (a argument) headWord() string {
	if given := stem(normalise(a.head)); given != "" {
		return given
	}
	last := ""
	for word := range strings.FieldsSeq(normalise(a.phrase)) {
		if last != "" && prepositions[word] {
			break
		}
		last = word
	}
	return stem(last)
}

// A statement is a relation of either side, ready for comparison.
type statement struct {
	relation           string
	subject, object    argument
	polarity, modality string
	sentence           int
}

// key is what a level compares besides the arguments.
func (s statement) key(l level) string {
	switch l {
	case strict:
		return s.relation + " " + s.polarity + " " + s.modality
	case class:
		if c := classes[s.relation]; c != "" {
			return c
		}
	case pair:
		return ""
	}
	return s.relation
}

func (s statement) eitherWay(l level) bool { return l == pair || symmetric[s.relation] }

// matches reports whether found statement f says the same as gold statement s.
func (s statement) matches(l level, f statement) bool {
	if s.key(l) != f.key(l) {
		return false
	}
	return s.subject.matches(f.subject) && s.object.matches(f.object) ||
		s.eitherWay(l) && s.subject.matches(f.object) && s.object.matches(f.subject)
}

// goldStatements are the relations that people found.
func goldStatements(g *goldArticle) []statement {
	points := []rune(g.Text)
	names := map[string][]string{}
	for _, e := range g.Entities {
		names[e.Name] = append(names[e.Name], normalise(e.Name), normalise(between(points, e.Start, e.End)))
	}
	arg := func(s string) argument {
		if strings.HasPrefix(s, "[") {
			return argument{phrase: s[1 : len(s)-1]}
		}
		return argument{names: nameSet(append(slices.Clone(names[s]), normalise(s)))}
	}
	list := make([]statement, 0, len(g.Relations))
	for _, r := range g.Relations {
		list = append(list, statement{r.Relation, arg(r.Subject), arg(r.Object), cmp.Or(r.Polarity, "positive"), cmp.Or(r.Modality, "actual"), r.Sentence})
	}
	return list
}

// foundStatements are the relations that the program found. The gold does not tell requested from possible.
func foundStatements(f *foundArticle) []statement {
	names := entityNames(f)
	arg := func(a foundFiller) argument {
		if a.Entity != nil {
			return argument{names: nameSet(names[*a.Entity])}
		}
		return argument{phrase: a.Phrase, head: a.Head}
	}
	list := make([]statement, 0, len(f.Relations))
	for _, r := range f.Relations {
		modality := cmp.Or(r.Modality, "actual")
		if modality == "requested" {
			modality = "possible"
		}
		list = append(list, statement{r.Relation, arg(r.Subject), arg(r.Object), cmp.Or(r.Polarity, "positive"), modality, r.Evidence.Sentence})
	}
	return list
}

// entityNames are, for each entity found, its name, its aliases and the words of its name mentions.
func entityNames(f *foundArticle) [][]string {
	names := make([][]string, len(f.Entities))
	for i, e := range f.Entities {
		names[i] = append(names[i], normalise(e.Name))
		for _, alias := range e.Aliases {
			names[i] = append(names[i], normalise(alias))
		}
	}
	for _, m := range f.Mentions {
		if m.Entity != nil && m.isName() {
			names[*m.Entity] = append(names[*m.Entity], normalise(m.Text))
		}
	}
	return names
}

// compare matches found statements to gold ones, each once, and returns what remains on either side.
func compare(l level, gold, found []statement) (c count, missed, wrong []statement) {
	if l == event {
		isState := func(s statement) bool { return classes[s.relation] == "" }
		gold = slices.DeleteFunc(slices.Clone(gold), isState)
		found = slices.DeleteFunc(slices.Clone(found), isState)
	}
	gold, found = distinct(l, gold), distinct(l, found)
	used := make([]bool, len(found))
	for _, g := range gold {
		i := 0
		for i < len(found) && (used[i] || !g.matches(l, found[i])) {
			i++
		}
		if i == len(found) {
			missed = append(missed, g)
			continue
		}
		used[i] = true
		c.both++
	}
	for i, f := range found {
		if !used[i] {
			wrong = append(wrong, f)
		}
	}
	c.gold, c.found = len(gold), len(found)
	return c, missed, wrong
}

// distinct drops statements that say the same as an earlier one.
func distinct(l level, list []statement) []statement {
	seen := map[[3]string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(s statement) bool {
		k := [3]string{s.key(l), s.subject.key(), s.object.key()}
		if s.eitherWay(l) && k[1] > k[2] {
			k[1], k[2] = k[2], k[1]
		}
		again := seen[k]
		seen[k] = true
		return again
	})
}

// A place is a span of text with what was said of it: a type, or a name.
type place struct {
	start, end int
	what       string
}

// countByType compares name mentions by span and type, for each type and for "all".
func countByType(g *goldArticle, f *foundArticle) map[string]count {
	gold, found := map[place]bool{}, map[place]bool{}
	for _, e := range g.Entities {
		gold[place{e.Start, e.End, e.Type}] = true
	}
	for _, m := range f.Mentions {
		if m.isName() {
			found[place{m.Start, m.End, m.Type}] = true
		}
	}
	counts := map[string]count{}
	add := func(p place, c count) {
		for _, what := range []string{p.what, "all"} {
			sum := counts[what]
			sum.add(c)
			counts[what] = sum
		}
	}
	for p := range gold {
		if found[p] {
			add(p, count{1, 1, 1})
		} else {
			add(p, count{0, 1, 0})
		}
	}
	for p := range found {
		if !gold[p] {
			add(p, count{0, 0, 1})
		}
	}
	return counts
}

// countReferents compares spans and the names of what they refer to. An entity has the gold's name when it is one of
// the entity's names; a group is right when each of its members is, and no other. marked leaves out what was found on
// spans that the gold says nothing of, which it does not always do because they refer to nobody.
func countReferents(g *goldArticle, gold []goldMention, f *foundArticle, take func(foundMention) bool) (all, marked count) {
	type span struct{ start, end int }
	referents := map[span][]string{}
	for _, m := range gold {
		referents[span{m.Start, m.End}] = g.members(m.Name)
	}
	all.gold, marked.gold = len(referents), len(referents)
	names := entityNames(f)
	for _, m := range f.Mentions {
		if m.Entity == nil || !take(m) {
			continue
		}
		all.found++
		at := span{m.Start, m.End}
		want, ok := referents[at]
		if !ok {
			continue
		}
		marked.found++
		members := f.Entities[*m.Entity].Members
		if len(members) == 0 {
			members = []int{*m.Entity}
		}
		if areCalled(members, want, names) {
			all.both++
			marked.both++
			delete(referents, at)
		}
	}
	return all, marked
}

// members are the names of those that the gold's name stands for: of a group "A & B", both.
func (g *goldArticle) members(name string) []string {
	parts := strings.Split(name, " & ")
	for _, part := range parts {
		if !slices.ContainsFunc(g.Entities, func(e goldMention) bool { return e.Name == part }) {
			return []string{name}
		}
	}
	return parts
}

// areCalled reports whether the members are as many as the names, and have all of them; names has the names of each
// entity.
func areCalled(members []int, want []string, names [][]string) bool {
	return len(members) == len(want) && !slices.ContainsFunc(want, func(name string) bool {
		return !slices.ContainsFunc(members, func(e int) bool { return slices.Contains(names[e], normalise(name)) })
	})
}

// nameSet sorts names and drops duplicates.
func nameSet(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return slices.Compact(names)
}

// normalise folds case and drops possessives, punctuation, a leading article and extra blanks.
func normalise(s string) string {
	var b strings.Builder
	points := []rune(cases.Fold().String(s))
	for i := 0; i < len(points); i++ {
		switch r := points[i]; {
		case strings.ContainsRune(".’'", r) && i+1 < len(points) && points[i+1] == 's' &&
			(i+2 == len(points) || !isWordRune(points[i+2])):
			i++
		case strings.ContainsRune(".,;:'\"“”‘’()[]", r):
		default:
			b.WriteRune(r)
		}
	}
	s = b.String()
	for _, article := range []string{"the ", "an ", "a "} {
		if rest, ok := strings.CutPrefix(s, article); ok {
			s = rest
			break
		}
	}
	return strings.Join(strings.Fields(s), " ")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

// stem drops the ending of a plural.
func stem(word string) string {
	if s, ok := strings.CutSuffix(word, "ies"); ok {
		return s + "y"
	}
	if s, ok := strings.CutSuffix(word, "es"); ok {
		return s
	}
	return strings.TrimSuffix(word, "s")
}

// overlap is how many words two phrases share, from 0 to 1; words that carry no meaning do not count.
func overlap(a, b string) float64 {
	stems := func(s string) map[string]bool {
		set := map[string]bool{}
		for word := range strings.FieldsSeq(normalise(s)) {
			if !stopWords[word] {
				set[stem(word)] = true
			}
		}
		return set
	}
	x, y := stems(a), stems(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	shared := 0
	for word := range x {
		if y[word] {
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(x)+len(y))
}

var (
	stopWords    = wordSet("the a an of in on at to for with by from and or its his her their this that")
	prepositions = wordSet("of in on at to for with by from against over about between into under who which that")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// between returns the text from code point start to end.
func between(points []rune, start, end int) string {
	start = min(max(start, 0), len(points))
	return string(points[start:min(max(end, start), len(points))])
}
