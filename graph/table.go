package graph

import (
	"crypto/sha256"
	"io"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/extract"
)

// A column of a table, or an attribute of the nodes or edges of a property graph.
type column struct {
	name  string
	neo4j string // what neo4j-admin is told of it after the name: ":ID", ":int" …
	kind  string // its type in GraphML: "string", "int", "double"; "" for what GraphML says otherwise
}

// The columns of things: articles, entities and phrases.
var (
	articleColumns = []column{
		{"article", ":ID", ""}, {"identifier", "", "string"}, {"url", "", "string"}, {"title", "", "string"},
		{"published", "", "string"}, {"textSha256", "", "string"}, {"story", "", "string"}, {"", ":LABEL", "string"},
	}
	entityColumns = []column{
		{"entity", ":ID", ""}, {"name", "", "string"}, {"type", "", "string"}, {"country", "", "string"},
		{"aliases", ":string[]", "string"}, {"", ":LABEL", "string"},
	}
	mentionColumns = []column{
		{"", ":START_ID", ""}, {"", ":END_ID", ""}, {"", ":TYPE", "string"}, {"start", ":int", "int"}, {"end", ":int", "int"},
		{"text", "", "string"}, {"kind", "", "string"},
	}
	relationColumns = []column{
		{"", ":START_ID", ""}, {"", ":END_ID", ""}, {"", ":TYPE", "string"},
		{"statement", "", "string"}, {"polarity", "", "string"}, {"modality", "", "string"}, {"tense", "", "string"},
		{"startDate", "", "string"}, {"endDate", "", "string"}, {"timeText", "", "string"},
		{"place", "", "string"}, {"topic", "", "string"},
		{"speaker", "", "string"}, {"speakerRole", "", "string"}, {"speakerVerb", "", "string"},
		{"subjectRole", "", "string"}, {"objectRole", "", "string"}, {"office", "", "string"}, {"kin", "", "string"},
		{"plover", "", "string"}, {"cameo", "", "string"}, {"confidence", ":double", "double"},
		{"rule", "", "string"}, {"source", "", "string"}, {"article", "", "string"},
		{"evidenceStart", ":int", "int"}, {"evidenceEnd", ":int", "int"}, {"quote", "", "string"},
	}
)

// Tables are the names of the files that NewTables writes.
func Tables() []string {
	return []string{"articles.csv", "entities.csv", "mentions.csv", "relations.csv"}
}

// A tableEncoder writes a property graph as four tables that neo4j-admin imports and any spreadsheet opens.
type tableEncoder struct {
	builder *Builder
	once    once

	articles, entities, mentions, relations *output

	row []string
}

// NewTables returns an encoder that writes CSV. open is called once for each of Tables to give what that table is
// written to; the caller closes it.
func NewTables(open func(name string) (io.Writer, error), o Options) (Encoder, error) {
	b, err := NewBuilder(o)
	if err != nil {
		return nil, err
	}
	e := &tableEncoder{builder: b, once: once{}}
	for i, table := range []struct {
		to      **output
		columns []column
	}{
		{&e.articles, articleColumns}, {&e.entities, entityColumns}, {&e.mentions, mentionColumns}, {&e.relations, relationColumns},
	} {
		w, err := open(Tables()[i])
		if err != nil {
			return nil, err
		}
		*table.to = &output{w: w}
		e.row = e.row[:0]
		for _, c := range table.columns {
			e.row = append(e.row, c.name+c.neo4j)
		}
		(*table.to).writeRow(e.row)
	}
	return e, nil
}

func (e *tableEncoder) Encode(d *extract.Document) error { return e.EncodeGraph(e.builder.Build(d)) }

// EncodeGraph writes an article's graph that was built before.
func (e *tableEncoder) EncodeGraph(g *Graph) error {
	if !e.once.first(g.Article.IRI) {
		return e.flush()
	}
	e.row = g.Article.row(e.row[:0])
	e.articles.writeRow(e.row)
	g.things(e.once, func(row []string) { e.entities.writeRow(row) })
	g.mentionRows(func(row []string) { e.mentions.writeRow(row) })
	g.relationRows(func(row []string) { e.relations.writeRow(row) })
	return e.flush()
}

func (e *tableEncoder) Close() error { return e.flush() }

// flush writes the things before what points to them. It stops at the first error, for good.
func (e *tableEncoder) flush() error {
	for _, o := range []*output{e.articles, e.entities, e.mentions, e.relations} {
		if err := o.flush(); err != nil {
			return err
		}
	}
	return nil
}

// writeRow appends a row of CSV as RFC 4180 has it, without line breaks inside fields.
func (o *output) writeRow(row []string) {
	for i, field := range row {
		if i > 0 {
			o.buf = append(o.buf, ',')
		}
		o.buf = appendField(o.buf, field)
	}
	o.buf = append(o.buf, '\n')
}

