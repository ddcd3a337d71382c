package graph

import (
	"iter"
	"strconv"

	"github.com/dyad-kg/dyad/seeds"
)

// A Term is the object of a quad: an IRI, a literal with its datatype, or a triple term of RDF 1.2.
type Term struct {
	Value    string // IRI, lexical form, or the triple as N-Triples 1.2 writes it
	Datatype string // IRI of the datatype, "" of an IRI, TripleTerm of a triple term
}

// TripleTerm stands for a datatype in triple terms, which have none.
const TripleTerm = "<<()>>"

// IsIRI reports whether the term is an IRI.
func (t Term) IsIRI() bool { return t.Datatype == "" }

// A Quad is a triple in a named graph, or, without Graph, in the default one. Subject, Predicate and Graph are IRIs.
type Quad struct {
	Subject, Predicate string
	Object             Term
	Graph              string
}

// A node is a thing with all that its graph says of it. Properties of the same predicate stand together, and no
// property stands twice: the RDF formats write nodes as they come.
type node struct {
	id         string
	types      []string // IRIs
	properties []property
}

type property struct {
	predicate string
	value     Term
}

func (n *node) reset(id string, types ...string) {
	n.id, n.types, n.properties = id, append(n.types[:0], types...), n.properties[:0]
}

// iri adds a property that points to an IRI, unless that is "".
func (n *node) iri(predicate, iri string) {
	if iri != "" {
		n.properties = append(n.properties, property{predicate, Term{Value: iri}})
	}
}

// text adds a property with a string, unless that is "".
func (n *node) text(predicate, s string) { n.typed(predicate, s, xsdString) }

func (n *node) typed(predicate, s, datatype string) {
	if s != "" {
		n.properties = append(n.properties, property{predicate, Term{s, datatype}})
	}
}

func (n *node) integer(predicate string, i int) { n.typed(predicate, strconv.Itoa(i), xsdInteger) }

// date adds a property with a date of the precision that it has, unless it is unknown.
func (n *node) date(predicate string, d seeds.Date) {
	datatype := xsdDate
	switch {
	case d.Month == 0:
		datatype = xsdGYear
	case d.Day == 0:
		datatype = xsdGYearMonth
	}
	n.typed(predicate, d.String(), datatype)
}

// Quads returns the graph's quads in the order in which all RDF formats write them, without their graph's name.
func (g *Graph) Quads() iter.Seq[Quad] {
	return func(yield func(Quad) bool) {
		g.nodes(func(n *node) bool {
			for _, t := range n.types {
				if !yield(Quad{Subject: n.id, Predicate: rdfType, Object: Term{Value: t}}) {
					return false
				}
			}
			for _, p := range n.properties {
				if !yield(Quad{Subject: n.id, Predicate: p.predicate, Object: p.value}) {
					return false
				}
			}
			return true
		})
	}
}

// nodes yields the graph's nodes until yield returns false: the article and how its graph was made, the entities, the
// phrases, the statements, the offices, the evidence. The node is good until yield returns.
func (g *Graph) nodes(yield func(*node) bool) {
	var n node
	g.articleNode(&n)
	if !yield(&n) {
		return
	}
	g.activityNode(&n)
	if !yield(&n) {
		return
	}
	facts := g.facts
	for i := range g.Entities {
		g.Entities[i].node(&n)
		for len(facts) > 0 && facts[0].subject == i {
			n.iri(relationIRI(facts[0].relation), facts[0].object)
			facts = facts[1:]
		}
		if !yield(&n) {
			return
		}
	}
	for i := range g.Phrases {
		g.Phrases[i].node(&n)
		if !yield(&n) {
			return
		}
	}
	for i := range g.Statements {
		g.statementNode(&n, &g.Statements[i])
		if !yield(&n) {
			return
		}
	}
	for i := range g.Offices {
		g.Offices[i].node(&n)
		if !yield(&n) {
			return
		}
	}
	for i := range g.Evidence {
		if !g.Evidence[i].nodes(&n, g.Article.IRI, yield) {
			return
		}
	}
}

func (g *Graph) articleNode(n *node) {
	a := &g.Article
	n.reset(a.IRI, classArticle)
	n.text(schemaIdentifier, a.Identifier)
	n.text(schemaHeadline, a.Title)
	n.date(schemaDatePublished, a.Published)
	n.iri(schemaURL, a.URL)
	n.text(dyTextSHA256, a.TextSHA256)
	for _, other := range a.SameStoryAs {
		n.iri(dySameStoryAs, other)
	}
	for i := range g.Entities {
		if g.Entities[i].Named {
			n.iri(schemaMentions, g.Entities[i].IRI)
		}
	}
}

