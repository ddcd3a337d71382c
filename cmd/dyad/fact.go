package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
)

// A fact is a statement as people read and compare it: in a line, by names.
type fact struct {
	core string // "Russia -opposes-> [the plan]"
	how  string // its qualifiers: "{negative, present}", or ""
}

func (f fact) String() string { return strings.TrimSuffix(f.core+" "+f.how, " ") }

// is compares facts by what is written: where a name has braces, one that was read may be cut elsewhere.
func (f fact) is(other fact) bool { return f.String() == other.String() }

func (f fact) compare(other fact) int {
	return cmp.Or(cmp.Compare(f.core, other.core), cmp.Compare(f.how, other.how))
}

// newFact puts the sides of a symmetric relation in the order of their names: who met whom is the same either way.
func newFact(subject, relation, object, how string) fact {
	if isSymmetric(relation) && object != nobody && object < subject {
		subject, object = object, subject
	}
	core := fmt.Sprintf("%s -%s-> %s", subject, relation, object)
	if strings.ContainsAny(core[:1], `#?!\`) { // these have a meaning at the start of a line
		core = `\` + core
	}
	return fact{core, how}
}

// nobody stands for an object that the article does not name.
const nobody = "-"

func isSymmetric(relation string) bool {
	return slices.ContainsFunc(graph.Relations, func(r graph.Relation) bool { return r.Name == relation && r.Symmetric })
}

var factLine = regexp.MustCompile(`^(.+?) -(\w+)-> (.+?)(?: (\{.*\}))?$`)

// parseFact reads what String wrote, or what somebody wrote like it.
func parseFact(line string) (fact, error) {
	parts := factLine.FindStringSubmatch(line)
	if parts == nil {
		return fact{}, fmt.Errorf("%q is no fact: want one like Russia -opposes-> [the plan] {present}", line)
	}
	if !slices.ContainsFunc(graph.Relations, func(r graph.Relation) bool { return r.Name == parts[2] }) {
		return fact{}, fmt.Errorf("%s is no relation: dyad ontology lists them", parts[2])
	}
	return newFact(strings.TrimPrefix(parts[1], `\`), parts[2], parts[3], parts[4]), nil
}

// factsOf returns the facts of a graph in order, each once: with all, also by whom exactly they are about, how sure they
// are and what they were read from.
func factsOf(g *graph.Graph, all bool) []fact {
	names := map[string]string{}
	for i := range g.Entities {
		e := &g.Entities[i]
		names[e.IRI] = cmp.Or(inLine(e.Name), e.IRI)
		if all {
			names[e.IRI] += " <" + e.IRI + ">"
		}
	}
	for i := range g.Phrases {
		names[g.Phrases[i].IRI] = "[" + inLine(g.Phrases[i].Text) + "]"
	}
	name := func(iri string) string { return cmp.Or(names[iri], iri) }
	list := make([]fact, len(g.Statements))
	for i := range g.Statements {
		s := &g.Statements[i]
		how := qualifiers(s, name)
		if all {
			how = append(how, particulars(g, s)...)
		}
		list[i] = newFact(name(s.Subject), s.Relation, cmp.Or(name(s.Object), nobody), "")
		if len(how) > 0 {
			list[i].how = "{" + strings.Join(how, ", ") + "}"
		}
	}
	slices.SortFunc(list, fact.compare)
	return slices.Compact(list)
}

// inLine makes one line of a text.
func inLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// qualifiers say how a statement is meant, unless it is what one would think: positive and actual.
func qualifiers(s *graph.Statement, name func(iri string) string) (list []string) {
	add := func(label, value string) {
		if value != "" {
			list = append(list, label+inLine(value))
		}
	}
	if s.Polarity != extract.Positive {
		add("", s.Polarity.String())
	}
	if s.Modality != extract.Actual {
		add("", s.Modality.String())
	}
	add("", s.Tense.String())
	when := s.Start.String()
	if end := s.End.String(); end != when {
		when += "/" + end
	}
	add("when ", cmp.Or(when, s.TimeText))
	add("in ", name(s.Place))
	add("about ", name(s.Topic))
	add("says ", name(s.Speaker))
	add("as ", s.Office)
	add("as ", s.Kin)
	return list
}

// particulars are all else that is known of a statement.
func particulars(g *graph.Graph, s *graph.Statement) (list []string) {
	quote := ""
	if s.Evidence >= 0 {
		quote = g.Evidence[s.Evidence].Quote
	}
	for _, p := range [][2]string{
		{"subject role", s.SubjectRole}, {"object role", s.ObjectRole}, {"time", s.TimeText}, {"speaker role", s.SpeakerRole},
		{"verb", s.SpeakerVerb}, {"plover", s.Plover}, {"cameo", s.Cameo}, {"confidence", s.Confidence}, {"rule", s.Rule},
		{"trigger", s.Trigger}, {"quote", quote},
	} {
		if p[1] != "" {
			list = append(list, p[0]+" "+inLine(p[1]))
		}
	}
	return list
}

// without returns the facts of list that are not in other, which is in order.
func without(list, other []fact) []fact {
	return slices.DeleteFunc(slices.Clone(list), func(f fact) bool {
		_, found := slices.BinarySearchFunc(other, f, fact.compare)
		return found
	})
}
