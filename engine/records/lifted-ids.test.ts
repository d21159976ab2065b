import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { liftIds, strangeIds } from './lifted-ids.ts'

const [a, b] = ['019aa3d0-0000-7000-8000-000000000001', '019aa3d0-0000-7000-8000-000000000002']
const v = (path: string): Json => ({ var: path })

it('gives filters that differ by ids alone one shape, and tells equal ids from different ones', () => {
  const two = (x: string, y: string): Json => ({ or: [{ '==': [v('customer'), x] }, { '!=': [y, v('contact')] }] })
  expect(liftIds(two(a, b)).shape).toEqual(liftIds(two(b, a)).shape)
  expect(liftIds(two(a, b)).ids).toEqual([a, b])
  expect(liftIds(two(a, a)).ids).toEqual([a])
  expect(liftIds(two(a, a)).shape).not.toEqual(liftIds(two(a, b)).shape)
})

it('leaves alone what is worked out before the database is asked', () => {
  for (const filter of [
    { '==': [v('$user.id'), a] },
    { '==': [v('number'), { cat: [a, '-'] }] },
    { in: [v('customer'), [a, b]] },
    { '==': [a, b] },
    { '==': [v('number'), 'SO-1'] },
    { '==': [v('number'), a.toUpperCase()] },
  ] as Json[])
    expect(liftIds(filter)).toEqual({ shape: filter, ids: [] })
})

it('puts ids in their places that nobody has', () => {
  const filter: Json = { and: [{ '==': [v('customer'), a] }, { some: [v('lines'), { '==': [v('product'), a] }] }] }
  const lifted = liftIds(filter)
  const strange = strangeIds(filter, lifted)
  const [id] = strange.ids
  expect(strange.filter).toEqual({
    and: [{ '==': [v('customer'), id] }, { some: [v('lines'), { '==': [v('product'), id] }] }],
  })
  expect(id).not.toBe(a)
  expect(strangeIds(filter, lifted).ids).not.toEqual(strange.ids)
})
