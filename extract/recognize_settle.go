package extract

import (
	"cmp"
	"slices"

	"github.com/dyad-kg/dyad/seeds"
)

// splitNames parts a nationality from a name that knowledge has without it: "Chinese Belt and Road" are two names.
// Ministries, parties and the like bear the nationality as part of theirs.
func (d *Document) splitNames(w *nameScratch) {
	n := len(d.Mentions)
	for i := range n {
		m := d.Mentions[i]
		words := w.words[m.Tokens.First:m.Tokens.End]
		if len(words) < 3 || words[0].likely != groupPeople || words[0].place != partOnly || !isWhole(words[1:]) {
			continue
		}
		switch words[1].likely {
		case groupIGO, groupEvent, groupLaw, groupProduct:
			first := m.Tokens.First
			d.Mentions[i] = nameMention(d, first, first+1, seeds.NORP)
			d.Mentions = append(d.Mentions, nameMention(d, first+1, m.Tokens.End, m.Type))
		}
	}
	if len(d.Mentions) > n {
		d.sortNames()
	}
}

// isWhole reports that words are the whole of a name that knowledge has.
func isWhole(words []nameWord) bool {
	for k, word := range words {
		if int(word.place) != partOf(k, len(words)) || word.known != words[0].known || word.known == 0 {
			return false
		}
	}
	return true
}

func (d *Document) sortNames() {
	slices.SortFunc(d.Mentions, func(a, b Mention) int { return cmp.Compare(a.Start, b.Start) })
}

// shareNames finds the first half of names that share their last word: "North" of "North and South Korea". It is of the
// type of the second half.
func (d *Document) shareNames() {
	n := len(d.Mentions)
	for i := range n {
		m := &d.Mentions[i]
		half := m.Tokens.First - 2
		if m.Tokens.Len() < 2 || half < 0 || !isDirection(d.Word(half)) || !isDirection(d.Word(m.Tokens.First)) ||
			d.Tokens[half+1].Tag != TagCC {
			continue
		}
		switch before := i - 1; {
		case before < 0 || d.Mentions[before].Tokens.End <= half:
			d.Mentions = append(d.Mentions, nameMention(d, half, half+1, m.Type))
		case d.Mentions[before].Tokens == Range{half, half + 1}:
			d.Mentions[before].Type = m.Type
		}
	}
	if len(d.Mentions) > n {
		d.sortNames()
	}
}

// trimTitles takes titles from the front of people's names: "Queen Elizabeth II". Popes are known by theirs.
func (d *Document) trimTitles() {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		first := m.Tokens.First
		for m.Type == seeds.Person && first < m.Tokens.End-1 && isTitle(d.Word(first)) && d.Word(first+1) != "Jr." {
			first++
		}
		if first != m.Tokens.First {
			*m = nameMention(d, first, m.Tokens.End, m.Type)
		}
	}
}

func isTitle(word string) bool {
	switch word {
	case "King", "Queen", "Prince", "Princess", "Emperor", "Sir", "Dame", "Lord", "Lady", "Cardinal", "Archbishop",
		"Ayatollah", "Imam", "Mullah", "Reverend", "Mr.", "Mrs.", "Ms.", "Dr.":
		return true
	}
	return false
}

// joinPersons makes what was taken for two people one where only particles stand between: "Bingu wa Mutharika". It looks
// at the mentions of a sentence, those from first on.
func (d *Document) joinPersons(first int) {
	joined := d.Mentions[:first]
	for _, m := range d.Mentions[first:] {
		if n := len(joined); n > first && m.Type == seeds.Person && joined[n-1].Type == seeds.Person && d.areParticles(joined[n-1].Tokens.End, m.Tokens.First) {
			joined[n-1] = nameMention(d, joined[n-1].Tokens.First, m.Tokens.End, seeds.Person)
			continue
		}
		joined = append(joined, m)
	}
	d.Mentions = joined
}

// areParticles reports that all words from one to before another are particles of names, and that there are any.
func (d *Document) areParticles(from, to int32) bool {
	for i := from; i < to; i++ {
		switch d.Word(i) {
		case "al", "bin", "bint", "ibn", "ben", "da", "das", "de", "del", "della", "der", "di", "dos", "du", "el", "la", "ould", "van", "von", "wa", "zu":
		default:
			return false
		}
	}
	return from < to
}

