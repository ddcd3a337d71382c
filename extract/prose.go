package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"

	"github.com/dyad-kg/dyad/seeds"
)

// A proseEngine leaves tokens, parts of speech and names to the prose library, one sentence at a time. It is the second
// engine beside dyad's own stages; the stages behind it are the same.
//
// prose knows no offsets, writes curly quotes as straight ones, gives all occurrences of a word in a text one tag and one
// label, and loses a name that ends the text. So it is shown a copy of the sentence whose every byte knows where it
// comes from, and names are put together here from the labels of the tokens. Where a word occurs again, it is shown the
// sentence once for each occurrence, with the others in swapped case: its features look at neighbours in small letters.
//
// What cannot be worked around: prose sums its weights in an order that changes from run to run. Where two tags are
// equally likely, it may choose one today and the other tomorrow.
type proseEngine struct {
	model  *prose.Model
	syntax *syntax // prose knows neither lemmas nor trees
}

// newProseEngine loads prose's model, which takes a while and much memory.
func newProseEngine(s *syntax) *proseEngine {
	return &proseEngine{prose.ModelFromData("prose"), s}
}

// annotate fills d.Tokens with tags, lemmas and trees, and d.Mentions with names.
func (p *proseEngine) annotate(d *Document) (err error) {
	defer func() {
		if r := recover(); r != nil { // prose reports nothing but panics
			err = fmt.Errorf("prose: %v", r)
		}
	}()
	for i := range d.Sentences {
		s := &d.Sentences[i]
		first := int32(len(d.Tokens))
		found, err := p.tokens(d.In(s.Span))
		if err != nil {
			return fmt.Errorf("prose: %q: %w", d.In(s.Span), err)
		}
		for _, t := range found {
			t.Start, t.End = t.Start+s.Start, t.End+s.Start
			tag := pennTag(t.tag, d.In(t.Span))
			d.Tokens = append(d.Tokens, Token{Span: t.Span, Head: -1, Tag: tag, Pos: universal(tag, d.In(t.Span))})
			last := int32(len(d.Tokens) - 1)
			d.Tokens[last].Lemma = p.syntax.lemmas.lemma(d, last)
		}
		s.Tokens = Range{first, int32(len(d.Tokens))}
		names(d, s.Tokens, found)
	}
	p.syntax.trees(d)
	return nil
}

// A proseToken is a token as prose sees it, its span in the sentence.
type proseToken struct {
	Span
	tag, label string
}

// names appends the mentions that the labels of a sentence's tokens make: as in prose, labelled tokens in a row are one
// name, and the first says of which class.
func names(d *Document, in Range, tokens []proseToken) {
	open := false
	for i, t := range tokens {
		_, label, named := strings.Cut(t.label, "-")
		index := in.First + int32(i)
		span := d.Tokens[index].Span
		if named && open {
			m := &d.Mentions[len(d.Mentions)-1]
			m.End, m.Tokens.End = span.End, index+1
		} else if named {
			d.Mentions = append(d.Mentions, Mention{Span: span, Tokens: Range{index, index + 1}, Head: -1, Type: proseTypes[label], Kind: Name, Entity: -1})
		}
		open = named
	}
}

// tokens returns what prose finds in a sentence.
func (p *proseEngine) tokens(sentence string) ([]proseToken, error) {
	c := cleanFor(sentence)
	var found []proseToken
	text := make([]byte, len(c.text))
	for round := 0; round <= c.repeated; round++ {
		copy(text, c.text)
		for _, w := range c.chunks {
			if w.occurrence != round {
				swapCase(text[w.Start:w.End])
			}
		}
		doc, err := prose.NewDocument(string(text), prose.UsingModel(p.model), prose.WithSegmentation(false))
		if err != nil {
			return nil, err
		}
		found = c.align(found, doc.Tokens(), string(text), round)
	}
	slices.SortFunc(found, func(a, b proseToken) int { return int(a.Start) - int(b.Start) })
	return found, nil
}

// align appends those tokens of the text that prose was shown that belong to a round. What prose lost of a chunk becomes a
// token that it knows nothing of.
func (c *proseText) align(found []proseToken, tokens []prose.Token, text string, round int) []proseToken {
	next := 0
	for _, chunk := range c.chunks {
		for rest := chunk.Start; rest < chunk.End; {
			t := prose.Token{Text: text[rest:chunk.End], Tag: "NN", Label: "O"}
			if next < len(tokens) && strings.HasPrefix(t.Text, tokens[next].Text) {
				t = tokens[next]
				next++
			}
			end := rest + uint32(len(t.Text))
			if chunk.occurrence == round {
				found = append(found, proseToken{Span{c.source[rest].Start, c.source[end-1].End}, t.Tag, t.Label})
			}
			rest = end
		}
	}
	return found
}

// A proseText is a sentence as prose is shown it.
type proseText struct {
	text     string
	source   []Span // of each byte: the character of the sentence that it stands for
	chunks   []proseChunk
	repeated int // the highest occurrence
}

// A proseChunk is a stretch without blanks: all stretches of the same letters are one token to prose.
type proseChunk struct {
	Span
	occurrence int // how many like it come before, as far as they could differ
}

