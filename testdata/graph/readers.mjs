// The readers for node, each from the text of a format to a set of quads.
import jsonld from 'jsonld'
import N3 from 'n3'
import oxigraph from 'oxigraph'

export const types = {
  '.nq': 'application/n-quads', '.nt': 'application/n-triples', '.ttl': 'text/turtle', '.trig': 'application/trig',
  '.jsonld': 'application/ld+json'
}

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

export const readers = {
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
