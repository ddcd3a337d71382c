package extract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/rule"
)

// An ExampleResult is what became of an example that stands in a rule file.
type ExampleResult struct {
	Pos    rule.Pos
	Rule   string
	Mark   byte // '+', '-' or '?', as in the file
	Text   string
	Failed string // what is wrong, "" when all is well; a '?' example that works has failed to fail
}

// CheckExamples runs the examples of all rules through the whole pipeline, in the order of the files.
func (x *Extractor) CheckExamples() ([]ExampleResult, error) {
	var out []ExampleResult
	var d Document
	for i := range x.relate.rules {
		r := x.relate.rules[i].Rule
		for _, e := range r.Examples {
			if err := x.Extract(Article{Text: e.Text}, &d); err != nil {
				return nil, fmt.Errorf("%s: example: %w", e.Pos, err)
			}
			x.relate.runRule(&d, int32(i))
			out = append(out, ExampleResult{Pos: e.Pos, Rule: r.Name, Mark: e.Mark, Text: e.Text, Failed: checkExample(&d, r, e)})
		}
	}
	return out, nil
}

func checkExample(d *Document, r *rule.Rule, e rule.Example) string {
	var found []string
	missing := slices.Clone(e.Want)
	extra := 0
	for i := range d.Relations {
		rel := &d.Relations[i]
		if slices.ContainsFunc(d.Relations[:i], func(o Relation) bool { return same(o.Subject, rel.Subject) && same(o.Object, rel.Object) }) {
			continue // two triggers, one statement
		}
		found = append(found, d.RelationString(int32(i)))
		at := slices.IndexFunc(missing, func(w rule.Want) bool { return d.satisfies(rel, w) })
		if at < 0 {
			extra++
			continue
		}
		missing = slices.Delete(missing, at, at+1)
	}
	got := "nothing"
	if len(found) > 0 {
		got = strings.Join(found, " ; ")
	}
	hit := len(missing) == 0 && extra == 0
	negative := e.Mark == '-' || e.Mark == '?' && len(e.Want) == 0
	if negative {
		hit = len(found) == 0 || len(e.Want) > 0 && len(missing) == len(e.Want)
	}
	switch {
	case e.Mark == '?' && hit:
		return "works now: make it an example that must work"
	case e.Mark != '?' && !hit:
		return "got " + got
	}
	return ""
}

// satisfies reports whether a relation is what an example wants.
func (d *Document) satisfies(r *Relation, w rule.Want) bool {
	polarity, modality := w.Polarity, w.Modality
	if polarity == "" {
		polarity = Positive.String()
	}
	if modality == "" {
		modality = Actual.String()
	}
	return r.Polarity.String() == polarity && r.Modality.String() == modality &&
		d.isArgument(r.Subject, w.Args[0]) && d.isArgument(r.Object, w.Args[1])
}

// isArgument reports whether a filler is the name, or the phrase in brackets without regard to a leading article.
func (d *Document) isArgument(f Filler, want string) bool {
	if phrase, ok := strings.CutPrefix(want, "["); ok {
		return f.Entity < 0 && strings.EqualFold(bare(strings.TrimSuffix(phrase, "]")), bare(oneLine(d.In(f.Span))))
	}
	if f.Entity < 0 {
		return false
	}
	e := &d.Entities[f.Entity]
	return e.Name == want || slices.Contains(e.Aliases, want)
}

func bare(s string) string {
	for _, a := range []string{"the ", "a ", "an "} {
		if len(s) > len(a) && strings.EqualFold(s[:len(a)], a) {
			return s[len(a):]
		}
	}
	return s
}
