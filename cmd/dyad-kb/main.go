// Command dyad-kb makes and checks the tables of seeds/knowledge.
//
//	dyad-kb import FROM TO    take over the facts in folder FROM
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 4 || os.Args[1] != "import" {
		fmt.Fprintln(os.Stderr, "usage: dyad-kb import FROM TO")
		os.Exit(2)
	}
	if err := (&importer{os.Args[2], os.Args[3]}).run(); err != nil {
		fmt.Fprintln(os.Stderr, "dyad-kb:", err)
		os.Exit(1)
	}
}
