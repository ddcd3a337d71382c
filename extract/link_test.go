package extract

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/seeds"
)

var embeddedKnowledge = sync.OnceValues(func() (*seeds.Knowledge, error) {
	fsys, err := seeds.FS("")
	if err != nil {
		return nil, err
	}
	return seeds.LoadKnowledge(fsys)
})

// newTestLinker returns a linker on the embedded knowledge.
func newTestLinker(t *testing.T) *linker {
	t.Helper()
	k, err := embeddedKnowledge()
	require.NoError(t, err)
	return newLinker(k)
}

// marked builds a document from words with tags and names in brackets, sentence by sentence:
// "[NORP Russian/JJ] President/NNP [PER Putin/NNP] left/VBD ./." A word may add its head (the number of a word in the
// sentence, from 1) and relation: "left/VBD/0/root".
func marked(t *testing.T, date string, sentences ...string) *Document {
	t.Helper()
	d := new(Document)
	d.Symbols.Use(NewLexicon(nil))
	if date != "" {
		published, err := seeds.ParseDate(date)
		require.NoError(t, err)
		d.Published = published
	}
	var text strings.Builder
	for _, s := range sentences {
		first := int32(len(d.Tokens))
		start, name := uint32(text.Len()), Mention{Head: -1, Entity: -1}
		for _, w := range strings.Fields(s) {
			if typ, ok := strings.CutPrefix(w, "["); ok {
				parsed, err := seeds.ParseType(typ)
				require.NoError(t, err)
				name = Mention{Type: parsed, Head: -1, Entity: -1, Tokens: Range{First: int32(len(d.Tokens))}}
				continue
			}
			w, closes := strings.CutSuffix(w, "]")
			part := strings.Split(w, "/")
			token := Token{Head: -1, Tag: ParseTag(part[1])}
			require.NotEqual(t, NoTag, token.Tag, w)
			if len(part) > 2 {
				head := int32(0)
				for _, c := range part[2] {
					head = head*10 + c - '0'
				}
				token.Head, token.Dep = first+head-1, ParseDep(part[3])
				if head == 0 {
					token.Head = -1
				}
			}
			if token.Tag != TagPOS && token.Tag != TagComma && token.Tag != TagStop && text.Len() > 0 {
				text.WriteByte(' ')
			}
			token.Start = uint32(text.Len())
			text.WriteString(part[0])
			token.End = uint32(text.Len())
			lemma := strings.ToLower(part[0])
			if token.Tag == TagNNS {
				lemma = strings.TrimSuffix(strings.Replace(lemma, "ies", "ys", 1), "s")
			}
			token.Lemma = d.Symbols.Add(lemma)
			d.Tokens = append(d.Tokens, token)
			if closes {
				name.Tokens.End = int32(len(d.Tokens))
				name.Span = Span{d.Tokens[name.Tokens.First].Start, token.End}
				d.Mentions = append(d.Mentions, name)
			}
		}
		end := uint32(text.Len())
		d.Sentences = append(d.Sentences, Sentence{Span: Span{start, end}, Tokens: Range{first, int32(len(d.Tokens))}})
	}
	d.Text = text.String()
	return d
}

// entities lists "mention = canonical name (id)" of every mention with a referent.
func entities(d *Document) (out []string) {
	for _, m := range d.Mentions {
		if m.Entity < 0 {
			continue
		}
		out = append(out, d.In(m.Span)+" = "+entityLabel(d, m.Entity))
	}
	return out
}

func entityLabel(d *Document, e int32) string {
	x := &d.Entities[e]
	if len(x.Members) > 0 {
		var names []string
		for _, m := range x.Members {
			names = append(names, d.Entities[m].Name)
		}
		return strings.Join(names, " & ")
	}
	if x.ID != "" {
		return x.Name + " " + x.ID
	}
	return x.Name
}

// offices lists "person: title, polity" of every office.
func offices(d *Document) (out []string) {
	for _, o := range d.Offices {
		s := d.Entities[o.Person].Name + ": " + d.In(o.Title)
		if o.Polity >= 0 {
			s += ", " + d.Entities[o.Polity].Name
		}
		for flag, on := range map[string]bool{" (former)": o.Former, " (acting)": o.Acting, " (designate)": o.Designate} {
			if on {
				s += flag
			}
		}
		out = append(out, s)
	}
	return out
}

