package bolt

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/dyad-kg/dyad/graph/sinktest"
)

// A memory is an engine that knows the statements of cypher.go, no others. It tells whether they do together what they
// should, not whether they are Cypher, and lets tests look at everything.
type memory struct {
	content
	draft content  // of the transaction
	made  []string // constraints and indexes
}

type content struct {
	nodes map[string]*node
	edges []edge
}

type node struct {
	labels     map[string]bool
	properties map[string]any
}

type edge struct {
	kind, from, to string
	properties     map[string]any
}

func newMemory() *memory { return &memory{content: content{nodes: map[string]*node{}}} }

func (m *memory) begin() {
	m.draft = content{map[string]*node{}, slices.Clone(m.edges)}
	for iri, n := range m.nodes {
		m.draft.nodes[iri] = &node{maps.Clone(n.labels), maps.Clone(n.properties)}
	}
}

func (m *memory) commit() { m.content = m.draft }

func (m *memory) rollback() {}

func (m *memory) facts() (facts []string) {
	for _, e := range m.edges {
		if e.properties["statement"] != nil {
			p := func(name string) string { v, _ := e.properties[name].(string); return v }
			facts = append(facts, sinktest.Fact(p("article"), e.from, e.kind, e.to, p("polarity"), p("modality")))
		}
	}
	return facts
}

func (m *memory) entities() (list []string) {
	for _, iri := range m.labelled("Entity") {
		list = append(list, sinktest.Entity(iri, m.nodes[iri].properties["name"].(string)))
	}
	return list
}

func (m *memory) labelled(label string) (iris []string) {
	for iri, n := range m.nodes {
		if n.labels[label] {
			iris = append(iris, iri)
		}
	}
	return iris
}

func (m *memory) execute(statement string, rows []any) (answers []any, err error) {
	c := &m.draft
	name := ""
	if parts := strings.SplitN(statement, "`", 3); len(parts) == 3 {
		name = parts[1]
		statement = parts[0] + "NAME" + parts[2]
	}
	switch statement {
	case makeUnique, makeIndex:
		m.made = append(m.made, statement+" "+name)
	case mergeArticles:
		for _, r := range rows {
			n := c.merge(text(r, "iri"), "Article")
			before, ok := n.properties["relations"].([]any)
			if !ok {
				before = []any{}
			}
			answers = append(answers, before)
			n.properties = maps.Clone(r.(map[string]any))
		}
	case findEntities:
		found := map[any]bool{}
		for _, e := range c.edges {
			if slices.Contains(rows, any(e.from)) && e.hangs() && c.nodes[e.to].labels["Entity"] {
				found[e.to] = true
			}
		}
		answers = slices.Collect(maps.Keys(found))
	case deleteMentions:
		c.drop(func(e edge) bool { return slices.Contains(rows, any(e.from)) && e.hangs() })
	case deleteEdges:
		c.drop(func(e edge) bool { return e.kind == name && slices.Contains(rows, e.properties["article"]) })
	case deletePhrases:
		gone := map[string]bool{}
		for _, e := range c.edges {
			if slices.Contains(rows, any(e.from)) && e.kind == "contains" && c.nodes[e.to].labels["Phrase"] {
				gone[e.to] = true
				delete(c.nodes, e.to)
			}
		}
		c.drop(func(e edge) bool { return gone[e.from] || gone[e.to] })
	case deleteUnused:
		used := map[string]bool{}
		for _, e := range c.edges {
			used[e.from], used[e.to] = true, true
		}
		for _, r := range rows {
			if iri, _ := r.(string); !used[iri] {
				delete(c.nodes, iri)
			}
		}
	case mergeEntities:
		for _, r := range rows {
			n := c.merge(text(r, "iri"), "Entity", name)
			n.properties["name"] = text(r, "name")
			aliases, _ := n.properties["aliases"].([]any)
			for _, a := range r.(map[string]any)["aliases"].([]any) {
				if !slices.Contains(aliases, a) {
					aliases = append(aliases, a)
				}
			}
			n.properties["aliases"] = aliases
		}
	case mergePhrases:
		for _, r := range rows {
			c.merge(text(r, "iri"), "Phrase").properties["text"] = text(r, "text")
			c.edges = append(c.edges, edge{"contains", text(r, "article"), text(r, "iri"), nil})
		}
	case createEdges:
		for _, r := range rows {
			from, to := text(r, "from"), text(r, "to")
			if c.nodes[from] != nil && c.nodes[to] != nil {
				c.edges = append(c.edges, edge{name, from, to, r.(map[string]any)["properties"].(map[string]any)})
			}
		}
	default:
		return nil, errors.New("not one of ours")
	}
	return answers, nil
}

func (e edge) hangs() bool { return e.kind == "mentions" || e.kind == "implies" }

func text(row any, field string) string {
	s, _ := row.(map[string]any)[field].(string)
	return s
}

func (c *content) merge(iri string, labels ...string) *node {
	n := c.nodes[iri]
	if n == nil {
		n = &node{map[string]bool{"Resource": true}, map[string]any{"iri": iri}}
		c.nodes[iri] = n
	}
	for _, l := range labels {
		n.labels[l] = true
	}
	return n
}

func (c *content) drop(gone func(edge) bool) { c.edges = slices.DeleteFunc(c.edges, gone) }
