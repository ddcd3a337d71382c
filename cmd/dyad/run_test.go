package main

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract/read"
)

// TestGuard checks that a panic becomes an error that tells what and where, in one line.
func TestGuard(t *testing.T) {
	var none []int
	err := guard(func() error { return errors.Join(nil, errors.New(string(rune(none[7])))) })
	require.ErrorAs(t, err, new(*panicError))
	require.Regexp(t, `^dyad itself failed: runtime error: index out of range \[7\] with length 0 \(\S+run_test\.go:\d+\): please report it with the article$`, err.Error())

	plain := errors.New("plain")
	require.Equal(t, plain, guard(func() error { return plain }))
	require.NoError(t, guard(func() error { return nil }))
}

// TestReaderGoesOnAfterAPanic checks that one article on which the pipeline breaks is an articleError, and that the
// next is read by a fresh Document.
func TestReaderGoesOnAfterAPanic(t *testing.T) {
	r := newReader(nil, new(writing), 1) // no extractor: every call of it panics
	res := r.read(read.Item{Place: "news.jsonl:3"})
	err := r.write(res, nil)
	require.ErrorAs(t, err, new(*articleError))
	require.Regexp(t, `^news\.jsonl:3: dyad itself failed: .*nil pointer`, err.Error())
	require.Empty(t, r.free)
}
