import { describe, expect, it } from 'vitest'
import type { Migration } from './migrate.ts'
import { formatVersion, migrateDefinition, migrateThrough, migrations } from './migrate.ts'

describe('format migrations', () => {
  it('are one less than the format', () => {
    expect(migrations.length).toBe(formatVersion - 1)
    expect(migrateDefinition({ kind: 'form' })).toEqual({ ok: true, value: { kind: 'form' } })
  })

  it('run in order from the version on, none skipped', () => {
    const step =
      (name: string): Migration =>
      (definition) => ({ ...definition, path: `${String(definition.path ?? '')}${name}` })
    const chain = [step('a'), step('b'), step('c')]
    expect(migrateThrough({}, { from: 1, chain })).toEqual({ ok: true, value: { path: 'abc' } })
    expect(migrateThrough({}, { from: 3, chain })).toEqual({ ok: true, value: { path: 'c' } })
    expect(migrateThrough({}, { from: 4, chain })).toEqual({ ok: true, value: {} })
    expect(migrateThrough({}, { from: 5, chain })).toMatchObject({
      ok: false,
      problem: [{ pointer: '/formloom', code: 'newer-format' }],
    })
  })
})
