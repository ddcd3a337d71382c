package graph

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/extract"
)

// A conlluEncoder writes sentences and tokens in CoNLL-U, with character offsets and names in the last column.
type conlluEncoder struct {
	w       io.Writer
	builder *Builder
	out     output

	doc   *extract.Document
	names []extract.Mention // outermost names, in text order
}

func (e *conlluEncoder) Encode(d *extract.Document) error {
	e.out.w = e.w
	e.builder.identify(d)
	e.doc, e.names = d, e.names[:0]
	end := uint32(0)
	for _, m := range d.Mentions {
		if m.Kind == extract.Name && m.Start >= end {
			e.names = append(e.names, m)
			end = m.End
		}
	}
	id := oneLine(d.ID)
	if id == "" {
		id = e.builder.graph.Article.IRI
	}
	e.comment("newdoc id", id)
	paragraph := int32(-1)
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if s.Paragraph != paragraph {
			paragraph = s.Paragraph
			e.raw("# newpar\n")
		}
		e.comment("sent_id", id+"-"+strconv.Itoa(i+1))
		e.comment("text", e.text(s.Tokens))
		for t := s.Tokens.First; t < s.Tokens.End; t++ {
			e.token(t, s.Tokens)
		}
		e.raw("\n")
	}
	return e.out.flush()
}

func (e *conlluEncoder) Close() error { return e.out.err }

func (e *conlluEncoder) raw(s string) { e.out.buf = append(e.out.buf, s...) }

func (e *conlluEncoder) comment(key, value string) {
	e.raw("# ")
	e.raw(key)
	e.raw(" = ")
	e.raw(value)
	e.raw("\n")
}

// text returns the words of a sentence with single blanks, as its tokens and their SpaceAfter give it back.
func (e *conlluEncoder) text(tokens extract.Range) string {
	var b strings.Builder
	for t := tokens.First; t < tokens.End; t++ {
		b.WriteString(oneLine(e.doc.Word(t)))
		if t+1 < tokens.End && !e.adjacent(t) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// adjacent reports whether the next token follows token t without a blank.
func (e *conlluEncoder) adjacent(t int32) bool {
	next := int(t) + 1
	return next < len(e.doc.Tokens) && e.doc.Tokens[next].Start == e.doc.Tokens[t].End
}

func (e *conlluEncoder) token(t int32, sentence extract.Range) {
	d, k := e.doc, &e.doc.Tokens[t]
	e.out.buf = strconv.AppendInt(e.out.buf, int64(t-sentence.First+1), 10)
	e.column(d.Word(t))
	e.column(d.Lemma(t))
	e.column(k.Pos.String())
	e.column(k.Tag.String())
	e.column("") // features
	switch {
	case sentence.Has(k.Head):
		e.column(strconv.Itoa(int(k.Head-sentence.First) + 1))
	case k.Dep == extract.DepRoot:
		e.column("0")
	default:
		e.column("") // not parsed
	}
	e.column(k.Dep.String())
	e.column("") // enhanced dependencies
	e.raw("\t")
	if name := e.name(k.Span); name != "" {
		e.raw("Entity=")
		e.raw(name)
		e.raw("|")
	}
	if e.adjacent(t) {
		e.raw("SpaceAfter=No|")
	}
	e.raw("TokenRange=")
	e.out.buf = strconv.AppendInt(e.out.buf, int64(e.builder.points.at(k.Start)), 10)
	e.raw(":")
	e.out.buf = strconv.AppendInt(e.out.buf, int64(e.builder.points.at(k.End)), 10)
	e.raw("\n")
}

func (e *conlluEncoder) column(s string) {
	e.raw("\t")
	if s == "" {
		s = "_"
	}
	e.raw(oneLine(s))
}

// name returns the BIO tag of a token within a name, "" outside.
func (e *conlluEncoder) name(token extract.Span) string {
	i, found := slices.BinarySearchFunc(e.names, token.Start, func(m extract.Mention, at uint32) int {
		switch {
		case m.End <= at:
			return -1
		case m.Start > at:
			return 1
		}
		return 0
	})
	switch {
	case !found:
		return ""
	case e.names[i].Start == token.Start:
		return "B-" + e.names[i].Type.String()
	}
	return "I-" + e.names[i].Type.String()
}

// oneLine keeps a value within its column.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\t\n\r") {
		return strings.Join(strings.Fields(s), " ")
	}
	return s
}
