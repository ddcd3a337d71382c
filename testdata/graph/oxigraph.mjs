// Serves an Oxigraph store for tests: node oxigraph.mjs PORT. /store is the Graph Store protocol, /query is SPARQL, and
// /load reads the file of N-Quads that it is sent the name of.
// The process ends when its standard input does.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import oxigraph from 'oxigraph'

const store = new oxigraph.Store()

async function body (request) {
  const parts = []
  for await (const p of request) parts.push(p)
  return Buffer.concat(parts).toString('utf8')
}

const server = createServer(async (request, response) => {
  const end = (code, text = '') => response.writeHead(code).end(text)
  try {
    const url = new URL(request.url, 'http://localhost')
    if (url.pathname === '/query') {
      const json = store.query(await body(request), { results_format: 'application/sparql-results+json' })
      return end(200, json)
    }
    if (url.pathname === '/load') {
      store.load(readFileSync(await body(request), 'utf8'), { format: 'application/n-quads', no_transaction: true })
      return end(204)
    }
    const graph = url.searchParams.get('graph')
    if (url.pathname !== '/store' || !graph) return end(404)
    if (request.method !== 'PUT') return end(405)
    const name = oxigraph.namedNode(graph)
    const triples = await body(request)
    oxigraph.parse(triples, { format: 'application/n-triples' }) // before anything is deleted
    store.update(`DROP SILENT GRAPH <${graph}>`)
    store.load(triples, { format: 'application/n-triples', to_graph_name: name })
    end(204)
  } catch (e) {
    end(400, String(e))
  }
})
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
process.stdin.resume().on('end', () => process.exit(0))
