package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// TestCommandPage keeps docs/cli.md the same as the help texts.
func TestCommandPage(t *testing.T) {
	var page bytes.Buffer
	page.WriteString("# The command line\n\nThe help texts of all commands, written by `make golden`.\n")
	describe(&page, newRoot())
	const path = "../../docs/cli.md"
	if *update {
		require.NoError(t, os.WriteFile(path, page.Bytes(), 0o644))
	}
	have, err := os.ReadFile(path)
	require.NoError(t, err, "run make golden")
	noDiff(t, path, have, "help texts; run make golden", page.Bytes())
}

// describe writes the help of a command and of those below it.
func describe(w *bytes.Buffer, cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	fmt.Fprintf(w, "\n## %s\n%s\n\n```\n%s\n```\n", cmd.CommandPath(), strings.TrimSpace(cmd.Long), cmd.UseLine())
	if cmd.Example != "" {
		fmt.Fprintf(w, "\nExamples:\n```sh\n%s\n```\n", dedent(cmd.Example))
	}
	if cmd.HasAvailableLocalFlags() {
		// The default of --workers is the number of cores here.
		flags := regexp.MustCompile(`(it) \(default \d+\)`).ReplaceAllString(cmd.LocalFlags().FlagUsages(), "$1 (default: one for each core)")
		fmt.Fprintf(w, "\nFlags:\n```\n%s```\n", flags)
	}
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			describe(w, sub)
		}
	}
}

func dedent(s string) string {
	return strings.ReplaceAll(strings.TrimPrefix(s, "  "), "\n  ", "\n")
}

// TestReadme runs the commands of the README's console blocks, in their order, in one folder that has the project's
// seeds. What stands below a command must be what it prints; "…" stands for anything, alone on a line for any lines.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times")
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "readme.txtar"), readmeScript(string(readme)), 0o644))
	seeds, err := filepath.Abs("../../seeds")
	require.NoError(t, err)
	testscript.Run(t, testscript.Params{
		Dir:   dir,
		Setup: func(env *testscript.Env) error { return os.Symlink(seeds, filepath.Join(env.WorkDir, "seeds")) },
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"shows": shows},
	})
}

var consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// readmeScript makes a script of the console blocks. A line that begins with "> " goes on with the command before it.
func readmeScript(readme string) []byte {
	var script, files bytes.Buffer
	n := 0
	for _, block := range consoleBlock.FindAllStringSubmatch(readme, -1) {
		for _, step := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, output, _ := strings.Cut(step, "\n")
			for strings.HasPrefix(output, ">") {
				more, rest, _ := strings.Cut(output, "\n")
				command += "\n" + strings.TrimPrefix(strings.TrimPrefix(more, ">"), " ")
				output = rest
			}
			n++
			program, _, _ := strings.Cut(command, " ") // not every machine has sqlite3
			fmt.Fprintf(&script, "[exec:%s] exec bash -o pipefail command%d\n", program, n)
			fmt.Fprintf(&files, "-- command%d --\n%s\n", n, command)
			if strings.TrimSpace(output) != "" {
				fmt.Fprintf(&script, "[exec:%s] shows want%d\n", program, n)
				fmt.Fprintf(&files, "-- want%d --\n%s\n", n, strings.TrimSuffix(output, "\n"))
			}
		}
	}
	return append(script.Bytes(), files.Bytes()...)
}

// shows is the script command `shows FILE`: what the last command printed, messages first, must be the file.
func shows(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: shows FILE")
	}
	want, got := ts.ReadFile(args[0]), ts.ReadFile("stderr")+ts.ReadFile("stdout")
	pattern := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(want)+"\n"), "\n…\n", "\n(?:.*\n)*?")
	pattern = strings.ReplaceAll(regexp.MustCompile(`\A…\n`).ReplaceAllString(pattern, "(?:.*\n)*?"), "…", ".*")
	if !regexp.MustCompile(`\A` + pattern + `\z`).MatchString(strings.TrimSpace(got) + "\n") {
		ts.Fatalf("the README shows\n%s\nbut the program prints\n%s", want, got)
	}
}

// TestReadmeTargets checks that each make target that the README names is one.
func TestReadmeTargets(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	makefile, err := os.ReadFile("../../Makefile")
	require.NoError(t, err)
	targets := regexp.MustCompile("(?m)(?:^|[`$ ])make ([a-z-]+)").FindAllStringSubmatch(string(readme), -1)
	require.NotEmpty(t, targets)
	for _, target := range targets {
		require.Regexp(t, `(?m)^`+target[1]+`:`, string(makefile))
	}
}
