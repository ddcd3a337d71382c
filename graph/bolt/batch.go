package bolt

import (
	"slices"
	"strconv"

	"github.com/dyad-kg/dyad/graph"
)

// A batch is what some articles say, as the rows that the statements of cypher.go take.
type batch struct {
	articles []any // IRIs
	nodes    []any // of the articles
	entities groups
	phrases  []any
	edges    groups
	rows     int
}

// groups are rows by a key, in the order in which the keys came: a label or the kind of a relationship must stand in a
// statement's text.
type groups []group

type group struct {
	key  string
	rows []any
}

func (g *groups) add(key string, row any) {
	i := slices.IndexFunc(*g, func(g group) bool { return g.key == key })
	if i < 0 {
		i = len(*g)
		*g = append(*g, group{key: key})
	}
	(*g)[i].rows = append((*g)[i].rows, row)
}

type row = map[string]any

func (b *batch) has(article string) bool { return slices.Contains(b.articles, any(article)) }

// add takes in an article. The graph is not needed any more afterwards.
func (b *batch) add(g *graph.Graph) {
	a := &g.Article
	b.articles = append(b.articles, a.IRI)
	for i := range g.Entities {
		e := &g.Entities[i]
		b.entities.add(e.ClassName(), row{
			"iri": e.IRI, "name": e.Name, "type": null(e.Type.String()), "country": null(e.Country), "aliases": slices.Clone(e.Aliases),
		})
	}
	for i := range g.Phrases {
		p := &g.Phrases[i]
		b.phrases = append(b.phrases, row{"article": a.IRI, "iri": p.IRI, "text": p.Text, "head": null(p.Head)})
		for _, e := range p.Entities {
			b.edge("mentions", p.IRI, e, row{})
		}
	}
	b.addMentions(g)
	relations := b.addStatements(g)
	b.nodes = append(b.nodes, row{
		"iri": a.IRI, "identifier": null(a.Identifier), "url": null(a.URL), "title": null(a.Title), "published": null(a.Published.String()),
		"textSha256": a.TextSHA256, "story": a.Story(), "relations": relations,
	})
	b.rows += 1 + len(g.Entities) + len(g.Phrases)
}

func (b *batch) edge(kind, from, to string, properties row) {
	b.edges.add(kind, row{"from": from, "to": to, "properties": properties})
	b.rows++
}

// addMentions hangs every entity on the article.
func (b *batch) addMentions(g *graph.Graph) {
	for i := range g.Mentions {
		m := &g.Mentions[i]
		b.edge("mentions", g.Article.IRI, m.Entity, row{"start": m.Start, "end": m.End, "text": m.Text, "kind": m.Kind})
	}
	for i := range g.Entities {
		switch e := &g.Entities[i]; {
		case !e.Named:
			b.edge("implies", g.Article.IRI, e.IRI, row{})
		case len(g.Mentions) == 0: // read from RDF, which does not say where
			b.edge("mentions", g.Article.IRI, e.IRI, row{})
		}
	}
}

// addStatements returns the kinds of the relationships that the article states.
func (b *batch) addStatements(g *graph.Graph) (kinds []string) {
	kinds = []string{}
	add := func(kind, from, to string, properties row) {
		b.edge(kind, from, to, properties)
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	for i := range g.Statements {
		if s := &g.Statements[i]; s.Object != "" {
			add(s.Relation, s.Subject, s.Object, statement(g, s))
		}
	}
	for i := range g.Entities {
		for _, m := range g.Entities[i].Members {
			add("hasMember", g.Entities[i].IRI, m, row{"article": g.Article.IRI})
		}
	}
	return kinds
}

// statement are the properties of a statement, under the names that the columns of relations.csv have.
func statement(g *graph.Graph, s *graph.Statement) row {
	confidence, _ := strconv.ParseFloat(s.Confidence, 64) // of our own writing
	r := row{
		"statement": s.IRI, "article": g.Article.IRI, "polarity": s.Polarity.String(), "modality": s.Modality.String(),
		"confidence": confidence, "source": s.Source(),
	}
	for name, value := range map[string]string{
		"tense": s.Tense.String(), "startDate": s.Start.String(), "endDate": s.End.String(), "timeText": s.TimeText,
		"place": s.Place, "topic": s.Topic, "speaker": s.Speaker, "speakerRole": s.SpeakerRole, "speakerVerb": s.SpeakerVerb,
		"subjectRole": s.SubjectRole, "objectRole": s.ObjectRole, "office": s.Office, "kin": s.Kin, "plover": s.Plover,
		"cameo": s.Cameo, "rule": s.Rule,
	} {
		if value != "" {
			r[name] = value
		}
	}
	if s.Evidence >= 0 {
		e := &g.Evidence[s.Evidence]
		r["evidenceStart"], r["evidenceEnd"], r["quote"] = e.Start, e.End, e.Quote
	}
	return r
}

// null is nil for what is not known.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
