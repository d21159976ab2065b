/** Each dangerous or heavy thing has one home: SQL, files, drag and drop, the component library. */
import { describe, expect, it } from 'vitest'
import { isTest, modulesIn } from '#tests/support/sources.ts'

const modules = modulesIn('engine', 'designer').filter((module) => !isTest(module.path))

/** What is named, and the only paths that may import it. */
const homes: readonly { readonly what: string; readonly imports: RegExp; readonly only: readonly RegExp[] }[] = [
  { what: 'the database drivers', imports: /^(kysely|better-sqlite3|pg)(\/|$)/, only: [/^engine\/storage\//] },
  {
    what: 'the file system',
    imports: /^(node:)?fs(\/|$)/,
    only: [
      /^engine\/files\//,
      /^engine\/cli\//,
      /^engine\/publish\/packs/,
      /^engine\/main\.ts$/,
      // The embedded database lives in a file: its folder is made and its lock is taken here.
      /^engine\/storage\/dialects\/open-sqlite\.ts$/,
      // Not part of the product: the two build configurations.
      /vite\.config\.ts$/,
    ],
  },
  {
    what: 'child processes',
    imports: /^(node:)?child_process$/,
    // Long reads, and pictures of strangers, run in processes that can be killed.
    only: [/^engine\/cli\//, /^engine\/storage\/dialects\/reader-child\.ts$/, /^engine\/files\/picture-maker\.ts$/],
  },
  { what: 'evaluation of text as code', imports: /^(node:)?vm$/, only: [] },
  {
    what: 'outgoing requests',
    imports: /^(node:)?(https?|http2|net|tls|dgram)$/,
    only: [/^engine\/egress\//, /^engine\/cli\//],
  },
  { what: 'drag and drop', imports: /^@dnd-kit\//, only: [/^designer\/drag\/adapter\.tsx$/] },
  {
    what: 'the component library',
    imports: /^@mantine\//,
    only: [/^engine\/ui\//, /^designer\//, /^engine\/kinds\/.*browser\.tsx$/],
  },
  { what: 'the web server', imports: /^(fastify|@fastify\/.*)$/, only: [/^engine\/api\//] },
]

/** Text that is refused, and the only paths where it may stand. */
const forbidden: readonly { readonly what: string; readonly pattern: RegExp; readonly only: readonly RegExp[] }[] = [
  { what: 'eval', pattern: /(?<![\w.'"`])eval\(/, only: [] },
  { what: 'new Function', pattern: /\bnew Function\b/, only: [] },
  {
    what: 'raw HTML in a page',
    pattern: /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=/,
    only: [/^engine\/ui\/parts\//],
  },
  { what: 'a switched-off check', pattern: /@ts-(ignore|nocheck|expect-error)|eslint-disable/, only: [] },
  { what: 'an unfinished place', pattern: /\b(TODO|FIXME|XXX)\b/, only: [] },
  { what: 'console.log', pattern: /\bconsole\.(log|debug)\(/, only: [/^engine\/cli\//, /^engine\/main\.ts$/] },
  { what: 'an enum or a namespace', pattern: /^\s*(export )?(const )?(enum|namespace) \w+/m, only: [] },
]

it('finds modules to look at', () => {
  expect(modules.length).toBeGreaterThan(0)
})

describe('only its home imports', () => {
  it.each(homes)('$what', ({ imports, only }) => {
    const strangers = modules.filter(({ path }) => !only.some((home) => home.test(path)))
    const found = strangers.flatMap((module) =>
      module.imports
        .filter(({ specifier }) => imports.test(specifier))
        .map(({ specifier }) => `${module.path} imports ${specifier}`),
    )
    expect(found).toEqual([])
  })
})

describe('no source contains', () => {
  it.each(forbidden)('$what', ({ pattern, only }) => {
    const strangers = modules.filter(({ path }) => !only.some((home) => home.test(path)))
    expect(strangers.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([])
  })
})
