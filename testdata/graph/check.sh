#!/usr/bin/env bash
# Has readers from outside read what dyad makes of articles: check.sh DYAD FILE…  See README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dyad=$1
shift
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

"$dyad" extract --format nquads -o "$dir/quads.nq" "$@"
for ending in trig jsonld ndjsonld; do
	"$dyad" convert "$dir/quads.nq" "$dir/quads.$ending"
done
for ending in nt ttl; do
	"$dyad" convert "$dir/quads.nq" "$dir/triples.$ending"
done
for ending in jsonld ndjsonld; do
	"$dyad" convert --no-graphs "$dir/quads.nq" "$dir/triples.$ending"
done
mkdir "$dir/rdf12"
for ending in nq trig; do
	"$dyad" convert --rdf12 "$dir/quads.nq" "$dir/rdf12/quads.$ending"
done
for ending in nt ttl; do
	"$dyad" convert --rdf12 "$dir/quads.nq" "$dir/rdf12/triples.$ending"
done
mkdir "$dir/network"
"$dyad" extract --format graphml -o "$dir/network/graph.graphml" "$@"
"$dyad" extract --format csv -o "$dir/network" "$@"
"$dyad" ontology --shapes >"$dir/shapes.ttl"
sed 's|<https://w3id.org/dyad/ns#Positive>|"yes"|' "$dir/triples.nt" >"$dir/broken.nt"

for form in nquads:quads.nq trig:quads.trig ntriples:triples.nt turtle:triples.ttl; do
	rapper -q -i "${form%%:*}" -o nquads "$dir/${form#*:}" | LC_ALL=C sort -u >"$dir/rapper.${form#*:}"
done
cmp "$dir/rapper.quads.nq" "$dir/rapper.quads.trig"
cmp "$dir/rapper.triples.nt" "$dir/rapper.triples.ttl"
echo "rapper: $(wc -l <"$dir/rapper.quads.nq") quads"
python3 -c 'import rdflib, networkx' 2>/dev/null && python=python3 || python=/usr/bin/python3
"$python" "$here/check.py" "$dir"
"$python" "$here/network.py" "$dir/network"
node "$here/check.mjs" "$dir"
