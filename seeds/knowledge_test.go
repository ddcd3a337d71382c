package seeds

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func load(t testing.TB) *Knowledge {
	fsys, err := FS("")
	require.NoError(t, err)
	k, err := LoadKnowledge(fsys)
	require.NoError(t, err)
	return k
}

// meanings lists what a name may mean: name, identifier where needed to tell, and how it was found; "?" marks weak ones.
func meanings(k *Knowledge, found []Candidate) string {
	var out []string
	for _, c := range found {
		e := k.Entry(c.Entry)
		s := fmt.Sprintf("%s %s %s", e.Name, e.ID, c.How)
		if c.Weak {
			s += "?"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestLookup(t *testing.T) {
	k := load(t)
	for name, want := range map[string]string{
		"Russia":                 "Russia Q159 name",
		"Russian Federation":     "Russia Q159 official",
		"RUSSIA":                 "Russia Q159 name",
		"Russian":                "Russia Q159 adjective",
		"Russians":               "Russia Q159 noun",
		"Russo":                  "Russia Q159 combining?",
		"Sino":                   "China Q148 combining?",
		"the Kremlin":            "Russia Q159 metonym",
		"Downing Street":         "United Kingdom Q145 metonym",
		"U.S.":                   "United States Q30 acronym",
		"US":                     "United States Q30 acronym",
		"us":                     "",
		"who":                    "",
		"WHO":                    "World Health Organization Q7817 acronym",
		"Burma":                  "Myanmar Q836 alias",
		"Palestinians":           "Palestine Q219060 noun",
		"South Korean":           "South Korea Q884 adjective",
		"NATO":                   "NATO Q7184 name",
		"Chechens":               "Chechnya Q5187 noun",
		"Sergey Lavrov":          "Sergey Lavrov Q58217 name",
		"Sergei Lavrov":          "Sergey Lavrov Q58217 name",
		"Sergej Lavrow":          "Sergey Lavrov Q58217 variant",
		"Lavrov":                 "Sergey Lavrov Q58217 surname?",
		"Sergej Schoigu":         "",
		"Sergei Shoygu":          "Sergei Shoigu Q32024 variant",
		"Kim Jong-un":            "Kim Jong Un Q56226 name",
		"KIM JONG UN":            "Kim Jong Un Q56226 name",
		"Volodymyr Zelensky":     "Volodymyr Zelenskyy Q3874799 variant",
		"Volodymyr Zelenskiy":    "Volodymyr Zelenskyy Q3874799 variant",
		"Moammar Gadhafi":        "Muammar Gaddafi Q19878 name",
		"Muammar al-Qaddafi":     "Muammar Gaddafi Q19878 variant",
		"Mu'ammar Kadhafi":       "Muammar Gaddafi Q19878 name",
		"Côte d’Ivoire":          "Ivory Coast Q1008 alias",
		"Cote d'Ivoire":          "Ivory Coast Q1008 alias",
		"defence ministry of no": "",
	} {
		require.Equal(t, want, meanings(k, k.Lookup(name)), name)
	}
}

func TestHomonymsAreKeptApart(t *testing.T) {
	k := load(t)
	first := func(name string) string {
		found := k.Lookup(name)
		require.NotEmpty(t, found, name)
		e := k.Entry(found[0].Entry)
		return e.Name + " " + e.ID
	}
	for name, want := range map[string]string{
		"Georgia":       "Georgia Q230",
		"Niger":         "Niger Q1032",
		"Nigeria":       "Nigeria Q1033",
		"Nigerien":      "Niger Q1032",
		"Nigerian":      "Nigeria Q1033",
		"Congo":         "Democratic Republic of the Congo Q974",
		"Congolese":     "Democratic Republic of the Congo Q974",
		"Korea":         "South Korea Q884",
		"North Korea":   "North Korea Q423",
		"Sudan":         "Sudan Q1049",
		"South Sudan":   "South Sudan Q958",
		"Guinea-Bissau": "Guinea-Bissau Q1007",
		"Dominican":     "Dominican Republic Q786",
		"Kuwait":        "Kuwait Q817",
	} {
		require.Equal(t, want, first(name), name)
	}
	require.Greater(t, len(k.Lookup("Georgia")), 1, "the American state is offered as well")
	require.Greater(t, len(k.Lookup("Washington")), 2)
	require.NotEqual(t, k.Lookup("Alexander II"), k.Lookup("Alexander III"))
}

func TestLongest(t *testing.T) {
	k := load(t)
	for text, want := range map[string]struct {
		n       int
		meaning string
	}{
		"South Korea said":                     {2, "South Korea Q884 name"},
		"Kim Jong - un arrived":                {4, "Kim Jong Un Q56226 name"},
		"Democratic People 's Republic of":     {0, ""},
		"People 's Republic of China and":      {5, "China Q148 official"},
		"Ministry of Foreign Affairs of Japan": {6, "Ministry of Foreign Affairs  alias"},
		"us against them":                      {0, ""},
		"US - led":                             {1, "United States Q30 acronym"},
		"Washington , D.C. ,":                  {3, "Washington, D.C. Q61 name; United States Q30 metonym"},
		"- Russia":                             {0, ""},
		"cut the":                              {0, ""},
		"":                                     {0, ""},
	} {
		var words []Word
		for token := range strings.FieldsSeq(text) {
			words = append(words, k.Fold(token))
		}
		n, found := k.Longest(words)
		if want.n > 0 || n == 0 {
			require.Equal(t, want.n, n, text)
			require.Equal(t, want.meaning, meanings(k, found), text)
		}
	}
}

func TestHoldersByDate(t *testing.T) {
	k := load(t)
	holders := func(office, of, date string) (names []string) {
		on, err := ParseDate(date)
		require.NoError(t, err)
		for _, r := range k.Holders(nil, k.OfficeNamed(office), k.ByID(of), on) {
			names = append(names, k.Entry(r.Person).Name)
		}
		return names
	}
	const foreign, defence = "Minister of Foreign Affairs", "Minister of Defence"
	require.Equal(t, []string{"Sergey Lavrov"}, holders(foreign, "Q159", "2019-06-03"))
	require.Equal(t, []string{"Sergei Shoigu"}, holders(defence, "Q159", "2019-05-30"))
	require.Equal(t, []string{"Taro Kono"}, holders(foreign, "Q17", "2019-05-30"))
	require.Equal(t, []string{"Takeshi Iwaya"}, holders(defence, "Q17", "2019-05-30"))
	require.Equal(t, []string{"Shinzo Abe"}, holders("Prime Minister", "Q17", "2019-06-03"))
	require.Equal(t, []string{"Mike Pompeo"}, holders(foreign, "Q30", "2019-06-03"))
	require.Equal(t, []string{"Condoleezza Rice"}, holders(foreign, "Q30", "2006-07-01"))
	require.Equal(t, []string{"John Quincy Adams"}, holders(foreign, "Q30", "1823-12-02"))
	require.Equal(t, []string{"Mikhail Gorbachev"}, holders("Party General Secretary", "Q15180", "1987-12-08"))
	require.Empty(t, holders(foreign, "Q159", "2060-01-01"), "nothing is known of the far future")

	lavrov := k.Lookup("Sergey Lavrov")[0].Entry
	roles := k.RolesOf(lavrov)
	require.Equal(t, "Permanent Representative to the United Nations", k.Office(roles[0].Office).Name)
	require.Equal(t, foreign, k.Office(roles[len(roles)-1].Office).Name)
	require.Equal(t, k.ByID("Q159"), k.Entry(lavrov).Country)
}

func TestRoleHolds(t *testing.T) {
	date := func(s string) Date {
		if s == "" {
			return Date{}
		}
		d, err := ParseDate(s)
		require.NoError(t, err)
		return d
	}
	for _, c := range []struct {
		start, end, asOf, on string
		want                 int
	}{
		{"2004-03-09", "", "2025-12", "2019-06-03", 1},
		{"2004-03-09", "", "2025-12", "2004-03-09", 1},
		{"2004-03-09", "", "2025-12", "2004-03-08", -1},
		{"2004-03-09", "", "2025-12", "2004-03", 0},
		{"2004-03-09", "", "2025-12", "2026-02-01", 0},
		{"2004-03-09", "", "2025-12", "2029-02-01", -1},
		{"2004", "2006", "", "2004-05-05", 0},
		{"2004", "2006", "", "2005-05-05", 1},
		{"2004", "2006", "", "2006-05-05", 0},
		{"2004", "2006", "", "2007-05-05", -1},
		{"", "2006", "", "2005-05-05", 0},
		{"2004", "2006", "", "", 0},
	} {
		r := Role{Start: date(c.start), End: date(c.end), AsOf: date(c.asOf)}
		require.Equal(t, c.want, r.Holds(date(c.on)), "%+v", c)
	}
}

func TestTitles(t *testing.T) {
	k := load(t)
	us, gb, ru := k.ByID("Q30"), k.ByID("Q145"), k.ByID("Q159")
	for _, c := range []struct {
		text    string
		n       int
		country int32
		office  string
	}{
		{"Foreign Minister Sergey", 2, ru, "Minister of Foreign Affairs"},
		{"minister of foreign affairs of", 4, ru, "Minister of Foreign Affairs"},
		{"Minister of Defence of the Russian Federation", 3, ru, "Minister of Defence"},
		{"defense minister", 2, ru, "Minister of Defence"},
		{"Minister for Foreign Affairs", 4, ru, "Minister of Foreign Affairs"},
		{"Secretary of State Colin", 3, us, "Minister of Foreign Affairs"},
		{"Foreign Secretary Jack", 2, gb, "Minister of Foreign Affairs"},
		{"President Putin", 1, ru, "President"},
		{"Prime Minister Abe", 2, -1, "Prime Minister"},
		{"Gen. Smith", 1, us, "General"},
		{"Lt. Gen. Smith", 2, us, "General"},
		{"Lieutenant - General Smith", 3, gb, "General"},
		{"PRESIDENT BUSH", 1, us, "President"},
		{"Queen Elizabeth", 1, gb, "Monarch"},
		{"UN Secretary - General Kofi", 4, -1, "Secretary-General"},
		{"Mr. Lavrov", 1, -1, "Honorific"},
	} {
		var words []Word
		for token := range strings.FieldsSeq(c.text) {
			words = append(words, k.Fold(token))
		}
		n, forms := k.LongestTitle(words)
		require.Equal(t, c.n, n, c.text)
		var offices []string
		for _, f := range forms {
			if k.AppliesTo(f, c.country) {
				offices = append(offices, k.Office(f.Office).Name)
			}
		}
		require.Contains(t, offices, c.office, c.text)
	}
	_, forms := k.LongestTitle([]Word{k.Fold("Mrs.")})
	require.Equal(t, Female, forms[0].Gender)
}

func TestNamesOfPeople(t *testing.T) {
	k := load(t)
	g, ok := k.GivenName(k.Fold("Sergei"))
	require.True(t, ok)
	require.Equal(t, Male, g)
	g, ok = k.GivenName(k.Fold("Angela"))
	require.True(t, ok)
	require.Equal(t, Female, g)
	g, alone := k.BearersOf(k.Fold("Colin"))
	require.Equal(t, Male, g)
	require.True(t, alone)
	_, alone = k.BearersOf(k.Fold("Jackson"))
	require.False(t, alone)
	g, _ = k.BearersOf(k.Fold("Karen"))
	require.Equal(t, NoGender, g, "a man's name in Armenia")
	_, ok = k.GivenName(k.Fold("Parliament"))
	require.False(t, ok)
	require.True(t, k.Surname(k.Fold("Ivanov")))
	require.False(t, k.Surname(k.Fold("of")))
}

func TestEntriesReferToEachOther(t *testing.T) {
	k := load(t)
	japan := k.Entry(k.ByID("Q17"))
	require.Equal(t, "JP", japan.Code)
	require.Equal(t, Sovereign, japan.Kind)
	require.Equal(t, "Tokyo", k.Entry(japan.Capital).Name)
	require.Equal(t, k.ByID("Q17"), k.Entry(japan.Capital).Country)
	nato := k.ByID("Q7184")
	require.Contains(t, k.Members(nato), k.ByID("Q183"))
	require.NotContains(t, k.Members(nato), k.ByID("Q159"))
}

func TestKnowledgeIsSmall(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	k := load(t)
	runtime.GC()
	runtime.ReadMemStats(&after)
	require.Less(t, int64(after.HeapAlloc)-int64(before.HeapAlloc), int64(30<<20))
	runtime.KeepAlive(k)
}

func TestLongestAllocatesNothing(t *testing.T) {
	k := load(t)
	words := k.Words("Minister of Foreign Affairs of the Russian Federation Sergey Lavrov")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		k.Fold("Сергей")
		k.Fold("Zelenskyy’s")
		for i := range words {
			k.Longest(words[i:])
			k.LongestTitle(words[i:])
		}
	}))
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		load(b)
	}
}

func BenchmarkBuild(b *testing.B) {
	fsys, err := FS("")
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		_, err := Index(fsys)
		require.NoError(b, err)
	}
}

// BenchmarkLongest folds and looks up every token of a text: ns/op is per token.
func BenchmarkLongest(b *testing.B) {
	k := load(b)
	tokens := strings.Fields(`Russian Foreign Minister Sergey Lavrov and Defense Minister Sergei Shoigu visited Japan on May 30 - 31 ,
		2019 , where they held talks with their Japanese counterparts Taro Kono and Takeshi Iwaya in the so - called
		" two plus two " format , the Ministry of Foreign Affairs of the Russian Federation said . The sides discussed
		security in the Asia - Pacific region , the Korean Peninsula and plans of the United States to deploy missile
		defence systems , which Moscow opposes .`)
	words := make([]Word, len(tokens))
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; n += len(tokens) {
		for i, t := range tokens {
			words[i] = k.Fold(t)
		}
		for i := range words {
			k.Longest(words[i:])
		}
	}
}
