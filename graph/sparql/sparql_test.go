package sparql

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

func TestContract(t *testing.T) {
	for _, scheme := range []string{"", "Basic", "Digest", "Basic+Digest"} {
		t.Run("auth "+scheme, func(t *testing.T) {
			s := newServer(t)
			s.user, s.scheme = Credentials{"Ann \"A\"", "pass:wörd"}, scheme
			sinktest.Run(t, sinktest.Target{
				Open:     func(t *testing.T) graph.Sink { return open(t, s.URL+"/store?x=1", s.user) },
				Facts:    func(*testing.T) []string { return s.facts() },
				Entities: func(*testing.T) []string { return s.entities() },
				Large:    1000,
			})
		})
	}
}

// article builds the graph of an article.
func article(t *testing.T, url string) *graph.Graph {
	b, err := graph.NewBuilder(graph.Options{})
	require.NoError(t, err)
	return b.Build(sinktest.Document(sinktest.Article{URL: url, People: []string{"Ann", "Bob", "Eve"}}))
}

// noWait makes pauses take no time and returns how long they would have been.
func noWait(s *Store) *[]time.Duration {
	pauses := &[]time.Duration{}
	s.wait = func(ctx context.Context, d time.Duration) error {
		*pauses = append(*pauses, d)
		return ctx.Err()
	}
	return pauses
}

func TestPasswordIsAskedForOnce(t *testing.T) {
	s := newServer(t)
	s.user, s.scheme = Credentials{"ann", "secret"}, "Digest"
	sink := open(t, s.URL, s.user)
	for range 3 {
		require.NoError(t, sink.Load(t.Context(), article(t, "https://example.org/1")))
	}
	require.Equal(t, 4, s.requests)
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		status  int
		user    Credentials
		message string
	}{
		{http.StatusUnauthorized, Credentials{}, "set DYAD_STORE_USER and DYAD_STORE_PASSWORD"},
		{http.StatusUnauthorized, Credentials{"ann", "wrong"}, "wrong user or password"},
		{http.StatusForbidden, Credentials{}, "may not write"},
		{http.StatusNotFound, Credentials{}, "no graph store at this address"},
		{http.StatusBadRequest, Credentials{}, "bad syntax in line 1"},
		{http.StatusFound, Credentials{}, "load into http://example.org/elsewhere"},
	} {
		s := newServer(t)
		s.before = func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("WWW-Authenticate", `Basic realm="x"`)
			if test.status == http.StatusFound {
				w.Header().Set("Location", "http://example.org/elsewhere")
			}
			http.Error(w, "bad syntax\nin line 1", test.status)
			return true
		}
		sink := open(t, s.URL, test.user)
		pauses := noWait(sink)
		err := sink.Load(t.Context(), article(t, "https://example.org/1"))
		require.ErrorContains(t, err, test.message)
		require.ErrorContains(t, err, s.URL)
		require.ErrorContains(t, err, "https://example.org/1")
		require.Empty(t, *pauses, "what will not change is not tried again")
		require.NotContains(t, err.Error(), "wrong\"", "no password in errors")
	}
}

func TestRetries(t *testing.T) {
	s := newServer(t)
	failures := 0
	s.before = func(w http.ResponseWriter, r *http.Request) bool {
		failures++
		switch failures {
		case 1:
			w.Header().Set("Retry-After", "7")
			http.Error(w, "busy", http.StatusServiceUnavailable)
		case 2:
			conn, _, err := w.(http.Hijacker).Hijack() // it dies
			if err == nil {
				conn.Close()
			}
		case 3:
			w.Header().Set("Retry-After", "100000")
			http.Error(w, "slow down", http.StatusTooManyRequests)
		default:
			return false
		}
		return true
	}
	sink := open(t, s.URL, Credentials{})
	pauses := noWait(sink)
	require.NoError(t, sink.Load(t.Context(), article(t, "https://example.org/1")))
	require.Len(t, s.facts(), 2)
	require.Len(t, *pauses, 3)
	require.Equal(t, 7*time.Second, (*pauses)[0])
	require.LessOrEqual(t, (*pauses)[1], 2*firstPause)
	require.Equal(t, time.Minute, (*pauses)[2])
}

