package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/seeds"
)

// A pipeline says who reads articles: what every subcommand that reads some has in common.
type pipeline struct {
	engine string
	seeds  string // folder, or "" for the built-in ones
}

var engines = []string{"dyad", "prose"}

func (p *pipeline) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.engine, "engine", "dyad", "who finds words and names: dyad, prose")
	complete(cmd, "engine", engines)
	p.addSeeds(cmd)
}

func (p *pipeline) addSeeds(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.seeds, "seeds", "", "`folder` of models, rules and knowledge that go over the built-in ones")
}

func (p *pipeline) check() error { return oneOf("engine", p.engine, engines) }

func (p *pipeline) build() (*extract.Extractor, error) {
	fsys, err := seeds.FS(p.seeds)
	if err != nil {
		return nil, err
	}
	return extract.New(extract.Options{Seeds: fsys, Engine: p.engine})
}

// complete lets the shell complete the values of a flag.
func complete(cmd *cobra.Command, flag string, values []string) {
	// It fails only for a flag that does not exist.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// oneOf checks a flag that has a fixed choice.
func oneOf(flag, value string, choice []string) error {
	if slices.Contains(choice, value) {
		return nil
	}
	return fmt.Errorf("--%s %s: want %s", flag, value, strings.Join(choice, ", "))
}
