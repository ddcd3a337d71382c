package extract

import "fmt"

// checkSentences reports what is wrong with the sentences: they must lie in text order and leave out nothing but blanks.
func (d *Document) checkSentences() error {
	pos, paragraph := 0, int32(0)
	for i, s := range d.Sentences {
		switch {
		case int(s.End) > len(d.Text) || s.Start >= s.End:
			return fmt.Errorf("sentence %d: bad span %v in a text of %d bytes", i, s.Span, len(d.Text))
		case int(s.Start) != skipBlank(d.Text, pos):
			return fmt.Errorf("sentence %d at %d: the text from %d on is in no sentence", i, s.Start, pos)
		case s.Paragraph < paragraph || s.Paragraph > paragraph+1:
			return fmt.Errorf("sentence %d: paragraph %d after %d", i, s.Paragraph, paragraph)
		}
		pos, paragraph = int(s.End), s.Paragraph
	}
	if skipBlank(d.Text, pos) != len(d.Text) {
		return fmt.Errorf("the text from %d on is in no sentence", pos)
	}
	return nil
}

// checkTokens reports what is wrong with the tokens: each sentence's must lie in it in text order and leave out nothing
// but blanks.
func (d *Document) checkTokens() error {
	next := int32(0)
	for i, s := range d.Sentences {
		if s.Tokens.First != next || s.Tokens.End < next || int(s.Tokens.End) > len(d.Tokens) {
			return fmt.Errorf("sentence %d: tokens %v after token %d of %d", i, s.Tokens, next, len(d.Tokens))
		}
		text, pos := d.Text[:s.End], int(s.Start)
		for ; next < s.Tokens.End; next++ {
			t := d.Tokens[next]
			if t.Start >= t.End || !s.Contains(t.Span) {
				return fmt.Errorf("token %d: bad span %v in sentence %v", next, t.Span, s.Span)
			}
			if int(t.Start) != skipBlank(text, pos) {
				return fmt.Errorf("token %d at %d: the text from %d on is in no token", next, t.Start, pos)
			}
			pos = int(t.End)
		}
		if skipBlank(text, pos) != len(text) {
			return fmt.Errorf("sentence %d: the text from %d on is in no token", i, pos)
		}
	}
	if int(next) != len(d.Tokens) {
		return fmt.Errorf("tokens from %d on are in no sentence", next)
	}
	return nil
}
