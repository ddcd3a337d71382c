package rule

import (
	"fmt"
	"slices"
	"strings"
)

// A Pos is a place in a rule file. Line and Col count from 1; Col counts bytes.
type Pos struct {
	File      string
	Line, Col int
}

// String writes the place as editors and compilers do: "consult.rules:12:3".
func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// A File is one parsed rule file.
type File struct {
	Name      string
	Doc       string // comment that opens the file, set off by a blank line
	Relations []Relation
	Lists     []List
	Rules     []Rule
}

// A Relation declares what rules may state and between what.
type Relation struct {
	Pos       Pos
	Doc       string // comment above or behind the declaration
	Name      string // "opposes"
	Subject   Class
	Object    Class
	Symmetric bool
	Plover    string // class of the PLOVER event ontology, "" for a state
	Cameo     string // CAMEO code of the plain form, or ""
}

// A List names words for use as $name.
type List struct {
	Pos   Pos
	Doc   string
	Name  string
	Words []string
}

// A Rule states a relation where one of its triggers heads a clause and every slot finds its argument.
type Rule struct {
	Pos      Pos
	Doc      string
	Name     string // "opposes/stance"
	Relation string
	Params   []string // slots that become subject and object; one name alone is a pair (see Paired)
	Triggers []Trigger
	Slots    []Slot
	Conds    []Cond
	Set      Settings
	Examples []Example
}

// Paired reports that one slot gives both arguments: its fillers are paired with each other, as in "Bush and Blair
// met".
func (r *Rule) Paired() bool { return len(r.Params) == 1 }

// Slot returns the slot of that name, or nil.
func (r *Rule) Slot(name string) *Slot {
	if i := slices.IndexFunc(r.Slots, func(s Slot) bool { return s.Name == name }); i >= 0 {
		return &r.Slots[i]
	}
	return nil
}

// Kind is the part of speech of a trigger.
type Kind uint8

// The kinds of triggers.
const (
	Verb Kind = iota
	Noun
	Adj // also a preposition that is a predicate: "is against"
)

var kindNames = [...]string{"verb", "noun", "adj"}

func (k Kind) String() string { return kindNames[k] }

// A Trigger is a word that makes a rule look at a clause.
type Trigger struct {
	Pos      Pos
	Kind     Kind
	Word     string // lemma, or "$name" of a list (not in a Set)
	Particle string // "out" of "pull+out"
	Prep     string // "against" of "vote/against": fires only where such an argument is there
}

// String writes the trigger as in a file: "pull+out/of".
func (t Trigger) String() string {
	s := t.Word
	if t.Particle != "" {
		s += "+" + t.Particle
	}
	if t.Prep != "" {
		s += "/" + t.Prep
	}
	return s
}

// A Slot takes an argument of the clause: the first of Roles that has a filler of the class.
type Slot struct {
	Pos      Pos
	Name     string
	Optional bool
	Class    Class
	Roles    []string
}

// NegativeClause stands in a Cond for a role: the condition is that the clause is negated.
const NegativeClause = "negative"

// A Cond looks at the head word of an argument. Without Words it asks only whether the argument is there.
type Cond struct {
	Pos     Pos
	Negated bool // "not": the rule stays silent where the condition holds; else ("if") where it does not
	Role    string
	Words   []string // lemmas, or "$name" of a list (not in a Set)
}

// Settings override what the relation and the clause give; empty fields override nothing.
type Settings struct {
	Pos      Pos
	Cameo    string
	Polarity string
	Modality string
}

// An Example is a sentence and what the rule makes of it.
type Example struct {
	Pos     Pos
	Mark    byte // '+' gives exactly Want; '-' gives nothing, or none of Want; '?' is a '+' or (without Want) '-' that is known to fail
	Text    string
	Want    []Want
	Comment string
}

// A Want is one expected relation. Empty Polarity means positive, empty Modality means actual.
type Want struct {
	Args     []string // subject and object: a canonical name, or "[a phrase]"
	Polarity string
	Modality string
}

// Class is what an argument must be.
type Class uint8

// The classes of arguments.
const (
	Any      Class = iota
	Actor          // a person, organisation or polity, or a group that acts
	Person         // a person
	Org            // an organisation
	Polity         // a country, state or city, or its nationality
	Place          // a polity, region or building
	Event          // a named event, or a noun such as "summit"
	Document       // a named law or treaty, or a noun such as "agreement"
	Group          // people without a name: "protesters"
	Thing          // what is none of the others: a phrase
	Body           // an organisation or polity, or a group that acts
)

var classNames = [...]string{"any", "actor", "person", "org", "polity", "place", "event", "document", "group", "thing", "body"}

func (c Class) String() string { return classNames[c] }

// Roles that are no preposition. Some stand only at the beginning of a path, some only at the end.
var (
	roles     = []string{"subj", "obj", "iobj", "comp", "poss", "self", "speaker", "mod", "aux", "owner", "content", "office"}
	outerOnly = roles[5:7]
	innerOnly = roles[7:]
)

// Extra slots are no parameters: they fill a field of the relation that is neither subject nor object.
var extras = []string{"office", "kin", "topic"}

// The prepositions, and the conjunctions that lead a clause in like one: "unless Iran stops".
var prepositions = strings.Fields(`aboard about above across after against along alongside although amid among around as
at because before behind below beneath beside between beyond by concerning despite down during for from if in inside into like near
of off on onto out outside over past regarding since through throughout to toward towards under unless until unto up upon via
while with within without`)

var (
	polarities = []string{"positive", "negative"}
	modalities = []string{"actual", "planned", "possible", "requested"}
	plover     = strings.Fields(`ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST
RETREAT SANCTION SUPPORT THREATEN`)
)

// SplitRole returns the steps of a role: one, or those of a path such as "obj.with".
func SplitRole(role string) []string { return strings.Split(role, ".") }

// isRole reports whether s is a role, a preposition, or a path of them: "obj.with" is the "with" of the object's own.
func isRole(s string) bool {
	steps := SplitRole(s)
	for i, step := range steps {
		switch {
		case slices.Contains(innerOnly, step):
			if i == 0 || i < len(steps)-1 {
				return false
			}
		case slices.Contains(outerOnly, step):
			if i > 0 {
				return false
			}
		case !slices.Contains(roles, step) && !slices.Contains(prepositions, step):
			return false
		}
	}
	return true
}
