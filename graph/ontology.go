package graph

import (
	"io"
	"slices"
	"strings"
	"unicode"
)

// A term is a class, property or individual of dyad's own vocabulary, as the ontology publishes it.
type term struct {
	iri            string
	kind           string // "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", or an individual's class
	label, comment string
	super          string // superclass or superproperty
	domain, value  string // of properties
}

// Classes that relations name as their sides, beside those that entities have.
const (
	classActor = Namespace + "Actor"
	classBody  = Namespace + "Body"
	classWork  = schemaNS + "CreativeWork"
)

const (
	owlClass      = "owl:Class"
	owlObject     = "owl:ObjectProperty"
	owlSymmetric  = "owl:ObjectProperty, owl:SymmetricProperty"
	owlDatatype   = "owl:DatatypeProperty"
	owlAnnotation = "owl:AnnotationProperty"
	dyPolarities  = Namespace + "Polarity"
	dyModalities  = Namespace + "Modality"
	dyTenses      = Namespace + "Tense"
	dySources     = Namespace + "Source"
	dyDescribedAs = Namespace + "describedAs"
)

// vocabulary is dyad's own vocabulary but for the relations. What it uses of others is documented in docs/graph.md.
var vocabulary = []term{
	{iri: classEntity, kind: owlClass, label: "entity", comment: "Who or what an article names and statements are about."},
	{iri: classActor, kind: owlClass, super: classEntity, label: "actor", comment: "A person, an organisation or a polity that acts."},
	{iri: classBody, kind: owlClass, super: classActor, label: "body", comment: "An organisation or a polity: what has offices and members."},
	{iri: classPeople, kind: owlClass, super: classEntity, label: "people", comment: "A nationality, a religious or a political group."},
	{iri: classGroup, kind: owlClass, super: classEntity, label: "group", comment: "Several entities that an article refers to as one: \"the two ministers\"."},
	{iri: classPhrase, kind: owlClass, label: "phrase", comment: "An argument that is a thing and no entity, in the article's words: \"the deployment of missile defences\"."},
	{iri: classEvent, kind: owlClass, super: classStatement, label: "event", comment: "A statement that something happens."},
	{iri: classState, kind: owlClass, super: classStatement, label: "state", comment: "A statement that something holds for a while."},

	{iri: dyPolarities, kind: owlClass, label: "polarity", comment: "Whether a statement is affirmed or denied."},
	{iri: polarities[0], kind: dyPolarities, label: "positive", comment: "The relation is affirmed."},
	{iri: polarities[1], kind: dyPolarities, label: "negative", comment: "The relation is denied: did not, refused to, without."},
	{iri: dyModalities, kind: owlClass, label: "modality", comment: "How real a statement's relation is."},
	{iri: modalities[0], kind: dyModalities, label: "actual", comment: "It is a fact, as the article has it."},
	{iri: modalities[1], kind: dyModalities, label: "planned", comment: "It is intended or announced: will, plans to."},
	{iri: modalities[2], kind: dyModalities, label: "possible", comment: "It may be: may, could, if, considers."},
	{iri: modalities[3], kind: dyModalities, label: "requested", comment: "Somebody asks for it: calls for, urges."},
	{iri: dyTenses, kind: owlClass, label: "tense", comment: "The time of a statement's verb."},
	{iri: tenses[1], kind: dyTenses, label: "past", comment: "Before the article."},
	{iri: tenses[2], kind: dyTenses, label: "present", comment: "At the time of the article."},
	{iri: tenses[3], kind: dyTenses, label: "future", comment: "After the article."},
	{iri: dySources, kind: owlClass, label: "source", comment: "Where a statement comes from, when not from the article's words."},
	{iri: individualKnowledge, kind: dySources, label: "knowledge", comment: "The knowledge base states it for the article's date; the article does not."},

	{iri: dyPolarity, kind: owlObject, domain: classStatement, value: dyPolarities, label: "polarity", comment: "Whether the statement is affirmed or denied."},
	{iri: dyModality, kind: owlObject, domain: classStatement, value: dyModalities, label: "modality", comment: "How real the relation is."},
	{iri: dyTense, kind: owlObject, domain: classStatement, value: dyTenses, label: "tense", comment: "The time of the verb."},
	{iri: dySource, kind: owlObject, domain: classStatement, value: dySources, label: "source", comment: "Where the statement comes from, when not from the article's words."},
	{iri: dyAttributedTo, kind: owlObject, domain: classStatement, label: "attributed to", comment: "The entity or phrase whose words the statement is."},
	{iri: dyAttributionVerb, kind: owlDatatype, domain: classStatement, value: xsdString, label: "attribution verb", comment: "The words that attribute the statement: \"said\", \"according to\"."},
	{iri: dySpeakerRole, kind: owlDatatype, domain: classStatement, value: xsdString, label: "speaker role", comment: "The unnamed group that speaks for the entity: \"officials\"."},
	{iri: dySubjectRole, kind: owlDatatype, domain: classStatement, value: xsdString, label: "subject role", comment: "The unnamed group that acts for the subject: \"officials\"."},
	{iri: dyObjectRole, kind: owlDatatype, domain: classStatement, value: xsdString, label: "object role", comment: "The unnamed group that stands for the object: \"troops\"."},
	{iri: dyTimeText, kind: owlDatatype, domain: classStatement, value: xsdString, label: "time text", comment: "The article's words for the time."},
	{iri: dyOffice, kind: owlDatatype, value: xsdString, label: "office", comment: "The title of an office: \"foreign minister\"."},
	{iri: dyKin, kind: owlDatatype, domain: classStatement, value: xsdString, label: "kin", comment: "The kinship of dy:relativeOf: \"wife\"."},
	{iri: dyTrigger, kind: owlDatatype, domain: classStatement, value: xsdString, label: "trigger", comment: "The words that state the relation."},
	{iri: dyPlover, kind: owlDatatype, value: xsdString, label: "PLOVER class", comment: "The class of events in the PLOVER ontology."},
	{iri: dyCameo, kind: owlDatatype, value: xsdString, label: "CAMEO code", comment: "The code of the event in the CAMEO manual; of a relation, that of its plain, asserted form."},
	{iri: dyConfidence, kind: owlDatatype, domain: classStatement, value: xsdDecimal, label: "confidence", comment: "How sure dyad is that the article says so, 0 to 1."},
	{iri: dyRule, kind: owlDatatype, domain: classStatement, value: xsdString, label: "rule", comment: "The rule that found the statement."},
	{iri: dyHead, kind: owlDatatype, domain: classPhrase, value: xsdString, label: "head", comment: "The head word of a phrase."},
	{iri: dyHasMember, kind: owlObject, domain: classGroup, value: classEntity, label: "has member", comment: "An entity that belongs to a group."},
	{iri: dyEntityType, kind: owlDatatype, value: xsdString, label: "entity type", comment: "PER, ORG, GPE, LOC, FAC, NORP, EVENT, LAW or PRODUCT."},
	{iri: dyISO3166, kind: owlDatatype, domain: classCountry, value: xsdString, label: "ISO 3166 code", comment: "The two-letter code of a country, or the code of a part of one: \"GB-ENG\"."},
	{iri: dyTextSHA256, kind: owlDatatype, domain: classArticle, value: xsdString, label: "text SHA-256", comment: "The SHA-256 of the article's text in UTF-8, in hexadecimal."},
	{iri: dySameStoryAs, kind: owlSymmetric, domain: classArticle, value: classArticle, label: "same story as", comment: "An article that tells the same story in nearly the same words. Of a syndicated copy, the one that was there first: copies that name the same article count once."},
	{iri: dyVersion, kind: owlDatatype, domain: classActivity, value: xsdString, label: "version", comment: "The version of dyad."},
	{iri: dyEngine, kind: owlDatatype, domain: classActivity, value: xsdString, label: "engine", comment: "What found words, tags and names."},
	{iri: dyKnowledge, kind: owlDatatype, domain: classActivity, value: xsdString, label: "knowledge", comment: "A hash of the knowledge base."},
	{iri: dyRules, kind: owlDatatype, domain: classActivity, value: xsdString, label: "rules", comment: "A hash of the rules."},
	{iri: dyModels, kind: owlDatatype, domain: classActivity, value: xsdString, label: "models", comment: "A hash of the models."},
	{iri: dyDescribedAs, kind: owlAnnotation, label: "described as", comment: "Whether statements of a relation are events or states."},
}

