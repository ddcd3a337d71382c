package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/bolt"
	"github.com/dyad-kg/dyad/graph/sparql"
	"github.com/dyad-kg/dyad/graph/sqlite"
)

// openStore opens the store that a target names. With a journal, a file, it skips what the store is certain to have.
func openStore(target, journal string) (graph.Sink, error) {
	store, err := openTarget(target)
	if err != nil || journal == "" {
		return store, err
	}
	logged, err := graph.WithJournal(store, journal, target)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return logged, nil
}

func openTarget(target string) (graph.Sink, error) {
	kind, where, _ := strings.Cut(target, ":")
	switch {
	case kind == "sqlite" && where != "":
		store, err := sqlite.Open(where)
		if err != nil {
			return nil, err // not a nil Store in an interface
		}
		return store, nil
	case kind == "sparql+http" || kind == "sparql+https":
		endpoint := strings.TrimPrefix(target, "sparql+")
		address, err := url.Parse(endpoint)
		if err != nil || address.Host == "" {
			return nil, fmt.Errorf("target %q: want an address such as sparql+http://localhost:7878/store", target)
		}
		user, err := sparql.FindCredentials(address.Hostname())
		if err != nil {
			return nil, err
		}
		store, err := sparql.Open(endpoint, user)
		if err != nil {
			return nil, err
		}
		return store, nil
	case slices.Contains([]string{"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}, kind):
		address, err := url.Parse(target)
		if err != nil || address.Host == "" {
			return nil, fmt.Errorf("target %q: want an address such as bolt://localhost:7687", target)
		}
		user, err := sparql.FindCredentials(address.Hostname())
		if err != nil {
			return nil, err
		}
		store, err := bolt.Open(target, user.Name, user.Password)
		if err != nil {
			return nil, err
		}
		return store, nil
	}
	return nil, fmt.Errorf("target %q: want sqlite:FILE, sparql+http://…, sparql+https://…, bolt://… or neo4j://…", target)
}

// storing is an encoder whose output is a store.
type storing struct {
	ctx     context.Context
	builder *graph.Builder
	store   graph.Sink
}

func newStoring(ctx context.Context, store graph.Sink, o graph.Options) (*storing, error) {
	b, err := graph.NewBuilder(o)
	return &storing{ctx, b, store}, err
}

func (s *storing) Encode(d *extract.Document) error { return s.store.Load(s.ctx, s.builder.Build(d)) }

// Close stores what was kept back; the store stays open.
func (s *storing) Close() error { return s.store.Flush(s.ctx) }
