package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite testdata/golden and docs/cli.md")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dyad": main})
}

// TestScripts runs testdata/script: the program as its users see it.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times")
	}
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bytes": writeBytes,
			"exits": exits,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// exits is the script command `exits CODE PROGRAM ARG…`: it runs a program that must end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit := (*exec.ExitError)(nil)
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// writeBytes is the script command `bytes FILE N STRING`: it writes the quoted Go string N times.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: bytes FILE N STRING")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	s, err := strconv.Unquote(`"` + args[2] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(s, n)), 0o666))
}

// TestExamplesInHelp checks that what the help texts show is understood: each example names a command and flags that
// exist.
func TestExamplesInHelp(t *testing.T) {
	var check func(cmd *cobra.Command)
	check = func(cmd *cobra.Command) {
		require.NotEmpty(t, cmd.Long, cmd.CommandPath())
		if cmd.Runnable() && cmd.HasLocalFlags() {
			require.NotEmpty(t, cmd.Example, cmd.CommandPath())
		}
		for line := range strings.Lines(cmd.Example) {
			line, _, _ = strings.Cut(strings.TrimSpace(line), "#")
			for part := range strings.SplitSeq(line, "|") {
				words := strings.Fields(part)
				if len(words) == 0 || words[0] != "dyad" {
					continue
				}
				found, rest, err := newRoot().Find(words[1:])
				require.NoError(t, err, line)
				require.True(t, found.HasParent(), line)
				require.NoError(t, found.ParseFlags(rest), line)
			}
		}
		for _, sub := range cmd.Commands() {
			check(sub)
		}
	}
	check(newRoot())
}

func TestRunWithoutACommandHelps(t *testing.T) {
	var out, errs bytes.Buffer
	require.Equal(t, exitOK, run(nil, strings.NewReader(""), &out, &errs))
	require.Contains(t, out.String(), "extract")
	require.Empty(t, errs.String())
}

// dyad runs the program in this process and wants it to end well.
func dyad(t testing.TB, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	require.Equal(t, exitOK, run(args, strings.NewReader(""), &out, &errs), errs.String())
	return out.Bytes()
}

// noDiff fails the test where two texts differ and shows the lines that do.
func noDiff(t testing.TB, wantName string, want []byte, gotName string, got []byte) {
	t.Helper()
	if d := diff.Diff(wantName, want, gotName, got); d != nil {
		t.Errorf("\n%s", d)
	}
}
