import { describe, expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { type MergeConflict, mergeThree, type Side, type Three } from './three-way.ts'

function merge(three: Three, decide: (pointer: string) => Side | null = () => null) {
  const conflicts: MergeConflict[] = []
  const merged = mergeThree(three, { pointer: '', decide, conflicts })
  return { merged, conflicts: conflicts.map(({ pointer }) => pointer), taken: conflicts.map(({ taken }) => taken) }
}
const fields = (...of: readonly Json[]): Json => ({ fields: of })
const field = (name: string, more: Record<string, Json> = {}): Json => ({ name, type: 'text', ...more })

describe('a three-way merge', () => {
  const [plain, edited]: readonly Json[] = [
    fields(field('a'), field('b')),
    fields(field('b', { label: 'B' }), field('c')),
  ] as const

  it.each<[string, Three, Json | undefined]>([
    ['takes theirs where mine is as it came', { base: plain, mine: plain, theirs: edited }, edited],
    ['keeps mine where the pack stands still', { base: plain, mine: edited, theirs: plain }, edited],
    ['takes what both say', { base: plain, mine: edited, theirs: edited }, edited],
    ['lets go what one removed and the other left', { base: plain, mine: plain, theirs: undefined }, undefined],
    ['takes what is new on one side', { base: undefined, mine: undefined, theirs: plain }, plain],
  ])('%s', (_what, three, merged) => {
    expect(merge(three)).toEqual({ merged, conflicts: [], taken: [] })
  })

  it('joins changes of different properties of one field, whatever the order of keys', () => {
    const three = {
      base: fields(field('a', { label: { en: 'A', 'zh-CN': '甲' } })),
      mine: fields({ label: { 'zh-CN': '我', en: 'A' }, name: 'a', type: 'text' }),
      theirs: fields(field('a', { label: { en: 'Alpha', 'zh-CN': '甲' }, required: true })),
    }
    expect(merge(three)).toEqual({
      merged: fields(field('a', { label: { en: 'Alpha', 'zh-CN': '我' }, required: true })),
      conflicts: [],
      taken: [],
    })
  })

  it('puts additions of both behind what they followed', () => {
    const three = {
      base: { columns: ['a', 'b', 'c'] },
      mine: { columns: ['a', 'x', 'b', 'c'] },
      theirs: { columns: ['z', 'a', 'b', 'y'] },
    }
    expect(merge(three)).toEqual({ merged: { columns: ['z', 'a', 'x', 'b', 'y'] }, conflicts: [], taken: [] })
  })

  it('follows the side that moved members, and asks where both moved them differently', () => {
    const three = { base: ['a', 'b', 'c'], mine: ['c', 'a', 'b'], theirs: ['a', 'b', 'c', 'd'] }
    expect(merge(three).merged).toEqual(['c', 'd', 'a', 'b'])
    const both = { ...three, theirs: ['b', 'a', 'c'] }
    expect(merge(both)).toMatchObject({ conflicts: ['/order'] })
    expect(merge(both, () => 'theirs').merged).toEqual(['b', 'a', 'c'])
  })

  it('names what both changed differently, and takes what is decided', () => {
    const three = {
      base: fields(field('a', { label: 'A' }), field('b')),
      mine: fields(field('a', { label: 'Mine' })),
      theirs: fields(field('a', { label: 'Theirs' }), field('b', { required: true })),
    }
    expect(merge(three)).toMatchObject({ conflicts: ['/fields/a/label', '/fields/b'], taken: [null, null] })
    expect(merge(three, () => 'theirs').merged).toEqual(three.theirs)
    expect(merge(three, () => 'mine').merged).toEqual(three.mine)
    const each = merge(three, (pointer) => (pointer === '/fields/b' ? 'theirs' : 'mine'))
    expect(each.merged).toEqual(fields(field('a', { label: 'Mine' }), field('b', { required: true })))
  })

  it('never mixes two expressions, roll-ups or lists without names', () => {
    const sums = (op: string, of: string) => ({
      formula: { [op]: [{ var: 'a' }, { var: of }] },
      rollup: { op, field: of },
    })
    const three = { base: sums('+', 'a'), mine: sums('-', 'a'), theirs: sums('+', 'b') }
    expect(merge(three).conflicts).toEqual(['/formula', '/rollup'])
    const grants = (...can: readonly string[]): Json => [
      { form: 'order', can: ['read'] },
      { form: 'order', can: [...can] },
    ]
    expect(merge({ base: grants(), mine: grants('update'), theirs: grants('delete') }).conflicts).toEqual([''])
    const ones = (...can: readonly string[]): Json => [{ form: 'order', can: [...can] }]
    expect(merge({ base: ones(), mine: ones('update'), theirs: ones('delete') }).merged).toEqual(
      ones('delete', 'update'),
    )
  })

  it('keeps names that look like prototypes as plain keys', () => {
    const odd = JSON.parse('{"__proto__": {"a": 1}, "b": 1}') as Json
    const three = { base: { b: 1 }, mine: odd, theirs: { b: 1, c: 2 } }
    expect(JSON.stringify(merge(three).merged)).toBe('{"__proto__":{"a":1},"b":1,"c":2}')
  })
})
