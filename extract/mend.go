package extract

import "github.com/dyad-kg/dyad/seeds"

// A mender moves what the parser hangs where it can not belong, by what the recognizer and the calendar know: places and
// days have no parties ("met Saturday in Cairo with Abbas" is not about a Cairo with Abbas), days are times, a subject has
// no preposition ("the war between Iran and Iraq killed thousands"), and a finite verb has a subject ("After talks with
// Abbas, Rice left"). It looks at one token at a time; what a case is, each of its functions says.
type mender struct {
	joins [3]Symbol // prepositions that lead in another party
	of    Symbol
	by    Symbol
	words *wordClasses
}

func newMender(lex *Lexicon, w *wordClasses) *mender {
	return &mender{
		joins: [3]Symbol{lex.Find("with"), lex.Find("between"), lex.Find("against")},
		of:    lex.Find("of"), by: lex.Find("by"), words: w,
	}
}

// run corrects heads and relations of tokens; the trees stay trees.
func (m *mender) run(d *Document) {
	w := &d.work.mend
	w.name = resize(w.name, len(d.Tokens))
	clear(w.name)
	for i := range d.Mentions {
		if x := &d.Mentions[i]; x.Kind == Name {
			for t := x.Tokens.First; t < x.Tokens.End; t++ {
				w.name[t] = x.Type
			}
		}
	}
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			t := &d.Tokens[i]
			if t.Dep == DepCase || t.Dep == DepDet {
				m.lead(d, i)
			}
			switch {
			case t.Dep == DepCase && (m.joining(t.Lemma) || t.Lemma == m.of):
				m.phrase(d, i)
			case t.Dep == DepCase && t.Lemma == m.by:
				m.agent(d, t.Head, s.Tokens)
			case t.Dep == DepIobj:
				m.called(d, i, s.Tokens)
			case t.Dep == DepCase && t.Tag == TagVBG && m.words.is(t.Lemma, wordIncluding):
				m.example(d, i)
			case m.day(d, i):
				m.time(d, i, s.Tokens)
			case t.Dep == DepCc:
				m.joined(d, i)
			case t.Dep == DepConj && t.Tag == TagNN:
				m.described(d, i, s.Tokens)
			case t.Dep == DepOblUnmarked && t.Pos == PosNoun && m.words.is(t.Lemma, wordTemporal):
				m.today(d, i, s.Tokens)
			case t.Dep == DepXcomp && t.Tag == TagVB:
				m.verbal(d, i)
			case t.Dep == DepAcl && t.Tag == TagVB:
				m.asked(d, i)
			case t.Pos == PosVerb && t.Dep == DepConj:
				if i == s.Tokens.First || !m.said(d, i-1, i, s.Tokens) {
					m.conjoined(d, i, s.Tokens)
				}
			case t.Dep == DepAdvcl && t.Tag == TagVBG:
				m.result(d, i)
			case t.Pos == PosVerb && (t.Tag == TagVBD || t.Tag == TagVBZ || t.Tag == TagVBP):
				m.subject(d, i, s.Tokens)
			}
		}
	}
}

// example hangs what "including" leads in on the noun before it: "met several leaders, including Putin" is about no
// circumstance of the meeting.
func (m *mender) example(d *Document, including int32) {
	i := d.Tokens[including].Head
	x := d.Tokens[i]
	k := including - 1
	for k >= 0 && d.Tokens[k].Pos == PosPunct {
		k--
	}
	for k >= 0 && d.Tokens[k].Head >= 0 && d.Tokens[k].Head < k && d.Tokens[k].Head != x.Head {
		k = d.Tokens[k].Head
	}
	if x.Dep == DepObl && k >= 0 && d.Tokens[k].Head == x.Head && (d.Tokens[k].Pos == PosNoun || d.Tokens[k].Pos == PosPropn) {
		m.move(d, i, k, DepNmod)
	}
}

