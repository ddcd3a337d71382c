// Reads the graphs of a folder by the readers for node, compares and validates them; see README.md.
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import oxigraph from 'oxigraph'
import { readers, types } from './readers.mjs'
import { conforms } from './validate.mjs'

const folder = process.argv[2]
let wrong = 0

function compare (what, want, got) {
  console.log(`${what}: ${got.size}`)
  const missing = [...want].filter(q => !got.has(q))
  const tooMuch = [...got].filter(q => !want.has(q))
  for (const q of missing.slice(0, 5)) console.log('  missing', q)
  for (const q of tooMuch.slice(0, 5)) console.log('  too much', q)
  if (missing.length || tooMuch.length) wrong++
}

async function check (dir, only) {
  for (const [name, first] of [['quads', '.nq'], ['triples', '.nt']]) {
    const want = readers.oxigraph(readFileSync(join(dir, name + first), 'utf8'), first)
    for (const file of readdirSync(dir).filter(f => f.startsWith(name + '.')).sort()) {
      const text = readFileSync(join(dir, file), 'utf8')
      for (const reader of only) {
        const got = await readers[reader](text, extname(file))
        if (got) compare(`${reader} ${file}`, want, got)
      }
    }
  }
}

// Every direct triple is described by a statement of the same graph.
function answers () {
  const store = new oxigraph.Store()
  store.load(readFileSync(join(folder, 'quads.jsonld'), 'utf8'), { format: types['.jsonld'] })
  const prefixes = 'PREFIX dy: <https://w3id.org/dyad/ns#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> '
  const described = store.query(prefixes + `SELECT ?p WHERE { GRAPH ?g {
    ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object ?b ; dy:polarity dy:Positive ; dy:modality dy:Actual . ?a ?p ?b } }`)
  const direct = store.query(prefixes + `SELECT ?p WHERE { GRAPH ?g { ?a ?p ?b } { SELECT DISTINCT ?p { GRAPH ?h { ?x rdf:predicate ?p } } } }`)
  console.log(`oxigraph answers: ${direct.length} direct triples, ${described.length} described`)
  if (direct.length === 0 || described.length < direct.length) wrong++
}

await check(folder, ['oxigraph', 'n3', 'jsonld'])
await check(join(folder, 'rdf12'), ['oxigraph'])
if (!await conforms(join(folder, 'shapes.ttl'), join(folder, 'triples.nt'))) wrong++
if (await conforms(join(folder, 'shapes.ttl'), join(folder, 'broken.nt'))) wrong++
answers()
process.exit(wrong ? 1 : 0)
