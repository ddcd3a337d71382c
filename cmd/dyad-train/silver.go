package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func silverCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "silver TREES.conllu OTHER.conllu…",
		Short: "Print the sentences that several parsers read in the same way",
		Long: `Silver compares trees of the same text by several parsers, as "dyad extract --format conllu --seeds DIR" writes them,
and prints the sentences in which all words have the same heads and relations in all of them, to train a parser on
besides treebanks ("parse --silver").`,
		Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			readings := make([]*conlluReader, len(args))
			for i, name := range args {
				file, err := os.Open(name)
				if err != nil {
					return err
				}
				defer file.Close()
				readings[i] = newConlluReader(file)
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			agreed, all, err := writeAgreed(out, readings)
			if err != nil {
				return fmt.Errorf("comparing %s: %w", strings.Join(args, ", "), err)
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d sentences\n", agreed, all)
			return out.Flush()
		},
	}
}

// writeAgreed writes the sentences that all readings have in common.
func writeAgreed(w io.Writer, readings []*conlluReader) (agreed, all int, err error) {
	for {
		same := true
		for i, r := range readings {
			if !r.next() {
				if i > 0 {
					return 0, 0, fmt.Errorf("sentence %d: not the same text", all+1)
				}
				return agreed, all, r.err()
			}
			same = same && r.tree == readings[0].tree
		}
		if all++; !same {
			continue
		}
		agreed++
		if _, err := fmt.Fprintf(w, "%s\n", readings[0].lines); err != nil {
			return 0, 0, err
		}
	}
}

// A conlluReader goes through the sentences of a file.
type conlluReader struct {
	in    *bufio.Scanner
	lines string // of the sentence's tokens
	tree  string // their words, heads and relations
}

func newConlluReader(r io.Reader) *conlluReader {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	return &conlluReader{in: in}
}

// next goes to the next sentence and reports whether there is one.
func (r *conlluReader) next() bool {
	var lines, tree strings.Builder
	for r.in.Scan() {
		line := r.in.Text()
		if line == "" && lines.Len() > 0 {
			break
		}
		if fields := strings.Split(line, "\t"); len(fields) == 10 {
			lines.WriteString(line + "\n")
			tree.WriteString(fields[1] + "\t" + fields[6] + "\t" + fields[7] + "\n")
		}
	}
	r.lines, r.tree = lines.String(), tree.String()
	return r.lines != ""
}

func (r *conlluReader) err() error { return r.in.Err() }
