package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"runtime"
	"slices"

	"github.com/spf13/cobra"
)

func newEval() *cobra.Command {
	c := evalConfig{extractConfig: extractConfig{writing: writing{format: "json", minConfidence: usualConfidence}, inputFormat: "jsonl", workers: runtime.GOMAXPROCS(0)}}
	cmd := &cobra.Command{
		Use:   "eval GOLD...",
		Short: "Compare what dyad finds with what people found",
		Long: `Compare what dyad finds in articles with what people found in them.

GOLD has an article a line as a JSON object: "id", "text", "entities" (name
mentions with start, end, type and canonical name), "coreference" (nominals and
pronouns with start, end and canonical name, "A & B" for a group), "relations"
(subject, relation, object; an argument is a canonical name or a [phrase]) and,
where known, "genre".
Offsets count Unicode code points.

Each line of the report gives precision, recall and F of one measure:
  mention      exact span and type, names only
  linking      a name's span and its entity
  coreference  a nominal's or pronoun's span and its entity, of a group all members
  marked       as coreference, but what is found on spans that the gold leaves
               unmarked counts neither as right nor as wrong
  relation     each relation by itself, as label
  genre        each kind of text by itself, as label
  strict       relation, both arguments, polarity and modality
  label        relation and both arguments
  event        as label, without states such as offices and memberships
  class        PLOVER class and both arguments
  pair         both arguments, whatever the relation

With --calibrate the confidence of relations is fitted to the gold instead, and
the report says, for each step of confidence, how many relations were right when
each fifth of the articles was judged by a fit to the other four. The file goes
to the folder models of --seeds as confidence.tsv.`,
		Example: `  dyad eval gold.jsonl
  dyad eval --errors 20 gold.jsonl

  # what another version of the program, or another program, found
  dyad extract --input-format jsonl --format json -o found.jsonl gold.jsonl
  dyad eval --prediction found.jsonl gold.jsonl

  # let confidence say what your own gold says
  dyad eval --calibrate my-seeds/models/confidence.tsv gold.jsonl`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c.files = args
			if err := c.pipeline.check(); err != nil {
				return err
			}
			if c.calibrate != "" {
				return c.fit(cmd.OutOrStdout())
			}
			return c.eval(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&c.prediction, "prediction", "", "compare this `file`, written by dyad extract --format json, instead of reading the articles")
	flags.StringVar(&c.calibrate, "calibrate", "", "fit the confidence of relations to the gold and write it to this `file`")
	flags.IntVar(&c.errors, "errors", 0, "show so many relations that were missed or wrong")
	c.pipeline.addFlags(cmd)
	return cmd
}

// An evalConfig says what to compare with what.
type evalConfig struct {
	extractConfig
	prediction string
	calibrate  string
	errors     int
}

func (c *evalConfig) eval(ctx context.Context, stdout, errs io.Writer) error {
	gold, err := c.gold()
	if err != nil {
		return err
	}
	var found []foundArticle
	if c.prediction != "" {
		found, err = readLinesOf[foundArticle](c.prediction)
	} else {
		found, err = c.find(ctx, errs)
	}
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	if err := score(out, gold, found, c.errors); err != nil {
		return err
	}
	return out.Flush()
}

// gold reads the articles of all files.
func (c *evalConfig) gold() ([]goldArticle, error) {
	var all []goldArticle
	for _, name := range c.files {
		list, err := readLinesOf[goldArticle](name)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	for i := range all {
		all[i].settle()
	}
	return all, nil
}

// find reads the gold's articles.
func (c *evalConfig) find(ctx context.Context, errs io.Writer) ([]foundArticle, error) {
	x, err := c.build()
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	out, err := c.newSink("", &buf)
	if err != nil {
		return nil, err
	}
	// An article that failed was reported; it counts as one in which nothing was found.
	if _, err := c.run(ctx, x, c.items(nil), out, errs); err != nil {
		return nil, err
	}
	return decodeLines[foundArticle]("result", &buf)
}

func readLinesOf[T any](name string) ([]T, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	defer f.Close()
	return decodeLines[T](name, f)
}

// decodeLines reads a JSON object a line.
func decodeLines[T any](name string, r io.Reader) ([]T, error) {
	var list []T
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<30)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		list = append(list, v)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return list, nil
}

// score writes the report.
func score(w io.Writer, gold []goldArticle, found []foundArticle, showErrors int) error {
	byID := map[string]*foundArticle{}
	for i := range found {
		if err := found[i].check(); err != nil {
			return err
		}
		byID[found[i].ID] = &found[i]
	}
	var missing []string
	mentions, relations, genres := map[string]count{}, map[string]count{}, map[string]count{}
	var linking, coreference, marked count
	var total [levels]count
	sum := func(m map[string]count, key string, c count) {
		s := m[key]
		s.add(c)
		m[key] = s
	}
	for i := range gold {
		g := &gold[i]
		f := byID[g.ID]
		if f == nil {
			missing = append(missing, g.ID)
			f = &foundArticle{}
		} else if f.Text != nil && *f.Text != g.Text {
			return fmt.Errorf("%s: the text is not the gold's: extract from this gold file", g.ID)
		}
		for t, c := range countByType(g, f) {
			sum(mentions, t, c)
		}
		names, _ := countReferents(g, g.Entities, f, foundMention.isName)
		linking.add(names)
		others, onMarked := countReferents(g, g.Coref, f, func(m foundMention) bool { return !m.isName() })
		coreference.add(others)
		marked.add(onMarked)
		gs, fs := goldStatements(g), foundStatements(f)
		for l := range levels {
			c, missed, wrong := compare(l, gs, fs)
			total[l].add(c)
			if l != label {
				continue
			}
			sum(genres, cmp.Or(g.Genre, "unknown"), c)
			for name, c := range countByRelation(gs, fs) {
				sum(relations, name, c)
			}
			showErrors = showSome(w, g, "missed", missed, showErrors)
			showErrors = showSome(w, g, "wrong", wrong, showErrors)
		}
	}
	if len(missing) > 0 {
		fmt.Fprintf(w, "no prediction for %d articles, e.g. %v\n", len(missing), missing[:min(3, len(missing))])
	}
	line := func(c count, format string, args ...any) {
		fmt.Fprintf(w, format+" P %.3f R %.3f F %.3f  gold %d found %d\n", append(args, c.precision(), c.recall(), c.f1(), c.gold, c.found)...)
	}
	for _, t := range sortedKeys(mentions) {
		line(mentions[t], "mention %-8s", t)
	}
	line(linking, "linking         ")
	line(coreference, "coreference     ")
	line(marked, "marked          ")
	names := sortedKeys(relations)
	slices.SortStableFunc(names, func(a, b string) int { return relations[b].gold - relations[a].gold })
	for _, name := range names {
		line(relations[name], "relation %-17s", name)
	}
	for _, g := range sortedKeys(genres) {
		line(genres[g], "genre %-20s", g)
	}
	for l := range levels {
		line(total[l], "%-7s", l)
	}
	return nil
}

// sortedKeys are a map's keys in order; "all" comes last.
func sortedKeys(m map[string]count) []string {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, func(a, b string) int {
		if (a == "all") != (b == "all") {
			return cmp.Compare(fmt.Sprint(a == "all"), fmt.Sprint(b == "all"))
		}
		return cmp.Compare(a, b)
	})
	return keys
}

