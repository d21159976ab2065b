/** What the check of an expression accepts and refuses, and what the hand-computed cases of the semantics give. */
import { expect, it } from 'vitest'
import { formatDecimal, isDecimal, parseDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { sampleForm, sampleModel, sampleTable } from '#tests/support/sample-model.ts'
import { compileExpression } from './compile.ts'
import type { Place, Row, Surroundings, Value } from './expression.ts'

const model = sampleModel()
const place: Place = { model, table: sampleForm(model, 'order'), user: true, time: true, links: true, old: true }
const around: Surroundings = {
  now: '2024-05-15T10:00:00.000Z',
  today: '2024-05-15',
  zone: 'Asia/Shanghai',
  user: { id: 'u1', roles: ['sales'], team: 't2' },
  linked: (form, id, path) => (form === 'customer' && id === 'c1' && path.join('.') === 'tier' ? 'gold' : null),
  inTree: (_form, node, ancestor) => node === ancestor || (node === 't2' && ancestor === 't1'),
}
const record: Row = {
  number: 'SO-1',
  customer: 'c1',
  terms: 'cash',
  order_date: '2024-05-01',
  due_date: null,
  shipped_at: '2024-05-15T20:00:00.000Z',
  discount: d('10'),
  paid: null,
  count_of_boxes: 3,
  labels: ['a', 'b'],
  effort: 5400,
  note: '  北京 Größe  ',
  lines: [
    { quantity: d('2'), price: d('100'), amount: d('180') },
    { quantity: d('1'), price: d('49.99'), amount: d('44.99') },
    { quantity: null, price: d('5'), amount: null },
  ],
}

function d(text: string): Value {
  return parseDecimal(text)
}

function evaluate(source: Json, row: Row = record): unknown {
  const answer = compileExpression(source, place)
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  const value = answer.value.evaluate({
    row,
    around,
    old: { number: 'SO-0', discount: 2, lines: [{ price: 3 }, { price: 4 }] },
  })
  return isDecimal(value) ? formatDecimal(value) : value
}

function issuesOf(source: Json, at: Place = place, expected?: ValueType): readonly string[] {
  const answer = compileExpression(source, at, expected)
  return answer.ok ? [] : answer.issues.map((issue) => `${issue.pointer} ${issue.code}`)
}

const v = (path: string): Json => ({ var: path })

it('treats empties as the semantics say', () => {
  expect(evaluate({ '<': [v('budget'), 15] })).toBe(false)
  expect(evaluate({ '==': [v('budget'), 0] })).toBe(false)
  expect(evaluate({ '==': [v('budget'), v('weight')] })).toBe(true)
  expect(evaluate({ '!=': [v('due_date'), v('order_date')] })).toBe(true)
  expect(evaluate({ '+': [v('budget'), 1] })).toBe(null)
  expect(evaluate({ '/': [1, 0] })).toBe(null)
  expect(evaluate({ cat: [v('budget'), 'x', 1.5] })).toBe('x1.5')
  expect(evaluate({ '==': [v('paid'), false] })).toBe(true)
  expect(evaluate({ not: v('paid') })).toBe(true)
  expect(evaluate({ empty: v('paid') })).toBe(true)
})

it('computes exactly and rounds half away from zero', () => {
  expect(evaluate({ '+': [0.1, 0.2] })).toBe('0.3')
  expect(evaluate({ '/': [1, 3] })).toBe('0.333333333333')
  expect(evaluate({ round: [-2.5] })).toBe(-3)
  expect(evaluate({ round: [2.345, 2] })).toBe('2.35')
  expect(evaluate({ floor: -1.5 })).toBe(-2)
  expect(evaluate({ ceil: -1.5 })).toBe(-1)
  expect(evaluate({ '%': [-7, 3] })).toBe(-1)
  expect(evaluate({ '*': [999999999999999, 999999999999999] })).toBe('999999999999998000000000000001')
})

it('aggregates over rows and skips empties', () => {
  expect(evaluate({ sum: [v('lines'), v('amount')] })).toBe('224.99')
  expect(evaluate({ avg: [v('lines'), v('quantity')] })).toBe('1.5')
  expect(evaluate({ count: [v('lines')] })).toBe(3)
  expect(evaluate({ count: [v('lines'), v('quantity')] })).toBe(2)
  expect(evaluate({ count: [v('lines'), { '>': [v('price'), 10] }] })).toBe(2)
  expect(evaluate({ min: [v('lines'), v('price')] })).toBe('5')
  expect(evaluate({ max: [0, v('budget'), v('discount')] })).toBe('10')
  expect(evaluate({ some: [v('lines'), { empty: v('quantity') }] })).toBe(true)
  expect(evaluate({ every: [v('lines'), { '>': [v('quantity'), 0] }] })).toBe(false)
  expect(evaluate({ sum: [v('lines'), { '*': [v('price'), v('$parent.discount')] }] })).toBe('1549.9')
  expect([
    evaluate({ sum: [v('lines'), v('amount')] }, {}),
    evaluate({ avg: [v('lines'), v('amount')] }, {}),
    evaluate({ every: [v('lines'), v('free')] }, {}),
  ]).toEqual([0, null, true])
})

it('reads dates, texts, lists, links, the user and the old record', () => {
  expect(evaluate({ date_add: [v('order_date'), 1, 'month'] })).toBe('2024-06-01')
  expect(evaluate({ date_diff: [v('order_date'), v('$today'), 'day'] })).toBe(14)
  expect(evaluate({ weekday: { today: [] } })).toBe(3)
  expect(evaluate({ date: v('shipped_at') })).toBe('2024-05-16')
  expect(evaluate({ '>': [v('effort'), 'PT1H'] })).toBe(true)
  expect(evaluate({ '>=': [v('order_date'), '2024-05-01'] })).toBe(true)
  expect(evaluate({ upper: { trim: v('note') } })).toBe('北京 GRÖßE')
  expect(evaluate({ substr: ['jsonlogic', -5, -2] })).toBe('log')
  expect(evaluate({ length: '😀京' })).toBe(2)
  expect(evaluate({ '<': ['～', '😀'] })).toBe(true)
  expect(evaluate({ in: ['a', v('labels')] })).toBe(true)
  expect(evaluate({ in: [v('terms'), ['cash', 'credit']] })).toBe(true)
  expect(evaluate({ in: ['sales', v('$user.roles')] })).toBe(true)
  expect(evaluate({ '==': [v('customer.tier'), 'gold'] })).toBe(true)
  expect(evaluate({ '==': [v('customer'), 'c1'] })).toBe(true)
  expect(evaluate({ in_tree: [v('$user.team'), 't1'] })).toBe(true)
  expect(evaluate({ changed: v('number') })).toBe(true)
  expect(evaluate({ '!=': [v('number'), v('$old.number')] })).toBe(true)
  expect(evaluate({ sum: [v('$old.lines'), { '*': [v('price'), v('$parent.discount')] }] })).toBe(14)
  expect(evaluate({ matches_email: 'li.wei@example.com' })).toBe(true)
})

it('refuses what does not fit, with the place named', () => {
  expect(issuesOf({ '!': [true] })).toEqual(['/! unknown-operator'])
  expect(issuesOf({ '==': [v('totl'), 1] })).toEqual(['/==/0/var unknown-field'])
  expect(issuesOf({ '==': [v('terms'), 'cheque'] })).toEqual(['/==/1 unknown-option'])
  expect(issuesOf({ in: [v('terms'), ['cash', 'cheque']] })).toEqual(['/in/1 unknown-option'])
  expect(issuesOf({ '+': [v('number'), 1] })).toEqual(['/+/0 type-mismatch'.replace('/0', '/0/var')])
  expect(issuesOf({ '==': [v('order_date'), v('shipped_at')] })).toEqual(['/== not-comparable'])
  expect(issuesOf({ '<': [v('order_date'), '2024-02-30'] })).toEqual(['/</1 type-mismatch'])
  expect(issuesOf({ if: [1, 2, 3] })).toEqual(['/if/0 type-mismatch'])
  expect(issuesOf({ var: 'lines.amount' })).toEqual(['/var column-without-aggregate'])
  expect(issuesOf({ sum: [v('lines')] })).toEqual(['/sum wrong-arity'])
  expect(issuesOf({ var: '__proto__' })).toEqual(['/var unknown-field'])
  expect(issuesOf({ var: 'customer.constructor' })).toEqual(['/var unknown-field'])
  expect(issuesOf(JSON.parse('{"__proto__": [1]}') as Json)).toEqual([' forbidden-name'])
  expect(issuesOf({ a: 1, b: 2 })).toEqual([' not-an-expression'])
  expect(issuesOf({ var: 'customer.team.leader.team.name' })).toEqual(['/var path-too-long'])
  expect(issuesOf({ var: 'customer.team.leader.name' })).toEqual([])
  expect(issuesOf(1.5, place, valueTypes.text)).toEqual([' type-mismatch'])
  expect(issuesOf('12.50', place, { is: 'decimal', scale: 2 })).toEqual([])
  expect(issuesOf(Number('12345678901234.567'))).toEqual([' too-precise'])
})

it('lets each place read only its own names', () => {
  const bare: Place = { model, table: sampleForm(model, 'order') }
  for (const name of ['$user.id', '$old.number', '$record.number', '$parent.number'])
    expect(issuesOf(v(name), bare)).toEqual(['/var not-here'])
  expect(issuesOf(v('$now'), bare)).toEqual([' not-here'.replace(' ', '/now ')])
  expect(issuesOf(v('customer.tier'), bare)).toEqual(['/var link-not-here'])
  expect(issuesOf({ changed: v('number') }, { ...place, sql: true })).toEqual(['/changed not-in-filters'])
  const row: Place = { model, table: sampleTable(model, 'order', 'lines'), parent: sampleForm(model, 'order') }
  expect(issuesOf({ '/': [v('amount'), { sum: [v('$parent.lines'), v('amount')] }] }, row)).toEqual([])
})

it('knows what an expression reads', () => {
  const answer = compileExpression(
    {
      and: [
        { '>': [{ sum: [v('lines'), { '*': [v('price'), v('$parent.discount')] }] }, 0] },
        { '==': [v('customer.team.leader'), v('$user.id')] },
      ],
    },
    place,
  )
  if (!answer.ok) throw new Error('does not compile')
  expect(answer.value.reads.map((path) => path.join('.'))).toEqual([
    'lines',
    'lines.price',
    'discount',
    'customer.team.leader',
    'customer',
    '$user.id',
  ])
  expect(answer.value.linkReads).toEqual([{ from: ['customer'], form: 'customer', path: ['team', 'leader'] }])
  expect([answer.value.usesUser, answer.value.usesTime, answer.value.usesTree]).toEqual([true, false, false])
})

it('refuses ten thousand levels and five hundred nodes at once', () => {
  let deep: Json = true
  for (let level = 0; level < 10_000; level += 1) deep = { not: deep }
  expect(issuesOf(deep)).toEqual([' too-deep'])
  expect(issuesOf({ and: Array.from({ length: 501 }, () => true) })).toEqual([' too-many-nodes'])
  let list: Json = 1
  for (let level = 0; level < 10_000; level += 1) list = [list]
  expect(issuesOf(list)).toEqual([' too-deep'])
})

it('stops nested aggregates that cost too much', () => {
  const answer = compileExpression(
    { sum: [v('lines'), { sum: [v('$parent.lines'), { sum: [v('$parent.lines'), 1] }] }] },
    place,
  )
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  const row = { lines: Array.from({ length: 1000 }, () => ({})) }
  expect(() => answer.value.evaluate({ row, around })).toThrow('record-invalid')
})
