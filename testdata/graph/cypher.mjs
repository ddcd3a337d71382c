// Checks Cypher statements, a JSON array of strings on standard input, by Neo4j's own language support: syntax and meaning.
import { readFileSync } from 'node:fs'
import { lintCypherQuery } from '@neo4j-cypher/language-support'

const schema = { parameters: { rows: [] } }
let wrong = 0
for (const statement of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const { message } of lintCypherQuery(statement, schema, false).diagnostics) {
    console.log(`${statement}\n  ${message}`)
    wrong++
  }
}
process.exit(wrong ? 1 : 0)
