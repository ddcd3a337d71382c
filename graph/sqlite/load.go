package sqlite

import (
	"database/sql/driver"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/graph"
)

// statements are prepared once.
type statements struct {
	all []*stmt

	findArticle, insertArticle, deleteArticle, usedNames *stmt
	findEntity, insertEntity, deleteEntity               *stmt
	findAlias, insertAlias, deleteAlias                  *stmt
	findView, lastRelation, dataVersion                  *stmt

	bulks []*bulk // in the order in which they must be written

	use, mention, member, relation, inside *bulk
}

func (st *statements) prepare(c conn) error {
	for _, s := range []struct {
		to    **stmt
		query string
	}{
		{&st.findArticle, "SELECT id FROM article WHERE iri = ?"},
		{&st.insertArticle, "INSERT INTO article (iri, identifier, url, title, published, sha256, story, version, engine, knowledge, rules, models)" + values(12)},
		{&st.deleteArticle, "DELETE FROM article WHERE id = ?"},
		{&st.usedNames, "SELECT entity, id FROM alias_article JOIN alias ON id = alias WHERE article = ?"},
		{&st.findEntity, "SELECT id FROM entity WHERE iri = ?"},
		{&st.insertEntity, "INSERT INTO entity (iri, name, type, class, country)" + values(5)},
		{&st.deleteEntity, "DELETE FROM entity WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM alias WHERE entity = ?1)"},
		{&st.findAlias, "SELECT id FROM alias WHERE entity = ? AND name = ?"},
		{&st.insertAlias, "INSERT INTO alias (entity, name)" + values(2)},
		{&st.deleteAlias, "DELETE FROM alias WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM alias_article WHERE alias = ?1)"},
		{&st.findView, "SELECT 1 FROM relation_view WHERE name = ?"},
		{&st.dataVersion, "PRAGMA data_version"},
		{&st.lastRelation, "SELECT coalesce(max(id), 0) FROM relation"},
	} {
		prepared, err := c.prepare(s.query)
		if err != nil {
			return err
		}
		*s.to = prepared
		st.all = append(st.all, prepared)
	}
	for _, b := range []struct {
		to             **bulk
		table, columns string
	}{
		{&st.use, "alias_article", "article, alias"},
		{&st.mention, "mention", `article, start, "end", entity, text, kind`},
		{&st.member, "member", `article, "group", entity`},
		{&st.relation, "relation", relationColumns},
		{&st.inside, "inside", "relation, part, entity"},
	} {
		prepared, err := c.prepareBulk("INSERT OR IGNORE INTO "+b.table+" ("+b.columns+")", 1+strings.Count(b.columns, ","))
		if err != nil {
			return err
		}
		*b.to = prepared
		st.bulks = append(st.bulks, prepared)
	}
	return nil
}

// flush inserts the rows that wait.
func (st *statements) flush() error {
	for _, b := range st.bulks {
		if err := b.flush(); err != nil {
			return err
		}
	}
	return nil
}

// drop forgets the rows that wait.
func (st *statements) drop() {
	for _, b := range st.bulks {
		b.drop()
	}
}

func (st *statements) close() {
	for _, s := range st.all {
		s.close()
	}
	for _, b := range st.bulks {
		b.close()
	}
}

// relationColumns stand in the order in which relation binds them.
const relationColumns = `id, iri, article, name, state, subject, subject_text, subject_role, object, object_text, object_role,
	polarity, modality, tense, start_date, end_date, time_text, place, topic, speaker, speaker_text, speaker_role,
	speaker_verb, office, kin, plover, cameo, confidence, rule, source, direct, "trigger", start, "end", quote`

func values(n int) string { return " VALUES (?" + strings.Repeat(", ?", n-1) + ")" }

// A loader is one article on its way into the store.
type loader struct {
	s       *Store
	g       *graph.Graph
	article int64
	ids     map[string]int64 // entities by IRI
	phrases map[string]*graph.Phrase
	args    []driver.Value
}

func (s *Store) load(g *graph.Graph) error {
	l := &loader{s: s, g: g, ids: make(map[string]int64, len(g.Entities)), phrases: make(map[string]*graph.Phrase, len(g.Phrases))}
	for i := range g.Phrases {
		l.phrases[g.Phrases[i].IRI] = &g.Phrases[i]
	}
	before, err := l.remove()
	if err != nil {
		return err
	}
	for _, step := range []func() error{l.addArticle, l.addEntities, l.addMentions, l.addRelations, s.stmt.flush} {
		if err := step(); err != nil {
			return err
		}
	}
	s.pending += len(g.Mentions) + len(g.Statements)
	return l.sweep(before)
}

// remove deletes what the article said before and returns the names that it used, as [entity, alias].
func (l *loader) remove() (used [][2]int64, err error) {
	st := &l.s.stmt
	id, ok, err := st.findArticle.find(l.g.Article.IRI)
	if err != nil || !ok {
		return nil, err
	}
	if err := l.s.index(); err != nil { // to delete rows is to look up what refers to them
		return nil, err
	}
	err = st.usedNames.each(2, func(row []driver.Value) {
		used = append(used, [2]int64{row[0].(int64), row[1].(int64)})
	}, id)
	if err != nil {
		return nil, err
	}
	l.s.pending += len(used)
	return used, st.deleteArticle.exec(id)
}

