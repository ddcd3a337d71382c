// Package bolt loads graphs into Neo4j, and what speaks its protocol and language, as a property graph: articles,
// entities and phrases are nodes, statements are relationships between them that carry what qualifies them.
//
// Every node has the label Resource and an iri that is unique, beside Article, Entity with the entity's class, or Phrase.
// What an article adds hangs on it: (:Article)-[:mentions]->(:Entity) for each mention, (:Article)-[:implies]->(:Entity)
// for what the knowledge base alone gives, (:Article)-[:contains]->(:Phrase). A statement says in its property article
// which one it is from, and the article lists in its property relations of which kinds it has statements, so that all of
// them are found by an index when the article is loaded again.
package bolt
