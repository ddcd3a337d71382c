package sparql

import (
	"crypto/md5"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph/sinktest"
)

// A server is a graph store for tests, which can be told to misbehave.
type server struct {
	*httptest.Server
	mu       sync.Mutex
	graphs   map[string]*ld.RDFDataset
	requests int

	user   Credentials
	scheme string                                            // "Basic" or "Digest"; anybody may write when it is ""
	before func(w http.ResponseWriter, r *http.Request) bool // answers instead of the server when it returns true
}

func newServer(t *testing.T) *server {
	s := &server{graphs: map[string]*ld.RDFDataset{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if s.before != nil && s.before(w, r) {
		return
	}
	if !s.knows(r) {
		for _, scheme := range strings.Split(s.scheme, "+") {
			w.Header().Add("WWW-Authenticate", scheme+` realm="a \"realm\"", nonce="n0nce", opaque="0p", qop="auth,auth-int", algorithm=MD5`)
		}
		http.Error(w, "who are you?", http.StatusUnauthorized)
		return
	}
	dataset, err := ld.ParseNQuads(string(body))
	if err != nil || r.Method != http.MethodPut || r.Header.Get("Content-Type") != "application/n-triples" {
		http.Error(w, "no graph", http.StatusBadRequest)
		return
	}
	s.graphs[r.URL.Query().Get("graph")] = dataset
	w.WriteHeader(http.StatusCreated)
}

// knows checks who asks. It computes digests by itself.
func (s *server) knows(r *http.Request) bool {
	given := r.Header.Get("Authorization")
	switch {
	case s.scheme == "":
		return true
	case strings.HasPrefix(given, "Digest ") && strings.Contains(s.scheme, "Digest"):
		p := parameters(strings.TrimPrefix(given, "Digest "))
		h := func(s string) string { sum := md5.Sum([]byte(s)); return hex.EncodeToString(sum[:]) }
		want := h(h(s.user.Name+`:a "realm":`+s.user.Password) + ":n0nce:" + p["nc"] + ":" + p["cnonce"] + ":auth:" + h("PUT:"+r.RequestURI))
		return p["response"] == want && p["opaque"] == "0p"
	case strings.HasPrefix(given, "Basic ") && s.scheme == "Basic":
		name, password, _ := r.BasicAuth()
		return Credentials{name, password} == s.user
	}
	return false
}

// facts returns what the graphs hold.
func (s *server) facts() (facts []string) {
	for name, dataset := range s.graphs {
		statements := map[string]map[string]string{}
		for _, q := range dataset.Graphs["@default"] {
			of := statements[q.Subject.GetValue()]
			if of == nil {
				of = map[string]string{}
				statements[q.Subject.GetValue()] = of
			}
			of[local(q.Predicate.GetValue())] = q.Object.GetValue()
		}
		for _, of := range statements {
			if of["predicate"] != "" {
				facts = append(facts, sinktest.Fact(name, of["subject"], local(of["predicate"]), of["object"],
					strings.ToLower(local(of["polarity"])), strings.ToLower(local(of["modality"]))))
			}
		}
	}
	return facts
}

// local is what stands behind the last # or / of an IRI.
func local(iri string) string { return iri[strings.LastIndexAny(iri, "#/")+1:] }

func (s *server) entities() (list []string) {
	seen := map[string]bool{}
	for _, dataset := range s.graphs {
		names := map[string]string{}
		for _, q := range dataset.Graphs["@default"] {
			if q.Predicate.GetValue() == "https://schema.org/name" {
				names[q.Subject.GetValue()] = q.Object.GetValue()
			}
		}
		for _, q := range dataset.Graphs["@default"] {
			if iri := q.Subject.GetValue(); local(q.Predicate.GetValue()) == "entityType" && !seen[iri] {
				seen[iri] = true
				list = append(list, sinktest.Entity(iri, names[iri]))
			}
		}
	}
	return list
}

func open(t *testing.T, endpoint string, user Credentials) *Store {
	s, err := Open(endpoint, user)
	require.NoError(t, err)
	return s
}
