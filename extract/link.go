package extract

import (
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

// A linker tells who is meant. It gathers the names of an article into entities, links these to the knowledge base
// where there is no doubt, reads titles of office, and resolves pronouns and definite nouns.
//
// A name is understood by what else the article says: "Rice" is the Condoleezza Rice of the sentence before, "SCO"
// what the brackets behind the Shanghai Cooperation Organisation say, "Georgia" the state where Atlanta is spoken of.
// Nothing is linked on a surname, a common word or a sound alone.
type linker struct {
	know  *seeds.Knowledge
	nouns nouns
	titleTable
}

func newLinker(k *seeds.Knowledge) *linker {
	return &linker{know: k, nouns: newNouns(), titleTable: newTitles(k)}
}

// link fills Document.Entities and Offices and adds the nominal and pronoun mentions.
func (l *linker) link(d *Document) {
	w := &d.work.link
	w.begin(d, l)
	w.roles.find(d, w.class, w.nameAt)
	l.survey(d, w)
	l.clusterPeople(d, w)
	l.clusterThings(d, w)
	l.number(d, w)
	l.findOffices(d, w)
	l.resolve(d, w)
	w.finish(d)
}

// linkMemory is what the linker keeps between articles: memory only.
type linkMemory struct {
	class  []nounClass  // by token
	nameAt []int32      // by token: name mention, or -1
	words  []seeds.Word // by token, filled in names only
	buf    []byte
	roles  roleFinder

	names    []nameInfo // by mention
	clusters []cluster
	byEntry  map[int32]int32  // knowledge entry → cluster
	byKey    map[uint64]int32 // folded name → cluster
	people   []int32          // person mentions, in the order in which they are clustered
	support  map[int32]int32  // country → times that it is named
	near     map[int32]int32  // country → times that a place or body of it is named and nothing else can be meant
	titled   []int32          // by mention: its first role, or -1
	firstOf  []int32          // by entity: its first mention, or -1
	held     []int32          // by entity: its last office in Document.Offices, or -1
	before   []int32          // by office: the same person's office before, or -1
	stated   int              // offices that stand with names; the others follow from coreference
	only     int32            // the only country that the article names, or -1
	title    []seeds.Word
	found    []Mention // nominals and pronouns
	coref    corefMemory
	members  []int32
	holders  []seeds.Role
}

// nameInfo is what link knows of a name mention.
type nameInfo struct {
	words   Range // tokens of the name proper, without honorifics and "Jr."
	cluster int32
	next    int32 // the cluster's next mention, or -1
	gender  seeds.Gender
	found   []seeds.Candidate
	how     seeds.How // how it names its cluster's entry
}

// A cluster gathers the mentions of one entity.
type cluster struct {
	typ    Type
	entry  int32 // in the knowledge base, or -1
	conf   float32
	first  int32 // its first mention
	last   int32
	full   int32 // the mention with the fullest name
	name   string
	gender seeds.Gender
	entity int32
	count  int32
}

func (w *linkMemory) begin(d *Document, l *linker) {
	n := len(d.Tokens)
	w.class, w.nameAt, w.words = resize(w.class, n), resize(w.nameAt, n), resize(w.words, n)
	w.buf = l.nouns.classify(d, w.class, w.buf)
	for i := range w.nameAt {
		w.nameAt[i] = -1
	}
	w.names = resize(w.names, len(d.Mentions))
	w.titled = resize(w.titled, len(d.Mentions))
	for m := range d.Mentions {
		n := &d.Mentions[m]
		n.Head = headOf(d, n.Tokens)
		for i := n.Tokens.First; i < n.Tokens.End; i++ {
			w.nameAt[i] = int32(m)
			w.words[i] = l.know.Fold(bareNationality(d.Word(i)))
		}
		w.titled[m] = -1
		w.names[m] = nameInfo{words: n.Tokens, cluster: -1, next: -1}
	}
	w.clusters, w.people, w.found, w.firstOf = w.clusters[:0], w.people[:0], w.found[:0], w.firstOf[:0]
	w.held, w.before = w.held[:0], w.before[:0]
	if w.byEntry == nil {
		w.byEntry, w.byKey = map[int32]int32{}, map[uint64]int32{}
		w.support, w.near = map[int32]int32{}, map[int32]int32{}
	}
	clear(w.byEntry)
	clear(w.byKey)
	clear(w.support)
	clear(w.near)
	d.Offices = d.Offices[:0]
}

// bareNationality cuts "pro-" and "anti-" off.
func bareNationality(word string) string {
	if against(word) {
		return word[strings.IndexByte(word, '-')+1:]
	}
	return word
}

// headOf is the token of the range whose head lies outside, -1 for an empty range.
func headOf(d *Document, r Range) int32 {
	for i := r.First; i < r.End; i++ {
		if !r.Has(d.Tokens[i].Head) {
			return i
		}
	}
	return r.End - 1
}

// finish puts the nominal and pronoun mentions among the names.
func (w *linkMemory) finish(d *Document) {
	d.Mentions = append(d.Mentions, w.found...)
	slices.SortStableFunc(d.Offices, func(a, b OfficeFact) int { return int(a.Evidence.Start) - int(b.Evidence.Start) })
	slices.SortStableFunc(d.Mentions, func(a, b Mention) int {
		if a.Start != b.Start {
			return int(a.Start) - int(b.Start)
		}
		return int(b.End) - int(a.End)
	})
}

// survey looks up every name that is not a person's, and counts the countries that are spoken of without doubt.
func (l *linker) survey(d *Document, w *linkMemory) {
	for i := range w.roles.roles {
		if r := &w.roles.roles[i]; r.person >= 0 {
			r.next, w.titled[r.person] = w.titled[r.person], int32(i)
		}
	}
	for m := range d.Mentions {
		l.trim(d, w, int32(m))
		n := &w.names[m]
		if d.Mentions[m].Type == seeds.Person {
			continue
		}
		n.found = l.lookup(w, n.words)
		if joint := l.shared(d, w, int32(m)); joint != nil {
			n.found = joint
		} else if owned := l.owned(d, w, int32(m)); owned != nil {
			n.found = owned
		}
		if len(n.found) == 0 {
			continue
		}
		first := n.found[0]
		if !first.Weak && first.How != seeds.ByMetonym && first.How != seeds.BySurname {
			switch e := l.know.Entry(first.Entry); {
			case e.Country < 0:
			case e.Kind.IsPolity():
				w.support[e.Country]++
			case l.oneCountry(n.found):
				w.near[e.Country]++
			}
		}
	}
}

// shared looks up a name that shares its last word with the one joined to it: "North and South Korea".
func (l *linker) shared(d *Document, w *linkMemory, m int32) []seeds.Candidate {
	r := w.names[m].words
	if r.Len() != 1 || int(m)+1 >= len(d.Mentions) || !isDirection(d.Word(r.First)) {
		return nil
	}
	next := d.Mentions[m+1].Tokens
	if next.First != r.End+1 || next.Len() < 2 || d.Tokens[r.End].Tag != TagCC || !isDirection(d.Word(next.First)) {
		return nil
	}
	w.title = append(append(w.title[:0], w.words[r.First]), w.words[next.First+1:next.End]...)
	if n, found := l.know.Longest(w.title); n == len(w.title) {
		return found
	}
	return nil
}

// owned looks up a body together with the country that stands before it: "Sudan's Foreign Ministry".
func (l *linker) owned(d *Document, w *linkMemory, m int32) []seeds.Candidate {
	if found := w.names[m].found; d.Mentions[m].Type != seeds.Org || len(found) > 0 && !found[0].Weak || l.nameBefore(d, m) < 0 {
		return nil
	}
	return l.know.Lookup(d.Text[d.Mentions[l.nameBefore(d, m)].Start:d.Mentions[m].End])
}

// nameBefore is the name of a place or people right before name m, possessive or not: "Sudan's Foreign Ministry", "the Sudanese
// Foreign Ministry"; or -1.
func (l *linker) nameBefore(d *Document, m int32) int32 {
	if m == 0 {
		return -1
	}
	first, x := d.Mentions[m].Tokens.First, &d.Mentions[m-1]
	if first > x.Tokens.End && d.Tokens[first-1].Tag == TagPOS {
		first--
	}
	if x.Tokens.End != first || x.Type != seeds.GPE && x.Type != seeds.NORP {
		return -1
	}
	return m - 1
}

// owner is the entry of the country whose name stands right before name m, or -1.
func (l *linker) owner(d *Document, w *linkMemory, m int32) int32 {
	b := l.nameBefore(d, m)
	if b < 0 || len(w.names[b].found) == 0 {
		return -1
	}
	if e := w.names[b].found[0].Entry; l.know.Entry(e).Kind.IsPolity() {
		return e
	}
	return -1
}

// isEverywhere reports whether a body is called as every country's is, so that the name does not say which it is.
func (l *linker) isEverywhere(d *Document, w *linkMemory, m int32) bool {
	r := w.names[m].words
	if d.Mentions[m].Type != seeds.Org || r.Len() > 3 {
		return false
	}
	switch d.Word(r.End - 1) {
	case "Ministry", "Court", "Senate", "Parliament", "Congress", "Army", "Navy", "Cabinet", "Assembly":
		return true
	}
	return false
}

func isDirection(word string) bool {
	switch word {
	case "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central":
		return true
	}
	return false
}

// country is the country an entry is or belongs to, or -1.
func (l *linker) country(e int32) int32 {
	return l.know.Entry(e).Country
}

// oneCountry reports whether all that a name may mean lies in one country.
func (l *linker) oneCountry(found []seeds.Candidate) bool {
	for _, f := range found[1:] {
		if l.country(f.Entry) != l.country(found[0].Entry) {
			return false
		}
	}
	return true
}

// lookup returns what the whole of a name may mean.
func (l *linker) lookup(w *linkMemory, r Range) []seeds.Candidate {
	if r.Len() <= 0 {
		return nil
	}
	n, found := l.know.Longest(w.words[r.First:r.End])
	for n > 0 && n < r.Len() && w.words[r.First+int32(n)].IsSilent() {
		n++
	}
	if n < r.Len() {
		return nil
	}
	return found
}

// trim cuts what does not belong to the name: honorifics in front, "Jr." and "'s" behind, "the".
func (l *linker) trim(d *Document, w *linkMemory, m int32) {
	r := d.Mentions[m].Tokens
	for r.Len() > 1 && d.Tokens[r.End-1].Tag == TagPOS {
		r.End--
	}
	if d.Mentions[m].Type == seeds.Person {
		for r.Len() > 1 && w.class[r.First]&nounHonorific != 0 && !equalFold(d.Word(r.First), "don") {
			r.First++
		}
		for r.Len() > 1 && isGeneration(d.Word(r.End-1)) {
			r.End--
			if d.Word(r.End-1) == "," && r.Len() > 1 {
				r.End--
			}
		}
	} else if r.Len() > 1 && equalFold(d.Word(r.First), "the") {
		r.First++
	} else if r.Len() > 2 && d.Mentions[m].Type == seeds.NORP && against(d.Word(r.First)+"---") {
		r.First += 2
	}
	w.names[m].words = r
}

func isGeneration(word string) bool {
	switch word {
	case "Jr.", "Jr", "Sr.", "Sr", "III", "IV", "II":
		return true
	}
	return false
}

// join puts mention m into cluster c.
func (w *linkMemory) join(d *Document, m, c int32) {
	w.names[m].cluster = c
	k := &w.clusters[c]
	if k.count > 0 {
		w.names[k.last].next = m
	}
	k.last = m
	k.count++
	if g := w.names[m].gender; k.gender == seeds.NoGender {
		k.gender = g
	}
}

// open starts a cluster with mention m.
func (w *linkMemory) open(d *Document, m int32) int32 {
	w.clusters = append(w.clusters, cluster{typ: d.Mentions[m].Type, entry: -1, first: m, full: m, entity: -1})
	c := int32(len(w.clusters) - 1)
	w.join(d, m, c)
	return c
}

// number makes the entities, in the order of their first mentions.
func (l *linker) number(d *Document, w *linkMemory) {
	for m := range d.Mentions {
		c := w.names[m].cluster
		if c < 0 {
			d.Mentions[m].Entity = -1
			continue
		}
		k := &w.clusters[c]
		if k.entity < 0 {
			k.entity = l.entity(d, k)
			w.firstOf = append(w.firstOf, int32(m))
		}
		if e := &d.Entities[k.entity]; e.ID == "" && l.isEverywhere(d, w, int32(m)) {
			if country := l.owner(d, w, int32(m)); country >= 0 {
				e.ID = e.Name + " (" + l.know.Entry(country).Name + ")"
			}
		}
		d.Mentions[m].Entity = k.entity
		addAlias(&d.Entities[k.entity], l.surface(d, w, int32(m)))
	}
}

// entity appends the entity of a cluster to the document.
func (l *linker) entity(d *Document, k *cluster) int32 {
	e := Entity{Knowledge: k.entry, Name: k.name, Type: k.typ}
	if k.entry >= 0 {
		known := l.know.Entry(k.entry)
		if e.ID = known.ID; e.ID == "" {
			e.ID = l.know.Label(k.entry)
		}
		e.Type, e.Confidence = known.Type, k.conf
	}
	d.Entities = append(d.Entities, e)
	return int32(len(d.Entities) - 1)
}

// surface is the text of a mention without "'s".
func (l *linker) surface(d *Document, w *linkMemory, m int32) string {
	n := d.Mentions[m].Tokens
	end := n.End
	for end > n.First+1 && d.Tokens[end-1].Tag == TagPOS {
		end--
	}
	if end == n.End || n.Len() <= 0 {
		return unbroken(d.In(d.Mentions[m].Span))
	}
	return unbroken(d.Text[d.Mentions[m].Start:d.Tokens[end-1].End])
}

func addAlias(e *Entity, name string) {
	if name != e.Name && !slices.Contains(e.Aliases, name) {
		e.Aliases = append(e.Aliases, name)
	}
}
