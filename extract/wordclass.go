package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/rule"
)

// wordClass is a set of the classes that words.rules sorts words into. Stages ask for a class, never for a word.
type wordClass uint64

// The classes, in the order of classNames.
const (
	wordLight         wordClass = 1 << iota // hold (talks), pay (a visit): verbs that lend a noun their subject
	wordStopping                            // cancel, suspend (talks): the noun's event does not happen
	wordHappening                           // (talks) begin, take place: verbs whose subject is the event
	wordSaying                              // say, tell, announce: attribution
	wordDenying                             // deny (that …): attribution, and not so
	wordThinking                            // hope, fear, believe: attribution, and only possible
	wordPlanning                            // agree, plan, vow (to …)
	wordAsking                              // urge, call on (… to …)
	wordTrying                              // try, seek, consider
	wordRefusing                            // fail, refuse, decline
	wordObjectControl                       // urge, allow (him to …): the object, not the subject, does it
	wordOwnSubject                          // promise (him to …): the subject, not the object, does it
	wordNegator                             // not, never, no
	wordMaybe                               // may, might, could, if, whether
	wordWill                                // will, shall
	wordOught                               // should, must
	wordAhead                               // before, ahead (of), eve: what follows lies in the future
	wordTransparent                         // round, series (of talks): stands for what it is a series of
	wordSource                              // according, per: the phrase names a speaker
	wordAbout                               // on, about, regarding: the phrase is a topic
	wordPlace                               // in, at, near: the phrase may be a place
	wordTemporal                            // Monday, week, year, today: heads of times
	wordAgents                              // official, government, troops: act for whom they belong to
	wordHuman                               // protester, refugee: people who act for themselves
	wordGathering                           // summit, conference: events without a name
	wordDocument                            // treaty, resolution
	wordUpcoming                            // planned, upcoming (talks)
	wordProposed                            // possible, proposed (talks)
	wordSettlement                          // city, village, province: nouns that a place's name stands beside
	wordBody                                // ministry, court, army: parts of a state
	wordDeed                                // attack, probe: what is done stands for who does it ("an Israeli strike killed")
	wordState                               // government, police: a country's, also when the text does not say whose
	wordPartitive                           // group, dozens (of diplomats): who is meant stands behind of
	wordIncluding                           // including, like: names behind it are examples of the noun before it
	wordUndergone                           // arrest, murder: what befalls its possessor
	wordProposal                            // plan, call: what they are for is what is meant ("backed calls for talks")
	wordNaming                              // call, consider (it a mistake): a second object says what the first is
	wordOpposed                             // rebel, opposition (leaders): against the country that they are of
	wordKind                                // (the Fatah) movement, party: says what the name before it names
	wordVoicing                             // (marched to) protest, demand: purposes that are reached by the deed itself
	wordCharging                            // accuse (him) of: what of leads in belongs to the verb
	wordBecoming                            // become, remain (a member): verbs that say what their subject is
)

var classNames = [...]string{
	"light", "stopping", "happening", "saying", "denying", "thinking", "planning", "asking", "trying",
	"refusing", "object-control", "own-subject", "negators", "maybe", "will", "ought", "ahead", "transparent",
	"sources", "about", "places", "temporal", "agents", "humans", "gatherings", "documents", "upcoming",
	"proposed", "settlements", "state-bodies", "deeds", "states", "partitives", "examples", "undergone",
	"proposals", "naming", "opposed", "kinds", "voicing", "charging", "becoming",
}

// wordClasses knows the classes of every word of a lexicon.
type wordClasses struct {
	class   []wordClass             // by Symbol
	phrasal map[[2]Symbol]wordClass // by verb and particle, which lists join by a hyphen: rule-out
}

// newWordClasses sorts the words of the rules' lists; every class must have one.
func newWordClasses(lex *Lexicon, set *rule.Set) (*wordClasses, error) {
	w := &wordClasses{class: make([]wordClass, lex.Len()), phrasal: make(map[[2]Symbol]wordClass)}
	for i, name := range classNames {
		at := slices.IndexFunc(set.Lists, func(l rule.List) bool { return l.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("rules: the clause builder needs a list of words %q: add \"words %s = …\" to rules/words.rules", name, name)
		}
		for _, m := range set.Lists[at].Words {
			w.class[lex.Find(m)] |= 1 << i
			w.class[lex.Find(capital(m))] |= 1 << i
			if verb, particle, ok := strings.Cut(m, "-"); ok {
				w.phrasal[[2]Symbol{lex.Find(verb), lex.Find(particle)}] |= 1 << i
			}
		}
	}
	return w, nil
}

// capital is a word as titles write it: the lemma of "Foreign Minister" keeps its capital.
func capital(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// is reports whether the word of the symbol is in one of the classes.
func (w *wordClasses) is(s Symbol, c wordClass) bool {
	return int(s) < len(w.class) && w.class[s]&c != 0
}

// isVerb is is for the verb of a clause; with a particle it is another verb than without.
func (w *wordClasses) isVerb(k *Clause, c wordClass) bool {
	if k.Particle != 0 {
		return w.phrasal[[2]Symbol{k.Lemma, k.Particle}]&c != 0
	}
	return w.is(k.Lemma, c)
}