// A ploverClass is a class of events in the PLOVER ontology. Each is a property, above the relations of the class.
type ploverClass struct{ name, comment string }

var ploverClasses = []ploverClass{
	{"AGREE", "Agrees to, or promises, future cooperation or settlement."},
	{"CONSULT", "Meets, visits, negotiates, talks."},
	{"SUPPORT", "Supports by word, vote, recognition or diplomatic act."},
	{"COOPERATE", "Cooperates in trade, security, law, culture."},
	{"AID", "Gives aid."},
	{"CONCEDE", "Yields, eases or ends what it did against another."},
	{"REQUEST", "Asks or demands."},
	{"ACCUSE", "Accuses, criticises, disapproves."},
	{"REJECT", "Refuses, rejects, disagrees."},
	{"THREATEN", "Threatens or warns."},
	{"PROTEST", "Protests, demonstrates, strikes."},
	{"MOBILIZE", "Readies or moves forces."},
	{"SANCTION", "Reduces relations, imposes sanctions."},
	{"RETREAT", "Retreats, withdraws."},
	{"COERCE", "Arrests, seizes, represses short of violence."},
	{"ASSAULT", "Uses violence."},
}

// Classes are the names of the PLOVER classes.
func Classes() []string {
	names := make([]string, len(ploverClasses))
	for i, c := range ploverClasses {
		names[i] = c.name
	}
	return names
}

