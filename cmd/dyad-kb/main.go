// Command dyad-kb makes, checks and measures the tables of seeds/knowledge.
//
//	dyad-kb import FROM TO         take over the facts of the tables in folder FROM
//	dyad-kb count TO FILE...       count in texts how often each entry is named, for the column "seen" of folder TO
//	dyad-kb coverage FILE...       how many of the names marked in JSON Lines files the tables know
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/dyad-kg/dyad/seeds"
)

var errUsage = errors.New(`usage:
  dyad-kb import FROM TO
  dyad-kb count TO FILE...
  dyad-kb coverage FILE...`)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "dyad-kb:", err)
		if errors.Is(err, errUsage) {
			os.Exit(2)
		}
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	switch command, args := args[0], args[1:]; {
	case command == "import" && len(args) == 2:
		return (&importer{args[0], args[1]}).run()
	case command == "count" && len(args) > 1:
		k, err := knowledge()
		if err != nil {
			return err
		}
		seen, err := count(k, args[1:])
		if err != nil {
			return err
		}
		return writeSeen(k, seen, args[0])
	case command == "coverage" && len(args) > 0:
		k, err := knowledge()
		if err != nil {
			return err
		}
		return coverage(os.Stdout, k, args, 1000)
	}
	return errUsage
}

func knowledge() (*seeds.Knowledge, error) {
	fsys, err := seeds.FS("")
	if err != nil {
		return nil, err
	}
	return seeds.LoadKnowledge(fsys)
}
