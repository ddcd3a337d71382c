package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/seeds"
)

func newBatch() *cobra.Command {
	var c batchConfig
	var since string
	cmd := &cobra.Command{
		Use:   "batch SOURCE… --out DIR",
		Short: "Keep a folder of results, or a store, up to date with many inputs",
		Long: `Keep a folder of results, or a store, up to date with many inputs.

Each input gets an output of its own in DIR; or its articles go to the store that
--to names, as dyad load names it, and DIR has the manifest alone. A SOURCE is a file as dyad extract
reads it, a folder, of which all files are taken whose names end like an input's,
with or without .gz or .zst, a pattern such as 'news/2019-*.txt', or "-" for a list of these on
standard input, one a line. An input in a folder keeps its path below that folder.

DIR/manifest.jsonl has a line for each input: what it held, what was made of it and
what went wrong. An input is read again only when its content, the program, the
seeds or the flags have changed, so that running the same command again does what
is new and nothing twice. The result of many small runs is the same, byte for byte,
as that of one run over everything.

An output appears under its name when it is complete. A run that was interrupted,
or killed, goes on where it was when it is started again. Two runs on one DIR do
not get into each other's way: the second stops, or waits with --wait.

An article that is nearly the same as one before it says so (sameStoryAs); "before"
goes by the names of the inputs. An input is read again, too, when its articles
turn out to be copies of what has come in since.

A broken article is listed with its place and its error, and the exit code is 1.
An article that is not in English is listed too, and skipped.`,
		Example: `  dyad batch news --out graph
  dyad batch news --out graph --format nquads --gzip --workers 2

  # what would be done?
  dyad batch news --out graph --dry-run

  # only what came in lately, from a list
  find news -name '*.jsonl' -mtime -1 | dyad batch - --out graph

  # into a database, again and again
  dyad batch news --out state --to sqlite:news.db

  # another try for what failed
  dyad batch news --out graph --retry-failed`,
		RunE: func(cmd *cobra.Command, sources []string) error {
			if err := c.check(sources, since); err != nil {
				return err
			}
			return c.batch(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.out, "out", "", "`folder` of the results")
	flags.StringVar(&c.to, "to", "", "keep the articles in this store instead: a `target` of dyad load, such as sqlite:news.db")
	flags.StringVar(&c.format, "format", "jsonld", "what to write: "+strings.Join(graph.Formats(), ", "))
	flags.BoolVar(&c.gzip, "gzip", false, "compress the outputs")
	flags.BoolVar(&c.force, "force", false, "read every input again")
	flags.BoolVar(&c.retryFailed, "retry-failed", false, "read again inputs of which articles failed")
	flags.StringVar(&since, "since", "", "take only files that were changed on this `day` or later: 2019-06-04")
	flags.BoolVar(&c.prune, "prune", false, "remove the outputs of inputs that are no longer among the sources")
	flags.BoolVar(&c.dryRun, "dry-run", false, "say what would be done, and do nothing")
	flags.BoolVar(&c.wait, "wait", false, "wait for another run on the same folder instead of stopping")
	flags.IntVar(&c.limit, "max-size", read.DefaultLimit>>20, "largest article in `MB`")
	flags.DurationVar(&c.maxTime, "max-time", 5*time.Minute, "longest `time` an article may take, 0 for any")
	c.fields.addFlag(cmd)
	flags.StringVar(&c.logFormat, "log-format", "text", "how to tell what goes on: text (with a bar on a terminal), json (an object a line)")
	flags.StringVar(&c.metrics, "metrics", "", "write counters to this `file` in the text format of Prometheus")
	c.writing.addFlags(cmd)
	c.pipeline.addFlags(cmd)
	flags.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "articles that are read at the same time; the output does not depend on it")
	complete(cmd, "log-format", logFormats)
	return cmd
}

// A batchConfig says what to keep up to date with what.
type batchConfig struct {
	pipeline
	writing
	sources                                       []string
	out, to, metrics, logFormat                   string
	gzip, force, retryFailed, prune, dryRun, wait bool
	since                                         time.Time
	maxTime                                       time.Duration
	fields                                        fieldNames
	limit, workers                                int
}

func (c *batchConfig) check(sources []string, since string) error {
	c.sources = sources
	if err := errors.Join(c.writing.check(), c.pipeline.check(), c.fields.check(), oneOf("log-format", c.logFormat, logFormats)); err != nil {
		return err
	}
	switch {
	case len(sources) == 0:
		return errors.New("no source: name files or folders to read")
	case c.out == "":
		return errors.New("--out: name a folder for the results")
	case c.to != "" && (c.gzip || c.prune):
		return errors.New("--to: a store is not compressed, and keeps what it was given: leave out --gzip and --prune")
	case c.format == tables:
		return errors.New("--format csv: tables are written by dyad extract")
	case c.workers < 1:
		return fmt.Errorf("--workers %d: want 1 or more", c.workers)
	case c.limit < 1:
		return fmt.Errorf("--max-size %d: want 1 or more", c.limit)
	case c.maxTime < 0:
		return fmt.Errorf("--max-time %v: want 0 or more", c.maxTime)
	case isTwice(sources, "-"):
		return errors.New("-: standard input can be read only once")
	}
	if since != "" {
		day, err := seeds.ParseDate(since)
		if err != nil {
			return fmt.Errorf("--since: %w", err)
		}
		c.since = time.Date(int(day.Year), time.Month(max(day.Month, 1)), int(max(day.Day, 1)), 0, 0, 0, 0, time.Local)
	}
	return nil
}

// limitMemory lets the collector work more rather than memory grow where articles are long, unless the user has set a limit.
func (c *batchConfig) limitMemory() (undo func()) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	const models, worker = 160 << 20, 20 << 20
	before := debug.SetMemoryLimit(models + worker*int64(c.workers))
	return func() { debug.SetMemoryLimit(before) }
}

