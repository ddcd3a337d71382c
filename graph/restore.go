package graph

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A restorer makes a Graph of the nodes that graphs are written as. It knows no more than that: what dyad does not write
// is an error, for it would be lost.
type restorer struct {
	nodes []node
	at    map[string]int // nodes by IRI

	graph    *Graph
	entities map[string]int
	evidence map[string]int
}

func newRestorer() *restorer { return &restorer{at: map[string]int{}} }

// add notes a quad.
func (r *restorer) add(subject, predicate string, object Term) {
	i, ok := r.at[subject]
	if !ok {
		i = len(r.nodes)
		r.at[subject] = i
		r.nodes = append(r.nodes, node{id: subject})
	}
	n := &r.nodes[i]
	if predicate == rdfType && object.IsIRI() {
		if !slices.Contains(n.types, object.Value) {
			n.types = append(n.types, object.Value)
		}
		return
	}
	if p := (property{predicate, object}); !slices.Contains(n.properties, p) {
		n.properties = append(n.properties, p)
	}
}

// restore returns the graph of that name and forgets the quads. The graph of no name is its article's.
func (r *restorer) restore(name string) (*Graph, error) {
	r.graph, r.entities, r.evidence = &Graph{}, map[string]int{}, map[string]int{}
	var statements []*node
	for _, pass := range []func(n *node, f *fields) (bool, error){
		func(n *node, f *fields) (bool, error) { return r.article(n, f, name) },
		r.activity, r.entity, r.phrase, r.selected, r.selector,
		func(n *node, _ *fields) (bool, error) {
			described := n.is(classStatement) || n.is(classEvent) || n.is(classState)
			if described {
				statements = append(statements, n)
			}
			return described, nil
		},
		r.office,
	} {
		if err := r.pass(pass); err != nil {
			return nil, err
		}
	}
	for _, n := range statements {
		f := &fields{n: n}
		r.statement(n, f)
		if err := f.finish(); err != nil {
			return nil, err
		}
		n.types, n.properties = nil, nil
	}
	for i := range r.nodes {
		if n := &r.nodes[i]; len(n.types) > 0 || len(n.properties) > 0 {
			return nil, fmt.Errorf("<%s> is nothing that dyad writes", n.id)
		}
	}
	if r.graph.Article.IRI == "" {
		return nil, fmt.Errorf("graph <%s> does not say which article it is of", name)
	}
	if r.graph.Activity.IRI == "" {
		return nil, fmt.Errorf("graph <%s> does not say what made it", name)
	}
	slices.SortFunc(r.graph.facts, fact.compare)
	g := r.graph
	*r = *newRestorer()
	return g, nil
}

// pass offers all nodes that are left to a function; those that it takes are done with.
func (r *restorer) pass(take func(n *node, f *fields) (bool, error)) error {
	for i := range r.nodes {
		n := &r.nodes[i]
		if len(n.types) == 0 {
			continue
		}
		f := &fields{n: n}
		taken, err := take(n, f)
		if err != nil {
			return err
		}
		if !taken || n.is(classStatement) || n.is(classEvent) || n.is(classState) {
			continue
		}
		if err := f.finish(); err != nil {
			return err
		}
		n.types, n.properties = nil, nil
	}
	return nil
}

func (n *node) is(class string) bool { return slices.Contains(n.types, class) }

// fields hands out the properties of a node, each once.
type fields struct {
	n     *node
	taken []bool
	err   error
}

// all returns the values of a property that is an IRI (datatype "") or a literal of the datatype.
func (f *fields) all(predicate, datatype string) (values []string) {
	if f.taken == nil {
		f.taken = make([]bool, len(f.n.properties))
	}
	for i, p := range f.n.properties {
		if p.predicate == predicate && p.value.Datatype == datatype {
			f.taken[i] = true
			values = append(values, p.value.Value)
		}
	}
	return values
}

// one returns the value of a property that stands once at most, "" when it does not.
func (f *fields) one(predicate, datatype string) string {
	values := f.all(predicate, datatype)
	switch len(values) {
	case 0:
		return ""
	case 1:
		return values[0]
	}
	f.fail("has %d values of <%s>; dyad writes one", len(values), predicate)
	return ""
}

func (f *fields) iri(predicate string) string  { return f.one(predicate, "") }
func (f *fields) text(predicate string) string { return f.one(predicate, xsdString) }

