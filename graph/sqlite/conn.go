package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strings"

	"modernc.org/sqlite"
)

// conn is a connection to a file. It speaks to the driver itself: database/sql's pool, locks and conversions take as
// long again as SQLite does for rows as short as ours.
type conn struct {
	c driver.Conn
}

func connect(dsn string) (conn, error) {
	c, err := new(sqlite.Driver).Open(dsn)
	return conn{c}, err
}

func (c conn) close() error { return c.c.Close() }

// exec runs statements without arguments.
func (c conn) exec(query string) error {
	_, err := c.c.(driver.ExecerContext).ExecContext(context.Background(), query, nil)
	return err
}

// number asks for one number, 0 when there is none.
func (c conn) number(query string, args ...driver.Value) (int64, error) {
	s, err := c.prepare(query)
	if err != nil {
		return 0, err
	}
	defer s.close()
	n, _, err := s.find(args...)
	return n, err
}

func (c conn) prepare(query string) (*stmt, error) {
	s, err := c.c.Prepare(query)
	if err != nil {
		return nil, err
	}
	return &stmt{s: s}, nil
}

// A stmt is a prepared statement with room for its arguments.
type stmt struct {
	s    driver.Stmt
	args []driver.NamedValue
}

func (s *stmt) close() error { return s.s.Close() }

func (s *stmt) bind(args []driver.Value) []driver.NamedValue {
	s.args = s.args[:0]
	for i, a := range args {
		s.args = append(s.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return s.args
}

// insert runs the statement and returns the number of the row that it has made.
func (s *stmt) insert(args ...driver.Value) (int64, error) {
	r, err := s.s.(driver.StmtExecContext).ExecContext(context.Background(), s.bind(args))
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (s *stmt) exec(args ...driver.Value) error {
	_, err := s.s.(driver.StmtExecContext).ExecContext(context.Background(), s.bind(args))
	return err
}

// each runs a query for rows of numbers.
func (s *stmt) each(columns int, f func(row []driver.Value), args ...driver.Value) error {
	rows, err := s.s.(driver.StmtQueryContext).QueryContext(context.Background(), s.bind(args))
	if err != nil {
		return err
	}
	defer rows.Close()
	row := make([]driver.Value, columns)
	for {
		switch err := rows.Next(row); err {
		case nil:
			f(row)
		case io.EOF:
			return nil
		default:
			return err
		}
	}
}

// find runs a query for one number; ok is false when there is none.
func (s *stmt) find(args ...driver.Value) (n int64, ok bool, err error) {
	err = s.each(1, func(row []driver.Value) { n, ok = row[0].(int64) }, args...)
	return n, ok, err
}

// A bulk inserts rows several at a time: each call of SQLite costs as much as a row.
type bulk struct {
	one, many *stmt
	columns   int
	args      []driver.Value // of rows that wait
}

// bulkRows is how many rows go together.
const bulkRows = 16

// prepareBulk prepares to insert rows; insert is the statement up to VALUES.
func (c conn) prepareBulk(insert string, columns int) (*bulk, error) {
	row := "(?" + strings.Repeat(", ?", columns-1) + ")"
	one, err := c.prepare(insert + " VALUES " + row)
	if err != nil {
		return nil, err
	}
	many, err := c.prepare(insert + " VALUES " + row + strings.Repeat(", "+row, bulkRows-1))
	if err != nil {
		one.close()
		return nil, err
	}
	return &bulk{one: one, many: many, columns: columns}, nil
}

// add inserts a row, now or later.
func (b *bulk) add(row ...driver.Value) error {
	b.args = append(b.args, row...)
	if len(b.args) < bulkRows*b.columns {
		return nil
	}
	args := b.args
	b.args = b.args[:0]
	return b.many.exec(args...)
}

// flush inserts the rows that wait.
func (b *bulk) flush() error {
	args := b.args
	b.args = b.args[:0]
	for ; len(args) > 0; args = args[b.columns:] {
		if err := b.one.exec(args[:b.columns]...); err != nil {
			return err
		}
	}
	return nil
}

// drop forgets the rows that wait.
func (b *bulk) drop() { b.args = b.args[:0] }

func (b *bulk) close() error { return errors.Join(b.one.close(), b.many.close()) }
