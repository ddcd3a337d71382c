package graph

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite docs/ontology")

func writeOut(t *testing.T, f func(io.Writer, ...Relation) error, more ...Relation) string {
	var out bytes.Buffer
	require.NoError(t, f(&out, more...))
	return out.String()
}

// TestOntologyFiles keeps the published files true to the tables in code.
func TestOntologyFiles(t *testing.T) {
	for name, f := range map[string]func(io.Writer, ...Relation) error{"dyad.ttl": WriteOntology, "shapes.ttl": WriteShapes} {
		path := filepath.Join("..", "docs", "ontology", name)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(writeOut(t, f)), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, string(want) == writeOut(t, f), "%s is old: go test ./graph -run Ontology -update", path)
	}
}

// TestOntologyHasEverything looks up whatever of dyad's namespace a graph uses.
func TestOntologyHasEverything(t *testing.T) {
	ontology := writeOut(t, WriteOntology, Relation{Name: "endorsed", Plover: "SUPPORT"}, Relation{Name: "office"})
	nquads := encode(t, "nquads", Options{Provenance: somebody, Knowledge: knowledge()}, tokyo(t))
	for _, m := range regexp.MustCompile(`<`+Namespace+`(\w+)>`).FindAllStringSubmatch(nquads, -1) {
		require.Contains(t, ontology, "\ndy:"+m[1]+" a ")
	}
}

func TestUserRelations(t *testing.T) {
	mine := Relation{Name: "leasedTo", Subject: "actor", Object: "org", Plover: "COOPERATE", Cameo: "061"}
	ontology := writeOut(t, WriteOntology, mine, Relation{Name: "nearTo", Symmetric: true, Object: "place"}, Relation{Name: "office"})
	require.Contains(t, ontology, `
dy:leasedTo a owl:ObjectProperty ;
	rdfs:label "leased to" ;
	rdfs:domain dy:Actor ;
	rdfs:range schema:Organization ;
	dy:describedAs dy:Event ;
	rdfs:subPropertyOf dy:COOPERATE ;
	dy:plover "COOPERATE" ;
	dy:cameo "061" .
`)
	require.Contains(t, ontology, `
dy:nearTo a owl:ObjectProperty, owl:SymmetricProperty ;
	rdfs:label "near to" ;
	rdfs:range schema:Place ;
	dy:describedAs dy:State .
`)
	require.Contains(t, ontology, "\ndy:office_ a owl:ObjectProperty", "a relation may not take a name of the vocabulary")
	require.Contains(t, writeOut(t, WriteShapes, mine), "sh:targetObjectsOf dy:leasedTo")
}

func TestRelations(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Relations {
		require.False(t, seen[r.Name] || reserved[r.Name], r.Name)
		seen[r.Name] = true
		require.True(t, strings.HasSuffix(r.Comment, ".") && r.Label != "", r.Name)
		for _, side := range []string{r.Subject, r.Object} {
			require.True(t, side == "any" || sides[side] != "", "%s: %s", r.Name, side)
		}
		require.Equal(t, r.Plover == "", r.Cameo == "", r.Name)
		if r.Symmetric {
			require.Equal(t, r.Subject, r.Object, r.Name)
		}
	}
	require.Len(t, Relations, 49)
}
