package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// counts are what a run has done so far.
type counts struct {
	Inputs, ReadInputs, FailedInputs int
	Unchanged                        atomic.Int64 // inputs, counted where they are read, ahead of all others
	Articles, FailedArticles         int
	SkippedArticles                  int // in other languages than English
	Copies                           int // articles that are copies of others
	Tokens, Relations                int
	Size, ReadSize                   int64        // bytes of all inputs, and of those that were read
	UnchangedSize                    atomic.Int64 // of those that need not be
	Bytes                            int64        // of the outputs

	start    time.Time
	messages map[string]int // how often articles failed with what
}

// String says how far the run is.
func (c *counts) String() string {
	seconds := max(time.Since(c.start).Seconds(), 1e-3)
	return fmt.Sprintf("%d of %d inputs, %.1f of %.1f MB, %d articles, %d failed, %.0f articles/s", c.doneInputs(), c.Inputs,
		megabytes(c.ReadSize), megabytes(c.todo()), c.Articles, c.FailedArticles, float64(c.Articles)/seconds)
}

func megabytes(n int64) float64 { return float64(n) / 1e6 }

// todo is how many bytes of inputs there are to read in all.
func (c *counts) todo() int64 { return c.Size - c.UnchangedSize.Load() }

func (c *counts) doneInputs() int { return c.ReadInputs + c.FailedInputs + int(c.Unchanged.Load()) }

// note counts an article that was not read.
func (c *counts) note(bad *articleError) {
	if bad.skipped() {
		c.SkippedArticles++
	} else {
		c.FailedArticles++
	}
	c.messages[places.ReplaceAllString(bad.err.Error(), "…")]++
}

// places are the parts of an error message that differ from article to article.
var places = regexp.MustCompile(`"[^"]*"|0x[0-9a-f]+|\d+`)

// frequent are the errors that were met most often, the most frequent first.
func (c *counts) frequent() []string {
	messages := slices.SortedFunc(maps.Keys(c.messages), func(x, y string) int {
		return cmp.Or(c.messages[y]-c.messages[x], cmp.Compare(x, y))
	})
	return messages[:min(5, len(messages))]
}

// A reporter tells how a run goes: in lines, in lines and a bar on a terminal, or in JSON for programs.
type reporter interface {
	waits(dir string)          // another run has the folder
	article(bad *articleError) // one that failed or was skipped
	progress(c *counts)        // called after each article
	summary(c *counts)         // called once, at the end
}

var logFormats = []string{"text", "json"}

func newReporter(format string, w io.Writer) reporter {
	switch {
	case format == "json":
		return &jsonReporter{log: slog.New(slog.NewJSONHandler(w, nil)), every: newInterval()}
	case isTerminal(w):
		return newBarReporter(w)
	}
	return &lineReporter{w: w, every: newInterval()}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// tellEvery is how often progress is told in lines.
const tellEvery = 10 * time.Second

// An interval says when it is time to tell something again.
type interval struct{ next time.Time }

func newInterval() interval { return interval{time.Now().Add(tellEvery)} }

func (i *interval) over() bool {
	now := time.Now()
	if now.Before(i.next) {
		return false
	}
	i.next = now.Add(tellEvery)
	return true
}

// A lineReporter writes lines for people.
type lineReporter struct {
	w     io.Writer
	every interval
}

func (r *lineReporter) waits(dir string) {
	fmt.Fprintf(r.w, "%s: another run writes to it: waiting\n", dir)
}

func (r *lineReporter) article(bad *articleError) { report(r.w, bad) }

func (r *lineReporter) progress(c *counts) {
	if r.every.over() {
		fmt.Fprintln(r.w, c)
	}
}

func (r *lineReporter) summary(c *counts) {
	fmt.Fprintf(r.w, "%d inputs: %d read, %d unchanged, %d unreadable\n", c.Inputs, c.ReadInputs, c.Unchanged.Load(), c.FailedInputs)
	fmt.Fprintf(r.w, "%d articles: %d failed, %d skipped, %d copies; %d relations in %.1f s\n", c.Articles, c.FailedArticles, c.SkippedArticles, c.Copies,
		c.Relations, time.Since(c.start).Seconds())
	for _, message := range c.frequent() {
		fmt.Fprintf(r.w, "%6d times: %s\n", c.messages[message], message)
	}
}

// A barReporter draws a bar on a terminal; what lines there are go above it.
type barReporter struct {
	lineReporter
	terminal  io.Writer
	container *mpb.Progress
	bar       *mpb.Bar
	lock      sync.Mutex
	now       string // what stands before the bar
}

func newBarReporter(w io.Writer, options ...mpb.ContainerOption) *barReporter {
	r := &barReporter{terminal: w, container: mpb.New(append(options, mpb.WithOutput(w))...)}
	r.w = r.container
	return r
}

func (r *barReporter) progress(c *counts) {
	if r.bar == nil {
		r.bar = r.container.AddBar(0,
			mpb.PrependDecorators(decor.Any(r.text)),
			mpb.AppendDecorators(decor.Percentage(), decor.Name(" "), decor.AverageETA(decor.ET_STYLE_GO), decor.Name(" left")))
	}
	r.lock.Lock()
	r.now = c.String() + " "
	r.lock.Unlock()
	r.bar.SetTotal(c.todo(), false)
	r.bar.SetCurrent(c.ReadSize)
}

// text is called by the container's own goroutine.
func (r *barReporter) text(decor.Statistics) string {
	r.lock.Lock()
	defer r.lock.Unlock()
	return r.now
}

// summary takes the bar away.
func (r *barReporter) summary(c *counts) {
	if r.bar != nil {
		r.bar.Abort(true)
	}
	r.container.Wait()
	r.w = r.terminal
	r.lineReporter.summary(c)
}

// A jsonReporter writes a JSON object a line, for programs.
type jsonReporter struct {
	log   *slog.Logger
	every interval
}

func (r *jsonReporter) waits(dir string) {
	r.log.Info("waiting for another run", "folder", dir)
}

func (r *jsonReporter) article(bad *articleError) {
	level, message := slog.LevelWarn, "article failed"
	if bad.skipped() {
		level, message = slog.LevelInfo, "article skipped"
	}
	r.log.Log(context.Background(), level, message, "place", bad.place, "error", bad.err.Error())
}

func (r *jsonReporter) progress(c *counts) {
	if r.every.over() {
		r.tell("progress", c)
	}
}

func (r *jsonReporter) summary(c *counts) {
	for _, message := range c.frequent() {
		r.log.Info("frequent error", "error", message, "times", c.messages[message])
	}
	r.tell("done", c)
}

func (r *jsonReporter) tell(message string, c *counts) {
	r.log.Info(message, "inputs", c.Inputs, "inputs_read", c.ReadInputs, "inputs_unchanged", c.Unchanged.Load(),
		"inputs_failed", c.FailedInputs, "articles", c.Articles, "articles_failed", c.FailedArticles,
		"articles_skipped", c.SkippedArticles, "articles_copied", c.Copies, "tokens", c.Tokens, "relations", c.Relations,
		"bytes", c.todo(), "bytes_read", c.ReadSize, "bytes_written", c.Bytes, "seconds", time.Since(c.start).Seconds())
}