// A settledForm is a word whose type the article has settled elsewhere.
type settledForm struct {
	form uint32
	typ  Type
}

// settle carries what the article says in one place over to others. The last name of somebody named in full is a
// person ("Byrnes" may look like a place, and "Fish" like no name, but not after "Secretary of State Hamilton Fish");
// an acronym found once is meant every time; the first half of "Russo-Japanese" is like the second.
func (d *Document) settle(w *nameScratch) {
	w.settle(d.Mentions)
	found, next := len(d.Mentions), 0
	for _, s := range d.Sentences {
		for i := s.Tokens.First; i < s.Tokens.End; i++ {
			for next < found && d.Mentions[next].Tokens.End <= i {
				next++
			}
			typ := w.settledType(w.words[i].form)
			free := next == found || !d.Mentions[next].Tokens.Has(i)
			after := next
			if !free {
				after++
			}
			combining := w.words[i].likely == groupCombining && after < found && d.Mentions[after].Type == seeds.NORP &&
				d.Mentions[after].Tokens.First == i+2 && d.Word(i+1) == "-"
			switch {
			case free && combining:
				d.Mentions = append(d.Mentions, nameMention(d, i, i+1, seeds.NORP))
			case free && typ != seeds.NoType && i > s.Tokens.First:
				d.Mentions = append(d.Mentions, nameMention(d, i, i+1, typ))
			case free || d.Mentions[next].Tokens.Len() > 1:
			case combining:
				d.Mentions[next].Type = seeds.NORP
			case typ == seeds.Person && d.Mentions[next].Type != seeds.NORP && w.words[i].likely != groupPolity:
				d.Mentions[next].Type = typ
			}
		}
	}
	if len(d.Mentions) > found {
		d.sortNames()
	}
	d.agree(w)
}

// agree gives names that are written alike the type that most of them have, where one has most.
func (d *Document) agree(w *nameScratch) {
	w.settled = w.settled[:0]
	for _, m := range d.Mentions {
		w.settled = append(w.settled, settledForm{hashText(d.In(m.Span)), m.Type})
	}
	slices.SortFunc(w.settled, func(a, b settledForm) int { return cmp.Or(cmp.Compare(a.form, b.form), cmp.Compare(a.typ, b.typ)) })
	forms := w.settled[:0]
	for i, most := 0, 0; i < len(w.settled); {
		s, n := w.settled[i], 0
		for ; i < len(w.settled) && w.settled[i] == s; i++ {
			n++
		}
		switch {
		case len(forms) == 0 || forms[len(forms)-1].form != s.form:
			forms, most = append(forms, s), n
		case n > most:
			forms[len(forms)-1], most = s, n
		case n == most:
			forms[len(forms)-1].typ = seeds.NoType
		}
	}
	w.settled = forms
	for i, m := range d.Mentions {
		if typ := w.settledType(hashText(d.In(m.Span))); typ != seeds.NoType {
			d.Mentions[i].Type = typ
		}
	}
}

// settle notes the words whose types the names found settle.
func (w *nameScratch) settle(names []Mention) {
	w.settled = w.settled[:0]
	for _, m := range names {
		switch last := &w.words[m.Tokens.End-1]; {
		case m.Type == seeds.Person && m.Tokens.Len() > 1 && last.class == mixedCase:
			w.settled = append(w.settled, settledForm{last.form, seeds.Person})
		case m.Tokens.Len() == 1 && last.class == upperCase && m.Span.Len() > 1:
			w.settled = append(w.settled, settledForm{last.form, m.Type})
		}
	}
	slices.SortStableFunc(w.settled, func(a, b settledForm) int { return cmp.Compare(a.form, b.form) })
}

// settledType is the type of names of that form, or NoType.
func (w *nameScratch) settledType(form uint32) Type {
	k, ok := slices.BinarySearchFunc(w.settled, form, func(s settledForm, form uint32) int { return cmp.Compare(s.form, form) })
	if !ok {
		return seeds.NoType
	}
	return w.settled[k].typ
}
