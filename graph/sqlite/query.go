package sqlite

import (
	"database/sql/driver"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/seeds"
)

// A Question says which statements one looks for. Empty fields ask for anything.
type Question struct {
	Subject, Object string     // a name in any case, words of a name, an IRI, or words of a phrase
	Either          string     // who or what stands on either side
	Speaker         string     // whose words it is
	Relation        string     // "met"; a symmetric relation is asked in both directions
	Class           string     // PLOVER class, "CONSULT"
	Polarity        string     // "positive", "negative"
	Modality        string     // "actual", "planned", "possible", "requested"
	Since, Until    seeds.Date // of what is said to have happened, or else of the article; both included
	MinConfidence   float64
	Limit           int // 0 is no limit
}

// An Answer is a statement with its source. Of a symmetric relation Subject is the side that was asked for.
type Answer struct {
	Subject    string  `json:"subject"`
	Relation   string  `json:"relation"`
	Object     string  `json:"object"`
	Polarity   string  `json:"polarity"`
	Modality   string  `json:"modality"`
	Tense      string  `json:"tense,omitempty"`
	Start      string  `json:"start,omitempty"`
	End        string  `json:"end,omitempty"`
	Time       string  `json:"time,omitempty"`
	Place      string  `json:"place,omitempty"`
	Topic      string  `json:"topic,omitempty"`
	Speaker    string  `json:"speaker,omitempty"`
	Office     string  `json:"office,omitempty"`
	Plover     string  `json:"plover,omitempty"`
	Cameo      string  `json:"cameo,omitempty"`
	Confidence float64 `json:"confidence"`
	Rule       string  `json:"rule,omitempty"`
	Quote      string  `json:"quote,omitempty"`
	Article    string  `json:"article"`
	Title      string  `json:"title,omitempty"`
	Published  string  `json:"published,omitempty"`
}

// A Reader asks a store and never changes it.
type Reader struct {
	path string
	conn conn
}

// OpenReader opens a store to ask questions.
func OpenReader(path string) (*Reader, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	r := &Reader{path: path}
	err := r.open("mode=ro")
	if _, log := os.Stat(path + "-wal"); err != nil && log != nil {
		// Where the folder cannot be written to, SQLite's log cannot be made; it is not needed when nobody writes.
		if again := r.open("mode=ro&immutable=1"); again == nil {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, explain(err))
	}
	return r, nil
}

func (r *Reader) open(options string) (err error) {
	file, _, _ := strings.Cut(dsn(r.path), "?")
	if r.conn, err = connect(file + "?" + options); err != nil {
		return err
	}
	if err = recognize(r.conn); err != nil {
		r.conn.close()
	}
	return err
}

// Close closes the store.
func (r *Reader) Close() error { return r.conn.close() }

// Find returns the statements that answer the question: newest first, surer ones before others.
func (r *Reader) Find(q Question) ([]Answer, error) {
	w := &where{conn: r.conn}
	query := w.query(q, false)
	if q.Subject != "" || q.Object != "" { // else one direction is enough
		query += "\nUNION ALL " + w.query(q, true)
	}
	if w.err != nil {
		return nil, fmt.Errorf("%s: %w", r.path, w.err)
	}
	query += "\nORDER BY at DESC, confidence DESC, id, swapped"
	s, err := r.conn.prepare(query)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.path, err)
	}
	defer s.close()
	var answers []Answer
	last := driver.Value(nil)
	err = s.each(24, func(row []driver.Value) {
		id := row[1]
		if id != last && (q.Limit == 0 || len(answers) < q.Limit) { // both directions of a statement may answer
			answers = append(answers, answer(row))
		}
		last = id
	}, w.args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.path, err)
	}
	return answers, nil
}

// query selects the statements that answer a question as they stand, or, swapped, the symmetric ones the other way round.
func (w *where) query(q Question, swapped bool) string {
	const columns = `r.id AS id, %s, r.name, %s, r.polarity, r.modality, r.tense, r.start_date, r.end_date, r.time_text, p.name, r.topic,
	coalesce(k.name, r.speaker_text), r.office, r.plover, r.cameo, r.confidence AS confidence, r.rule, r.quote, a.iri, a.title, a.published,
	coalesce(r.start_date, a.published) AS at
FROM relation r JOIN article a ON a.id = r.article LEFT JOIN entity subject ON subject.id = r.subject
	LEFT JOIN entity object ON object.id = r.object LEFT JOIN entity p ON p.id = r.place LEFT JOIN entity k ON k.id = r.speaker`
	w.conditions = nil
	first, second := "subject", "object"
	query := "SELECT 0 AS swapped, "
	if swapped {
		first, second = second, first
		query = "SELECT 1, "
		w.add("+r.name IN (SELECT name FROM relation_view WHERE symmetric)")
	}
	w.relation(q)
	w.side(q.Subject, first)
	w.side(q.Object, second)
	w.side(q.Speaker, "speaker")
	w.side(q.Either, "subject", "object")
	w.when(q)
	name := func(side string) string { return fmt.Sprintf("coalesce(%[1]s.name, r.%[1]s_text)", side) }
	query += fmt.Sprintf(columns, name(first), name(second))
	if len(w.conditions) > 0 {
		query += "\nWHERE " + strings.Join(w.conditions, " AND ")
	}
	return query
}

