package rule

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// A Set is the rules of a directory, checked against each other, with every $name replaced by its words.
type Set struct {
	Relations []Relation
	Lists     []List
	Rules     []Rule
}

// Relation returns the relation of that name, or nil.
func (s *Set) Relation(name string) *Relation {
	if i := slices.IndexFunc(s.Relations, func(r Relation) bool { return r.Name == name }); i >= 0 {
		return &s.Relations[i]
	}
	return nil
}

// Load reads the *.rules files of a directory in the order of their names. The error is an ErrorList unless a file
// cannot be read.
func Load(fsys fs.FS, dir string) (*Set, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("reading rules: %w", err)
	}
	var files []*File
	var errs ErrorList
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".rules" {
			continue
		}
		name := path.Join(dir, e.Name())
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("reading rules: %w", err)
		}
		f, err := Parse(name, string(src))
		if list, ok := err.(ErrorList); ok {
			errs = append(errs, list...)
		}
		files = append(files, f)
	}
	set, list := merge(files)
	if err := append(errs, list...).err(); err != nil {
		return nil, err
	}
	return set, nil
}

// merge joins files to a set and reports what does not fit together.
func merge(files []*File) (*Set, ErrorList) {
	m := merger{set: &Set{}, lists: map[string][]string{}}
	for _, f := range files {
		m.set.Relations = append(m.set.Relations, f.Relations...)
		m.set.Lists = append(m.set.Lists, f.Lists...)
		m.set.Rules = append(m.set.Rules, f.Rules...)
	}
	unique(&m.errs, "relation", m.set.Relations, func(r *Relation) (string, Pos) { return r.Name, r.Pos })
	unique(&m.errs, "words", m.set.Lists, func(l *List) (string, Pos) { return l.Name, l.Pos })
	unique(&m.errs, "rule", m.set.Rules, func(r *Rule) (string, Pos) { return r.Name, r.Pos })
	for _, l := range m.set.Lists {
		m.lists["$"+l.Name] = l.Words
	}
	for i := range m.set.Rules {
		m.rule(&m.set.Rules[i])
	}
	return m.set, m.errs
}

// unique reports names that are declared twice.
func unique[T any](errs *ErrorList, what string, all []T, id func(*T) (string, Pos)) {
	first := map[string]Pos{}
	for i := range all {
		name, pos := id(&all[i])
		if before, ok := first[name]; ok {
			errs.add(pos, "%s %q is declared before, at %s: rename or drop one", what, name, before)
			continue
		}
		first[name] = pos
	}
}

type merger struct {
	set   *Set
	lists map[string][]string // by "$name"
	errs  ErrorList
}

func (m *merger) rule(r *Rule) {
	switch rel := m.set.Relation(r.Relation); {
	case rel == nil:
		names := make([]string, len(m.set.Relations))
		for i := range names {
			names[i] = m.set.Relations[i].Name
		}
		slices.Sort(names)
		m.errs.add(r.Pos, "rule %q states unknown relation %q: %s, or declare it with \"relation %s(actor, any)\"", r.Name, r.Relation, oneOf(r.Relation, names), r.Relation)
	case r.Paired() && !rel.Symmetric:
		m.errs.add(r.Pos, "rule %q pairs one slot, but relation %q is not symmetric: name a slot for subject and one for object", r.Name, rel.Name)
	}
	var triggers []Trigger
	for _, t := range r.Triggers {
		for _, w := range m.expand(t.Word, t.Pos) {
			t.Word = w
			triggers = append(triggers, t)
		}
	}
	r.Triggers = triggers
	for i := range r.Conds {
		c := &r.Conds[i]
		var words []string
		for _, w := range c.Words {
			words = append(words, m.expand(w, c.Pos)...)
		}
		c.Words = words
	}
}

// expand returns the words of a $name, or the word itself.
func (m *merger) expand(word string, pos Pos) []string {
	if word[0] != '$' {
		return []string{word}
	}
	words, ok := m.lists[word]
	if !ok {
		names := make([]string, 0, len(m.set.Lists))
		for _, l := range m.set.Lists {
			names = append(names, "$"+l.Name)
		}
		slices.Sort(names)
		advice := "declare it with \"words " + word[1:] + " = …\""
		if len(names) > 0 {
			advice = oneOf(word, names) + " Or " + advice
		}
		m.errs.add(pos, "unknown list %s: %s", word, advice)
	}
	return words
}
