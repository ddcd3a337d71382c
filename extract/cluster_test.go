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

	c, err := loadClusters(fstest.MapFS{clusterFile: {Data: file.Bytes()}, gloveFile: {Data: file.Bytes()}})
	require.NoError(t, err)
	for word, want := range map[string]uint32{
		"Tokyo": 1, "tokyo": 2, "TOKYO": 2, "Said": 3, "2019": 4, "Zürich": 1, "zürich": 0, "d’Ivoire": 2, "": 0, "Kobe": 0,
	} {
		own, glove := c.lookup(word)
		require.Equal(t, want, own.fine, word)
		require.Equal(t, own, glove, word)
	}
	own, _ := c.lookup("said")
	require.Equal(t, wordGroups{fine: 3, middle: 2, coarse: 1}, own)

	for n := range file.Len() {
		_, err := decodeClusters(file.Bytes()[:n])
		require.Error(t, err, "cut after %d bytes", n)
	}
}

func TestShippedClusters(t *testing.T) {
	c, err := loadClusters(os.DirFS("../seeds"))
	require.NoError(t, err)
	iraqi, gloveIraqi := c.lookup("Iraqi")
	syrian, _ := c.lookup("Syrian")
	said, gloveSaid := c.lookup("said")
	require.Equal(t, iraqi, syrian)
	require.NotEqual(t, iraqi, said)
	require.NotEqual(t, gloveIraqi, gloveSaid)
	unknown, gloveUnknown := c.lookup("Qwxzvb")
	require.Zero(t, unknown)
	require.Zero(t, gloveUnknown)
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
