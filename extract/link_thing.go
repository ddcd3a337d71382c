package extract

import (
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// clusterThings gathers the mentions of everything but people: by their entry in the knowledge base, else by their
// words; then short forms and acronyms join the full name that the article gives.
func (l *linker) clusterThings(d *Document, w *linkMemory) {
	for m := range d.Mentions {
		if d.Mentions[m].Type == seeds.Person {
			continue
		}
		m := int32(m)
		entry, conf := l.choose(d, w, m)
		key := l.key(d, w, m)
		c, ok := int32(-1), false
		if entry >= 0 {
			c, ok = w.byEntry[entry]
		} else {
			c, ok = w.byKey[key]
		}
		if !ok {
			c = w.open(d, m)
			k := &w.clusters[c]
			k.entry, k.conf = entry, conf
			if entry >= 0 {
				w.byEntry[entry] = c
			}
		} else {
			w.join(d, m, c)
			w.clusters[c].conf = max(w.clusters[c].conf, conf)
		}
		if _, taken := w.byKey[key]; !taken {
			w.byKey[key] = c
		}
		l.define(d, w, m, c)
	}
	l.joinShortNames(d, w)
	for c := range w.clusters {
		if k := &w.clusters[c]; k.typ != seeds.Person && k.count > 0 {
			l.nameThing(d, w, k)
		}
	}
}

// key is equal for names of the same words and like type.
func (l *linker) key(d *Document, w *linkMemory, m int32) uint64 {
	h := uint64(14695981039346656037)
	if t := d.Mentions[m].Type; t == seeds.NORP {
		h++
	}
	for i := w.names[m].words.First; i < w.names[m].words.End; i++ {
		if !w.words[i].IsSilent() {
			h = (h ^ w.words[i].Key()) * 1099511628211
		}
	}
	return h
}

// nameThing gives a cluster its canonical name: of what has an entry, the fullest form in the article that is a proper
// name of it; for a country called by its people, capital or initials only, for what is called by initials only, and for
// peoples and religions, the name in the knowledge base.
func (l *linker) nameThing(d *Document, w *linkMemory, k *cluster) {
	best, length := int32(-1), 0
	for m := k.first; m >= 0; m = w.names[m].next {
		n := &w.names[m]
		words := l.significant(w, n.words)
		if k.entry >= 0 {
			known := l.know.Entry(k.entry)
			if n.how == seeds.ByName && known.Kind.IsPolity() || known.Type == seeds.NORP {
				best = -1
				break
			}
			if !l.isProper(d, w, n) || d.Mentions[m].Type == seeds.NORP && l.know.Entry(k.entry).Type == seeds.GPE {
				continue
			}
		} else if words == 1 && w.words[n.words.First].IsUpper() {
			words = 0
		}
		if best < 0 || words > length || words == length && m < best {
			best, length = m, words
		}
	}
	if best >= 0 {
		r := w.names[best].words
		k.full, k.name = best, unbroken(d.Text[d.Tokens[r.First].Start:d.Tokens[r.End-1].End])
	}
	if k.entry < 0 {
		return
	}
	known := l.know.Entry(k.entry).Name
	if best < 0 || strings.EqualFold(k.name, known) || strings.HasPrefix(known, "United Nations ") {
		k.name = known
		if i := strings.LastIndex(known, " ("); i > 0 && strings.HasSuffix(known, ")") {
			k.name = known[:i]
		}
	}
}

// isProper reports whether the mention is a proper name of its entry, fit to stand for it.
func (l *linker) isProper(d *Document, w *linkMemory, n *nameInfo) bool {
	switch n.how {
	case seeds.ByName, seeds.ByVariant:
		return true
	case seeds.ByAlias:
		for i := n.words.First; i < n.words.End; i++ {
			if w.words[i].IsUpper() && !w.words[i].IsSilent() {
				return false
			}
		}
		word := d.Word(n.words.First)
		return word != "America" && word != "Türkiye" && !(word == "Great" && n.words.Len() == 2)
	}
	return false
}

// choose returns the entry that a name means, or -1, and how sure that is.
func (l *linker) choose(d *Document, w *linkMemory, m int32) (entry int32, conf float32) {
	entry = -1
	var best, second float32
	metonym := int32(-1)
	for i, f := range w.names[m].found {
		e := l.know.Entry(f.Entry)
		if f.How == seeds.ByMetonym {
			if t := d.Mentions[m].Type; metonym < 0 && (t == seeds.GPE || t == seeds.Org || t == seeds.Fac) {
				metonym = f.Entry
			}
			continue
		}
		s := l.suits(d, w, m, f, &e)
		if s == 0 {
			continue
		}
		s += 0.02*e.Prior - 0.01*float32(i)
		if s > best {
			entry, best, second = f.Entry, s, best
			w.names[m].how = f.How
		} else if s > second {
			second = s
		}
	}
	inSeat := metonym >= 0 && entry >= 0 && d.Mentions[m].Type == seeds.GPE &&
		(l.know.Entry(metonym).Capital == entry || l.isCapitalOf(entry, metonym))
	if metonym >= 0 && (entry < 0 || inSeat) && l.governs(d, w, m, entry < 0) {
		w.names[m].how = seeds.ByMetonym
		d.Mentions[m].Type = seeds.GPE // "Downing Street" may have looked like a building, "the Kremlin" like a body
		return metonym, 0.85
	}
	if entry < 0 {
		return -1, 0
	}
	if best-second < 0.05 {
		return -1, 0
	}
	return entry, min(0.99, 0.8+0.2*(best-second))
}

func (l *linker) isCapitalOf(city, country int32) bool {
	return l.know.Entry(city).Country == country
}

// suits scores a candidate for a mention by type, kind of name and the countries that the article speaks of; 0 is no.
func (l *linker) suits(d *Document, w *linkMemory, m int32, f seeds.Candidate, e *seeds.Entry) float32 {
	t := d.Mentions[m].Type
	var s float32
	switch f.How {
	case seeds.BySurname:
		return 0
	case seeds.ByAdjective, seeds.ByNoun, seeds.ByCombining:
		switch t {
		case seeds.NORP:
			s = 1
		case seeds.GPE, seeds.Loc:
			s = 0.6
		default:
			return 0
		}
	case seeds.ByVariant:
		s = 0.5
	case seeds.ByAlias, seeds.ByAcronym:
		s = 0.8
	default:
		s = 0.9
	}
	if !likeTypes(t, e.Type, f.How) {
		return 0
	}
	spoken, near := w.support[e.Country], w.near[e.Country]
	switch {
	case e.Kind.IsPolity():
		if s += 0.5; t != seeds.NORP {
			spoken--
		}
		if f.How == seeds.ByName {
			s += 0.3
		}
		s += 0.1 * float32(max(0, min(spoken+near, 4)))
	case e.Type == seeds.GPE || e.Type == seeds.Loc || e.Type == seeds.Fac:
		if e.Country >= 0 && l.know.Entry(e.Country).Capital == f.Entry {
			s += 0.6
		} else if f.How == seeds.ByAlias {
			s -= 0.3
		}
		if l.oneCountry(w.names[m].found) {
			near--
		}
		s += 0.35 * float32(max(0, min(near, 4)))
		if e.Kind != seeds.City {
			s += 0.2
		}
		if next := d.Mentions[m].Tokens.End; e.Kind == seeds.State && int(next) < len(d.Tokens) && d.Word(next) == "state" {
			s += 0.5
		}
		fallthrough
	default:
		if spoken > 0 {
			s += 0.1
		}
	}
	weak := f.Weak && !(t == seeds.NORP && f.How == seeds.ByAdjective) // "Polish" in capitals and of people is no polish
	if (weak || f.How == seeds.ByVariant) && spoken+near <= 0 && !l.speaksOfMember(w, f.Entry) {
		return 0
	}
	if weak {
		s -= 0.3
	}
	if t != e.Type {
		s -= 0.15
	}
	return s
}

// speaksOfMember reports whether the article names a country that belongs to an organisation.
func (l *linker) speaksOfMember(w *linkMemory, entry int32) bool {
	return slices.ContainsFunc(l.know.Members(entry), w.spoken)
}

// likeTypes reports whether a mention of one type may mean an entry of another.
func likeTypes(mention, entry Type, how seeds.How) bool {
	if mention == entry {
		return true
	}
	place := func(t Type) bool { return t == seeds.GPE || t == seeds.Loc || t == seeds.Fac }
	switch {
	case place(mention) && place(entry):
		return true
	case mention == seeds.NORP:
		return how == seeds.ByAdjective || how == seeds.ByNoun || how == seeds.ByCombining || how == seeds.ByAlias ||
			entry == seeds.Org && how != seeds.ByVariant
	case mention == seeds.Org:
		return entry == seeds.Fac
	case mention == seeds.Fac, mention == seeds.GPE:
		return entry == seeds.Org
	}
	return false
}

// governs reports whether the name of a capital or a seat stands for the government there. It reads the words around
// the name; sure marks seats that are hardly ever meant as places.
func (l *linker) governs(d *Document, w *linkMemory, m int32, seat bool) bool {
	r := d.Mentions[m].Tokens
	s := d.Sentences[l.sentenceOf(d, r.First)].Tokens
	prev, next := r.First-1, r.End
	for s.Has(prev) && w.class[prev]&nounInPlace == 0 && (d.Tokens[prev].Tag == TagDT || d.Tokens[prev].Tag == TagJJ) {
		prev--
	}
	if s.Has(prev) {
		c, t := w.class[prev], d.Tokens[prev].Tag
		switch {
		case c&nounInPlace != 0, c&(nounCity) != 0, equalFold(d.Word(prev), "of"), equalFold(d.Word(prev), "for"):
			return false
		case equalFold(d.Word(prev), "to"), equalFold(d.Word(prev), "from"):
			return s.Has(next) && d.Tokens[next].Tag == TagPOS && !l.ownsPlace(d, w, s, next+1)
		case c&nounMoving != 0:
			return false
		case t == TagComma && s.Has(prev-1) && (w.class[prev-1]&nounCity != 0 || prev-1 == s.First && w.nameAt[prev-1] >= 0):
			return false
		}
	}
	if s.Has(next) {
		t := d.Tokens[next].Tag
		switch {
		case t == TagPOS:
			return !l.ownsPlace(d, w, s, next+1)
		case t == TagComma && s.Has(next+1) && w.nameAt[next+1] >= 0 && d.Mentions[w.nameAt[next+1]].Type == seeds.GPE:
			return false
		case t == TagVBZ || t == TagVBD || t == TagVBP || t == TagMD:
			return true
		case t == TagRB && s.Has(next+1) && (d.Tokens[next+1].Tag == TagVBD || d.Tokens[next+1].Tag == TagVBZ):
			return true
		case t == TagNN || t == TagNNS || t == TagNNP || t == TagNNPS || t == TagJJ && s.Has(next+1) && d.Tokens[next+1].Tag == TagNNS:
			return w.class[next]&(nounGovernment) != 0 || seat && w.class[next]&nounOffice == 0
		case t == TagHYPH || d.Word(next) == "-":
			return seat || s.Has(next+1) && equalFold(d.Word(next+1), "led") || s.Has(next+1) && equalFold(d.Word(next+1), "backed")
		case t == TagCC && s.Has(next+1) && w.nameAt[next+1] >= 0:
			n := w.nameAt[next+1]
			if len(w.names[n].found) > 0 && d.Mentions[n].Type == seeds.GPE && !s.Has(prev) || s.Has(prev) && equalFold(d.Word(prev), "both") {
				return l.governs(d, w, n, seat)
			}
		}
	}
	if !s.Has(prev) {
		return seat
	}
	switch word := d.Word(prev); {
	case equalFold(word, "with"), equalFold(word, "between"), equalFold(word, "by"), equalFold(word, "against"), equalFold(word, "both"):
		return true
	case equalFold(word, "on"):
		return prev > s.First && w.class[prev-1]&nounOffice == 0 && (d.Tokens[prev-1].Tag == TagNNS || d.Tokens[prev-1].Tag == TagVBD || d.Tokens[prev-1].Tag == TagNN) &&
			!equalFold(d.Word(prev-1), "attack") && !equalFold(d.Word(prev-1), "attacks")
	case d.Tokens[prev].Tag == TagCC && s.Has(prev-1) && w.nameAt[prev-1] >= 0:
		n := w.nameAt[prev-1]
		return n < m && w.names[n].cluster >= 0 && w.clusters[w.names[n].cluster].entry >= 0 && l.know.Entry(w.clusters[w.names[n].cluster].entry).Kind.IsPolity() &&
			l.between(d, w, s, n)
	}
	switch d.Tokens[prev].Tag {
	case TagVB, TagVBD, TagVBZ, TagVBP, TagVBG:
		return true
	}
	return seat
}

// between reports whether name n is the first of a pair that deals with each other: "between Washington and …".
func (l *linker) between(d *Document, w *linkMemory, s Range, n int32) bool {
	p := d.Mentions[n].Tokens.First - 1
	if s.Has(p) && d.Tokens[p].Tag == TagDT {
		p--
	}
	return !s.Has(p) || w.class[p]&nounInPlace == 0
}

// ownsPlace reports whether the noun phrase at token i is something that cities have: "Moscow's streets".
func (l *linker) ownsPlace(d *Document, w *linkMemory, s Range, i int32) bool {
	for n := 0; s.Has(i) && n < 4; i, n = i+1, n+1 {
		if w.class[i]&(nounPlaceNoun|nounCity|nounSite) != 0 {
			return true
		}
		switch d.Tokens[i].Tag {
		case TagJJ, TagNN, TagNNP, TagCD, TagHYPH, TagVBN, TagJJS:
		case TagNNS, TagNNPS:
			return false
		default:
			return false
		}
	}
	return false
}

// sentenceOf is the index of the sentence that token i is in.
func (l *linker) sentenceOf(d *Document, i int32) int32 {
	lo, hi := 0, len(d.Sentences)
	for lo+1 < hi {
		if mid := (lo + hi) / 2; d.Sentences[mid].Tokens.First <= i {
			lo = mid
		} else {
			hi = mid
		}
	}
	return int32(lo)
}

// define takes an acronym that the article explains: "Shanghai Cooperation Organisation (SCO)".
func (l *linker) define(d *Document, w *linkMemory, m, c int32) {
	i := d.Mentions[m].Tokens.End
	if int(i+2) >= len(d.Tokens) || d.Word(i) != "(" || w.names[m].words.Len() < 2 {
		return
	}
	j := i + 1
	n := w.nameAt[j]
	if n >= 0 {
		j = d.Mentions[n].Tokens.End - 1
	}
	if int(j+1) >= len(d.Tokens) || d.Word(j+1) != ")" {
		return
	}
	if word := l.know.Fold(d.Word(j)); word.IsUpper() && !word.IsSilent() && len(d.Word(j)) > 1 && j == i+1 {
		w.byKey[(14695981039346656037^word.Key())*1099511628211] = c
	} else if n >= 0 && d.Mentions[n].Type == d.Mentions[m].Type && strings.ToUpper(d.In(d.Mentions[n].Span)) == d.In(d.Mentions[n].Span) {
		w.byKey[l.key(d, w, n)] = c // (PAC-ADE)
	}
}

// joinShortNames lets what has no entry of its own join the fuller name of which it is the end or the initials.
func (l *linker) joinShortNames(d *Document, w *linkMemory) {
	for a := range w.clusters {
		k := &w.clusters[a]
		if k.typ == seeds.Person || k.typ == seeds.NORP || k.entry >= 0 || k.count == 0 {
			continue
		}
		if b := l.fuller(d, w, int32(a)); b >= 0 {
			l.merge(w, int32(a), b)
		} else if e := l.half(d, w, k); e >= 0 {
			if b, ok := w.byEntry[e]; ok {
				l.merge(w, int32(a), b)
			} else {
				k.entry, k.conf, w.byEntry[e] = e, 0.9, int32(a)
			}
		}
	}
}

// half finds the country that "the North" or "the South" is: one of the article that is called so, or else the other half
// of one. It returns the country's entry, or -1.
func (l *linker) half(d *Document, w *linkMemory, k *cluster) int32 {
	word := d.Word(w.names[k.full].words.First)
	if k.typ != seeds.GPE && k.typ != seeds.Loc || w.names[k.full].words.Len() != 1 || word != "North" && word != "South" {
		return -1
	}
	other := int32(-1)
	for c := range w.clusters {
		x := &w.clusters[c]
		if x.entry < 0 || x.count == 0 || !l.know.Entry(x.entry).Kind.IsPolity() {
			continue
		}
		side, land, _ := strings.Cut(l.know.Entry(x.entry).Name, " ")
		if side == word {
			return x.entry
		}
		if side == "North" || side == "South" {
			for _, f := range l.know.Lookup(word + " " + land) {
				if f.How == seeds.ByName && l.know.Entry(f.Entry).Kind.IsPolity() {
					other = f.Entry
				}
			}
		}
	}
	return other
}

// fuller finds the cluster with a longer name that cluster a's name shortens, the nearest before it first, or -1.
func (l *linker) fuller(d *Document, w *linkMemory, a int32) int32 {
	best := int32(-1)
	x := &w.clusters[a]
	for b := max(0, int(a)-maxPeople); b < min(len(w.clusters), int(a)+maxPeople); b++ {
		y := &w.clusters[b]
		if int32(b) == a || y.count == 0 || y.full < 0 || !l.shortens(d, w, x, y) {
			continue
		}
		if best < 0 || y.first < x.first {
			best = int32(b)
		}
	}
	return best
}

// shortens reports whether x may be short for y.
func (l *linker) shortens(d *Document, w *linkMemory, x, y *cluster) bool {
	if x.typ != y.typ || y.typ == seeds.GPE || y.typ == seeds.Loc {
		return false
	}
	p, q := w.names[x.full].words, w.names[y.full].words
	if p.Len() >= q.Len() {
		return false
	}
	if p.Len() == 1 && w.words[p.First].IsUpper() && len(d.Word(p.First)) > 1 {
		return l.isInitials(d, w, d.Word(p.First), q)
	}
	if p.Len() == 1 && x.typ == seeds.Org && l.isHeadOf(d, w, p.First, q) {
		return true
	}
	for i := int32(1); i <= int32(p.Len()); i++ {
		if !w.words[p.End-i].Same(w.words[q.End-i]) {
			return false
		}
	}
	return true
}

// isHeadOf reports whether a word is what a longer name is of: "the Council" of the "Council of Europe".
func (l *linker) isHeadOf(d *Document, w *linkMemory, word int32, name Range) bool {
	for i := name.First + 1; i < name.End; i++ {
		switch d.Word(i) {
		case "of", "on", "for":
			return w.words[i-1].Same(w.words[word])
		}
	}
	return false
}

// isInitials reports whether the letters of an acronym begin the capitalised words of a name, in order.
func (l *linker) isInitials(d *Document, w *linkMemory, acronym string, r Range) bool {
	k := 0
	for i := r.First; i < r.End; i++ {
		c := d.Text[d.Tokens[i].Start]
		if c < 'A' || c > 'Z' {
			continue
		}
		for k < len(acronym) && acronym[k] == '.' {
			k++
		}
		if k == len(acronym) || acronym[k] != c {
			return false
		}
		k++
	}
	for k < len(acronym) && acronym[k] == '.' {
		k++
	}
	return k == len(acronym)
}

// merge moves the mentions of cluster a into b.
func (l *linker) merge(w *linkMemory, a, b int32) {
	x, y := &w.clusters[a], &w.clusters[b]
	for m := x.first; m >= 0; m = w.names[m].next {
		w.names[m].cluster = b
	}
	if y.count > 0 {
		w.names[y.last].next = x.first
	} else {
		y.first = x.first
	}
	y.last = x.last
	y.count += x.count
	x.count, x.first, x.last = 0, -1, -1
}
