// Names as compromise finds them, in dyad's native result, to be compared with gold: node compromise.mjs GOLD >FOUND
import {readFileSync} from 'node:fs'
import nlp from 'compromise'

// Of compromise's tags those that have a counterpart among dyad's types; titles before people are left out of the span.
const finders = [
  ['PER', d => d.people().match('(#FirstName|#LastName|#MaleName|#FemaleName)+')],
  ['GPE', d => d.match('(#Country|#City|#Region)+')],
  ['LOC', d => d.match('#Place+').not('(#Country|#City|#Region)')],
  ['ORG', d => d.organizations()],
  ['NORP', d => d.match('#Demonym+')],
]

// points maps each UTF-16 index of a text to its index in Unicode code points.
function points(text) {
  const at = new Array(text.length + 1)
  let n = 0
  for (let i = 0; i < text.length; i++) {
    at[i] = n
    if (text.codePointAt(i) > 0xffff) at[++i] = n
    n++
  }
  at[text.length] = n
  return at
}

for (const line of readFileSync(process.argv[2], 'utf8').split('\n')) {
  if (!line) continue
  const {id, text} = JSON.parse(line)
  const at = points(text)
  const doc = nlp(text)
  const mentions = []
  for (const [type, find] of finders) {
    for (const view of find(doc).json({offset: true})) {
      const first = view.terms[0].offset, last = view.terms[view.terms.length - 1].offset
      let start = first.start
      const end = last.start + last.length
      if (/^the /i.test(text.slice(start, end))) start += 4
      mentions.push({start: at[start], end: at[end], text: text.slice(start, end), type, kind: 'name'})
    }
  }
  console.log(JSON.stringify({id, text, mentions, entities: [], relations: []}))
}
