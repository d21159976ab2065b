/** The store of a form: one signal per cell, and what a save would send. */
import { describe, expect, it } from 'vitest'
import type { FormDefinition } from '#definitions/definition.ts'
import type { Surroundings } from '#expressions/expression.ts'
import type { RecordValues } from '#expressions/live-record.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { modelOfForms } from '../client/readable-model.ts'
import { applyDraft, draftOf } from './drafts.ts'
import { FormStore } from './form-store.ts'
import { bodyOnto, changeBody, createBody } from './record-body.ts'
import { pointerInForm } from './table-edits.ts'

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
const twoLines: RecordValues = {
  ...stored,
  lines: [
    { id: 'a', quantity: '2.000', price: '10.00', amount: '20.00' },
    { id: 'b', quantity: '1.000', price: '5.00', amount: '5.00' },
  ],
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

  it('sends only changed fields, of a table only the rows that differ, nothing computed', () => {
    const store = storeOf(twoLines)
    const row = store.addRow('lines')
    store.set(`lines/${row}/price`, '3.00')
    store.set('lines/a/price', '11.00')
    store.removeRow('lines', 'b')
    expect(changeBody(store)).toEqual({
      lines: { add: [{ quantity: '1.000', price: '3.00' }], update: [{ id: 'a', price: '11.00' }], remove: ['b'] },
    })
  })

  it('sends a table whole when a row was moved', () => {
    const store = storeOf(twoLines)
    store.moveRow('lines', 'b', -1)
    expect(changeBody(store)).toEqual({
      lines: [
        { id: 'b', quantity: '1.000', price: '5.00' },
        { id: 'a', quantity: '2.000', price: '10.00' },
      ],
    })
  })

  it('keeps my row after a conflict, even when it was taken away meanwhile', () => {
    const store = storeOf(twoLines)
    store.set('lines/a/price', '11.00')
    store.set('lines/b/price', '6.00')
    const theirs = { lines: [{ id: 'b', quantity: '1.000', price: '5.50' }] }
    expect(bodyOnto(store, theirs, new Set(['lines']))).toEqual({
      lines: { add: [{ quantity: '2.000', price: '11.00' }], update: [{ id: 'b', price: '6.00' }], remove: [] },
    })
  })

  it('puts a draft back on a newer record: only what was changed, cell by cell', () => {
    const store = storeOf(twoLines)
    store.set('lines/a/price', '11.00')
    store.removeRow('lines', 'b')
    store.addRow('lines', { price: '1.00' })
    const line = (id: string, quantity: string, price: string) => ({ id, quantity, price, amount: null })
    const newer = storeOf({
      ...stored,
      lines: [line('a', '4.000', '10.00'), line('c', '1.000', '2.00'), line('b', '1.000', '5.00')],
    })
    applyDraft(newer, draftOf(store, 1))
    expect(newer.idsOf('lines').slice(0, 2)).toEqual(['a', 'c'])
    expect([newer.wire('lines/a/quantity'), newer.wire('lines/a/price')]).toEqual(['4.000', '11.00'])
    expect(newer.idsOf('lines')).toHaveLength(3)
  })

  it('leads a problem of a sent row to the row of the form', () => {
    const store = storeOf(twoLines)
    store.set('lines/b/price', '6.00')
    store.addRow('lines')
    const sent = changeBody(store)
    const lead = (pointer: string) => pointerInForm(pointer, sent, (table) => store.idsOf(table))
    expect(lead('/lines/update/0/price')).toBe('/lines/1/price')
    expect(lead('/lines/add/0/price')).toBe('/lines/2/price')
    expect(lead('/lines/0/price')).toBe('/lines/0/price')
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

  it('keeps what was typed and is no value: it stands in the way of a save until it is corrected', () => {
    const store = storeOf(stored)
    store.reject('lines/a/price', [{ pointer: '', code: 'wrong-type', params: { typed: 'ten' } }])
    store.leave('lines/a/price')
    expect(store.check().map((issue) => issue.code)).toEqual(['wrong-type'])
    expect(store.problemsOf('lines/a/price').peek()).toHaveLength(1)
    expect(store.rejectedText('lines/a/price')).toBe('ten')
    store.set('lines/a/price', '12.00')
    expect(store.check()).toEqual([])
  })

  it('says what is missing before anything is sent', () => {
    const issues = storeOf(null).check()
    expect(issues.map((issue) => [issue.pointer, issue.code])).toEqual([['/lines/0/price', 'required']])
  })
})
