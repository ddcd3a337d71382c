package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/graph"
)

func newGolden() *cobra.Command {
	var c goldenConfig
	cmd := &cobra.Command{
		Use:   "golden DIR",
		Short: "Check articles against the facts that you expect of them",
		Long: `Check articles against the facts that you expect of them, so that you see what a new
version of dyad, or a change to your own seeds, does to them.

DIR has articles, in files that dyad extract reads, with the day in the name of a text
(2019-06-04-talks.txt) where it matters, and beside NAME.txt its facts in NAME.facts,
one in a line as dyad diff writes them. A file of many articles, NAME.jsonl, has the
facts of all of them in NAME.facts. A README is no article:
  # a comment
  Russia -opposes-> [the plan] {present}
  ? Japan -met-> China
  ! Russia -supports-> [the plan]

A plain line must be found exactly so. One that begins with "?" may be there or not,
one that begins with "!" must not be there; without qualifiers these two stand for the
fact however it is qualified. A fact of no line is unexpected.

What differs is printed below its article. --update writes into NAME.facts what is
found: lines that hold stay where they are, new ones follow at the end, comments, "?"
and "!" stay. Look at the facts before you keep them.

Exit codes: 0 all as expected, 1 something differs or an article failed, 2 wrong use.`,
		Example: `  dyad golden --update my-articles
  dyad golden --seeds my-seeds my-articles`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.dir = args[0]
			if err := c.check(); err != nil {
				return err
			}
			return c.golden(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&c.update, "update", false, "write what is found into the files of facts")
	flags.Float64Var(&c.how.minConfidence, "min-confidence", usualConfidence, "leave out relations that are less certain than this `number` from 0 to 1")
	c.addFlags(cmd)
	flags.IntVar(&c.workers, "workers", runtime.GOMAXPROCS(0), "articles that are read at the same time; the output does not depend on it")
	return cmd
}

// A goldenConfig says what to check.
type goldenConfig struct {
	pipeline
	how     writing
	dir     string
	update  bool
	workers int
}

func (c *goldenConfig) check() error {
	if c.how.minConfidence < 0 || c.how.minConfidence > 1 {
		return fmt.Errorf("--min-confidence %g: want a number from 0 to 1", c.how.minConfidence)
	}
	if c.workers < 1 {
		return fmt.Errorf("--workers %d: want 1 or more", c.workers)
	}
	return c.pipeline.check()
}

const factsEnding = ".facts" // of files of expected facts

// A goldenCase is a file of articles with the facts that are expected of it.
type goldenCase struct{ articles, facts string }

// A goldenStep is an article of a case. The last step of a case has no article.
type goldenStep struct {
	goldenCase
	item read.Item
	last bool
}

// find lists the cases, and the files of facts that have no articles.
func (c *goldenConfig) find() (cases []goldenCase, lonely []string, err error) {
	entries, err := os.ReadDir(c.dir) // sorted by name
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", c.dir, cause(err))
	}
	articles := map[string]string{} // by the file of their facts
	for _, e := range entries {
		name := filepath.Join(c.dir, e.Name())
		if e.IsDir() || !read.Readable(e.Name()) || baseName(e.Name()) == "README" {
			continue
		}
		facts := baseName(name) + factsEnding
		if other := articles[facts]; other != "" {
			return nil, nil, fmt.Errorf("%s and %s would both have their facts in %s: rename one", other, name, facts)
		}
		articles[facts] = name
		cases = append(cases, goldenCase{name, facts})
	}
	if len(cases) == 0 {
		return nil, nil, fmt.Errorf("%s: has no articles that dyad extract would read", c.dir)
	}
	for _, e := range entries {
		if name := filepath.Join(c.dir, e.Name()); filepath.Ext(name) == factsEnding && articles[name] == "" {
			lonely = append(lonely, name)
		}
	}
	return cases, lonely, nil
}

