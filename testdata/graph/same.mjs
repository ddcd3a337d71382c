// Compares graphs as long as there are any: for each line of standard input, a JSON object from endings to texts of one
// graph, writes a line with what a reader finds in one of them and not in N-Quads or N-Triples, or the other way round.
import { createInterface } from 'node:readline'
import { readers } from './readers.mjs'

async function compare (texts) {
  const wrong = []
  for (const graphs of [['.nq', '.trig', '.jsonld'], ['.nt', '.ttl'], ['.rdf12.nq', '.rdf12.trig'], ['.rdf12.nt', '.rdf12.ttl']]) {
    const plain = ending => ending.replace('.rdf12', '')
    const want = readers.oxigraph(texts[graphs[0]], plain(graphs[0]))
    for (const ending of graphs) {
      for (const [name, read] of Object.entries(readers)) {
        if (name === 'n3' && ending !== plain(ending)) continue // it does not know triple terms
        const got = await read(texts[ending], plain(ending))
        if (!got) continue
        for (const q of want) if (!got.has(q)) wrong.push(`${name} ${ending} misses ${q}`)
        for (const q of got) if (!want.has(q)) wrong.push(`${name} ${ending} has ${q}`)
      }
    }
  }
  return wrong
}

for await (const line of createInterface({ input: process.stdin })) {
  const wrong = await compare(JSON.parse(line)).catch(error => [String(error)])
  console.log(JSON.stringify(wrong.slice(0, 5)))
}
