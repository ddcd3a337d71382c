package extract

import (
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// titleTable knows the titles of office that the knowledge base lists, and those that name one country by themselves.
type titleTable struct {
	know *seeds.Knowledge
	home map[string]int32 // "secretary of state" → United States
}

// homeTitles are titles that need no country, because one country has them in news English.
var homeTitles = []struct{ title, country string }{
	{"secretary of state", "US"}, {"assistant secretary of state", "US"}, {"deputy secretary of state", "US"},
	{"secretary of defense", "US"}, {"defense secretary", "US"}, {"attorney general", "US"}, {"treasury secretary", "US"},
	{"secretary of the treasury", "US"}, {"secretary of homeland security", "US"}, {"homeland security secretary", "US"},
	{"national security advisor", "US"}, {"secretary of commerce", "US"}, {"commerce secretary", "US"},
	{"secretary of transportation", "US"}, {"transportation secretary", "US"}, {"secretary of energy", "US"},
	{"energy secretary", "US"}, {"secretary of war", "US"}, {"congressman", "US"}, {"congresswoman", "US"},
	{"secretary of agriculture", "US"}, {"agriculture secretary", "US"}, {"secretary of labor", "US"}, {"labor secretary", "US"},
	{"secretary of education", "US"}, {"education secretary", "US"}, {"secretary of the interior", "US"},
	{"secretary of veterans affairs", "US"}, {"secretary of the navy", "US"}, {"domestic policy advisor", "US"},
	{"house speaker", "US"}, {"first lady", "US"}, {"taoiseach", "IE"}, {"chancellor of the exchequer", "GB"},
	{"foreign secretary", "GB"}, {"home secretary", "GB"}, {"knesset speaker", "IL"}, {"federal chancellor", "AT"},
}

func newTitles(k *seeds.Knowledge) titleTable {
	t := titleTable{know: k, home: make(map[string]int32, len(homeTitles))}
	codes := make(map[string]int32)
	for i := range int32(k.Len()) {
		if e := k.Entry(i); e.Kind.IsPolity() && e.Code != "" {
			codes[e.Code] = i
		}
	}
	for _, h := range homeTitles {
		if c, ok := codes[h.country]; ok {
			t.home[h.title] = c
		}
	}
	return t
}

// bare is the title without "former", "acting" and the like.
func (l *linker) bare(d *Document, w *linkMemory, r *role) Range {
	t := r.title
	for t.Len() > 1 && t.First < r.head && w.class[t.First]&(nounFormer|nounActing) != 0 && !equalFold(d.Word(t.First), "provisional") {
		t.First++
		if d.Word(t.First) == "-" && t.Len() > 1 {
			t.First++
		}
	}
	return t
}

// forms returns the offices that a title may mean, as the knowledge base has them.
func (l *linker) forms(d *Document, w *linkMemory, r *role) []seeds.TitleForm {
	t := l.bare(d, w, r)
	w.title = w.title[:0]
	for i := t.First; i < t.End; i++ {
		w.title = append(w.title, l.know.Fold(d.Word(i)))
	}
	for first := range w.title {
		n, forms := l.know.LongestTitle(w.title[first:])
		if n > 0 && t.First+int32(first+n) > r.head {
			return forms
		}
	}
	return nil
}

// homeOf is the country that the title alone names, or -1.
func (l *linker) homeOf(d *Document, w *linkMemory, r *role) int32 {
	t := l.bare(d, w, r)
	w.buf = appendLower(w.buf[:0], d.Text[d.Tokens[t.First].Start:d.Tokens[t.End-1].End])
	if c, ok := l.home[string(w.buf)]; ok {
		return c
	}
	return -1
}

// polityEntry is the knowledge base's entry of the polity or organisation that the role's phrase names, or -1.
func (l *linker) polityEntry(w *linkMemory, r *role) int32 {
	if r.polity < 0 || len(w.names[r.polity].found) == 0 {
		return -1
	}
	return w.names[r.polity].found[0].Entry
}

// titlesAgree compares what the article calls the people of a cluster with the roles that the knowledge base gives
// to an entry: 2 when title and country agree, 1 when the country does, and whether they contradict.
func (l *linker) titlesAgree(d *Document, w *linkMemory, c, entry int32) (agree int, against bool) {
	home := l.country(entry)
	known := l.know.RolesOf(entry)
	for m := w.clusters[c].first; m >= 0; m = w.names[m].next {
		for t := w.titled[m]; t >= 0; t = w.roles.roles[t].next {
			r := &w.roles.roles[t]
			of := l.polityEntry(w, r)
			country := int32(-1)
			if of >= 0 {
				country = l.country(of)
			}
			match := l.hasOffice(d, w, r, known, country)
			switch {
			case match && (country >= 0 || !d.Published.IsZero() || l.isLeader(entry)):
				agree = max(agree, 2)
			case match, country >= 0 && country == home:
				agree = max(agree, 1)
			case country >= 0 && home >= 0 && r.noun&(nounState|nounDiplomat) != 0:
				against = true
			case len(known) > 0 && of < 0 && r.noun&nounState != 0 && !match:
				against = against || r.before && l.isKnownOffice(r)
			}
		}
	}
	return agree, against && agree < 2
}

// isKnownOffice reports whether the title is one that the knowledge base would know of anybody who had it.
func (l *linker) isKnownOffice(r *role) bool {
	return r.noun&nounState != 0 && r.noun&nounDiplomat == 0
}

// hasOffice reports whether one of the known roles is the office that the title means, in that country if it is not
// -1, at the time of the article.
func (l *linker) hasOffice(d *Document, w *linkMemory, r *role, known []seeds.Role, country int32) bool {
	if len(known) == 0 {
		return false
	}
	forms := l.forms(d, w, r)
	for _, k := range known {
		if country >= 0 && l.country(k.Of) != country && k.Of != country {
			continue
		}
		if when := k.Holds(d.Published); when < 0 && !r.former && !r.designate {
			continue
		}
		for _, f := range forms {
			if f.Office == k.Office && l.know.AppliesTo(f, l.country(k.Of)) {
				return true
			}
		}
	}
	return false
}

// findOffices states an office for every title that stands with a name.
func (l *linker) findOffices(d *Document, w *linkMemory) {
	w.only = l.onlyCountry(d)
	for i := range w.roles.roles {
		r := &w.roles.roles[i]
		if r.person < 0 || !l.isOffice(r) {
			continue
		}
		person := d.Mentions[r.person].Entity
		l.state(d, w, r, person, d.Mentions[r.person].Span)
	}
	w.stated = len(d.Offices)
}

// isOffice reports whether the role is an office: a rank or a clerical title is one where its phrase says of whom.
func (l *linker) isOffice(r *role) bool {
	if r.noun&nounOffice != 0 {
		return true
	}
	return r.noun&nounReverend != 0 && r.polity >= 0
}

// state appends the fact that an entity has the role; evidence is where the entity is named.
func (l *linker) state(d *Document, w *linkMemory, r *role, person int32, evidence Span) {
	if person < 0 || r.owner >= 0 && r.polity < 0 {
		return
	}
	f := OfficeFact{Person: person, Polity: -1, Former: r.former, Acting: r.acting, Designate: r.designate, Sentence: r.sentence}
	f.Title = Span{d.Tokens[r.title.First].Start, d.Tokens[r.title.End-1].End}
	f.Evidence = Span{min(d.Tokens[r.phrase.First].Start, evidence.Start), max(d.Tokens[r.phrase.End-1].End, evidence.End)}
	for _, m := range [...]int32{r.polity, r.second} {
		if m >= 0 && f.Polity < 0 && l.isPolity(d, d.Mentions[m].Entity) && d.Mentions[m].Entity != person {
			f.Polity = d.Mentions[m].Entity
		}
	}
	if f.Polity < 0 && r.polity < 0 {
		f.Polity, f.FromKnowledge = l.understood(d, w, r, person)
	}
	if f.Polity < 0 {
		return
	}
	for len(w.held) < len(d.Entities) {
		w.held = append(w.held, -1)
	}
	w.before = append(w.before, w.held[person])
	w.held[person] = int32(len(d.Offices))
	d.Offices = append(d.Offices, f)
}

// lastOffice is the index of the office that was stated last of an entity, -1 for none; w.before leads on from it.
func (w *linkMemory) lastOffice(entity int32) int32 {
	if int(entity) >= len(w.held) {
		return -1
	}
	return w.held[entity]
}

// isPolity reports whether offices can be of the entity.
func (l *linker) isPolity(d *Document, e int32) bool {
	if e < 0 {
		return false
	}
	switch d.Entities[e].Type {
	case seeds.GPE, seeds.Org, seeds.Loc, seeds.Fac:
		return true
	}
	return false
}

// understood finds the polity that a title leaves out: the one of the same person's office elsewhere in the article,
// the one the knowledge base gives, the country that the title speaks of, or the only one of the article.
func (l *linker) understood(d *Document, w *linkMemory, r *role, person int32) (polity int32, fromKnowledge bool) {
	head := d.Word(r.head)
	for i := w.lastOffice(person); i >= 0; i = w.before[i] {
		if o := &d.Offices[i]; sameHead(d, o, head) {
			return o.Polity, o.FromKnowledge
		}
	}
	if c := l.knownPolity(d, w, r, person); c >= 0 {
		return l.entityOf(d, w, c), true
	}
	if c := l.homeOf(d, w, r); c >= 0 {
		return l.entityOf(d, w, c), true
	}
	if r.noun&nounState == 0 {
		return -1, false
	}
	return w.only, false
}

// sameHead reports whether the fact's title has the word in it.
func sameHead(d *Document, o *OfficeFact, word string) bool {
	t := d.In(o.Title)
	for i := 0; i+len(word) <= len(t); i++ {
		if strings.EqualFold(t[i:i+len(word)], word) {
			return true
		}
	}
	return false
}

// knownPolity is the one entry of which the knowledge base lets the person have this office, or -1.
func (l *linker) knownPolity(d *Document, w *linkMemory, r *role, person int32) int32 {
	if e := d.Entities[person].Knowledge; e >= 0 {
		return l.ofRole(d, w, r, e)
	}
	polity := int32(-1)
	for _, f := range l.lookup(w, w.names[w.clusters[w.names[w.firstOf[person]].cluster].full].words) {
		if l.know.Entry(f.Entry).Type != seeds.Person {
			continue
		}
		of := l.ofRole(d, w, r, f.Entry)
		if of < 0 {
			continue
		}
		if polity >= 0 && polity != of {
			return -1
		}
		polity = of
	}
	return polity
}

// ofRole is the polity of the entry's role that the title means, or -1; of several, the one of the article's date.
func (l *linker) ofRole(d *Document, w *linkMemory, r *role, entry int32) int32 {
	polity := int32(-1)
	forms := l.forms(d, w, r)
	certainty := -1
	for _, k := range l.know.RolesOf(entry) {
		when := k.Holds(d.Published)
		if when < certainty || when < 0 && !r.former {
			continue
		}
		for _, f := range forms {
			if f.Office == k.Office && l.know.AppliesTo(f, l.country(k.Of)) {
				polity, certainty = k.Of, when
			}
		}
	}
	return polity
}

// entityOf returns the document's entity of a knowledge base entry, making one where there is none.
func (l *linker) entityOf(d *Document, w *linkMemory, entry int32) int32 {
	if c, ok := w.byEntry[entry]; ok {
		return w.clusters[c].entity
	}
	known := l.know.Entry(entry)
	w.clusters = append(w.clusters, cluster{typ: known.Type, entry: entry, conf: 0.9, full: -1, first: -1, name: known.Name, entity: -1})
	c := int32(len(w.clusters) - 1)
	w.byEntry[entry] = c
	w.clusters[c].entity = l.entity(d, &w.clusters[c])
	w.firstOf = append(w.firstOf, -1)
	return w.clusters[c].entity
}

// onlyCountry is the one country that the article names, or -1.
func (l *linker) onlyCountry(d *Document) int32 {
	only := int32(-1)
	for m := range d.Mentions {
		e := d.Mentions[m].Entity
		if e < 0 || d.Entities[e].Knowledge < 0 || !l.know.Entry(d.Entities[e].Knowledge).Kind.IsPolity() {
			continue
		}
		if only >= 0 && only != e {
			return -1
		}
		only = e
	}
	return only
}
