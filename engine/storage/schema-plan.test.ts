import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Json } from '#base/json.ts'
import type { Definition } from '#definitions/definition.ts'
import type { Model } from '#definitions/model.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, insertAll, loadOne, model, placed, record } from '#tests/support/storage-model.ts'
import type { Database } from './database.ts'
import { physicalName } from './names.ts'
import { createRecordStore } from './record-store.ts'
import { applySchema } from './schema-plan.ts'

const base = [
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'integer' },
]
const thing = (...fields: readonly object[]): Model => model(form('thing', fields))

onEachDatabase('the schema plan', (kind) => {
  const apply = (database: Database, before: Model, after: Model) =>
    database.write((db) => applySchema(db, before, after))

  /** Publishes `after` over one record written under `before`, and reads it back. */
  async function evolve(before: Model, after: Model, values: Readonly<Record<string, Json>>) {
    const database = await freshDatabase(kind)
    const place = await placed(database, before)
    await insertAll(place, 'thing', [record(1, values)])
    await apply(database, before, after)
    return { place: { database, model: after, store: createRecordStore(after, database.dialect) }, before }
  }

  it('creates tables once and does nothing the second time', async () => {
    const database = await freshDatabase(kind)
    const first = await database.write((db) => applySchema(db, null, thing(...base)))
    expect(first.length).toBeGreaterThan(3)
    expect(await database.write((db) => applySchema(db, null, thing(...base)))).toEqual([])
  })

  it('makes a new form with one statement for its table, however many fields it has', async () => {
    const database = await freshDatabase(kind)
    const wide = thing(...Array.from({ length: 40 }, (_, index) => ({ name: `f_${index}`, type: 'integer' })))
    const statements = await database.write((db) => applySchema(db, null, wide))
    const table = `table "${physicalName('thing')}"`
    expect(statements.filter((statement) => statement.includes(table))).toHaveLength(1)
  })

  it('adds fields, tables and forms without touching what is there', async () => {
    const before = thing(...base)
    const after = model(
      form('thing', [
        ...base,
        { name: 'day', type: 'date' },
        { name: 'to', type: 'link', to: 'other' },
        { name: 'many', type: 'links', to: 'other' },
        { name: 'rows', type: 'table', fields: [{ name: 'n', type: 'integer' }] },
      ]),
      form('other', base),
    )
    const { place } = await evolve(before, after, { name: 'x', amount: 5 })
    expect((await loadOne(place, 'thing', 1)).values).toEqual({
      name: 'x',
      amount: 5,
      day: null,
      to: null,
      many: [],
      rows: [],
    })
  })

  it('keeps the values of a removed field as a tombstone and gives them back when it returns', async () => {
    const [whole, without] = [thing(...base), thing(base[0] as object)]
    const { place } = await evolve(whole, without, { name: 'x', amount: 5 })
    expect((await loadOne(place, 'thing', 1)).values).toEqual({ name: 'x' })
    expect(await apply(place.database, without, whole)).toEqual([])
    expect(
      (await loadOne({ ...place, store: createRecordStore(whole, place.database.dialect) }, 'thing', 1)).values,
    ).toEqual({ name: 'x', amount: 5 })
  })

  it('keeps the rows of a removed table and the records of a removed form', async () => {
    const rows = { name: 'rows', type: 'table', fields: [{ name: 'n', type: 'integer' }] }
    const [whole, without, nothing] = [thing(...base, rows), thing(...base), model(form('other', base))]
    const { place } = await evolve(whole, without, { name: 'x', amount: 1, rows: [{ id: id(9), n: 3 }] })
    await apply(place.database, without, nothing)
    await apply(place.database, nothing, whole)
    expect(
      (await loadOne({ ...place, store: createRecordStore(whole, place.database.dialect) }, 'thing', 1)).values,
    ).toEqual({ name: 'x', amount: 1, rows: [{ id: id(9), n: 3 }] })
  })

  it.each([
    ['integer to decimal', { type: 'integer' }, { type: 'decimal', scale: 3 }, 42, '42.000'],
    ['decimal to more decimals', { type: 'decimal', scale: 1 }, { type: 'decimal', scale: 4 }, '-1.5', '-1.5000'],
    ['decimal to text', { type: 'decimal', scale: 2 }, { type: 'text' }, '-0.50', '-0.50'],
    ['duration to text', { type: 'duration' }, { type: 'text' }, 'PT1H', 'PT1H'],
    ['boolean to text', { type: 'boolean' }, { type: 'text' }, false, 'false'],
    ['integer to text', { type: 'integer' }, { type: 'text' }, 7, '7'],
    ['date to text', { type: 'date' }, { type: 'text' }, '2026-01-02', '2026-01-02'],
    ['text to long text', { type: 'text' }, { type: 'long_text' }, 'a', 'a'],
    ['choice to text', { type: 'choice', options: [{ value: 'a' }] }, { type: 'text' }, 'a', 'a'],
  ] as const)('changes %s and converts the values', async (_, from, to, value, converted) => {
    const [before, after] = [thing({ name: 'x', ...from }), thing({ name: 'x', ...to })]
    const { place } = await evolve(before, after, { x: value })
    expect((await loadOne(place, 'thing', 1)).values['x']).toBe(converted)
    await insertAll(place, 'thing', [record(2, { x: converted })])
  })

  it('reads on after a change of type, though statements were prepared for the old one', async () => {
    const [before, after] = [thing({ name: 'x', type: 'integer' }), thing({ name: 'x', type: 'decimal', scale: 2 })]
    const old = await placed(await freshDatabase(kind), before)
    await insertAll(old, 'thing', [record(1, { x: 7 })])
    await Promise.all(Array.from({ length: 6 }, () => loadOne(old, 'thing', 1)))
    await apply(old.database, before, after)
    const place = { ...old, model: after, store: createRecordStore(after, old.database.dialect) }
    const loaded = await Promise.all(Array.from({ length: 12 }, () => loadOne(place, 'thing', 1)))
    expect(new Set(loaded.map((one) => one.values['x']))).toEqual(new Set(['7.00']))
  })

  it('refuses a change of type that would lose values, and allows it while there are none', async () => {
    const [before, after] = [thing({ name: 'x', type: 'text' }), thing({ name: 'x', type: 'integer' })]
    await expect(evolve(before, after, { x: 'seven' })).rejects.toMatchObject({
      problem: {
        code: 'definition-invalid',
        issues: [
          {
            pointer: '/form/thing/fields/x',
            code: 'type-change-needs-conversion',
            params: { from: 'text', to: 'integer' },
          },
        ],
      },
    })
    const { place } = await evolve(before, after, { x: null })
    await insertAll(place, 'thing', [record(2, { x: 7 })])
    expect((await loadOne(place, 'thing', 2)).values['x']).toBe(7)
  })

  it('refuses more decimals where a value would outgrow its column', async () => {
    const [before, after] = [
      thing({ name: 'x', type: 'decimal', scale: 0 }),
      thing({ name: 'x', type: 'decimal', scale: 6 }),
    ]
    await expect(evolve(before, after, { x: '123456789012345' })).rejects.toMatchObject({
      problem: { code: 'definition-invalid' },
    })
    await evolve(before, after, { x: '123456789' })
  })

  it('changes a type there and back, with an index on it', async () => {
    const [text, number] = [
      thing({ name: 'x', type: 'text', index: true, unique: true }),
      thing({ name: 'x', type: 'integer', index: true, unique: true }),
    ]
    const { place } = await evolve(text, number, { x: null })
    await apply(place.database, number, text)
    await apply(place.database, text, number)
    await insertAll(place, 'thing', [record(2, { x: 1 })])
    await expect(insertAll(place, 'thing', [record(3, { x: 1 })])).rejects.toMatchObject({
      problem: { code: 'not-unique' },
    })
  })

  it('turns an empty list of links into a text and refuses one with links', async () => {
    const [before, after] = [thing({ name: 'x', type: 'links', to: 'thing' }), thing({ name: 'x', type: 'text' })]
    const { place } = await evolve(before, after, { x: [] })
    await apply(place.database, after, before)
    await expect(evolve(before, after, { x: [id(1)] })).rejects.toMatchObject({
      problem: { code: 'definition-invalid' },
    })
  })

  it('holds uniqueness among living records, ignores empties, and names only the fields', async () => {
    const unique = model(
      form(
        'thing',
        [
          { name: 'x', type: 'text', unique: true },
          { name: 'a', type: 'integer' },
          { name: 'b', type: 'integer' },
        ],
        { unique: [['a', 'b']] },
      ),
    )
    const place = await placed(await freshDatabase(kind), unique)
    const bin = { deleted_at: '2026-11-22T05:26:00.000Z' }
    await insertAll(place, 'thing', [
      record(1, { x: 'one', a: 1, b: 1 }),
      record(2, { x: null, a: 1, b: null }),
      record(3, { x: null, a: 1, b: null }),
      record(4, { x: 'one', a: 1, b: 1 }, bin),
    ])
    await expect(insertAll(place, 'thing', [record(5, { x: 'one' })])).rejects.toMatchObject({
      problem: { code: 'not-unique', issues: [{ pointer: '/x', code: 'not-unique' }] },
    })
    await expect(insertAll(place, 'thing', [record(5, { a: 1, b: 1 })])).rejects.toMatchObject({
      problem: { code: 'not-unique', issues: [{ pointer: '/a' }, { pointer: '/b' }] },
    })
    const conflicts = (values: object) =>
      place.database.write((db) => place.store.uniqueConflicts(db, 'thing', { id: id(9), values: values as never }))
    expect(await conflicts({ x: 'one', a: 1, b: 1 })).toEqual([{ fields: ['x'] }, { fields: ['a', 'b'] }])
    expect(await conflicts({ x: 'One', a: 1, b: null })).toEqual([])
  })

  it('holds uniqueness added over old duplicates for new writes, and by an index once they are gone', async () => {
    const [plain, unique] = [thing({ name: 'x', type: 'text' }), thing({ name: 'x', type: 'text', unique: true })]
    const database = await freshDatabase(kind)
    const old = await placed(database, plain)
    await insertAll(old, 'thing', [record(1, { x: 'same' }), record(2, { x: 'same' })])
    await apply(database, plain, unique)
    const place = { database, model: unique, store: createRecordStore(unique, database.dialect) }
    const write = (number: number, x: string) =>
      database.write(async (db) => {
        const taken = await place.store.uniqueConflicts(db, 'thing', record(number, { x }))
        if (taken.length > 0) return false
        await place.store.insert(db, 'thing', record(number, { x }))
        return true
      })
    expect(await write(3, 'same')).toBe(false)
    expect((await Promise.all([4, 5, 6, 7].map((number) => write(number, 'new')))).filter(Boolean)).toHaveLength(1)
    await database.write((db) => place.store.erase(db, { form: 'thing', id: id(2) }))
    const upgraded = await database.write((db) => applySchema(db, null, unique))
    expect(upgraded.join()).toMatch(/create unique\s+index/)
    await expect(insertAll(place, 'thing', [record(8, { x: 'same' })])).rejects.toMatchObject({
      problem: { code: 'not-unique' },
    })
  })

  it('lets go of uniqueness that is no longer asked for', async () => {
    const [unique, plain] = [thing({ name: 'x', type: 'text', unique: true }), thing({ name: 'x', type: 'text' })]
    const { place } = await evolve(unique, plain, { x: 'same' })
    await insertAll(place, 'thing', [record(2, { x: 'same' })])
  })

  it('reports a value that repeats in a unique column of a table', async () => {
    const place = await placed(
      await freshDatabase(kind),
      thing({ name: 'rows', type: 'table', fields: [{ name: 'n', type: 'integer', unique: true }] }),
    )
    const rows = [1, 2, 1, null, null].map((n, index) => ({ id: id(index + 10), n }))
    expect(await place.database.read((db) => place.store.uniqueConflicts(db, 'thing', record(1, { rows })))).toEqual([
      { fields: ['rows/2/n'] },
    ])
  })

  it('takes back every statement when publishing fails at the end', async () => {
    const database = await freshDatabase(kind)
    const before = await placed(database, thing(...base))
    await insertAll(before, 'thing', [record(1, { name: 'x', amount: 5 })])
    const after = model(
      form('thing', [
        { name: 'name', type: 'text' },
        { name: 'amount', type: 'decimal', scale: 2 },
        { name: 'more', type: 'text' },
      ]),
      form('other', base),
    )
    await expect(
      database.write(async (db) => {
        await applySchema(db, before.model, after)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect((await loadOne(before, 'thing', 1)).values).toEqual({ name: 'x', amount: 5 })
    await insertAll(before, 'thing', [record(2, { name: 'y', amount: 6 })])
    expect(
      await database.read(
        async (db) =>
          (await sql<{ n: number }>`select count(*) as n from fl_column where form = 'other'`.execute(db)).rows[0]?.n,
      ),
    ).toBe(0)
    await apply(database, before.model, after)
    expect(
      (await loadOne({ ...before, store: createRecordStore(after, database.dialect) }, 'thing', 1)).values,
    ).toEqual({ name: 'x', amount: '5.00', more: null })
  })

  it('alters tables in a transaction that has already written links', async () => {
    const database = await freshDatabase(kind)
    const linked = thing({ name: 'up', type: 'link', to: 'thing' })
    const more = thing({ name: 'up', type: 'link', to: 'thing' }, ...base)
    const place = await placed(database, linked)
    await database.write(async (db) => {
      await place.store.insert(db, 'thing', record(1))
      await place.store.insert(db, 'thing', record(2, { up: id(1) }))
      await applySchema(db, linked, more)
      await createRecordStore(more, database.dialect).insert(db, 'thing', record(3, { up: id(2), name: 'x' }))
    })
  })

  it('takes SQL words and names of the greatest length', async () => {
    const long = `x${'y'.repeat(39)}`
    const definitions = [
      form('select', [
        { name: 'order', type: 'text', unique: true },
        { name: 'group', type: 'link', to: long, index: true },
      ]),
      form(long, [
        { name: 'table', type: 'table', fields: [{ name: long, type: 'text', index: true }] },
        { name: long, type: 'table', fields: [{ name: 'from', type: 'text' }] },
      ]),
    ] as Definition[]
    const place = await placed(await freshDatabase(kind), model(...definitions))
    await insertAll(place, long, [
      record(1, { table: [{ id: id(5), [long]: 'a' }], [long]: [{ id: id(6), from: 'b' }] }),
    ])
    await insertAll(place, 'select', [record(2, { order: 'o', group: id(1) })])
    expect((await loadOne(place, long, 1)).values).toEqual({
      table: [{ id: id(5), [long]: 'a' }],
      [long]: [{ id: id(6), from: 'b' }],
    })
  })
})
