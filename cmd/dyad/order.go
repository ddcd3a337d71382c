package main

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// ahead is how many items per worker are held, so that one long article does not make the others wait.
const ahead = 2

// inOrder reads items until next returns false, lets the workers turn each into a result, and hands the results to
// emit in the order of the items. At most ahead × len(workers) items are held at a time; a single worker holds one:
// its result is emitted before the next item is read. The first error of emit, or the end of ctx, stops everything.
func inOrder[T, R any](ctx context.Context, workers []func(T) R, next func() (T, bool), emit func(R) error) error {
	if len(workers) == 1 {
		for item, ok := next(); ok; item, ok = next() {
			if err := emit(workers[0](item)); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	}

	type slot struct {
		item   T
		result chan R
	}
	jobs := make(chan slot)
	// A slot enters the queue before its item is read and is taken out to be emitted, so that queue and the one taken
	// out are all that is held.
	queue := make(chan slot, ahead*len(workers)-1)
	ctx, cancel := context.WithCancel(ctx)
	group := new(errgroup.Group)
	group.Go(func() error {
		defer close(jobs)
		defer close(queue)
		for {
			s := slot{result: make(chan R, 1)}
			select {
			case queue <- s:
			case <-ctx.Done():
				return ctx.Err()
			}
			var ok bool
			if s.item, ok = next(); !ok {
				close(s.result)
				return nil
			}
			select {
			case jobs <- s:
			case <-ctx.Done():
				close(s.result)
				return ctx.Err()
			}
		}
	})
	for _, work := range workers {
		group.Go(func() error {
			for s := range jobs {
				s.result <- work(s.item)
			}
			return nil
		})
	}
	var err error
	for s := range queue {
		if r, ok := <-s.result; ok && err == nil {
			if err = emit(r); err != nil {
				cancel()
			}
		}
	}
	stopped := group.Wait()
	cancel()
	if err != nil {
		return err
	}
	return stopped
}
