/** Files stay small enough to be read in one go; those that grow are named before they are refused. */
import { expect, it } from 'vitest'
import { modulesIn, projectFiles } from '#tests/support/sources.ts'

const noticedLines = 400
const refusedLines = 700

const modules = modulesIn('engine', 'designer', 'tests')
const sizes = modules.map(({ path, text }) => ({ path, lines: text.split('\n').length }))

it(`no file has more than ${refusedLines} lines`, () => {
  const noticed = sizes.filter(({ lines }) => lines > noticedLines)
  if (noticed.length > 0) console.warn(`Files above ${noticedLines} lines: ${noticed.map(shown).join(', ')}`)
  expect(sizes.length).toBeGreaterThan(0)
  expect(sizes.filter(({ lines }) => lines > refusedLines).map(shown)).toEqual([])
})

it('every file opens with a sentence that names its role', () => {
  const opens = /^(#!.*\n)?\/\*\*? ?\S/
  const sources = modules.filter(({ path }) => !path.endsWith('.test.ts') && !path.endsWith('.test.tsx'))
  expect(sources.filter(({ text }) => !opens.test(text)).map(({ path }) => path)).toEqual([])
})

it('file names are kebab-case nouns or verbs, never drawers', () => {
  const drawers = /(^|\/)(utils?|helpers?|types|index|manager|misc|common)\.tsx?$/
  const names = projectFiles().filter((path) => /^(engine|designer|tests)\/.*\.tsx?$/.test(path))
  const isKebab = (path: string) => /^[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(path.split('/').at(-1) ?? '')
  expect(names.filter((path) => drawers.test(path) || !isKebab(path))).toEqual([])
})

function shown({ path, lines }: { readonly path: string; readonly lines: number }): string {
  return `${path} (${lines})`
}
