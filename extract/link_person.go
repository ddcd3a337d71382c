package extract

import (
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// maxPeople bounds how many people back a short name is looked for.
const maxPeople = 300

// clusterPeople gathers the mentions of people: full names first, then the short ones, each with the full name that
// it may be short for; last, the knowledge base.
func (l *linker) clusterPeople(d *Document, w *linkMemory) {
	for m := range d.Mentions {
		if d.Mentions[m].Type == seeds.Person {
			w.names[m].gender = l.genderOf(d, w, int32(m))
			w.people = append(w.people, int32(m))
		}
	}
	for _, m := range w.people {
		if l.significant(w, w.names[m].words) < 2 {
			continue
		}
		if c := l.sameFullName(d, w, m); c >= 0 {
			w.join(d, m, c)
			if l.isFuller(d, w, m, w.clusters[c].full) {
				w.clusters[c].full = m
			}
		} else {
			w.open(d, m)
		}
	}
	full := len(w.clusters)
	for _, m := range w.people {
		if w.names[m].cluster >= 0 {
			continue
		}
		if c := l.shortFor(d, w, m, full); c >= 0 {
			w.join(d, m, c)
		} else {
			w.open(d, m)
		}
	}
	for c := range w.clusters {
		k := &w.clusters[c]
		k.name = l.personName(d, w, k.full)
		l.linkPerson(d, w, int32(c))
	}
}

// personName is the text of the name without honorifics.
func (l *linker) personName(d *Document, w *linkMemory, m int32) string {
	first, last := w.names[m].words.First, d.Mentions[m].Tokens.End-1
	for last > first && d.Tokens[last].Tag == TagPOS {
		last--
	}
	if first > last {
		return unbroken(d.In(d.Mentions[m].Span))
	}
	return unbroken(d.Text[d.Tokens[first].Start:d.Tokens[last].End])
}

// unbroken makes line breaks and runs of blanks one blank each.
func unbroken(s string) string {
	if strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}

// significant counts the words of a name that tell it from others.
func (l *linker) significant(w *linkMemory, r Range) (n int) {
	for i := r.First; i < r.End; i++ {
		if l.counts(w, i) {
			n++
		}
	}
	return n
}

// counts reports whether word i tells names apart: hyphens and the article al- do not.
func (l *linker) counts(w *linkMemory, i int32) bool {
	return !w.words[i].IsSilent() && !w.words[i].IsMute()
}

// isFuller reports whether mention a gives more of the name than b does.
func (l *linker) isFuller(d *Document, w *linkMemory, a, b int32) bool {
	na, nb := l.significant(w, w.names[a].words), l.significant(w, w.names[b].words)
	return na > nb || na == nb && d.Mentions[a].Len() > d.Mentions[b].Len()+3
}

// sameFullName finds the cluster with the same full name, or -1.
func (l *linker) sameFullName(d *Document, w *linkMemory, m int32) int32 {
	for c := len(w.clusters) - 1; c >= max(0, len(w.clusters)-maxPeople); c-- {
		k := &w.clusters[c]
		if opposite(k.gender, w.names[m].gender) {
			continue
		}
		a, b := w.names[m].words, w.names[k.full].words
		if l.inOrder(w, a, b) || l.inOrder(w, b, a) || l.givenVaries(d, w, a, b) {
			return int32(c)
		}
	}
	return -1
}

func opposite(a, b seeds.Gender) bool {
	return a == seeds.Male && b == seeds.Female || a == seeds.Female && b == seeds.Male
}

// inOrder reports whether all words of a stand in b, in the same order.
func (l *linker) inOrder(w *linkMemory, a, b Range) bool {
	j := b.First
	for i := a.First; i < a.End; i++ {
		if !l.counts(w, i) {
			continue
		}
		for j < b.End && !w.words[i].SoundsLike(w.words[j]) {
			j++
		}
		if j == b.End {
			return false
		}
		j++
	}
	return true
}

// givenVaries reports whether the names share the last word, and the first may be a form of the other: J., Joe, Joseph.
func (l *linker) givenVaries(d *Document, w *linkMemory, a, b Range) bool {
	x, y := l.lastWord(w, a), l.lastWord(w, b)
	if !w.words[x].SoundsLike(w.words[y]) || x == a.First || y == b.First {
		return false
	}
	p, q := d.Word(a.First), d.Word(b.First)
	if len(p) > len(q) {
		p, q = q, p
	}
	if initial := strings.TrimSuffix(p, "."); len(initial) == 1 {
		return initial[0] == q[0]
	}
	return nicknames[p] == q || nicknames[q] == p || nicknames[p] != "" && nicknames[p] == nicknames[q]
}

// nicknames are the short given names that news uses for public figures.
var nicknames = map[string]string{
	"Joe": "Joseph", "Bill": "William", "Bob": "Robert", "Jim": "James", "Jimmy": "James", "Mike": "Michael", "Tony": "Anthony",
	"Tom": "Thomas", "Dick": "Richard", "Rick": "Richard", "Ted": "Edward", "Ed": "Edward", "Chuck": "Charles", "Charlie": "Charles",
	"Dan": "Daniel", "Steve": "Steven", "Ben": "Benjamin", "Bibi": "Benjamin", "Pete": "Peter", "Tim": "Timothy", "Chris": "Christopher",
	"Andy": "Andrew", "Greg": "Gregory", "Jeff": "Jeffrey", "Ken": "Kenneth", "Larry": "Lawrence", "Matt": "Matthew", "Nick": "Nicholas",
	"Ron": "Ronald", "Sam": "Samuel", "Jack": "John", "Liz": "Elizabeth", "Kate": "Katherine", "Don": "Donald", "Dave": "David",
	"Jerry": "Gerald", "Al": "Albert", "Alex": "Alexander", "Rob": "Robert", "Will": "William", "Lula": "Luiz", "Pat": "Patrick",
}

func (l *linker) lastWord(w *linkMemory, r Range) int32 {
	for i := r.End - 1; i > r.First; i-- {
		if l.counts(w, i) {
			return i
		}
	}
	return r.First
}

func (l *linker) firstWord(w *linkMemory, r Range) int32 {
	for i := r.First; i < r.End; i++ {
		if l.counts(w, i) {
			return i
		}
	}
	return r.First
}

// shortFor finds the cluster whose full name mention m shortens: its surname, else its first name, else any part of
// it; the one named last before m, else the next after it. Clusters from full on have short names only.
func (l *linker) shortFor(d *Document, w *linkMemory, m int32, full int) int32 {
	best, score := int32(-1), 0
	word := l.lastWord(w, w.names[m].words)
	for c := len(w.clusters) - 1; c >= max(0, len(w.clusters)-maxPeople); c-- {
		k := &w.clusters[c]
		if opposite(k.gender, w.names[m].gender) {
			continue
		}
		r := w.names[k.full].words
		s := 0
		switch {
		case w.words[word].SoundsLike(w.words[l.lastWord(w, r)]):
			s = 6
		case w.words[word].SoundsLike(w.words[l.firstWord(w, r)]):
			s = 3
		case c < full && l.inOrder(w, w.names[m].words, r):
			s = 2
		}
		if s == 0 || c >= full && s < 6 {
			continue
		}
		if w.words[word].Same(w.words[l.lastWord(w, r)]) || w.words[word].Same(w.words[l.firstWord(w, r)]) {
			s++
		}
		s *= 4
		if k.full < m {
			s += 2
		}
		if s > score || s == score && k.full < m && best >= 0 && w.clusters[best].full < k.full {
			best, score = int32(c), s
		}
	}
	return best
}

// genderOf tells a person's gender from the words before the name, or from the given name.
func (l *linker) genderOf(d *Document, w *linkMemory, m int32) seeds.Gender {
	n := &d.Mentions[m]
	for i := n.Tokens.First; i < w.names[m].words.First; i++ {
		if g := genderOfClass(w.class[i]); g != seeds.NoGender {
			return g
		}
	}
	for i := n.Tokens.First - 1; i >= max(0, n.Tokens.First-2); i-- {
		if w.class[i]&(nounHonorific|nounReverend|nounOffice|nounPersonal) == 0 {
			break
		}
		if g := genderOfClass(w.class[i]); g != seeds.NoGender {
			return g
		}
	}
	if t := w.titled[m]; t >= 0 {
		if g := genderOfClass(w.roles.roles[t].noun); g != seeds.NoGender {
			return g
		}
	}
	if l.significant(w, w.names[m].words) < 2 {
		return seeds.NoGender
	}
	g, _ := l.know.BearersOf(w.words[l.firstWord(w, w.names[m].words)])
	return g
}

func genderOfClass(c nounClass) seeds.Gender {
	switch c & (nounMale | nounFemale) {
	case nounMale:
		return seeds.Male
	case nounFemale:
		return seeds.Female
	}
	return seeds.NoGender
}

// linkPerson looks the cluster's full name up and links it where one entry remains that nothing speaks against.
func (l *linker) linkPerson(d *Document, w *linkMemory, c int32) {
	k := &w.clusters[c]
	found := l.lookup(w, w.names[k.full].words)
	best, how, confidence, rivals := int32(-1), seeds.ByName, float32(0), 0
	for _, f := range found {
		e := l.know.Entry(f.Entry)
		if e.Type != seeds.Person || opposite(e.Gender, k.gender) && e.Gender != seeds.AnyGender || l.unborn(d, e) {
			continue
		}
		conf := l.fits(d, w, c, f)
		if conf == 0 {
			continue
		}
		switch {
		case conf > confidence:
			best, how, confidence, rivals = f.Entry, f.How, conf, 0
		case conf == confidence:
			rivals++
		}
	}
	if best < 0 || rivals > 0 {
		return
	}
	if same, ok := w.byEntry[best]; ok {
		if l.isFuller(d, w, k.full, w.clusters[same].full) {
			w.clusters[same].full, w.clusters[same].name = k.full, k.name
		}
		l.merge(w, c, same)
		return
	}
	w.byEntry[best] = c
	k.entry, k.conf = best, confidence
	if how == seeds.BySurname {
		k.name = l.know.Entry(best).Name
	}
	if g := l.know.Entry(best).Gender; g == seeds.Male || g == seeds.Female {
		k.gender = g
	}
}

func (l *linker) unborn(d *Document, e seeds.Entry) bool {
	return e.BirthYear > 0 && d.Published.Year > 0 && int(d.Published.Year) < e.BirthYear+15
}

// fits says how sure it is that the cluster is this entry: 0 for not at all. A title that the knowledge base confirms
// makes it certain; a full name alone needs the person's country in the article.
func (l *linker) fits(d *Document, w *linkMemory, c int32, f seeds.Candidate) float32 {
	agree, against := l.titlesAgree(d, w, c, f.Entry)
	short := f.How == seeds.BySurname || f.Weak || l.significant(w, w.names[w.clusters[c].full].words) < 2
	switch {
	case against:
		return 0
	case agree == 2:
		if f.How == seeds.BySurname && d.Published.IsZero() {
			return 0.8
		}
		return 0.98
	case short:
		return 0
	case agree == 1:
		return 0.95
	case f.How == seeds.ByVariant:
		if w.spoken(l.country(f.Entry)) {
			return 0.7
		}
		return 0
	case w.spoken(l.country(f.Entry)):
		return 0.9
	case f.How == seeds.ByName && l.isLeader(f.Entry):
		return 0.8
	}
	return 0
}

// spoken reports whether the article names the country or something in it.
func (w *linkMemory) spoken(country int32) bool { return w.support[country]+w.near[country] > 0 }

// isLeader reports whether the person led a country or its diplomacy: whom a bare name in the news is likely to mean.
func (l *linker) isLeader(entry int32) bool {
	for _, r := range l.know.RolesOf(entry) {
		switch o := l.know.Office(r.Office); {
		case o.Role == seeds.HeadOfState, o.Role == seeds.HeadOfGovernment, o.Portfolio == "foreign":
			return true
		}
	}
	return false
}
