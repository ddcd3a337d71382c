package read

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the memory that unpacking takes, whatever the packed file demands.
const maxWindow = 128 << 20

// Open opens the named input, "-" for standard input, and unpacks what is packed.
func Open(name string, stdin io.Reader) (io.ReadCloser, error) {
	return Options{Stdin: stdin}.open(name)
}

// open opens an input and unpacks what is packed: by its name, and without one, on standard input, by its first bytes.
func (o Options) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return unpack(o.Stdin, nil, "")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, cause(err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, errors.New("is a directory: name the files in it")
	}
	r, err := unpack(f, f, name)
	if err != nil {
		f.Close()
	}
	return r, err
}

func unpack(r io.Reader, c io.Closer, name string) (io.ReadCloser, error) {
	in := bufio.NewReader(r)
	magic, _ := in.Peek(4)
	closeAll := func() error {
		if c == nil {
			return nil
		}
		return c.Close()
	}
	switch {
	case strings.HasSuffix(name, ".gz") || bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("is no gzip file: %w", err)
		}
		return unpacked{z, closeAll}, nil
	case strings.HasSuffix(name, ".zst") || bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, fmt.Errorf("is no zstd file: %w", err)
		}
		return unpacked{z, func() error { z.Close(); return closeAll() }}, nil
	}
	return unpacked{in, closeAll}, nil
}

type unpacked struct {
	io.Reader
	close func() error
}

func (u unpacked) Close() error { return u.close() }
