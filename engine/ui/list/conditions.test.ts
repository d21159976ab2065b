/** The filter builder and JSON Logic agree. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Condition, conditionOperators, readFilter, writeFilter } from './conditions.ts'

const condition: fc.Arbitrary<Condition> = fc.constantFrom(...conditionOperators).chain((operator) => {
  const field = fc.constantFrom('name', 'total', 'owner')
  if (['is_true', 'is_false', 'mine', 'empty', 'not_empty'].includes(operator))
    return fc.record({ field, operator: fc.constant(operator) })
  const value = ['last_days', 'next_days'].includes(operator)
    ? fc.integer({ min: 1, max: 400 })
    : fc.string({ minLength: 1 })
  return fc.record({ field, operator: fc.constant(operator), value })
})

describe('filter conditions', () => {
  it('reads back every filter that the builder writes', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 2, maxLength: 5 }),
        fc.constantFrom('all' as const, 'any' as const),
        (conditions, match) => {
          expect(readFilter(writeFilter({ match, conditions }))).toEqual({ match, conditions })
        },
      ),
    )
  })

  it('asks nothing where a condition has no value yet', () => {
    expect(writeFilter({ match: 'all', conditions: [{ field: 'name', operator: 'is' }] })).toBeNull()
  })

  it('leaves a filter of another shape to its view', () => {
    expect(readFilter({ if: [{ var: 'a' }, true, false] })).toBeNull()
  })

  it('writes one condition without a group around it', () => {
    expect(writeFilter({ match: 'any', conditions: [{ field: 'state', operator: 'is', value: 'draft' }] })).toEqual({
      '==': [{ var: 'state' }, 'draft'],
    })
  })
})
