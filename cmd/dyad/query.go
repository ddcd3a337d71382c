package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/graph"
	"github.com/dyad-kg/dyad/graph/sqlite"
	"github.com/dyad-kg/dyad/seeds"
)

func newQuery() *cobra.Command {
	var c queryConfig
	cmd := &cobra.Command{
		Use:   "query --store FILE [flags]",
		Short: "Ask a store who did what to whom",
		Long: `Ask a store that dyad load has filled who did what to whom. Each answer has the
words it was read from and the article.

A name is taken in any case; if nobody goes by it, those are meant whose names have
its words: Lavrov. An object is also found inside a phrase: Japan in "missiles in
Japan". Symmetric relations are asked in both directions. --since and --until are
about when something is said to have happened, or else about the article.`,
		Example: `  dyad query --store news.db --subject Japan --relation opposes --since 2019-01
  dyad query --store news.db --either Putin --class CONSULT --polarity positive --format csv
  dyad query --store news.db --speaker Lavrov --object "United States" --format json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.check(); err != nil {
				return err
			}
			return c.query(cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.store, "store", "", "the `file` that dyad load sqlite:FILE has made")
	flags.StringVar(&c.question.Subject, "subject", "", "`who` does it")
	flags.StringVar(&c.question.Relation, "relation", "", "the relation's `name`: visited, opposes; dyad ontology lists them")
	flags.StringVar(&c.question.Object, "object", "", "to `whom` or what it is done")
	flags.StringVar(&c.question.Either, "either", "", "`who` or what stands on either side")
	flags.StringVar(&c.question.Speaker, "speaker", "", "`whose` words it is")
	flags.StringVar(&c.question.Class, "class", "", "PLOVER `class` of the relation: CONSULT, ACCUSE")
	flags.StringVar(&c.question.Polarity, "polarity", "", "positive or negative")
	flags.StringVar(&c.question.Modality, "modality", "", "actual, planned, possible or requested")
	flags.StringVar(&c.since, "since", "", "first `day`: 2019-06-04, 2019-06 or 2019")
	flags.StringVar(&c.until, "until", "", "last `day`")
	flags.Float64Var(&c.question.MinConfidence, "min-confidence", 0, "leave out statements that are less certain than this `number` from 0 to 1")
	flags.IntVar(&c.question.Limit, "limit", 0, "answers at most; 0 is all")
	flags.StringVar(&c.format, "format", "table", "what to write: table, json (an object a line), csv")
	complete(cmd, "format", answerFormats)
	complete(cmd, "class", graph.Classes())
	complete(cmd, "polarity", polarities)
	complete(cmd, "modality", modalities)
	return cmd
}

// A queryConfig says what to ask.
type queryConfig struct {
	store        string
	question     sqlite.Question
	since, until string
	format       string
}

var (
	answerFormats = []string{"table", "json", "csv"}
	polarities    = []string{"positive", "negative"}
	modalities    = []string{"actual", "planned", "possible", "requested"}
)

func (c *queryConfig) check() error {
	q := &c.question
	if err := errors.Join(
		oneOf("format", c.format, answerFormats),
		oneOf("polarity", cmp.Or(q.Polarity, "positive"), polarities),
		oneOf("modality", cmp.Or(q.Modality, "actual"), modalities),
	); err != nil {
		return err
	}
	for _, date := range []struct {
		flag, value string
		to          *seeds.Date
	}{{"since", c.since, &q.Since}, {"until", c.until, &q.Until}} {
		if date.value == "" {
			continue
		}
		var err error
		if *date.to, err = seeds.ParseDate(date.value); err != nil {
			return fmt.Errorf("--%s: %w", date.flag, err)
		}
	}
	switch {
	case c.store == "":
		return errors.New("--store: name the file that dyad load sqlite:FILE has made")
	case q.MinConfidence < 0 || q.MinConfidence > 1:
		return fmt.Errorf("--min-confidence %g: want a number from 0 to 1", q.MinConfidence)
	case q.Limit < 0:
		return fmt.Errorf("--limit %d: want 0 or more", q.Limit)
	}
	return nil
}

func (c *queryConfig) query(w io.Writer) error {
	r, err := sqlite.OpenReader(strings.TrimPrefix(c.store, "sqlite:"))
	if err != nil {
		return err
	}
	defer r.Close()
	answers, err := r.Find(c.question)
	if err != nil {
		return err
	}
	out, err := newOutput("", w)
	if err != nil {
		return err
	}
	write := map[string]func(io.Writer, []sqlite.Answer) error{"table": writeTable, "json": writeJSON, "csv": writeCSV}[c.format]
	if err := out.explain(write(out, answers)); err != nil {
		return &failedError{err}
	}
	if err := out.finish(); err != nil {
		return &failedError{err}
	}
	return nil
}

func writeJSON(w io.Writer, answers []sqlite.Answer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i := range answers {
		if err := e.Encode(&answers[i]); err != nil {
			return err
		}
	}
	return nil
}

func writeCSV(w io.Writer, answers []sqlite.Answer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"subject", "relation", "object", "polarity", "modality", "tense", "start", "end", "time", "place", "topic",
		"speaker", "office", "plover", "cameo", "confidence", "quote", "article", "title", "published"}}
	for _, a := range answers {
		rows = append(rows, []string{a.Subject, a.Relation, a.Object, a.Polarity, a.Modality, a.Tense, a.Start, a.End, a.Time, a.Place, a.Topic,
			a.Speaker, a.Office, a.Plover, a.Cameo, sure(a.Confidence), a.Quote, a.Article, a.Title, a.Published})
	}
	return out.WriteAll(rows)
}

func sure(confidence float64) string { return strconv.FormatFloat(confidence, 'f', 2, 64) }

// writeTable writes columns for people, the longest ones last.
func writeTable(w io.Writer, answers []sqlite.Answer) error {
	if len(answers) == 0 {
		return nil
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "WHEN\tSUBJECT\tRELATION\tOBJECT\tHOW\tSURE\tSPEAKER\tARTICLE\tQUOTE")
	for _, a := range answers {
		var how []string
		for _, q := range []string{a.Polarity, a.Modality} {
			if q != "positive" && q != "actual" {
				how = append(how, q)
			}
		}
		if a.Office != "" {
			how = append(how, "as "+a.Office)
		}
		cells := []string{cmp.Or(a.Start, a.Published), a.Subject, a.Relation, a.Object, strings.Join(how, ", "), sure(a.Confidence), a.Speaker, a.Article, a.Quote}
		for i := range cells {
			cells[i] = cmp.Or(strings.Join(strings.Fields(cells[i]), " "), "-")
		}
		fmt.Fprintln(out, strings.Join(cells, "\t"))
	}
	return out.Flush()
}
