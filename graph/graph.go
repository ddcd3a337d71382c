package graph

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A Graph is what one article says: statements about entities and phrases, each thing under its IRI. It is what all
// encoders and stores write; the RDF ones as quads, the others as tables or nodes and edges.
type Graph struct {
	Article    Article
	Activity   Activity
	Entities   []Entity
	Mentions   []Mention
	Phrases    []Phrase
	Statements []Statement
	Offices    []Office
	Evidence   []Evidence

	facts []fact // the direct triples, sorted by entity
	rdf12 bool
}

// An Article is the source of a graph. Its IRI names the graph.
type Article struct {
	IRI        string
	Identifier string // the input's own, or ""
	URL        string // an absolute IRI, or ""
	Title      string
	Published  seeds.Date
	TextSHA256 string // 64 hexadecimal digits

	SameStoryAs []string // IRIs of articles of which this one is a copy
}

// Story returns the IRI by which the article's story is known: that of the article whose copy it is, or its own.
func (a *Article) Story() string {
	if len(a.SameStoryAs) == 0 {
		return a.IRI
	}
	return slices.Min(a.SameStoryAs)
}

// An Activity is the run of dyad that made the graph: provenance without a time of day, so that the same input gives
// the same graph.
type Activity struct {
	IRI string
	Provenance
}

// An Entity is who or what statements are about.
type Entity struct {
	IRI     string
	Class   string // IRI of its class
	Type    seeds.Type
	Name    string
	Aliases []string
	Country string   // ISO 3166-1 code of a country, or ""
	Members []string // IRIs of a group's members
	Named   bool     // whether the article mentions it, rather than the knowledge base alone
}

// A Mention is a stretch of the article that refers to an entity, in code points, end exclusive.
type Mention struct {
	Entity     string // IRI
	Start, End int
	Text       string
	Kind       string // "name", "nominal", "pronoun"
}

// A Phrase is an argument that is a thing and no entity: "the deployment of missile defences".
type Phrase struct {
	IRI      string
	Text     string
	Head     string   // its head word, or ""
	Entities []string // IRIs of the entities inside
}

// A Statement is one relation as the article states it. Empty fields are unknown.
type Statement struct {
	IRI             string
	Relation        string // "visited"
	State           bool   // a lasting state, not an event
	Subject, Object string // IRIs of entities or phrases; no Object where the article names none
	SubjectRole     string // the group that acts for the subject: "officials"
	ObjectRole      string
	Polarity        extract.Polarity
	Modality        extract.Modality
	Tense           extract.Tense
	TimeText        string
	Start, End      seeds.Date
	Place           string // IRI of an entity
	Topic           string // IRI of a phrase
	Speaker         string // IRI of the entity or phrase whose words these are
	SpeakerRole     string
	SpeakerVerb     string
	Office          string
	Kin             string // kinship word of relativeOf
	Plover, Cameo   string
	Confidence      string // xsd:decimal
	Rule            string
	FromKnowledge   bool
	Evidence        int    // index into Graph.Evidence, or -1
	Trigger         string // the words that state the relation
	Direct          bool   // whether subject, relation and object also stand as a triple of their own
}

// An Office is a person's titled position in a polity or organisation, with the statement that says so.
type Office struct {
	IRI, Statement             string
	Person, Organization, Name string
}

// Evidence is a stretch of the article, in code points, end exclusive.
type Evidence struct {
	IRI        string
	Start, End int
	Quote      string
}

// A fact is a direct triple; its subject is an index into Graph.Entities.
type fact struct {
	subject          int
	relation, object string
}

func (f fact) compare(other fact) int {
	return cmp.Or(cmp.Compare(f.subject, other.subject), cmp.Compare(f.relation, other.relation), cmp.Compare(f.object, other.object))
}

// A Builder makes graphs of documents. It keeps the memory of the last Graph for the next.
type Builder struct {
	options Options
	graph   Graph

	doc      *extract.Document
	points   points
	ids      []string         // IRI of each Document.Entities
	entities map[string]int   // IRI → index into graph.Entities
	seen     map[string]int   // indexes of phrases, statements, offices, evidence by IRI
	named    map[int32]nature // how entities are mentioned
	buf      []byte
}

// nature says how the article speaks of an entity.
type nature struct {
	named bool   // by name at least once
	first uint32 // where it speaks of it first
}

// NewBuilder returns a Builder, or an error when the options cannot be used.
func NewBuilder(o Options) (*Builder, error) {
	base, err := cleanBase(o.Base)
	if err != nil {
		return nil, err
	}
	o.Base = base
	return &Builder{
		options: o, entities: map[string]int{}, seen: map[string]int{}, named: map[int32]nature{},
	}, nil
}

