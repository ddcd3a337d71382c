package graph

import "github.com/dyad-kg/dyad/seeds"

// The namespaces of the vocabulary.
const (
	schemaNS = "https://schema.org/"
	rdfNS    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	rdfsNS   = "http://www.w3.org/2000/01/rdf-schema#"
	xsdNS    = "http://www.w3.org/2001/XMLSchema#"
	provNS   = "http://www.w3.org/ns/prov#"
	oaNS     = "http://www.w3.org/ns/oa#"
	orgNS    = "http://www.w3.org/ns/org#"
	wdNS     = "http://www.wikidata.org/entity/"

	// Namespace is where dyad's own classes, properties and relations live.
	Namespace = "https://w3id.org/dyad/ns#"
)

// prefixes are what JSON-LD, Turtle and TriG abbreviate, in the order in which they are declared.
var prefixes = [...]struct{ name, namespace string }{
	{"dy", Namespace},
	{"schema", schemaNS},
	{"rdf", rdfNS},
	{"rdfs", rdfsNS},
	{"xsd", xsdNS},
	{"prov", provNS},
	{"oa", oaNS},
	{"org", orgNS},
	{"wd", wdNS},
}

// Datatypes.
const (
	xsdString     = xsdNS + "string"
	xsdInteger    = xsdNS + "integer"
	xsdDecimal    = xsdNS + "decimal"
	xsdDate       = xsdNS + "date"
	xsdGYearMonth = xsdNS + "gYearMonth"
	xsdGYear      = xsdNS + "gYear"
)

// Classes.
const (
	classArticle    = schemaNS + "NewsArticle"
	classStatement  = rdfNS + "Statement"
	classMembership = orgNS + "Membership"
	classActivity   = provNS + "Activity"
	classResource   = oaNS + "SpecificResource"
	classPosition   = oaNS + "TextPositionSelector"
	classQuote      = oaNS + "TextQuoteSelector"
	classEvent      = Namespace + "Event"
	classState      = Namespace + "State"
	classPhrase     = Namespace + "Phrase"
	classCountry    = schemaNS + "Country"
	classCity       = schemaNS + "City"
	classPeople     = Namespace + "People"
	classGroup      = Namespace + "Group"
	classEntity     = Namespace + "Entity"
)

// Properties.
const (
	rdfType      = rdfNS + "type"
	rdfSubject   = rdfNS + "subject"
	rdfPredicate = rdfNS + "predicate"
	rdfObject    = rdfNS + "object"
	rdfReifies   = rdfNS + "reifies"
	rdfsLabel    = rdfsNS + "label"

	schemaHeadline      = schemaNS + "headline"
	schemaDatePublished = schemaNS + "datePublished"
	schemaURL           = schemaNS + "url"
	schemaIdentifier    = schemaNS + "identifier"
	schemaMentions      = schemaNS + "mentions"
	schemaName          = schemaNS + "name"
	schemaAlternateName = schemaNS + "alternateName"
	schemaLocation      = schemaNS + "location"
	schemaAbout         = schemaNS + "about"
	schemaStartDate     = schemaNS + "startDate"
	schemaEndDate       = schemaNS + "endDate"

	orgMember       = orgNS + "member"
	orgOrganization = orgNS + "organization"

	provWasDerivedFrom = provNS + "wasDerivedFrom"
	provWasGeneratedBy = provNS + "wasGeneratedBy"
	provUsed           = provNS + "used"

	oaHasSource   = oaNS + "hasSource"
	oaHasSelector = oaNS + "hasSelector"
	oaStart       = oaNS + "start"
	oaEnd         = oaNS + "end"
	oaExact       = oaNS + "exact"

	dyTextSHA256      = Namespace + "textSha256"
	dySameStoryAs     = Namespace + "sameStoryAs"
	dyEntityType      = Namespace + "entityType"
	dyISO3166         = Namespace + "iso3166"
	dyHasMember       = Namespace + "hasMember"
	dyOffice          = Namespace + "office"
	dyKin             = Namespace + "kin"
	dyPolarity        = Namespace + "polarity"
	dyModality        = Namespace + "modality"
	dyTense           = Namespace + "tense"
	dyAttributedTo    = Namespace + "attributedTo"
	dyAttributionVerb = Namespace + "attributionVerb"
	dySpeakerRole     = Namespace + "speakerRole"
	dySubjectRole     = Namespace + "subjectRole"
	dyObjectRole      = Namespace + "objectRole"
	dyTimeText        = Namespace + "timeText"
	dyHead            = Namespace + "head"
	dyTrigger         = Namespace + "trigger"
	dyPlover          = Namespace + "plover"
	dyCameo           = Namespace + "cameo"
	dyConfidence      = Namespace + "confidence"
	dyRule            = Namespace + "rule"
	dySource          = Namespace + "source"
	dyVersion         = Namespace + "version"
	dyEngine          = Namespace + "engine"
	dyKnowledge       = Namespace + "knowledge"
	dyRules           = Namespace + "rules"
	dyModels          = Namespace + "models"
)

// Individuals: the values of polarity, modality, tense and source, in the order of extract's constants.
var (
	polarities = [...]string{Namespace + "Positive", Namespace + "Negative"}
	modalities = [...]string{Namespace + "Actual", Namespace + "Planned", Namespace + "Possible", Namespace + "Requested"}
	tenses     = [...]string{"", Namespace + "Past", Namespace + "Present", Namespace + "Future"}
)

const individualKnowledge = Namespace + "Knowledge"

// entityClasses are the classes of entities of which nothing but the type is known.
var entityClasses = [...]string{
	seeds.NoType: classEntity, seeds.Person: schemaNS + "Person", seeds.Org: schemaNS + "Organization",
	seeds.GPE: schemaNS + "AdministrativeArea", seeds.Loc: schemaNS + "Place", seeds.Fac: schemaNS + "Place",
	seeds.NORP: classPeople, seeds.Event: schemaNS + "Event", seeds.Law: schemaNS + "Legislation",
	seeds.Product: schemaNS + "Product",
}

// coercions are the properties whose values the JSON-LD context types, so that they are written as plain strings:
// IRIs ("@id") or literals of the datatype.
var coercions = [...]struct {
	datatype   string
	properties []string
}{
	{"@id", []string{
		rdfSubject, rdfPredicate, rdfObject, schemaURL, schemaMentions, schemaLocation, schemaAbout, orgMember,
		orgOrganization, provWasDerivedFrom, provWasGeneratedBy, provUsed, oaHasSource, oaHasSelector, dyHasMember,
		dySameStoryAs, dyPolarity, dyModality, dyTense, dyAttributedTo, dySource,
	}},
	{xsdDate, []string{schemaDatePublished, schemaStartDate, schemaEndDate}},
	{xsdDecimal, []string{dyConfidence}},
}