// baseName is the name of a file without its ending, and without that of what packed it.
func baseName(name string) string {
	for _, packed := range []string{".gz", ".zst"} {
		name = strings.TrimSuffix(name, packed)
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// steps are the articles of all cases.
func steps(cases []goldenCase) iter.Seq[goldenStep] {
	return func(yield func(goldenStep) bool) {
		for _, g := range cases {
			for item := range read.Articles([]string{g.articles}, read.Options{}) {
				if !yield(goldenStep{goldenCase: g, item: item}) {
					return
				}
			}
			if !yield(goldenStep{goldenCase: g, last: true}) {
				return
			}
		}
	}
}

func (c *goldenConfig) golden(ctx context.Context, stdout, errs io.Writer) error {
	cases, lonely, err := c.find()
	if err != nil {
		return err
	}
	x, err := c.build()
	if err != nil {
		return err
	}
	type done struct {
		goldenStep
		facts []fact
		err   error
	}
	work := func(s goldenStep) done {
		if s.last {
			return done{goldenStep: s}
		}
		facts, err := c.read(x, s.item)
		return done{s, facts, err}
	}
	next, stop := iter.Pull(steps(cases))
	defer stop()
	out := bufio.NewWriter(stdout)
	bad := 0
	var found []fact // in the case at hand
	failed := false  // whether an article of it was not read
	err = inOrder(ctx, slices.Repeat([]func(goldenStep) done{work}, c.workers), next, func(d done) error {
		if d.err != nil {
			report(errs, &articleError{d.item.Place, d.err})
			failed = true
		}
		found = append(found, d.facts...)
		if !d.last {
			return nil
		}
		same := false
		if !failed {
			slices.SortFunc(found, fact.compare)
			var err error
			if same, err = c.compare(out, d.goldenCase, slices.Compact(found)); err != nil {
				report(errs, &articleError{d.articles, err})
			}
		}
		if !same {
			bad++
		}
		found, failed = found[:0], false
		return nil
	})
	for _, name := range lonely {
		report(errs, fmt.Errorf("%s: has no articles beside it", name))
	}
	if err := errors.Join(err, out.Flush()); err != nil {
		return &failedError{err}
	}
	if bad+len(lonely) > 0 {
		return &failedError{}
	}
	return nil
}

// read returns the facts of an article.
func (c *goldenConfig) read(x *extract.Extractor, item read.Item) ([]fact, error) {
	if item.Err != nil {
		return nil, item.Err
	}
	d := new(extract.Document)
	if err := guard(func() error { return x.Extract(item.Article, d) }); err != nil {
		return nil, err
	}
	c.how.choose(d)
	b, err := graph.NewBuilder(graph.Options{Knowledge: x.Knowledge()})
	if err != nil {
		return nil, err
	}
	return factsOf(b.Build(d), false), nil
}

// compare writes how what was found differs from what is expected, and reports whether it does not.
func (c *goldenConfig) compare(w io.Writer, g goldenCase, found []fact) (bool, error) {
	want, err := readExpectation(g.facts)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.update:
		want = new(expectation)
	case errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("there is no %s: --update writes it", g.facts)
	case err != nil:
		return false, err
	}
	if c.update {
		if err := want.update(found, g.facts); err != nil {
			return false, err
		}
	}
	differences := want.differences(found)
	if len(differences) > 0 {
		fmt.Fprintln(w, g.articles)
	}
	for _, line := range differences {
		fmt.Fprintln(w, line)
	}
	return len(differences) == 0, nil
}

// An expectation is a file of facts.
type expectation struct{ lines []expectedLine }

// An expectedLine has a mark: 0 for a fact that must be found, '?', '!', or '#' for comments and empty lines.
type expectedLine struct {
	text string
	mark byte
	fact fact
}

func readExpectation(path string) (*expectation, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, cause(err))
	}
	e := new(expectation)
	number := 0
	for text := range strings.Lines(string(content)) {
		number++
		line := expectedLine{text: strings.TrimRight(text, " \t\r\n")}
		rest := strings.TrimSpace(text)
		if rest == "" || rest[0] == '#' {
			line.mark = '#'
		} else {
			if rest[0] == '?' || rest[0] == '!' {
				line.mark, rest = rest[0], strings.TrimSpace(rest[1:])
			}
			if line.fact, err = parseFact(rest); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, number, err)
			}
		}
		e.lines = append(e.lines, line)
	}
	return e, nil
}

// has reports whether a line of that mark speaks of a fact.
func (e *expectation) has(mark byte, f fact) bool {
	return slices.ContainsFunc(e.lines, func(l expectedLine) bool {
		return l.mark == mark && (l.fact.is(f) || mark != 0 && l.fact.how == "" && l.fact.core == f.core)
	})
}

// differences says what is missing, what must not be there and what nobody expects, in this order.
func (e *expectation) differences(found []fact) (list []string) {
	for _, l := range e.lines {
		if l.mark == 0 && !slices.ContainsFunc(found, l.fact.is) {
			list = append(list, fmt.Sprintf("missing     %v", l.fact))
		}
	}
	for _, f := range found {
		if e.has('!', f) {
			list = append(list, fmt.Sprintf("forbidden   %v", f))
		}
	}
	for _, f := range found {
		if !e.has('!', f) && !e.has('?', f) && !e.has(0, f) {
			list = append(list, fmt.Sprintf("unexpected  %v", f))
		}
	}
	return list
}

// update makes the file expect what is found, but for what its marked lines say.
func (e *expectation) update(found []fact, path string) error {
	e.lines = slices.DeleteFunc(e.lines, func(l expectedLine) bool { return l.mark == 0 && !slices.ContainsFunc(found, l.fact.is) })
	for _, f := range found {
		if !e.has('!', f) && !e.has('?', f) && !e.has(0, f) {
			e.lines = append(e.lines, expectedLine{text: f.String(), fact: f})
		}
	}
	out, err := newOutput(path, nil)
	if err != nil {
		return err
	}
	for _, l := range e.lines {
		fmt.Fprintln(out, l.text)
	}
	if err := out.finish(); err != nil {
		out.abandon()
		return err
	}
	return out.commit()
}
