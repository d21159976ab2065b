/** Law: after any sequence of edits a live record equals a fresh one with the same input; and an edit evaluates only what depends on it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import type { Surroundings } from '#expressions/expression.ts'
import { compileForm } from '#expressions/form-program.ts'
import { judge } from '#expressions/judge.ts'
import { LiveRecord, type RecordValues } from '#expressions/live-record.ts'
import { orderForms, sampleModel } from '#tests/support/sample-model.ts'

const around: Surroundings = {
  now: '2024-05-15T10:00:00.000Z',
  today: '2024-05-15',
  zone: 'UTC',
  user: { id: 'u1', roles: [], team: null },
}
const lines = orderForms['order']?.['lines']
const decimal2 = { is: 'decimal', scale: 2 } as const
const model = sampleModel({
  ...orderForms,
  order: {
    ...orderForms['order'],
    lines: {
      ...lines,
      type: { is: 'rows', table: 'lines' },
      columns: {
        ...lines?.columns,
        // Reads the record, which reads all rows; and all rows at once.
        share: { type: decimal2, definition: { formula: { '/': [{ var: 'amount' }, { var: '$parent.total' }] } } },
        above: {
          type: { is: 'boolean' },
          definition: { formula: { '>': [{ var: 'amount' }, { avg: [{ var: '$parent.lines' }, { var: 'amount' }] }] } },
        },
      },
    },
    positions: { type: { is: 'integer' }, definition: { formula: { count: [{ var: 'lines' }] } } },
    half: { type: { is: 'integer' }, definition: { formula: { '/': [{ var: 'count_of_boxes' }, 2] } } },
  },
})
const program = compileForm(model, 'order')

type Edit =
  | { readonly is: 'set'; readonly field: string; readonly value: Json }
  | { readonly is: 'cell'; readonly row: number; readonly column: string; readonly value: Json }
  | { readonly is: 'add'; readonly values: RecordValues }
  | { readonly is: 'remove'; readonly row: number }
  | { readonly is: 'reverse' }

const amount = fc.option(fc.integer({ min: -100_000, max: 100_000 }).map((cents) => (cents / 100).toFixed(2)))
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    is: fc.constant('set' as const),
    field: fc.constantFrom('discount', 'budget'),
    value: amount as fc.Arbitrary<Json>,
  }),
  fc.record({
    is: fc.constant('set' as const),
    field: fc.constant('count_of_boxes'),
    value: fc.integer({ min: -9, max: 9 }) as fc.Arbitrary<Json>,
  }),
  fc.record({
    is: fc.constant('set' as const),
    field: fc.constant('lines'),
    value: fc
      .array(fc.record({ quantity: amount, price: amount }), { maxLength: 3 })
      .map((rows) => rows.map((row, index) => ({ ...row, id: `s${index}` }))) as fc.Arbitrary<Json>,
  }),
  fc.record({
    is: fc.constant('cell' as const),
    row: fc.nat(5),
    column: fc.constantFrom('quantity', 'price'),
    value: amount as fc.Arbitrary<Json>,
  }),
  fc.record({
    is: fc.constant('add' as const),
    values: fc.record({ quantity: amount, price: amount }) as fc.Arbitrary<RecordValues>,
  }),
  fc.record({ is: fc.constant('remove' as const), row: fc.nat(5) }),
  fc.constant({ is: 'reverse' as const }),
)

function apply(live: LiveRecord, step: Edit, number: number): void {
  const ids = live.rows('lines').map((row) => String(row['id']))
  switch (step.is) {
    case 'set':
      live.set(step.field, step.value)
      return
    case 'cell':
      live.setCell('lines', ids[step.row] ?? '', step.column, step.value)
      return
    case 'add':
      live.addRow('lines', { ...step.values, id: `n${number}` }, number % 3)
      return
    case 'remove':
      live.removeRow('lines', ids[step.row] ?? '')
      return
    case 'reverse':
      live.orderRows('lines', ids.reverse())
  }
}

it('equals a fresh record after any sequence of edits', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const live = new LiveRecord(program, {}, around)
      live.recompute()
      for (const [number, step] of edits.entries()) {
        apply(live, step, number)
        const fresh = new LiveRecord(program, live.values(), around)
        fresh.recompute()
        expect(live.values()).toEqual(fresh.values())
      }
    }),
    { numRuns: 400 },
  )
})

const plain = compileForm(sampleModel(), 'order')

function bigOrder(): LiveRecord {
  const rows = Array.from({ length: 1000 }, (_, index) => ({ id: `l${index}`, quantity: '2', price: `${index}.25` }))
  const live = new LiveRecord(plain, { discount: '10', lines: rows }, around)
  live.recompute()
  return live
}

it('evaluates one row formula and two sums for an edit in a row of a thousand', () => {
  const live = bigOrder()
  const before = live.evaluations
  const changed = live.setCell('lines', 'l500', 'quantity', '3')
  expect(live.evaluations - before).toBe(3)
  expect([...changed].sort()).toEqual(['lines/l500/amount', 'lines/l500/quantity', 'open_amount', 'total'])
  expect(live.wire('total')).toBe('900000.23')
})

it('evaluates nothing for an edit that nothing reads, and stops where a value stays the same', () => {
  const live = bigOrder()
  let before = live.evaluations
  live.set('note', 'hello')
  expect(live.evaluations).toBe(before)
  live.setCell('lines', 'l0', 'description', 'x')
  expect(live.evaluations).toBe(before)
  live.setCell('lines', 'l0', 'price', '0.2500')
  expect(live.evaluations).toBe(before)
  before = live.evaluations
  live.setCell('lines', 'l0', 'quantity', '2.001')
  expect(live.evaluations - before).toBe(1)
})

it('evaluates every row when a field of the record is read by each', () => {
  const live = bigOrder()
  const before = live.evaluations
  live.set('discount', '20')
  expect(live.evaluations - before).toBe(1000 + 2)
})

it('computes the worked example', () => {
  const rows = [
    { id: 'a', quantity: '2', price: '100.00' },
    { id: 'b', quantity: '1', price: '49.99' },
    { id: 'c', quantity: null, price: '5.00' },
  ]
  const live = new LiveRecord(plain, { discount: '10', lines: rows }, around)
  live.recompute()
  expect(['a', 'b', 'c'].map((id) => live.wireCell('lines', id, 'amount'))).toEqual(['180.00', '44.99', null])
  expect(live.wire('total')).toBe('224.99')
})

it('leaves a result with too many digits empty and says so', () => {
  const live = new LiveRecord(
    plain,
    { discount: '0', lines: [{ id: 'a', quantity: '999999999999', price: '9999999999999.99' }] },
    around,
  )
  live.recompute()
  expect(live.wireCell('lines', 'a', 'amount')).toBe(null)
  expect(judge(live, null).issues).toEqual([
    { pointer: '/lines/0/amount', code: 'too-many-digits', params: { digits: 15 } },
  ])
})

it('rounds what a whole-number field is given', () => {
  const live = new LiveRecord(program, { count_of_boxes: 5 }, around)
  live.recompute()
  expect(live.wire('half')).toBe(3)
})

it('judges hidden, required, warnings and checks of a transition', () => {
  const terms = orderForms['order']?.['terms']
  const ruled = sampleModel(
    {
      ...orderForms,
      order: {
        ...orderForms['order'],
        terms: { type: terms?.type ?? { is: 'text' } },
        due_date: {
          type: { is: 'date' },
          definition: {
            visible: { '==': [{ var: 'terms' }, 'credit'] },
            required: { '==': [{ var: 'terms' }, 'credit'] },
            when_hidden: 'clear',
          },
        },
      },
    },
    {
      order: {
        checks: [
          {
            name: 'late',
            assert: { '>=': [{ var: 'due_date' }, { var: 'order_date' }] },
            severity: 'warn',
            message: 'late',
          },
          { name: 'renumbered', assert: { not: { changed: { var: 'number' } } }, at: 'number', message: 'frozen' },
          { name: 'submitting', on: ['submit'], assert: { '>': [{ var: 'total' }, 0] }, message: 'nothing ordered' },
        ],
      },
    },
  )
  const live = new LiveRecord(compileForm(ruled, 'order'), { terms: 'credit', number: 'B' }, around)
  live.recompute()
  const { issues, warnings } = judge(live, { number: 'A' }, 'submit')
  expect(issues.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/due_date required',
    '/number check:renumbered',
    ' check:submitting',
  ])
  expect(warnings.map(({ code }) => code)).toEqual(['check:late'])
  live.set('terms', 'cash')
  expect(judge(live, { number: 'B' }).issues).toEqual([])
})
