package bolt

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/dyad-kg/dyad/graph"
)

const (
	// maxPending bounds how many rows wait for a transaction, maxRows how many one statement takes.
	maxPending = 5000
	maxRows    = 1000
	// patience is for how long the driver tries a transaction again, with pauses that double, by chance shorter.
	patience = 30 * time.Second
)

// A Store is a database that speaks Bolt. It serves one goroutine.
type Store struct {
	target   string
	driver   neo4j.DriverWithContext
	database string // "" is the user's own
	batch    batch
	indexed  map[string]bool // kinds of relationships that have their index; nil until the constraint is there
}

// Open prepares to load into the database at an address: bolt://host:7687 or neo4j://host:7687, with +s for a connection
// that is encrypted, and the database's name as the path. Nobody is asked yet. A user without a name is nobody.
func Open(target, user, password string) (*Store, error) {
	return open(target, user, password, patience)
}

func open(target, user, password string, patience time.Duration) (*Store, error) {
	u, err := url.Parse(target)
	switch {
	case err != nil:
		return nil, fmt.Errorf("target %q: %w", target, errors.Unwrap(err))
	case u.Host == "":
		return nil, fmt.Errorf("target %q: want bolt://host:7687 or neo4j://host:7687", u.Redacted())
	case u.User != nil:
		return nil, fmt.Errorf("target %s: no user or password in the address, where others see them: %s", u.Redacted(), advice)
	}
	database := strings.Trim(u.Path, "/")
	u.Path = ""
	token := neo4j.NoAuth()
	if user != "" {
		token = neo4j.BasicAuth(user, password, "")
	}
	driver, err := neo4j.NewDriverWithContext(u.String(), token, func(c *config.Config) {
		c.MaxTransactionRetryTime = patience
		c.UserAgent = "dyad"
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, fmt.Errorf("target %s: %w", target, err)
	}
	return &Store{target: target, driver: driver, database: database}, nil
}

// Load stores an article's graph in place of what the article said before. A transaction takes in several articles.
func (s *Store) Load(ctx context.Context, g *graph.Graph) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.batch.has(g.Article.IRI) {
		if err := s.Flush(ctx); err != nil {
			return err
		}
	}
	s.batch.add(g)
	if s.batch.rows >= maxPending {
		return s.Flush(ctx)
	}
	return nil
}

// Flush stores what was kept back, in one transaction.
func (s *Store) Flush(ctx context.Context) error {
	if len(s.batch.articles) == 0 {
		return nil
	}
	b := s.batch
	s.batch = batch{}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.database})
	defer session.Close(ctx)
	err := s.index(ctx, session, b.edges)
	if err == nil {
		_, err = session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) { return nil, b.store(ctx, tx) })
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.target, explain(err))
	}
	return nil
}

// Close stores what was kept back and ends the connections.
func (s *Store) Close() error {
	ctx := context.Background()
	return errors.Join(s.Flush(ctx), s.driver.Close(ctx))
}

const advice = "set DYAD_STORE_USER and DYAD_STORE_PASSWORD, or write them into ~/.netrc"

// explain says what to do about an error, where that is not plain.
func explain(err error) error {
	var refused *neo4j.Neo4jError
	switch {
	case errors.As(err, &refused) && strings.HasPrefix(refused.Code, "Neo.ClientError.Security."):
		return fmt.Errorf("wrong user or password, or one who may not write; %s: %w", advice, err)
	case neo4j.IsTransactionExecutionLimit(err), neo4j.IsConnectivityError(err):
		return fmt.Errorf("the database does not answer; load again once it is well, nothing is half there: %w", err)
	}
	return err
}

// index makes the constraint, without which nodes are looked for one by one, and the indexes by which an article's
// statements are found again. They cannot be made in the transaction that uses them.
func (s *Store) index(ctx context.Context, session neo4j.SessionWithContext, edges groups) error {
	run := func(statement string) error {
		_, err := session.ExecuteWrite(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
			_, err := ask(ctx, tx, statement, nil)
			return nil, err
		})
		return err
	}
	if s.indexed == nil {
		if err := run(makeUnique); err != nil {
			return err
		}
		s.indexed = map[string]bool{}
	}
	for _, g := range edges {
		if s.indexed[g.key] {
			continue
		}
		if err := run(named(makeIndex, g.key)); err != nil {
			return err
		}
		s.indexed[g.key] = true
	}
	return nil
}

// store replaces the articles of the batch.
func (b *batch) store(ctx context.Context, tx neo4j.ManagedTransaction) error {
	var err error
	do := func(statement string, rows []any) (answers []any) {
		for chunk := range slices.Chunk(rows, maxRows) {
			if err == nil {
				var more []any
				more, err = ask(ctx, tx, statement, chunk)
				answers = append(answers, more...)
			}
		}
		return answers
	}
	kinds := texts(do(mergeArticles, b.nodes))
	for _, kind := range kinds {
		do(named(deleteEdges, kind), b.articles)
	}
	before := texts(do(findEntities, b.articles))
	do(deleteMentions, b.articles)
	do(deletePhrases, b.articles)
	for _, g := range b.entities {
		do(named(mergeEntities, g.key), g.rows)
	}
	do(mergePhrases, b.phrases)
	for _, g := range b.edges {
		do(named(createEdges, g.key), g.rows)
	}
	unused := make([]any, len(before))
	for i, iri := range before {
		unused[i] = iri
	}
	do(deleteUnused, unused)
	return err
}

// ask runs a statement and returns the first column of what it returns.
func ask(ctx context.Context, tx neo4j.ManagedTransaction, statement string, rows []any) (answers []any, err error) {
	result, err := tx.Run(ctx, statement, map[string]any{"rows": rows})
	if err != nil {
		return nil, err
	}
	for result.Next(ctx) {
		answers = append(answers, result.Record().Values[0])
	}
	return answers, result.Err()
}

// texts are the different strings among values, in lists too, in order.
func texts(values []any) (list []string) {
	for _, v := range values {
		switch v := v.(type) {
		case string:
			list = append(list, v)
		case []any:
			list = append(list, texts(v)...)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
