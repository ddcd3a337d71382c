// Package read turns files and standard input into articles.
//
// An input is either one article, a plain text, or many, one JSON object a line. Articles come one at a time: the next is
// read when it is asked for, so that an input may be larger than memory. What cannot be read, a missing file or one
// broken line among thousands, comes in its place among the articles as an [Item] with an error, and reading goes on
// behind it. Every text that comes without one is valid UTF-8, has no NUL byte, and has something to read in it.
package read