func (g *Graph) activityNode(n *node) {
	a := &g.Activity
	n.reset(a.IRI, classActivity)
	n.iri(provUsed, g.Article.IRI)
	n.text(dyVersion, a.Version)
	n.text(dyEngine, a.Engine)
	n.text(dyKnowledge, a.Knowledge)
	n.text(dyRules, a.Rules)
	n.text(dyModels, a.Models)
}

func (e *Entity) node(n *node) {
	n.reset(e.IRI, e.Class)
	n.text(schemaName, e.Name)
	for _, a := range e.Aliases {
		n.text(schemaAlternateName, a)
	}
	n.text(dyEntityType, e.Type.String())
	n.text(dyISO3166, e.Country)
	for _, m := range e.Members {
		n.iri(dyHasMember, m)
	}
}

func (p *Phrase) node(n *node) {
	n.reset(p.IRI, classPhrase)
	n.text(rdfsLabel, p.Text)
	n.text(dyHead, p.Head)
	for _, e := range p.Entities {
		n.iri(schemaMentions, e)
	}
}

// statementNode describes a statement: as rdf:Statement, or, if asked to and it has an object, as what reifies a triple
// term.
func (g *Graph) statementNode(n *node, s *Statement) {
	class := classEvent
	if s.State {
		class = classState
	}
	if g.rdf12 && s.Object != "" {
		n.reset(s.IRI, class)
		triple := "<<( <" + s.Subject + "> <" + relationIRI(s.Relation) + "> <" + s.Object + "> )>>"
		n.properties = append(n.properties, property{rdfReifies, Term{triple, TripleTerm}})
	} else {
		n.reset(s.IRI, classStatement, class)
		n.iri(rdfSubject, s.Subject)
		n.iri(rdfPredicate, relationIRI(s.Relation))
		n.iri(rdfObject, s.Object)
	}
	n.text(dySubjectRole, s.SubjectRole)
	n.text(dyObjectRole, s.ObjectRole)
	n.iri(dyPolarity, polarities[s.Polarity])
	n.iri(dyModality, modalities[s.Modality])
	n.iri(dyTense, tenses[s.Tense])
	n.date(schemaStartDate, s.Start)
	n.date(schemaEndDate, s.End)
	n.text(dyTimeText, s.TimeText)
	n.iri(schemaLocation, s.Place)
	n.iri(schemaAbout, s.Topic)
	n.iri(dyAttributedTo, s.Speaker)
	n.text(dySpeakerRole, s.SpeakerRole)
	n.text(dyAttributionVerb, s.SpeakerVerb)
	n.text(dyOffice, s.Office)
	n.text(dyKin, s.Kin)
	n.text(dyPlover, s.Plover)
	n.text(dyCameo, s.Cameo)
	n.typed(dyConfidence, s.Confidence, xsdDecimal)
	n.text(dyRule, s.Rule)
	n.text(dyTrigger, s.Trigger)
	if s.FromKnowledge {
		n.iri(dySource, individualKnowledge)
	}
	if s.Evidence >= 0 {
		n.iri(provWasDerivedFrom, g.Evidence[s.Evidence].IRI)
	}
	n.iri(provWasGeneratedBy, g.Activity.IRI)
}

func (o *Office) node(n *node) {
	n.reset(o.IRI, classMembership)
	n.iri(orgMember, o.Person)
	n.iri(orgOrganization, o.Organization)
	n.text(dyOffice, o.Name)
	n.iri(provWasDerivedFrom, o.Statement)
}

// nodes yields the evidence and its two selectors, and reports whether to go on.
func (e *Evidence) nodes(n *node, article string, yield func(*node) bool) bool {
	position, quote := e.IRI+"/position", e.IRI+"/quote"
	n.reset(e.IRI, classResource)
	n.iri(oaHasSource, article)
	n.iri(oaHasSelector, position)
	n.iri(oaHasSelector, quote)
	if !yield(n) {
		return false
	}
	n.reset(position, classPosition)
	n.integer(oaStart, e.Start)
	n.integer(oaEnd, e.End)
	if !yield(n) {
		return false
	}
	n.reset(quote, classQuote)
	n.text(oaExact, e.Quote)
	return yield(n)
}
