/** Undocumented means a failing test: problem codes, configuration and commands are explained where people look. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from '#base/problems.ts'
import { commands } from '#cli/commands.ts'
import { variables } from '#cli/environment.ts'
import { isTest, modulesIn, projectFiles, readText, root } from '#tests/support/sources.ts'

const manuals = projectFiles()
  .filter((path) => path.endsWith('.md'))
  .map(readText)
  .join('\n')

describe('problems', () => {
  it.each(Object.entries(catalogue))('%s says in both languages what happened and what to do', (_code, entry) => {
    for (const text of [entry.title, entry.advice] as readonly Readonly<Record<string, string>>[]) {
      expect(text.en?.trim()).not.toBe('')
      expect(text['zh-CN']).toMatch(/\p{Script=Han}/u)
    }
    expect(entry.status).toBeGreaterThanOrEqual(400)
  })
})

describe('definitions', () => {
  const schemas = projectFiles().filter((path) => /^engine\/definitions\/schema\/.*\.json$/.test(path))

  it('have a schema each', () => {
    expect(schemas.length).toBeGreaterThan(0)
  })

  it.each(schemas)('every property in %s is described', (path) => {
    expect(undescribedIn(JSON.parse(readText(path)), '')).toEqual([])
  })
})

describe('the README', () => {
  const readme = existsSync(join(root, 'README.md')) ? readText('README.md') : ''

  it('lists every environment variable that the engine reads', () => {
    expect(missingIn(readme, variablesOfTheEngine())).toEqual([])
  })

  it('lists the variables of the command line and no others', () => {
    const rows = [...readme.matchAll(/^\| `([A-Z_`, ]+)` \|/gm)].flatMap((row) => (row[1] ?? '').split(/[`, ]+/))
    expect(rows.sort()).toEqual(variables.map(({ name }) => name).sort())
  })

  it('names every command of the command line', () => {
    const line = readme.split('\n').find((each) => each.startsWith('`formloom start |')) ?? ''
    const named = line.split(/[^a-z-]+/)
    expect(commands.flatMap(({ name }) => name.split(' ')).filter((word) => !named.includes(word))).toEqual([])
  })

  it('shows the two commands', () => {
    expect(missingIn(readme, ['npm start', 'npm test'])).toEqual([])
  })

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => match[1] ?? '')
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([])
  })
})

it('decisions are numbered without gaps and short', () => {
  const names = readdirSync(join(root, 'engine/decisions')).sort()
  expect(names.length).toBeGreaterThan(0)
  expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_name, index) => index + 1))
  const long = names.filter((name) => readText(`engine/decisions/${name}`).split('\n').length > 61)
  expect(long).toEqual([])
})

it('commands of the command line stand in a manual', () => {
  const folder = join(root, 'engine/cli')
  const commands = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []
  const names = commands.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  expect(missingIn(manuals, names)).toEqual([])
})

/** JSON Pointers of properties that neither describe themselves nor refer to a part that does. */
function undescribedIn(schema: unknown, pointer: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const here = Object.entries((schema as { readonly properties?: object }).properties ?? {})
    .filter(([, property]) => isSchemaObject(property) && !('description' in property || '$ref' in property))
    .map(([name]) => `${pointer}/properties/${name}`)
  const below = Object.entries(schema).flatMap(([key, value]) => undescribedIn(value, `${pointer}/${key}`))
  return [...here, ...below]
}

/** `true`, `false` and pure constants say nothing that a description could add. */
function isSchemaObject(property: unknown): property is object {
  return typeof property === 'object' && property !== null && !('const' in property)
}

function variablesOfTheEngine(): readonly string[] {
  const read = modulesIn('engine')
    .filter(({ path }) => !isTest(path) && !path.endsWith('vite.config.ts'))
    .flatMap(({ text }) => [...text.matchAll(/\benv(?:ironment)?(?:\.|\[['"])([A-Z][A-Z0-9_]+)/g)])
    .map((match) => match[1] ?? '')
  return [...new Set(read)].filter((name) => name !== 'NODE_ENV').sort()
}

function missingIn(text: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => !text.includes(name))
}
