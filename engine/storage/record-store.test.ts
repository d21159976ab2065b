import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, insertAll, loadOne, model, placed, record } from '#tests/support/storage-model.ts'

const everything = model(
  form('tag', [{ name: 'name', type: 'text' }]),
  form('sample', [
    { name: 'name', type: 'text' },
    { name: 'notes', type: 'long_text' },
    { name: 'count', type: 'integer' },
    { name: 'quantity', type: 'decimal', scale: 3 },
    { name: 'price', type: 'money', currency: 'CNY' },
    { name: 'rate', type: 'percent', scale: 2 },
    { name: 'open', type: 'boolean' },
    { name: 'day', type: 'date' },
    { name: 'moment', type: 'datetime' },
    { name: 'hour', type: 'time' },
    { name: 'length', type: 'duration' },
    { name: 'words', type: 'tags' },
    { name: 'main', type: 'link', to: 'tag' },
    { name: 'others', type: 'links', to: 'tag' },
    { name: 'about', type: 'any_link', to: ['tag', 'sample'] },
    { name: 'files', type: 'attachment' },
    {
      name: 'lines',
      type: 'table',
      fields: [
        { name: 'label', type: 'text' },
        { name: 'amount', type: 'decimal', scale: 2 },
        { name: 'done', type: 'boolean' },
        { name: 'marks', type: 'links', to: 'tag' },
      ],
    },
  ]),
)

const full: Readonly<Record<string, Json>> = {
  name: "订单 “中文” 😀 it's",
  notes: 'line\nline',
  count: 9007199254740991,
  quantity: '-123456789012.345',
  price: '9999999999999.99',
  rate: '0.05',
  open: false,
  day: '2026-02-28',
  moment: '2026-11-22T05:26:00.123Z',
  hour: '23:59',
  length: 'PT8H30M',
  words: ['a"b', '中', '😀'],
  main: id(1),
  others: [id(3), id(1), id(2)],
  about: `tag/${id(2)}`,
  files: [{ id: 'f1', name: '图.png', size: 12 }],
  lines: [
    { id: id(101), label: '一', amount: '1.50', done: true, marks: [id(2)] },
    { id: id(100), label: null, amount: null, done: null, marks: [] },
  ],
}
const empty = Object.fromEntries(
  Object.entries(full).map(([name, value]) => [
    name,
    ['others', 'lines'].includes(name) ? [] : Array.isArray(value) ? null : null,
  ]),
)

