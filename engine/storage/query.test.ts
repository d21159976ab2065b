import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import { compileExpression } from '#expressions/compile.ts'
import type { Surroundings } from '#expressions/expression.ts'
import { filterPlace } from '#expressions/places.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, insertAll, model, type Place, placed, record } from '#tests/support/storage-model.ts'
import { runAggregate, runCount, runList } from './query.ts'
import type { AggregatePlan, ListPlan, Predicate, Selection, SortKey } from './query-plan.ts'
import type { StoredRecord } from './stored-record.ts'

const around: Surroundings = { now: '2026-11-22T08:00:00.000Z', today: '2026-11-22', zone: 'UTC', user: null }
const always = { always: true } as const

const shop = model(
  form('customer', [
    { name: 'name', type: 'text' },
    { name: 'tier', type: 'choice', options: [{ value: 'gold' }, { value: 'basic' }] },
    { name: 'secret', type: 'text' },
  ]),
  form('order', [
    { name: 'number', type: 'text', search: true },
    { name: 'customer', type: 'link', to: 'customer' },
    { name: 'day', type: 'date' },
    { name: 'total', type: 'money', currency: 'CNY' },
    { name: 'rank', type: 'integer' },
    { name: 'open', type: 'boolean' },
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'product', type: 'link', to: 'customer' },
        { name: 'price', type: 'money', currency: 'CNY' },
      ],
    },
    { name: 'watchers', type: 'links', to: 'customer' },
    { name: 'overdue', type: 'boolean', stored: false, formula: { '<': [{ var: 'day' }, { today: [] }] } },
  ]),
)

function where(form: string, source: Json): Predicate {
  const place = filterPlace(shop, shop.forms.get(form) as NonNullable<ReturnType<typeof shop.forms.get>>)
  const answer = compileExpression(source, place)
  if (!answer.ok) throw new Error(JSON.stringify(answer.issues))
  return { compiled: answer.value, place }
}

function plan(more: Partial<ListPlan> = {}): ListPlan {
  const open = { where: always }
  return {
    model: shop,
    form: 'order',
    around,
    visible: open,
    targets: new Map([
      ['customer', open],
      ['order', open],
    ]),
    where: [],
    select: ['number', 'customer', 'day', 'total', 'rank', 'open'],
    sort: [],
    limit: 100,
    ...more,
  }
}

function numbers(rows: readonly { readonly record: StoredRecord }[]): readonly Json[] {
  return rows.map((row) => row.record.values['number'] ?? null)
}

const customers = [
  record(1, { name: 'ACME', tier: 'gold', secret: 'a' }, { title: 'ACME' }),
  record(2, { name: '北京', tier: 'basic', secret: 'z' }, { title: '北京' }),
]
const orders = [
  record(11, {
    number: 'SO-1',
    customer: id(1),
    day: '2026-01-05',
    total: '10.00',
    rank: 2,
    open: true,
    lines: [{ id: id(111), product: id(2), price: '9.00' }],
    watchers: [id(2)],
  }),
  record(12, {
    number: 'SO-2 订单',
    customer: id(2),
    day: '2026-02-05',
    total: '20.50',
    rank: null,
    open: false,
    lines: [{ id: id(121), product: id(1), price: '1.00' }],
  }),
  record(13, { number: 'so_3%', customer: null, day: null, total: null, rank: 2, open: null, lines: [] }),
  record(
    14,
    { number: 'SO-4', customer: id(1), day: '2027-01-01', total: '-5.25', rank: 1, open: true, lines: [] },
    { deleted_at: '2026-11-22T05:26:00.000Z' },
  ),
]

