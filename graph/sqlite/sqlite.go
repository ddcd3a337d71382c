package sqlite

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/dyad-kg/dyad/graph"
)

//go:embed schema.sql
var schema string

//go:embed indexes.sql
var indexes string

// version is the schema's, kept in the file as its user_version; application marks the file as ours.
const (
	version     = 2
	application = 0x64796164 // "dyad"
)

// maxPending bounds how many rows wait for a commit, maxCached how many row numbers are remembered.
const (
	maxPending = 20_000
	maxCached  = 1 << 16
)

// A Store is an SQLite file with the graphs of articles. It serves one goroutine.
type Store struct {
	path    string
	conn    conn
	stmt    statements
	pending int // rows since the last commit
	indexed bool

	// Row numbers of what was loaded lately, so that most names need no look-up. They are dropped with a transaction
	// that fails.
	entities map[string]int64
	aliases  map[aliasKey]int64
	views    map[string]bool

	nextRelation int64 // row number, good within a transaction
	seen         int64 // SQLite's mark of what other programs have written
}

type aliasKey struct {
	entity int64
	name   string
}

// Open opens the store at a path and makes it when there is none.
func Open(path string) (*Store, error) {
	s := &Store{path: path}
	if err := s.open(); err != nil {
		if s.conn.c != nil {
			s.conn.close()
		}
		return nil, fmt.Errorf("%s: %w", path, explain(err))
	}
	return s, nil
}

// explain says what to do about an error, where that is not plain.
func explain(err error) error {
	text := err.Error()
	for _, known := range []struct{ in, advice string }{
		{"readonly", "the file or its folder cannot be written to"},
		{"not a database", "no SQLite file; give another name"},
		{"disk is full", "the disk is full; what was committed before is safe: make room and load again"},
		{"locked", "another program is writing to it; wait for it and load again"},
	} {
		if strings.Contains(text, known.in) {
			return fmt.Errorf("%s: %w", known.advice, err)
		}
	}
	return err
}

func (s *Store) open() (err error) {
	if info, err := os.Stat(s.path); err == nil && info.IsDir() {
		return errors.New("it is a folder; give the name of a file")
	}
	if s.conn, err = connect(dsn(s.path)); err != nil {
		return err
	}
	if err = s.create(); err != nil {
		return err
	}
	s.forget()
	return s.stmt.prepare(s.conn)
}

// index makes the indexes that a new store has not yet, within the transaction that may be open.
func (s *Store) index() error {
	if s.indexed {
		return nil
	}
	made, err := s.conn.number("SELECT count(*) FROM sqlite_schema WHERE name = 'relation_subject'")
	if err == nil && made == 0 {
		err = s.conn.exec(indexes)
	}
	s.indexed = err == nil
	return err
}

// dsn names the file to the driver. It is written ahead to a log that is synced at checkpoints: a crash loses the last
// transactions at most, never half of one.
func dsn(path string) string {
	return "file:" + strings.ReplaceAll(url.PathEscape(path), "%2F", "/") + "?" + url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(NORMAL)", "foreign_keys(1)", "wal_autocheckpoint(8000)", "cache_size(-65536)",
	}}.Encode()
}

// create makes tables and views in an empty file, and refuses a file that is not a store of this version.
func (s *Store) create() error {
	tables, err := s.conn.number("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return err
	}
	if tables > 0 {
		return recognize(s.conn)
	}
	if err := s.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	marks := fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d;", version, application)
	if err := s.conn.exec(schema + marks); err != nil {
		return err
	}
	for i := range graph.Relations {
		if err := s.makeView(graph.Relations[i].Name, graph.Relations[i].Symmetric); err != nil {
			return err
		}
	}
	return s.conn.exec("COMMIT")
}

// recognize refuses what is no store of this version.
func recognize(c conn) error {
	app, err := c.number("PRAGMA application_id")
	if err != nil {
		return err
	}
	found, err := c.number("PRAGMA user_version")
	switch {
	case err != nil:
		return err
	case app != application:
		return errors.New("an SQLite file of another program; give another name")
	case found != version:
		return fmt.Errorf("a store of version %d; this program writes version %d: load into a new file", found, version)
	}
	return nil
}

// makeView makes the view of a relation. Its name is the relation's, with an underscore where a table has that name.
func (s *Store) makeView(relation string, symmetric bool) error {
	name := relation
	for {
		taken, err := s.conn.number("SELECT count(*) FROM sqlite_schema WHERE lower(name) = lower(?)", name)
		if err != nil {
			return err
		}
		if taken == 0 {
			break
		}
		name += "_"
	}
	query := "SELECT * FROM fact WHERE relation = " + quote(relation, "'")
	if symmetric {
		query += ` UNION ALL
SELECT id, relation, object, subject, polarity, modality, tense, start_date, end_date, time_text, place, topic, speaker,
	speaker_verb, object_role, subject_role, office, kin, plover, cameo, confidence, rule, source, quote, title, published,
	article, 1 FROM fact WHERE relation = ` + quote(relation, "'")
	}
	if err := s.conn.exec("CREATE VIEW " + quote(name, `"`) + " AS " + query); err != nil {
		return err
	}
	_, err := s.conn.number(`INSERT INTO relation_view (name, "view", symmetric) VALUES (?, ?, ?)`, relation, name, symmetric)
	return err
}

func quote(s, mark string) string { return mark + strings.ReplaceAll(s, mark, mark+mark) + mark }

// forget drops the remembered row numbers.
func (s *Store) forget() {
	s.entities, s.aliases, s.views = map[string]int64{}, map[aliasKey]int64{}, map[string]bool{}
}

// Load stores an article's graph in place of what the article said before. A transaction takes in several articles,
// each of them whole; an error undoes all since the last Flush, or since the store last committed by itself.
func (s *Store) Load(ctx context.Context, g *graph.Graph) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.begin()
	if err == nil {
		err = s.load(g)
	}
	if err != nil {
		s.undo()
		return fmt.Errorf("%s: %s: %w", s.path, g.Article.IRI, explain(err))
	}
	if s.pending >= maxPending {
		return s.Flush(ctx)
	}
	return nil
}

func (s *Store) begin() error {
	if s.pending > 0 {
		return nil
	}
	if err := s.conn.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	s.pending = 1
	seen, _, err := s.stmt.dataVersion.find()
	if err != nil {
		return err
	}
	if seen != s.seen { // another program has written: it may have removed rows whose numbers we know
		s.seen = seen
		s.forget()
	}
	last, _, err := s.stmt.lastRelation.find()
	s.nextRelation = last + 1
	return err
}

// undo rolls back. SQLite may have done so already, as when the disk is full; then there is nothing to do.
func (s *Store) undo() {
	_ = s.conn.exec("ROLLBACK")
	s.pending = 0
	s.indexed = false // perhaps
	s.stmt.drop()
	s.forget()
}

// Flush commits what was loaded.
func (s *Store) Flush(context.Context) error {
	if s.pending == 0 {
		return nil
	}
	if err := s.conn.exec("COMMIT"); err != nil {
		s.undo()
		return fmt.Errorf("%s: %w", s.path, explain(err))
	}
	s.pending = 0
	return nil
}

// Close commits, writes the log back into the file and closes it.
func (s *Store) Close() error {
	err := s.begin()
	if err == nil {
		if err = s.index(); err == nil {
			err = s.Flush(context.Background())
		}
	}
	s.stmt.close()
	return errors.Join(err, s.conn.close())
}