// agent makes a name behind "by" in a passive clause the one who acts: "was called illegal by Turkey".
func (m *mender) agent(d *Document, i int32, s Range) {
	v := d.Tokens[i].Head
	switch d.work.mend.name[i] {
	case seeds.Person, seeds.GPE, seeds.Org, seeds.NORP:
	default:
		return
	}
	if d.Tokens[i].Dep != DepObl || v > i {
		return
	}
	if d.Tokens[v].Dep == DepXcomp {
		v = d.Tokens[v].Head
	}
	if d.Tokens[v].Tag != TagVBN {
		return
	}
	for c := s.First; c < v; c++ {
		if t := &d.Tokens[c]; t.Head == v && (t.Dep == DepNsubjPass || t.Dep == DepAuxPass) {
			m.move(d, i, v, DepOblAgent)
			return
		}
	}
}

// called makes what stands between a verb of calling and what something is called its object: nothing is given to "Libya" in
// "called Libya an evil place".
func (m *mender) called(d *Document, i int32, s Range) {
	v := d.Tokens[i].Head
	if d.Tokens[v].Pos != PosVerb || !m.words.is(d.Tokens[v].Lemma, wordNaming) {
		return
	}
	for c := i + 1; c < s.End; c++ {
		if t := &d.Tokens[c]; t.Head == v && t.Dep == DepObj {
			d.Tokens[i].Dep, t.Dep = DepObj, DepXcomp
			return
		}
	}
}

// mendWork is the memory of the mender.
type mendWork struct {
	name []Type // by token: the type of the name that it is in
}

// phrase looks at the phrase that preposition p leads in: the head of its noun, and of its name where the preposition
// hangs on a title.
func (m *mender) phrase(d *Document, p int32) {
	i := d.Tokens[p].Head
	if i < p {
		return
	}
	if d.Tokens[i].Dep == DepNmodDesc && d.Tokens[i].Head > i { // "with President Putin"
		i = d.Tokens[i].Head
	}
	h := d.Tokens[i].Head
	switch d.Tokens[i].Dep {
	case DepNsubj, DepNsubjPass, DepObj:
		if b := p - 1; m.joining(d.Tokens[p].Lemma) && b >= 0 && h > p && d.Tokens[b].Pos == PosNoun && d.Tokens[b].Head == h {
			m.hang(d, i, b)
		}
	case DepNmod, DepObl:
		if h < 0 || h > p {
			return
		}
		if v := d.Tokens[h].Head; d.Tokens[p].Lemma == m.of {
			if v >= 0 && d.Tokens[h].Dep == DepObj && m.words.is(d.Tokens[v].Lemma, wordCharging) {
				m.hang(d, i, v)
			}
			return
		}
		g := h
		for g >= 0 && (m.place(d, g) || m.day(d, g)) {
			g = d.Tokens[g].Head
		}
		if g >= 0 && g != h && g < i {
			m.hang(d, i, g)
		}
	}
}

// lead hangs what leads a phrase in on its noun, not on the first of the words before that: "against the human rights
// violations".
func (m *mender) lead(d *Document, p int32) {
	i := d.Tokens[p].Head
	for i > p && d.Tokens[i].Dep == DepCompound && d.Tokens[i].Head > i {
		i = d.Tokens[i].Head
	}
	if i > p {
		m.move(d, p, i, d.Tokens[p].Dep)
	}
}

