package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"runtime/debug"
	"strings"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
)

// A result is what became of an item.
type result struct {
	place string
	doc   *extract.Document // nil when err is not
	err   error
}

// run extracts and encodes the items in their order. It returns how many of them failed, each of which it reported,
// and an error when nothing more can be written.
func (c *extractConfig) run(ctx context.Context, x *extract.Extractor, items iter.Seq[read.Item], out *sink, errs io.Writer) (failed int, err error) {
	next, stop := iter.Pull(items)
	defer stop()
	// Documents go round between workers and output; there are never more than items are held.
	free := make(chan *extract.Document, ahead*c.workers)
	workers := make([]func(read.Item) result, c.workers)
	for i := range workers {
		workers[i] = func(it read.Item) result {
			if it.Err != nil {
				return result{it.Place, nil, it.Err}
			}
			var doc *extract.Document
			select {
			case doc = <-free:
			default:
				doc = new(extract.Document)
			}
			if err := guard(func() error { return x.Extract(it.Article, doc) }); err != nil {
				return result{it.Place, nil, err} // what state doc is in nobody knows
			}
			c.choose(doc)
			return result{it.Place, doc, nil}
		}
	}
	err = inOrder(ctx, workers, next, func(r result) error {
		if r.err == nil {
			r.err = guard(func() error { return out.Encode(r.doc) })
			if bug := (*panicError)(nil); !errors.As(r.err, &bug) {
				free <- r.doc
				return errors.Join(r.err, out.flush())
			}
		}
		failed++
		report(errs, fmt.Errorf("%s: %w", r.place, r.err))
		return nil
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