onEachDatabase('the record store', (kind) => {
  async function open() {
    const place = await placed(await freshDatabase(kind), everything)
    await insertAll(
      place,
      'tag',
      [1, 2, 3].map((number) => record(number, { name: `tag ${number}` })),
    )
    return place
  }

  it('gives back every type of value as it was written', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full), record(11, empty)])
    expect((await loadOne(place, 'sample', 10)).values).toEqual(full)
    expect((await loadOne(place, 'sample', 11)).values).toEqual(empty)
  })

  it('gives back any decimal of 15 digits and any text', async () => {
    const place = await open()
    let next = 1_000
    const value = fc.record({
      name: fc
        .string({ unit: 'grapheme', maxLength: 60 })
        .filter((text) => text !== '' && !text.includes('\u0000') && Buffer.from(text).toString() === text),
      quantity: fc.bigInt({ min: -999999999999999n, max: 999999999999999n }).map((scaled) => pointed(scaled, 3)),
    })
    await fc.assert(
      fc.asyncProperty(value, async (values) => {
        next += 1
        await insertAll(place, 'sample', [record(next, values)])
        expect((await loadOne(place, 'sample', next)).values).toMatchObject(values)
      }),
      { numRuns: 60 },
    )
  })

  it('saves what changed and nothing else, once per version', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full)])
    const before = await loadOne(place, 'sample', 10)
    const after = {
      ...before,
      version: 2,
      title: 'new',
      values: { ...before.values, price: '1.00', others: [id(2)], words: null },
    }
    const save = () => place.database.write((db) => place.store.update(db, 'sample', { before, after }))
    expect(await save()).toBe(true)
    expect(await loadOne(place, 'sample', 10)).toEqual(after)
    expect(await save()).toBe(false)
  })

  it('lets only one of two writers with the same version win', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full)])
    const before = await loadOne(place, 'sample', 10)
    const answers = await Promise.all(
      [1, 2, 3, 4].map((count) =>
        place.database.write((db) =>
          place.store.update(db, 'sample', {
            before,
            after: { ...before, version: 2, values: { ...before.values, count } },
          }),
        ),
      ),
    )
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('turns any rows into any others, a thousand of them too', async () => {
    const place = await open()
    const rows = (numbers: readonly number[], label: (number: number) => string): Json =>
      numbers.map((number) => ({
        id: id(5_000 + number),
        label: label(number),
        amount: `${number}.25`,
        done: number % 2 === 0,
        marks: number % 7 === 0 ? [id(1), id(2)] : [],
      }))
    const first = rows(range(1_000), (number) => `row ${number}`)
    await insertAll(place, 'sample', [record(10, { lines: first })])
    expect((await loadOne(place, 'sample', 10)).values['lines']).toEqual(first)
    const second = rows(
      [
        ...range(1_000)
          .filter((number) => number % 5 !== 0)
          .reverse(),
        2_000,
        2_001,
      ],
      (number) => (number % 3 === 0 ? `row ${number}` : `changed ${number}`),
    )
    const before = await loadOne(place, 'sample', 10)
    await place.database.write((db) =>
      place.store.update(db, 'sample', {
        before,
        after: { ...before, version: 2, values: { ...before.values, lines: second } },
      }),
    )
    expect((await loadOne(place, 'sample', 10)).values['lines']).toEqual(second)
  })

  it('leaves rows alone that a write does not mention', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full)])
    const { lines, ...rest } = (await loadOne(place, 'sample', 10)).values
    const before = await loadOne(place, 'sample', 10)
    await place.database.write((db) =>
      place.store.update(db, 'sample', { before, after: { ...before, version: 2, values: rest } }),
    )
    expect((await loadOne(place, 'sample', 10)).values['lines']).toEqual(lines)
  })

  it('loads living records only, unless asked for the bin', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10), record(11, {}, { deleted_at: '2026-11-22T05:26:00.000Z' })])
    const load = (options: object) =>
      place.database.write((db) => place.store.load(db, 'sample', [id(10), id(11), id(12)], options))
    expect([...(await load({ lock: true })).keys()]).toEqual([id(10)])
    expect((await load({ deleted: true, tables: false })).size).toBe(2)
  })

  it('refuses a link to a record that is not there, at the end of the transaction', async () => {
    const place = await open()
    await expect(insertAll(place, 'sample', [record(10, { main: id(999) })])).rejects.toMatchObject({
      problem: { code: 'still-linked' },
    })
    await place.database.write(async (db) => {
      await place.store.insert(db, 'sample', record(12, { main: id(500) }))
      await place.store.insert(db, 'tag', record(500))
    })
  })

  it('reads values over links, hop by hop', async () => {
    const company = model(
      form('region', [{ name: 'name', type: 'text' }]),
      form('customer', [
        { name: 'region', type: 'link', to: 'region' },
        { name: 'limit', type: 'money', currency: 'CNY' },
        { name: 'parent', type: 'link', to: 'customer', tree: true },
      ]),
      form('order', [{ name: 'customer', type: 'link', to: 'customer' }]),
    )
    const place = await placed(await freshDatabase(kind), company)
    await insertAll(place, 'region', [record(1, { name: '华东' })])
    await insertAll(place, 'customer', [
      record(2, { region: id(1), limit: '5.00' }),
      record(3, { region: null, parent: id(2) }),
      record(4, { parent: id(3) }),
    ])
    await insertAll(place, 'order', [
      record(5, { customer: id(2) }, { owner: null }),
      record(6, { customer: id(3) }),
      record(7),
    ])
    const paths = [['customer', 'region', 'name'], ['customer', 'limit'], ['title'], ['customer', 'region', 'title']]
    const values = await place.database.read((db) =>
      place.store.values(db, 'order', { ids: [id(5), id(6), id(7), id(8)], paths }),
    )
    expect(Object.fromEntries(values)).toEqual({
      [id(5)]: ['华东', '5.00', 'record 5', 'record 1'],
      [id(6)]: [null, null, 'record 6', null],
      [id(7)]: [null, null, 'record 7', null],
    })
    const below = (node: number, ancestor: number) =>
      place.database.read((db) => place.store.inTree(db, 'customer', { node: id(node), ancestor: id(ancestor) }))
    expect(await Promise.all([below(4, 2), below(2, 2), below(2, 4), below(9, 2)])).toEqual([true, true, false, false])
    expect((await place.database.read((db) => place.store.tree(db, 'customer', 'parent'))).get(id(4))).toBe(id(3))
  })

  it('tells what links to a record, and the ids behind it', async () => {
    const place = await open()
    await insertAll(place, 'sample', [
      record(10, {
        main: id(1),
        others: [id(1), id(2)],
        about: `tag/${id(1)}`,
        lines: [{ id: id(100), label: 'x', amount: null, done: null, marks: [id(1)] }],
      }),
      record(11, { main: id(1) }),
      record(12, { main: id(1) }, { deleted_at: '2026-11-22T05:26:00.000Z' }),
      record(13, { about: `sample/${id(10)}` }),
    ])
    const linked = await place.database.read((db) => place.store.linkedFrom(db, 'tag', id(1)))
    expect(linked).toEqual([
      { form: 'sample', field: 'main', count: 2 },
      { form: 'sample', field: 'others', count: 1 },
      { form: 'sample', field: 'about', count: 1 },
      { form: 'sample', table: 'lines', field: 'marks', count: 1 },
    ])
    const ids = (linking: object) =>
      place.database.read((db) => place.store.linkingIds(db, linking as never, { id: id(1), limit: 10 }))
    expect(await ids({ form: 'sample', field: 'main' })).toEqual([id(10), id(11)])
    expect(await ids({ form: 'sample', field: 'about' })).toEqual([id(10)])
    expect(await ids({ form: 'sample', table: 'lines', field: 'marks' })).toEqual([id(10)])
    expect(await place.database.read((db) => place.store.linkedFrom(db, 'sample', id(10)))).toEqual([
      { form: 'sample', field: 'about', count: 1 },
    ])
  })

  it('writes computed columns without a new version', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full)])
    await place.database.write(async (db) => {
      await place.store.setColumns(db, { form: 'sample', id: id(10) }, { price: '7.00', title: 'other' })
      await place.store.setColumns(db, { form: 'sample', table: 'lines', id: id(101) }, { amount: '3.00' })
    })
    const now = await loadOne(place, 'sample', 10)
    expect([
      now.version,
      now.title,
      now.values['price'],
      (now.values['lines'] as readonly JsonObject[])[0]?.amount,
    ]).toEqual([1, 'other', '7.00', '3.00'])
    expect(
      await place.database.read((db) => place.store.parentOf(db, { form: 'sample', table: 'lines', id: id(101) })),
    ).toBe(id(10))
  })

  it('erases a record with its rows and links', async () => {
    const place = await open()
    await insertAll(place, 'sample', [record(10, full)])
    await place.database.write((db) => place.store.erase(db, { form: 'sample', id: id(10) }))
    expect(await place.database.read((db) => place.store.load(db, 'sample', [id(10)], { deleted: true }))).toEqual(
      new Map(),
    )
    expect(
      await place.database.read((db) => place.store.parentOf(db, { form: 'sample', table: 'lines', id: id(101) })),
    ).toBeNull()
  })

  it('locks records in one order from any order of asking', async () => {
    const place = await open()
    const both = [
      { form: 'tag', id: id(1) },
      { form: 'tag', id: id(2) },
    ]
    await Promise.all(
      [both, [...both].reverse()].flatMap((targets) =>
        [1, 2, 3].map(() =>
          place.database.write(async (db) => {
            await place.store.lock(db, targets)
            await place.store.setColumns(db, { form: 'tag', id: id(1) }, { name: 'x' })
            await place.store.setColumns(db, { form: 'tag', id: id(2) }, { name: 'y' })
          }),
        ),
      ),
    )
  })
})

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index)
}

function pointed(scaled: bigint, scale: number): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