func TestNamesAreGathered(t *testing.T) {
	for name, c := range map[string]struct {
		text []string
		want []string
	}{
		"short names": {
			[]string{"[GPE U.S./NNP] envoy/NN [PER Condoleezza/NNP Rice/NNP] met/VBD [PER Tony/NNP Blair/NNP] ./.", "[PER Rice/NNP] thanked/VBD [PER Blair/NNP] ./."},
			[]string{"U.S. = United States Q30", "Condoleezza Rice = Condoleezza Rice Q47216", "Tony Blair = Tony Blair Q9545", "Rice = Condoleezza Rice Q47216", "Blair = Tony Blair Q9545"},
		},
		"nationalities and capitals": {
			[]string{"[NORP Iranian/JJ] officials/NNS said/VBD [GPE Tehran/NNP] rejects/VBZ the/DT plan/NN ./.", "They/PRP flew/VBD to/IN [GPE Tehran/NNP] ./."},
			[]string{"Iranian = Iran Q794", "Tehran = Iran Q794", "Tehran = Tehran Q3616"},
		},
		"seats of governments": {
			[]string{"The/DT [ORG Kremlin/NNP] denied/VBD it/PRP ./.", "[FAC Downing/NNP Street/NNP] said/VBD so/RB ./.",
				"They/PRP met/VBD in/IN the/DT [FAC Elysee/NNP Palace/NNP] ./.", "The/DT [ORG White/NNP House/NNP] agreed/VBD ./."},
			[]string{"Kremlin = Russia Q159", "Downing Street = United Kingdom Q145", "Elysee Palace = Elysee Palace Elysee Palace (building)", "White House = White House"},
		},
		"acronyms the article explains": {
			[]string{"The/DT [ORG Front/NNP for/IN Free/NNP Lakes/NNP] (/-LRB- [ORG FFL/NNP] )/-RRB- met/VBD ./.", "[ORG FFL/NNP] members/NNS left/VBD ./."},
			[]string{"Front for Free Lakes = Front for Free Lakes", "FFL = Front for Free Lakes", "FFL = Front for Free Lakes"},
		},
		"homonyms": {
			[]string{"[GPE Georgia/NNP] and/CC [GPE Alabama/NNP] voted/VBD with/IN [GPE Florida/NNP] ./."},
			[]string{"Georgia = Georgia Q1428", "Alabama = Alabama Q173", "Florida = Florida Q812"},
		},
		"a name that shares its last word": {
			[]string{"[GPE North/NNP] and/CC [GPE South/NNP Korea/NNP] met/VBD ./."},
			[]string{"North = North Korea Q423", "South Korea = South Korea Q884"},
		},
		"one person under two full names": {
			[]string{"[PER Joe/NNP Biden/NNP] of/IN the/DT [GPE U.S./NNP] left/VBD ./.", "[PER Joseph/NNP R./NNP Biden/NNP] spoke/VBD ./."},
			[]string{"Joe Biden = Joseph R. Biden Q6279", "U.S. = United States Q30", "Joseph R. Biden = Joseph R. Biden Q6279"},
		},
		"a city, a state and a government of one name": {
			[]string{"Leaders/NNS met/VBD in/IN [GPE Washington/NNP] ./.", "[GPE Washington/NNP] objects/VBZ ./.",
				"They/PRP live/VBP in/IN [GPE Washington/NNP] state/NN ./."},
			[]string{"Washington = Washington Q61", "Washington = United States Q30", "Washington = Washington Q1223"},
		},
		"an adjective that is a word": {
			[]string{"A/DT [NORP Polish/JJ] priest/NN left/VBD ./."},
			[]string{"Polish = Poland Q36"},
		},
		"an acronym of whose members the article speaks": {
			[]string{"[ORG A.U./NNP] troops/NNS left/VBD [GPE Sudan/NNP] ./."},
			[]string{"A.U. = African Union Q7159", "Sudan = Sudan Q1049"},
		},
		"an entry without an item": {
			[]string{"The/DT [ORG Iranian/JJ Foreign/NNP Ministry/NNP] denied/VBD it/PRP ./."},
			[]string{"Iranian Foreign Ministry = Iranian Foreign Ministry Ministry of Foreign Affairs (Iran)"},
		},
		"a body that every country has": {
			[]string{"[GPE Iraq/NNP] 's/POS [ORG Interior/NNP Ministry/NNP] denied/VBD it/PRP ./."},
			[]string{"Iraq = Iraq Q796", "Interior Ministry = Interior Ministry Interior Ministry (Iraq)"},
		},
		"a president by surname": {
			[]string{"President/NNP [PER Putin/NNP] left/VBD ./."},
			[]string{"Putin = Vladimir Putin Q7747"},
		},
		"the head of a longer name": {
			[]string{"The/DT [ORG Council/NNP of/IN Free/NNP Lakes/NNPS] met/VBD ./.", "[ORG Council/NNP] members/NNS left/VBD ./."},
			[]string{"Council of Free Lakes = Council of Free Lakes", "Council = Council of Free Lakes"},
		},
		"the country by default": {
			[]string{"[GPE Georgia/NNP] and/CC [GPE Armenia/NNP] agreed/VBD ./."},
			[]string{"Georgia = Georgia Q230", "Armenia = Armenia Q399"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := marked(t, "", c.text...)
			newTestLinker(t).link(d)
			require.Equal(t, c.want, entities(d))
		})
	}
}