// time makes a day that stands for an argument a time; the noun right before it, if the parser hung it on the day, is the
// argument: "met the group Wednesday".
func (m *mender) time(d *Document, i int32, s Range) {
	t, b := &d.Tokens[i], i-1
	noun := b >= s.First && d.Tokens[b].Head == i && (d.Tokens[b].Pos == PosNoun || d.work.mend.name[b] != seeds.NoType)
	switch t.Dep {
	case DepNsubj, DepNsubjPass, DepObj, DepIobj, DepAppos:
	case DepObl, DepNmod, DepConj, DepRoot: // "is in Iran Saturday"
		if !noun {
			return
		}
	case DepCompound, DepNmodDesc:
		m.before(d, i, s)
		return
	default:
		return
	}
	if t.Head < 0 && !noun {
		return
	}
	if noun { // it takes the day's place
		for c := s.First; c < s.End; c++ {
			if d.Tokens[c].Head == i {
				d.Tokens[c].Head = b
			}
		}
		d.Tokens[b].Head, d.Tokens[b].Dep = t.Head, t.Dep
		if t.Head < 0 {
			t.Head = b
		}
	}
	if d.Tokens[t.Head].Pos == PosVerb {
		t.Dep = DepOblUnmarked
	} else {
		t.Dep = DepNmodUnmarked
	}
}

// before frees the name that day i stands before and that the parser took for one with it: "On Friday Lavrov met …". The
// preposition is the day's, and the name is the subject of a verb that has none.
func (m *mender) before(d *Document, i int32, s Range) {
	n := d.Tokens[i].Head
	v := d.Tokens[n].Head
	if n < i || v < n || d.work.mend.name[n] == seeds.NoType || d.work.mend.name[i+1] == seeds.NoType || d.Tokens[v].Pos != PosVerb {
		return
	}
	dep := DepOblUnmarked
	for c := s.First; c < i; c++ {
		if d.Tokens[c].Head == n && d.Tokens[c].Dep == DepCase {
			m.move(d, c, i, DepCase)
			dep = DepObl
		}
	}
	m.move(d, i, v, dep)
	if dep == DepObl && d.Tokens[n].Dep == DepObl && !m.hasSubject(d, v, s) {
		d.Tokens[n].Dep = DepNsubj
	}
}

// hasSubject reports whether verb v has a subject.
func (m *mender) hasSubject(d *Document, v int32, s Range) bool {
	for c := s.First; c < s.End; c++ {
		if t := &d.Tokens[c]; t.Head == v && (t.Dep == DepNsubj || t.Dep == DepNsubjPass || t.Dep == DepExpl) {
			return true
		}
	}
	return false
}

// joined makes a name that "and" leads in one more of a list, where the parser took it for another name of the one before
// ("Foreign Minister Lavrov and Defence Minister Shoigu"), and a title one more of the titles behind a name.
func (m *mender) joined(d *Document, cc int32) {
	h := d.Tokens[cc].Head
	for h > cc && d.Tokens[h].Head > h && d.Tokens[h].Dep != DepConj {
		h = d.Tokens[h].Head
	}
	p := d.Tokens[h].Head // what it is joined to
	switch {
	case h < cc || p < 0 || p > cc:
	case d.Tokens[h].Dep == DepAppos && d.work.mend.name[h] != seeds.NoType:
		if m.move(d, cc, h, DepCc) {
			d.Tokens[h].Dep = DepConj
		}
	case d.Tokens[h].Dep == DepConj && d.work.mend.name[p] == seeds.Person && d.work.mend.name[h] == seeds.NoType:
		for a := cc - 1; a > p; a-- { // "met Kalin, spokesman and adviser": the adviser is not another person
			if d.Tokens[a].Head == p && d.Tokens[a].Dep == DepAppos && d.work.mend.name[a] == seeds.NoType {
				m.move(d, h, a, DepConj)
				return
			}
		}
	}
}

// described makes a noun with an article that no "and" joins to a person's name a description of the person: "praised
// Lavrov, a former envoy".
func (m *mender) described(d *Document, i int32, s Range) {
	h, article := d.Tokens[i].Head, false
	if d.work.mend.name[h] != seeds.Person {
		return
	}
	for c := h; c < s.End; c++ {
		switch t := &d.Tokens[c]; {
		case t.Dep == DepCc && (t.Head == i || d.Tokens[max(t.Head, 0)].Head == h && d.Tokens[max(t.Head, 0)].Dep == DepConj):
			return
		case t.Dep == DepDet && t.Head == i:
			article = true
		}
	}
	if article {
		d.Tokens[i].Dep = DepAppos
	}
}

