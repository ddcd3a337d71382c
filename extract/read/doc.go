// Package read turns files and standard input into articles.
//
// An input is one article, a text, a Markdown file, a page, a mail, or many, JSON Lines, a feed, a web archive. What it is
// its name says, else its first bytes; Options.Format overrules both. A reader is a function that yields items; the
// table in format.go lists them all.
//
// Articles come one at a time: the next is read when it is asked for, so that an input may be larger than memory. What
// cannot be read, a missing file or one broken line among thousands, comes in its place among the articles as an [Item]
// with an error, and reading goes on behind it. Every text that comes without one is valid UTF-8, has no NUL byte, and
// has something to read in it.
//
// Texts in other languages are items with a [LanguageError]: rules for English would find nonsense in them. Most texts
// show by their commonest words that they are English; only the others are shown to a detector.
//
// Pages are cut down to their article by readability, which Firefox's reader view is made of as well. The alternative,
// trafilatura, costs every run of the program a third of a second before it does anything.
package read
