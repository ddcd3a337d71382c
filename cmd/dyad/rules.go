package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/seeds"
)

func newRules() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "Check, list and test the rules that state relations",
		Long: `Check, list and test the rules that state relations.

Rules are text, seeds/rules/*.rules; docs/rules.md explains their language. Files
of your own, in the folder rules of --seeds, are read beside the built-in ones,
and a file of the same name takes the place of a built-in one.`,
		Example: `  dyad rules check --seeds my-seeds
  dyad rules list opposes
  dyad rules test --seeds my-seeds`,
	}
	cmd.AddCommand(newRulesCheck(), newRulesList(), newRulesTest())
	return cmd
}

// loadRules reads the rules without building the rest of the pipeline.
func (p *pipeline) loadRules() (*rule.Set, error) {
	fsys, err := seeds.FS(p.seeds)
	if err != nil {
		return nil, err
	}
	return rule.Load(fsys, "rules")
}

func newRulesCheck() *cobra.Command {
	var p pipeline
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Report every mistake in the rules",
		Long: `Report every mistake in the rules as file:line:column, with what to do about it.
Without one, it says how many rules, relations, trigger words and examples there are.`,
		Example: `  dyad rules check --seeds my-seeds`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if _, err := p.build(); err != nil {
				return err
			}
			set, err := p.loadRules()
			if err != nil {
				return err
			}
			triggers, examples := 0, 0
			for _, r := range set.Rules {
				triggers += len(r.Triggers)
				examples += len(r.Examples)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%d rules for %d relations, %d triggers, %d examples: no mistakes\n",
				len(set.Rules), len(set.Relations), triggers, examples)
			return err
		},
	}
	p.addSeeds(cmd)
	return cmd
}

func newRulesList() *cobra.Command {
	var p pipeline
	cmd := &cobra.Command{
		Use:   "list [RELATION…]",
		Short: "Show the relations, and the rules of those that are named",
		Long: `Show the relations: what stands between what, the PLOVER class, and how many rules
and triggers state them. Of relations that are named, show the rules themselves.`,
		Example: `  dyad rules list
  dyad rules list opposes supports`,
		RunE: func(cmd *cobra.Command, names []string) error {
			set, err := p.loadRules()
			if err != nil {
				return err
			}
			if err := areRelations(set, names); err != nil {
				return err
			}
			if len(names) > 0 {
				return showRules(cmd.OutOrStdout(), set, names)
			}
			return listRelations(cmd.OutOrStdout(), set)
		},
	}
	p.addSeeds(cmd)
	return cmd
}

func areRelations(set *rule.Set, names []string) error {
	for _, name := range names {
		if set.Relation(name) == nil {
			return fmt.Errorf("%s: no such relation: dyad rules list shows them", name)
		}
	}
	return nil
}

func listRelations(w io.Writer, set *rule.Set) error {
	for _, relation := range set.Relations {
		rules, triggers := 0, 0
		for _, r := range set.Rules {
			if r.Relation == relation.Name {
				rules++
				triggers += len(r.Triggers)
			}
		}
		arguments := fmt.Sprintf("(%v, %v)", relation.Subject, relation.Object)
		if _, err := fmt.Fprintf(w, "%-18s %-22s %-11s %3d rules %4d triggers\n", relation.Name, arguments, relation.Plover, rules, triggers); err != nil {
			return err
		}
	}
	return nil
}

func showRules(w io.Writer, set *rule.Set, names []string) error {
	var text []string
	for _, relation := range set.Relations {
		if !slices.Contains(names, relation.Name) {
			continue
		}
		text = append(text, strings.TrimSpace(relation.String()))
		for _, r := range set.Rules {
			if r.Relation == relation.Name {
				text = append(text, fmt.Sprintf("# %v\n%s", r.Pos, strings.TrimSpace(r.String())))
			}
		}
	}
	_, err := fmt.Fprintln(w, strings.Join(text, "\n\n"))
	return err
}
func newRulesTest() *cobra.Command {
	var p pipeline
	var verbose bool
	cmd := &cobra.Command{
		Use:   "test [RELATION…]",
		Short: "Run the examples that stand in the rules",
		Long: `Run the examples that stand in the rules, or in those of the named relations,
through the whole pipeline.

An example that begins with "+" must give what stands behind its "=>", one with
"-" must not; one with "?" is a known miss, which fails on the day it works, so
that somebody makes a "+" of it. The exit code is 1 when an example fails.`,
		Example: `  dyad rules test
  dyad rules test --seeds my-seeds --verbose admires`,
		RunE: func(cmd *cobra.Command, names []string) error {
			set, err := p.loadRules()
			if err != nil {
				return err
			}
			if err := areRelations(set, names); err != nil {
				return err
			}
			x, err := p.build()
			if err != nil {
				return err
			}
			results, err := x.CheckExamples()
			if err != nil {
				return err
			}
			results = slices.DeleteFunc(results, func(r extract.ExampleResult) bool {
				relation, _, _ := strings.Cut(r.Rule, "/")
				return len(names) > 0 && !slices.Contains(names, relation)
			})
			return tellResults(cmd.OutOrStdout(), results, verbose)
		},
	}
	cmd.Flags().BoolVar(&verbose, "verbose", false, "show the examples that are all right too")
	p.addSeeds(cmd)
	return cmd
}

func tellResults(w io.Writer, results []extract.ExampleResult, verbose bool) error {
	failed, known := 0, 0
	for _, r := range results {
		verdict := "ok"
		switch {
		case r.Failed != "":
			failed++
			verdict = r.Failed
		case r.Mark == '?':
			known++
			verdict = "known miss"
		}
		if verbose || r.Failed != "" {
			fmt.Fprintf(w, "%v: %s: %c %s: %s\n", r.Pos, r.Rule, r.Mark, r.Text, verdict)
		}
	}
	fmt.Fprintf(w, "%d examples, %d failed, %d known misses\n", len(results), failed, known)
	if failed > 0 {
		return &failedError{}
	}
	return nil
}