// today makes the name before a time the subject of a verb that has none: "Denmark today accepted".
func (m *mender) today(d *Document, i int32, s Range) {
	v, n := d.Tokens[i].Head, i-1
	if n < s.First || v < i || d.Tokens[v].Pos != PosVerb || d.work.mend.name[n] == seeds.NoType {
		return
	}
	for n > s.First && d.Tokens[n].Head != i && d.work.mend.name[n-1] != seeds.NoType {
		n--
	}
	if d.Tokens[n].Head == i && d.Tokens[n].Dep == DepCompound && !m.hasSubject(d, v, s) {
		m.move(d, n, v, DepNsubj)
	}
}

// subject gives finite verb v, if it has none, the name or noun right before it as its subject, where the parser took that
// for another name of the noun before: "After talks with Litvinov, Roosevelt managed …".
func (m *mender) subject(d *Document, v int32, s Range) {
	i := v - 1
	for i >= s.First && (d.Tokens[i].Dep == DepAdvmod || d.Tokens[i].Dep == DepAux) && d.Tokens[i].Head == v {
		i--
	}
	if i >= s.First && m.said(d, i, v, s) {
		return
	}
	if i < s.First || d.work.mend.name[i] == seeds.NoType && d.Tokens[i].Pos != PosNoun {
		return
	}
	for i > s.First && d.work.mend.name[i-1] != seeds.NoType && d.Tokens[i].Head < i && d.Tokens[i].Dep == DepFlat {
		i = d.Tokens[i].Head
	}
	for d.Tokens[i].Dep == DepConj && d.Tokens[i].Head > s.First && d.Tokens[i].Head < i { // "Kuwait, Iran and Iraq protested"
		i = d.Tokens[i].Head
	}
	if d.Tokens[i].Dep != DepAppos {
		return
	}
	for c := s.First; c < i; c++ {
		if d.Tokens[c].Head == i && d.Tokens[c].Dep == DepCase {
			return
		}
	}
	if !m.hasSubject(d, v, s) {
		m.move(d, i, v, DepNsubj)
	}
}

// asked makes infinitive v, hung on somebody who is asked to do something, what is asked: "urged the leaders to meet".
func (m *mender) asked(d *Document, v int32) {
	n := d.Tokens[v].Head
	h := d.Tokens[n].Head
	if h < 0 || d.Tokens[n].Dep != DepObj || !m.words.is(d.Tokens[h].Lemma, wordAsking) || d.Tokens[h].Pos != PosVerb {
		return
	}
	if d.work.mend.name[n] != seeds.NoType || m.words.is(d.Tokens[n].Lemma, wordHuman|wordAgents) {
		m.move(d, v, h, DepXcomp)
	}
}

// conjoined hangs a joined verb without a subject on the verb of saying, and not on what is said, where its tense is that
// of the former alone: "says the probe was biased and denies any part in it".
func (m *mender) conjoined(d *Document, v int32, s Range) {
	e := d.Tokens[v].Head
	g := d.Tokens[e].Head
	if g < 0 || e > v || g > e || d.Tokens[e].Dep != DepCcomp || !m.words.is(d.Tokens[g].Lemma, wordSaying|wordThinking) {
		return
	}
	tense := d.Tokens[v].Tag
	if tense != TagVBZ && tense != TagVBD || tense != d.Tokens[g].Tag || m.hasSubject(d, v, s) {
		return
	}
	said := d.Tokens[e].Tag
	for c := s.First; c < s.End; c++ {
		if t := &d.Tokens[c]; t.Head == e && (t.Dep == DepAux || t.Dep == DepAuxPass || t.Dep == DepCop) {
			said = t.Tag
			break
		}
	}
	if said != tense {
		m.move(d, v, g, DepConj)
	}
}

