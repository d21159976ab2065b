/** One folder per kind and one line for it in the catalogue: neither is forgotten. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { modulesIn, readText, root } from '#tests/support/sources.ts'

const shelf = 'engine/kinds/fields'
const folders = readdirSync(join(root, shelf), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

/** Files of `engine/kinds` itself or of the shelf that import the faces of several kinds: the catalogues. */
const catalogues = modulesIn('engine/kinds')
  .map((module) => ({ path: module.path, names: namesIn(module.imports.map(({ target }) => target)) }))
  .filter(({ path, names }) => !isInsideAKind(path) && names.length > 0)

describe('the shelf of field kinds', () => {
  it('is not empty and has a catalogue', () => {
    expect(folders.length).toBeGreaterThan(0)
    expect(catalogues.length).toBeGreaterThan(0)
  })

  it.each(catalogues)('$path names every folder and nothing else', ({ names }) => {
    expect(names).toEqual(folders)
  })

  it.each(folders)('%s has a manifest that carries its name', (name) => {
    expect(readText(`${shelf}/${name}/kind.ts`)).toContain(`'${name}'`)
  })

  it('has a stamp with every file that a kind has', () => {
    const stamps = readdirSync(join(root, 'engine/bin/stamps/field')).map((file) => file.replace(/\.stamp$/, ''))
    expect(stamps.sort()).toEqual(readdirSync(join(root, shelf, 'text')).sort())
  })
})

function isInsideAKind(path: string): boolean {
  return path.startsWith(`${shelf}/`) && path.slice(shelf.length + 1).includes('/')
}

function namesIn(targets: readonly (string | null)[]): readonly string[] {
  const names = targets.flatMap((target) => {
    const rest = target?.startsWith(`${shelf}/`) ? target.slice(shelf.length + 1).split('/') : []
    return rest.length > 1 && rest[0] !== undefined ? [rest[0]] : []
  })
  return [...new Set(names)].sort()
}
