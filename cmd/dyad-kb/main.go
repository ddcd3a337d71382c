// Command dyad-kb makes, checks and measures the tables of seeds/knowledge; docs/knowledge.md says when to use which.
//
//	dyad-kb import FROM TO         take over the facts of the tables in folder FROM
//	dyad-kb count TO FILE...       count in texts how often each entry is named, for the column "seen" of folder TO
//	dyad-kb compile TO             write the index of the tables in folder TO
//	dyad-kb check [SHOWN]          report what the tables hold and what deserves a look, SHOWN findings of each kind
//	dyad-kb coverage FILE...       how many of the names marked in JSON Lines files the tables know
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dyad-kg/dyad/seeds"
)

var errUsage = errors.New(`usage:
  dyad-kb import FROM TO
  dyad-kb count TO FILE…
  dyad-kb compile TO
  dyad-kb check [SHOWN]
  dyad-kb coverage FILE…`)

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
		k, err := knowledge()
		if err != nil {
			return err
		}
		return newImporter(args[0], args[1], k).run()
	case command == "count" && len(args) > 1:
		return counted(args[0], args[1:])
	case command == "compile" && len(args) == 1:
		return compile(args[0])
	case command == "check" && len(args) < 2:
		shown := 0
		if len(args) > 0 {
			var err error
			if shown, err = strconv.Atoi(args[0]); err != nil {
				return errUsage
			}
		}
		k, err := knowledge()
		if err != nil {
			return err
		}
		check(os.Stdout, k, shown)
		return nil
	case command == "coverage" && len(args) > 0:
		k, err := knowledge()
		if err != nil {
			return err
		}
		return coverage(os.Stdout, k, args, 100)
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

func counted(dir string, texts []string) error {
	k, err := knowledge()
	if err != nil {
		return err
	}
	seen, err := count(k, texts)
	if err != nil {
		return err
	}
	return writeSeen(k, seen, dir)
}

// compile writes the index of the tables as they are on disk, not as this command was built with.
func compile(dir string) error {
	index, err := seeds.Index(folder(dir))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.bin"), index, 0o644)
}

// A folder of tables shows itself under the name knowledge.
type folder string

func (f folder) Open(name string) (fs.File, error) {
	rest, ok := strings.CutPrefix(name, "knowledge/")
	if !ok || !fs.ValidPath(rest) || path.Dir(rest) != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return os.Open(filepath.Join(string(f), rest))
}
