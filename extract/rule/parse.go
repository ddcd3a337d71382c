package rule

import (
	"slices"
	"strings"
)

// Parse reads one file. The error, if any, is an ErrorList with every mistake; the File then holds what could be read.
func Parse(name, src string) (*File, error) {
	p := &parser{file: &File{Name: name}}
	s := scanner{file: name, errs: &p.errs}
	s.scan(src)
	p.file.Doc = s.fileDoc
	for i := range s.statements {
		p.statement(&s.statements[i])
	}
	p.checkRules()
	return p.file, p.errs.err()
}

type parser struct {
	file *File
	errs ErrorList
	rule *Rule // the rule that indented statements belong to, or nil
	st   *statement
	next int // index into st.tokens
}

// spoiled is panicked with where the rest of a statement cannot be understood.
type spoiled struct{}

// statement parses one statement. It is the one place where a panic of the parser ends.
func (p *parser) statement(st *statement) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(spoiled); !ok {
				panic(r)
			}
		}
	}()
	p.st, p.next = st, 0
	switch {
	case !st.indented:
		p.declaration()
	case p.rule == nil:
		p.fail(st.pos, "indented line outside a rule: start a declaration in the first column, or end the line above with a comma to go on")
	case st.example != "":
		p.example()
	default:
		p.body()
	}
	p.end()
}

func (p *parser) fail(pos Pos, format string, args ...any) {
	p.errs.add(pos, format, args...)
	panic(spoiled{})
}

func (p *parser) peek() token {
	if p.next < len(p.st.tokens) {
		return p.st.tokens[p.next]
	}
	return p.st.end
}

func (p *parser) take() token {
	t := p.peek()
	p.next++
	return t
}

// accept takes the punctuation mark or keyword if it comes next.
func (p *parser) accept(text string) bool {
	if p.peek().text == text {
		p.next++
		return true
	}
	return false
}

func (p *parser) expect(text, after string) {
	if t := p.take(); t.text != text {
		p.unexpected(t, "%q %s", text, after)
	}
}

func (p *parser) unexpected(t token, format string, args ...any) {
	found := "the line ends"
	if t.text != "" {
		found = "found " + quote(t.text)
	}
	p.fail(t.pos, found+", want "+format, args...)
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, "%", "%%") + `"` }

// word takes a word, not a $name.
func (p *parser) word(what string) token {
	t := p.take()
	if !t.word || t.text[0] == '$' {
		p.unexpected(t, "%s", what)
	}
	return t
}

// keyword takes a word of a fixed vocabulary; another one is reported, and parsing goes on.
func (p *parser) keyword(what string, known []string) string {
	t := p.word(what)
	if !slices.Contains(known, t.text) {
		p.errs.add(t.pos, "unknown %s %q: %s", what, t.text, oneOf(t.text, known))
	}
	return t.text
}

func (p *parser) class() Class {
	return Class(max(0, slices.Index(classNames[:], p.keyword("class", classNames[:]))))
}

func (p *parser) end() {
	if t := p.peek(); t.text != "" {
		p.unexpected(t, "the end of the line")
	}
}

func (p *parser) declaration() {
	p.rule = nil
	if p.st.example != "" {
		p.fail(p.st.pos, "example in the first column: indent it under its rule")
	}
	switch t := p.take(); t.text {
	case "relation":
		p.relation(t.pos)
	case "words":
		p.list(t.pos)
	case "rule":
		p.ruleHead(t.pos)
	default:
		p.unexpected(t, "a declaration: relation, words or rule (indent what belongs to a rule)")
	}
}

// doc is the comment above a declaration and the one behind it.
func (p *parser) doc() string {
	if p.st.doc == "" || p.st.comment == "" {
		return p.st.doc + p.st.comment
	}
	return p.st.doc + "\n" + p.st.comment
}

