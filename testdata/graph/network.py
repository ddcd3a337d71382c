"""Reads a folder's graph.graphml by NetworkX and its tables by Python's csv, and compares them; see README.md."""
import collections
import csv
import pathlib
import sys

import networkx


def spell(column, value):
    """Spells a value as both have it: a table has no line breaks, XML no control characters."""
    if column == "confidence":
        return float(value or 0)
    spaced = str(value).replace("\n", " ").replace("\r", " ")
    return "".join("\ufffd" if c < " " and c != "\t" or c in "\ufffe\uffff" else c for c in spaced)


def table(path):
    """Returns the rows, each as its identifiers and what else it has."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    ends = sum(column.endswith("ID") for column in header)
    names = [{":LABEL": "label", ":TYPE": "relation"}.get(c, c.split(":")[0]) for c in header]
    return [(tuple(row[:ends]), zip(names[ends:], row[ends:])) for row in rows]


def things(rows):
    """Counts what there is. The property id is NetworkX's own."""
    return collections.Counter(
        (ends, frozenset((c, spell(c, v)) for c, v in properties if v not in ("", None) and c != "id")) for ends, properties in rows
    )


def main(folder):
    graph = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    nodes = things(((node,), data.items()) for node, data in graph.nodes(data=True))
    edges = things(((start, end), data.items()) for start, end, data in graph.edges(data=True))
    print(f"networkx: {nodes.total()} nodes, {edges.total()} edges")
    wrong = 0
    for got, files in ((nodes, ("articles.csv", "entities.csv")), (edges, ("mentions.csv", "relations.csv"))):
        want = sum((things(table(folder / name)) for name in files), collections.Counter())
        for thing in list((want - got) + (got - want))[:5]:
            print("  differs", *thing)
        wrong += want != got or len(got) == 0
    return 1 if wrong else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
