package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/extract/read"
)

// A job is one input with what is to become of it.
type job struct {
	source string // file
	output string // below the folder of results; "" when a store takes the articles
	hash   string // of the content
	size   int64  // in bytes
	kept   bool   // it is not among the sources, but the manifest knows it
	copies *copies
}

// endings are what outputs are named by, for each format.
var endings = map[string]string{
	"json": ".json", "jsonld": ".jsonld", "ndjsonld": ".ndjsonld", "nquads": ".nq", "ntriples": ".nt", "turtle": ".ttl",
	"trig": ".trig", "graphml": ".graphml", "conllu": ".conllu",
}

// jobs finds the inputs, in the order of their names.
func (c *batchConfig) jobs(stdin io.Reader) ([]job, error) {
	sources, err := c.listed(stdin)
	if err != nil {
		return nil, err
	}
	var jobs []job
	seen := map[string]bool{}
	outputs := map[string]string{}
	add := func(source, name string) error {
		if seen[source] {
			return nil
		}
		seen[source] = true
		size := int64(0)
		if info, err := os.Stat(source); err == nil {
			if info.ModTime().Before(c.since) {
				return nil
			}
			size = info.Size()
		}
		output := c.output(name)
		if other, taken := outputs[output]; taken && output != "" {
			return fmt.Errorf("%s and %s would both be written to %s: name a folder above both", other, source, output)
		}
		outputs[output] = source
		jobs = append(jobs, job{source: source, output: output, size: size})
		return nil
	}
	for _, source := range sources {
		if err := walk(filepath.Clean(source), add); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(jobs, byName)
	return jobs, nil
}

func byName(x, y job) int { return strings.Compare(x.source, y.source) }

// withKept adds what the manifest knows besides the jobs, unless that is to be pruned: articles may be copies of what is in
// there, or the other way round.
func (c *batchConfig) withKept(jobs []job, known map[string]entry) []job {
	if c.prune {
		return jobs
	}
	listed := map[string]bool{}
	for _, j := range jobs {
		listed[j.source] = true
	}
	all := slices.Clone(jobs)
	for source, e := range known {
		if !listed[source] && e.SHA256 != "" {
			all = append(all, job{source: source, output: e.Output, kept: true})
		}
	}
	slices.SortFunc(all, byName)
	return all
}

// read returns the articles of a job.
func (c *batchConfig) read(j *job) iter.Seq[read.Item] {
	return read.Articles([]string{j.source}, read.Options{Limit: c.limit << 20, Fields: c.fields.Fields})
}

// output names the output of an input.
func (c *batchConfig) output(name string) string {
	switch {
	case c.to != "":
		return ""
	case c.gzip:
		return name + endings[c.format] + ".gz"
	}
	return name + endings[c.format]
}

// listed puts the lines of standard input in place of "-".
func (c *batchConfig) listed(stdin io.Reader) ([]string, error) {
	i := slices.Index(c.sources, "-")
	if i < 0 {
		return c.sources, nil
	}
	var lines []string
	in := bufio.NewScanner(stdin)
	for in.Scan() {
		if line := strings.TrimSpace(in.Text()); line != "" {
			lines = append(lines, line)
		}
	}
	return slices.Replace(slices.Clone(c.sources), i, i+1, lines...), in.Err()
}

// walk calls add with each file of a source and the name that its output gets.
func walk(source string, add func(source, name string) error) error {
	info, err := os.Stat(source)
	if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(source, "*?[") {
		matches, err := filepath.Glob(source)
		if err != nil {
			return fmt.Errorf("%s: %w", source, err)
		}
		if len(matches) == 0 {
			return fmt.Errorf("%s: no file has such a name", source)
		}
		for _, match := range matches {
			if err := walk(match, add); err != nil {
				return err
			}
		}
		return nil
	}
	if err != nil || !info.IsDir() {
		return add(source, filepath.Base(source)) // what is missing is told in its turn, with the other broken inputs
	}
	return filepath.WalkDir(source, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("%s: %w", path, cause(err))
		}
		if path != source && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() || !read.Readable(d.Name()) {
			return nil
		}
		name, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		return add(path, name)
	})
}

// reason says why an input must be read, "" when its output is up to date. It fills in the input's hash.
func (c *batchConfig) reason(known map[string]entry, j *job, made string) (string, error) {
	var err error
	if j.hash, err = hashFile(j.source); err != nil {
		return "", err
	}
	e, done := known[j.source]
	switch {
	case !done:
		return "is new", nil
	case e.SHA256 != j.hash:
		return "has changed", nil
	case e.Made != made:
		return "was read by another version, with other seeds or other flags", nil
	case e.Output != j.output || !c.written(e):
		return "has no output as it was written", nil
	case j.kept:
		return "", nil
	case c.force:
		return "is read again by force", nil
	case c.retryFailed && e.Failed > 0:
		return "has articles that failed", nil
	}
	return "", nil
}

// written reports whether an output is there as it was written. What a store has is not asked.
func (c *batchConfig) written(e entry) bool {
	if e.Output == "" {
		return c.to != ""
	}
	info, err := os.Stat(filepath.Join(c.out, e.Output))
	return err == nil && info.Size() == e.Bytes
}

// gone lists the inputs that were read once and are no longer among the sources, when they are to be pruned.
func (c *batchConfig) gone(known map[string]entry, jobs []job) []string {
	if !c.prune {
		return nil
	}
	present := map[string]bool{}
	for _, j := range jobs {
		present[j.source] = true
	}
	var names []string
	for name := range known {
		if !present[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", cause(err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", cause(err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// hashOf returns a hash of values, as Go prints them.
func hashOf(values ...any) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v", values))
	return hex.EncodeToString(sum[:16])
}

// removeParts removes what runs that were killed have left half-written.
func removeParts(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(d.Name(), ".") && strings.HasSuffix(d.Name(), ".part") {
			err = os.Remove(path)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, cause(err))
		}
		return nil
	})
}