func TestOffices(t *testing.T) {
	for name, c := range map[string]struct {
		date string
		text string
		want []string
	}{
		"shared nationality": {"2019-06-03",
			"[GPE Russia/NNP] 's/POS Minister/NNP of/IN Foreign/NNP Affairs/NNPS [PER Sergey/NNP Lavrov/NNP] and/CC Minister/NNP of/IN Defence/NNP [PER Sergey/NNP Shoigu/NNP] visited/VBD [GPE Japan/NNP] ./.",
			[]string{"Sergey Lavrov: Minister of Foreign Affairs, Russia", "Sergey Shoigu: Minister of Defence, Russia"}},
		"apposition behind": {"",
			"[PER Joel/NNP Simon/NNP] ,/, executive/JJ director/NN of/IN the/DT [ORG Committee/NNP to/TO Protect/VB Journalists/NNPS] ,/, said/VBD so/RB ./.",
			[]string{"Joel Simon: executive director, Committee to Protect Journalists"}},
		"former": {"",
			"former/JJ [GPE US/NNP] secretary/NN of/IN state/NN [PER John/NNP Kerry/NNP] spoke/VBD ./.",
			[]string{"John Kerry: secretary of state, United States (former)"}},
		"of behind the name": {"",
			"King/NNP [PER Abdullah/NNP] of/IN [GPE Jordan/NNP] spoke/VBD ./.",
			[]string{"Abdullah II of Jordan: King, Jordan"}},
		"polity from knowledge": {"2008-05-01",
			"President/NNP [PER Vladimir/NNP Putin/NNP] spoke/VBD ./.",
			[]string{"Vladimir Putin: President, Russia"}},
		"envoy": {"",
			"[GPE U.S./NNP] Ambassador/NNP to/IN [GPE Venezuela/NNP] [PER William/NNP Brownfield/NNP] spoke/VBD ./.",
			[]string{"William Brownfield: Ambassador to Venezuela, United States"}},
		"organisation within a country": {"",
			"the/DT leader/NN of/IN [GPE Cyprus/NNP] '/POS [ORG Orthodox/NNP Church/NNP] ,/, [PER Chrysostomos/NNP] ,/, spoke/VBD ./.",
			[]string{"Chrysostomos: leader, Orthodox Church"}},
		"not the nationality that is opposed": {"",
			"[GPE Lebanon/NNP] 's/POS [NORP pro-Syrian/JJ] President/NNP [PER Emile/NNP Lahoud/NNP] spoke/VBD ./.",
			[]string{"Emile Lahoud: President, Lebanon"}},
		"whoever speaks for a minister": {"",
			"A/DT spokesman/NN for/IN the/DT prime/JJ minister/NN ,/, [PER Ali/NNP Hassan/NNP] ,/, spoke/VBD ./.", nil},
		"counterpart is no office": {"",
			"The/DT farmer/NN [PER Ali/NNP Hassan/NNP] spoke/VBD ./.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := marked(t, c.date, c.text)
			newTestLinker(t).link(d)
			require.Equal(t, c.want, offices(d))
		})
	}
}
