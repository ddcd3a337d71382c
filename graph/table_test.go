package graph

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/dyad-kg/dyad/extract"
)

// writeTables writes documents as CSV.
func writeTables(t *testing.T, o Options, docs ...*extract.Document) map[string]string {
	files := map[string]*strings.Builder{}
	enc, err := NewTables(func(name string) (io.Writer, error) {
		files[name] = &strings.Builder{}
		return files[name], nil
	}, o)
	require.NoError(t, err)
	for _, d := range docs {
		require.NoError(t, enc.Encode(d))
	}
	require.NoError(t, enc.Close())
	tables := map[string]string{}
	for name, b := range files {
		tables[name] = b.String()
	}
	return tables
}

// tables writes documents as CSV and reads them back.
func tables(t *testing.T, docs ...*extract.Document) map[string][][]string {
	read := map[string][][]string{}
	for name, text := range writeTables(t, Options{Knowledge: knowledge()}, docs...) {
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		require.NoError(t, err, name)
		require.Equal(t, len(rows), strings.Count(text, "\n"), "%s: a record is a line", name)
		read[name] = rows
	}
	return read
}

// column returns a column of a table by its header.
func columnOf(t *testing.T, rows [][]string, header string) (values []string) {
	for i, h := range rows[0] {
		if h == header {
			for _, r := range rows[1:] {
				values = append(values, r[i])
			}
			return values
		}
	}
	require.Fail(t, "no column "+header)
	return nil
}

func TestTables(t *testing.T) {
	docs := append(documents(t), tokyo(t)) // one article twice
	read := tables(t, docs...)
	require.Len(t, read, len(Tables()))
	require.Equal(t, []string{
		"http://www.wikidata.org/entity/Q153618", "Sergey Shoigu", "PER", "", "Sergei Shoigu", "Entity;Person",
	}, read["entities.csv"][2])
	require.Equal(t, []string{
		"http://www.wikidata.org/entity/Q17", "Japan", "GPE", "JP", "", "Entity;Country",
	}, read["entities.csv"][3])

	ids := map[string]bool{}
	for _, table := range []string{"articles.csv:article:ID", "entities.csv:entity:ID"} {
		file, header, _ := strings.Cut(table, ":")
		for _, id := range columnOf(t, read[file], header) {
			require.False(t, ids[id], "%s stands twice", id)
			ids[id] = true
		}
	}
	for _, table := range []string{"mentions.csv", "relations.csv"} {
		for _, end := range []string{":START_ID", ":END_ID"} {
			for _, id := range columnOf(t, read[table], end) {
				require.True(t, ids[id], "%s %s: nothing is %s", table, end, id)
			}
		}
	}
	relations := read["relations.csv"]
	for _, iri := range columnOf(t, relations, "statement") {
		require.False(t, iri != "" && ids[iri], "%s stands twice", iri)
		ids[iri] = true
	}
	require.Equal(t, "visited", columnOf(t, relations, ":TYPE")[0])
	require.Equal(t, "2019-05-30", columnOf(t, relations, "startDate")[0])
	require.Equal(t, "0.94", columnOf(t, relations, "confidence:double")[0])
	require.Equal(t, "37", columnOf(t, relations, "evidenceStart:int")[0])
}

func TestTablesThatCannotBeOpened(t *testing.T) {
	full := errors.New("disk full")
	_, err := NewTables(func(string) (io.Writer, error) { return nil, full }, Options{})
	require.ErrorIs(t, err, full)
	enc, err := NewTables(func(string) (io.Writer, error) { return &failing{err: full}, nil }, Options{})
	require.NoError(t, err)
	require.ErrorIs(t, enc.Encode(tokyo(t)), full)
	require.ErrorIs(t, enc.Close(), full)
}

// graphML is what encoding/xml reads of GraphML.
type graphML struct {
	Keys []struct {
		ID  string `xml:"id,attr"`
		For string `xml:"for,attr"`
	} `xml:"key"`
	Nodes []element `xml:"graph>node"`
	Edges []element `xml:"graph>edge"`
}

type element struct {
	ID     string `xml:"id,attr"`
	Source string `xml:"source,attr"`
	Target string `xml:"target,attr"`
	Data   []struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	} `xml:"data"`
}

func TestGraphML(t *testing.T) {
	docs := append(documents(t), tokyo(t))
	var read graphML
	require.NoError(t, xml.Unmarshal([]byte(encode(t, "graphml", Options{Knowledge: knowledge()}, docs...)), &read))
	rows := tables(t, docs...)
	require.Len(t, read.Nodes, len(rows["articles.csv"])+len(rows["entities.csv"])-2)
	require.Len(t, read.Edges, len(rows["mentions.csv"])+len(rows["relations.csv"])-2)

	keys := map[string]string{}
	for _, k := range read.Keys {
		require.Empty(t, keys[k.ID], "key %s twice", k.ID)
		keys[k.ID] = k.For
	}
	nodes := map[string]element{}
	for _, n := range read.Nodes {
		nodes[n.ID] = n
		for _, d := range n.Data {
			require.Equal(t, "node", keys[d.Key], d.Key)
		}
	}
	for _, e := range read.Edges {
		require.Contains(t, nodes, e.Source)
		require.Contains(t, nodes, e.Target)
		for _, d := range e.Data {
			require.Equal(t, "edge", keys[d.Key], d.Key)
		}
	}
	name := nodes["https://w3id.org/dyad/id/facility/ch%C3%A2teau-neuf"].Data[0].Text
	require.Equal(t, "Château\\Neuf \uFFFD\uFFFD", name, "XML has no control characters")
}

func TestGraphMLOfNothing(t *testing.T) {
	var read graphML
	require.NoError(t, xml.Unmarshal([]byte(encode(t, "graphml", Options{})), &read))
	require.Empty(t, read.Nodes)
}
