package graph

import "context"

// A Sink is a store that takes graphs. What an article said before is replaced by what its graph says now, whole or not
// at all; so loading twice is loading once.
type Sink interface {
	// Load stores the graph of one article. It may keep back some articles to store them together.
	Load(ctx context.Context, g *Graph) error
	// Flush stores what was kept back. After an error of Load or Flush, articles since the last Flush may be missing.
	Flush(ctx context.Context) error
	// Close flushes and ends the work with the store.
	Close() error
}
