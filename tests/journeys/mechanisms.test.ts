/** The less common mechanisms of records, each on both databases: many-to-many, links to any form, trees, ranges, ledgers, states, import. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import type { Definition } from '#definitions/definition.ts'
import { historyOf, whyOf } from '#records/history.ts'
import { importCsv } from '#records/import/run.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { deleteRecord } from '#records/remove.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest, refusalOf } from '#tests/support/records.ts'

const definitions: readonly Definition[] = [
  {
    kind: 'form',
    name: 'area',
    label: 'Area',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'parent', type: 'link', to: 'area', tree: true },
    ],
  },
  {
    kind: 'form',
    name: 'thing',
    label: 'Thing',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true, unique: true, max_length: 20 },
      { name: 'area', type: 'link', to: 'area' },
      { name: 'partners', type: 'links', to: 'thing' },
      { name: 'price', type: 'money' },
      { name: 'seen', type: 'date' },
      {
        name: 'kind_of',
        type: 'choice',
        options: [{ value: 'a', label: { en: 'Alpha', 'zh-CN': '甲' } }, { value: 'b' }],
      },
      {
        name: 'parts',
        type: 'table',
        fields: [
          { name: 'part', type: 'text', readonly: { '==': [{ var: 'sealed' }, true] } },
          { name: 'count', type: 'integer', min: 1 },
          { name: 'sealed', type: 'boolean' },
        ],
      },
      { name: 'note_count', type: 'integer', rollup: { form: 'note', link: 'about', op: 'count' } },
    ],
  },
  {
    kind: 'form',
    name: 'note',
    label: 'Note',
    fields: [
      { name: 'about', type: 'any_link', to: ['thing', 'area'], required: true },
      { name: 'text', type: 'text' },
    ],
  },
  {
    kind: 'form',
    name: 'rate',
    label: 'Rate',
    fields: [
      { name: 'code', type: 'text' },
      { name: 'from', type: 'date' },
      { name: 'until', type: 'date' },
    ],
    no_overlap: [{ name: 'one_rate', keys: ['code'], from: 'from', to: 'until' }],
  },
  {
    kind: 'form',
    name: 'entry',
    label: 'Entry',
    append_only: true,
    fields: [{ name: 'amount', type: 'money', required: true }],
  },
  {
    kind: 'form',
    name: 'purse',
    label: 'Purse',
    fields: [
      { name: 'limit', type: 'money' },
      { name: 'used', type: 'money', rollup: { form: 'spend', link: 'purse', op: 'sum', field: 'amount' } },
    ],
  },
  {
    kind: 'form',
    name: 'spend',
    label: 'Spend',
    fields: [
      { name: 'purse', type: 'link', to: 'purse', required: true },
      { name: 'amount', type: 'money', required: true },
    ],
    checks: [
      {
        name: 'within_limit',
        assert: { '<=': [{ '+': [{ var: 'purse.used' }, { var: 'amount' }] }, { var: 'purse.limit' }] },
        at: 'amount',
        message: 'Over the limit',
      },
    ],
  },
  {
    kind: 'form',
    name: 'job',
    label: 'Job',
    fields: [
      { name: 'number', type: 'sequence', pattern: 'J-{YYYY}{MM}-{###}', reset: 'month', scope: ['site'] },
      { name: 'site', type: 'text' },
      { name: 'done', type: 'boolean' },
    ],
  },
  {
    kind: 'lifecycle',
    name: 'job',
    form: 'job',
    label: 'Job',
    initial: 'open',
    states: [
      { name: 'open', label: 'Open' },
      { name: 'closed', label: 'Closed', final: true },
    ],
    transitions: [{ name: 'close', label: 'Close', from: ['open'], to: 'closed' }],
  },
  {
    kind: 'role',
    name: 'ranger',
    label: 'Ranger',
    grants: [
      { form: 'thing', can: ['read', 'update'], where: { in_tree: [{ var: 'area' }, { var: '$user.area' }] } },
      { form: 'area', can: ['read'] },
    ],
  },
  { kind: 'form', extends: 'user', fields: [{ name: 'area', type: 'link', to: 'area' }] },
]

onEachDatabase('mechanisms', (database) => {
  let test: RecordsUnderTest
  beforeAll(async () => {
    test = await openRecords(database, definitions)
  })
  afterAll(() => test.close())
  const create = async (form: string, body: JsonObject) =>
    (await createRecord(test.admin, { verb: 'create', form, body })).id
  const update = (form: string, id: string, body: JsonObject, version: number) =>
    updateRecord(test.admin, { verb: 'update', form, id, body, version })
  let unique = 0
  const thing = (body: JsonObject = {}) => create('thing', { name: `T${++unique}`, ...body })

  it('keeps many-to-many links in order, filters over them, and forgets a deleted target only when cleared', async () => {
    const [one, two] = [await thing(), await thing()]
    const id = await thing({ partners: [two, one] })
    expect((await getRecord(test.admin, 'thing', id)).partners).toMatchObject([{ id: two }, { id: one }])
    await update('thing', id, { partners: [one] }, 1)
    expect(
      (await listRecords(test.admin, 'thing', { filter: { in: [one, { var: 'partners' }] } })).records.map(
        (record) => record.id,
      ),
    ).toEqual([id])
    expect((await refusalOf(deleteRecord(test.admin, { form: 'thing', id: one, version: 1 }))).code).toBe(
      'still-linked',
    )
    expect((await refusalOf(update('thing', id, { partners: [one, 'nothing'] }, 2))).code).toBe('record-invalid')
  })

  it('links to any of the named forms and rolls up over such a link', async () => {
    const [id, area] = [await thing(), await create('area', { name: `A${++unique}` })]
    const note = await create('note', { about: `thing/${id}`, text: 'x' })
    await create('note', { about: `area/${area}` })
    expect((await getRecord(test.admin, 'note', note)).about).toMatchObject({ form: 'thing', id })
    expect(await getRecord(test.admin, 'thing', id)).toMatchObject({ note_count: 1 })
    expect((await refusalOf(create('note', { about: `rate/${id}` }))).issues?.map((issue) => issue.pointer)).toEqual([
      '/about',
    ])
  })

  it('opens what stands below a branch of a tree, and nothing to a user without a branch', async () => {
    const top = await create('area', { name: `top${++unique}` })
    const below = await create('area', { name: `below${unique}`, parent: top })
    const [inside, outside] = [await thing({ area: below }), await thing()]
    const ranger = await test.as(['ranger'], { area: top })
    expect((await listRecords(ranger, 'thing', {})).records.map((record) => record.id)).toEqual([inside])
    expect((await getRecord(ranger, 'thing', inside)).can).toEqual(['update'])
    expect((await refusalOf(getRecord(ranger, 'thing', outside))).code).toBe('not-found')
    const lost = await test.as(['ranger'])
    expect((await listRecords(lost, 'thing', {})).records).toEqual([])
  })

  it('says why, naming the grant and its rule', async () => {
    const area = await create('area', { name: `why${++unique}` })
    const id = await thing({ area })
    const ranger = await test.as(['ranger'], { area })
    expect(await whyOf(ranger, 'thing', id, 'update')).toMatchObject({
      allowed: true,
      grants: [{ role: 'ranger', index: 0, holds: true, rule: { in_tree: [{ var: 'area' }, { var: '$user.area' }] } }],
    })
    expect(await whyOf(ranger, 'thing', id, 'delete')).toMatchObject({ allowed: false, grants: [] })
  })

  it('keeps a cell whose own row locks it, whatever way the row is given', async () => {
    const id = await thing({ parts: [{ part: 'as agreed', count: 1, sealed: true }] })
    const [line] = (await getRecord(test.admin, 'thing', id)).parts as JsonObject[]
    const row = { id: String(line?.id), part: 'otherwise' }
    const closed = async (parts: JsonObject | JsonObject[]) =>
      (await refusalOf(update('thing', id, { parts }, 1))).issues
    expect(await closed({ update: [row], add: [], remove: [] })).toContainEqual({
      pointer: '/parts/update/0/part',
      code: 'readonly-field',
    })
    expect(await closed([row])).toContainEqual({ pointer: '/parts/0/part', code: 'readonly-field' })
    await update('thing', id, { parts: [{ ...row, part: 'as agreed', count: 3 }] }, 1)
  })

  it('refuses ranges that meet for the same key', async () => {
    const code = `K${++unique}`
    await create('rate', { code, from: '2026-01-01', until: '2026-01-31' })
    const open = await create('rate', { code, from: '2026-03-01' })
    expect((await refusalOf(create('rate', { code, from: '2026-01-31', until: '2026-02-05' }))).issues).toMatchObject([
      { pointer: '/from', code: 'overlaps' },
    ])
    expect((await refusalOf(create('rate', { code, from: '2030-01-01' }))).issues).toMatchObject([{ code: 'overlaps' }])
    await create('rate', { code: `${code}x`, from: '2026-01-31' })
    await update('rate', open, { from: '2026-02-15' }, 1)
  })

  it('serves writes one after the other whose check reads a linked record', async () => {
    const purse = await create('purse', { limit: '100' })
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => create('spend', { purse, amount: '30' })))
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(3)
    expect(await getRecord(test.admin, 'purse', purse)).toMatchObject({ used: '90.00' })
  })

  it('lets nobody change or delete an entry of a ledger', async () => {
    const id = await create('entry', { amount: '5' })
    expect((await refusalOf(update('entry', id, { amount: '6' }, 1))).issues).toContainEqual({
      pointer: '',
      code: 'append-only',
    })
    expect((await refusalOf(deleteRecord(test.admin, { form: 'entry', id, version: 1 }))).issues).toContainEqual({
      pointer: '',
      code: 'append-only',
    })
  })

  it('numbers by scope and month, and starts in the first state', async () => {
    const site = `S${++unique}`
    const [first, second, other] = [
      await create('job', { site }),
      await create('job', { site }),
      await create('job', { site: `${site}b` }),
    ]
    const numbers = await Promise.all(
      [first, second, other].map(async (id) => (await getRecord(test.admin, 'job', id)).number),
    )
    expect(numbers).toEqual(['J-202611-001', 'J-202611-002', 'J-202611-001'])
    expect(await getRecord(test.admin, 'job', first)).toMatchObject({ state: 'open' })
    expect((await refusalOf(update('job', first, { state: 'closed' }, 1))).issues).toContainEqual({
      pointer: '/state',
      code: 'readonly-field',
    })
  })

  it('imports with links by key, later rows of the same file, grouped rows, and an error per cell', async () => {
    await importCsv(test.admin, { form: 'area', text: 'name,parent\nleaf,root\nroot,\n' })
    expect(
      (await listRecords(test.admin, 'area', { filter: { '==': [{ var: 'parent.name' }, 'root'] } })).records,
    ).toMatchObject([{ name: 'leaf' }])
    const text =
      'Name,Area,Price,Seen,Kind_of,parts.part,parts.count\nGood,leaf,"1,234.50",2026-11-01,甲,a,1\nGood,,,,,b,2\nBad,nowhere,x,2026-13-01,zz,,\nToo long a name for this field,,,,,c,0\n'
    const zh = { ...test.admin, actor: { ...test.admin.actor, locale: 'zh-CN' } }
    const dry = await importCsv(zh, { form: 'thing', text, dryRun: true })
    expect(dry).toMatchObject({ rows: 4, records: 3, created: 1, updated: 0 })
    expect(dry.errors.map(({ line, column, issue }) => `${line} ${column} ${issue.code}`)).toEqual(
      expect.arrayContaining(['4 Area link-not-found']),
    )
    expect(dry.errors.filter((error) => error.line === 4).map((error) => error.column)).toEqual([
      'Area',
      'Price',
      'Seen',
      'Kind_of',
    ])
    expect(dry.errors.filter((error) => error.line === 5).map((error) => error.column)).toEqual(
      expect.arrayContaining(['Name', 'parts.count']),
    )
    expect((await listRecords(test.admin, 'thing', { filter: { '==': [{ var: 'name' }, 'Good'] } })).records).toEqual(
      [],
    )
    const report = await importCsv(zh, { form: 'thing', text })
    expect(report).toMatchObject({ created: 1, records: 3 })
    const [good] = (await listRecords(test.admin, 'thing', { filter: { '==': [{ var: 'name' }, 'Good'] } })).records
    expect(good).toMatchObject({
      price: '1234.50',
      seen: '2026-11-01',
      kind_of: 'a',
      area: { title: 'leaf' },
      parts: [
        { part: 'a', count: 1 },
        { part: 'b', count: 2 },
      ],
    })
    const again = await importCsv(zh, {
      form: 'thing',
      text: 'name,price\nGood,7\n',
      mapping: {
        columns: [
          { column: 'name', field: 'name' },
          { column: 'price', field: 'price' },
        ],
        match: 'name',
      },
    })
    expect(again).toMatchObject({ created: 0, updated: 1 })
    expect(await getRecord(test.admin, 'thing', String(good?.id))).toMatchObject({ price: '7.00', version: 2 })
    expect((await historyOf(test.admin, 'thing', String(good?.id))).changes).toMatchObject([
      { version: 2, cause: { write: 'import' }, fields: { price: { before: '1234.50', after: '7.00' } } },
      { version: 1 },
    ])
  })

  it('refuses an unreadable file and a wrong mapping as a whole', async () => {
    expect((await refusalOf(importCsv(test.admin, { form: 'thing', text: '' }))).issues).toMatchObject([
      { code: 'file-empty' },
    ])
    expect((await refusalOf(importCsv(test.admin, { form: 'thing', text: 'a,a\n1,2' }))).issues).toMatchObject([
      { code: 'column-twice' },
    ])
    expect((await refusalOf(importCsv(test.admin, { form: 'thing', text: 'zzz\n1' }))).issues).toMatchObject([
      { code: 'nothing-mapped' },
    ])
    expect(
      (
        await refusalOf(
          importCsv(test.admin, {
            form: 'thing',
            text: 'a\n1',
            mapping: {
              columns: [
                { column: 'a', field: 'note_count' },
                { column: 'b', field: 'name' },
              ],
            },
          }),
        )
      ).issues?.map((issue) => issue.code),
    ).toEqual(['computed-field', 'unknown-column'])
  })
})