// Build returns the graph of a document. The Graph is good until the next call.
func (b *Builder) Build(d *extract.Document) *Graph {
	b.identify(d)
	b.addEntities()
	b.addMentions()
	for i := range d.Relations {
		b.addRelation(&d.Relations[i])
	}
	b.addFacts()
	return &b.graph
}

// identify starts the graph of a document: it gives the article and each entity an IRI.
func (b *Builder) identify(d *extract.Document) {
	g := &b.graph
	*g = Graph{
		Entities: g.Entities[:0], Mentions: g.Mentions[:0], Phrases: g.Phrases[:0], Statements: g.Statements[:0], Offices: g.Offices[:0],
		Evidence: g.Evidence[:0], facts: g.facts[:0], rdf12: b.options.RDF12,
	}
	clear(b.entities)
	clear(b.seen)
	clear(b.named)
	b.doc, b.ids = d, b.ids[:0]
	b.points.reset(d.Text)

	sum := sha256.Sum256([]byte(d.Text))
	digest := hex.EncodeToString(sum[:])
	g.Article = Article{
		IRI: articleIRI(d.URL, digest), Identifier: d.ID, Title: clean(d.Title), Published: d.Published, TextSHA256: digest,
	}
	if iri, ok := cleanIRI(d.URL); ok {
		g.Article.URL = iri
	} else if d.ID == "" {
		g.Article.Identifier = d.URL // not lost, though it identifies no page
	}
	g.Article.Identifier = clean(g.Article.Identifier)
	for _, other := range d.SameStoryAs {
		if iri, ok := cleanIRI(other); ok && iri != g.Article.IRI && !slices.Contains(g.Article.SameStoryAs, iri) {
			g.Article.SameStoryAs = append(g.Article.SameStoryAs, iri)
		}
	}
	p := b.options.Provenance
	g.Activity = Activity{
		IRI:        b.mint("activity", g.Article.IRI, p.Version, p.Engine, p.Knowledge, p.Rules, p.Models),
		Provenance: p,
	}
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Entity < 0 {
			continue
		}
		n, ok := b.named[m.Entity]
		if !ok {
			n.first = m.Start
		}
		n.named = n.named || m.Kind == extract.Name
		b.named[m.Entity] = n
	}
	for i := range d.Entities {
		b.ids = append(b.ids, b.entityIRI(int32(i)))
	}
}

// mint returns an IRI made of its kind and a hash of its parts.
func (b *Builder) mint(kind string, parts ...string) string {
	b.buf = b.buf[:0]
	for _, p := range parts {
		b.buf = append(append(b.buf, p...), 0)
	}
	sum := sha256.Sum256(b.buf)
	b.buf = append(append(append(b.buf[:0], b.options.Base...), kind...), '/')
	b.buf = hex.AppendEncode(b.buf, sum[:16])
	return string(b.buf)
}

// entityIRI returns the identifier of an entity: its entry's in the knowledge base; else, for what has a name, one
// made of type and name; else, for a group, one made of its members; else one that holds in this article only, because
// "the minister" is somebody else in the next.
func (b *Builder) entityIRI(i int32) string {
	e := &b.doc.Entities[i]
	if iri := knownIRI(e.ID); iri != "" {
		return iri
	}
	if len(e.Members) > 0 {
		members := make([]string, 0, len(e.Members))
		for _, m := range e.Members {
			if m < i { // groups are made of what came before them
				members = append(members, b.ids[m])
			} else {
				members = append(members, b.doc.Entities[m].Name)
			}
		}
		slices.Sort(members)
		return b.mint("group", members...)
	}
	n, mentioned := b.named[i]
	if mentioned && !n.named && e.Knowledge < 0 {
		return b.mint("entity", b.graph.Article.IRI, e.Name, strconv.Itoa(b.points.at(n.first)))
	}
	b.buf = append(append(append(b.buf[:0], b.options.Base...), kinds[e.Type]...), '/')
	name := e.ID
	if name == "" {
		name = e.Name
	}
	b.buf = appendSlug(b.buf, name)
	return string(b.buf)
}

