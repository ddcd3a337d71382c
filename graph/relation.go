package graph

import (
	"net/url"
	"strings"
)

// A Relation is an entry of the inventory that dyad's rules draw from, as the ontology publishes it.
type Relation struct {
	Name            string
	Symmetric       bool
	State           bool   // lasts rather than happens
	Subject, Object string // the classes of either side, as the rule language names them, or "body", an org or a polity
	Label           string // verb phrase, read from subject to object
	Comment         string
	Plover, Cameo   string // class, and code of the plain form; "" where there is none
}

// Relations is the inventory, in the order of the documentation.
var Relations = []Relation{
	{Name: "met", Symmetric: true, Subject: "actor", Object: "actor", Label: "met", Comment: "Meets in person; holds talks, consultations, a summit.", Plover: "CONSULT", Cameo: "040"},
	{Name: "visited", Subject: "actor", Object: "place", Label: "visited", Comment: "Goes to a place or polity: arrives, travels, tours.", Plover: "CONSULT", Cameo: "042"},
	{Name: "hosted", Subject: "actor", Object: "any", Label: "hosted", Comment: "Receives a visitor or stages an event.", Plover: "CONSULT", Cameo: "043"},
	{Name: "spokeWith", Symmetric: true, Subject: "actor", Object: "actor", Label: "spoke with", Comment: "Speaks or writes to, at a distance: by telephone, video, letter, message.", Plover: "CONSULT", Cameo: "041"},
	{Name: "negotiatedWith", Symmetric: true, Subject: "actor", Object: "actor", Label: "negotiated with", Comment: "Bargains towards a deal: peace talks, a dialogue on a dispute.", Plover: "CONSULT", Cameo: "046"},
	{Name: "mediated", Subject: "actor", Object: "any", Label: "mediated", Comment: "Mediates between parties or in a dispute; brokers a settlement.", Plover: "CONSULT", Cameo: "045"},
	{Name: "agreedWith", Symmetric: true, Subject: "actor", Object: "actor", Label: "agreed with", Comment: "Reaches a deal, an accord, a pact with.", Plover: "AGREE", Cameo: "057"},
	{Name: "signed", Subject: "actor", Object: "document", Label: "signed", Comment: "Signs or ratifies a document.", Plover: "AGREE", Cameo: "057"},
	{Name: "promised", Subject: "actor", Object: "any", Label: "promised", Comment: "Pledges, offers or commits, to a recipient or a thing.", Plover: "AGREE", Cameo: "030"},
	{Name: "supports", State: true, Subject: "actor", Object: "any", Label: "supports", Comment: "Backs an actor, a plan or an idea: endorses, praises, welcomes, favours, votes for.", Plover: "SUPPORT", Cameo: "051"},
	{Name: "recognized", Subject: "actor", Object: "body", Label: "recognized", Comment: "Recognises a polity or government diplomatically.", Plover: "SUPPORT", Cameo: "054"},
	{Name: "cooperatesWith", Symmetric: true, State: true, Subject: "actor", Object: "actor", Label: "cooperates with", Comment: "Works jointly with: exercises, partnership.", Plover: "COOPERATE", Cameo: "060"},
	{Name: "alliedWith", Symmetric: true, State: true, Subject: "actor", Object: "actor", Label: "allied with", Comment: "Stands in an alliance with.", Plover: "COOPERATE", Cameo: "062"},
	{Name: "tradedWith", Symmetric: true, Subject: "actor", Object: "actor", Label: "traded with", Comment: "Buys from, sells to, exports to, invests in.", Plover: "COOPERATE", Cameo: "061"},
	{Name: "aided", Subject: "actor", Object: "any", Label: "aided", Comment: "Gives money, arms, relief or training.", Plover: "AID", Cameo: "070"},
	{Name: "urged", Subject: "actor", Object: "any", Label: "urged", Comment: "Asks, calls on, appeals to, demands; of an addressee or a thing asked.", Plover: "REQUEST", Cameo: "020"},
	{Name: "accused", Subject: "actor", Object: "any", Label: "accused", Comment: "Accuses, blames, alleges that somebody did something.", Plover: "ACCUSE", Cameo: "112"},
	{Name: "criticized", Subject: "actor", Object: "any", Label: "criticized", Comment: "Condemns, denounces, deplores.", Plover: "ACCUSE", Cameo: "111"},
	{Name: "opposes", State: true, Subject: "actor", Object: "any", Label: "opposes", Comment: "Is against an actor, a plan or an idea: rejects, refuses, vetoes, votes against.", Plover: "REJECT", Cameo: "120"},
	{Name: "disagreesWith", Symmetric: true, State: true, Subject: "actor", Object: "actor", Label: "disagrees with", Comment: "Is in dispute with; differences, tension.", Plover: "REJECT", Cameo: "110"},
	{Name: "denied", Subject: "actor", Object: "any", Label: "denied", Comment: "Denies a charge or a fact.", Plover: "REJECT", Cameo: "016"},
	{Name: "threatened", Subject: "actor", Object: "actor", Label: "threatened", Comment: "Threatens; warns of consequences.", Plover: "THREATEN", Cameo: "130"},
	{Name: "protestedAgainst", Subject: "actor", Object: "any", Label: "protested against", Comment: "Demonstrates against; lodges a protest with.", Plover: "PROTEST", Cameo: "140"},
	{Name: "sanctioned", Subject: "actor", Object: "any", Label: "sanctioned", Comment: "Imposes sanctions, an embargo or a ban on; cuts aid to.", Plover: "SANCTION", Cameo: "163"},
	{Name: "severedTiesWith", Subject: "actor", Object: "actor", Label: "severed ties with", Comment: "Breaks relations, expels or recalls envoys, calls off talks or a visit.", Plover: "SANCTION", Cameo: "161"},
	{Name: "withdrewFrom", Subject: "actor", Object: "any", Label: "withdrew from", Comment: "Pulls forces out of a place; leaves a body or a treaty.", Plover: "RETREAT", Cameo: "087"},
	{Name: "freed", Subject: "actor", Object: "any", Label: "freed", Comment: "Releases, pardons or swaps a person or group.", Plover: "CONCEDE", Cameo: "084"},
	{Name: "yieldedTo", Subject: "actor", Object: "any", Label: "yielded to", Comment: "Concedes to an actor or a demand; eases or lifts sanctions; accepts.", Plover: "CONCEDE", Cameo: "080"},
	{Name: "deployedTo", Subject: "actor", Object: "place", Label: "deployed to", Comment: "Sends or stations forces or weapons in a place.", Plover: "MOBILIZE", Cameo: "154"},
	{Name: "arrested", Subject: "actor", Object: "any", Label: "arrested", Comment: "Detains, charges, jails, tries or sentences.", Plover: "COERCE", Cameo: "173"},
	{Name: "seized", Subject: "actor", Object: "any", Label: "seized", Comment: "Captures or occupies territory; confiscates goods.", Plover: "COERCE", Cameo: "171"},
	{Name: "investigates", Subject: "actor", Object: "any", Label: "investigates", Comment: "Investigates, inspects, probes.", Plover: "COERCE", Cameo: "090"},
	{Name: "attacked", Subject: "actor", Object: "any", Label: "attacked", Comment: "Bombs, raids, shoots at, invades, abducts.", Plover: "ASSAULT", Cameo: "190"},
	{Name: "killed", Subject: "actor", Object: "any", Label: "killed", Comment: "Kills, assassinates or executes a person or group.", Plover: "ASSAULT", Cameo: "186"},
	{Name: "fights", Symmetric: true, Subject: "actor", Object: "actor", Label: "fights", Comment: "Is at war, in battle or in clashes with.", Plover: "ASSAULT", Cameo: "190"},
	{Name: "holdsOffice", State: true, Subject: "person", Object: "body", Label: "holds office in", Comment: "Holds a titled position in a polity or organisation; dy:office is the title."},
	{Name: "appointed", Subject: "actor", Object: "person", Label: "appointed", Comment: "Names, elects or nominates a person."},
	{Name: "succeeded", Subject: "person", Object: "person", Label: "succeeded", Comment: "Replaces a predecessor in office."},
	{Name: "resigned", Subject: "person", Object: "body", Label: "resigned from", Comment: "Leaves an office in a polity or organisation."},
	{Name: "memberOf", State: true, Subject: "actor", Object: "body", Label: "member of", Comment: "Belongs to an organisation."},
	{Name: "citizenOf", State: true, Subject: "person", Object: "body", Label: "citizen of", Comment: "Has the nationality of a polity."},
	{Name: "locatedIn", State: true, Subject: "any", Object: "place", Label: "located in", Comment: "Lies in a place; is its capital; is based there."},
	{Name: "partOf", State: true, Subject: "org", Object: "body", Label: "part of", Comment: "Is a unit, agency or subsidiary of an organisation or polity."},
	{Name: "founded", Subject: "actor", Object: "org", Label: "founded", Comment: "Founds an organisation, alone or with others."},
	{Name: "owns", State: true, Subject: "actor", Object: "any", Label: "owns", Comment: "Owns or controls an organisation or thing."},
	{Name: "relativeOf", Symmetric: true, State: true, Subject: "person", Object: "person", Label: "relative of", Comment: "Is kin to: spouse, child, sibling and so on."},
	{Name: "bornIn", Subject: "person", Object: "place", Label: "born in", Comment: "Was born in a place."},
	{Name: "participatedIn", Subject: "actor", Object: "event", Label: "participated in", Comment: "Attends or takes part in an event."},
	{Name: "alsoKnownAs", Symmetric: true, State: true, Subject: "any", Object: "any", Label: "also known as", Comment: "Has another name, as the text itself says."},
}

var relationNamed = func() map[string]*Relation {
	named := make(map[string]*Relation, len(Relations))
	for i := range Relations {
		named[Relations[i].Name] = &Relations[i]
	}
	return named
}()

// relationOf undoes relationIRI; ok is false for what is no property of dyad's.
func relationOf(iri string) (name string, ok bool) {
	name, ok = strings.CutPrefix(iri, Namespace)
	if decoded, err := url.PathUnescape(name); err == nil {
		name = decoded
	}
	return name, ok && name != ""
}

// relationIRI returns the property of a relation's name. Names that rules define are words; whatever else a name
// might hold is percent-encoded, and one that the vocabulary has already gets a mark.
func relationIRI(name string) string {
	word := strings.IndexFunc(name, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_')
	}) < 0
	if reserved[name] {
		return Namespace + name + "_"
	}
	if word {
		return Namespace + name
	}
	out := []byte(Namespace)
	for _, c := range []byte(name) {
		if isIRIByte(c) {
			out = append(out, c)
		} else {
			out = appendPercent(out, c)
		}
	}
	return string(out)
}
