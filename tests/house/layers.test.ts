/** Arrows point down only: no layer imports a layer above it, and nobody takes a short cut. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { arrows, compositionRoots, layerOf } from '#tests/support/layers.ts'
import { type Import, isTest, type Module, modulesIn, root } from '#tests/support/sources.ts'

const modules = modulesIn('engine', 'designer')
const layered = modules.filter((module) => layerOf(module.path) !== null)

describe('imports between layers', () => {
  it('looks at modules at all', () => {
    expect(layered.length).toBeGreaterThan(0)
  })

  it('knows every folder below engine as a layer', () => {
    const outside = modules.filter((module) => layerOf(module.path) === null && module.path.split('/').length > 2)
    expect(outside.map((module) => module.path)).toEqual([])
  })

  it('points down only', () => {
    const sources = layered.filter((module) => !isTest(module.path) && !compositionRoots.includes(module.path))
    expect(complaints(sources, pointsUp)).toEqual([])
  })

  it('is written #layer/file.ts across layers and relative inside one', () => {
    expect(complaints(layered, isWrittenWrongly)).toEqual([])
  })

  it('names a file that exists', () => {
    expect(complaints(modules, ({ target }) => target !== null && !existsSync(join(root, fileOf(target))))).toEqual([])
  })
})

describe('the shelf of kinds', () => {
  const faces = layered.filter((module) => module.path.startsWith('engine/kinds/') && !isTest(module.path))

  it('is not imported by the server: the composition root passes the catalogue in', () => {
    const server = layered.filter((module) => !isTest(module.path) && !compositionRoots.includes(module.path))
    const importsKinds = (found: Import, module: Module) =>
      layerOf(found.target ?? '') === 'kinds' && !['kinds', 'ui', 'designer'].includes(layerOf(module.path) ?? '')
    expect(complaints(server, importsKinds)).toEqual([])
  })

  it('shows the browser its pure and browser faces only', () => {
    const pages = layered.filter((module) => ['ui', 'designer'].includes(layerOf(module.path) ?? ''))
    expect(complaints(pages, ({ target }) => /\.server\.tsx?$/.test(target ?? ''))).toEqual([])
  })

  it('reaches the storage only from .server.ts, and only its contract file', () => {
    const used = faces.flatMap((module) => module.imports.filter(({ target }) => layerOf(target ?? '') === 'storage'))
    expect(new Set(used.map(({ target }) => target)).size).toBeLessThanOrEqual(1)
    const pure = faces.filter((module) => !isServerFace(module.path))
    expect(complaints(pure, ({ target }) => layerOf(target ?? '') === 'storage')).toEqual([])
  })

  it('lets a browser face use the parts of the user interface and nothing else of it', () => {
    const elsewhere = ({ target }: Import) =>
      layerOf(target ?? '') === 'ui' && target?.startsWith('engine/ui/parts/') === false
    expect(complaints(faces, elsewhere)).toEqual([])
  })
})

function pointsUp({ target }: Import, module: Module): boolean {
  const from = layerOf(module.path)
  if (from === null || target === null) return false
  if (from === 'cli' && target === 'engine/main.ts') return false
  const to = layerOf(target)
  if (to === from) return false
  if (to === null) return true
  return !mayImport(module.path, from).includes(to)
}

function mayImport(path: string, layer: string): readonly string[] {
  const down = arrows[layer] ?? []
  if (layer !== 'kinds') return down
  if (isServerFace(path)) return [...down, 'storage']
  return isBrowserFace(path) ? [...down, 'ui'] : down
}

function isServerFace(path: string): boolean {
  return /[./-]server\.ts$/.test(path)
}

function isBrowserFace(path: string): boolean {
  return /[./-]browser\.tsx?$/.test(path)
}

function isWrittenWrongly({ specifier, target }: Import, module: Module): boolean {
  if (target === null) return false
  const isRelative = specifier.startsWith('.')
  const to = layerOf(target)
  if (to === null) return false
  return isRelative !== (to === layerOf(module.path))
}

/** `import x from './page.css?inline'` names the file before the question mark. */
function fileOf(target: string): string {
  return target.split('?')[0] ?? target
}

function complaints(among: readonly Module[], isWrong: (found: Import, module: Module) => boolean): readonly string[] {
  return among.flatMap((module) =>
    module.imports
      .filter((found) => isWrong(found, module))
      .map((found) => `${module.path} imports ${found.specifier}`),
  )
}
