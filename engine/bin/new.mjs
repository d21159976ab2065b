/** `npm run new field <name>`: stamps the folder of one more kind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, stop } from './root.mjs'

const stamps = fileURLToPath(new URL('stamps', import.meta.url))
const shelves = { field: 'engine/kinds/fields' }

export function stampNew([what, name]) {
  if (!Object.hasOwn(shelves, what ?? '')) stop(`Usage: npm run new ${Object.keys(shelves).join('|')} <name>`)
  if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) stop('A name is lower case letters, digits and _, a letter first.')
  const folder = `${shelves[what]}/${name}`
  const target = join(root, folder)
  if (existsSync(target)) stop(`${folder} exists already.`)
  mkdirSync(target, { recursive: true })
  for (const file of readdirSync(join(stamps, what))) {
    // The ending keeps unfinished TypeScript out of the type check.
    writeFileSync(join(target, file.replace(/\.stamp$/, '')), filledIn(join(stamps, what, file), name))
  }
  console.log(`${folder} is there. Now add one line for it to each catalogue in engine/kinds.`)
}

function filledIn(file, name) {
  const words = name.split('_')
  const camel = words.map((word, index) => (index === 0 ? word : capital(word))).join('')
  const text = readFileSync(file, 'utf8')
  const title = capital(words.join(' '))
  return text.replaceAll('__name__', name).replaceAll('__camel__', camel).replaceAll('__Title__', title)
}

function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
