package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestLineInLineOut drives the program as Spark's pipe() and Hadoop streaming do: it writes an article, waits for what
// became of it, and only then writes the next.
func TestLineInLineOut(t *testing.T) {
	run := exec.Command("dyad", "extract", "--input-format", "jsonl", "--format", "json", "--workers", "1")
	in, err := run.StdinPipe()
	require.NoError(t, err)
	stdout, err := run.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, run.Start())
	out := bufio.NewReader(stdout)
	for i := range 3 {
		_, err := fmt.Fprintf(in, "{\"id\":\"%d\",\"text\":\"Russia opposes plan %d.\"}\n", i, i)
		require.NoError(t, err)
		line, err := out.ReadString('\n')
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(line, fmt.Sprintf(`{"id":"%d"`, i)), line)
	}
	require.NoError(t, in.Close())
	require.NoError(t, run.Wait())
}