// relation NAME(CLASS, CLASS) [symmetric] [class PLOVER] [cameo CODE]
func (p *parser) relation(pos Pos) {
	r := Relation{Pos: pos, Doc: p.doc(), Name: p.word("the relation's name").text}
	p.expect("(", "after the relation's name")
	r.Subject = p.class()
	p.expect(",", "between the classes of subject and object")
	r.Object = p.class()
	p.expect(")", "after the classes")
	for p.peek().text != "" {
		switch t := p.take(); t.text {
		case "symmetric":
			r.Symmetric = true
		case "class":
			r.Plover = p.keyword("PLOVER class", plover)
		case "cameo":
			r.Cameo = p.cameo()
		default:
			p.unexpected(t, "symmetric, class or cameo")
		}
	}
	if r.Symmetric && r.Subject != r.Object {
		p.errs.add(pos, "symmetric relation %q has two classes: give both arguments the same", r.Name)
	}
	p.file.Relations = append(p.file.Relations, r)
}

func (p *parser) cameo() string {
	t := p.word("a CAMEO code")
	if len(t.text) < 2 || len(t.text) > 4 || strings.Trim(t.text, "0123456789") != "" {
		p.errs.add(t.pos, "CAMEO code %q: want two to four digits, such as 042", t.text)
	}
	return t.text
}

// words NAME = WORD, …
func (p *parser) list(pos Pos) {
	l := List{Pos: pos, Doc: p.doc(), Name: p.word("the list's name").text}
	p.expect("=", "after the list's name")
	for {
		l.Words = append(l.Words, p.word("a word").text)
		if !p.accept(",") {
			break
		}
	}
	p.end()
	p.file.Lists = append(p.file.Lists, l)
}

// rule NAME/VARIANT -> RELATION(SLOT, SLOT)
func (p *parser) ruleHead(pos Pos) {
	p.file.Rules = append(p.file.Rules, Rule{Pos: pos, Doc: p.doc()})
	r := &p.file.Rules[len(p.file.Rules)-1]
	p.rule = r
	r.Name = p.word("the rule's name").text
	for p.accept("/") {
		r.Name += "/" + p.word("the rule's name").text
	}
	p.expect("->", "after the rule's name")
	r.Relation = p.word("a relation").text
	p.expect("(", "after the relation")
	for {
		r.Params = append(r.Params, p.word("a slot").text)
		if !p.accept(",") {
			break
		}
	}
	if len(r.Params) > 2 {
		p.errs.add(pos, "rule %q gives %d arguments: want two, or one slot for a pair", r.Name, len(r.Params))
	}
	p.expect(")", "after the slots")
}

// body parses a statement of a rule that is not an example.
func (p *parser) body() {
	switch t := p.take(); {
	case t.word && p.isSlot():
		p.slot(t)
	case slices.Contains(kindNames[:], t.text):
		p.triggers(Kind(slices.Index(kindNames[:], t.text)))
	case t.text == "not" || t.text == "if":
		p.cond(t)
	case t.text == "set":
		p.settings(t.pos)
	default:
		p.unexpected(t, "verb, noun, adj, not, if, set, a slot (name: class = role | …) or an example (+ - ?)")
	}
}

// isSlot reports whether the word just taken names a slot: a colon, or "?:", follows.
func (p *parser) isSlot() bool {
	return p.peek().text == ":" || p.peek().text == "?"
}

// verb WORD, WORD+PARTICLE, WORD/PREP, $LIST …
func (p *parser) triggers(kind Kind) {
	for {
		t := p.wordOrList("a trigger word or $list")
		trigger := Trigger{Pos: t.pos, Kind: kind, Word: t.text}
		if p.accept("+") {
			trigger.Particle = p.word("a particle after +").text
		}
		if p.accept("/") {
			trigger.Prep = p.keyword("preposition", prepositions)
		}
		p.rule.Triggers = append(p.rule.Triggers, trigger)
		if !p.accept(",") {
			break
		}
	}
}

func (p *parser) wordOrList(what string) token {
	t := p.take()
	if !t.word {
		p.unexpected(t, "%s", what)
	}
	return t
}

