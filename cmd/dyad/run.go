package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
)

// A reader turns articles into documents and writes these. It is shared by all workers.
type reader struct {
	x       *extract.Extractor
	how     *writing
	free    chan *extract.Document // to be used again; they go round between workers and output
	maxTime time.Duration          // that an article may take; 0 for any
}

// newReader returns a reader that workers use through inOrder, which never holds more than ahead items for each.
func newReader(x *extract.Extractor, how *writing, workers int) *reader {
	return &reader{x: x, how: how, free: make(chan *extract.Document, ahead*workers)}
}

// usualLength is how many bytes an article may have for its document to be used again. A document keeps its memory, about
// a hundred bytes for each of the text.
const usualLength = 64 << 10

// A result is what became of an item.
type result struct {
	place             string
	doc               *extract.Document // nil when err is not
	err               error
	tokens, relations int
}

// An articleError says that one article failed; the others go on.
type articleError struct {
	place string
	err   error
}

func (e *articleError) Error() string { return fmt.Sprintf("%s: %v", e.place, e.err) }
func (e *articleError) Unwrap() error { return e.err }

// skipped reports that nothing is wrong with the article: it is in a language that is not read.
func (e *articleError) skipped() bool { return errors.As(e.err, new(*read.LanguageError)) }

func (r *reader) read(it read.Item) result {
	if it.Err != nil {
		return result{place: it.Place, err: it.Err}
	}
	var doc *extract.Document
	select {
	case doc = <-r.free:
	default:
		doc = new(extract.Document)
	}
	if err := r.extract(it.Article, doc); err != nil {
		return result{place: it.Place, err: err} // what state doc is in nobody knows
	}
	r.how.choose(doc)
	return result{it.Place, doc, nil, len(doc.Tokens), len(doc.Relations)}
}

// extract fills doc, unless that takes too long: then the article fails, and what is still being done for it, which
// nothing can interrupt, ends with its document forgotten.
func (r *reader) extract(a extract.Article, doc *extract.Document) error {
	work := func() error { return guard(func() error { return r.x.Extract(a, doc) }) }
	if r.maxTime == 0 {
		return work()
	}
	done := make(chan error, 1)
	go func() { done <- work() }()
	timer := time.NewTimer(r.maxTime)
	defer timer.Stop()
	select {
	case err := <-done:
		return err
	case <-timer.C:
		return fmt.Errorf("took longer than %v: split it into articles, or allow more with --max-time", r.maxTime)
	}
}

// write encodes a result. It returns an articleError for an article that failed, any other when no more can be written.
func (r *reader) write(res result, out *sink) error {
	if res.err == nil {
		res.err = guard(func() error { return out.Encode(res.doc) })
		if bug := (*panicError)(nil); !errors.As(res.err, &bug) {
			if len(res.doc.Text) <= usualLength {
				r.free <- res.doc
			}
			return res.err
		}
	}
	return &articleError{res.place, res.err}
}

// run extracts and encodes the items in their order, each written before more are held. It reports those that failed or
// were skipped, and returns how many failed, and an error when nothing more can be written.
func (c *extractConfig) run(ctx context.Context, x *extract.Extractor, items iter.Seq[read.Item], out *sink, errs io.Writer) (failed int, err error) {
	next, stop := iter.Pull(items)
	defer stop()
	r := newReader(x, &c.writing, c.workers)
	err = inOrder(ctx, slices.Repeat([]func(read.Item) result{r.read}, c.workers), next, func(res result) error {
		err := r.write(res, out)
		if bad := (*articleError)(nil); errors.As(err, &bad) {
			if !bad.skipped() {
				failed++
			}
			report(errs, bad)
			return nil
		}
		return errors.Join(err, out.flush())
	})
	return failed, err
}

// A panicError is a mistake in dyad that one article brought to light.
type panicError struct {
	value any
	at    string
}

func (p *panicError) Error() string {
	return fmt.Sprintf("dyad itself failed: %v (%s): please report it with the article", p.value, p.at)
}

// guard calls f and turns a panic into an error, so that one article cannot stop the others.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{p, origin(string(debug.Stack()))}
		}
	}()
	return f()
}

// origin is the place of a stack trace where the panic began: the first of our own frames below it.
func origin(stack string) string {
	_, below, _ := strings.Cut(stack, "\npanic(")
	for line := range strings.Lines(below) {
		if file, ok := strings.CutPrefix(line, "\t"); ok && strings.Contains(file, "dyad") {
			file, _, _ = strings.Cut(strings.TrimSpace(file), " ")
			return file
		}
	}
	return "unknown place"
}
