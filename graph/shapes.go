package graph

import (
	"io"
	"slices"
	"strings"
)

// A shape says what every node of a class has, in SHACL.
type shape struct {
	name        string // of the shape
	targets     []string
	constraints []constraint
}

// A constraint is what holds for one property: how often it stands and what its values are.
type constraint struct {
	property string
	min, max int    // max 0 is any number
	values   string // Turtle
}

// What values may be.
const (
	anIRI     = "sh:nodeKind sh:IRI"
	aString   = "sh:datatype xsd:string ; sh:minLength 1"
	aDate     = `sh:or ( [ sh:datatype xsd:date ] [ sh:datatype xsd:gYearMonth ] [ sh:datatype xsd:gYear ] )`
	anInteger = "sh:datatype xsd:integer ; sh:minInclusive 0"
)

func of(class string) string { return anIRI + " ; sh:class " + curie(class) }

func oneOf(individuals []string) string {
	var b strings.Builder
	b.WriteString("sh:in (")
	for _, i := range individuals {
		if i != "" {
			b.WriteString(" " + curie(i))
		}
	}
	return b.String() + " )"
}

func oneOfTypes() string {
	return `sh:in ( "PER" "ORG" "GPE" "LOC" "FAC" "NORP" "EVENT" "LAW" "PRODUCT" )`
}

func oneOfPlover() string {
	var b strings.Builder
	b.WriteString("sh:in (")
	for _, c := range ploverClasses {
		b.WriteString(` "` + c.name + `"`)
	}
	return b.String() + " )"
}

// classes of entities that a graph may have.
func entityTargets() []string {
	targets := []string{classCountry, classCity, classGroup}
	for _, c := range entityClasses {
		if !slices.Contains(targets, c) {
			targets = append(targets, c)
		}
	}
	slices.Sort(targets)
	return targets
}

// shapes are what every graph conforms to.
func shapes() []shape {
	return []shape{
		{"ArticleShape", []string{classArticle}, []constraint{
			{schemaIdentifier, 0, 0, aString},
			{schemaHeadline, 0, 0, aString},
			{schemaDatePublished, 0, 0, aDate},
			{schemaURL, 0, 1, anIRI},
			{dyTextSHA256, 1, 0, `sh:datatype xsd:string ; sh:pattern "^[0-9a-f]{64}$"`},
			{dySameStoryAs, 0, 0, anIRI},
			{schemaMentions, 0, 0, anIRI},
		}},
		{"ActivityShape", []string{classActivity}, []constraint{
			{provUsed, 1, 1, of(classArticle)},
			{dyVersion, 0, 1, aString},
			{dyEngine, 0, 1, aString},
			{dyKnowledge, 0, 1, aString},
			{dyRules, 0, 1, aString},
			{dyModels, 0, 1, aString},
		}},
		{"EntityShape", entityTargets(), []constraint{
			{schemaName, 1, 0, aString},
			{schemaAlternateName, 0, 0, aString},
			{dyEntityType, 0, 0, oneOfTypes()},
			{dyISO3166, 0, 1, `sh:datatype xsd:string ; sh:pattern "^[A-Z]{2}(-[A-Z0-9]{1,3})?$"`},
			{dyHasMember, 0, 0, anIRI},
		}},
		{"PhraseShape", []string{classPhrase}, []constraint{
			{rdfsLabel, 1, 1, aString},
			{dyHead, 0, 1, aString},
			{schemaMentions, 0, 0, anIRI},
		}},
		{"StatementShape", []string{classStatement}, []constraint{
			{rdfSubject, 1, 1, anIRI},
			{rdfPredicate, 1, 1, anIRI + ` ; sh:pattern "^` + Namespace + `"`},
			{rdfObject, 0, 1, anIRI},
			{dySubjectRole, 0, 1, aString},
			{dyObjectRole, 0, 1, aString},
			{dyPolarity, 1, 1, oneOf(polarities[:])},
			{dyModality, 1, 1, oneOf(modalities[:])},
			{dyTense, 0, 1, oneOf(tenses[:])},
			{schemaStartDate, 0, 1, aDate},
			{schemaEndDate, 0, 1, aDate},
			{dyTimeText, 0, 1, aString},
			{schemaLocation, 0, 1, anIRI},
			{schemaAbout, 0, 1, of(classPhrase)},
			{dyAttributedTo, 0, 1, anIRI},
			{dySpeakerRole, 0, 1, aString},
			{dyAttributionVerb, 0, 1, aString},
			{dyOffice, 0, 1, aString},
			{dyKin, 0, 1, aString},
			{dyPlover, 0, 1, oneOfPlover()},
			{dyCameo, 0, 1, `sh:datatype xsd:string ; sh:pattern "^[0-9]{2,4}$"`},
			{dyConfidence, 1, 1, "sh:datatype xsd:decimal ; sh:minInclusive 0 ; sh:maxInclusive 1"},
			{dyRule, 0, 1, aString},
			{dyTrigger, 0, 1, aString},
			{dySource, 0, 1, oneOf([]string{individualKnowledge})},
			{provWasDerivedFrom, 0, 1, of(classResource)},
			{provWasGeneratedBy, 1, 1, of(classActivity)},
		}},
		{"MembershipShape", []string{classMembership}, []constraint{
			{orgMember, 1, 1, anIRI},
			{orgOrganization, 1, 1, anIRI},
			{dyOffice, 1, 1, aString},
			{provWasDerivedFrom, 1, 1, of(classStatement)},
		}},
		{"EvidenceShape", []string{classResource}, []constraint{
			{oaHasSource, 1, 1, of(classArticle)},
			{oaHasSelector, 2, 2, anIRI},
		}},
		{"PositionShape", []string{classPosition}, []constraint{
			{oaStart, 1, 1, anInteger},
			{oaEnd, 1, 1, anInteger + " ; sh:minExclusive 0"},
		}},
		{"QuoteShape", []string{classQuote}, []constraint{
			{oaExact, 1, 1, aString},
		}},
	}
}

// WriteShapes writes the SHACL shapes that every graph conforms to, in Turtle.
func WriteShapes(w io.Writer, more ...Relation) error {
	t := turtle{output: output{w: w}}
	t.prefixes([]string{"dy", "sh", "rdf", "rdfs", "xsd", "schema", "prov", "oa", "org"})
	for _, s := range shapes() {
		t.line("dy:", s.name, " a sh:NodeShape")
		for _, target := range s.targets {
			t.property("sh:targetClass", curie(target))
		}
		for _, c := range s.constraints {
			t.constraint(c)
		}
		t.end()
	}
	t.line("dy:RelationShape a sh:NodeShape")
	for _, r := range slices.Concat(Relations, more) {
		t.property("sh:targetObjectsOf", turtleName(relationIRI(r.Name)))
	}
	t.property("sh:nodeKind", "sh:IRI")
	t.end()
	return t.flush()
}

func (t *turtle) constraint(c constraint) {
	t.raw(" ;\n\tsh:property [ sh:path ", curie(c.property))
	if c.min > 0 {
		t.raw(" ; sh:minCount ", string(rune('0'+c.min)))
	}
	if c.max > 0 {
		t.raw(" ; sh:maxCount ", string(rune('0'+c.max)))
	}
	t.raw(" ; ", c.values, " ]")
}