// NAME[?]: CLASS = ROLE | ROLE …
func (p *parser) slot(name token) {
	s := Slot{Pos: name.pos, Name: name.text, Optional: p.accept("?")}
	p.expect(":", "after the slot's name")
	s.Class = p.class()
	p.expect("=", "between the slot's class and its roles")
	for {
		s.Roles = append(s.Roles, p.role())
		if !p.accept("|") {
			break
		}
	}
	p.rule.Slots = append(p.rule.Slots, s)
}

// role takes a role, a preposition, or a path of them: "obj.with".
func (p *parser) role() string {
	t := p.word("a role")
	name := t.text
	for p.accept(".") {
		name += "." + p.word("a role after the dot").text
	}
	if !isRole(name) {
		p.errs.add(t.pos, "unknown role %q: %s", name, oneOf(name, slices.Concat(roles, prepositions)))
	}
	return name
}

// not|if negative, not|if ROLE[: WORD, $LIST …]
func (p *parser) cond(t token) {
	c := Cond{Pos: t.pos, Negated: t.text == "not"}
	if p.accept(NegativeClause) {
		c.Role = NegativeClause
		p.rule.Conds = append(p.rule.Conds, c)
		return
	}
	c.Role = p.role()
	if p.accept(":") {
		for {
			c.Words = append(c.Words, p.wordOrList("a word or $list").text)
			if !p.accept(",") {
				break
			}
		}
	}
	p.rule.Conds = append(p.rule.Conds, c)
}

// set [cameo CODE] [polarity P] [modality M]
func (p *parser) settings(pos Pos) {
	s := &p.rule.Set
	if s.Pos != (Pos{}) {
		p.fail(pos, "second set in rule %q: put all settings in one line", p.rule.Name)
	}
	s.Pos = pos
	for {
		switch t := p.take(); t.text {
		case "cameo":
			s.Cameo = p.cameo()
		case "polarity":
			s.Polarity = p.keyword("polarity", polarities)
		case "modality":
			s.Modality = p.keyword("modality", modalities)
		default:
			p.unexpected(t, "cameo, polarity or modality")
		}
		if p.peek().text == "" {
			return
		}
	}
}

// checkRules checks what each rule shows by itself, after all of it was read.
func (p *parser) checkRules() {
	for i := range p.file.Rules {
		r := &p.file.Rules[i]
		if len(r.Triggers) == 0 {
			p.errs.add(r.Pos, "rule %q has no trigger: add a line such as \"verb  oppose\"", r.Name)
		}
		p.checkSlots(r)
		p.checkTriggers(r)
	}
}

func (p *parser) checkSlots(r *Rule) {
	for _, name := range r.Params {
		switch s := r.Slot(name); {
		case s == nil:
			p.errs.add(r.Pos, "rule %q has no slot %q: add a line such as \"%s: actor = subj\"", r.Name, name, name)
		case s.Optional:
			p.errs.add(s.Pos, "slot %q is an argument of the relation: drop the question mark", name)
		}
	}
	if len(r.Params) == 2 && r.Params[0] == r.Params[1] {
		p.errs.add(r.Pos, "rule %q names slot %q twice: write it once for a pair", r.Name, r.Params[0])
	}
	for i, s := range r.Slots {
		if slices.IndexFunc(r.Slots, func(t Slot) bool { return t.Name == s.Name }) < i {
			p.errs.add(s.Pos, "slot %q is there twice: join the roles with |", s.Name)
		}
		if !slices.Contains(r.Params, s.Name) && !slices.Contains(extras, s.Name) {
			p.errs.add(s.Pos, "slot %q is no argument of rule %q: name it in the rule's first line, or use one of %s", s.Name, r.Name, strings.Join(extras, ", "))
		}
	}
}

func (p *parser) checkTriggers(r *Rule) {
	type key struct {
		kind Kind
		text string
	}
	seen := make(map[key]bool, len(r.Triggers))
	for _, t := range r.Triggers {
		k := key{t.Kind, t.String()}
		if seen[k] {
			p.errs.add(t.Pos, "trigger %q is there twice in rule %q: drop one", t.String(), r.Name)
		}
		seen[k] = true
	}
}
