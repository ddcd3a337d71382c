package seeds

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

//go:embed articles/*.txt knowledge rules models
var embedded embed.FS

// rooms are the folders that a directory of seeds may have.
var rooms = []string{"articles", "knowledge", "models", "rules"}

// FS returns the embedded seeds with those of a directory laid over them; dir "" gives the embedded ones. Articles,
// rules and models are added or replaced by file name. The rows of a knowledge table follow the embedded ones, and
// of rows with the same key the last counts.
func FS(dir string) (fs.FS, error) {
	if dir == "" {
		return embedded, nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	found := false
	for _, e := range entries {
		found = found || e.IsDir() && slices.Contains(rooms, e.Name())
	}
	if !found {
		return nil, fmt.Errorf("seeds: %s has none of the folders %s", dir, strings.Join(rooms, ", "))
	}
	files, err := filepath.Glob(filepath.Join(dir, "knowledge", "*.tsv"))
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	for _, f := range files {
		if !slices.Contains(tableNames(), strings.TrimSuffix(filepath.Base(f), ".tsv")) {
			return nil, fmt.Errorf("seeds: %s is no knowledge table; the tables are %s", f, strings.Join(tableNames(), ", "))
		}
	}
	return overlay{embedded, os.DirFS(dir), dir}, nil
}

// An overlay shows two trees as one.
type overlay struct {
	under, over fs.FS
	dir         string
}

func (o overlay) Open(name string) (fs.File, error) {
	if path.Dir(name) == "knowledge" && path.Ext(name) != ".tsv" {
		return o.under.Open(name)
	}
	over, err := o.over.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return o.under.Open(name)
	} else if err != nil {
		return nil, err
	}
	info, err := over.Stat()
	if err != nil || info.IsDir() || path.Dir(name) != "knowledge" {
		return over, err
	}
	defer over.Close()
	under, err := fs.ReadFile(o.under, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	rows, err := io.ReadAll(over)
	if err != nil {
		return nil, err
	}
	line := fmt.Sprintf("\n#line 1 %s\n", filepath.Join(o.dir, filepath.FromSlash(name)))
	return &merged{bytes.NewReader(slices.Concat(under, []byte(line), rows)), info}, nil
}

// ReadDir lists what either tree has.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	under, err := fs.ReadDir(o.under, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	over, err2 := fs.ReadDir(o.over, name)
	if err2 != nil && (!errors.Is(err2, fs.ErrNotExist) || err != nil) {
		return nil, err2
	}
	all := append(over, under...)
	slices.SortStableFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(all, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}

// A merged file is a table with the user's rows behind the embedded ones.
type merged struct {
	*bytes.Reader
	info fs.FileInfo
}

func (m *merged) Stat() (fs.FileInfo, error) { return mergedInfo{m.info, m.Size()}, nil }
func (m *merged) Close() error               { return nil }

type mergedInfo struct {
	fs.FileInfo
	size int64
}

func (i mergedInfo) Size() int64        { return i.size }
func (i mergedInfo) ModTime() time.Time { return time.Time{} }
