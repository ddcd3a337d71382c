package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

DIR has articles as *.txt, with the day in the name (2019-06-04-talks.txt) where it
matters, and beside NAME.txt its facts in NAME.facts, one in a line as dyad diff
writes them:
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
			return c.golden(cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&c.update, "update", false, "write what is found into the files of facts")
	flags.Float64Var(&c.how.minConfidence, "min-confidence", usualConfidence, "leave out relations that are less certain than this `number` from 0 to 1")
	c.addFlags(cmd)
	return cmd
}

// A goldenConfig says what to check.
type goldenConfig struct {
	pipeline
	how    writing
	dir    string
	update bool
}

func (c *goldenConfig) check() error {
	if c.how.minConfidence < 0 || c.how.minConfidence > 1 {
		return fmt.Errorf("--min-confidence %g: want a number from 0 to 1", c.how.minConfidence)
	}
	return c.pipeline.check()
}

const factsEnding = ".facts" // of files of expected facts

func (c *goldenConfig) golden(stdout, errs io.Writer) error {
	entries, err := os.ReadDir(c.dir) // sorted by name
	if err != nil {
		return fmt.Errorf("%s: %w", c.dir, cause(err))
	}
	var articles, lonely []string
	for _, e := range entries {
		switch name := filepath.Join(c.dir, e.Name()); filepath.Ext(name) {
		case ".txt":
			articles = append(articles, name)
		case factsEnding:
			lonely = append(lonely, name)
		}
	}
	if len(articles) == 0 {
		return fmt.Errorf("%s: has no articles (*.txt)", c.dir)
	}
	x, err := c.build()
	if err != nil {
		return err
	}
	builder, err := graph.NewBuilder(graph.Options{Knowledge: x.Knowledge()})
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	bad := 0
	for item := range read.Articles(articles, read.Options{}) {
		path := strings.TrimSuffix(item.Place, ".txt") + factsEnding
		lonely = slices.DeleteFunc(lonely, func(name string) bool { return name == path })
		same, err := c.compare(out, x, builder, item, path)
		if err != nil {
			report(errs, &articleError{item.Place, err})
		}
		if err != nil || !same {
			bad++
		}
	}
	for _, name := range lonely {
		report(errs, fmt.Errorf("%s: has no article %s", name, strings.TrimSuffix(filepath.Base(name), factsEnding)+".txt"))
	}
	if err := out.Flush(); err != nil {
		return &failedError{err}
	}
	if bad+len(lonely) > 0 {
		return &failedError{}
	}
	return nil
}

// compare checks one article and reports whether all is as expected.
func (c *goldenConfig) compare(w io.Writer, x *extract.Extractor, b *graph.Builder, item read.Item, path string) (bool, error) {
	if item.Err != nil {
		return false, item.Err
	}
	d := new(extract.Document)
	if err := guard(func() error { return x.Extract(item.Article, d) }); err != nil {
		return false, err
	}
	c.how.choose(d)
	found := factsOf(b.Build(d), false)
	want, err := readExpectation(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.update:
		want = new(expectation)
	case errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("there is no %s: --update writes it", path)
	case err != nil:
		return false, err
	}
	if c.update {
		if err := want.update(found, path); err != nil {
			return false, err
		}
	}
	differences := want.differences(found)
	if len(differences) > 0 {
		fmt.Fprintln(w, item.Place)
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