func answer(row []driver.Value) Answer {
	text := func(i int) string { s, _ := row[i].(string); return s }
	confidence, _ := row[17].(float64)
	return Answer{
		Subject: text(2), Relation: text(3), Object: text(4), Polarity: text(5), Modality: text(6), Tense: text(7), Start: text(8),
		End: text(9), Time: text(10), Place: text(11), Topic: text(12), Speaker: text(13), Office: text(14), Plover: text(15),
		Cameo: text(16), Confidence: confidence, Rule: text(18), Quote: text(19), Article: text(20), Title: text(21), Published: text(22),
	}
}

// A where collects the conditions of a question, with r for the statement and a for the article.
type where struct {
	conn       conn
	conditions []string
	args       []driver.Value
	err        error
}

func (w *where) add(condition string, args ...driver.Value) {
	w.conditions = append(w.conditions, "("+condition+")")
	w.args = append(w.args, args...)
}

func (w *where) relation(q Question) {
	name := "r.name"
	if q.Subject != "" || q.Object != "" || q.Either != "" || q.Speaker != "" {
		name = "+r.name" // not by its index
	}
	for _, c := range []struct{ column, value string }{
		{name, q.Relation}, {"r.plover", strings.ToUpper(q.Class)}, {"r.polarity", q.Polarity}, {"r.modality", q.Modality},
	} {
		if c.value != "" {
			w.add(c.column+" = ?", c.value)
		}
	}
	if q.MinConfidence > 0 {
		w.add("r.confidence >= ?", q.MinConfidence)
	}
	if c := strings.ToUpper(q.Class); c != "" && !slices.Contains(graph.Classes(), c) {
		w.fail(fmt.Errorf("no PLOVER class is called %q; want one of %s", q.Class, strings.Join(graph.Classes(), ", ")))
	}
	if q.Relation != "" {
		n, err := w.conn.number("SELECT count(*) FROM relation_view WHERE name = ?", q.Relation)
		if err == nil && n == 0 {
			err = fmt.Errorf("no relation is called %q%s", q.Relation, suggest(q.Relation))
		}
		w.fail(err)
	}
}

// suggest names the relations that a word may mean.
func suggest(word string) string {
	word = strings.ToLower(word)
	var like []string
	for i := range graph.Relations {
		name := graph.Relations[i].Name
		if stem := strings.ToLower(name)[:min(4, len(name))]; strings.HasPrefix(word, stem) || strings.Contains(strings.ToLower(name), word) {
			like = append(like, name)
		}
	}
	if len(like) == 0 {
		return "; dyad ontology lists them"
	}
	return "; do you mean " + strings.Join(like, ", ") + "?"
}

// side asks that one of the parts of a statement is an entity of that name, or a phrase with it or with the words in it.
// Those rows are listed first, by the indexes of entities: they are few, where those of a relation are many.
func (w *where) side(what string, parts ...string) {
	if what == "" {
		return
	}
	list, err := w.entities(what)
	w.fail(err)
	ids := strings.Join(list, ", ")
	var rows []string
	var args []driver.Value
	for _, part := range parts {
		rows = append(rows,
			fmt.Sprintf("SELECT id FROM relation WHERE %s IN (%s)", part, ids),
			fmt.Sprintf("SELECT relation FROM inside WHERE part = '%s' AND entity IN (%s)", part, ids),
			fmt.Sprintf(`SELECT id FROM relation WHERE %[1]s IS NULL AND %[1]s_text LIKE ? ESCAPE '\'`, part))
		args = append(args, "%"+escapeLike(what)+"%")
	}
	w.add("r.id IN ("+strings.Join(rows, "\n\tUNION ALL ")+")", args...)
}

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(s)
}

// entities returns the numbers of those who go by a name, or, if nobody does, whose names have its words.
func (w *where) entities(what string) (ids []string, err error) {
	var words []string
	for _, word := range strings.Fields(what) {
		words = append(words, quote(word, `"`)) // full-text search takes what is quoted as it is
	}
	find := func(query string, args ...driver.Value) {
		if err != nil || len(ids) > 0 {
			return
		}
		var s *stmt
		if s, err = w.conn.prepare(query); err == nil {
			defer s.close()
			err = s.each(1, func(row []driver.Value) { ids = append(ids, strconv.FormatInt(row[0].(int64), 10)) }, args...)
		}
	}
	const byName = "SELECT DISTINCT alias.entity FROM names JOIN alias ON alias.id = names.rowid WHERE names MATCH ?"
	find("SELECT id FROM entity WHERE iri = ?", what)
	find(byName+" AND alias.name = ? COLLATE NOCASE", strings.Join(words, " "), what)
	find(byName, strings.Join(words, " "))
	return ids, err
}

// when asks for a time. Dates are compared as far as they are known: 2019 is since 2019-06, for it may be.
func (w *where) when(q Question) {
	const date = "coalesce(r.start_date, a.published)"
	if s := q.Since.String(); s != "" {
		w.add(date+" >= substr(?, 1, length("+date+"))", s)
	}
	if s := q.Until.String(); s != "" {
		w.add("substr("+date+", 1, length(?)) <= ?", s, s)
	}
}

func (w *where) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}
