package extract

import (
	"bytes"
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func TestClusters(t *testing.T) {
	words := []string{"Tokyo", "tokyo", "Osaka", "said", "0000", "Zürich", "d'Ivoire"}
	fine := []int{1, 2, 1, 3, 4, 1, 2}
	var file bytes.Buffer
	require.NoError(t, WriteClusters(&file, words, fine, []int{0, 1, 1, 2, 3}, []int{0, 1, 1, 1, 2}))

	c, err := loadClusters(fstest.MapFS{clusterFile: {Data: file.Bytes()}})
	require.NoError(t, err)
	for word, want := range map[string]clusterID{
		"Tokyo": 1, "tokyo": 2, "TOKYO": 2, "Said": 3, "2019": 4, "Zürich": 1, "zürich": 0, "d’Ivoire": 2, "": 0, "Kobe": 0,
	} {
		require.Equal(t, want, c.lookup(word), word)
	}
	require.EqualValues(t, 2, c.middle(3))
	require.EqualValues(t, 1, c.coarse(3))

	for n := range file.Len() {
		_, err := decodeClusters(file.Bytes()[:n])
		require.Error(t, err, "cut after %d bytes", n)
	}
}

func TestShippedClusters(t *testing.T) {
	c, err := loadClusters(os.DirFS("../seeds"))
	require.NoError(t, err)
	require.Equal(t, c.lookup("Iraqi"), c.lookup("Syrian"))
	require.NotEqual(t, c.lookup("Iraqi"), c.lookup("said"))
	require.Zero(t, c.lookup("Qwxzvb"))
	require.Zero(t, testing.AllocsPerRun(10, func() { c.lookup("Osaka’s") }))
}

func BenchmarkClusterLookup(b *testing.B) {
	c, err := loadClusters(os.DirFS("../seeds"))
	require.NoError(b, err)
	words := []string{"The", "Russian", "minister", "visited", "Japan", "on", "Thursday", "Shoigu", "Zzyzx", "2019"}
	for i := 0; b.Loop(); i++ {
		c.lookup(words[i%len(words)])
	}
}