// result hangs a participle on what is said, and not on the verb of saying before it: "say a bomber struck, killing two";
// but "said he would go, adding that …".
func (m *mender) result(d *Document, v int32) {
	g := d.Tokens[v].Head
	if g > v || m.words.is(d.Tokens[v].Lemma, wordSaying|wordThinking|wordAsking) || !m.words.is(d.Tokens[g].Lemma, wordSaying) {
		return
	}
	for e := v - 1; e > g; e-- {
		if d.Tokens[e].Head == g && d.Tokens[e].Dep == DepCcomp {
			m.move(d, v, e, DepAdvcl)
			return
		}
	}
}

// verbal gives the noun that infinitive v complements the names before it as its subject: by having a complement it is a
// verb, whatever its tag ("India and Pakistan plan to meet").
func (m *mender) verbal(d *Document, v int32) {
	h := d.Tokens[v].Head
	if h <= 0 || h > v || d.Tokens[h].Tag != TagNN || d.Tokens[h].Dep != DepRoot {
		return
	}
	n := h - 1
	if d.work.mend.name[n] == seeds.NoType {
		return
	}
	for d.Tokens[n].Dep == DepConj || d.Tokens[n].Dep == DepFlat {
		n = d.Tokens[n].Head
	}
	if d.Tokens[n].Head == h && d.Tokens[n].Dep == DepCompound {
		d.Tokens[n].Dep = DepNsubj
	}
}

// said makes the object of a verb of saying that ends at token i the subject of verb v behind it, and v what is said: "say
// troops hit the town" says nothing to troops.
func (m *mender) said(d *Document, i, v int32, s Range) bool {
	if d.Tokens[v].Dep == DepAclRelcl || m.hasSubject(d, v, s) {
		return false
	}
	n := i
	for n >= s.First && (d.Tokens[n].Dep != DepObj || d.Tokens[n].Head > n) {
		n = d.Tokens[n].Head
		if n > i {
			return false
		}
	}
	if n < s.First || d.Tokens[n].Pos != PosNoun && d.work.mend.name[n] == seeds.NoType {
		return false
	}
	g := d.Tokens[n].Head
	switch d.Symbols.Text(d.Tokens[g].Lemma) { // whom one tells is an object, what one says is not a soldier
	case "say", "report", "confirm", "claim":
	default:
		return false
	}
	return m.move(d, v, g, DepCcomp) && m.move(d, n, v, DepNsubj)
}

// hang makes token i a phrase of head.
func (m *mender) hang(d *Document, i, head int32) {
	dep := DepNmod
	if d.Tokens[head].Pos == PosVerb {
		dep = DepObl
	}
	m.move(d, i, head, dep)
}

// move hangs token i on head, unless head hangs on it, and reports whether it did.
func (m *mender) move(d *Document, i, head int32, dep Dep) bool {
	for h := head; h >= 0; h = d.Tokens[h].Head {
		if h == i {
			return false
		}
	}
	d.Tokens[i].Head, d.Tokens[i].Dep = head, dep
	return true
}

// joining reports whether a preposition leads in another party.
func (m *mender) joining(s Symbol) bool {
	return s == m.joins[0] || s == m.joins[1] || s == m.joins[2]
}

// place reports whether token i names a place and stands as a circumstance.
func (m *mender) place(d *Document, i int32) bool {
	switch d.work.mend.name[i] {
	case seeds.GPE, seeds.Loc, seeds.Fac:
		return d.Tokens[i].Dep == DepObl || d.Tokens[i].Dep == DepNmod || d.Tokens[i].Dep == DepFlat || d.Tokens[i].Dep == DepConj
	}
	return false
}

// day reports whether token i is the name of a weekday or month.
func (m *mender) day(d *Document, i int32) bool {
	return d.Tokens[i].Pos == PosPropn && d.work.mend.name[i] == seeds.NoType && m.words.is(d.Tokens[i].Lemma, wordTemporal)
}
