// Package seeds holds what the pipeline grows from: articles to try it on, tables of knowledge, rules and models. They
// are embedded; a user's directory can be laid over them (see FS).
//
// # Knowledge
//
// The tables in the folder knowledge say who and what there is in the world, what it is called, and who held which
// office when. They are text to be read and edited, one fact a row with its source; docs/knowledge.md describes them.
// LoadKnowledge turns them into Knowledge: flat slices of numbers that refer into the tables' text, so that nothing is
// allocated per name and the garbage collector has nothing to follow.
//
// Names are found by folded words (Word). Fold takes away what spellings of one name differ in, and hashes the rest;
// the hash of several words follows from theirs, so the names that begin at a token are tried with one probe a token:
// Longest stops at the first words that no name begins with. Names from other scripts are tried by sound as well.
// What a name may mean comes as Candidates, likeliest first, each with how it was found: a metonym, a demonym or a bare
// surname is an offer to the linker, not an answer.
package seeds
