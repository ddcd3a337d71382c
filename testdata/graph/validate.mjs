// Validates N-Triples or Turtle by SHACL shapes: node validate.mjs SHAPES FILE… Exit code 1 when a file does not conform.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import env from '@zazuko/env'
import N3 from 'n3'
import SHACLValidator from 'rdf-validate-shacl'

const load = file => env.dataset(new N3.Parser().parse(readFileSync(file, 'utf8')))

export async function conforms (shapes, file) {
  const report = await new SHACLValidator(load(shapes), { factory: env }).validate(load(file))
  for (const r of report.results.slice(0, 5)) {
    console.log(' ', r.focusNode?.value, r.path?.value, r.value?.value, r.sourceConstraintComponent?.value)
  }
  console.log(`${file} conforms: ${report.conforms}`)
  return report.conforms
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [shapes, ...files] = process.argv.slice(2)
  for (const file of files) {
    if (!await conforms(shapes, file)) process.exitCode = 1
  }
}
