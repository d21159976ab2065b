/** Undocumented means a failing test: problem codes, configuration and commands are explained where people look. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from '#base/problems.ts'
import { isTest, modulesIn, projectFiles, readText, root } from '#tests/support/sources.ts'

const manuals = projectFiles()
  .filter((path) => path.endsWith('.md'))
  .map(readText)
  .join('\n')

describe('problems', () => {
  it.each(Object.entries(catalogue))('%s says in both languages what happened and what to do', (_code, entry) => {
    for (const text of [entry.title, entry.advice]) {
      expect(text.en.trim()).not.toBe('')
      expect(text['zh-CN']).toMatch(/\p{Script=Han}/u)
    }
    expect(entry.status).toBeGreaterThanOrEqual(400)
  })
})

describe('the README', () => {
  const readme = existsSync(join(root, 'README.md')) ? readText('README.md') : ''

  it('lists every environment variable that the engine reads', () => {
    expect(missingIn(readme, variablesOfTheEngine())).toEqual([])
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
