package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A sketch builds a Document by hand: no model, no knowledge base, the words themselves say where things are.
type sketch struct {
	t *testing.T
	d *extract.Document
}

func newSketch(t *testing.T, a extract.Article) *sketch {
	d := &extract.Document{}
	d.Reset(a)
	s := &sketch{t, d}
	for i, line := range strings.SplitAfter(a.Text, "\n") {
		start := uint32(strings.Index(a.Text, line))
		words := strings.TrimSpace(line)
		if words == "" {
			continue
		}
		first := int32(len(d.Tokens))
		s.tokens(words, start)
		d.Sentences = append(d.Sentences, extract.Sentence{
			Span:   extract.Span{Start: start, End: start + uint32(len(words))},
			Tokens: extract.Range{First: first, End: int32(len(d.Tokens))}, Paragraph: int32(i),
		})
	}
	return s
}

// tokens cuts at white space and before punctuation, and hangs all words of the sentence on the first.
func (s *sketch) tokens(words string, at uint32) {
	first := int32(len(s.d.Tokens))
	add := func(from, to int) {
		if from == to {
			return
		}
		k := extract.Token{
			Span: extract.Span{Start: at + uint32(from), End: at + uint32(to)}, Head: first, Dep: extract.DepDep,
			Tag: extract.TagNN, Pos: extract.PosNoun, Lemma: s.d.Symbols.Add(strings.ToLower(words[from:to])),
		}
		if len(s.d.Tokens) == int(first) {
			k.Head, k.Dep = -1, extract.DepRoot
		}
		s.d.Tokens = append(s.d.Tokens, k)
	}
	from := 0
	for i, r := range words {
		switch {
		case unicode.IsSpace(r):
			add(from, i)
			from = i + len(string(r))
		case unicode.IsPunct(r):
			add(from, i)
			from = i
		}
	}
	add(from, len(words))
}

// at returns the span of the words; "words#2" is their second occurrence.
func (s *sketch) at(words string) extract.Span {
	words, nth, _ := strings.Cut(words, "#")
	if words == "" {
		return extract.Span{}
	}
	start, end := 0, 0
	occurrence, _ := strconv.Atoi(nth)
	for range max(1, occurrence) {
		i := strings.Index(s.d.Text[end:], words)
		require.GreaterOrEqual(s.t, i, 0, "no %q in the text", words)
		start = end + i
		end = start + len(words)
	}
	return extract.Span{Start: uint32(start), End: uint32(end)}
}

// token returns the first token within the words.
func (s *sketch) token(words string) int32 {
	at := s.at(words)
	for i := range s.d.Tokens {
		if at.Contains(s.d.Tokens[i].Span) {
			return int32(i)
		}
	}
	return -1
}

// entity adds an entity that the article mentions by these words; it returns its index.
func (s *sketch) entity(e extract.Entity, words ...string) int32 {
	i := int32(len(s.d.Entities))
	e.Knowledge = -1
	for _, c := range knowledge().Lookup(e.Name) {
		if e.ID != "" && knowledge().Entry(c.Entry).ID == e.ID {
			e.Knowledge = c.Entry
		}
	}
	s.d.Entities = append(s.d.Entities, e)
	for _, w := range words {
		s.mention(i, extract.Name, w)
	}
	return i
}

func (s *sketch) mention(entity int32, kind extract.MentionKind, words string) {
	m := extract.Mention{Span: s.at(words), Head: s.token(words), Kind: kind, Entity: entity}
	if entity >= 0 {
		m.Type = s.d.Entities[entity].Type
	}
	s.d.Mentions = append(s.d.Mentions, m)
	slices.SortStableFunc(s.d.Mentions, func(a, b extract.Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), -cmp.Compare(a.End, b.End))
	})
}

func entity(i int32) extract.Filler { return extract.Filler{Entity: i, Head: -1} }

func (s *sketch) phrase(words, head string) extract.Filler {
	return extract.Filler{Entity: -1, Head: s.token(head), Span: s.at(words)}
}

// relation adds a relation with evidence and a trigger word; more sets its qualifiers.
func (s *sketch) relation(name string, subject, object extract.Filler, evidence, trigger string, more func(*extract.Relation)) {
	r := extract.Relation{
		Name: name, Subject: subject, Object: object, Place: -1, Confidence: 0.9, Rule: name + "/verb",
		Evidence: s.at(evidence), Trigger: s.at(trigger),
	}
	if known, ok := relationNamed[name]; ok {
		r.Plover, r.Cameo = known.Plover, known.Cameo
	}
	if more != nil {
		more(&r)
	}
	for i := range s.d.Sentences {
		if s.d.Sentences[i].Contains(r.Evidence) {
			r.Sentence = int32(i)
		}
	}
	s.d.Relations = append(s.d.Relations, r)
}

