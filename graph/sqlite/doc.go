// Package sqlite keeps graphs in an SQLite file: the store to ask questions of without any server. Tables, views and
// ten useful queries are described in docs/sqlite.md.
package sqlite
