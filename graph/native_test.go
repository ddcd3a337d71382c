package graph

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// native is the shape of docs/output.md, read by encoding/json.
type native struct {
	ID, URL, Title, Published, Text string
	SameStoryAs                     []string
	Sentences                       []place
	Mentions                        []readMention
	Entities                        []struct {
		ID, Name, Type string
		Aliases        []string
		LinkConfidence float64
		Members        []int
	}
	Relations []struct {
		Relation        string
		Subject, Object *argument
		Polarity        string
		Modality        string
		Tense           *string
		Time            *struct {
			Text       string
			Start, End *string
		}
		Place, Topic, AttributedTo       *argument
		Office, Role, Kin, Plover, Cameo *string
		Confidence                       float64
		Rule, Source                     string
		Evidence                         struct {
			Sentence int
			place
			Trigger *place
		}
	}
	Clauses []struct {
		Predicate struct {
			Text, Lemma, Kind string
			place
		}
		Arguments []struct {
			Role, Text string
			place
		}
		Polarity, Modality string
	}
}

type readMention struct {
	place
	Text, Type, Kind string
	Entity           *int
}

type place struct{ Start, End int }

type argument struct {
	Entity             *int
	Phrase, Head, Role string
	Verb               string
	place
	Entities []int
}

func decode(t *testing.T, line string) native {
	var n native
	d := json.NewDecoder(strings.NewReader(line))
	require.NoError(t, d.Decode(&n))
	return n
}

func TestJSON(t *testing.T) {
	d := tokyo(t)
	out := encode(t, "json", Options{}, d)
	require.Equal(t, 1, strings.Count(out, "\n"))
	require.NotContains(t, out, `"clauses"`)
	n := decode(t, out)

	require.Equal(t, "https://example.org/news?id=1%202", n.ID)
	require.Equal(t, d.URL, n.URL)
	require.Equal(t, "2019-06-03", n.Published)
	require.Equal(t, d.Text, n.Text)
	require.Equal(t, []string{"https://example.org/first%20one"}, n.SameStoryAs)
	runes := []rune(n.Text)
	for _, m := range n.Mentions {
		require.Equal(t, string(runes[m.Start:m.End]), m.Text)
	}
	group := slices.IndexFunc(n.Mentions, func(m readMention) bool { return m.Text == "The two ministers" })
	require.Equal(t, "nominal", n.Mentions[group].Kind)
	require.Equal(t, "http://www.wikidata.org/entity/Q58217", n.Entities[0].ID)
	require.Equal(t, 0.98, n.Entities[0].LinkConfidence)
	require.Equal(t, []int{0, 1}, n.Entities[9].Members)

	visit := n.Relations[0]
	require.Equal(t, "visited", visit.Relation)
	require.Equal(t, 0, *visit.Subject.Entity)
	require.Equal(t, 2, *visit.Object.Entity)
	require.Equal(t, "past", *visit.Tense)
	require.Equal(t, "on May 30-31, 2019", visit.Time.Text)
	require.Equal(t, "2019-05-31", *visit.Time.End)
	require.Equal(t, 0.94, visit.Confidence)
	require.Equal(t, "visited", string(runes[visit.Evidence.Trigger.Start:visit.Evidence.Trigger.End]))
	require.Equal(t, "042", *visit.Cameo)
	require.Nil(t, visit.Place)
	require.Nil(t, visit.AttributedTo)
	require.Nil(t, visit.Office)

	require.Equal(t, "foreign minister", *n.Relations[2].Office)
	require.Equal(t, "knowledge", n.Relations[3].Source)
	require.Equal(t, "Prime Minister", *n.Relations[3].Office)

	opposes := n.Relations[4]
	require.Equal(t, "the deployment of missile defences by the United States in Japan", opposes.Object.Phrase)
	require.Equal(t, "deployment", opposes.Object.Head)
	require.Equal(t, []int{4, 2}, opposes.Object.Entities)
	require.Equal(t, string(runes[opposes.Object.Start:opposes.Object.End]), opposes.Object.Phrase)
	require.Equal(t, "Officials", opposes.AttributedTo.Phrase)
	require.Equal(t, "said", opposes.AttributedTo.Verb)

	require.Equal(t, "Officials", n.Relations[5].AttributedTo.Role)
	require.Equal(t, 2, *n.Relations[5].Place.Entity)
	require.Equal(t, "planned", n.Relations[6].Modality)
	require.Equal(t, "the peace treaty", n.Relations[6].Topic.Phrase)
	require.Equal(t, "negative", n.Relations[7].Polarity)
	require.Nil(t, n.Relations[10].Object)
}

