/** What the pages reach through imports contains no server code and no Node. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { layerOf, serverLayers } from '#tests/support/layers.ts'
import { isTest, type Module, modulesIn, root } from '#tests/support/sources.ts'

const entries = ['engine/ui/main.tsx', 'designer/shell/main.tsx'].filter((path) => existsSync(join(root, path)))
const modules = new Map(modulesIn('engine', 'designer').map((module) => [module.path, module]))
const reached = reach(entries)

it('starts at the entry of the pages and reaches modules', () => {
  expect(entries).toContain('engine/ui/main.tsx')
  expect(reached.length).toBeGreaterThan(entries.length)
})

it('reaches no server layer and no server face of a kind', () => {
  const walled = (path: string) => serverLayers.includes(layerOf(path) ?? '') || /\.server\.tsx?$/.test(path)
  expect(reached.map(({ path }) => path).filter(walled)).toEqual([])
})

it('reaches no module of Node and no test', () => {
  const specifiers = reached.flatMap(({ path, imports }) => imports.map(({ specifier }) => `${path}: ${specifier}`))
  expect(specifiers.filter((line) => / node:/.test(line))).toEqual([])
  expect(reached.map(({ path }) => path).filter(isTest)).toEqual([])
})

function reach(from: readonly string[]): readonly Module[] {
  const seen = new Set<string>()
  const open = [...from]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    for (const { target } of modules.get(path)?.imports ?? []) if (target !== null) open.push(target)
  }
  return [...seen].map((path) => modules.get(path)).filter((module) => module !== undefined)
}
