package sqlite

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/graph/sinktest"
)

// TestFullFileSystem fills a real one, of three megabytes.
func TestFullFileSystem(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=3m"); err != nil {
		t.Skipf("no small file system, which needs root: %v", err)
	}
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(dir, 0)) })
	path, ballast := filepath.Join(dir, "news.db"), filepath.Join(dir, "ballast")
	require.NoError(t, os.WriteFile(ballast, make([]byte, 1<<20), 0o600))
	s, err := Open(path)
	require.NoError(t, err)
	b := newBuilder(t)
	loaded := 0
	for ; err == nil && loaded < 100; loaded++ {
		if err = s.Load(t.Context(), b.Build(sinktest.Newsday(loaded))); err == nil {
			err = s.Flush(t.Context())
		}
	}
	require.ErrorContains(t, err, "make room and load again")
	_ = s.Close()
	require.NoError(t, os.Remove(ballast))
	s, err = Open(path)
	require.NoError(t, err)
	require.NoError(t, s.Load(t.Context(), b.Build(sinktest.Newsday(0))), "it goes on once there is room")
	require.NoError(t, s.Close())
	sound(t, path)
	require.Empty(t, ask(t, path, "SELECT article, count(*) n FROM relation GROUP BY article HAVING n <> 100"))
}

// TestReadOnly opens a store as somebody who may read it only.
func TestReadOnly(t *testing.T) {
	path := fill(t, visit())
	dir := filepath.Dir(path)
	require.NoError(t, os.Chmod(path, 0o444))
	if os.Getuid() == 0 { // who may write everything: be nobody to the file system, on this thread
		require.NoError(t, os.Chmod(filepath.Dir(dir), 0o755)) // so that nobody finds the file
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		require.NoError(t, syscall.Setfsuid(65534))
		defer func() { require.NoError(t, syscall.Setfsuid(0)) }()
	} else {
		require.NoError(t, os.Chmod(dir, 0o555))
		defer func() { require.NoError(t, os.Chmod(dir, 0o755)) }()
	}
	s, err := Open(path)
	if err == nil {
		err = s.Load(t.Context(), newBuilder(t).Build(visit()))
		_ = s.Close()
	}
	require.ErrorContains(t, err, "cannot be written to")
	require.ErrorContains(t, err, path)
	r, err := OpenReader(path)
	require.NoError(t, err)
	defer r.Close()
	answers, err := r.Find(Question{Relation: "met"})
	require.NoError(t, err)
	require.Len(t, answers, 1)
}
