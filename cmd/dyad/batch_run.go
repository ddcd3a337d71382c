package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

// A batch is one run in progress.
type batch struct {
	config   *batchConfig
	manifest *manifest
	reporter reporter
	made     string
	log      *storyLog
	stepsErr error      // why no more was read
	store    graph.Sink // nil when each input has an output
	storing  graph.Encoder
	counts

	current *sink // of the input in progress, nil between inputs
	entry   entry
	size    int64 // of the input
	began   time.Time
}

// A step is an article of a job. The last step of a job has no article.
type step struct {
	read.Item
	job  *job
	last bool
}

// run reads the inputs that are not up to date. Their articles are one stream, so that all workers have work whatever
// the size of the inputs.
func (b *batch) run(ctx context.Context, x *extract.Extractor, jobs []job) error {
	type done struct {
		step
		result
	}
	next, stop := iter.Pull(b.steps(jobs))
	defer stop()
	defer func() {
		if b.current != nil {
			b.current.abandon()
		}
	}()
	r := newReader(x, &b.config.writing, b.config.workers)
	r.maxTime = b.config.maxTime
	work := func(s step) done {
		if s.last {
			return done{step: s}
		}
		return done{s, r.read(s.Item)}
	}
	err := inOrder(ctx, slices.Repeat([]func(step) done{work}, b.config.workers), next, func(d done) error {
		if b.current == nil {
			if err := b.begin(d.job); err != nil {
				return err
			}
		}
		if d.last {
			return b.finish(d.job)
		}
		return b.write(r, d.result)
	})
	return errors.Join(err, b.stepsErr)
}

// steps are the articles of all jobs that must be read.
func (b *batch) steps(jobs []job) iter.Seq[step] {
	return func(yield func(step) bool) {
		for i := range jobs {
			more, err := b.input(&jobs[i], yield)
			if err = cmp.Or(err, b.log.err); err != nil {
				b.stepsErr = err
				return
			}
			if !more {
				return
			}
		}
	}
}

// input yields the articles of one job, if it must be read. It returns false when no more is wanted.
func (b *batch) input(j *job, yield func(step) bool) (bool, error) {
	if j.kept {
		return b.kept(j, yield)
	}
	why, err := b.config.reason(b.manifest.known, j, b.made)
	switch {
	case err != nil:
		return yield(step{Item: read.Item{Place: j.source, Err: err}, job: j}) && yield(step{job: j, last: true}), nil
	case why != "":
		b.log.begin(j.source, j.hash, b.made)
		return b.articles(j, newCopies(), yield), nil
	}
	known, err := b.log.recall(j.source, j.hash, b.made)
	if err != nil {
		return false, err
	}
	if known == nil {
		known = b.sketches(j)
	}
	if known.hash() == b.manifest.known[j.source].Copies.Hash {
		b.Unchanged.Add(1)
		b.UnchangedSize.Add(j.size)
		return true, nil
	}
	return b.articles(j, known, yield), nil
}

// kept is input for a job that is not among the sources. It is read only when its articles have become copies of others,
// and when it is still what its output was made of.
func (b *batch) kept(j *job, yield func(step) bool) (bool, error) {
	last := b.manifest.known[j.source]
	known, err := b.log.recall(j.source, last.SHA256, last.Made)
	if err != nil {
		return false, err
	}
	if known != nil && known.hash() == last.Copies.Hash {
		return true, nil
	}
	if why, err := b.config.reason(b.manifest.known, j, b.made); why != "" || err != nil {
		return true, nil
	}
	if known == nil {
		known = b.sketches(j)
	}
	return known.hash() == last.Copies.Hash || b.articles(j, known, yield), nil
}

// sketches tells the copies in an input that the log does not know, since a run was killed before it had written it.
func (b *batch) sketches(j *job) *copies {
	b.log.begin(j.source, j.hash, b.made)
	found := newCopies()
	for item := range b.config.read(j) {
		if item.Err == nil {
			found.add(b.log.find(item.Article))
		}
	}
	return found
}

// articles yields the articles of a job. Which of them are copies is known of the first ones, of all or none.
func (b *batch) articles(j *job, known *copies, yield func(step) bool) bool {
	j.copies = newCopies()
	for item := range b.config.read(j) {
		if item.Err == nil {
			n := j.copies.articles
			story := known.of[n]
			if n >= known.articles {
				story = b.log.find(item.Article)
			}
			j.copies.add(story)
			if story != "" {
				item.Article.SameStoryAs = []string{story}
			}
		}
		if !yield(step{Item: item, job: j}) {
			return false
		}
	}
	return yield(step{job: j, last: true})
}

// open opens the store, where there is one.
func (b *batch) open(ctx context.Context) (err error) {
	if b.config.to == "" {
		return nil
	}
	if b.store, err = openStore(b.config.to, ""); err != nil {
		return err
	}
	if b.storing, err = newStoring(ctx, b.store, b.config.graph); err != nil {
		return errors.Join(err, b.close())
	}
	return nil
}

