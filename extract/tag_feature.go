package extract

// What the tagger sees are a word and three neighbours on either side, and pairs and triples of them with the tags next
// to the word. Most of it is a matter of one word and its place alone; see wordSums.

// The places of a word around the one to be tagged.
const (
	inPlace = iota
	oneBefore
	oneBehind
	twoBefore
	twoBehind
	threeBefore
	threeBehind
	tagPlaces

	tagContexts = tagPlaces // the first block of features of several words
	tagAgains   = tagContexts + 1
)

// tagReach is how far the tagger looks.
const tagReach = 3

// tagOffsets says how far the places are from the word to be tagged.
var tagOffsets = [tagPlaces]int{
	inPlace: 0, oneBefore: -1, oneBehind: 1, twoBefore: -2, twoBehind: 2, threeBefore: -3, threeBehind: 3,
}

// A tagView is a sentence as the tagger sees it.
type tagView struct {
	forms  []form
	tokens []Token
	style  uint32 // of its spelling
	start  int    // the first word with letters
}

// Styles of spelling.
const (
	plainSpelling uint32 = iota
	manyCapitals         // more words with capitals than without: headlines, lists of names
	onlyCapitals         // no words without: headings, signatures
)

func viewToTag(forms []form, tokens []Token) tagView {
	v := tagView{forms: forms, tokens: tokens, start: -1}
	upper, small := 0, 0
	for i := range forms {
		switch f := &v.forms[i]; {
		case f.upper:
			upper++
		case f.small:
			small++
		default:
			continue
		}
		if v.start < 0 {
			v.start = i
		}
	}
	switch {
	case small == 0:
		v.style = onlyCapitals
	case upper > small:
		v.style = manyCapitals
	}
	return v
}

// form returns the form of word i, an empty one where the sentence has no word.
func (v *tagView) form(i int) *form {
	if i < 0 || i >= len(v.forms) {
		return new(form)
	}
	return &v.forms[i]
}

// tags is what is known of the tags of word i.
func (v *tagView) tags(i int) uint32 {
	if i < 0 || i >= len(v.tokens) {
		return 1 << 16
	}
	return uint32(v.tokens[i].Tag)<<8 | uint32(v.tokens[i].Pos)
}

// verb returns the nearest verb from word i on, in steps of by, or the place after a few words.
func (v *tagView) verb(i, by int) int {
	for n := 0; n < 8; n++ {
		if i < 0 || i >= len(v.tokens) {
			break
		}
		if p := v.tokens[i].Pos; p == PosVerb || p == PosAux {
			break
		}
		i += by
	}
	return i
}

// tagging fills the list with all that the tagger sees of word i.
func (l *featureList) tagging(v *tagView, i int) {
	l.clear()
	for place, by := range tagOffsets {
		l.tagPlace(place, v.form(i+by))
	}
	l.tagContext(v, i)
}

// tagPlace adds what is seen of one word in a place.
func (l *featureList) tagPlace(place int, f *form) {
	l.block(place)
	switch place {
	case inPlace:
		l.add(f.exact)
		l.add(f.lower)
		for _, h := range f.prefix {
			l.add(h)
		}
		for _, h := range f.suffix {
			l.add(h)
		}
		l.add2(f.shape, f.suffix[1])
		l.add(f.fine)
		l.add(f.middle)
		l.add(f.coarse)
		l.add2(f.coarse, f.suffix[1])
		l.add(f.glove.fine)
		l.add(f.glove.middle)
		l.add2(f.glove.coarse, f.suffix[1])
		l.add2(f.glove.fine, f.shape)
		l.add2(f.glove.fine, f.suffix[1])
	case threeBefore, threeBehind:
		l.add(f.lower)
		l.add(f.middle)
	default:
		l.add(f.lower)
		l.add(f.suffix[2])
		l.add(f.suffix[1])
		l.add(f.shape)
		l.add(f.fine)
		l.add(f.middle)
		l.add(f.glove.fine)
		l.add(f.glove.middle)
	}
}

// tagContext adds what is seen of word i and its neighbours together, and the tags of the two words before.
func (l *featureList) tagContext(v *tagView, i int) {
	l.block(tagContexts)
	f, p1, p2 := &v.forms[i], v.form(i-1), v.form(i-2)
	n1, n2 := v.form(i+1), v.form(i+2)
	t1, t2 := v.tags(i-1), v.tags(i-2)
	place := v.style
	if i == v.start {
		place += 3
		if i > 0 {
			place += 3
		}
	}
	l.add2(f.shape, place)
	if place != 0 {
		l.add2(f.lower, place)
		l.add2(f.glove.fine, place)
	} else {
		l.skip(2)
	}
	l.add(t1)
	l.add2(t1, t2)
	l.add2(t1, f.lower)
	l.add3(t1, t2, f.lower)
	l.add2(t1, f.fine)
	l.add2(t1, f.glove.fine)
	l.add2(t1, f.suffix[2])
	l.add3(t1, f.suffix[1], n1.suffix[1])
	l.add2(t1, n1.lower)
	l.add2(t1, n1.middle)
	l.add2(f.lower, n1.lower)
	l.add2(p1.lower, f.lower)
	l.add3(p1.lower, f.lower, n1.lower)
	l.add2(f.fine, n1.fine)
	l.add2(p1.fine, f.fine)
	l.add3(p1.middle, f.middle, n1.middle)
	l.add2(f.glove.fine, n1.glove.fine)
	l.add2(p1.glove.fine, f.glove.fine)
	l.add3(p1.glove.middle, f.glove.middle, n1.glove.middle)
	l.add2(f.suffix[2], n1.suffix[2])
	l.add2(f.shape, n1.shape)
	l.add3(p1.shape, f.shape, n1.shape)
	l.add3(f.coarse, n1.coarse, n2.coarse)
	l.add3(p2.coarse, p1.coarse, f.coarse)
}

// tagAgain adds what is seen of word i when all words have tags.
func (l *featureList) tagAgain(v *tagView, i int) {
	l.block(tagAgains)
	f, p1, n1 := &v.forms[i], v.form(i-1), v.form(i+1)
	t := v.tags(i)
	before, before2 := v.tags(i-1), v.tags(i-2)
	behind, behind2, behind3 := v.tags(i+1), v.tags(i+2), v.tags(i+3)
	l.add(1)
	l.add(t)
	l.add2(t, f.lower)
	l.add(behind)
	l.add2(behind, behind2)
	l.add2(behind, f.lower)
	l.add3(behind, behind2, f.lower)
	l.add2(behind, f.suffix[2])
	l.add2(behind, f.fine)
	l.add2(behind, f.glove.fine)
	l.add2(before, behind)
	l.add3(before, behind, f.lower)
	l.add3(before, behind, f.suffix[2])
	l.add3(before, behind, f.glove.middle)
	l.add3(before2, before, behind)
	l.add3(before, behind, behind2)
	l.add3(behind, behind2, behind3)
	l.add3(t, before, behind)
	l.add2(behind2, f.lower)
	l.add2(behind, p1.lower)
	l.add2(behind2, n1.lower)
	l.add3(behind, n1.lower, f.shape)
	verb := v.verb(i-1, -1)
	l.add2(v.form(verb).lower, f.lower)
	l.add2(v.tags(verb), f.lower)
	verb = v.verb(i+1, 1)
	l.add2(v.form(verb).lower, f.lower)
	l.add2(v.tags(verb), f.lower)
	l.add2(v.tags(verb), f.suffix[2])
}
