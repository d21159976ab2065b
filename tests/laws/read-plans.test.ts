/** Plans are shared by callers and questions that are alike: what each of them reads must be what it would read alone. */
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import type { Definition } from '#definitions/definition.ts'
import type { RecordContext } from '#records/context.ts'
import { planList } from '#records/list-plan.ts'
import { presentRows } from '#records/present-rows.ts'
import { getRecord, type ListQuery, listRecords } from '#records/read.ts'
import { createRecord } from '#records/write.ts'
import { runList } from '#storage/query.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest, refusalOf } from '#tests/support/records.ts'

const own = { '==': [{ var: 'owner' }, { var: '$user.id' }] }
const forms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'shop',
    label: 'Shop',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'secret', type: 'text' },
      { name: 'opened', type: 'date' },
      {
        name: 'age',
        type: 'integer',
        stored: false,
        formula: { date_diff: [{ today: [] }, { var: 'opened' }, 'day'] },
      },
    ],
  },
  {
    kind: 'form',
    name: 'visit',
    label: 'Visit',
    title: { var: 'note' },
    fields: [
      { name: 'note', type: 'long_text' },
      { name: 'shop', type: 'link', to: 'shop' },
      { name: 'others', type: 'links', to: 'shop' },
      { name: 'about', type: 'any_link', to: ['shop', 'visit'] },
      { name: 'code', type: 'text' },
      { name: 'cost', type: 'decimal', scale: 2 },
      { name: 'done', type: 'boolean' },
      { name: 'spent', type: 'duration' },
      { name: 'tags', type: 'tags' },
      { name: 'before', type: 'date' },
      {
        name: 'lines',
        type: 'table',
        fields: [
          { name: 'what', type: 'text' },
          { name: 'shop', type: 'link', to: 'shop' },
          { name: 'price', type: 'decimal', scale: 2 },
          { name: 'paid', type: 'boolean' },
          { name: 'double', type: 'decimal', scale: 2, stored: false, formula: { '*': [{ var: 'price' }, 2] } },
        ],
      },
    ],
  },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [
      { form: 'visit', can: ['read', 'create', 'update', 'delete'], where: own },
      {
        form: 'visit',
        can: ['read'],
        where: { '==': [{ var: 'done' }, true] },
        hide: ['cost'],
        mask: ['code', 'lines.what'],
      },
      { form: 'shop', can: ['read', 'create'], where: own, hide: ['secret', 'title'] },
      { form: 'shop', can: ['update'], where: { '<': [{ var: 'opened' }, { var: '$today' }] } },
    ],
  },
]
const questions: readonly ListQuery[] = [
  {},
  { fields: ['note', 'shop'] },
  { fields: ['lines', 'cost'] },
  { sort: ['-cost', 'note'], limit: 2 },
  { sort: ['shop'] },
  { filter: { '==': [{ var: 'done' }, true] }, sort: ['note'] },
  { filter: { '<': [{ var: 'before' }, { var: '$today' }] } },
  { filter: { '>': [{ var: '$now' }, '2020-01-01T00:00:00.000Z'] } },
]

