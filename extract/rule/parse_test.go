package rule

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const sample = `# Standing against.
# Two lines.

# is against
relation opposes(actor, any) class REJECT cameo 120   # or refuses
relation met(actor, actor) symmetric class CONSULT cameo 040
words protests = protest,
	outcry

# says no
rule opposes/stance -> opposes(who, what)
	verb  oppose, reject, object/to
	verb  pull+out/of
	noun  $protests, co-operation
	adj   against
	who:  actor = subj | poss | by
	what: any   = obj | to | obj.of
	place?: place = in
	not obj: offer, $protests
	if to
	not negative
	set   cameo 125 modality planned
	+ Russia opposes the deployment, and how. => Russia, [the deployment, and how] negative planned ; Russia, Japan
	- They opposed nothing in public.         # nothing
	? Moscow is no friend of the #1 scheme.   => Russia, [the scheme]   # known miss

rule met -> met(pair)
	noun talks
	pair: actor = subj | with
	+ Bush and Blair met. => George W. Bush, Tony Blair
`

func TestParse(t *testing.T) {
	src := strings.Replace(sample, "\tplace?: place = in\n", "\toffice?: any = as\n", 1)
	f, err := Parse("a.rules", src)
	require.NoError(t, err)
	require.Equal(t, "Standing against.\nTwo lines.", f.Doc)
	require.Equal(t, Relation{Pos{"a.rules", 5, 1}, "is against\nor refuses", "opposes", Actor, Any, false, "REJECT", "120"}, f.Relations[0])
	require.True(t, f.Relations[1].Symmetric)
	require.Equal(t, []List{{Pos{"a.rules", 7, 1}, "", "protests", []string{"protest", "outcry"}}}, f.Lists)
	require.Len(t, f.Rules, 2)
	r := f.Rules[0]
	require.Equal(t, "opposes/stance", r.Name)
	require.Equal(t, "says no", r.Doc)
	require.Equal(t, []string{"who", "what"}, r.Params)
	require.Len(t, r.Triggers, 7)
	require.Equal(t, Trigger{Pos{"a.rules", 12, 24}, Verb, "object", "", "to"}, r.Triggers[2])
	require.Equal(t, Trigger{Pos{"a.rules", 13, 8}, Verb, "pull", "out", "of"}, r.Triggers[3])
	require.Equal(t, Slot{Pos{"a.rules", 17, 2}, "what", false, Any, []string{"obj", "to", "obj.of"}}, r.Slots[1])
	require.True(t, r.Slot("office").Optional)
	require.Equal(t, Cond{Pos{"a.rules", 19, 2}, true, "obj", []string{"offer", "$protests"}}, r.Conds[0])
	require.Equal(t, Cond{Pos{"a.rules", 20, 2}, false, "to", nil}, r.Conds[1])
	require.Equal(t, Cond{Pos{"a.rules", 21, 2}, true, NegativeClause, nil}, r.Conds[2])
	require.Equal(t, Settings{Pos{"a.rules", 22, 2}, "125", "", "planned"}, r.Set)
	require.Equal(t, []Want{
		{[]string{"Russia", "[the deployment, and how]"}, "negative", "planned"},
		{[]string{"Russia", "Japan"}, "", ""},
	}, r.Examples[0].Want)
	require.Equal(t, Example{Pos{"a.rules", 24, 2}, '-', "They opposed nothing in public.", nil, "nothing"}, r.Examples[1])
	require.Equal(t, "Moscow is no friend of the #1 scheme.", r.Examples[2].Text)
	require.True(t, f.Rules[1].Paired())
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"declaration", "rules x", `a.rules:1:1: found "rules", want a declaration: relation, words or rule (indent what belongs to a rule)`},
		{"orphan", "\tverb go", "a.rules:1:2: indented line outside a rule: start a declaration in the first column, or end the line above with a comma to go on"},
		{"column of an example", "+ A met B. => A, B", "a.rules:1:1: example in the first column: indent it under its rule"},
		{"class", "relation a(actor, plase)", `a.rules:1:19: unknown class "plase": did you mean "place"?`},
		{"plover", "relation a(actor, any) class WAR", `a.rules:1:30: unknown PLOVER class "WAR": use one of ACCUSE, AGREE, AID, ASSAULT, COERCE, CONCEDE, CONSULT, COOPERATE, MOBILIZE, PROTEST, REJECT, REQUEST, RETREAT, SANCTION, SUPPORT, THREATEN`},
		{"cameo", "relation a(actor, any) cameo x1", `a.rules:1:30: CAMEO code "x1": want two to four digits, such as 042`},
		{"symmetric", "relation a(actor, any) symmetric", `a.rules:1:1: symmetric relation "a" has two classes: give both arguments the same`},
		{"end", "relation a(actor", `a.rules:1:17: the line ends, want "," between the classes of subject and object`},
		{"percent", "relation a%", "a.rules:1:11: unexpected character '%': words are letters, digits, hyphens and apostrophes\n" + `a.rules:1:12: the line ends, want "(" after the relation's name`},
		{"list in list", "words a = b, $c", `a.rules:1:14: found "$c", want a word`},
		{"encoding", "words a = \xff", "a.rules:1:11: this is not UTF-8 text: save the file as UTF-8"},
		{"three slots", "rule a -> b(c, d, e)\n\tverb go\n\tc: any = subj\n\td: any = obj\n\te: any = to", `a.rules:1:1: rule "a" gives 3 arguments: want two, or one slot for a pair`},
		{"same slot", "rule a -> b(c, c)\n\tverb go\n\tc: any = subj", `a.rules:1:1: rule "a" names slot "c" twice: write it once for a pair`},
		{"empty rule", "rule a -> b(c, d)", `a.rules:1:1: rule "a" has no trigger: add a line such as "verb  oppose"` + "\n" +
			`a.rules:1:1: rule "a" has no slot "c": add a line such as "c: actor = subj"` + "\n" +
			`a.rules:1:1: rule "a" has no slot "d": add a line such as "d: actor = subj"`},
		{"body", "rule a -> b(c)\n\tverb go\n\tc: any = subj\n\twhen obj", `a.rules:4:2: found "when", want verb, noun, adj, not, if, set, a slot (name: class = role | …) or an example (+ - ?)`},
		{"role", "rule a -> b(c)\n\tverb go/wiht\n\tc: any = sbj", `a.rules:2:10: unknown preposition "wiht": did you mean "with"?` + "\n" + `a.rules:3:11: unknown role "sbj": did you mean "subj"?`},
		{"slots", "rule a -> b(c)\n\tverb go, go\n\tc?: any = subj\n\tc: any = obj\n\td: any = to",
			`a.rules:2:11: trigger "go" is there twice in rule "a": drop one` + "\n" +
				`a.rules:3:2: slot "c" is an argument of the relation: drop the question mark` + "\n" +
				`a.rules:4:2: slot "c" is there twice: join the roles with |` + "\n" +
				`a.rules:5:2: slot "d" is no argument of rule "a": name it in the rule's first line, or use one of office, kin, topic`},
		{"set", "rule a -> b(c)\n\tverb go\n\tc: any = subj\n\tset polarity no\n\tset cameo 010", `a.rules:4:15: unknown polarity "no": use one of positive, negative` + "\n" + `a.rules:5:2: second set in rule "a": put all settings in one line`},
		{"example", "rule a -> b(c)\n\tverb go\n\tc: any = subj\n\t+ A goes.\n\t- => A, B\n\t? A goes. => A, B ; A",
			`a.rules:4:2: example without a result: add "=> SUBJECT, OBJECT", or mark it - if nothing should come of it` + "\n" +
				`a.rules:5:2: example without a sentence: write it after the -` + "\n" +
				`a.rules:6:21: result "A": want SUBJECT, OBJECT with names or [phrases], as in "Russia, [the plan] negative planned"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("a.rules", test.src)
			require.EqualError(t, err, test.want)
			require.IsType(t, ErrorList{}, err)
		})
	}
}

// The canonical form parses to the same file and prints the same again.
func TestPrint(t *testing.T) {
	f, err := Parse("a.rules", strings.Replace(sample, "place?", "topic?", 1))
	require.NoError(t, err)
	requireRoundTrip(t, f)
	require.Equal(t, `
# says no
rule opposes/stance -> opposes(who, what)
	verb  oppose, reject, object/to, pull+out/of
	noun  $protests, co-operation
	adj   against
	who:    actor = subj | poss | by
	what:   any   = obj | to | obj.of
	topic?: place = in
	not obj: offer, $protests
	if to
	not negative
	set   cameo 125 modality planned
	+ Russia opposes the deployment, and how.  => Russia, [the deployment, and how] negative planned ; Russia, Japan
	- They opposed nothing in public.  # nothing
	? Moscow is no friend of the #1 scheme.    => Russia, [the scheme]  # known miss
`, "\n"+f.Rules[0].String())
}

func requireRoundTrip(t *testing.T, f *File) {
	t.Helper()
	printed := f.String()
	again, err := Parse(f.Name, printed)
	require.NoError(t, err, printed)
	require.Equal(t, printed, again.String())
	clearPos(reflect.ValueOf(f))
	clearPos(reflect.ValueOf(again))
	require.Equal(t, f, again)
}

// clearPos sets every position below v to one place, so that files compare by what they say.
func clearPos(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		clearPos(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			clearPos(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if p, ok := v.Field(i).Addr().Interface().(*Pos); ok && *p != (Pos{}) {
				*p = Pos{Line: 1}
				continue
			}
			clearPos(v.Field(i))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("words a = b\n#c\n\nrule a/b -> c(d)\n\tverb e+f/to\n\td: any = obj.of\n\t- g h.  # i")
	f.Fuzz(func(t *testing.T, src string) {
		file, err := Parse("a.rules", src)
		if err != nil {
			require.IsType(t, ErrorList{}, err)
			return
		}
		requireRoundTrip(t, file)
	})
}
