//go:build !unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// lock keeps other runs away from a folder of results until the returned function is called. Where there are no file
// locks, a run that was killed leaves its lock behind; the message says so.
func lock(dir string, wait bool, waits func(dir string)) (unlock func(), err error) {
	path := filepath.Join(dir, ".lock")
	for told := false; ; told = true {
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		switch {
		case err == nil:
			return func() { f.Close(); os.Remove(path) }, nil
		case !errors.Is(err, fs.ErrExist):
			return nil, fmt.Errorf("%s: cannot be written: %w", path, cause(err))
		case !wait:
			return nil, fmt.Errorf("%s: another run writes to it: wait for it to end, start with --wait, or remove %s when no run is left", dir, path)
		case !told:
			waits(dir)
		}
		time.Sleep(time.Second)
	}
}
