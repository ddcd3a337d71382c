// Command dyad reads news articles and writes who did what to whom as a knowledge graph.
//
// Each subcommand has a file of its own. Its flags become one validated config, the config becomes built objects, and
// only then is anything read: what is wrong with a command line is said before work starts.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitOK     = 0 // all well
	exitFailed = 1 // some articles failed; the others are done
	exitUsage  = 2 // wrong use: nothing was done
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

var errInterrupted = errors.New("interrupted: nothing was written under the output's name")

// grace is how long what runs may take to stop when it is interrupted; it may wait for an input that never comes.
const grace = time.Second

// run is the whole program with its standard streams as arguments; it returns the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	done := make(chan error, 1)
	go func() { done <- root.ExecuteContext(ctx) }()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(grace):
			err = &failedError{errInterrupted}
		}
	}
	if err == nil {
		return exitOK
	}
	if failed := (*failedError)(nil); errors.As(err, &failed) {
		if failed.err != nil {
			report(errs, failed.err)
		}
		return exitFailed
	}
	report(errs, err)
	return exitUsage
}

// newRoot returns the program's command with all its subcommands.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "dyad",
		Short: "Who did what to whom: news articles in, a knowledge graph out",
		Long: `dyad reads English news articles and writes who did what to whom as a knowledge
graph: people, organisations and countries as nodes; visits, talks, support,
opposition, sanctions … as relations between them, each with its time, its
speaker, its certainty and the words it was read from.

It is one program without services behind it: models, rules and knowledge are
inside, and any of them can be replaced by a folder of your own (--seeds).

Exit codes: 0 all well, 1 some articles failed (the others are done),
2 wrong use (nothing was done).`,
		Example: `  dyad extract article.txt
  dyad extract --date 2019-06-04 --format json article.txt
  dyad extract --format nquads -o news.nq.gz 2019/*.txt`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(newExtract(), newBatch(), newLoad(), newQuery(), newConvert(), newDiff(), newExplain(), newEval(), newGolden(), newRules(), newOntology(), newContext(), newVersion())
	return root
}

// report writes mistakes the way compilers do, each in a line.
func report(w io.Writer, err error) {
	for line := range strings.SplitSeq(err.Error(), "\n") {
		fmt.Fprintf(w, "dyad: %s\n", line)
	}
}

// A failedError ends the program with exitFailed. Its err is nil when everything was reported already.
type failedError struct{ err error }

func (f *failedError) Error() string {
	if f.err == nil {
		return "some articles failed"
	}
	return f.err.Error()
}

func (f *failedError) Unwrap() error { return f.err }