// cleanFor writes a sentence in the characters that prose was trained on, and parts what prose would lose: of "Japan's,"
// it keeps only Japan, of O'Reilly the O.
func cleanFor(sentence string) proseText {
	var text []byte
	var source []Span
	put := func(as string, from, to int) {
		text = append(text, as...)
		for range len(as) {
			source = append(source, Span{uint32(from), uint32(to)})
		}
	}
	w := words{text: sentence, end: len(sentence)}
	clitic := 0 // its end
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		last := before(sentence, i)
		if i >= clitic && isWord(last) {
			if clitic = w.clitic(i); clitic > 0 {
				put(" ", i, i)
			}
		}
		as := sentence[i : i+size]
		switch {
		case isBlank(r):
			as = " "
		case strings.HasPrefix(sentence[i:], "&rsquo;"): // prose would replace it
			as, size = "'", len("&rsquo;")
		case isApostrophe(r):
			as = "'"
			if i >= clitic && isWord(w.at(i+size)) {
				as = "`"
				if !isWord(last) {
					as = "` "
				}
			}
		case isOpenQuote(r, last):
			as = "`` "
		case r == '”' || r == '»':
			as = `"`
		case r == '—':
			as = " -- "
		case r == '…':
			as = " … "
		case r == '–':
			as = "-"
		case r == utf8.RuneError, utf8.RuneLen(unicode.ToLower(r)) != size: // prose would lose its place
			as = "x"
		}
		put(as, i, i+size)
		if i += size; i == clitic {
			put(" ", i, i)
		}
	}
	c := proseText{text: string(text), source: source}
	seen := map[string]int{}
	for pos := skipBlank(c.text, 0); pos < len(c.text); pos = skipBlank(c.text, pos) {
		end, _ := wordEnd(c.text, pos)
		word := c.text[pos:end]
		c.chunks = append(c.chunks, proseChunk{Span{uint32(pos), uint32(end)}, seen[word]})
		c.repeated = max(c.repeated, seen[word])
		if !unvaried.has(word) {
			seen[word]++
		}
		pos = end
	}
	return c
}

// isOpenQuote reports that the quotation mark with that character before it opens.
func isOpenQuote(r, last rune) bool {
	switch r {
	case '“', '„', '«':
		return true
	case '"':
		return last == utf8.RuneError || isBlank(last) || strings.ContainsRune("([{", last)
	}
	return false
}

func swapCase(word []byte) {
	for i, c := range word {
		if isASCIILetter(c) {
			word[i] = c ^ 0x20
		}
	}
}

// proseTypes are prose's classes of names in dyad's terms.
var proseTypes = map[string]Type{
	"PERSON": seeds.Person, "ORGANIZATION": seeds.Org, "GPE": seeds.GPE, "GSP": seeds.GPE, "LOCATION": seeds.Loc, "FACILITY": seeds.Fac,
}

// pennTag returns prose's tag of a token as the treebanks write it.
func pennTag(tag, word string) Tag {
	switch word {
	case "\"", "“", "„", "«", "”", "»":
		if tag == "``" {
			return TagOpenQuote
		}
		return TagCloseQuote
	case "(", "[", "{":
		return TagLRB
	case ")", "]", "}":
		return TagRRB
	case "'", "’", "‘":
		if tag == "``" || word == "‘" {
			return TagOpenQuote
		}
	case "-", "–", "—", "--", "…":
		return TagColon
	}
	if t := ParseTag(tag); t != NoTag {
		return t
	}
	return TagXX
}

// universal returns the universal part of speech of a word with that Penn tag, as far as the tag alone decides it.
func universal(tag Tag, word string) Pos {
	switch tag {
	case TagJJ, TagJJR, TagJJS, TagAFX:
		return PosAdj
	case TagIN:
		if subordinators.has(word) {
			return PosSconj
		}
		return PosAdp
	case TagRP:
		return PosAdp
	case TagRB, TagRBR, TagRBS, TagWRB:
		if negations.has(word) {
			return PosPart
		}
		return PosAdv
	case TagMD:
		return PosAux
	case TagVB, TagVBD, TagVBG, TagVBN, TagVBP, TagVBZ:
		if auxiliaries.has(word) {
			return PosAux
		}
		return PosVerb
	case TagCC:
		return PosCconj
	case TagDT, TagPDT, TagWDT:
		return PosDet
	case TagEX, TagPRP, TagPRPS, TagWP, TagWPS:
		return PosPron
	case TagNN, TagNNS:
		return PosNoun
	case TagNNP, TagNNPS:
		return PosPropn
	case TagCD:
		return PosNum
	case TagPOS, TagTO:
		return PosPart
	case TagUH:
		return PosIntj
	case TagSYM, TagDollar, TagHash:
		return PosSym
	case TagComma, TagStop, TagColon, TagOpenQuote, TagCloseQuote, TagLRB, TagRRB, TagHYPH, TagNFP:
		return PosPunct
	}
	return PosX
}

var (
	// unvaried words are never names and have one tag wherever they stand.
	unvaried = set("a an and at by for from in of on or the to with , \" -")

	subordinators = set("although because if once since than that though unless until whereas whether while")
	negations     = set("not n't n’t")
	auxiliaries   = set("be am is are was were been being 's 're 'm ’s ’re ’m")
)
