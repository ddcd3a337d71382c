package graph_test

import (
	"io"
	"runtime"
	"runtime/metrics"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

// open opens an encoder of any format, CSV too.
func open(t testing.TB, format string, w io.Writer) graph.Encoder {
	enc, err := graph.NewEncoder(format, w, graph.Options{})
	if format == "csv" {
		enc, err = graph.NewTables(func(string) (io.Writer, error) { return w, nil }, graph.Options{})
	}
	require.NoError(t, err)
	return enc
}

// TestMemoryIsFlat writes 10,000 statements and then 100,000, of different articles with ever new people: the peak of
// what is in use must not grow with the output. Each RDF format keeps nothing at all; CSV and GraphML remember 16 bytes
// and what a map adds for each of some 10,000 things.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for _, format := range append(graph.Formats(), "csv") {
		t.Run(format, func(t *testing.T) {
			few, many := peak(t, format, 100), peak(t, format, 1000)
			t.Logf("%.2f MB at 10,000 statements, %.2f MB at 100,000", float64(few)/1e6, float64(many)/1e6)
			allowed := uint64(256 << 10)
			if format == "csv" || format == "graphml" {
				allowed += 11_000 * 64
			}
			require.Less(t, many, few+allowed)
		})
	}
}

// peak is how much memory an encoder holds at most, beyond what was there before.
func peak(t *testing.T, format string, articles int) (most uint64) {
	before := inUse()
	enc := open(t, format, io.Discard)
	for n := range articles {
		require.NoError(t, enc.Encode(sinktest.Newsday(n)))
		if n%50 == 49 {
			most = max(most, inUse())
		}
	}
	require.NoError(t, enc.Close())
	return most - min(most, before)
}

// inUse is the size of all that can be reached.
func inUse() uint64 {
	runtime.GC()
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