// sides are the classes of what stands on either side of a relation, by the names that the rule language has for them.
var sides = map[string]string{
	"actor": classActor, "person": schemaNS + "Person", "org": schemaNS + "Organization", "body": classBody,
	"polity": schemaNS + "AdministrativeArea", "place": schemaNS + "Place", "event": schemaNS + "Event",
	"document": classWork, "group": classGroup,
}

// reserved are the names in dyad's namespace that no relation may have.
var reserved = func() map[string]bool {
	names := map[string]bool{}
	for _, t := range vocabulary {
		names[strings.TrimPrefix(t.iri, Namespace)] = true
	}
	return names
}()

// WriteOntology writes the ontology in Turtle: the vocabulary, the inventory of relations, and the relations that a
// user's rules define beside them.
func WriteOntology(w io.Writer, more ...Relation) error {
	t := turtle{output: output{w: w}}
	t.prefixes([]string{"dy", "rdf", "rdfs", "owl", "xsd", "schema", "prov", "org"})
	t.line("<", strings.TrimSuffix(Namespace, "#"), "> a owl:Ontology")
	t.text("rdfs:label", "dyad: who did what to whom in the news")
	t.text("rdfs:comment", "The vocabulary of the knowledge graphs that dyad extracts from news articles.")
	t.end()
	for _, v := range vocabulary {
		t.term(v)
	}
	for _, c := range ploverClasses {
		t.line("dy:", c.name, " a ", owlObject)
		t.text("rdfs:label", c.name)
		t.text("rdfs:comment", "The PLOVER class "+c.name+": "+lowerFirst(c.comment))
		t.end()
	}
	for _, r := range slices.Concat(Relations, more) {
		t.relation(r)
	}
	return t.flush()
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// turtle writes Turtle for people to read: a property a line.
type turtle struct{ output }

// extra are the prefixes that only the ontology and the shapes need.
var extra = map[string]string{
	"owl": "http://www.w3.org/2002/07/owl#", "sh": "http://www.w3.org/ns/shacl#",
}

func (t *turtle) prefixes(names []string) {
	for _, name := range names {
		namespace := extra[name]
		for _, p := range prefixes {
			if p.name == name {
				namespace = p.namespace
			}
		}
		t.raw("@prefix ", name, ": <", namespace, "> .\n")
	}
}

func (t *turtle) raw(parts ...string) {
	for _, p := range parts {
		t.buf = append(t.buf, p...)
	}
}

// line starts a subject, after an empty line.
func (t *turtle) line(parts ...string) {
	t.raw("\n")
	t.raw(parts...)
}

// property adds a property of the subject; value is an abbreviated IRI.
func (t *turtle) property(name, value string) { t.raw(" ;\n\t", name, " ", value) }

func (t *turtle) text(name, value string) {
	t.raw(" ;\n\t", name, " ")
	t.buf = appendLiteral(t.buf, value)
}

func (t *turtle) end() { t.raw(" .\n") }

// link adds a property whose value is an IRI, unless that is "".
func (t *turtle) link(name, iri string) {
	if iri != "" {
		t.property(name, curie(iri))
	}
}

func (t *turtle) term(v term) {
	t.line(curie(v.iri), " a ", curie(v.kind))
	t.text("rdfs:label", v.label)
	t.text("rdfs:comment", v.comment)
	if v.kind == owlClass {
		t.link("rdfs:subClassOf", v.super)
	}
	t.link("rdfs:domain", v.domain)
	t.link("rdfs:range", v.value)
	t.end()
}

func (t *turtle) relation(r Relation) {
	t.line(turtleName(relationIRI(r.Name)), " a ", owlObject)
	if r.Symmetric {
		t.raw(", owl:SymmetricProperty")
	}
	label := r.Label
	if label == "" {
		label = words(r.Name)
	}
	t.text("rdfs:label", label)
	if r.Comment != "" {
		t.text("rdfs:comment", r.Comment)
	}
	t.link("rdfs:domain", sides[r.Subject])
	t.link("rdfs:range", sides[r.Object])
	class := classEvent
	if r.State || r.Plover == "" && relationNamed[r.Name] == nil {
		class = classState
	}
	t.link(curie(dyDescribedAs), class)
	if r.Plover != "" {
		t.property("rdfs:subPropertyOf", "dy:"+r.Plover)
		t.text(curie(dyPlover), r.Plover)
	}
	if r.Cameo != "" {
		t.text(curie(dyCameo), r.Cameo)
	}
	t.end()
}

// words turns a relation's name into words: "tradedWith" into "traded with".
func words(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
