package main

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/vbauerster/mpb/v8"
)

// TestBar lets a bar be drawn as on a terminal: how far the run is beside it, failures above it, and at the end the
// summary in its place.
func TestBar(t *testing.T) {
	var screen bytes.Buffer
	r := newBarReporter(&screen, mpb.WithAutoRefresh(), mpb.WithWidth(150), mpb.WithRefreshRate(10*time.Millisecond))
	c := &counts{Inputs: 3, ReadInputs: 1, Articles: 7, Relations: 5, Size: 4_000_000, ReadSize: 1_000_000, start: time.Now(), messages: map[string]int{}}
	c.UnchangedSize.Store(2_000_000)
	r.progress(c)
	bad := &articleError{"b.jsonl:2", errors.New("line 3 is cut off")}
	c.note(bad)
	r.article(bad)
	r.progress(c)
	time.Sleep(100 * time.Millisecond)
	r.summary(c)
	require.Contains(t, screen.String(), "1 of 3 inputs, 1.0 of 2.0 MB, 7 articles, 1 failed")
	require.Contains(t, screen.String(), "50 %")
	require.Contains(t, screen.String(), "dyad: b.jsonl:2: line 3 is cut off\n")
	require.Regexp(t, `3 inputs: 1 read, 0 unchanged, 0 unreadable\n7 articles: 1 failed, 0 skipped, \d+ copies; 5 relations in .* s\n     1 times: line … is cut off\n$`, screen.String())
}
