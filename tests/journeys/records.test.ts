/** The write line and the read path on both databases: what a form promises holds for every record. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { aggregateRecords } from '#records/aggregate.ts'
import type { RecordContext } from '#records/context.ts'
import { evaluateRecord } from '#records/evaluate.ts'
import { historyOf } from '#records/history.ts'
import { getRecord, listRecords } from '#records/read.ts'
import { deleteRecord, restoreRecord } from '#records/remove.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest, refusalOf } from '#tests/support/records.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

onEachDatabase('records', (database) => {
  let test: RecordsUnderTest
  let admin: RecordContext
  beforeAll(async () => {
    test = await openRecords(database, [...tradeForms, ...tradeRoles])
    admin = test.admin
  })
  afterAll(() => test.close())

  const create = async (context: RecordContext, form: string, body: JsonObject) =>
    (await createRecord(context, { verb: 'create', form, body })).id
  const update = (context: RecordContext, form: string, id: string, body: JsonObject, version: number) =>
    updateRecord(context, { verb: 'update', form, id, body, version })
  let unique = 0
  const customer = (body: JsonObject = {}) =>
    create(admin, 'customer', { code: `C${++unique}`, name: `Customer ${unique}`, ...body })
  const product = (body: JsonObject = {}) =>
    create(admin, 'product', { sku: `P${++unique}`, name: `Product ${unique}`, list_price: '100.00', ...body })
  const order = async (customerId: string, productId: string, body: JsonObject = {}) =>
    create(admin, 'order', { customer: customerId, lines: [{ product: productId, quantity: '2' }], ...body })

  it('fills copies, defaults and formulas, and numbers the record', async () => {
    const c = await customer({ discount: '10', currency: 'USD' })
    const id = await order(c, await product({ name: 'Chai' }))
    const record = await getRecord(admin, 'order', id)
    expect(record).toMatchObject({
      version: 1,
      order_date: '2026-11-22',
      currency: 'USD',
      discount: '10.00',
      total: '180.00',
      days_open: 0,
      terms: 'cash',
      lines: [{ description: 'Chai', quantity: '2.000', price: '100.00', amount: '180.00', paid: '0.00' }],
    })
    expect(record.number).toMatch(/^SO-\d{4}$/)
    expect(record.title).toMatch(/^SO-\d{4} · Customer \d+$/)
  })

  it('answers all problems of a record at once, each at its place', async () => {
    const problem = await refusalOf(
      create(admin, 'order', {
        terms: 'credit',
        discount: 120,
        lines: [{ quantity: 'x' }, { quantity: '-1' }],
        total: '5',
        nonsense: 1,
      }),
    )
    expect(problem.code).toBe('record-invalid')
    const places = problem.issues?.map((issue) => `${issue.pointer} ${issue.code}`)
    expect(places).toEqual(
      expect.arrayContaining([
        '/customer required',
        '/due_date required',
        '/total computed-field',
        '/nonsense unknown-field',
        '/lines/0/product required',
        '/lines/1/product required',
      ]),
    )
    expect(problem.issues?.some((issue) => issue.pointer === '/discount')).toBe(true)
    expect(problem.issues?.some((issue) => issue.pointer === '/lines/0/quantity')).toBe(true)
    expect(problem.issues?.some((issue) => issue.pointer === '/lines/1/quantity')).toBe(true)
  })

  it('clears a hidden field that says so, and does not require it', async () => {
    const c = await customer()
    const id = await order(c, await product(), { terms: 'credit', due_date: '2026-12-01' })
    await update(admin, 'order', id, { terms: 'cash' }, 1)
    expect(await getRecord(admin, 'order', id)).toMatchObject({ due_date: null, terms: 'cash', version: 2 })
  })

  it('keeps roll-ups of records and of rows exact through create, update, delete and restore', async () => {
    const [c, p] = [await customer(), await product({ stock: '100' })]
    const first = await order(c, p)
    const second = await order(c, p, {
      lines: [
        { product: p, quantity: '3', price: '10' },
        { product: p, quantity: '1.5', price: '2' },
      ],
    })
    expect(await getRecord(admin, 'customer', c)).toMatchObject({
      order_count: 2,
      order_sum: '233.00',
      last_order: '2026-11-22',
      version: 1,
    })
    expect(await getRecord(admin, 'product', p)).toMatchObject({ sold: '6.500', left: '93.500' })
    const line = ((await getRecord(admin, 'order', second)).lines as JsonObject[])[0] as JsonObject
    await update(
      admin,
      'order',
      second,
      { lines: { update: [{ id: line.id as string, quantity: '5' }], add: [], remove: [] } },
      1,
    )
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_sum: '253.00' })
    await deleteRecord(admin, { form: 'order', id: first, version: 1 })
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_count: 1, order_sum: '53.00' })
    await restoreRecord(admin, { form: 'order', id: first })
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_count: 2, order_sum: '253.00' })
    const other = await customer()
    await update(admin, 'order', first, { customer: other }, 3)
    expect(await getRecord(admin, 'customer', other)).toMatchObject({ order_count: 1, order_sum: '200.00' })
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_count: 1, order_sum: '53.00' })
  })

  it('rolls up into a row of a table', async () => {
    const id = await order(await customer(), await product())
    const line = ((await getRecord(admin, 'order', id)).lines as JsonObject[])[0] as JsonObject
    await create(admin, 'payment', { line: line.id as string, amount: '12.34' })
    await create(admin, 'payment', { line: line.id as string, amount: '0.66' })
    expect(await getRecord(admin, 'order', id)).toMatchObject({ lines: [{ paid: '13.00' }] })
  })

  it('guards a check over a rolled-up field where the roll-up lands, under concurrency', async () => {
    const [c, p] = [await customer({ credit_limit: '500' }), await product()]
    const tries = await Promise.allSettled(Array.from({ length: 6 }, () => order(c, p)))
    expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(2)
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_sum: '400.00', room: '100.00', order_count: 2 })
  })

  it('counts right when many write at once, and numbers without a gap', async () => {
    const [c, p] = [await customer(), await product()]
    await Promise.all(Array.from({ length: 20 }, () => order(c, p)))
    expect(await getRecord(admin, 'customer', c)).toMatchObject({ order_count: 20, order_sum: '4000.00' })
    const { records } = await listRecords(admin, 'order', { limit: 500, sort: ['number'] })
    const numbers = records.map((record) => Number(String(record.number).slice(3)))
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1))
  })

  it('merges edits of different fields and refuses edits that meet, naming them', async () => {
    const id = await order(await customer(), await product())
    await update(admin, 'order', id, { reference: 'A' }, 1)
    await update(admin, 'order', id, { order_date: '2026-11-20' }, 1)
    expect(await getRecord(admin, 'order', id)).toMatchObject({ reference: 'A', order_date: '2026-11-20', version: 3 })
    expect(await refusalOf(update(admin, 'order', id, { reference: 'B' }, 1))).toMatchObject({
      code: 'conflict',
      params: { version: 3, fields: ['reference'] },
    })
  })

  it('writes nothing when nothing differs', async () => {
    const id = await customer({ tier: 'gold' })
    expect(await update(admin, 'customer', id, { tier: 'gold' }, 1)).toMatchObject({ version: 1 })
    expect((await historyOf(admin, 'customer', id)).changes).toHaveLength(1)
  })

  it('refuses a taken unique value without naming the other record', async () => {
    await customer({ code: 'TAKEN' })
    expect(await refusalOf(customer({ code: 'TAKEN' }))).toMatchObject({
      code: 'not-unique',
      issues: [{ pointer: '/code', code: 'not-unique' }],
    })
    const [c, p] = [await customer(), await product()]
    await order(c, p, { reference: 'X1' })
    expect((await refusalOf(order(c, p, { reference: 'X1' }))).issues?.map((issue) => issue.pointer)).toEqual([
      '/customer',
      '/reference',
    ])
    await order(c, p)
    await order(c, p)
  })

  it('refuses links to what is missing, filtered out, or would make a loop', async () => {
    const p = await product()
    expect((await refusalOf(order('019aa000-0000-7000-8000-ffffffffffff', p))).issues).toContainEqual({
      pointer: '/customer',
      code: 'link-not-found',
    })
    expect((await refusalOf(order(await customer({ active: false }), p))).issues).toContainEqual({
      pointer: '/customer',
      code: 'link-filtered',
    })
    const top = await customer()
    const below = await customer({ parent: top })
    expect((await refusalOf(update(admin, 'customer', top, { parent: below }, 1))).issues).toContainEqual({
      pointer: '/parent',
      code: 'tree-loop',
    })
  })

  it('blocks, clears or cascades a delete as each link says', async () => {
    const [c, p] = [await customer(), await product()]
    const id = await order(c, p)
    expect(await refusalOf(deleteRecord(admin, { form: 'customer', id: c, version: 1 }))).toMatchObject({
      code: 'still-linked',
      issues: [{ params: { form: 'order', count: 1 } }],
    })
    const line = ((await getRecord(admin, 'order', id)).lines as JsonObject[])[0] as JsonObject
    const free = await customer()
    const paid = await create(admin, 'payment', { line: line.id as string, customer: free, amount: '1' })
    await deleteRecord(admin, { form: 'customer', id: free, version: 1 })
    expect(await getRecord(admin, 'payment', paid)).toMatchObject({ customer: null, version: 2 })
    await deleteRecord(admin, { form: 'order', id, version: 1 })
    expect((await refusalOf(getRecord(admin, 'payment', paid))).code).toBe('not-found')
  })

  it('freezes a locked record but for the named fields', async () => {
    const id = await order(await customer(), await product(), { closed: true })
    expect((await refusalOf(update(admin, 'order', id, { reference: 'late' }, 1))).issues).toContainEqual({
      pointer: '/reference',
      code: 'locked',
    })
    await update(admin, 'order', id, { closed: false }, 1)
    await update(admin, 'order', id, { reference: 'late' }, 2)
  })

  it('keeps the owner of a locked record', async () => {
    const id = await order(await customer(), await product(), { closed: true })
    const { userId } = await test.as(['rep'])
    expect((await refusalOf(update(admin, 'order', id, { owner: userId }, 1))).issues).toContainEqual({
      pointer: '/owner',
      code: 'locked',
    })
  })

  it('refreshes titles that quote a renamed record', async () => {
    const c = await customer({ name: 'Old name' })
    const id = await order(c, await product())
    await update(admin, 'customer', c, { name: 'New name' }, 1)
    expect((await getRecord(admin, 'order', id)).title).toMatch(/New name$/)
  })

  it('lists by keyset without losing or doubling a row, with filter, sort, search and count', async () => {
    const p = await product()
    const c = await customer({ name: 'Paging 客户' })
    for (let index = 0; index < 7; index++) await order(c, p, index % 2 ? { reference: `R${index}` } : {})
    const filter = { '==': [{ var: 'customer' }, c] }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await listRecords(admin, 'order', {
        filter,
        sort: ['reference', '-number'],
        limit: 3,
        ...(cursor ? { cursor } : {}),
        count: 'exact',
      })
      expect(page.count).toBe(7)
      seen.push(...page.records.map((record) => String(record.id)))
      cursor = page.next
    } while (cursor)
    expect(new Set(seen).size).toBe(7)
    expect((await listRecords(admin, 'customer', { search: '客户' })).records.map((record) => record.id)).toContain(c)
    expect(
      (await listRecords(admin, 'order', { filter, expand: ['customer'], limit: 1 })).records[0]?.customer,
    ).toMatchObject({ name: 'Paging 客户', order_count: 7 })
    expect(
      await aggregateRecords(admin, 'order', { filter, group: ['terms'], measures: [{ op: 'sum', field: 'total' }] }),
    ).toEqual({ rows: [{ terms: 'cash', sum_total: '1400.00', count: 7 }], truncated: false })
  })

  it('shows a rep own customers and their orders only, without hidden fields', async () => {
    const rep = await test.as(['rep'])
    const own = await create(rep, 'customer', { name: 'Mine' })
    const foreign = await customer({ notes: 'secret' })
    const p = await product()
    const mine = await order(own, p, { cost: '50' })
    const theirs = await order(foreign, p)
    expect((await listRecords(rep, 'customer', {})).records.map((record) => record.id)).toEqual([own])
    expect((await listRecords(rep, 'order', {})).records.map((record) => record.id)).toEqual([mine])
    expect((await refusalOf(getRecord(rep, 'order', theirs))).code).toBe('not-found')
    const record = await getRecord(rep, 'order', mine)
    expect(record).not.toHaveProperty('cost')
    expect(record).not.toHaveProperty('margin')
    expect(record.can).toEqual(['update', 'delete'])
    expect((await refusalOf(update(rep, 'order', mine, { cost: '1' }, 1))).issues).toEqual(
      (await refusalOf(update(rep, 'order', mine, { nothing: '1' }, 1))).issues?.map((issue) => ({
        ...issue,
        pointer: '/cost',
      })),
    )
    expect((await refusalOf(update(rep, 'customer', own, { credit_limit: '1' }, 1))).issues).toContainEqual({
      pointer: '/credit_limit',
      code: 'readonly-field',
    })
    expect(
      (
        await refusalOf(
          createRecord(rep, { verb: 'create', form: 'order', body: { customer: foreign, lines: [{ product: p }] } }),
        )
      ).issues,
    ).toContainEqual({ pointer: '/customer', code: 'link-not-found' })
    for (const query of [{ filter: { '>': [{ var: 'cost' }, 0] } }, { sort: ['cost'] }, { fields: ['cost'] }])
      expect((await refusalOf(listRecords(rep, 'order', query))).code).toBe('query-invalid')
    expect((await refusalOf(aggregateRecords(rep, 'order', { measures: [{ op: 'sum', field: 'margin' }] }))).code).toBe(
      'query-invalid',
    )
    expect(JSON.stringify(await historyOf(rep, 'order', mine))).not.toContain('cost')
  })

  it('lets a show list open single columns, masks, and obeys a deny', async () => {
    const clerk = await test.as(['clerk'])
    const c = await customer({ code: 'LONGCODE1' })
    const id = await order(c, await product())
    const denied = await order(c, await product(), { terms: 'credit', due_date: '2026-12-24' })
    const record = await getRecord(clerk, 'order', id)
    expect(record).not.toHaveProperty('total')
    expect(record).not.toHaveProperty('customer')
    expect(Object.keys((record.lines as JsonObject[])[0] ?? {}).sort()).toEqual(['id', 'product', 'quantity'])
    expect(await getRecord(clerk, 'customer', c)).toMatchObject({ code: '••••ODE1' })
    expect(
      (await refusalOf(listRecords(clerk, 'customer', { filter: { starts_with: [{ var: 'code' }, 'LONG'] } }))).code,
    ).toBe('query-invalid')
    expect((await refusalOf(getRecord(clerk, 'order', denied))).code).toBe('not-found')
    expect((await refusalOf(update(clerk, 'order', id, { number: 'x' }, 1))).code).toBe('forbidden')
  })

  it('evaluates unsaved values as a write would', async () => {
    const [c, p] = [await customer({ discount: '10' }), await product()]
    const answer = await evaluateRecord(admin, 'order', {
      values: { customer: c, terms: 'credit', lines: [{ product: p, quantity: '2' }] },
    })
    expect(answer.values).toMatchObject({ discount: '10.00', total: '180.00', order_date: '2026-11-22' })
    expect(answer.rules).toMatchObject({ due_date: { visible: true, required: true } })
    expect(answer.issues).toContainEqual({ pointer: '/due_date', code: 'required' })
  })
})
