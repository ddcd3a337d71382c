package graph

import (
	"io"
	"strconv"

	"github.com/dyad-kg/dyad/extract"
)

// A jsonEncoder writes dyad's native result, one JSON object a line; docs/output.md describes it. The fields stand in
// a fixed order and are written by hand: the format is small, and much of what dyad does is to write it.
type jsonEncoder struct {
	w       io.Writer
	builder *Builder
	clauses bool
	out     output

	doc *extract.Document
}

func (e *jsonEncoder) Encode(d *extract.Document) error {
	e.out.w = e.w
	e.builder.identify(d)
	e.doc = d
	e.article()
	e.sentences()
	e.mentions()
	e.entities()
	e.relations()
	if e.clauses {
		e.clauseList()
	}
	e.provenance()
	e.raw("}\n")
	return e.out.flush()
}

func (e *jsonEncoder) Close() error { return e.out.err }

func (e *jsonEncoder) raw(s string) { e.out.buf = append(e.out.buf, s...) }

// field writes a string after its key, which is spelled out with the comma and the quotes that it needs.
func (e *jsonEncoder) field(key, value string) {
	e.raw(key)
	e.out.buf = appendString(e.out.buf, value)
}

func (e *jsonEncoder) number(key string, n int) {
	e.raw(key)
	e.out.buf = strconv.AppendInt(e.out.buf, int64(n), 10)
}

// orNull writes a string, or null when there is none.
func (e *jsonEncoder) orNull(key, value string) {
	if value == "" {
		e.raw(key)
		e.raw("null")
		return
	}
	e.field(key, value)
}

// span writes the fields start and end, in code points.
func (e *jsonEncoder) span(s extract.Span) {
	e.number(`"start":`, e.builder.points.at(s.Start))
	e.number(`,"end":`, e.builder.points.at(s.End))
}

func (e *jsonEncoder) article() {
	d, a := e.doc, &e.builder.graph.Article
	id := d.ID
	if id == "" {
		id = a.IRI
	}
	e.field(`{"id":`, id)
	e.field(`,"url":`, d.URL)
	e.field(`,"title":`, d.Title)
	e.field(`,"published":`, d.Published.String())
	e.field(`,"text":`, d.Text)
	if len(a.SameStoryAs) > 0 {
		e.raw(`,"sameStoryAs":[`)
		for i, other := range a.SameStoryAs {
			e.comma(i)
			e.field("", other)
		}
		e.raw("]")
	}
}

func (e *jsonEncoder) sentences() {
	e.raw(`,"sentences":[`)
	for i := range e.doc.Sentences {
		e.comma(i)
		e.raw("{")
		e.span(e.doc.Sentences[i].Span)
		e.raw("}")
	}
	e.raw("]")
}

func (e *jsonEncoder) comma(i int) {
	if i > 0 {
		e.raw(",")
	}
}

func (e *jsonEncoder) mentions() {
	e.raw(`,"mentions":[`)
	for i := range e.doc.Mentions {
		m := &e.doc.Mentions[i]
		e.comma(i)
		e.raw("{")
		e.span(m.Span)
		e.field(`,"text":`, e.doc.In(m.Span))
		e.field(`,"type":`, m.Type.String())
		e.field(`,"kind":`, m.Kind.String())
		if m.Entity >= 0 {
			e.number(`,"entity":`, int(m.Entity))
		}
		e.raw("}")
	}
	e.raw("]")
}

func (e *jsonEncoder) entities() {
	e.raw(`,"entities":[`)
	for i := range e.doc.Entities {
		n := &e.doc.Entities[i]
		e.comma(i)
		e.field(`{"id":`, e.builder.ids[i])
		e.field(`,"name":`, valid(n.Name))
		e.field(`,"type":`, n.Type.String())
		e.raw(`,"aliases":[`)
		for k, a := range n.Aliases {
			e.comma(k)
			e.field("", valid(a))
		}
		e.raw(`],"linkConfidence":`)
		e.out.buf = appendDecimal(e.out.buf, n.Confidence)
		if len(n.Members) > 0 {
			e.raw(`,"members":`)
			e.indexes(n.Members)
		}
		if class, country := e.builder.polity(n); class != "" {
			_, local := compact(class)
			e.field(`,"class":`, local)
			if country != "" {
				e.field(`,"country":`, country)
			}
		}
		e.raw("}")
	}
	e.raw("]")
}

// provenance writes what made the result, unless nothing is known of that.
func (e *jsonEncoder) provenance() {
	p := e.builder.options.Provenance
	if p == (Provenance{}) {
		return
	}
	e.field(`,"provenance":{"version":`, p.Version)
	e.field(`,"engine":`, p.Engine)
	e.field(`,"knowledge":`, p.Knowledge)
	e.field(`,"rules":`, p.Rules)
	e.field(`,"models":`, p.Models)
	e.raw("}")
}

func (e *jsonEncoder) indexes(list []int32) {
	e.raw("[")
	for i, n := range list {
		e.comma(i)
		e.number("", int(n))
	}
	e.raw("]")
}

func (e *jsonEncoder) relations() {
	e.raw(`,"relations":[`)
	for i := range e.doc.Relations {
		e.comma(i)
		e.relation(&e.doc.Relations[i])
	}
	e.raw("]")
}