func TestJSONKeepsTheInputsNames(t *testing.T) {
	n := decode(t, encode(t, "json", Options{}, awkward(t)))
	require.Equal(t, "item \"7\"\t\x01", n.ID)
	require.Equal(t, "not a url", n.URL)
	require.Equal(t, awkward(t).Text, n.Text)
	require.Equal(t, []string{"a\\b", "", "a\\b", "\uFFFD", "nul\uFFFD"}, n.Entities[0].Aliases)
}

func TestJSONClauses(t *testing.T) {
	s := newSketch(t, extract.Article{Text: "Über Lavrov visited Japan on Monday."})
	s.d.Clauses = []extract.Clause{{
		Predicate: s.token("visited"), Lemma: s.d.Symbols.Add("visit"), Light: -1, Args: extract.Range{First: 0, End: 3}, Place: -1,
	}}
	s.d.Arguments = []extract.Argument{
		{Span: s.at("Lavrov"), Role: extract.RoleSubj}, {Span: s.at("Japan"), Role: extract.RoleObj},
		{Span: s.at("Monday"), Role: extract.RolePrep, Prep: s.d.Symbols.Add("on")},
	}
	n := decode(t, encode(t, "json", Options{Clauses: true}, s.d))
	require.Len(t, n.Clauses, 1)
	c := n.Clauses[0]
	require.Equal(t, "visit", c.Predicate.Lemma)
	require.Equal(t, place{12, 19}, c.Predicate.place)
	require.Equal(t, "on", c.Arguments[2].Role)
	require.Equal(t, "Monday", c.Arguments[2].Text)
}

func TestCoNLLU(t *testing.T) {
	s := newSketch(t, extract.Article{ID: "a1", Text: "Über Sergey Lavrov:\nHe\u00a0left."})
	s.entity(extract.Entity{Name: "Sergey Lavrov", Type: seeds.Person}, "Sergey Lavrov")
	require.Equal(t, `# newdoc id = a1
# newpar
# sent_id = a1-1
# text = Über Sergey Lavrov:
1	Über	über	NOUN	NN	_	0	root	_	TokenRange=0:4
2	Sergey	sergey	NOUN	NN	_	1	dep	_	Entity=B-PER|TokenRange=5:11
3	Lavrov	lavrov	NOUN	NN	_	1	dep	_	Entity=I-PER|SpaceAfter=No|TokenRange=12:18
4	:	:	NOUN	NN	_	1	dep	_	TokenRange=18:19

# newpar
# sent_id = a1-2
# text = He left.
1	He	he	NOUN	NN	_	0	root	_	TokenRange=20:22
2	left	left	NOUN	NN	_	1	dep	_	SpaceAfter=No|TokenRange=23:27
3	.	.	NOUN	NN	_	1	dep	_	TokenRange=27:28

`, encode(t, "conllu", Options{}, s.d))

	for i := range s.d.Tokens { // an engine without trees
		s.d.Tokens[i].Head, s.d.Tokens[i].Dep = -1, extract.NoDep
	}
	require.Contains(t, encode(t, "conllu", Options{}, s.d), "2\tSergey\tsergey\tNOUN\tNN\t_\t_\t_\t_\tEntity=B-PER|")
}