func TestGivesUp(t *testing.T) {
	s := newServer(t)
	s.Close() // nobody listens
	sink := open(t, s.URL, Credentials{})
	pauses := noWait(sink)
	err := sink.Load(t.Context(), article(t, "https://example.org/1"))
	require.ErrorContains(t, err, "given up after 7 attempts")
	require.ErrorContains(t, err, "refused")
	require.Len(t, *pauses, attempts-1)
	for i, p := range *pauses {
		require.LessOrEqual(t, p, min(firstPause<<i, maxPause))
	}

	ctx, cancel := context.WithCancel(t.Context())
	sink.wait = func(context.Context, time.Duration) error { cancel(); return ctx.Err() }
	require.ErrorIs(t, sink.Load(ctx, article(t, "https://example.org/1")), context.Canceled)
}

func TestOpenRefuses(t *testing.T) {
	for endpoint, message := range map[string]string{
		"localhost:8890/sparql": "want http://host/path", "ftp://host/": "want http://host/path", "http:///x": "want http://host/path",
		"http://a:b c/": "graph store", "http://ann:secret@host/": "no user or password in the address",
	} {
		_, err := Open(endpoint, Credentials{})
		require.ErrorContains(t, err, message)
		require.NotContains(t, err.Error(), "secret")
	}
}

func TestFindCredentials(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("NETRC", "")
	t.Setenv(userVariable, "")
	find := func() Credentials {
		c, err := FindCredentials("db.example.org")
		require.NoError(t, err)
		return c
	}
	require.Zero(t, find(), "no netrc")
	require.NoError(t, os.WriteFile(filepath.Join(home, ".netrc"), []byte("machine db.example.org login ann password one\n"), 0o600))
	require.Equal(t, Credentials{"ann", "one"}, find())
	other := filepath.Join(home, "other")
	t.Setenv("NETRC", other)
	_, err := FindCredentials("db.example.org")
	require.ErrorContains(t, err, "other", "a netrc that is named must be there")
	require.NoError(t, os.WriteFile(other, []byte("default login bob password two"), 0o600))
	require.Equal(t, Credentials{"bob", "two"}, find())
	t.Setenv(userVariable, "eve")
	t.Setenv(passwordVariable, "three")
	require.Equal(t, Credentials{"eve", "three"}, find())
}

func TestNetrc(t *testing.T) {
	const text = `# comment
machine other.org login x password y
macdef init
machine db.example.org login no password no

machine db.example.org
	login ann
	account a
	password "quoted"
machine db.example.org login late password late
default login z password zz`
	for host, want := range map[string]Credentials{
		"db.example.org": {"ann", `"quoted"`}, "other.org": {"x", "y"}, "third.org": {"z", "zz"},
	} {
		got, err := readNetrc(strings.NewReader(text), host)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

// TestDigest computes the example of RFC 2617, section 3.5, and the same by SHA-256 as Python's hashlib has it.
func TestDigest(t *testing.T) {
	const challenge = `realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41", algorithm=`
	for algorithm, want := range map[string]string{
		"MD5":     "6629fae49393a05397450978507c4ef1",
		"SHA-256": "5abdd07184ba512a22c53f41470e5eea7dcaa3a93a59b630c13dfe0a5dc6e38b",
	} {
		d, strength := newDigest(challenge+algorithm, Credentials{"Mufasa", "Circle Of Life"})
		require.Positive(t, strength)
		d.cnonce = func() string { return "0a4f113b" }
		req, err := http.NewRequest(http.MethodGet, "http://www.nowhere.org/dir/index.html", nil)
		require.NoError(t, err)
		d.authorize(req)
		require.Contains(t, req.Header.Get("Authorization"), `response="`+want+`"`)
	}
	for _, unknown := range []string{`algorithm=MD4, nonce="x"`, `qop="auth-int", nonce="x"`, `algorithm=MD5-sess, nonce="x"`} {
		_, strength := newDigest(unknown, Credentials{})
		require.Zero(t, strength, unknown)
	}
	_, err := answer([]string{"Negotiate", "Bearer x"}, Credentials{})
	require.ErrorContains(t, err, "dyad knows Digest and Basic")
}