// addEntities lists the entities, one for each IRI: what the document has twice is joined.
func (b *Builder) addEntities() {
	g := &b.graph
	for i := range b.doc.Entities {
		e := &b.doc.Entities[i]
		iri := b.ids[i]
		_, mentioned := b.named[int32(i)]
		at, ok := b.entities[iri]
		if !ok {
			at = len(g.Entities)
			b.entities[iri] = at
			g.Entities = append(g.Entities, b.describe(e, iri))
		}
		to := &g.Entities[at]
		to.Named = to.Named || mentioned
		to.addAlias(e.Name)
		for _, a := range e.Aliases {
			to.addAlias(a)
		}
		for _, m := range e.Members {
			if iri := b.ids[m]; !slices.Contains(to.Members, iri) {
				to.Members = append(to.Members, iri)
			}
		}
	}
}

func (b *Builder) addMentions() {
	for i := range b.doc.Mentions {
		if m := &b.doc.Mentions[i]; m.Entity >= 0 {
			b.graph.Mentions = append(b.graph.Mentions, Mention{
				Entity: b.ids[m.Entity], Start: b.points.at(m.Start), End: b.points.at(m.End),
				Text: b.words(m.Span), Kind: m.Kind.String(),
			})
		}
	}
}

func (e *Entity) addAlias(name string) {
	if name = clean(name); name != "" && name != e.Name && !slices.Contains(e.Aliases, name) {
		e.Aliases = append(e.Aliases, name)
	}
}

func (b *Builder) describe(e *extract.Entity, iri string) Entity {
	to := Entity{IRI: iri, Class: entityClasses[e.Type], Type: e.Type, Name: clean(e.Name)}
	if len(e.Members) > 0 {
		to.Class = classGroup
	}
	if class, country := b.polity(e); class != "" {
		to.Class, to.Country = class, country
	}
	return to
}

// polity returns what the knowledge base knows of a polity beyond its type: the class of countries, with the country's
// code, or that of cities; "" otherwise.
func (b *Builder) polity(e *extract.Entity) (class, country string) {
	if b.options.Knowledge == nil || e.Knowledge < 0 {
		return "", ""
	}
	switch entry := b.options.Knowledge.Entry(e.Knowledge); {
	case entry.Kind.IsPolity():
		return classCountry, entry.Code
	case entry.Kind == seeds.City:
		return classCity, ""
	}
	return "", ""
}

// addRelation lists a relation as a statement, with the phrases, the evidence and the office that belong to it.
func (b *Builder) addRelation(r *extract.Relation) {
	g := &b.graph
	s := Statement{
		Relation: r.Name, State: isState(r), Subject: b.filler(r.Subject), Object: b.filler(r.Object),
		SubjectRole: b.words(r.Subject.Role), ObjectRole: b.words(r.Object.Role),
		Polarity: r.Polarity, Modality: r.Modality, Tense: r.Tense,
		TimeText: b.words(r.Time.Span), Start: r.Time.From, End: r.Time.To,
		Topic: b.phrase(r.Topic, -1), Office: b.words(r.Office), Kin: b.words(r.Kin),
		Plover: r.Plover, Cameo: r.Cameo, Confidence: decimal(r.Confidence), Rule: clean(r.Rule),
		FromKnowledge: r.FromKnowledge, Trigger: b.words(r.Trigger),
	}
	if s.Office == "" {
		s.Office = clean(r.OfficeName)
	}
	if r.Place >= 0 {
		s.Place = b.ids[r.Place]
	}
	if a := r.AttributedTo; !a.IsZero() {
		s.Speaker, s.SpeakerRole, s.SpeakerVerb = b.filler(a.Filler), b.words(a.Role), b.words(a.Verb)
	}
	entities := r.Subject.Entity >= 0 && r.Object.Entity >= 0
	actual := s.Polarity == extract.Positive && s.Modality == extract.Actual
	over := s.State && s.Tense == extract.Past // "the former minister" holds no office
	s.Direct = entities && actual && !over && b.options.Direct.allows(s.Speaker != "")
	at := b.spot(r.Evidence)
	s.IRI = b.mint("statement", g.Article.IRI, r.Name, s.Subject, s.Object, s.Polarity.String(), s.Modality.String(),
		s.Tense.String(), s.TimeText, s.Start.String(), s.End.String(), s.Place, s.Topic, s.Speaker, s.Office, at)
	if _, ok := b.seen[s.IRI]; ok {
		return // stated already, in the same words
	}
	b.seen[s.IRI] = len(g.Statements)
	s.Evidence = b.evidence(r.Evidence)
	g.Statements = append(g.Statements, s)
	if s.Direct {
		g.facts = append(g.facts, fact{b.entities[s.Subject], s.Relation, s.Object})
	}
	if r.Name == "holdsOffice" && entities && actual && s.Office != "" {
		b.addOffice(&s)
	}
}