onEachDatabase('shared plans', (database) => {
  async function open(): Promise<{
    at: RecordsUnderTest
    callers: readonly RecordContext[]
    shops: readonly string[]
  }> {
    const at = await openRecords(database, forms)
    const callers = [await at.as(['rep']), await at.as(['rep']), at.admin]
    const shops: string[] = []
    const make = async (context: RecordContext, form: string, body: JsonObject) =>
      (await createRecord(context, { verb: 'create', form, body })).id
    for (const [index, context] of callers.entries()) {
      const name = `Shop ${index} "店" \\ 😀`
      shops.push(
        await make(context, 'shop', { name, ...(index === 2 ? { secret: 's' } : {}), opened: `202${index}-01-01` }),
      )
      for (let visit = 0; visit < 3; visit++)
        await make(at.admin, 'visit', {
          ...(index < 2 ? { owner: context.actor.id } : {}),
          note: `note ${index}.${visit} "quoted" \\ 中文 😀\nnext`,
          shop: shops[index] ?? null,
          others: [...shops],
          about: { form: 'shop', id: shops[0] ?? '' },
          code: 'ABCDEFGH',
          cost: visit === 2 ? null : `${index + 1}${visit}.50`,
          done: visit !== 1,
          spent: 'PT1H30M',
          tags: ['a', 'ü'],
          before: '2026-11-21',
          lines: [
            { what: 'first thing', shop: shops[0] ?? null, price: '1.10', paid: true },
            { what: 'x', price: '999999999999.99', paid: false },
          ],
        })
    }
    return { at, callers, shops }
  }

  it('writes the same records as are put together from stored ones', async () => {
    const { at, callers } = await open()
    for (const query of [...questions, ...questions]) {
      for (const context of callers) {
        const { records } = await listRecords(context, 'visit', query)
        expect(records.length).toBeGreaterThan(0)
        expect(records).toEqual(await together(context, query))
        const [first] = records
        const one = query.fields ? { fields: query.fields } : {}
        const { can, ...alone } = await getRecord(context, 'visit', String(first?.['id']), one)
        expect(alone).toEqual(first)
        expect(can).toEqual(isOwn(context, first as JsonObject) ? ['update', 'delete'] : [])
      }
    }
    await at.close()
  })

  it('answers each caller by its own constants, whoever asked first', async () => {
    const { at, callers, shops } = await open()
    for (let round = 0; round < 2; round++)
      for (const [index, context] of callers.entries()) {
        const expected = index === 2 ? shops : [shops[index]]
        expect((await listRecords(context, 'shop', { sort: ['name'] })).records.map(({ id }) => id)).toEqual(expected)
        for (const [other, id] of shops.entries()) {
          const filter: Json = { '==': [{ var: 'id' }, id] }
          const found = await listRecords(context, 'shop', { filter })
          expect(found.records.map((record) => record['id'])).toEqual(index === 2 || other === index ? [id] : [])
          const read = getRecord(context, 'shop', id)
          if (index === 2 || other === index) expect((await read)['id']).toBe(id)
          else expect((await refusalOf(read)).code).toBe('not-found')
        }
      }
    await at.close()
  })

  it('lifts ids out of filters without mixing them with the ids of rules', async () => {
    const { at, callers } = await open()
    const ids = callers.slice(0, 2).map((context) => String(context.actor.id))
    for (const context of callers.slice(0, 2))
      for (const owner of [...ids, ...ids]) {
        const filter: Json = { '==': [{ var: 'owner' }, owner] }
        const { records } = await listRecords(context, 'shop', { filter })
        expect(records).toHaveLength(owner === context.actor.id ? 1 : 0)
        const mine: Json = { and: [filter, { '==': [{ var: '$user.id' }, owner] }] }
        expect((await listRecords(context, 'shop', { filter: mine })).records).toHaveLength(
          owner === context.actor.id ? 1 : 0,
        )
      }
    const wrong = { '==': [{ var: 'cost' }, ids[0] ?? ''] }
    const refused = (await refusalOf(listRecords(callers[0] as RecordContext, 'visit', { filter: wrong }))).issues
    expect(JSON.stringify(refused)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/)
    await at.close()
  })

  it('shows an expanded target as the caller may see it, a link where it is in the bin, nothing where it is hidden', async () => {
    const { at, callers, shops } = await open()
    const [first, second] = callers as [RecordContext, RecordContext]
    const shopOf = async (context: RecordContext, note: string) => {
      const { records } = await listRecords(context, 'visit', {
        fields: ['note'],
        expand: ['shop', 'owner'],
        sort: ['note'],
      })
      return records.find((record) => String(record['note']).startsWith(`note ${note}`))
    }
    expect(await shopOf(first, '0.0')).toMatchObject({
      shop: { id: shops[0], opened: '2020-01-01', age: expect.any(Number) },
    })
    expect((await shopOf(first, '0.0'))?.['shop']).not.toHaveProperty('secret')
    expect((await shopOf(first, '1.0'))?.['shop']).toBeNull()
    expect((await shopOf(at.admin, '2.0'))?.['shop']).toMatchObject({ secret: 's' })
    await at.workspace.db.write((db) =>
      at.admin.store.setColumns(db, { form: 'shop', id: shops[1] ?? '' }, { deleted_at: '2026-11-22T00:00:00.000Z' }),
    )
    expect((await shopOf(second, '1.0'))?.['shop']).toEqual({ id: shops[1], title: null })
    expect((await shopOf(at.admin, '1.0'))?.['shop']).toEqual({
      id: shops[1],
      title: expect.stringContaining('Shop 1'),
    })
    await at.close()
  })
})

/** By way of stored records and titles, as files and the past are shown. */
function together(context: RecordContext, query: ListQuery): Promise<readonly JsonObject[]> {
  const policy = context.policy.form('visit')
  if (!policy) throw new Error('no policy')
  const wanted = query.fields && new Set([...query.fields])
  return context.db.read(async (db) => {
    const { fields: _, ...whole } = query
    const answer = await runList(db, planList(context, policy, whole))
    const records = await presentRows(db, context, { policy, answer })
    return records.map((record) =>
      Object.fromEntries(
        Object.entries(record).filter(([name]) => !wanted || wanted.has(name) || !policy.form.fields.has(name)),
      ),
    )
  })
}

function isOwn(context: RecordContext, record: JsonObject): boolean {
  return context.policy.admin || (record['owner'] as JsonObject | null)?.['id'] === context.actor.id
}
