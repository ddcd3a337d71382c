package main

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// counter returns a next function for 0 … n-1 and the number of items it gave out so far.
func counter(n int64) (next func() (int64, bool), given *atomic.Int64) {
	given = new(atomic.Int64)
	return func() (int64, bool) {
		i := given.Load() // only ever called by one goroutine
		if i >= n {
			return 0, false
		}
		given.Add(1)
		return i, true
	}, given
}

// squares are workers that square their items after some work.
func squares(workers int, work func(int64)) []func(int64) int64 {
	fs := make([]func(int64) int64, workers)
	for i := range fs {
		fs[i] = func(n int64) int64 { work(n); return n * n }
	}
	return fs
}

func idle(int64) {}

func TestInOrderKeepsOrderAndBoundsWhatIsHeld(t *testing.T) {
	for _, workers := range []int{1, 2, 3, 8} {
		limit := int64(ahead * workers)
		if workers == 1 {
			limit = 1
		}
		next, given := counter(200)
		var got []int64
		uneven := func(n int64) { time.Sleep(time.Duration(n%7) * 50 * time.Microsecond) }
		err := inOrder(context.Background(), squares(workers, uneven), next, func(sq int64) error {
			require.LessOrEqual(t, given.Load()-int64(len(got)), limit)
			got = append(got, sq)
			return nil
		})
		require.NoError(t, err)
		require.Len(t, got, 200)
		for i, sq := range got {
			require.Equal(t, int64(i*i), sq)
		}
	}
}

func TestInOrderOfNothing(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		next, _ := counter(0)
		require.NoError(t, inOrder(context.Background(), squares(workers, idle), next, func(int64) error { return nil }))
	}
}

func TestInOrderStopsAtAnError(t *testing.T) {
	full := errors.New("disk full")
	for _, workers := range []int{1, 2, 8} {
		next, given := counter(1_000_000)
		err := inOrder(context.Background(), squares(workers, idle), next, func(sq int64) error {
			if sq == 9 {
				return full
			}
			return nil
		})
		require.ErrorIs(t, err, full)
		require.Less(t, given.Load(), int64(100))
	}
}

func TestInOrderStopsWithItsContext(t *testing.T) {
	for _, workers := range []int{1, 2, 8} {
		ctx, cancel := context.WithCancel(context.Background())
		next, given := counter(1_000_000)
		err := inOrder(ctx, squares(workers, idle), next, func(sq int64) error {
			if sq == 16 {
				cancel()
			}
			return nil
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Less(t, given.Load(), int64(100))
	}
}