// filler returns the IRI of an argument, "" where there is none.
func (b *Builder) filler(f extract.Filler) string {
	if f.Entity >= 0 {
		return b.ids[f.Entity]
	}
	return b.phrase(f.Span, f.Head)
}

// phrase lists a phrase and returns its IRI. head is the token of its head word, or -1.
func (b *Builder) phrase(span extract.Span, head int32) string {
	if span.Len() == 0 {
		return ""
	}
	iri := b.mint("phrase", b.graph.Article.IRI, b.spot(span))
	if _, ok := b.seen[iri]; ok {
		return iri
	}
	b.seen[iri] = len(b.graph.Phrases)
	p := Phrase{IRI: iri, Text: b.words(span)}
	if head >= 0 && int(head) < len(b.doc.Tokens) {
		p.Head = clean(b.doc.Word(head))
	}
	for _, e := range entitiesIn(b.doc, span) {
		if id := b.ids[e]; !slices.Contains(p.Entities, id) {
			p.Entities = append(p.Entities, id)
		}
	}
	b.graph.Phrases = append(b.graph.Phrases, p)
	return iri
}

// entitiesIn returns the entities mentioned within a span, each once, in text order.
func entitiesIn(d *extract.Document, span extract.Span) []int32 {
	at, _ := slices.BinarySearchFunc(d.Mentions, span.Start, func(m extract.Mention, start uint32) int {
		return cmp.Compare(m.Start, start)
	})
	var found []int32
	for _, m := range d.Mentions[at:] {
		if m.Start >= span.End {
			break
		}
		if m.Entity >= 0 && span.Contains(m.Span) && !slices.Contains(found, m.Entity) {
			found = append(found, m.Entity)
		}
	}
	return found
}

// evidence lists a stretch of the text and returns its index, -1 of an empty one.
func (b *Builder) evidence(span extract.Span) int {
	if span.Len() == 0 {
		return -1
	}
	iri := b.mint("evidence", b.graph.Article.IRI, b.spot(span))
	i, ok := b.seen[iri]
	if !ok {
		i = len(b.graph.Evidence)
		b.seen[iri] = i
		b.graph.Evidence = append(b.graph.Evidence, Evidence{
			IRI: iri, Start: b.points.at(span.Start), End: b.points.at(span.End), Quote: valid(b.doc.In(span)),
		})
	}
	return i
}

func (b *Builder) addOffice(s *Statement) {
	o := Office{
		IRI:       b.mint("membership", b.graph.Article.IRI, s.Subject, s.Object, s.Office),
		Statement: s.IRI, Person: s.Subject, Organization: s.Object, Name: s.Office,
	}
	if _, ok := b.seen[o.IRI]; !ok {
		b.seen[o.IRI] = len(b.graph.Offices)
		b.graph.Offices = append(b.graph.Offices, o)
	}
}

// addFacts sorts the direct triples by their subject and drops what is there twice.
func (b *Builder) addFacts() {
	g := &b.graph
	slices.SortFunc(g.facts, fact.compare)
	g.facts = slices.Compact(g.facts)
}

// spot writes a span as code points, "80-310".
func (b *Builder) spot(s extract.Span) string {
	var buf [24]byte
	out := strconv.AppendInt(buf[:0], int64(b.points.at(s.Start)), 10)
	out = append(out, '-')
	return string(strconv.AppendInt(out, int64(b.points.at(s.End)), 10))
}

// words returns the text of a span as it stands in running text.
func (b *Builder) words(s extract.Span) string { return clean(b.doc.In(s)) }

// clean makes text fit to be a label: valid UTF-8 with white space of any kind as one blank.
func clean(s string) string {
	s = valid(s)
	for i, r := range s {
		if r != ' ' && unicode.IsSpace(r) || r == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// valid replaces what is no UTF-8, and NUL, which no store keeps.
func valid(s string) string {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// decimal writes a confidence with at most four digits after the point.
func decimal(f float32) string {
	var buf [16]byte
	return string(appendDecimal(buf[:0], f))
}

func appendDecimal(dst []byte, f float32) []byte {
	if math.IsNaN(float64(f)) {
		f = 0
	}
	return strconv.AppendFloat(dst, math.Round(float64(min(max(f, 0), 1))*1e4)/1e4, 'f', -1, 64)
}

// isState reports whether a relation lasts rather than happens: as the inventory says, and of a relation that a user
// has defined, when it has no class of events.
func isState(r *extract.Relation) bool {
	if known, ok := relationNamed[r.Name]; ok {
		return known.State
	}
	return r.Plover == ""
}
