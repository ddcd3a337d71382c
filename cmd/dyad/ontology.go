package main

import (
	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/graph"
)

func newOntology() *cobra.Command {
	var shapes bool
	cmd := &cobra.Command{
		Use:   "ontology",
		Short: "Print the vocabulary of the graph in Turtle",
		Long: `Print the vocabulary of the graph in Turtle: every class and property with its
label, comment, domain, range and its correspondence in PLOVER and CAMEO. With
--shapes, print the SHACL shapes that every graph of dyad conforms to.`,
		Example: `  dyad ontology > dyad.ttl
  dyad ontology --shapes > shapes.ttl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if shapes {
				return graph.WriteShapes(cmd.OutOrStdout())
			}
			return graph.WriteOntology(cmd.OutOrStdout())
		},
	}
	cmd.Flags().BoolVar(&shapes, "shapes", false, "print the SHACL shapes instead")
	return cmd
}

func newContext() *cobra.Command {
	var base string
	cmd := &cobra.Command{
		Use:   "context",
		Short: "Print the JSON-LD context",
		Long: `Print the JSON-LD context that stands in front of every JSON-LD output, for those
who want to host it and refer to it with dyad extract --context URL.`,
		Example: `  dyad context > context.jsonld`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			context, err := graph.AppendContext([]byte(`{"@context":`), base)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(append(context, "}\n"...))
			return err
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "namespace `IRI` of the identifiers that dyad makes (default https://w3id.org/dyad/id/)")
	return cmd
}
