package extract

import "github.com/dyad-kg/dyad/seeds"

// Type is the class of a named entity; see package seeds.
type Type = seeds.Type

// An Article is what a reader hands in: a text and what is known about it.
type Article struct {
	ID        string     // the input's own identifier, or "" for one made from the text
	URL       string     // where it was published, or ""
	Title     string     // headline that is not part of Text, or ""
	Published seeds.Date // zero when unknown
	Text      string     // valid UTF-8 without NUL

	// SameStoryAs has the IRIs of other articles that tell the same story in nearly the same words: of a syndicated
	// copy, the one that was there first.
	SameStoryAs []string
}

// A Span is a half-open range of bytes in Document.Text.
type Span struct{ Start, End uint32 }

// Len is the number of bytes.
func (s Span) Len() int { return int(s.End) - int(s.Start) }

// Contains reports whether t lies within s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// A Range is a half-open range of indexes into one of the Document's slices.
type Range struct{ First, End int32 }

// Len is the number of elements.
func (r Range) Len() int { return int(r.End - r.First) }

// Has reports whether index i lies in r.
func (r Range) Has(i int32) bool { return r.First <= i && i < r.End }

// A Document is one article and all that was found in it. Every stage reads what earlier stages filled and appends
// its own; nothing is edited later. References are indexes, spans are bytes of Text, so that the slices hold no
// pointers and one Document can be filled again and again without new memory.
type Document struct {
	Article
	Sentences []Sentence   // segment
	Tokens    []Token      // tokenize, tag, parse
	Mentions  []Mention    // recognize (names), link (nominals and pronouns, Mention.Entity)
	Entities  []Entity     // link
	Offices   []OfficeFact // link: who holds which office
	Clauses   []Clause     // clause
	Arguments []Argument   // clause: the arguments of all clauses, each clause's in a row
	Relations []Relation   // relate

	Symbols Symbols // words that Token.Lemma and Argument.Prep refer to

	work workspace
}

// A Sentence is a span of the text and the tokens in it. Sentences lie in text order, do not overlap and never cross
// a paragraph; white space between them belongs to none.
type Sentence struct {
	Span
	Tokens    Range
	Paragraph int32 // counts from 0
}

// A Token is a word, number or punctuation mark, with its place in the dependency tree of its sentence.
type Token struct {
	Span
	Head  int32 // index into Document.Tokens, or -1 at a root
	Lemma Symbol
	Tag   Tag // Penn Treebank part of speech
	Pos   Pos // universal part of speech
	Dep   Dep // universal dependency relation to Head
}

// MentionKind tells names from other ways to refer.
type MentionKind uint8

// The kinds of mentions.
const (
	Name MentionKind = iota
	Nominal
	Pronoun
)

func (k MentionKind) String() string { return [...]string{"name", "nominal", "pronoun"}[k] }

// A Mention is a stretch of text that refers to an entity. Mentions are sorted by start, then longest first.
type Mention struct {
	Span
	Tokens Range
	Head   int32 // token that heads the mention in the tree
	Type   Type
	Kind   MentionKind
	Entity int32 // index into Document.Entities, or -1 when the referent is not known
}

// An Entity is who or what mentions refer to. A group ("the two leaders") is an entity with members.
type Entity struct {
	Knowledge  int32  // index of its entry in the knowledge base, or -1
	ID         string // of its entry: "Q58217" or, where that has none, "Senate (Spain)"; so as well of such a body without an entry; else ""
	Name       string // canonical name
	Type       Type
	Aliases    []string // other names the article uses, in text order, without Name
	Members    []int32  // a group's entities, or nil
	Confidence float32  // of the link to the knowledge base, 0 when there is none
}

// Polarity, Modality and Tense say how a clause is meant.
type (
	Polarity uint8
	Modality uint8
	Tense    uint8
)

// Values of the qualifiers; the zero values are the plain, asserted ones.
const (
	Positive Polarity = iota
	Negative
)
const (
	Actual Modality = iota
	Planned
	Possible
	Requested
)
const (
	NoTense Tense = iota
	Past
	Present
	Future
)

func (p Polarity) String() string { return [...]string{"positive", "negative"}[p] }
func (m Modality) String() string {
	return [...]string{"actual", "planned", "possible", "requested"}[m]
}
func (t Tense) String() string { return [...]string{"", "past", "present", "future"}[t] }