// batch brings the folder of results up to date.
func (c *batchConfig) batch(ctx context.Context, stdin io.Reader, stdout, errs io.Writer) error {
	jobs, err := c.jobs(stdin)
	if err != nil {
		return err
	}
	if c.graph.Provenance, err = c.provenance(); err != nil {
		return err
	}
	if c.dryRun {
		return c.tell(jobs, stdout)
	}
	if err := os.MkdirAll(c.out, 0o755); err != nil {
		return fmt.Errorf("%s: cannot be written: %w", c.out, cause(err))
	}
	tell := newReporter(c.logFormat, errs)
	unlock, err := lock(c.out, c.wait, tell.waits)
	if err != nil {
		return err
	}
	defer unlock()
	if err := removeParts(c.out); err != nil {
		return err
	}
	defer c.limitMemory()()
	m, err := openManifest(c.out)
	if err != nil {
		return err
	}
	defer m.close()
	x, err := c.build()
	if err != nil {
		return err
	}
	c.graph.Knowledge = x.Knowledge()
	b := &batch{config: c, manifest: m, reporter: tell, made: c.made()}
	if b.log, err = openStoryLog(c.out); err != nil {
		return err
	}
	if err := b.open(ctx); err != nil {
		b.log.abandon()
		return err
	}
	b.start, b.messages, b.Inputs = time.Now(), map[string]int{}, len(jobs)
	for i := range jobs {
		b.Size += jobs[i].size
	}
	err = errors.Join(b.run(ctx, x, c.withKept(jobs, m.known)), b.close())
	if err == nil {
		err = b.log.commit()
	} else {
		b.log.abandon()
	}
	if err == nil {
		err = b.prune(jobs)
	}
	if err == nil {
		err = m.compact()
	}
	if ctx.Err() != nil {
		err = errors.New("interrupted: start it again to go on")
	}
	tell.summary(&b.counts)
	if c.metrics != "" {
		err = errors.Join(err, b.writeMetrics(c.metrics))
	}
	if err != nil || b.FailedArticles+b.FailedInputs > 0 {
		return &failedError{err}
	}
	return nil
}

// made is a hash of all that outputs depend on besides their inputs.
func (c *batchConfig) made() string {
	return hashOf(c.graph.Provenance, c.format, c.gzip, c.direct, c.minConfidence, c.graph.Clauses, c.graph.NoGraphs,
		c.graph.RDF12, c.graph.Base, c.graph.Context, c.limit, c.fields.Fields, c.to)
}

// tell writes what would be done.
func (c *batchConfig) tell(jobs []job, w io.Writer) error {
	known, err := readManifest(c.out)
	if err != nil {
		return err
	}
	todo, made := 0, c.made()
	for i := range jobs {
		why, err := c.reason(known, &jobs[i], made)
		if err != nil {
			why = err.Error()
		}
		if why != "" {
			todo++
			fmt.Fprintf(w, "%s: %s\n", jobs[i].source, why)
		}
	}
	for _, name := range c.gone(known, jobs) {
		fmt.Fprintf(w, "%s: is gone: its output would be removed\n", name)
	}
	_, err = fmt.Fprintf(w, "%d of %d inputs would be read\n", todo, len(jobs))
	return err
}