// countByRelation compares each relation by itself, as label.
func countByRelation(gold, found []statement) map[string]count {
	only := func(list []statement, name string) []statement {
		return slices.DeleteFunc(slices.Clone(list), func(s statement) bool { return s.relation != name })
	}
	counts := map[string]count{}
	for _, s := range slices.Concat(gold, found) {
		if _, done := counts[s.relation]; !done {
			counts[s.relation], _, _ = compare(label, only(gold, s.relation), only(found, s.relation))
		}
	}
	return counts
}

// showSome writes statements with the sentence they are from, as long as n lasts, and returns what is left of it.
func showSome(w io.Writer, g *goldArticle, kind string, list []statement, n int) int {
	for _, s := range list {
		if n <= 0 {
			break
		}
		n--
		fmt.Fprintf(w, "%s %s: %s -%s-> %s\n", g.ID, kind, s.subject.key(), s.relation, s.object.key())
		if s.sentence >= 0 && s.sentence < len(g.Sentences) {
			span := g.Sentences[s.sentence]
			fmt.Fprintf(w, "\t%s\n", between([]rune(g.Text), span[0], span[1]))
		}
	}
	return n
}

// check reports indexes that lead nowhere.
func (f *foundArticle) check() error {
	bad := func(i *int) bool { return i != nil && (*i < 0 || *i >= len(f.Entities)) }
	wrong := slices.ContainsFunc(f.Mentions, func(m foundMention) bool { return bad(m.Entity) }) ||
		slices.ContainsFunc(f.Relations, func(r foundRelation) bool { return bad(r.Subject.Entity) || bad(r.Object.Entity) }) ||
		slices.ContainsFunc(f.Entities, func(e foundEntity) bool {
			return slices.ContainsFunc(e.Members, func(m int) bool { return bad(&m) })
		})
	if wrong {
		return fmt.Errorf("%s: %w", f.ID, errors.New("an entity is referred to that is not in the list"))
	}
	return nil
}