onEachDatabase('the read path', (kind) => {
  async function open(): Promise<Place> {
    const place = await placed(await freshDatabase(kind), shop)
    await insertAll(place, 'customer', customers)
    await insertAll(place, 'order', orders)
    return place
  }
  const list = (place: Place, more: Partial<ListPlan> = {}) => place.database.read((db) => runList(db, plan(more)))
  const count = (place: Place, more: Partial<Selection> = {}, cap = 100) =>
    place.database.read((db) => runCount(db, plan(more), cap))
  const aggregate = (place: Place, more: Partial<AggregatePlan>) =>
    place.database.read((db) => runAggregate(db, { ...plan(), group: [], measures: [], ...more }))

  it('lists living records with the selected values, their rows, and titles of visible links', async () => {
    const place = await open()
    const answer = await list(place, {
      select: ['number', 'customer', 'lines'],
      conditions: [
        where('order', { '>': [{ var: 'total' }, 15] }),
        { not: where('order', { '>': [{ var: 'total' }, 15] }) },
        always,
      ],
    })
    expect(answer.rows.map((row) => row.record.values)).toEqual(
      orders.slice(0, 3).map(({ values: { number, customer, lines } }) => ({ number, customer, lines })),
    )
    expect(answer.rows.map((row) => row.conditions)).toEqual([
      [false, true, true],
      [true, false, true],
      [false, true, true],
    ])
    expect(answer.titles.get('customer')).toEqual(
      new Map([
        [id(1), 'ACME'],
        [id(2), '北京'],
      ]),
    )
    expect(answer.next).toBeNull()
  })

  it('filters by own fields, links, rows, lists of values and fields computed when read', async () => {
    const place = await open()
    const by = async (predicate: Predicate) => numbers((await list(place, { where: [predicate] })).rows)
    expect(await by(where('order', { '==': [{ var: 'customer.tier' }, 'gold'] }))).toEqual(['SO-1'])
    expect(await by(where('order', { some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 5] }] }))).toEqual(['SO-1'])
    expect(await by(where('order', { '==': [{ var: 'overdue' }, true] }))).toEqual(['SO-1', 'SO-2 订单'])
    expect(await by({ field: 'total', oneOf: ['20.50'] })).toEqual(['SO-2 订单'])
    expect(await by({ field: 'rank', oneOf: [2, 7] })).toEqual(['SO-1', 'so_3%'])
    expect(await by({ field: 'open', oneOf: [false] })).toEqual(['SO-2 订单'])
    expect(await by({ field: 'watchers', oneOf: [id(2)] })).toEqual(['SO-1'])
    expect(await by({ field: 'id', oneOf: [] })).toEqual([])
    expect(await by({ not: { field: 'customer', oneOf: [id(1)] } })).toEqual(['SO-2 订单', 'so_3%'])
    expect(await by({ any: [{ field: 'id', oneOf: [id(13)] }, { all: [] }] })).toHaveLength(3)
    expect(await by({ any: [] })).toEqual([])
  })

  it('finds words by their beginning, without regard to case, and takes no wildcard from the text', async () => {
    const place = await open()
    const find = async (text: string, fields = ['number']) =>
      numbers((await list(place, { search: { fields, text } })).rows)
    expect(await find('so-1')).toEqual(['SO-1'])
    expect(await find('订单 so')).toEqual(['SO-2 订单'])
    expect(await find('3%')).toEqual(['so_3%'])
    expect(await find('o_')).toEqual([])
    expect(await find('so%')).toEqual(['SO-1', 'SO-2 订单', 'so_3%'])
    expect(await find('单')).toEqual(['SO-2 订单'])
    expect(await find('%')).toEqual([])
    expect(await find('acme', ['number', 'customer'])).toEqual(['SO-1'])
    expect(await find('  ')).toEqual([])
  })

  it('shows the bin only when asked for it', async () => {
    const place = await open()
    expect(numbers((await list(place, { deleted: 'bin' })).rows)).toEqual(['SO-4'])
    expect(await count(place)).toBe(3)
    expect(await count(place, {}, 2)).toBe(2)
    expect(await count(place, {}, Number.MAX_SAFE_INTEGER)).toBe(3)
  })

  it('pages through any sort like a plain sort does, empties and ties included', async () => {
    const place = await placed(await freshDatabase(kind), shop)
    await insertAll(place, 'customer', customers)
    const value = fc.record({
      number: fc.option(fc.constantFrom('a', 'B', '中', 'é', '😀', '\uffee', 'aa')),
      total: fc.option(fc.constantFrom('-1.00', '10.00', '9.00', '999999999999999.00')),
      rank: fc.option(fc.constantFrom(-1, 0, 3)),
      open: fc.option(fc.boolean()),
      day: fc.option(fc.constantFrom('2026-01-01', '2025-12-31')),
      customer: fc.option(fc.constantFrom(id(1), id(2))),
    })
    const records = fc
      .sample(value, { numRuns: 60, seed: 7 })
      .map((values, index) => record(100 + index, { ...values, lines: [] }))
    await insertAll(place, 'order', records)
    const key = fc.record({
      field: fc.constantFrom('number', 'total', 'rank', 'open', 'day', 'customer', 'created_at'),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    })
    const sorts = fc.uniqueArray(key, { maxLength: 3, selector: (one) => one.field })
    await fc.assert(
      fc.asyncProperty(sorts, fc.integer({ min: 1, max: 25 }), async (sort, limit) => {
        const paged: string[] = []
        let after: readonly Json[] | undefined
        do {
          const page: Awaited<ReturnType<typeof list>> = await list(place, { sort, limit, ...(after && { after }) })
          paged.push(...page.rows.map((row) => row.record.id))
          after = page.next ?? undefined
        } while (after !== undefined)
        expect(paged).toEqual(sorted(records, sort).map((one) => one.id))
      }),
      { numRuns: 60 },
    )
  })

  it('refuses a cursor that does not fit the sort', async () => {
    const place = await open()
    const cursor = (after: readonly Json[]) => list(place, { sort: [{ field: 'total', direction: 'asc' }], after })
    for (const after of [[], ['1.00'], ['x', id(1)], [7, id(1)], ['1.00', 3], [{}, id(1)]])
      await expect(cursor(after)).rejects.toMatchObject({ problem: { code: 'query-invalid' } })
  })

  it('sorts by an expression in place of a column', async () => {
    const place = await open()
    const compiled = where('order', { '-': [0, { var: 'total' }] }) as Extract<Predicate, { compiled: unknown }>
    const sort: SortKey[] = [{ field: 'negative', direction: 'asc', compiled }]
    const first = await list(place, { sort, limit: 2 })
    expect(numbers(first.rows)).toEqual(['so_3%', 'SO-2 订单'])
    expect(numbers((await list(place, { sort, limit: 2, after: first.next as Json[] })).rows)).toEqual(['SO-1'])
  })

  it('sums, counts and averages by group, exactly', async () => {
    const place = await open()
    const measures = [
      { name: 'count', op: 'count' },
      { name: 'sum', op: 'sum', field: 'total' },
      { name: 'avg', op: 'avg', field: 'total' },
      { name: 'min', op: 'min', field: 'day' },
      { name: 'max', op: 'max', field: 'total' },
      { name: 'ranks', op: 'distinct', field: 'rank' },
      { name: 'rank', op: 'sum', field: 'rank' },
    ] as const
    expect((await aggregate(place, { measures })).rows).toEqual([
      { count: 3, sum: '30.50', avg: '15.25', min: '2026-01-05', max: '20.50', ranks: 1, rank: 4 },
    ])
    const grouped = await aggregate(place, { group: [{ field: 'customer' }], measures: measures.slice(0, 2) })
    expect(grouped.rows).toEqual([
      { customer: null, count: 1, sum: '0.00' },
      { customer: id(1), count: 1, sum: '10.00' },
      { customer: id(2), count: 1, sum: '20.50' },
    ])
    expect(grouped.titles.get('customer')?.get(id(2))).toBe('北京')
    const bucket = async (of: 'day' | 'week' | 'month' | 'quarter' | 'year') =>
      (await aggregate(place, { group: [{ field: 'day', bucket: of }], measures: [] })).rows.map((row) => row['day'])
    expect(await bucket('week')).toEqual([null, '2026-W02', '2026-W06'])
    expect(await bucket('month')).toEqual([null, '2026-01', '2026-02'])
    expect(await bucket('quarter')).toEqual([null, '2026-Q1'])
    expect(await bucket('year')).toEqual([null, '2026'])
    expect(await bucket('day')).toEqual([null, '2026-01-05', '2026-02-05'])
    expect((await aggregate(place, { group: [{ field: 'total' }, { field: 'open' }], measures: [] })).rows).toEqual([
      { total: null, open: null },
      { total: '10.00', open: true },
      { total: '20.50', open: false },
    ])
    const compiled = where('order', { if: [{ '>': [{ var: 'total' }, 15] }, 'big', 'small'] }) as Extract<
      Predicate,
      { compiled: unknown }
    >
    expect(
      (await aggregate(place, { group: [{ field: 'size', compiled }], measures: [{ name: 'count', op: 'count' }] }))
        .rows,
    ).toEqual([
      { size: 'big', count: 1 },
      { size: 'small', count: 2 },
    ])
  })

  describeGuards()

  function describeGuards(): void {
    const onlyOwn = { where: where('order', { '==': [{ var: 'rank' }, 2] }) }

    it('hides records that the policy does not open, from lists, counts and sums alike', async () => {
      const place = await open()
      expect(numbers((await list(place, { visible: onlyOwn })).rows)).toEqual(['SO-1', 'so_3%'])
      expect(await count(place, { visible: onlyOwn })).toBe(2)
      expect(
        (await aggregate(place, { visible: onlyOwn, measures: [{ name: 'sum', op: 'sum', field: 'total' }] })).rows,
      ).toEqual([{ sum: '10.00' }])
    })

    it('filters, sorts, groups, measures and searches by a partly readable field only where it may be read', async () => {
      const place = await open()
      const visible = {
        where: always,
        guards: new Map<string, Predicate>([
          ['total', where('order', { '==': [{ var: 'open' }, true] })],
          ['number', where('order', { '==': [{ var: 'open' }, true] })],
        ]),
      }
      expect(
        numbers((await list(place, { visible, where: [where('order', { '>': [{ var: 'total' }, 0] })] })).rows),
      ).toEqual(['SO-1'])
      expect(
        numbers((await list(place, { visible, where: [{ not: { field: 'total', oneOf: ['20.50'] } }] })).rows),
      ).toHaveLength(3)
      expect(numbers((await list(place, { visible, sort: [{ field: 'total', direction: 'desc' }] })).rows)).toEqual([
        'SO-1',
        'so_3%',
        'SO-2 订单',
      ])
      expect(numbers((await list(place, { visible, search: { fields: ['number'], text: 'so' } })).rows)).toEqual([
        'SO-1',
      ])
      expect(
        (
          await aggregate(place, {
            visible,
            measures: [
              { name: 'sum', op: 'sum', field: 'total' },
              { name: 'max', op: 'max', field: 'total' },
            ],
          })
        ).rows,
      ).toEqual([{ sum: '10.00', max: '10.00' }])
      expect(
        (await aggregate(place, { visible, group: [{ field: 'total' }], measures: [{ name: 'count', op: 'count' }] }))
          .rows,
      ).toEqual([
        { total: null, count: 2 },
        { total: '10.00', count: 1 },
      ])
      const pages = await list(place, {
        visible,
        limit: 1,
        sort: [{ field: 'total', direction: 'asc' }],
        conditions: [where('order', { '==': [{ var: 'open' }, true] })],
      })
      expect(pages.next).toEqual([null, id(12)])
      expect(pages.rows[0]?.conditions).toEqual([false])
      expect(pages.rows[0]?.record.values['total']).toBe('20.50')
    })

    it('guards the columns of a table', async () => {
      const place = await open()
      const visible = { where: always, guards: new Map<string, Predicate>([['lines.price', { always: false }]]) }
      const priced = [where('order', { some: [{ var: 'lines' }, { '>': [{ var: 'price' }, 0] }] })]
      expect(
        numbers((await list(place, { visible, targets: new Map([['order', visible]]), where: priced })).rows),
      ).toEqual([])
      const counted = [where('order', { '>': [{ count: [{ var: 'lines' }] }, 0] })]
      expect(
        numbers((await list(place, { visible, targets: new Map([['order', visible]]), where: counted })).rows),
      ).toHaveLength(2)
    })

    it('treats invisible targets as empty: no title, no filter, no order, no search through them', async () => {
      const place = await open()
      const gold = {
        where: where('customer', { '==': [{ var: 'tier' }, 'gold'] }),
        guards: new Map<string, Predicate>([['secret', { always: false }]]),
      }
      const targets = new Map([['customer', gold]])
      expect((await list(place, { targets })).titles.get('customer')).toEqual(new Map([[id(1), 'ACME']]))
      expect(
        numbers(
          (await list(place, { targets, where: [where('order', { '==': [{ var: 'customer.tier' }, 'basic'] })] })).rows,
        ),
      ).toEqual([])
      expect(
        numbers(
          (await list(place, { targets, where: [where('order', { '==': [{ var: 'customer.secret' }, 'a'] })] })).rows,
        ),
      ).toEqual([])
      expect(numbers((await list(place, { targets, search: { fields: ['customer'], text: '北京' } })).rows)).toEqual([])
      expect(numbers((await list(place, { targets, sort: [{ field: 'customer', direction: 'desc' }] })).rows)[0]).toBe(
        'SO-1',
      )
      expect((await list(place, { targets: new Map() })).titles).toEqual(new Map([['customer', new Map()]]))
    })
  }
})

/** Empty first when ascending, last when descending; ties by id in the direction of the last key. */
function sorted(records: readonly StoredRecord[], sort: readonly SortKey[]): readonly StoredRecord[] {
  const keys = [...sort, { field: 'id', direction: sort.at(-1)?.direction ?? ('asc' as const) }]
  return [...records].sort((left, right) => {
    for (const { field, direction } of keys) {
      const order = compare(keyOf(left, field), keyOf(right, field))
      if (order !== 0) return direction === 'asc' ? order : -order
    }
    return 0
  })
}

function keyOf(record: StoredRecord, field: string): Json {
  if (field === 'id' || field === 'created_at') return record[field]
  const value = record.values[field] ?? null
  if (value === null) return null
  if (field === 'total') return Number(value)
  return field === 'customer' ? (customers.find((one) => one.id === value)?.title ?? null) : value
}

function compare(left: Json, right: Json): number {
  if (left === right) return 0
  if (left === null || right === null) return left === null ? -1 : 1
  if (typeof left === 'string') return Buffer.compare(Buffer.from(left), Buffer.from(String(right)))
  return Number(left) < Number(right) ? -1 : 1
}
