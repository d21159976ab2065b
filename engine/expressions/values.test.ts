/** Between wire and evaluation: nothing that a field can hold is lost, and what it cannot hold is empty. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decimalOf, fromScaled, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { sampleForm, sampleModel } from '#tests/support/sample-model.ts'
import { compileExpression } from './compile.ts'
import { readsEmptyUser } from './user-reads.ts'
import { overflows, readValue, roundToType, writeValue } from './values.ts'

const money: ValueType = { is: 'decimal', scale: 2 }

it('writes what it read', () => {
  const samples: readonly (readonly [ValueType, Json])[] = [
    [{ is: 'boolean' }, false],
    [{ is: 'integer' }, -5],
    [money, '12.50'],
    [{ is: 'text' }, '客户'],
    [{ is: 'date' }, '2024-02-29'],
    [{ is: 'time' }, '09:30'],
    [{ is: 'datetime' }, '2024-02-29T10:00:00.000Z'],
    [{ is: 'duration' }, 'PT1H30M'],
    [{ is: 'record', form: 'a' }, 'id'],
    [{ is: 'any_record', forms: ['a'] }, 'a/id'],
    [{ is: 'list', of: { is: 'text' } }, ['x', 'y']],
    [{ is: 'opaque' }, { strokes: [1] }],
  ]
  for (const [type, wire] of samples) expect(writeValue(type, readValue(type, wire))).toEqual(wire)
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 15) + 1, max: 10 ** 15 - 1 }), (cents) => {
      const value = fromScaled(cents, 2)
      expect(readValue(money, writeValue(money, value))).toEqual(value)
    }),
  )
})

it('takes empties, numbers and expanded links as the wire may bring them', () => {
  for (const type of [money, { is: 'text' }, { is: 'date' }] as const)
    for (const wire of [null, '', undefined]) expect(readValue(type, wire)).toBe(null)
  expect(readValue(money, 12.5)).toEqual(parseDecimal('12.5'))
  expect(readValue({ is: 'record', form: 'a' }, { id: 'x', title: 'X' })).toBe('x')
  expect(readValue({ is: 'any_record', forms: ['a'] }, { form: 'a', id: 'x' })).toBe('a/x')
  expect(readValue({ is: 'list', of: { is: 'record', form: 'a' } }, [{ id: 'x' }, 'y'])).toEqual(['x', 'y'])
  expect(readValue({ is: 'list', of: { is: 'text' } }, [])).toBe(null)
  expect(readValue({ is: 'date' }, '2024-02-30')).toBe(null)
})

it('rounds once, half away from zero, and leaves empty what is too long', () => {
  expect(writeValue(money, parseDecimal('-0.005'))).toBe('-0.01')
  expect(writeValue({ is: 'integer' }, parseDecimal('2.5'))).toBe(3)
  expect(roundToType({ is: 'integer' }, parseDecimal('2.4'))).toBe(2)
  expect(writeValue(money, decimalOf(10n ** 13n))).toBe(null)
  expect([
    overflows(money, decimalOf(10n ** 13n)),
    overflows(money, decimalOf(10n ** 13n - 1n)),
    overflows({ is: 'integer' }, decimalOf(2n ** 60n)),
  ]).toEqual([true, false, true])
})

it('says when a rule reads an attribute that the user has empty', () => {
  const model = sampleModel()
  const around = { now: '', today: '', zone: 'UTC', user: { id: 'u1', roles: [], team: null } }
  const reads = (source: Json) => {
    const answer = compileExpression(source, { model, table: sampleForm(model, 'order'), user: true, links: true })
    if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
    return readsEmptyUser(answer.value, around)
  }
  expect(reads({ '==': [{ var: 'customer.team.leader' }, { var: '$user.id' }] })).toBe(false)
  expect(reads({ not: { in: ['sales', { var: '$user.roles' }] } })).toBe(true)
  expect(reads({ '!=': [{ var: 'customer.team' }, { var: '$user.team' }] })).toBe(true)
  expect(reads({ '==': [{ var: 'customer.team.leader' }, { var: '$user.team.leader' }] })).toBe(true)
})
