/**
 * How often a request asks the database. Counted over HTTP for a signed-in non-admin with a row rule, change log and search index on.
 * SQLite: who asks is known without a statement. PostgreSQL, where other nodes write too: one statement per request says that nothing about
 * the caller has changed, and a write takes the lock against a publication, asks for the revision, and locks what it changes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchForms } from '#tests/bench/trade.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'

const most = {
  sqlite: { get: 1, list: 1, next: 2, create: 4, update: 4 },
  postgres: { get: 2, list: 2, next: 3, create: 7, update: 9 },
} as const

describe.each(databases)('statements per request on $name', (database) => {
  let app: TestApp
  let rep: TestClient
  let customer = ''
  let serial = 0

  beforeAll(async () => {
    app = await openApp(database)
    const admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions: benchForms })).status).toBe(200)
    rep = await app.user('rep@example.com', ['rep'])
    customer = (await rep.post('/api/forms/customer/records', { name: 'Great Wall 长城', tier: 'a' })).body.id
    for (let index = 0; index < 60; index++) await create()
  })
  afterAll(() => app.close())

  const create = () =>
    rep.post('/api/forms/order/records', {
      number: `SO-${++serial}`,
      customer,
      order_date: '2026-11-22',
      quantity: 3,
      price: '12.50',
      note: 'by hand',
    })

  /** The second time round: plans and caches are made by the first. */
  async function countOf(work: () => Promise<{ readonly status: number }>): Promise<number> {
    expect((await work()).status).toBeLessThan(300)
    const before = app.workspace.db.load().statements
    expect((await work()).status).toBeLessThan(300)
    return app.workspace.db.load().statements - before
  }

  it('get', async () => {
    const { body } = await create()
    expect(await countOf(() => rep.get(`/api/forms/order/records/${body.id}`))).toBeLessThanOrEqual(
      most[database.name].get,
    )
  })

  it('a page of a list with the customer expanded', async () => {
    const path = '/api/forms/order/records?sort=-order_date&limit=50&expand=customer'
    expect((await rep.get(path)).body.records).toHaveLength(50)
    expect(await countOf(() => rep.get(path))).toBeLessThanOrEqual(most[database.name].list)
  })

  it('the next page: what is left of the equal ones, then what comes after', async () => {
    const first = await rep.get('/api/forms/order/records?sort=-order_date&limit=50')
    const path = `/api/forms/order/records?sort=-order_date&limit=50&cursor=${encodeURIComponent(first.body.next)}`
    expect(await countOf(() => rep.get(path))).toBeLessThanOrEqual(most[database.name].next)
  })

  it('create, with its change, its words and the answer', async () => {
    expect(await countOf(create)).toBeLessThanOrEqual(most[database.name].create)
  })

  it('update of a searched field, with its change, its words and the answer', async () => {
    let { body } = await create()
    const rename = async () => {
      const answer = await rep.patch(`/api/forms/order/records/${body.id}`, { number: `SO-${++serial}` }, body.version)
      body = answer.body
      return answer
    }
    expect(await countOf(rename)).toBeLessThanOrEqual(most[database.name].update)
  })
})
