/** The files speak about Formloom only: not about the machine, the network or the people that happened to make them. */
import { describe, expect, it } from 'vitest'
import { projectFiles, readText } from '#tests/support/sources.ts'

/** Written in pieces, so that this file does not contain what it forbids. */
const refused: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a path of somebody’s machine', pattern: /(?<![\w./-])\/(home\/\w+|root|work|Users\/\w+|mnt)\// },
  { what: 'a registry or proxy by its host', pattern: new RegExp(['registry', 'npmjs'].join(String.raw`\.`)) },
  { what: 'a locked package address', pattern: new RegExp(`"${'resol'}ved": "http`) },
  {
    what: 'the way it was made',
    pattern: new RegExp(
      `\\b(${['session prompt', 'system prompt', 'sub-?agent', 'time ?box', 'language model', 'as an AI'].join('|')})\\b`,
      'i',
    ),
  },
  { what: 'a secret key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b/ },
]

const own = 'tests/house/words.test.ts'
const files = projectFiles().filter((path) => path !== own && !/\.(png|jpe?g|otf|woff2?|ico|xlsx|zip|gz)$/.test(path))
const texts = files.map((path) => ({ path, text: readText(path) }))

it('finds files to read', () => {
  expect(texts.length).toBeGreaterThan(0)
})

describe('no file contains', () => {
  it.each(refused)('$what', ({ pattern }) => {
    expect(texts.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([])
  })
})
