// Package graph turns documents into a knowledge graph and writes it down.
//
// A Builder reads one extract.Document and makes a Graph of it: an article, the entities it names, and the statements
// it makes about them, each with an identifier that depends on nothing but its content. What is the same thing in two
// articles (a Wikidata item, a person of the same name) has the same identifier; what is one article's own (a
// statement, a phrase, a piece of evidence) has one made from the article's and its own content. There are no blank
// nodes. So the same article gives the same bytes always, graphs of many articles can be poured together, and loading
// one again replaces it.
//
// Encoders write documents one after another to an io.Writer and remember nothing of an article once it is written:
//
//	enc, err := graph.NewEncoder("jsonld", os.Stdout, graph.Options{})
//	for … {
//		err = enc.Encode(document)
//	}
//	err = enc.Close()
//
// The RDF formats all walk the same list of nodes, hence carry exactly the same quads. An article's statements lie in
// a named graph whose name is the article's IRI, unless Options.NoGraphs asks for plain triples.
//
// A Reader reads graphs back, and a Sink stores them: packages sqlite and sparql have one each. Sinks take an article's
// graph whole or not at all, in place of what the article said before.
//
// Inside dyad positions are bytes of the text. Outside they are Unicode code points, as the Web Annotation model and
// most programming languages count; this package is the edge where one becomes the other.
package graph
