// Command dyad-train makes the models that dyad reads: word clusters from plain text, the others from annotated text.
// Training the same data twice gives the same bytes.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{
		Use:           "dyad-train",
		Short:         "Train and measure the models of dyad",
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.AddCommand(clustersCommand(), namesCommand(), syntaxCommand(), corefCommand(), evalCommand())
	if err := root.Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "dyad-train:", err)
		os.Exit(1)
	}
}
