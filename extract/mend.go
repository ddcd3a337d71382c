package extract

import "github.com/dyad-kg/dyad/seeds"

// A mender moves phrases that a parser hangs where no such phrase belongs, by what the recognizer and the calendar know:
// places and days have no parties ("met Saturday in Cairo with Abbas" is not about a Cairo with Abbas), and a subject or
// object has no preposition ("the war between Iran and Iraq killed thousands").
type mender struct {
	joins [3]Symbol // prepositions that lead in another party
	days  *wordClasses
}

func newMender(lex *Lexicon, w *wordClasses) *mender {
	return &mender{joins: [3]Symbol{lex.Find("with"), lex.Find("between"), lex.Find("against")}, days: w}
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
			if d.Tokens[i].Dep == DepCase && m.joining(d.Tokens[i].Lemma) {
				m.phrase(d, i)
			}
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
		if b := p - 1; b >= 0 && h > p && d.Tokens[b].Pos == PosNoun && d.Tokens[b].Head == h {
			m.hang(d, i, b)
		}
	case DepNmod, DepObl:
		if h < 0 || h > p {
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

func (m *mender) hang(d *Document, i, head int32) {
	d.Tokens[i].Head, d.Tokens[i].Dep = head, DepNmod
	if d.Tokens[head].Pos == PosVerb {
		d.Tokens[i].Dep = DepObl
	}
}

func (m *mender) joining(s Symbol) bool {
	return s == m.joins[0] || s == m.joins[1] || s == m.joins[2]
}

func (m *mender) place(d *Document, i int32) bool {
	switch d.work.mend.name[i] {
	case seeds.GPE, seeds.Loc, seeds.Fac:
		return d.Tokens[i].Dep == DepObl || d.Tokens[i].Dep == DepNmod || d.Tokens[i].Dep == DepFlat || d.Tokens[i].Dep == DepConj
	}
	return false
}

func (m *mender) day(d *Document, i int32) bool {
	return d.Tokens[i].Pos == PosPropn && d.work.mend.name[i] == seeds.NoType && m.days.is(d.Tokens[i].Lemma, wordTemporal)
}
