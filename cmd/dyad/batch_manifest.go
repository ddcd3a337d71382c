package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// manifestName is the file, in a folder of results, that tells what they were made from.
const manifestName = "manifest.jsonl"

// An entry is what is known of one input: a line of the manifest.
type entry struct {
	Source    string    `json:"source"`
	SHA256    string    `json:"sha256,omitempty"` // of the content; "" when it could not be read
	Made      string    `json:"made"`             // hash of the program, the seeds and the flags
	Output    string    `json:"output"`
	Bytes     int64     `json:"bytes"` // of the output
	Articles  int       `json:"articles"`
	Failed    int       `json:"failed"`  // articles, among them an input that could not be read at all
	Skipped   int       `json:"skipped"` // articles in other languages than English
	Copies    copyEntry `json:"copies"`
	Tokens    int       `json:"tokens"`
	Relations int       `json:"relations"`
	Finished  time.Time `json:"finished"`
	Seconds   float64   `json:"seconds"`
	Errors    []failure `json:"errors,omitempty"` // the first of them
}

// A copyEntry says how many articles are copies, and has a hash of which are copies of what.
type copyEntry struct {
	Articles int    `json:"articles"`
	Hash     string `json:"hash,omitempty"`
}

// A failure is an article that could not be read or was skipped, with the reason.
type failure struct {
	Place string `json:"place"`
	Error string `json:"error"`
}

// maxFailures is how many failures of one input are kept in the manifest.
const maxFailures = 100

// A manifest is a log: the last line of an input counts. What a run adds is on the disk when the output it tells of has
// its name; so a run that is killed loses at most the line of an output that is then written again, with the same bytes.
type manifest struct {
	path  string
	known map[string]entry // when the run began; never changed
	added map[string]entry
	file  *os.File
}

// readManifest reads the manifest of a folder; one that is not there is empty.
func readManifest(dir string) (map[string]entry, error) {
	path := filepath.Join(dir, manifestName)
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, cause(err))
	}
	known := map[string]entry{}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		if !bytes.HasSuffix(line, []byte("\n")) {
			break // a run was killed while it wrote this line
		}
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("%s:%d: %w: remove the line to have its input read again", path, number, err)
		}
		known[e.Source] = e
	}
	return known, nil
}

func openManifest(dir string) (*manifest, error) {
	known, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	m := &manifest{path: filepath.Join(dir, manifestName), known: known, added: map[string]entry{}}
	if err := m.compact(); err != nil { // a line that was cut off must not swallow the next
		return nil, err
	}
	if m.file, err = os.OpenFile(m.path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644); err != nil {
		return nil, fmt.Errorf("%s: cannot be written: %w", m.path, cause(err))
	}
	return m, nil
}

// add records an input.
func (m *manifest) add(e entry) error {
	m.added[e.Source] = e
	line, err := json.Marshal(e)
	if err == nil {
		_, err = m.file.Write(append(line, '\n'))
	}
	if err != nil {
		return fmt.Errorf("%s: cannot be written: %w", m.path, cause(err))
	}
	return nil
}

// compact writes the manifest anew, sorted, with one line for each input.
func (m *manifest) compact() error {
	all := maps.Clone(m.known)
	maps.Copy(all, m.added)
	out, err := newOutput(m.path, nil)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name].Source == "" {
			continue // pruned
		}
		line, err := json.Marshal(all[name])
		if err == nil {
			_, err = out.Write(append(line, '\n'))
		}
		if err != nil {
			out.abandon()
			return out.explain(err)
		}
	}
	if err := out.finish(); err != nil {
		out.abandon()
		return err
	}
	return out.commit()
}

// forget drops an input from what compact writes.
func (m *manifest) forget(source string) { m.added[source] = entry{} }

func (m *manifest) close() { m.file.Close() }