// sweep deletes the names and entities that only the replaced article had.
func (l *loader) sweep(used [][2]int64) error {
	if len(used) == 0 {
		return nil
	}
	l.s.forget()
	for _, u := range used {
		if err := l.s.stmt.deleteAlias.exec(u[1]); err != nil {
			return err
		}
	}
	for _, u := range used {
		if err := l.s.stmt.deleteEntity.exec(u[0]); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) addArticle() (err error) {
	a, p := &l.g.Article, &l.g.Activity
	l.article, err = l.s.stmt.insertArticle.insert(a.IRI, null(a.Identifier), null(a.URL), null(a.Title),
		null(a.Published.String()), a.TextSHA256, a.Story(), null(p.Version), null(p.Engine), null(p.Knowledge), null(p.Rules), null(p.Models))
	return err
}

// null is nil for what is not known.
func null(s string) driver.Value {
	if s == "" {
		return nil
	}
	return s
}

func (l *loader) addEntities() error {
	s := l.s
	if len(s.entities)+len(s.aliases) > maxCached {
		s.forget()
	}
	for i := range l.g.Entities {
		e := &l.g.Entities[i]
		id, ok := s.entities[e.IRI]
		if !ok {
			var err error
			if id, ok, err = s.stmt.findEntity.find(e.IRI); err == nil && !ok {
				id, err = s.stmt.insertEntity.insert(e.IRI, e.Name, null(e.Type.String()), e.Class, null(e.Country))
			}
			if err != nil {
				return err
			}
			s.entities[e.IRI] = id
		}
		l.ids[e.IRI] = id
		if err := l.addName(id, e.Name); err != nil {
			return err
		}
		for _, a := range e.Aliases {
			if err := l.addName(id, a); err != nil {
				return err
			}
		}
	}
	for i := range l.g.Entities {
		for _, m := range l.g.Entities[i].Members {
			if err := s.stmt.member.add(l.article, l.ids[l.g.Entities[i].IRI], l.ids[m]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *loader) addName(entity int64, name string) error {
	s, key := l.s, aliasKey{entity, name}
	id, ok := s.aliases[key]
	if !ok {
		var err error
		if id, ok, err = s.stmt.findAlias.find(entity, name); err == nil && !ok {
			id, err = s.stmt.insertAlias.insert(entity, name)
		}
		if err != nil {
			return err
		}
		s.aliases[key] = id
	}
	s.pending++
	return s.stmt.use.add(l.article, id)
}

func (l *loader) addMentions() error {
	for i := range l.g.Mentions {
		m := &l.g.Mentions[i]
		if err := l.s.stmt.mention.add(l.article, int64(m.Start), int64(m.End), l.ids[m.Entity], m.Text, m.Kind); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) addRelations() error {
	names := make(map[string]string, len(l.g.Entities))
	for i := range l.g.Entities {
		names[l.g.Entities[i].IRI] = l.g.Entities[i].Name
	}
	for i := range l.g.Statements {
		st := &l.g.Statements[i]
		if err := l.addView(st.Relation); err != nil {
			return err
		}
		if err := l.addRelation(st, names); err != nil {
			return err
		}
	}
	return nil
}

// addView makes the view of a relation that a user's rules define.
func (l *loader) addView(relation string) error {
	if l.s.views[relation] {
		return nil
	}
	_, ok, err := l.s.stmt.findView.find(relation)
	if err == nil && !ok {
		err = l.s.makeView(relation, false)
	}
	l.s.views[relation] = err == nil
	return err
}

func (l *loader) addRelation(st *graph.Statement, names map[string]string) error {
	// side returns the row number of an entity, nil for a phrase, and the name or text.
	side := func(iri string) (id, text driver.Value) {
		if id, ok := l.ids[iri]; ok {
			return id, names[iri]
		}
		if p := l.phrases[iri]; p != nil {
			return nil, p.Text
		}
		return nil, nil
	}
	id := l.s.nextRelation
	l.s.nextRelation++
	args := append(l.args[:0], id, st.IRI, l.article, st.Relation, st.State)
	for _, part := range []struct{ iri, role string }{{st.Subject, st.SubjectRole}, {st.Object, st.ObjectRole}} {
		id, text := side(part.iri)
		args = append(args, id, text, null(part.role))
	}
	args = append(args, st.Polarity.String(), st.Modality.String(), null(st.Tense.String()),
		null(st.Start.String()), null(st.End.String()), null(st.TimeText))
	place, _ := side(st.Place)
	_, topic := side(st.Topic)
	speaker, speakerText := side(st.Speaker)
	args = append(args, place, topic, speaker, speakerText, null(st.SpeakerRole), null(st.SpeakerVerb),
		null(st.Office), null(st.Kin), null(st.Plover), null(st.Cameo))
	confidence, err := strconv.ParseFloat(st.Confidence, 64)
	if err != nil {
		return err
	}
	source := "text"
	if st.FromKnowledge {
		source = "knowledge"
	}
	args = append(args, confidence, null(st.Rule), source, st.Direct, null(st.Trigger))
	if st.Evidence >= 0 {
		e := &l.g.Evidence[st.Evidence]
		args = append(args, int64(e.Start), int64(e.End), e.Quote)
	} else {
		args = append(args, nil, nil, nil)
	}
	l.args = args
	if err := l.s.stmt.relation.add(args...); err != nil {
		return err
	}
	for _, part := range []struct{ name, iri string }{
		{"subject", st.Subject}, {"object", st.Object}, {"topic", st.Topic}, {"speaker", st.Speaker},
	} {
		if p := l.phrases[part.iri]; p != nil {
			for _, e := range p.Entities {
				if err := l.s.stmt.inside.add(id, part.name, l.ids[e]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
