package graph_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sinktest"
)

// BenchmarkEncode writes articles of 100 statements; 1,000 of them are 100,000. The graph is built anew for each. CSV and
// GraphML say what so many quads say.
func BenchmarkEncode(b *testing.B) {
	d := sinktest.Newsday(0)
	quads := 0
	builder, err := graph.NewBuilder(graph.Options{})
	require.NoError(b, err)
	for range builder.Build(d).Quads() {
		quads++
	}
	for _, format := range append(graph.Formats(), "csv") {
		b.Run(format, func(b *testing.B) {
			var written counter
			enc := open(b, format, &written)
			b.ReportAllocs()
			for b.Loop() {
				d.URL = fmt.Sprint("https://example.org/", b.Elapsed().Nanoseconds()) // CSV and GraphML write an article once
				require.NoError(b, enc.Encode(d))
			}
			b.SetBytes(int64(written) / int64(b.N))
			if format != "json" && format != "conllu" {
				b.ReportMetric(float64(quads)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
			}
		})
	}
}

type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