// first returns the first string of a property. An input that has an article twice, under two identifiers or in two
// versions at one address, gives one graph with both.
func (f *fields) first(predicate string) string {
	if values := f.all(predicate, xsdString); len(values) > 0 {
		return values[0]
	}
	return ""
}

func (f *fields) integer(predicate string) int {
	n, err := strconv.Atoi(f.one(predicate, xsdInteger))
	if err != nil {
		f.fail("has no <%s> that is a number", predicate)
	}
	return n
}

func (f *fields) date(predicate string) (d seeds.Date) {
	for _, datatype := range []string{xsdGYear, xsdGYearMonth, xsdDate} {
		for _, s := range f.all(predicate, datatype) {
			var err error
			if d, err = seeds.ParseDate(s); err != nil {
				f.fail("%v", err)
			}
		}
	}
	return d
}

// individual returns the index of a value among the individuals that it may be.
func (f *fields) individual(predicate string, individuals []string) int {
	i := slices.Index(individuals, f.iri(predicate))
	if i < 0 {
		f.fail("has no <%s> that dyad knows", predicate)
		return 0
	}
	return i
}

func (f *fields) fail(format string, args ...any) {
	if f.err == nil {
		f.err = fmt.Errorf("<"+f.n.id+"> "+format, args...)
	}
}

// finish reports what was wrong, or what is left.
func (f *fields) finish() error {
	if f.err == nil {
		for i, p := range f.n.properties {
			if f.taken == nil || !f.taken[i] {
				f.fail("has <%s> %s, which dyad does not write", p.predicate, appendTerm(nil, p.value))
				break
			}
		}
	}
	return f.err
}

func (r *restorer) article(n *node, f *fields, name string) (bool, error) {
	if !n.is(classArticle) {
		return false, nil
	}
	if r.graph.Article.IRI != "" || name != "" && name != n.id {
		return true, fmt.Errorf("<%s> is a second article in one graph; dyad can tell articles apart only in named graphs", n.id)
	}
	r.graph.Article = Article{
		IRI: n.id, Identifier: f.first(schemaIdentifier), URL: f.iri(schemaURL), Title: f.first(schemaHeadline),
		Published: f.date(schemaDatePublished), TextSHA256: f.first(dyTextSHA256),
		SameStoryAs: f.all(dySameStoryAs, ""),
	}
	for _, e := range f.all(schemaMentions, "") {
		r.entities[e] = -1 // to be found
	}
	return true, nil
}

func (r *restorer) activity(n *node, f *fields) (bool, error) {
	if !n.is(classActivity) {
		return false, nil
	}
	f.iri(provUsed)
	r.graph.Activity = Activity{n.id, Provenance{
		Version: f.text(dyVersion), Engine: f.text(dyEngine), Knowledge: f.text(dyKnowledge), Rules: f.text(dyRules), Models: f.text(dyModels),
	}}
	return true, nil
}

func (r *restorer) entity(n *node, f *fields) (bool, error) {
	if len(n.types) != 1 || !slices.Contains(entityTargets(), n.types[0]) {
		return false, nil
	}
	_, named := r.entities[n.id]
	e := Entity{
		IRI: n.id, Class: n.types[0], Name: f.text(schemaName), Aliases: f.all(schemaAlternateName, xsdString),
		Country: f.text(dyISO3166), Members: f.all(dyHasMember, ""), Named: named,
	}
	if s := f.text(dyEntityType); s != "" {
		var err error
		if e.Type, err = seeds.ParseType(s); err != nil {
			f.fail("%v", err)
		}
	}
	at := len(r.graph.Entities)
	for i, p := range n.properties {
		if name, ok := relationOf(p.predicate); ok && !f.taken[i] && p.value.IsIRI() {
			f.taken[i] = true
			r.graph.facts = append(r.graph.facts, fact{at, name, p.value.Value})
		}
	}
	r.entities[n.id] = at
	r.graph.Entities = append(r.graph.Entities, e)
	return true, nil
}

func (r *restorer) phrase(n *node, f *fields) (bool, error) {
	if !n.is(classPhrase) {
		return false, nil
	}
	r.graph.Phrases = append(r.graph.Phrases, Phrase{
		IRI: n.id, Text: f.text(rdfsLabel), Head: f.text(dyHead), Entities: f.all(schemaMentions, ""),
	})
	return true, nil
}

