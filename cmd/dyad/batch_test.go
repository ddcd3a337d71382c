package main

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestBatchSurvivesBeingKilled kills runs at random moments, starts them again, and wants what one undisturbed run
// makes, and nothing else.
func TestBatchSurvivesBeingKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times")
	}
	dir := t.TempDir()
	news := filepath.Join(dir, "news")
	require.NoError(t, os.Mkdir(news, 0o755))
	lines, err := os.ReadFile(corpus(t, 400))
	require.NoError(t, err)
	var inputs [][]byte
	for line := range strings.Lines(string(lines)) {
		if i := len(inputs) - 1; i >= 0 && len(inputs[i]) < 20_000 {
			inputs[i] = append(inputs[i], line...)
		} else {
			inputs = append(inputs, []byte(line))
		}
	}
	for i, input := range inputs {
		require.NoError(t, os.WriteFile(filepath.Join(news, strconv.Itoa(i)+".jsonl"), input, 0o644))
	}

	calm, rough := filepath.Join(dir, "calm"), filepath.Join(dir, "rough")
	began := time.Now()
	require.NoError(t, exec.Command("dyad", "batch", news, "--out", calm).Run())
	whole := time.Since(began)

	random := rand.New(rand.NewPCG(1, 2))
	killed := 0
	for range 8 {
		run := exec.Command("dyad", "batch", news, "--out", rough)
		require.NoError(t, run.Start())
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(whole))), func() { _ = run.Process.Kill() })
		if err := run.Wait(); err != nil {
			require.ErrorAs(t, err, new(*exec.ExitError))
			killed++
		}
		timer.Stop()
	}
	require.NotZero(t, killed)
	require.NoError(t, exec.Command("dyad", "batch", news, "--out", rough).Run())
	require.Equal(t, contents(t, calm), contents(t, rough))
}

// contents are the hashes of the files of a folder by name, without the manifest, which has times in it.
func contents(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		name, err := filepath.Rel(dir, path)
		sum, err2 := hashFile(path)
		files[name] = sum
		return errors.Join(err, err2)
	}))
	return files
}
