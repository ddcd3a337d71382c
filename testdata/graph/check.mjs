// Reads the graphs of a folder by Oxigraph, N3.js and jsonld.js, and compares and validates them; see README.md.
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import jsonld from 'jsonld'
import N3 from 'n3'
import oxigraph from 'oxigraph'
import { conforms } from './validate.mjs'

const folder = process.argv[2]
const types = {
  '.nq': 'application/n-quads', '.nt': 'application/n-triples', '.ttl': 'text/turtle', '.trig': 'application/trig',
  '.jsonld': 'application/ld+json'
}
let wrong = 0

function spell (term) {
  switch (term.termType) {
    case 'NamedNode': return `<${term.value}>`
    case 'Literal': return JSON.stringify(term.value) + '^^' + term.datatype.value
    case 'DefaultGraph': return ''
    case 'Quad': return `<<( ${spell(term.subject)} ${spell(term.predicate)} ${spell(term.object)} )>>`
    default: return `${term.termType} ${term.value}` // a blank node: nothing of ours has one
  }
}

const spellAll = quads => new Set(quads.map(q => [q.subject, q.predicate, q.object, q.graph].map(spell).join(' ')))

const readers = {
  oxigraph: (text, ext) => types[ext] && spellAll(oxigraph.parse(text, { format: types[ext] })),
  n3: (text, ext) => ext !== '.jsonld' && types[ext] && spellAll(new N3.Parser({ format: types[ext] }).parse(text)),
  jsonld: async (text, ext) => {
    if (!ext.endsWith('jsonld')) return
    const documents = ext === '.ndjsonld' ? text.split('\n').filter(Boolean) : [text]
    const quads = []
    for (const d of documents) {
      const nquads = await jsonld.toRDF(JSON.parse(d), { format: 'application/n-quads', safe: true })
      quads.push(...new N3.Parser({ format: 'application/n-quads' }).parse(nquads))
    }
    return spellAll(quads)
  }
}

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
