package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// version is the program's, following semver.org; a release build sets it with -ldflags "-X main.version=1.2.3".
var version = "0.1.0-dev"

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long:  `Print the version of dyad and of the Go compiler it was built with.`,
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "dyad %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
