package extract

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// referring lists "mention = referent" of the pronouns and nominals.
func referring(d *Document) (out []string) {
	for _, m := range d.Mentions {
		if m.Kind != Name {
			out = append(out, d.In(m.Span)+" = "+d.Entities[m.Entity].Name)
		}
	}
	return out
}

func TestIncumbent(t *testing.T) {
	text := "The/DT/4/det [NORP Russian/JJ/4/amod] foreign/JJ/4/amod minister/NN/5/nsubj left/VBD/0/root ././5/punct"
	for date, want := range map[string][]string{
		"2019-06-03": {"The Russian foreign minister = Sergey Lavrov"},
		"1950-06-03": nil,
		"":           nil,
	} {
		d := marked(t, date, text)
		newTestLinker(t).link(d)
		require.Equal(t, want, referring(d), date)
		if want != nil {
			require.Len(t, d.Offices, 1)
			require.True(t, d.Offices[0].FromKnowledge)
		}
	}
}

func TestCoreference(t *testing.T) {
	for name, c := range map[string]struct {
		text []string
		want []string
	}{
		"the speaker": {
			[]string{"[PER Ban/NNP/3/nsubj Ki-moon/NNP/1/flat] said/VBD/0/root he/PRP/5/nsubj cancelled/VBD/3/ccomp a/DT/7/det trip/NN/5/obj ././3/punct"},
			[]string{"he = Ban Ki-moon"},
		},
		"gender": {
			[]string{"[PER Angela/NNP/3/nsubj Merkel/NNP/1/flat] met/VBD/0/root [PER Tony/NNP/3/obj Blair/NNP/4/flat] ././3/punct",
				"She/PRP/2/nsubj smiled/VBD/0/root ././2/punct"},
			[]string{"She = Angela Merkel"},
		},
		"two leaders and their countries": {
			[]string{"[NORP Chinese/JJ/2/amod] President/NNP/3/nmod:desc [PER Hu/NNP/9/nsubj Jintao/NNP/3/flat] and/CC/7/cc [NORP French/JJ/7/amod] President/NNP/3/conj [PER Jacques/NNP/7/flat] met/VBD/0/root ././9/punct",
				"The/DT/3/det two/CD/3/nummod leaders/NNS/4/nsubj discussed/VBD/0/root trade/NN/4/obj between/IN/9/case the/DT/9/det two/CD/9/nummod countries/NNS/5/nmod ././4/punct"},
			[]string{"The two leaders = Hu Jintao & Jacques", "the two countries = China & France"},
		},
		"the holder of an office": {
			[]string{"[NORP Russian/JJ/3/amod] Foreign/NNP/3/amod Minister/NNP/6/nsubj [PER Sergei/NNP/3/flat Lavrov/NNP/4/flat] left/VBD/0/root ././6/punct",
				"The/DT/4/det [NORP Russian/JJ/4/amod] foreign/JJ/4/amod minister/NN/5/nsubj spoke/VBD/0/root ././5/punct"},
			[]string{"The Russian foreign minister = Sergei Lavrov"},
		},
		"the subject behind a fronted phrase": {
			[]string{"During/IN/3/case his/PRP$/3/nmod:poss tenure/NN/8/obl ,/,/8/punct [GPE U.S./NNP/6/compound] President/NNP/7/nmod:desc [PER Polk/NNP/8/nsubj] bought/VBD/0/root land/NN/8/obj ././8/punct"},
			[]string{"his = James K. Polk"},
		},
		"a subject ahead without a comma": {
			[]string{"After/IN/2/mark seeing/VBG/6/advcl his/PRP$/4/nmod:poss work/NN/2/obj [PER Polk/NNP/6/nsubj] hired/VBD/0/root [PER Shea/NNP/6/obj] ././6/punct"},
			[]string{"his = Polk"},
		},
		"the only two countries of the article": {
			[]string{"[GPE Oman/NNP/2/nsubj] met/VBD/0/root [GPE Iran/NNP/2/obj] ././2/punct",
				"Rain/NN/2/nsubj fell/VBD/0/root ././2/punct", "Snow/NN/2/nsubj fell/VBD/0/root ././2/punct",
				"Ice/NN/2/nsubj fell/VBD/0/root ././2/punct", "Hail/NN/2/nsubj fell/VBD/0/root ././2/punct",
				"The/DT/3/det two/CD/3/nummod countries/NNS/4/nsubj agreed/VBD/0/root ././4/punct"},
			[]string{"The two countries = Oman & Iran"},
		},
		"two people together": {
			[]string{"[PER Biden/NNP/2/nsubj] met/VBD/0/root with/IN/4/case [PER Macron/NNP/2/obl] ././2/punct",
				"They/PRP/2/nsubj discussed/VBD/0/root trade/NN/2/obj ././2/punct"},
			[]string{"They = Biden & Macron"},
		},
		"the capital": {
			[]string{"Fire/NN/2/nsubj broke/VBD/0/root out/RP/2/compound:prt in/IN/7/case the/DT/7/det [NORP Lebanese/JJ/7/amod] capital/NN/2/obl ././2/punct"},
			[]string{"the Lebanese capital = Beirut"},
		},
		"nobody named": {
			[]string{"A/DT/2/det farmer/NN/3/nsubj said/VBD/0/root he/PRP/5/nsubj voted/VBD/3/ccomp in/IN/7/case [GPE Georgia/NNP/5/obl] ././3/punct"},
			nil,
		},
		"nothing meant": {
			[]string{"[GPE Iran/NNP/2/nsubj] says/VBZ/0/root it/PRP/5/expl is/VBZ/5/cop clear/JJ/2/ccomp that/IN/8/mark talks/NNS/8/nsubj failed/VBD/5/csubj ././2/punct"},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := marked(t, "", c.text...)
			newTestLinker(t).link(d)
			require.Equal(t, c.want, referring(d))
		})
	}
}
