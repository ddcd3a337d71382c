package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/read"
	"github.com/dyad-kg/dyad/seeds"
)

func newExplain() *cobra.Command {
	var c explainConfig
	var date string
	cmd := &cobra.Command{
		Use:   "explain [FILE|-]",
		Short: "Show how dyad reads an article, sentence by sentence",
		Long: `Show how dyad reads an article, sentence by sentence:

  the tree      each word under the word it depends on, with part of speech,
                relation and lemma
  mentions      who and what is spoken of, and whom dyad takes it to be
  clauses       what is said: a predicate with its arguments by role; below it
                each rule that looked at it, "+" one that fired and "-" one that
                did not, and why
  relations     what came of it, with the rule that says so

It is the place to start when a relation is missing or wrong: the first part that
is not as you would have it names the stage that went astray.`,
		Example: `  dyad explain article.txt
  dyad explain --sentence 3 --date 2019-06-04 article.txt
  echo "Russia opposes the plan." | dyad explain`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.check(); err != nil {
				return err
			}
			if c.sentence < 0 {
				return fmt.Errorf("--sentence %d: sentences count from 1", c.sentence)
			}
			if date != "" {
				var err error
				if c.date, err = seeds.ParseDate(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			c.file = "-"
			if len(args) > 0 {
				c.file = args[0]
			}
			return c.explain(cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.IntVar(&c.sentence, "sentence", 0, "show only the sentence of this `number`")
	flags.StringVar(&date, "date", "", "the `day` on which the article was published: 2019-06-04, 2019-06 or 2019")
	c.addFlags(cmd)
	return cmd
}

// An explainConfig says what to explain.
type explainConfig struct {
	pipeline
	file     string
	date     seeds.Date
	sentence int // counts from 1; 0 is all
}

func (c *explainConfig) explain(stdin io.Reader, stdout io.Writer) error {
	x, err := c.build()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	options := read.Options{Stdin: stdin, Known: extract.Article{Published: c.date}}
	d := new(extract.Document)
	for item := range read.Articles([]string{c.file}, options) {
		if item.Err == nil {
			item.Err = x.Extract(item.Article, d)
		}
		if item.Err != nil {
			return &failedError{fmt.Errorf("%s: %w", item.Place, item.Err)}
		}
		if c.sentence > len(d.Sentences) {
			return fmt.Errorf("--sentence %d: %s has %d", c.sentence, item.Place, len(d.Sentences))
		}
		e := explanation{d, x.Explain(d), out}
		for i := range d.Sentences {
			if c.sentence == 0 || c.sentence == i+1 {
				e.sentence(int32(i))
			}
		}
	}
	return out.Flush()
}

// An explanation writes what was found in a document.
type explanation struct {
	*extract.Document
	looks []extract.Look
	out   *bufio.Writer
}

func (e *explanation) sentence(i int32) {
	s := e.Sentences[i]
	fmt.Fprintf(e.out, "sentence %d: %s\n", i+1, strings.Join(strings.Fields(e.In(s.Span)), " "))
	e.title("tree")
	children := make([][]int32, s.Tokens.Len())
	for t := s.Tokens.First; t < s.Tokens.End; t++ {
		if head := e.Tokens[t].Head; head >= 0 {
			children[head-s.Tokens.First] = append(children[head-s.Tokens.First], t)
		}
	}
	for t := s.Tokens.First; t < s.Tokens.End; t++ {
		if e.Tokens[t].Head < 0 {
			e.tree(t, s.Tokens.First, children, "  ", "  ")
		}
	}
	e.title("mentions")
	for m := range e.Mentions {
		if s.Contains(e.Mentions[m].Span) {
			e.mention(&e.Mentions[m])
		}
	}
	e.title("clauses")
	for k := range e.Clauses {
		if e.Clauses[k].Sentence == i {
			e.clause(int32(k))
		}
	}
	e.title("relations")
	for r := range e.Relations {
		if e.Relations[r].Sentence == i {
			fmt.Fprintf(e.out, "  %s\n", e.RelationString(int32(r)))
		}
	}
	e.out.WriteByte('\n')
}

func (e *explanation) title(name string) { fmt.Fprintf(e.out, "%s\n", name) }

// tree draws token t and what depends on it. first indents its line, rest the lines below.
func (e *explanation) tree(t, start int32, children [][]int32, first, rest string) {
	token := e.Tokens[t]
	fmt.Fprintf(e.out, "%s%s  %v %v", first, e.Word(t), token.Dep, token.Tag)
	if lemma := e.Lemma(t); lemma != "" && lemma != e.Word(t) {
		fmt.Fprintf(e.out, " (%s)", lemma)
	}
	e.out.WriteByte('\n')
	below := children[t-start]
	for i, child := range below {
		if i == len(below)-1 {
			e.tree(child, start, children, rest+"└─ ", rest+"   ")
		} else {
			e.tree(child, start, children, rest+"├─ ", rest+"│  ")
		}
	}
}

func (e *explanation) mention(m *extract.Mention) {
	fmt.Fprintf(e.out, "  %s (%v %v)", strings.Join(strings.Fields(e.In(m.Span)), " "), m.Type, m.Kind)
	if m.Entity < 0 {
		fmt.Fprintln(e.out, " is nobody that dyad could tell")
		return
	}
	entity := e.Entities[m.Entity]
	fmt.Fprintf(e.out, " is %s", entity.Name)
	if entity.ID != "" {
		fmt.Fprintf(e.out, " %s", entity.ID)
	}
	e.out.WriteByte('\n')
}

// clause shows a clause and the rules that looked at it.
func (e *explanation) clause(k int32) {
	fmt.Fprintf(e.out, "  %s\n", e.ClauseString(k))
	looked := false
	for _, look := range e.looks {
		switch {
		case look.Clause != k:
			continue
		case look.Fired:
			fmt.Fprintf(e.out, "    + %s\n", look.Rule)
		default:
			fmt.Fprintf(e.out, "    - %s: %s\n", look.Rule, look.Why)
		}
		looked = true
	}
	if !looked {
		fmt.Fprintf(e.out, "    no rule has the %v %q as its trigger\n", e.Clauses[k].Kind, e.Symbols.Text(e.Clauses[k].Lemma))
	}
}
