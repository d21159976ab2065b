/** Which filters are answered beside the thread of the server. */
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { isHeavy } from './heavy.ts'

const compared = { '==': [{ var: 'tier' }, 'gold'] }
const many = (count: number, one: Json): Json => ({ or: Array.from({ length: count }, () => one) })

it('takes what people put together for light', () => {
  expect(isHeavy(undefined)).toBe(false)
  expect(isHeavy(compared)).toBe(false)
  expect(isHeavy({ and: [compared, { in: [{ var: 'owner.team' }, ['a', 'b']] }, many(10, compared)] })).toBe(false)
})

it('takes what calculates, looks into rows, follows many links or has many parts for heavy', () => {
  expect(isHeavy({ some: [{ var: 'lines' }, { '>': [{ var: 'quantity' }, 6] }] })).toBe(true)
  expect(isHeavy({ '>': [{ '*': [{ var: 'amount' }, 3] }, 0] })).toBe(true)
  expect(isHeavy(many(30, compared))).toBe(true)
  expect(isHeavy(many(10, { '==': [{ var: 'parent.parent.parent.name' }, 'x'] }))).toBe(true)
})
