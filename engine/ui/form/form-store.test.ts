/** The store of a form: one signal per cell, and what a save would send. */
import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '#definitions/definition.ts'
import type { Surroundings } from '#expressions/expression.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { modelOfForms } from '../client/readable-model.ts'
import { FormStore } from './form-store.ts'
import { changeBody, createBody } from './record-body.ts'

const order: FormDefinition = {
  kind: 'form',
  name: 'order',
  fields: [
    { name: 'terms', type: 'choice', options: [{ value: 'cash' }, { value: 'credit' }], default: 'cash' },
    {
      name: 'due_date',
      type: 'date',
      visible: { '==': [{ var: 'terms' }, 'credit'] },
      required: { '==': [{ var: 'terms' }, 'credit'] },
      when_hidden: 'clear',
    },
    { name: 'discount', type: 'percent', default: 0 },
    {
      name: 'lines',
      type: 'table',
      min_rows: 1,
      fields: [
        { name: 'quantity', type: 'decimal', scale: 3, default: 1, required: true },
        { name: 'price', type: 'money', required: true },
        { name: 'amount', type: 'money', formula: { '*': [{ var: 'quantity' }, { var: 'price' }] } },
      ],
    },
    { name: 'total', type: 'money', formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } },
    { name: 'secret', type: 'text', readonly: true },
  ],
}

const around: Surroundings = { now: '2026-11-22T05:00:00.000Z', today: '2026-11-22', zone: 'UTC', user: null }
const { programOf } = modelOfForms([order], { kinds: fieldKinds, revision: 1, views: [] })

function storeOf(values: RecordValues | null, locked: readonly string[] = []): FormStore {
  return new FormStore({
    program: programOf('order').program,
    values: values ?? {},
    around,
    fresh: values === null,
    readonly: new Set(locked),
  })
}

const stored: RecordValues = {
  terms: 'cash',
  discount: '0.00',
  lines: [{ id: 'a', quantity: '2.000', price: '10.00', amount: '20.00' }],
  total: '20.00',
  secret: 'x',
}

describe('form store', () => {
  it('starts a new record with its defaults and the row that the table needs', () => {
    const store = storeOf(null)
    expect(store.wire('terms')).toBe('cash')
    expect(store.idsOf('lines')).toHaveLength(1)
    expect(store.changed.peek().size).toBe(0)
  })

  it('tells only the cells that an edit moves', () => {
    const store = storeOf(stored)
    const told: string[] = []
    for (const key of ['total', 'discount', 'lines/a/amount', 'lines/a/price'])
      store.value(key).subscribe(() => told.push(key))
    told.length = 0
    store.set('lines/a/price', '12.50')
    expect(told.sort()).toEqual(['lines/a/amount', 'lines/a/price', 'total'])
    expect(store.wire('total')).toBe('25.00')
  })

  it('counts what differs from the server, and forgets it when it is put back', () => {
    const store = storeOf(stored)
    store.set('lines/a/price', '11.00')
    const row = store.addRow('lines')
    expect(store.changed.peek().size).toBe(2)
    store.set('lines/a/price', '10.00')
    store.removeRow('lines', row)
    expect(store.changed.peek().size).toBe(0)
  })

  it('shows a field with its rule, and empties it when hidden again', () => {
    const store = storeOf(stored)
    const rules = store.rulesFor('due_date')
    expect(rules.peek().visible).toBe(false)
    store.set('terms', 'credit')
    expect(rules.peek()).toMatchObject({ visible: true, required: true })
    store.set('due_date', '2026-12-01')
    store.set('terms', 'cash')
    expect(store.wire('due_date')).toBeNull()
  })

  it('sends only changed fields, tables whole, new rows without id, nothing computed', () => {
    const store = storeOf(stored)
    const row = store.addRow('lines')
    store.set(`lines/${row}/price`, '3.00')
    expect(changeBody(store)).toEqual({
      lines: [
        { id: 'a', quantity: '2.000', price: '10.00' },
        { quantity: '1.000', price: '3.00' },
      ],
    })
  })

  it('never sends what this person may not write', () => {
    const store = storeOf(null, ['discount', 'lines.price'])
    expect(createBody(store)).toEqual({ terms: 'cash', lines: [{ quantity: '1.000' }] })
  })

  it('drops new rows that hold only defaults, but not below the least number', () => {
    const store = storeOf(stored)
    store.addRow('lines')
    store.pruneRows()
    expect(store.idsOf('lines')).toEqual(['a'])
    const fresh = storeOf(null)
    fresh.pruneRows()
    expect(fresh.idsOf('lines')).toHaveLength(1)
  })

  it('leads a problem of the server to its cell', () => {
    const store = storeOf(stored)
    store.show([
      { pointer: '/lines/0/quantity', code: 'minimum' },
      { pointer: '', code: 'check:late' },
    ])
    expect(store.problemsOf('lines/a/quantity').peek()).toHaveLength(1)
    expect(store.general.peek()).toHaveLength(1)
    expect(store.allProblems().map(({ key }) => key)).toEqual(['lines/a/quantity', ''])
  })

  it('says what is missing before anything is sent', () => {
    const issues = storeOf(null).check()
    expect(issues.map((issue) => [issue.pointer, issue.code])).toEqual([['/lines/0/price', 'required']])
  })
})
