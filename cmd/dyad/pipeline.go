package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract"
	"github.com/dyad-kg/dyad/graph"
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
	// Models and knowledge stay, so the collector finds nothing to free while they are loaded: it is a third of the time
	// that one article takes from a cold start.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	fsys, err := seeds.FS(p.seeds)
	if err != nil {
		return nil, err
	}
	return extract.New(extract.Options{Seeds: fsys, Engine: p.engine})
}

// provenance says what the results are made by: the program, and the seeds by their hashes.
func (p *pipeline) provenance() (graph.Provenance, error) {
	by := graph.Provenance{Version: version, Engine: p.engine}
	fsys, err := seeds.FS(p.seeds)
	if err != nil {
		return by, err
	}
	for dir, sum := range map[string]*string{"knowledge": &by.Knowledge, "rules": &by.Rules, "models": &by.Models} {
		if *sum, err = hashFiles(fsys, dir); err != nil {
			return by, err
		}
	}
	return by, nil
}

// hashFiles returns a hash of the names and contents of all files in a folder.
func hashFiles(fsys fs.FS, dir string) (string, error) {
	entries, err := fs.ReadDir(fsys, dir) // sorted by name
	if err != nil {
		return "", err
	}
	all := sha256.New()
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		content, err := fs.ReadFile(fsys, path.Join(dir, e.Name()))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(all, "%s %x\n", e.Name(), sha256.Sum256(content))
	}
	return hex.EncodeToString(all.Sum(nil)[:16]), nil
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
