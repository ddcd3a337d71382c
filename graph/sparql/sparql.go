package sparql

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/dyad-kg/dyad/graph"
)

// A Store is the graph store behind an address. It serves one goroutine.
type Store struct {
	endpoint *url.URL
	client   *http.Client
	user     Credentials
	auth     authorizer // how the store wants to be told who we are, once it has said so
	body     []byte

	wait func(ctx context.Context, d time.Duration) error // sleeps; tests do not
}

const (
	// attempts is how often a request is tried before giving up: with the pauses between, some half a minute.
	attempts = 7
	// firstPause doubles with each attempt, up to maxPause.
	firstPause = 250 * time.Millisecond
	maxPause   = 10 * time.Second
	// timeout bounds one request; a store takes seconds for a large article.
	timeout = 5 * time.Minute
)

// Open prepares to load into the graph store at an address, "http://localhost:8890/sparql-graph-crud-auth". Nothing is
// sent yet.
func Open(endpoint string, user Credentials) (*Store, error) {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil:
		return nil, fmt.Errorf("graph store %q: %w", endpoint, errors.Unwrap(err))
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return nil, fmt.Errorf("graph store %q: want http://host/path or https://host/path", u.Redacted())
	case u.User != nil:
		return nil, fmt.Errorf("graph store %s: no user or password in the address, where others see them: set %s and %s, or write them into ~/.netrc",
			u.Redacted(), userVariable, passwordVariable)
	}
	client := &http.Client{
		Timeout: timeout,
		// Most redirects turn a PUT into a GET, which would seem to succeed.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Store{endpoint: u, client: client, user: user, wait: sleep}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// Load replaces the article's named graph.
func (s *Store) Load(ctx context.Context, g *graph.Graph) error {
	// New memory each time: a store that answers before it has read all, as with 401, leaves the connection reading on.
	s.body = g.AppendNTriples(nil)
	if err := s.put(ctx, g.Article.IRI); err != nil {
		return fmt.Errorf("%s: %s: %w", s.endpoint.Redacted(), g.Article.IRI, err)
	}
	return nil
}

// Flush does nothing: Load returns when the store has the graph.
func (s *Store) Flush(context.Context) error { return nil }

// Close ends idle connections.
func (s *Store) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// put sends the body until the store takes it or says that it never will.
func (s *Store) put(ctx context.Context, name string) error {
	pause := firstPause
	for try := 1; ; try++ {
		after, err := s.try(ctx, name)
		var temporary *temporaryError
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !errors.As(err, &temporary):
			return err
		case try == attempts:
			return fmt.Errorf("given up after %d attempts; load again once the store is well, nothing is half there: %w", try, err)
		}
		// Full jitter: many clients that failed together do not come back together.
		d := max(after, time.Duration(rand.Int64N(int64(pause))))
		if err := s.wait(ctx, d); err != nil {
			return err
		}
		pause = min(2*pause, maxPause)
	}
}

// A temporaryError may be gone when one tries again.
type temporaryError struct{ err error }

func (e *temporaryError) Error() string { return e.err.Error() }
func (e *temporaryError) Unwrap() error { return e.err }

// try sends the body, twice if the store asks for a password. after is how long the store wants to be left alone.
func (s *Store) try(ctx context.Context, name string) (after time.Duration, err error) {
	for asked := false; ; asked = true {
		resp, err := s.send(ctx, name)
		if err != nil {
			return 0, &temporaryError{err}
		}
		detail, _ := io.ReadAll(io.LimitReader(resp.Body, 500))
		_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20)) // so that the connection can be used again
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized || asked {
			return retryAfter(resp), judge(resp, detail)
		}
		if s.user.Name == "" {
			return 0, fmt.Errorf("the store asks for a user and password: set %s and %s, or write them into ~/.netrc", userVariable, passwordVariable)
		}
		if s.auth, err = answer(resp.Header.Values("WWW-Authenticate"), s.user); err != nil {
			return 0, err
		}
	}
}

func (s *Store) send(ctx context.Context, name string) (*http.Response, error) {
	u := *s.endpoint
	query := u.Query()
	query.Set("graph", name)
	u.RawQuery = query.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, u.String(), bytes.NewReader(s.body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/n-triples")
	req.Header.Set("User-Agent", "dyad")
	if s.auth != nil {
		s.auth.authorize(req)
	}
	return s.client.Do(req)
}

// judge turns a response into an error, nil when the store has taken the graph.
func judge(resp *http.Response, detail []byte) error {
	code := resp.StatusCode
	if 200 <= code && code < 300 {
		return nil
	}
	err := errors.New(resp.Status)
	if text := strings.Join(strings.Fields(string(detail)), " "); text != "" {
		err = fmt.Errorf("%s: %s", resp.Status, strings.ToValidUTF8(text, "\uFFFD"))
	}
	switch code {
	case http.StatusUnauthorized:
		return fmt.Errorf("wrong user or password: %w", err)
	case http.StatusForbidden:
		return fmt.Errorf("the user may not write: %w", err)
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return fmt.Errorf("no graph store at this address; docs/load.md lists where stores have theirs: %w", err)
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return &temporaryError{err}
	}
	if location := resp.Header.Get("Location"); 300 <= code && code < 400 && location != "" {
		return fmt.Errorf("the store is elsewhere; load into %s: %w", location, err)
	}
	if code >= 500 && code != http.StatusNotImplemented {
		return &temporaryError{err}
	}
	return err
}

// retryAfter reads how many seconds a busy store wants to be left alone, at most a minute.
func retryAfter(resp *http.Response) time.Duration {
	n, err := strconv.Atoi(resp.Header.Get("Retry-After"))
	if err != nil || n < 0 {
		return 0
	}
	return min(time.Duration(n)*time.Second, time.Minute)
}
