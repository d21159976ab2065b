import { describe, expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { parseDefinition } from './parse.ts'
import { testKinds } from './test-kinds.ts'

const customer = { kind: 'form', name: 'customer', label: 'Customer', fields: [{ name: 'name', type: 'text' }] }
const withField = (field: Json) => ({ ...customer, fields: [field] })

function issuesOf(input: unknown): readonly string[] {
  const result = parseDefinition(input, testKinds)
  return result.ok ? [] : result.problem.map(({ pointer, code }) => `${pointer} ${code}`)
}

describe('parseDefinition', () => {
  it('gives back what it was given, without keeping it', () => {
    const result = parseDefinition(customer, testKinds)
    expect(result).toEqual({ ok: true, value: customer })
    expect(result.ok && result.value).not.toBe(customer)
  })

  it('refuses what is no definition', () => {
    expect(issuesOf(null)).toEqual([' wrong-type'])
    expect(issuesOf([])).toEqual([' wrong-type'])
    expect(issuesOf({})).toEqual(['/kind missing-property'])
    expect(issuesOf({ kind: 'macro' })).toEqual(['/kind not-allowed-value'])
    expect(issuesOf({ kind: 'form', name: () => 1 })).toEqual(['/name not-plain-json'])
    expect(issuesOf({ kind: 'form', name: new Date(0) })).toEqual(['/name not-plain-json'])
  })

  it('tells all faults at once, each at its place', () => {
    expect(
      issuesOf({
        kind: 'form',
        name: 'Customer',
        fields: [
          { name: 'a', type: 'text', requird: true },
          { type: 'nonsense', name: 'b' },
        ],
        extra: 1,
      }),
    ).toEqual([
      '/extra unknown-property',
      '/name bad-name',
      '/fields/0/requird unknown-property',
      '/fields/1/type unknown-kind',
    ])
  })

  it('judges the options of a field by its kind, in tables too', () => {
    expect(issuesOf(withField({ name: 'a', type: 'decimal', scale: 2, min: 0 }))).toEqual([])
    expect(issuesOf(withField({ name: 'a', type: 'decimal', scale: 'two' }))).toEqual(['/fields/0/scale wrong-type'])
    expect(issuesOf(withField({ name: 'a', type: 'text', scale: 2 }))).toEqual(['/fields/0/scale unknown-property'])
    expect(issuesOf(withField({ name: 'a', type: 'link' }))).toEqual(['/fields/0/to missing-property'])
    expect(
      issuesOf(withField({ name: 'a', type: 'table', fields: [{ name: 'b', type: 'decimal', scale: 99 }] })),
    ).toEqual(['/fields/0/fields/0/scale maximum'])
    expect(issuesOf(withField({ name: 'a', type: 'table', fields: [] }))).toEqual(['/fields/0/fields too-few'])
  })

  it('refuses names that reach a prototype, as name and as key', () => {
    expect(issuesOf({ ...customer, name: 'constructor' })).toEqual(['/name forbidden-name'])
    expect(issuesOf(withField({ name: 'prototype', type: 'text' }))).toEqual(['/fields/0/name forbidden-name'])
    expect(issuesOf(JSON.parse('{"kind":"form","name":"a","fields":[],"__proto__":{"polluted":true}}'))).toEqual([
      '/__proto__ forbidden-name',
    ])
    expect(issuesOf({ ...customer, title: { constructor: 1 } })).toEqual(['/title/constructor forbidden-name'])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('lets an extension add, and nothing else', () => {
    expect(
      issuesOf({
        kind: 'form',
        extends: 'customer',
        fields: [
          { name: 'tier', options: [{ value: 'c' }] },
          { name: 'x', type: 'text' },
        ],
      }),
    ).toEqual([])
    expect(issuesOf({ kind: 'form', extends: 'customer', name: 'other' })).toEqual([' name-or-extends'])
    expect(issuesOf({ kind: 'form', extends: 'customer', fields: [{ name: 'tier', required: true }] })).toEqual([
      '/fields/0/required extension-changes',
    ])
    expect(issuesOf({ kind: 'form', extends: 'customer', fields: [{ name: 'Tier', options: [] }] })).toEqual([
      '/fields/0/name bad-name',
    ])
    expect(issuesOf({ kind: 'form' })).toEqual(['/name missing-property', '/fields missing-property'])
  })

  it('refuses a newer format and takes the current one', () => {
    const pack = { kind: 'pack', name: 'crm', formloom: 1, version: '1.0.0' }
    expect(issuesOf(pack)).toEqual([])
    expect(issuesOf({ ...pack, formloom: 2 })).toEqual(['/formloom newer-format'])
    expect(issuesOf({ ...pack, formloom: 'one' })).toEqual(['/formloom wrong-type'])
    expect(issuesOf({ ...pack, formloom: 0 })).toEqual(['/formloom minimum'])
  })
})

describe('parsing ends in bounded time, with the place named', () => {
  function nested(levels: number): Json {
    let value: Json = 1
    for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { not: value } : [value]
    return value
  }
  const started = () => performance.now()

  it('at 10,000 levels of nesting', () => {
    const start = started()
    const deep = parseDefinition({ ...customer, title: nested(10_000) }, testKinds)
    expect(deep).toMatchObject({ ok: false, problem: [{ code: 'too-deep', params: { max: 64 } }] })
    expect(!deep.ok && deep.problem[0]?.pointer.startsWith('/title/0/not/0')).toBe(true)
    expect(issuesOf({ ...customer, title: nested(62) })).toEqual([])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('at too many values, and at text without end', () => {
    const start = started()
    const many = Array.from({ length: 1_000_000 }, () => 1)
    expect(issuesOf({ ...customer, title: many })[0]).toMatch(/^\/title\/199\d\d too-many-nodes$/)
    expect(issuesOf({ ...customer, label: 'x'.repeat(100_001) })).toEqual(['/label too-long'])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('at an object that contains itself', () => {
    const circular: Record<string, unknown> = { ...customer }
    circular.title = circular
    expect(issuesOf(circular)[0]).toMatch(/too-deep$/)
  })
})