// A Clause is a predicate (a verb, or a noun or adjective of action) with its arguments by role, after undoing
// passives, control, conjunction, light verbs and nominalisation.
type Clause struct {
	Predicate int32  // token
	Lemma     Symbol // of the predicate
	Particle  Symbol // of a phrasal verb ("pull out"), or 0
	Light     int32  // token of the light verb that carries a noun predicate ("held talks"), or -1
	Kind      PredicateKind
	Args      Range // into Document.Arguments
	Sentence  int32
	Polarity  Polarity
	Modality  Modality
	Tense     Tense
	Speaker   Attribution
	Time      TimeExpr
	Place     int32 // mention, or -1
	Topic     Span  // phrase after "on", "about" …, empty when there is none
}

// PredicateKind is the part of speech that carries a clause; rules name their triggers by it.
type PredicateKind uint8

// The kinds of predicates.
const (
	VerbPredicate PredicateKind = iota
	NounPredicate
	AdjPredicate
)

func (k PredicateKind) String() string { return [...]string{"verb", "noun", "adj"}[k] }

// Role is the part an argument plays in its clause. Prepositional arguments have RolePrep and the preposition.
type Role uint8

// The roles.
const (
	RoleSubj Role = iota // who does it (of a passive: the agent)
	RoleObj              // to whom or what it is done (of a passive: the grammatical subject)
	RoleIobj             // recipient
	RoleComp             // clausal or predicative complement
	RolePrep             // with its preposition: "with", "to", "against" …
	RolePoss             // possessor or nationality modifier of a noun predicate whose role is left open ("Russian talks")
)

func (r Role) String() string { return [...]string{"subj", "obj", "iobj", "comp", "prep", "poss"}[r] }

// An Argument is one filler of a clause's role. Coordinated fillers are arguments of their own with the same Group.
type Argument struct {
	Head  int32 // token
	Span  Span  // the whole phrase
	Role  Role
	Prep  Symbol // lemma of the preposition of RolePrep, else 0
	Group int32  // the first conjunct's head token: equal for what is joined by and/or
}

// A Filler is a relation's subject or object: an entity, or a phrase with its head word.
type Filler struct {
	Entity int32 // index into Document.Entities, or -1 for a phrase
	Head   int32 // token
	Span   Span  // the mention or phrase
	Role   Span  // the unnamed group that acts for the entity ("officials"), empty when the entity acts itself
}

// An Attribution says whose words a statement is.
type Attribution struct {
	Filler
	Verb Span // "said", "according to"; empty when nobody is named
}

// IsZero reports that the statement is the article's own.
func (a Attribution) IsZero() bool { return a.Verb == Span{} }

// A TimeExpr is a time in words with the calendar dates it means, as far as words and the article's date give them.
type TimeExpr struct {
	Span
	From, To seeds.Date // zero when only the words are known
}

// A Relation is a fact stated by the article, with everything that qualifies it.
type Relation struct {
	Name            string // "visited"
	Subject, Object Filler
	Polarity        Polarity
	Modality        Modality
	Tense           Tense
	Time            TimeExpr
	Place           int32 // entity, or -1
	Topic           Span
	AttributedTo    Attribution
	Office          Span   // title of holdsOffice and its kin
	OfficeName      string // title where knowledge, not the text, gives it
	Kin             Span   // kinship word of relativeOf
	Plover          string // PLOVER class, or ""
	Cameo           string // CAMEO code, or ""
	Confidence      float32
	Rule            string // name of the rule, "visited/verb"
	FromKnowledge   bool   // stated by the knowledge base at the article's date, not by the text
	Sentence        int32
	Evidence        Span // the clause
	Trigger         Span // the predicate

	clause int32 // index into Document.Clauses, or -1
}

// Reset empties the document for the next article and keeps its memory.
func (d *Document) Reset(a Article) {
	d.Article = a
	d.Sentences = d.Sentences[:0]
	d.Tokens = d.Tokens[:0]
	d.Mentions = d.Mentions[:0]
	d.Entities = d.Entities[:0]
	d.Offices = d.Offices[:0]
	d.Clauses = d.Clauses[:0]
	d.Arguments = d.Arguments[:0]
	d.Relations = d.Relations[:0]
	d.Symbols.reset()
	d.work.forms = d.work.forms[:0]
}

// In returns the text of a span.
func (d *Document) In(s Span) string { return d.Text[s.Start:s.End] }

// Word returns the text of token i.
func (d *Document) Word(i int32) string { return d.In(d.Tokens[i].Span) }

// Lemma returns the lemma of token i.
func (d *Document) Lemma(i int32) string { return d.Symbols.Text(d.Tokens[i].Lemma) }
