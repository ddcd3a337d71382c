package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// An output is where results go: standard output, or a file that appears under its name only when it is complete.
type output struct {
	*bufio.Writer
	name string
	file *os.File     // nil for standard output
	zip  *gzip.Writer // nil unless the name ends in .gz
}

// newOutput opens a file for writing, or takes stdout where the name is "" or "-". What is written goes to a hidden
// file beside it until commit renames it; a name that ends in .gz is compressed.
func newOutput(name string, stdout io.Writer) (*output, error) {
	if name == "" || name == "-" {
		return &output{Writer: bufio.NewWriter(stdout), name: "standard output"}, nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: is a directory: give a file to write to", name)
	}
	file, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*.part")
	if err != nil {
		return nil, fmt.Errorf("%s: cannot be written: %w", name, cause(err))
	}
	o := &output{name: name, file: file}
	if strings.HasSuffix(name, ".gz") {
		o.zip = gzip.NewWriter(file)
		o.Writer = bufio.NewWriter(o.zip)
	} else {
		o.Writer = bufio.NewWriter(file)
	}
	return o, nil
}

// finish writes what is buffered, so that commit has only to give the file its name.
func (o *output) finish() error {
	err := o.Flush()
	if o.file == nil {
		return o.explain(err)
	}
	if o.zip != nil {
		err = errors.Join(err, o.zip.Close())
	}
	if err == nil {
		// CreateTemp makes files that only their owner can read; a result is an ordinary file.
		err = errors.Join(o.file.Chmod(0o644), o.file.Sync())
	}
	return o.explain(errors.Join(err, o.file.Close()))
}

// commit gives a finished file its name.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	return o.explain(os.Rename(o.file.Name(), o.name))
}

// abandon removes what was written; the file of that name, if there is one, stays as it was.
func (o *output) abandon() {
	if o.file != nil {
		o.file.Close()
		os.Remove(o.file.Name())
	}
}

func (o *output) explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: cannot be written: %w", o.name, cause(err))
}

// cause strips the operation and path that package os puts before an error: our messages name the file themselves.
func cause(err error) error {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err
	}
	return err
}