func date(s string) seeds.Date {
	d, err := seeds.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// tokyo is a document with everything: visits and plans, negation, attribution, phrases, offices, places, topics,
// dates of every precision, a group, an entity without a name, a fact from the knowledge base, a relation that a user
// has defined, and characters beyond ASCII before all of it.
func tokyo(t *testing.T) *extract.Document {
	s := newSketch(t, extract.Article{
		URL: "https://example.org/news?id=1 2", Title: "Ministers meet — “2+2”", Published: date("2019-06-03"),
		SameStoryAs: []string{"https://example.org/first one", "no address", "https://example.org/news?id=1 2", "https://example.org/first%20one"},
		Text: "«Übersicht»\n" +
			"Russian foreign minister Sergey Lavrov and Sergei Shoigu visited Japan on May 30-31, 2019.\n" +
			"Officials said Russia opposes the deployment of missile defences by the United States in Japan.\n" +
			"Vladimir Putin will meet Shinzo Abe in Osaka in June 2019 for talks on the peace treaty.\n" +
			"The two ministers did not sign the agreement, a diplomat said. Japan endorsed Ruritania in 2019.\n" +
			"Anna Doe, wife of Putin, left Osaka.\n",
	})
	lavrov := s.entity(extract.Entity{ID: "Q58217", Name: "Sergey Lavrov", Type: seeds.Person, Confidence: 0.98}, "Sergey Lavrov")
	shoigu := s.entity(extract.Entity{ID: "Q153618", Name: "Sergey Shoigu", Type: seeds.Person, Aliases: []string{"Sergei Shoigu"}, Confidence: 0.75}, "Sergei Shoigu")
	japan := s.entity(extract.Entity{ID: "Q17", Name: "Japan", Type: seeds.GPE}, "Japan", "Japan#2", "Japan#3")
	russia := s.entity(extract.Entity{ID: "Q159", Name: "Russia", Type: seeds.GPE, Aliases: []string{"Russian"}}, "Russian", "Russia#2")
	usa := s.entity(extract.Entity{ID: "Q30", Name: "United States", Type: seeds.GPE}, "United States")
	putin := s.entity(extract.Entity{ID: "Q7747", Name: "Vladimir Putin", Type: seeds.Person}, "Vladimir Putin")
	abe := s.entity(extract.Entity{ID: "Q132345", Name: "Shinzo Abe", Type: seeds.Person}, "Shinzo Abe")
	osaka := s.entity(extract.Entity{Name: "Osaka", Type: seeds.GPE}, "Osaka")
	ruritania := s.entity(extract.Entity{Name: "Ruritania", Type: seeds.GPE}, "Ruritania")
	group := s.entity(extract.Entity{Name: "the two ministers", Type: seeds.Person, Members: []int32{lavrov, shoigu}})
	s.mention(group, extract.Nominal, "The two ministers")
	diplomat := s.entity(extract.Entity{Name: "a diplomat", Type: seeds.Person})
	s.mention(diplomat, extract.Nominal, "a diplomat")
	s.entity(extract.Entity{ID: "Q7188", Name: "Government", Type: seeds.Org})

	doe := s.entity(extract.Entity{Name: "Anna Doe", Type: seeds.Person}, "Anna Doe")
	s.mention(putin, extract.Name, "Putin#2")

	visit := "Sergey Lavrov and Sergei Shoigu visited Japan on May 30-31, 2019"
	for _, who := range []int32{lavrov, shoigu} {
		s.relation("visited", entity(who), entity(japan), visit, "visited", func(r *extract.Relation) {
			r.Tense, r.Confidence = extract.Past, 0.94
			r.Time = extract.TimeExpr{Span: s.at("on May 30-31, 2019"), From: date("2019-05-30"), To: date("2019-05-31")}
		})
	}
	s.relation("holdsOffice", entity(lavrov), entity(russia), "Russian foreign minister Sergey Lavrov", "minister", func(r *extract.Relation) {
		r.Office = s.at("foreign minister")
	})
	s.relation("holdsOffice", entity(abe), entity(japan), "Shinzo Abe", "", func(r *extract.Relation) {
		r.OfficeName, r.FromKnowledge, r.Rule = "Prime Minister", true, "knowledge"
	})
	opposes := "Russia opposes the deployment of missile defences by the United States in Japan"
	deployment := s.phrase("the deployment of missile defences by the United States in Japan", "deployment")
	s.relation("opposes", entity(russia), deployment, opposes, "opposes", func(r *extract.Relation) {
		r.Tense = extract.Present
		r.AttributedTo = extract.Attribution{Filler: s.phrase("Officials", "Officials"), Verb: s.at("said")}
	})
	s.relation("deployedTo", entity(usa), entity(japan), opposes, "deployment", func(r *extract.Relation) {
		r.Modality, r.Place = extract.Possible, japan
		r.AttributedTo = extract.Attribution{Filler: entity(russia), Verb: s.at("said")}
		r.AttributedTo.Role = s.at("Officials")
	})
	meet := "Vladimir Putin will meet Shinzo Abe in Osaka in June 2019 for talks on the peace treaty"
	s.relation("met", entity(putin), entity(abe), meet, "meet", func(r *extract.Relation) {
		r.Modality, r.Tense, r.Place, r.Topic = extract.Planned, extract.Future, osaka, s.at("the peace treaty")
		r.Time = extract.TimeExpr{Span: s.at("in June 2019"), From: date("2019-06"), To: date("2019-06")}
	})
	s.relation("signed", entity(group), s.phrase("the agreement", "agreement"), "The two ministers did not sign the agreement", "sign", func(r *extract.Relation) {
		r.Polarity, r.Tense = extract.Negative, extract.Past
		r.AttributedTo = extract.Attribution{Filler: entity(diplomat), Verb: s.at("said#2")}
	})
	s.relation("endorsed", entity(japan), entity(ruritania), "Japan endorsed Ruritania in 2019", "endorsed", func(r *extract.Relation) {
		r.Plover, r.Cameo, r.Confidence = "SUPPORT", "051", 1
		r.Time = extract.TimeExpr{Span: s.at("in 2019"), From: date("2019"), To: date("2019")}
		r.AttributedTo = extract.Attribution{Filler: entity(japan), Verb: s.at("said")}
	})
	s.relation("relativeOf", entity(doe), entity(putin), "Anna Doe, wife of Putin", "wife", func(r *extract.Relation) {
		r.Kin, r.Object.Role = s.at("wife"), s.at("left")
	})
	s.relation("resigned", entity(abe), extract.Filler{Entity: -1, Head: -1}, meet, "", nil)
	s.relation("relativeOf", entity(doe), entity(putin), "Anna Doe, wife of Putin", "wife", func(r *extract.Relation) {
		r.Kin, r.Object.Role = s.at("wife"), s.at("left")
	})
	s.relation("resigned", entity(abe), extract.Filler{Entity: -1, Head: -1}, meet, "", nil) // said twice
	return s.d
}

// awkward is a document whose names, title and addresses hold what formats trip over.
func awkward(t *testing.T) *extract.Document {
	s := newSketch(t, extract.Article{
		ID: "item \"7\"\t\x01", URL: "not a url", Title: "Tab\tquote\" back\\slash <b>&amp;</b> \u2028 \x7f \u200f",
		Text: "The \"Al-Aqsa\u200f Brigades\" met Ch\u00e2teau\\Neuf \x01\x1b and כ״ץ\u202e\r\n'''Kim''' & <Park> ©😀.\nOh, ??? met 100% \"\"\" .",
	})
	a := s.entity(extract.Entity{Name: "\"Al-Aqsa\u200f Brigades\"", Type: seeds.Org, Aliases: []string{"a\\b", "", "a\\b", "\xff\xfe", "nul\x00"}}, "\"Al-Aqsa\u200f Brigades\"")
	b := s.entity(extract.Entity{Name: "Ch\u00e2teau\\Neuf \x01\x1b", Type: seeds.Fac}, "Ch\u00e2teau\\Neuf \x01\x1b")
	c := s.entity(extract.Entity{Name: "כ״ץ\u202e", Type: seeds.Person}, "כ״ץ\u202e")
	e := s.entity(extract.Entity{Name: "???", Type: seeds.Product}, "???")
	s.entity(extract.Entity{Name: "CHA\u0302TEAU neuf", Type: seeds.Fac}) // joined with b
	s.entity(extract.Entity{Name: strings.Repeat("très long ", 100), Type: seeds.Law})
	s.entity(extract.Entity{ID: "https://example.org/a b{c}|é#x#y", Name: "IRI", Type: seeds.Event})
	s.entity(extract.Entity{ID: "x 1", Name: "own id", Type: seeds.NORP})
	s.relation("met", entity(a), entity(b), "The \"Al-Aqsa\u200f Brigades\" met Ch\u00e2teau\\Neuf \x01\x1b", "met", nil)
	s.relation("met", entity(a), entity(c), "The \"Al-Aqsa\u200f Brigades\" met Ch\u00e2teau\\Neuf \x01\x1b and כ״ץ\u202e\r\n'''Kim'''", "met", nil)
	s.relation("user defined/\"relation\"", entity(e), s.phrase("100% \"\"\"", "100"), "??? met 100% \"\"\"", "met", nil)
	return s.d
}

func documents(t *testing.T) []*extract.Document {
	return []*extract.Document{
		tokyo(t), awkward(t), newSketch(t, extract.Article{Text: "Nothing happened."}).d, newSketch(t, extract.Article{}).d,
	}
}
