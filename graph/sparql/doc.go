// Package sparql loads graphs into RDF stores by the SPARQL 1.1 Graph Store HTTP Protocol, which Virtuoso, Oxigraph,
// Fuseki, GraphDB, Stardog and others speak: a PUT for each article, which replaces the graph of that name.
package sparql