func (e *jsonEncoder) relation(r *extract.Relation) {
	d := e.doc
	e.field(`{"relation":`, r.Name)
	e.raw(`,"subject":`)
	e.filler(r.Subject, "")
	e.raw(`,"object":`)
	e.filler(r.Object, "")
	e.field(`,"polarity":`, r.Polarity.String())
	e.field(`,"modality":`, r.Modality.String())
	e.orNull(`,"tense":`, r.Tense.String())
	e.raw(`,"time":`)
	e.time(r.Time)
	e.raw(`,"place":`)
	if r.Place >= 0 {
		e.number(`{"entity":`, int(r.Place))
		e.raw("}")
	} else {
		e.raw("null")
	}
	e.raw(`,"topic":`)
	e.filler(extract.Filler{Entity: -1, Head: -1, Span: r.Topic}, "")
	e.raw(`,"attributedTo":`)
	if r.AttributedTo.IsZero() {
		e.raw("null")
	} else {
		e.filler(r.AttributedTo.Filler, d.In(r.AttributedTo.Verb))
	}
	office := d.In(r.Office)
	if office == "" {
		office = r.OfficeName
	}
	e.orNull(`,"office":`, office)
	role := d.In(r.Subject.Role)
	if role == "" {
		role = d.In(r.Object.Role)
	}
	e.orNull(`,"role":`, role)
	e.orNull(`,"kin":`, d.In(r.Kin))
	e.orNull(`,"plover":`, r.Plover)
	e.orNull(`,"cameo":`, r.Cameo)
	e.raw(`,"confidence":`)
	e.out.buf = appendDecimal(e.out.buf, r.Confidence)
	e.field(`,"rule":`, r.Rule)
	source := "text"
	if r.FromKnowledge {
		source = "knowledge"
	}
	e.field(`,"source":`, source)
	e.evidence(r)
	e.raw("}")
}

// filler writes an argument: an entity, a phrase, or null; with the verb of an attribution when there is one.
func (e *jsonEncoder) filler(f extract.Filler, verb string) {
	d := e.doc
	switch {
	case f.Entity >= 0:
		e.number(`{"entity":`, int(f.Entity))
	case f.Span.Len() > 0:
		e.field(`{"phrase":`, d.In(f.Span))
		if f.Head >= 0 {
			e.field(`,"head":`, d.Word(f.Head))
		}
		e.raw(",")
		e.span(f.Span)
		e.raw(`,"entities":`)
		e.indexes(entitiesIn(d, f.Span))
	case verb != "":
		e.field(`{"verb":`, verb)
		e.raw("}")
		return
	default:
		e.raw("null")
		return
	}
	if f.Role.Len() > 0 {
		e.field(`,"role":`, d.In(f.Role))
	}
	if verb != "" {
		e.field(`,"verb":`, verb)
	}
	e.raw("}")
}

func (e *jsonEncoder) time(t extract.TimeExpr) {
	if t.Len() == 0 && t.From.IsZero() && t.To.IsZero() {
		e.raw("null")
		return
	}
	e.field(`{"text":`, e.doc.In(t.Span))
	e.orNull(`,"start":`, t.From.String())
	e.orNull(`,"end":`, t.To.String())
	e.raw("}")
}

func (e *jsonEncoder) evidence(r *extract.Relation) {
	e.number(`,"evidence":{"sentence":`, int(r.Sentence))
	e.raw(",")
	e.span(r.Evidence)
	e.raw(`,"trigger":`)
	if r.Trigger.Len() == 0 {
		e.raw("null}")
		return
	}
	e.raw("{")
	e.span(r.Trigger)
	e.raw("}}")
}

func (e *jsonEncoder) clauseList() {
	d := e.doc
	e.raw(`,"clauses":[`)
	for i := range d.Clauses {
		c := &d.Clauses[i]
		e.comma(i)
		e.field(`{"predicate":{"text":`, d.Word(c.Predicate))
		e.field(`,"lemma":`, d.Symbols.Text(c.Lemma))
		if c.Particle != 0 {
			e.field(`,"particle":`, d.Symbols.Text(c.Particle))
		}
		if c.Light >= 0 {
			e.field(`,"light":`, d.Word(c.Light))
		}
		e.field(`,"kind":`, c.Kind.String())
		e.raw(",")
		e.span(d.Tokens[c.Predicate].Span)
		e.raw(`},"arguments":[`)
		for k, a := range d.Arguments[c.Args.First:c.Args.End] {
			e.comma(k)
			role := a.Role.String()
			if a.Role == extract.RolePrep {
				role = d.Symbols.Text(a.Prep)
			}
			e.field(`{"role":`, role)
			e.field(`,"text":`, d.In(a.Span))
			e.raw(",")
			e.span(a.Span)
			e.raw("}")
		}
		e.field(`],"polarity":`, c.Polarity.String())
		e.field(`,"modality":`, c.Modality.String())
		e.orNull(`,"tense":`, c.Tense.String())
		e.number(`,"sentence":`, int(c.Sentence))
		e.raw("}")
	}
	e.raw("]")
}
