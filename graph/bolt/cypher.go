package bolt

import "strings"

// The statements that the store is sent. Each takes its rows as the parameter rows.
const (
	makeUnique = "CREATE CONSTRAINT dyad_iri IF NOT EXISTS FOR (n:Resource) REQUIRE n.iri IS UNIQUE"

	// mergeArticles returns of which kinds the articles had statements before.
	mergeArticles = `UNWIND $rows AS row
MERGE (a:Resource {iri: row.iri})
WITH a, row, coalesce(a.relations, []) AS before
SET a = row, a:Article
RETURN before`

	findEntities = `UNWIND $rows AS iri
MATCH (:Resource {iri: iri})-[:mentions|implies]->(e:Entity)
RETURN DISTINCT e.iri AS entity`

	deleteMentions = `UNWIND $rows AS iri
MATCH (:Resource {iri: iri})-[r:mentions|implies]->()
DELETE r`

	deletePhrases = `UNWIND $rows AS iri
MATCH (:Resource {iri: iri})-[:contains]->(p:Phrase)
DETACH DELETE p`

	mergePhrases = `UNWIND $rows AS row
MATCH (a:Resource {iri: row.article})
MERGE (p:Resource {iri: row.iri})
SET p:Phrase, p.text = row.text, p.head = row.head
MERGE (a)-[:contains]->(p)`

	deleteUnused = `UNWIND $rows AS iri
MATCH (e:Resource {iri: iri})
WHERE NOT (e)--()
DELETE e`
)

// What must stand in a statement's text: a label or a kind of relationship, in place of NAME.
const (
	makeIndex = "CREATE INDEX IF NOT EXISTS FOR ()-[r:NAME]-() ON (r.article)"

	mergeEntities = `UNWIND $rows AS row
MERGE (e:Resource {iri: row.iri})
SET e:Entity, e:NAME, e.name = row.name, e.type = row.type, e.country = row.country,
	e.aliases = coalesce(e.aliases, []) + [a IN row.aliases WHERE NOT a IN coalesce(e.aliases, [])]`

	deleteEdges = `UNWIND $rows AS iri
MATCH ()-[r:NAME {article: iri}]->()
DELETE r`

	createEdges = `UNWIND $rows AS row
MATCH (a:Resource {iri: row.from})
MATCH (b:Resource {iri: row.to})
CREATE (a)-[r:NAME]->(b)
SET r = row.properties`
)

// named puts a name into a statement, quoted.
func named(statement, name string) string {
	return strings.Replace(statement, "NAME", "`"+strings.ReplaceAll(name, "`", "``")+"`", 1)
}
