// Package rule is the language in which dyad's rules are written: its syntax, its printed form and its errors. It
// matches nothing; package extract compiles a [Set] against the clauses of a sentence.
//
// A rule says which words trigger it, which roles of the clause its arguments come from, and what it makes of
// sentences written beside it:
//
//	relation opposes(actor, any) class REJECT cameo 120
//
//	rule opposes/stance -> opposes(who, what)
//		verb  oppose, reject, object/to
//		noun  opposition/to
//		who:  actor = subj | poss | by
//		what: any   = obj | to
//		not obj: offer
//		+ Russia opposes the deployment of missile systems.  => Russia, [the deployment of missile systems]
//		- They opposed nothing in public.
//		? Moscow is no friend of the scheme.                 => Russia, [the scheme]
//
// Rules speak of clauses, not of trees: "the plan was rejected by Tokyo", "Tokyo's rejection of the plan" and "Tokyo,
// which rejected the plan" are the same clause to them. So a rule is a few lines of words and roles, and whoever knows
// grammar can write one.
//
// # Files
//
// A file is a list of declarations. A declaration starts in the first column; what belongs to it is indented. A line
// is a statement; one that ends in a comma, a bar or an equals sign goes on in the next line. "#" starts a comment.
// There are three declarations: a relation with the classes of its arguments, a list of words for use as $name, and a
// rule. docs/rules.md is the reference.
//
// # Reading
//
// [Parse] reads one file and checks what can be seen in it; [Load] reads all files of a directory, checks them against
// each other and replaces $name by the words of the list. Both report every mistake that they find, not the first
// one: an [ErrorList], sorted, each entry with file, line, column and what to do. Inside, a mistake that spoils a
// statement is a panic, recovered in one place, which goes on with the next statement.
//
// [File.String] prints the canonical form. What it prints parses to the same file; a fuzz test holds it to that.
package rule
