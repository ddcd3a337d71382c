package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLoadIntoAnRDFStore checks that the command puts each article's graph to the store that the target names.
func TestLoadIntoAnRDFStore(t *testing.T) {
	graphs := map[string]string{}
	store := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Method != http.MethodPut || r.URL.Path != "/store" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		graphs[r.URL.Query().Get("graph")] = string(body)
	}))
	defer store.Close()
	news := filepath.Join(t.TempDir(), "news.jsonl")
	require.NoError(t, os.WriteFile(news, []byte(`{"url":"https://example.org/a","text":"Sergey Lavrov visited Japan."}
{"url":"https://example.org/b","text":"Russia opposes the plan."}
`), 0o644))
	dyad(t, "load", "sparql+"+store.URL+"/store", news)
	require.Len(t, graphs, 2)
	require.Contains(t, graphs["https://example.org/a"], "ns#visited>")
	require.Contains(t, graphs["https://example.org/b"], "ns#opposes>")
}
