package main

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/dyad-kg/dyad/extract/rule"
	"github.com/dyad-kg/dyad/graph"
)

func newOntology() *cobra.Command {
	var p pipeline
	var shapes bool
	cmd := &cobra.Command{
		Use:   "ontology",
		Short: "Print the vocabulary of the graph in Turtle",
		Long: `Print the vocabulary of the graph in Turtle: every class and property with its
label, comment, domain, range and its correspondence in PLOVER and CAMEO. With
--shapes, print the SHACL shapes that every graph of dyad conforms to. Relations
that the rules of --seeds define are among them.`,
		Example: `  dyad ontology > dyad.ttl
  dyad ontology --shapes --seeds my-seeds > shapes.ttl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := p.loadRules()
			if err != nil {
				return err
			}
			if shapes {
				return graph.WriteShapes(cmd.OutOrStdout(), newRelations(set)...)
			}
			return graph.WriteOntology(cmd.OutOrStdout(), newRelations(set)...)
		},
	}
	cmd.Flags().BoolVar(&shapes, "shapes", false, "print the SHACL shapes instead")
	p.addSeeds(cmd)
	return cmd
}

// newRelations are the relations that rules define beside the inventory.
func newRelations(set *rule.Set) (more []graph.Relation) {
	for _, r := range set.Relations {
		if slices.ContainsFunc(graph.Relations, func(known graph.Relation) bool { return known.Name == r.Name }) {
			continue
		}
		more = append(more, graph.Relation{
			Name: r.Name, Symmetric: r.Symmetric, State: r.Plover == "", Subject: r.Subject.String(), Object: r.Object.String(),
			Label: r.Name, Comment: r.Doc, Plover: r.Plover, Cameo: r.Cameo,
		})
	}
	return more
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
