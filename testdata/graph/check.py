"""Reads the graphs of a folder by rdflib and compares them; see README.md."""
import json
import logging
import pathlib
import sys

import rdflib

rdflib.NORMALIZE_LITERALS = False  # as written, not as Python would write them
logging.getLogger("rdflib").setLevel(logging.ERROR)


def spell(s, p, o, g=None):
    # rdflib names the default graph by a blank node when it reads JSON-LD.
    named = isinstance(g, rdflib.URIRef) and g != rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    return s.n3(), p.n3(), o.n3(), str(g) if named else ""


def quads(data, form):
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=form)
    return set(map(spell, *zip(*readable(dataset.quads((None, None, None, None))))))


def readable(found):
    """Leaves out backslashes: rdflib 6 takes the N-Triples for backslash and b for a backspace."""
    return [q for q in found if not (isinstance(q[2], rdflib.Literal) and "\\" in q[2] or "\b" in q[2])]


def read(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ndjsonld":
        return set().union(*(quads(line, "json-ld") for line in text.splitlines() if line))
    forms = {".nq": "nquads", ".trig": "trig", ".jsonld": "json-ld", ".nt": "nt", ".ttl": "turtle"}
    if path.suffix in (".nt", ".ttl"):
        graph = rdflib.Graph()
        graph.parse(data=text, format=forms[path.suffix])
        return set(map(spell, *zip(*readable(graph))))
    return quads(text, forms[path.suffix])


def main(folder):
    wrong = 0
    for name, first in (("quads", ".nq"), ("triples", ".nt")):
        want = read(folder / (name + first))
        for path in sorted(folder.glob(name + ".*")):
            got = read(path)
            print(f"rdflib {path.name}: {len(got)}")
            for q in sorted(want - got)[:5]:
                print("  missing", *q)
            for q in sorted(got - want)[:5]:
                print("  too much", *q)
            wrong += got != want
    return 1 if wrong else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