func appendField(dst []byte, s string) []byte {
	plain := true
	for i := 0; plain && i < len(s); i++ {
		c := s[i]
		plain = c != '"' && c != ',' && c != '\n' && c != '\r'
	}
	if plain {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"':
			dst = append(dst, `""`...)
		case '\r', '\n':
			dst = append(dst, ' ') // only in quotes of the text; importers want a record a line
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// once remembers what has been written: importers refuse a thing that stands twice, and an article that comes again
// would say everything twice. It is all that grows with the output, by a few bytes for each article and each thing that
// others may name too.
type once map[[16]byte]struct{}

func (o once) first(iri string) bool {
	sum := sha256.Sum256([]byte(iri))
	key := [16]byte(sum[:])
	_, seen := o[key]
	o[key] = struct{}{}
	return !seen
}

func (a *Article) row(row []string) []string {
	return append(row, a.IRI, a.Identifier, a.URL, a.Title, a.Published.String(), a.TextSHA256, a.Story(), "Article")
}

// things yields the rows of entities that were not written before, and of phrases.
func (g *Graph) things(seen once, yield func(row []string)) {
	row := make([]string, 0, len(entityColumns))
	for i := range g.Entities {
		if e := &g.Entities[i]; e.local() || seen.first(e.IRI) {
			aliases := strings.ReplaceAll(strings.Join(e.Aliases, "\x00"), ";", ",")
			yield(append(row[:0], e.IRI, e.Name, e.Type.String(), e.Country, strings.ReplaceAll(aliases, "\x00", ";"), e.label()))
		}
	}
	for i := range g.Phrases {
		yield(append(row[:0], g.Phrases[i].IRI, g.Phrases[i].Text, "", "", "", "Phrase"))
	}
}

// local reports whether the entity is one without a name, whose IRI is a hash of article and place, so that no other
// article has it.
func (e *Entity) local() bool {
	_, digest, ok := strings.Cut(e.IRI, "entity/")
	return ok && len(digest) == 32 && strings.Trim(digest, "0123456789abcdef") == ""
}

// ClassName is the entity's class without its namespace: what property graphs call it, beside Entity.
func (e *Entity) ClassName() string {
	_, class := compact(e.Class)
	return class
}

func (e *Entity) label() string {
	class := e.ClassName()
	if class == "Entity" {
		return class
	}
	return "Entity;" + class
}

// mentionRows yields where the article mentions entities, and what phrases mention.
func (g *Graph) mentionRows(yield func(row []string)) {
	row := make([]string, 0, len(mentionColumns))
	for i := range g.Entities {
		if e := &g.Entities[i]; e.Named && len(g.Mentions) == 0 { // read from RDF, which does not say where
			yield(append(row[:0], g.Article.IRI, e.IRI, "mentions", "", "", "", ""))
		}
	}
	for i := range g.Mentions {
		m := &g.Mentions[i]
		yield(append(row[:0], g.Article.IRI, m.Entity, "mentions", strconv.Itoa(m.Start), strconv.Itoa(m.End), m.Text, m.Kind))
	}
	for i := range g.Phrases {
		for _, e := range g.Phrases[i].Entities {
			yield(append(row[:0], g.Phrases[i].IRI, e, "mentions", "", "", "", ""))
		}
	}
}

// relationRows yields the statements that have an object, and the members of groups.
func (g *Graph) relationRows(yield func(row []string)) {
	row := make([]string, 0, len(relationColumns))
	for i := range g.Statements {
		s := &g.Statements[i]
		if s.Object == "" {
			continue
		}
		var start, end, quote string
		if s.Evidence >= 0 {
			e := &g.Evidence[s.Evidence]
			start, end, quote = strconv.Itoa(e.Start), strconv.Itoa(e.End), e.Quote
		}
		yield(append(row[:0], s.Subject, s.Object, s.Relation, s.IRI, s.Polarity.String(), s.Modality.String(), s.Tense.String(),
			s.Start.String(), s.End.String(), s.TimeText, s.Place, s.Topic, s.Speaker, s.SpeakerRole, s.SpeakerVerb,
			s.SubjectRole, s.ObjectRole, s.Office, s.Kin, s.Plover, s.Cameo, s.Confidence, s.Rule, s.Source(), g.Article.IRI,
			start, end, quote))
	}
	for i := range g.Entities {
		for _, m := range g.Entities[i].Members {
			row = append(row[:0], g.Entities[i].IRI, m, "hasMember")
			for len(row) < len(relationColumns) {
				row = append(row, "")
			}
			yield(row)
		}
	}
}

// Source says where the statement comes from: the "text", or "knowledge".
func (s *Statement) Source() string {
	if s.FromKnowledge {
		return "knowledge"
	}
	return "text"
}
