package main

import (
	"cmp"
	"flag"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
)

// The measures on data that others annotated, for other purposes. They are printed by
//
//	go test ./cmd/dyad -run Measure -v [-misses 20]
//
// and fail only when a figure falls well below what it was.

var misses = flag.Int("misses", 0, "events that were missed to show in TestMeasurePlover")

// An eventArticle is a sentence of the PLOVER gold standard.
type eventArticle struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Events []struct {
		Code       string `json:"code"`
		SourceText string `json:"source_text"`
		TargetText string `json:"target_text"`
	} `json:"events"`
	Spans []struct {
		Begin int    `json:"begin"`
		End   int    `json:"end"`
		Text  string `json:"text"`
	} `json:"spans"`
}

// laterClass is what PLOVER calls its earlier classes now.
var laterClass = map[string]string{"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT", "INVESTIGATE": "COERCE"}

// ploverClasses are the classes that PLOVER may give a relation. dyad keeps what is done and how it is meant apart: a
// planned visit is a visit, planned. PLOVER has one class for both: to agree to cooperate, to ask for it, to refuse it,
// to threaten with conflict. And what is signed, CAMEO's 057, it takes for support.
func ploverClasses(r extract.Relation) []string {
	cooperation := slices.Contains([]string{"CONSULT", "AGREE", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"}, r.Plover)
	conflict := slices.Contains([]string{"SANCTION", "ASSAULT", "COERCE", "MOBILIZE"}, r.Plover)
	classes := []string{r.Plover}
	if r.Cameo == "057" && r.Modality == extract.Actual {
		classes = append(classes, "SUPPORT")
	}
	switch {
	case r.Modality == extract.Requested:
		classes = append(classes, "REQUEST")
	case cooperation && r.Polarity == extract.Negative:
		classes = append(classes, "REJECT")
	case cooperation && r.Modality == extract.Planned:
		classes = append(classes, "AGREE")
	case conflict && r.Modality != extract.Actual:
		classes = append(classes, "THREATEN")
	}
	return classes
}

// TestMeasurePlover counts the events of the PLOVER gold standard that are found: a relation of the right class whose
// subject and object overlap the source and the target.
func TestMeasurePlover(t *testing.T) {
	articles, err := readLinesOf[eventArticle](needs(t, bench+"/events/plover-gsr.jsonl"))
	require.NoError(t, err)
	x := extractor(t)
	show := *misses
	byClass, all := map[string]count{}, count{}
	var d extract.Document
	for _, a := range articles {
		require.NoError(t, x.Extract(extract.Article{Text: a.Text}, &d))
		for _, e := range a.Events {
			c := count{gold: 1}
			if slices.ContainsFunc(d.Relations, func(r extract.Relation) bool {
				if !slices.Contains(ploverClasses(r), cmp.Or(laterClass[e.Code], e.Code)) {
					return false
				}
				source, target := spansOf(&a, e.SourceText), spansOf(&a, e.TargetText)
				if e.TargetText == "" { // done to nobody
					return overlapsFiller(&d, r.Subject, source)
				}
				return overlapsFiller(&d, r.Subject, source) && overlapsFiller(&d, r.Object, target) ||
					symmetric[r.Name] && overlapsFiller(&d, r.Object, source) && overlapsFiller(&d, r.Subject, target)
			}) {
				c.both = 1
			} else if show > 0 {
				show--
				t.Logf("missed %s: %q %s %q\n\t%s", a.ID, e.SourceText, e.Code, e.TargetText, a.Text)
			}
			sum := byClass[e.Code]
			sum.add(c)
			byClass[e.Code] = sum
			all.add(c)
		}
	}
	for _, class := range sortedKeys(byClass) {
		t.Logf("%-11s %3d of %3d events found, %.2f", class, byClass[class].both, byClass[class].gold, byClass[class].recall())
	}
	t.Logf("%-11s %3d of %3d events found, %.2f", "all", all.both, all.gold, all.recall())
	require.Greater(t, all.recall(), 0.45)
}

// spansOf are the places of an actor's words in the sentence, in bytes: the annotated ones, or else all.
func spansOf(a *eventArticle, words string) (spans []extract.Span) {
	for _, s := range a.Spans {
		if words != "" && (strings.Contains(s.Text, words) || strings.Contains(words, s.Text)) {
			points := []rune(a.Text)
			start := len(string(points[:min(s.Begin, len(points))]))
			spans = append(spans, extract.Span{Start: uint32(start), End: uint32(start + len(s.Text))})
		}
	}
	for i := 0; len(spans) == 0 && words != ""; {
		at := strings.Index(a.Text[i:], words)
		if at < 0 {
			break
		}
		i += at
		spans = append(spans, extract.Span{Start: uint32(i), End: uint32(i + len(words))})
	}
	return spans
}

func touch(s, t extract.Span) bool { return s.Start < t.End && t.Start < s.End }

// overlapsFiller reports whether a filler, or a mention of its entity or of a member of it, lies at one of the spans.
func overlapsFiller(d *extract.Document, f extract.Filler, spans []extract.Span) bool {
	at := func(s extract.Span) bool {
		return slices.ContainsFunc(spans, func(t extract.Span) bool { return touch(s, t) })
	}
	if at(f.Span) || at(f.Role) {
		return true
	}
	return f.Entity >= 0 && slices.ContainsFunc(d.Mentions, func(m extract.Mention) bool { return m.Entity == f.Entity && at(m.Span) })
}

// A unitTest is a sentence of the tests of PETRARCH, an event coder: countries of Middle-earth in every construction
// that it reads. Its event codes are those of a dictionary made for the tests, so that only who and whom can be compared.
type unitTest struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Events []struct {
		Source string `json:"source"`
		Target string `json:"target"`
	} `json:"events"`
}

// petrarchNames are the words by which sentences name an actor whose code does not begin like its name.
var petrarchNames = map[string][]string{
	"GON": {"Gondor", "Minas Tirith"}, "ELF": {"Caras Galadhon", "Galadriel"}, "MOR": {"Mordor", "Cirith Ungol", "Barad-dur"},
	"HOB": {"Gollum", "Gamgee"}, "SHR": {"Michel Delving", "White Downs"}, "DOL": {"Dol Amroth"}, "MRG": {"Morgul Orcs"},
	"ETH": {"Ethiopia"}, "LBY": {"Libya"}, "PHL": {"Philippines"}, "IGO": {"European Union"}, "PRK": {"Hermit Kingdom"},
	"NZE": {"New Zealand"}, "DNK": {"Zealand"}, "USA": {"United States", "US"}, "KOR": {"Seoul"},
}

// TestMeasurePetrarch prints, construction by construction, how many of the events in PETRARCH's tests are found as a
// relation between the same two.
func TestMeasurePetrarch(t *testing.T) {
	tests, err := readLinesOf[unitTest](needs(t, bench+"/events/petrarch-unittests.jsonl"))
	require.NoError(t, err)
	x := extractor(t)
	byPattern, sentences, seen := map[string]count{}, map[string]int{}, map[string]bool{}
	var d extract.Document
	for _, u := range tests {
		if seen[u.Text] {
			continue
		}
		seen[u.Text] = true
		require.NoError(t, x.Extract(extract.Article{Text: u.Text}, &d))
		pattern := u.ID[:strings.IndexFunc(u.ID+"-", func(c rune) bool { return c < 'A' || c == '_' })]
		sentences[pattern]++
		sentences["all"]++
		for _, e := range u.Events {
			source, target := namedBy(u.Text, e.Source), namedBy(u.Text, e.Target)
			if source == nil || target == nil { // an actor that the sentence does not name
				continue
			}
			c := count{gold: 1}
			if slices.ContainsFunc(d.Relations, func(r extract.Relation) bool {
				return overlapsFiller(&d, r.Subject, source) && overlapsFiller(&d, r.Object, target) ||
					overlapsFiller(&d, r.Object, source) && overlapsFiller(&d, r.Subject, target)
			}) {
				c.both = 1
			} else if *misses > 0 {
				t.Logf("missed %s: %s %s\n\t%s", u.ID, e.Source, e.Target, u.Text)
			}
			for _, p := range []string{pattern, "all"} {
				sum := byPattern[p]
				sum.add(c)
				byPattern[p] = sum
			}
		}
	}
	t.Logf("| %-9s | sentences | events | between the two |", "pattern")
	for _, p := range sortedKeys(byPattern) {
		c := byPattern[p]
		t.Logf("| %-9s | %9d | %6d | %4d       %.2f |", p, sentences[p], c.gold, c.both, c.recall())
	}
	require.Greater(t, byPattern["all"].recall(), 0.4)
}

// namedBy are the places of the names that PETRARCH's code of an actor stands for.
func namedBy(text, code string) (spans []extract.Span) {
	if len(code) < 3 {
		return nil
	}
	names := petrarchNames[code[:3]]
	if names == nil {
		names = []string{code[:1] + strings.ToLower(code[1:3])}
	}
	for _, name := range names {
		for i := 0; ; i++ {
			at := strings.Index(text[i:], name)
			if at < 0 {
				break
			}
			i += at
			spans = append(spans, extract.Span{Start: uint32(i), End: uint32(i + len(name))})
		}
	}
	return spans
}

// A questioned sentence is one of QA-SRL: for each verb, questions whose answers are its arguments.
type questioned struct {
	Tokens []string `json:"tokens"`
	Verbs  []struct {
		Index int `json:"verb_index"`
		Args  []struct {
			Question string   `json:"question"`
			Spans    [][2]int `json:"spans"`
		} `json:"args"`
	} `json:"verbs"`
}

// TestMeasureArguments compares the arguments of clauses with the answers to questions about their verbs: an argument
// is right when its head lies in an answer, an answer is found when it holds the head of an argument.
func TestMeasureArguments(t *testing.T) {
	sentences, err := readLinesOf[questioned](needs(t, bench+"/openie/qasrl-wikinews-dev.jsonl"))
	require.NoError(t, err)
	x := extractor(t)
	var d extract.Document
	verbs, foundVerbs, found, right, gold, answered := 0, 0, 0, 0, 0, 0
	for _, s := range sentences {
		starts := make([]int, len(s.Tokens)+1)
		for i, token := range s.Tokens {
			starts[i+1] = starts[i] + len(token) + 1
		}
		require.NoError(t, x.Extract(extract.Article{Text: strings.Join(s.Tokens, " ")}, &d))
		for _, v := range s.Verbs {
			verbs++
			gold += len(v.Args)
			heads := argumentHeads(&d, starts[v.Index])
			if heads == nil {
				continue
			}
			foundVerbs++
			found += len(heads)
			in := func(head int, spans [][2]int) bool {
				return slices.ContainsFunc(spans, func(span [2]int) bool { return starts[span[0]] <= head && head < starts[span[1]] })
			}
			for _, head := range heads {
				for _, arg := range v.Args {
					if in(head, arg.Spans) {
						right++
						break
					}
				}
			}
			for _, arg := range v.Args {
				if slices.ContainsFunc(heads, func(head int) bool { return in(head, arg.Spans) }) {
					answered++
				}
			}
		}
	}
	p, r := ratio(right, found), ratio(answered, gold)
	t.Logf("%d of %d verbs have a clause; arguments P %.3f R %.3f F %.3f", foundVerbs, verbs, p, r, 2*p*r/(p+r))
	require.Greater(t, 2*p*r/(p+r), 0.6)
}

// argumentHeads are where the heads of the arguments begin of the clause whose predicate begins at a byte: its times
// too, nil when there is no such clause.
func argumentHeads(d *extract.Document, at int) []int {
	for _, k := range d.Clauses {
		if int(d.Tokens[k.Predicate].Start) != at {
			continue
		}
		heads := []int{}
		for _, a := range d.Arguments[k.Args.First:k.Args.End] {
			heads = append(heads, int(d.Tokens[a.Head].Start))
		}
		if k.Time.Len() > 0 {
			text := strings.TrimRight(d.In(k.Time.Span), " ")
			_, size := utf8.DecodeLastRuneInString(text)
			heads = append(heads, int(k.Time.Start)+len(text)-size)
		}
		return heads
	}
	return nil
}
