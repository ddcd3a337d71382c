// Package extract reads an article and finds who did what to whom in it.
//
//	fsys, err := seeds.FS("")                               // models, knowledge and rules, built in
//	x, err := extract.New(extract.Options{Seeds: fsys})     // compiled once, for any number of goroutines
//	var d extract.Document                                  // filled again and again, without new memory
//	err = x.Extract(extract.Article{Text: text}, &d)
//	for i := range d.Relations {
//		fmt.Println(d.RelationString(int32(i)))         // Sergey Lavrov -visited-> Japan (past, in May) …
//	}
//
// # The way of an article
//
// [Extractor.Extract] is plain calls in a row. Each stage reads what those before it filled and appends what it finds;
// none edits anything later, but for mend, which moves some heads. A stage is a file, or a file with its siblings:
//
//	segment.go     paragraphs and sentences (Punkt, with what news needs on top)   Document.Sentences
//	token.go       words as the UD English treebanks cut them                      Document.Tokens
//	syntax.go      part of speech, lemma, dependency tree                          Token.Tag, Pos, Lemma, Head, Dep
//	recognize.go   names, in nine types                                            Document.Mentions
//	mend.go        what names and the calendar say against the tree
//	link.go        who is meant: knowledge base, offices, coreference              Document.Entities, Offices
//	clause.go      predicates with their arguments by role                         Document.Clauses
//	relate.go      rules, matched against clauses                                  Document.Relations
//
// The stages from token.go to recognize.go are an engine; the other engine is prose.go, for comparison.
//
// # The document
//
// A [Document] is flat slices of small structs that refer to each other by index, as spaCy's is. They hold no pointers, so
// the garbage collector skips them, and a worker fills the same ones for all its life. Bytes of Document.Text are the only
// truth about words: a token is a [Span], its text is never stored and never searched for. What must always hold of a
// document is written down as a function, check, which tests and a fuzz target call.
//
// # Clauses, then rules
//
// Rules would be tree surgery if they looked at trees. So the clauser first undoes what syntax does to a statement:
// passives, control and raising ("agreed to visit"), relative and participle clauses, conjunction, light verbs ("held
// talks", "imposed sanctions") and nouns of action ("Russia's opposition to", "talks between A and B"). What is left is a
// [Clause]: a predicate, its arguments by role, and how it is meant: polarity, modality, tense, speaker, time, place. A
// rule names words that trigger it and the roles its arguments come from (package rule); the relater tries, for each
// clause, the rules that its word triggers. An argument becomes an entity where a name, a pronoun or a definite noun
// leads to one, or where an unnamed group acts for one ("Russian officials"); else it stays the phrase that it is.
//
// Words that the grammar treats alike ("hold", "pay", "conduct": verbs that lend a noun their subject) are lists in the
// file words.rules, not in the code.
//
// # What is left out
//
// What cannot be decided is not guessed. A pronoun without a clear referent has no entity, a time that words and the
// article's date do not settle stays words, a relation whose argument is open is not stated. Each relation carries a
// confidence that is fitted to annotated articles (confidence.go): of those with 0.7, about seven in ten are right.
package extract
