import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, insertAll, model, placed, record } from '#tests/support/storage-model.ts'

const rolled = (name: string, type: object, rollup: object) => ({ name, ...type, rollup })
const money = { type: 'money', currency: 'CNY' }
const posted = { where: { '==': [{ var: 'posted' }, true] } }
const payments = { form: 'payment', link: 'invoice' }

const books = model(
  form('invoice', [
    rolled('paid', money, { ...payments, op: 'sum', field: 'amount', ...posted }),
    rolled('payments', { type: 'integer' }, { ...payments, op: 'count' }),
    rolled('ways', { type: 'integer' }, { ...payments, op: 'distinct', field: 'way' }),
    rolled('first', { type: 'date' }, { ...payments, op: 'min', field: 'day' }),
    rolled('largest', money, { ...payments, op: 'max', field: 'amount' }),
    rolled('average', { type: 'decimal', scale: 3 }, { ...payments, op: 'avg', field: 'amount' }),
    rolled('last_way', { type: 'text' }, { ...payments, op: 'latest', field: 'way' }),
    rolled('is_paid', { type: 'boolean' }, { ...payments, op: 'any', ...posted }),
    rolled('time', { type: 'duration' }, { ...payments, op: 'sum', field: 'time' }),
    rolled('noted', { type: 'integer' }, { form: 'note', link: 'about', op: 'count' }),
    rolled('tagged', { type: 'integer' }, { form: 'note', link: 'invoices', op: 'count' }),
    rolled('allocated', money, {
      form: 'transfer',
      table: 'lines',
      link: 'invoice',
      op: 'sum',
      field: 'amount',
      where: { and: [{ '>': [{ var: 'amount' }, 0] }, { '==': [{ var: '$parent.posted' }, true] }] },
    }),
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'text', type: 'text' },
        rolled(
          'shipped',
          { type: 'decimal', scale: 2 },
          { form: 'shipment', table: 'lines', link: 'line', op: 'sum', field: 'quantity' },
        ),
      ],
    },
  ]),
  form('payment', [
    { name: 'invoice', type: 'link', to: 'invoice' },
    { name: 'amount', ...money },
    { name: 'posted', type: 'boolean' },
    { name: 'way', type: 'text' },
    { name: 'day', type: 'date' },
    { name: 'time', type: 'duration' },
  ]),
  form('transfer', [
    { name: 'posted', type: 'boolean' },
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'invoice', type: 'link', to: 'invoice' },
        { name: 'amount', ...money },
      ],
    },
  ]),
  form('shipment', [
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'line', type: 'link', to: 'invoice', table: 'lines' },
        { name: 'quantity', type: 'decimal', scale: 3 },
      ],
    },
  ]),
  form('note', [
    { name: 'about', type: 'any_link', to: ['invoice', 'payment'] },
    { name: 'invoices', type: 'links', to: 'invoice' },
  ]),
)

onEachDatabase('roll-ups', (kind) => {
  it('computes every operator over living sources that meet the condition, and its value for none', async () => {
    const place = await placed(await freshDatabase(kind), books)
    const bin = { deleted_at: '2026-11-22T05:26:00.000Z' }
    await insertAll(place, 'invoice', [
      record(1, {
        lines: [
          { id: id(100), text: 'a' },
          { id: id(101), text: 'b' },
        ],
      }),
      record(2),
      record(3),
    ])
    await insertAll(place, 'payment', [
      record(10, { invoice: id(1), amount: '0.10', posted: true, way: 'card', day: '2026-03-01', time: 'PT1H' }),
      record(11, { invoice: id(1), amount: '0.20', posted: true, way: '现金', day: '2026-02-01', time: 'PT30M' }),
      record(12, { invoice: id(1), amount: '999999999999.99', posted: false, way: 'card', day: null, time: null }),
      record(13, { invoice: id(1), amount: '5.00', posted: true, way: 'x', day: '2020-01-01' }, bin),
      record(14, { invoice: id(2), amount: null, posted: null, way: null, day: null }),
    ])
    await insertAll(place, 'transfer', [
      record(20, {
        posted: true,
        lines: [
          { id: id(200), invoice: id(1), amount: '7.00' },
          { id: id(201), invoice: id(2), amount: '1.50' },
          { id: id(202), invoice: id(1), amount: '-2.00' },
        ],
      }),
      record(21, { posted: false, lines: [{ id: id(210), invoice: id(1), amount: '100.00' }] }),
      record(22, { posted: true, lines: [{ id: id(220), invoice: id(1), amount: '100.00' }] }, bin),
    ])
    await insertAll(place, 'shipment', [
      record(30, {
        lines: [
          { id: id(300), line: id(100), quantity: '1.005' },
          { id: id(301), line: id(100), quantity: '2.000' },
        ],
      }),
    ])
    await insertAll(place, 'note', [
      record(40, { about: `invoice/${id(1)}`, invoices: [id(1), id(2)] }),
      record(41, { about: `payment/${id(10)}`, invoices: [id(1)] }),
    ])
    const computed: Record<string, readonly (Json | undefined)[]> = {}
    await place.database.read(async (db) => {
      for (const source of books.forms.values()) {
        for (const feed of source.feeds) {
          const ids = feed.target.table === undefined ? [id(1), id(2), id(3)] : [id(100), id(101)]
          const values = await place.store.rollup(db, feed, ids)
          computed[feed.target.field.name] = ids.map((one) => values.get(one))
        }
      }
    })
    expect(computed).toEqual({
      paid: ['0.30', '0.00', '0.00'],
      payments: [3, 1, 0],
      ways: [2, 0, 0],
      first: ['2026-02-01', null, null],
      largest: ['999999999999.99', null, null],
      average: ['333333333333.430', null, null],
      last_way: ['card', null, null],
      is_paid: [true, false, false],
      time: ['PT1H30M', 'PT0S', 'PT0S'],
      noted: [1, 0, 0],
      tagged: [2, 1, 0],
      allocated: ['7.00', '1.50', '0.00'],
      shipped: ['3.01', '0.00'],
    })
  })
})