func (b *batch) close() error {
	if b.store == nil {
		return nil
	}
	return b.store.Close()
}

// begin opens the output of a job.
func (b *batch) begin(j *job) (err error) {
	b.entry = entry{Source: j.source, SHA256: j.hash, Made: b.made, Output: j.output}
	b.size = j.size
	b.began = time.Now()
	if j.kept {
		b.Inputs++
	}
	if b.store != nil {
		b.current = &sink{Encoder: b.storing}
		return nil
	}
	name := filepath.Join(b.config.out, j.output)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return fmt.Errorf("%s: cannot be written: %w", filepath.Dir(name), cause(err))
	}
	b.current, err = b.config.newSink(name, nil)
	return err
}

// write adds an article to the output.
func (b *batch) write(r *reader, res result) error {
	e := &b.entry
	e.Articles++
	b.Articles++
	err := r.write(res, b.current)
	if bad := (*articleError)(nil); errors.As(err, &bad) {
		b.reporter.article(bad)
		b.note(bad)
		if bad.skipped() {
			e.Skipped++
		} else {
			e.Failed++
		}
		if len(e.Errors) < maxFailures {
			e.Errors = append(e.Errors, failure{bad.place, bad.err.Error()})
		}
		return nil
	}
	e.Tokens += res.tokens
	e.Relations += res.relations
	b.Tokens += res.tokens
	b.Relations += res.relations
	b.reporter.progress(&b.counts)
	return err
}

// finish gives the output its name, or lets the store keep the articles for good, and records that. An input that could
// not be read at all has the output that it had, if any.
func (b *batch) finish(j *job) error {
	out := b.current
	b.current = nil
	b.ReadSize += b.size
	e := &b.entry
	name := filepath.Join(b.config.out, e.Output)
	if e.SHA256 == "" {
		out.abandon()
		b.FailedInputs++
		before := b.manifest.known[e.Source] // its output stays until it is pruned
		e.Output, e.Bytes = before.Output, before.Bytes
	} else {
		if err := out.commit(); err != nil {
			return err
		}
		if e.Output != "" {
			info, err := os.Stat(name)
			if err != nil {
				return fmt.Errorf("%s: %w", name, cause(err))
			}
			e.Bytes = info.Size()
		}
		e.Copies = copyEntry{len(j.copies.of), j.copies.hash()}
		b.Copies += e.Copies.Articles
		b.ReadInputs++
		b.Bytes += e.Bytes
	}
	e.Finished = time.Now().UTC().Truncate(time.Second)
	e.Seconds = time.Since(b.began).Seconds()
	return b.manifest.add(*e)
}

// prune removes the outputs of inputs that are gone.
func (b *batch) prune(jobs []job) error {
	for _, source := range b.config.gone(b.manifest.known, jobs) {
		if output := b.manifest.known[source].Output; output != "" {
			name := filepath.Join(b.config.out, output)
			if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
				return fmt.Errorf("%s: cannot be removed: %w", name, cause(err))
			}
		}
		b.manifest.forget(source)
	}
	return nil
}

// writeMetrics writes counters for Prometheus' textfile collector.
func (b *batch) writeMetrics(name string) error {
	out, err := newOutput(name, nil)
	if err != nil {
		return err
	}
	for _, m := range []struct {
		name, help string
		value      float64
	}{
		{"inputs", "Inputs among the sources.", float64(b.Inputs)},
		{"inputs_read", "Inputs that were read.", float64(b.ReadInputs)},
		{"inputs_unchanged", "Inputs whose output was up to date.", float64(b.Unchanged.Load())},
		{"inputs_failed", "Inputs that could not be read.", float64(b.FailedInputs)},
		{"articles", "Articles that were read.", float64(b.Articles)},
		{"articles_failed", "Articles that could not be read.", float64(b.FailedArticles)},
		{"articles_skipped", "Articles in other languages than English.", float64(b.SkippedArticles)},
		{"articles_copied", "Articles that are copies of others.", float64(b.Copies)},
		{"tokens", "Words and marks in these articles.", float64(b.Tokens)},
		{"relations", "Relations found.", float64(b.Relations)},
		{"output_bytes", "Bytes written.", float64(b.Bytes)},
		{"duration_seconds", "How long the run took.", time.Since(b.start).Seconds()},
		{"finished_timestamp_seconds", "When the run ended.", float64(time.Now().Unix())},
	} {
		fmt.Fprintf(out, "# HELP dyad_batch_%s %s\n# TYPE dyad_batch_%s gauge\ndyad_batch_%s %g\n", m.name, m.help, m.name, m.name, m.value)
	}
	if err := out.finish(); err != nil {
		out.abandon()
		return err
	}
	return out.commit()
}