// selected takes evidence, with what its selectors say.
func (r *restorer) selected(n *node, f *fields) (bool, error) {
	if !n.is(classResource) {
		return false, nil
	}
	f.iri(oaHasSource)
	e := Evidence{IRI: n.id}
	for _, selector := range f.all(oaHasSelector, "") {
		i, ok := r.at[selector]
		if !ok {
			return true, fmt.Errorf("<%s> has the selector <%s>, of which nothing is said", n.id, selector)
		}
		s := &fields{n: &r.nodes[i]}
		switch {
		case r.nodes[i].is(classPosition):
			e.Start, e.End = s.integer(oaStart), s.integer(oaEnd)
		case r.nodes[i].is(classQuote):
			e.Quote = s.text(oaExact)
		}
		if s.err != nil {
			return true, s.err
		}
	}
	r.evidence[n.id] = len(r.graph.Evidence)
	r.graph.Evidence = append(r.graph.Evidence, e)
	return true, nil
}

// selector takes selectors, which selected has read.
func (r *restorer) selector(n *node, f *fields) (bool, error) {
	f.all(oaStart, xsdInteger)
	f.all(oaEnd, xsdInteger)
	f.all(oaExact, xsdString)
	return n.is(classPosition) || n.is(classQuote), nil
}

func (r *restorer) office(n *node, f *fields) (bool, error) {
	if !n.is(classMembership) {
		return false, nil
	}
	r.graph.Offices = append(r.graph.Offices, Office{
		IRI: n.id, Statement: f.iri(provWasDerivedFrom), Person: f.iri(orgMember), Organization: f.iri(orgOrganization),
		Name: f.text(dyOffice),
	})
	return true, nil
}

func (r *restorer) statement(n *node, f *fields) {
	s := Statement{
		IRI: n.id, State: n.is(classState), Subject: f.iri(rdfSubject), Object: f.iri(rdfObject),
		SubjectRole: f.text(dySubjectRole), ObjectRole: f.text(dyObjectRole),
		TimeText: f.text(dyTimeText), Start: f.date(schemaStartDate), End: f.date(schemaEndDate),
		Place: f.iri(schemaLocation), Topic: f.iri(schemaAbout),
		Speaker: f.iri(dyAttributedTo), SpeakerRole: f.text(dySpeakerRole), SpeakerVerb: f.text(dyAttributionVerb),
		Office: f.text(dyOffice), Kin: f.text(dyKin), Plover: f.text(dyPlover), Cameo: f.text(dyCameo),
		Confidence: f.one(dyConfidence, xsdDecimal), Rule: f.text(dyRule), Trigger: f.text(dyTrigger),
		FromKnowledge: f.iri(dySource) == individualKnowledge,
		Polarity:      extract.Polarity(f.individual(dyPolarity, polarities[:])),
		Modality:      extract.Modality(f.individual(dyModality, modalities[:])),
		Tense:         extract.Tense(f.individual(dyTense, tenses[:])),
		Evidence:      -1,
	}
	relation := f.iri(rdfPredicate)
	if triple := f.one(rdfReifies, TripleTerm); triple != "" {
		r.graph.rdf12 = true
		parts := strings.Fields(triple) // <<( <s> <p> <o> )>>
		if len(parts) != 5 {
			f.fail("reifies %s", triple)
			return
		}
		s.Subject, relation, s.Object = strings.Trim(parts[1], "<>"), strings.Trim(parts[2], "<>"), strings.Trim(parts[3], "<>")
	}
	ok := false
	if s.Relation, ok = relationOf(relation); !ok {
		f.fail("is of <%s>, which is no relation of dyad's", relation)
	}
	if evidence := f.iri(provWasDerivedFrom); evidence != "" {
		at, ok := r.evidence[evidence]
		if !ok {
			f.fail("has the evidence <%s>, of which nothing is said", evidence)
		}
		s.Evidence = at
	}
	f.iri(provWasGeneratedBy)
	if at, ok := r.entities[s.Subject]; ok && s.Polarity == extract.Positive && s.Modality == extract.Actual {
		s.Direct = slices.Contains(r.graph.facts, fact{at, s.Relation, s.Object})
	}
	r.graph.Statements = append(r.graph.Statements, s)
}
