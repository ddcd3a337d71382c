package extract

import (
	"bytes"
	"strings"
)

// irregularVerbs are verbs whose past forms no rule gives: a line each, the dictionary form first. Forms that are also
// another verb's dictionary form ("found", "wound") are not here.
const irregularVerbs = `arise arose arisen
awake awoke awoken
bear bore born borne
beat beaten
become became
begin began begun
behold beheld
bend bent
beset
bid bade bidden
bind bound
bite bit bitten
bleed bled
blow blew blown
break broke broken
breed bred
bring brought
broadcast
build built
burn burnt
buy bought
catch caught
choose chose chosen
cling clung
come came
deal dealt
dig dug
draw drew drawn
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
flee fled
fling flung
fly flew flown
forbid forbade forbidden
foresee foresaw foreseen
forget forgot forgotten
forgive forgave forgiven
forgo forwent forgone
forsake forsook forsaken
freeze froze frozen
get got gotten
give gave given
go went gone
grow grew grown
hear heard
hide hid hidden
hold held
keep kept
know knew known
lay laid
lead led
leave left
lend lent
lose lost
make made
mean meant
meet met
mislead misled
mistake mistook mistaken
misunderstand misunderstood
outbid
outgrow outgrew outgrown
overcome overcame
oversee oversaw overseen
overtake overtook overtaken
overthrow overthrew overthrown
partake partook partaken
pay paid
prove proven
rebuild rebuilt
repay repaid
resell resold
retake retook retaken
rethink rethought
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
seek sought
sell sold
send sent
shake shook shaken
shine shone
shoot shot
show shown
shrink shrank shrunk
sing sang sung
sink sank sunk
sit sat
slay slew slain
sleep slept
slide slid
speak spoke spoken
speed sped
spend spent
spin spun
spring sprang sprung
stand stood
steal stole stolen
stick stuck
strike struck stricken
strive strove striven
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
undergo underwent undergone
understand understood
undertake undertook undertaken
undo undid undone
uphold upheld
wake woke woken
wear wore worn
weave wove woven
weep wept
win won
withdraw withdrew withdrawn
withhold withheld
withstand withstood
write wrote written`

// irregularForms maps the past forms to the dictionary forms.
func irregularForms() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(irregularVerbs, "\n") {
		forms := strings.Fields(line)
		for _, f := range forms[1:] {
			m[f] = forms[0]
		}
	}
	return m
}

// known returns the lemma of an inflected word that the lexicon has, or nil: of "boycotted" that is "boycott", of
// "invaded" "invade". The rules learned from treebanks guess at words that treebanks lack; the words that rules of
// relations turn on should not hang on that. The answer lies in buf.
func (l *lemmatizer) known(s *Symbols, word []byte, tag Tag, buf []byte) []byte {
	switch tag {
	case TagVBD, TagVBN:
		if w := l.irregular[string(word)]; w != "" {
			return append(buf, w...)
		}
		if stem, ok := bytes.CutSuffix(word, []byte("ied")); ok {
			if w := append(append(buf, stem...), 'y'); s.knows(w) {
				return w
			}
		}
		if stem, ok := bytes.CutSuffix(word, []byte("ed")); ok {
			return knownStem(s, stem, buf)
		}
	case TagVBG:
		if stem, ok := bytes.CutSuffix(word, []byte("ing")); ok {
			return knownStem(s, stem, buf)
		}
	case TagVBZ, TagNN, TagNNS:
		if stem, ok := bytes.CutSuffix(word, []byte("men")); ok && tag != TagVBZ {
			if w := append(append(buf, stem...), "man"...); s.knows(w) {
				return w
			}
		}
		if tag != TagNN {
			return knownSingular(s, word, buf)
		}
	}
	return nil
}

// knownStem undoes what "-ed" and "-ing" do to the end of a verb.
func knownStem(s *Symbols, stem, buf []byte) []byte {
	n := len(stem)
	if n < 2 {
		return nil
	}
	if !doubles(stem) && s.knows(stem) {
		return stem
	}
	if w := append(append(buf, stem...), 'e'); s.knows(w) {
		return w
	}
	if stem[n-1] == stem[n-2] && s.knows(stem[:n-1]) {
		return stem[:n-1]
	}
	return nil
}

// doubles reports that a verb of that form would have doubled its last letter: "hop", so that "hoped" is not its past.
func doubles(stem []byte) bool {
	n := len(stem)
	vowel := func(i int) bool { return strings.IndexByte("aeiou", stem[i]) >= 0 }
	if n < 3 || vowel(n-1) || !vowel(n-2) || strings.IndexByte("wxy", stem[n-1]) >= 0 {
		return false
	}
	for i := range n - 2 {
		if vowel(i) {
			return false
		}
	}
	return true
}

// knownSingular undoes what "-s" does to the end of a word.
func knownSingular(s *Symbols, word, buf []byte) []byte {
	stem, ok := bytes.CutSuffix(word, []byte("s"))
	if !ok {
		return nil
	}
	if s.knows(stem) {
		return stem
	}
	if y, ok := bytes.CutSuffix(stem, []byte("ie")); ok {
		if w := append(append(buf, y...), 'y'); s.knows(w) {
			return w
		}
	}
	if e, ok := bytes.CutSuffix(stem, []byte("e")); ok && s.knows(e) {
		return e
	}
	return nil
}
