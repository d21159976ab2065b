/** A record as it was, on both databases: every version as it was answered then, by the rights of today. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

onEachDatabase('a record as it was', (database) => {
  let app: TestApp
  let admin: TestClient
  let rep: TestClient
  const customers = '/api/forms/customer/records'
  const orders = '/api/forms/order/records'
  const make = async (path: string, values: object, by = admin) => (await by.post(path, values)).body

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
    expect(published.status).toBe(200)
    rep = await app.user('rep@example.com', ['rep'])
  })
  afterAll(() => app.close())

  it('equals what was answered at each version, less what moves without it', async () => {
    const product = await make('/api/forms/product/records', { sku: 'P1', name: 'Chai', list_price: '10' })
    const [one, two] = [await make(customers, { name: 'One' }), await make(customers, { name: 'Two' })]
    const answers = [await make(orders, { customer: one.id, lines: [{ product: product.id, quantity: '2' }] })]
    const { id, lines } = answers[0]
    const added = { product: product.id, quantity: '1', price: '5' }
    for (const change of [
      { customer: two.id },
      { lines: [{ id: lines[0].id, quantity: '3' }, added] },
      { terms: 'credit', due_date: '2027-01-31' },
      { lines: [added], discount: '50' },
    ]) {
      app.advance(60_000)
      const changed = await admin.patch(`${orders}/${id}`, change, answers.length)
      expect([changed.status, changed.text]).toEqual([200, changed.text])
      answers.push(changed.body)
    }
    for (const answer of answers) {
      const { can: _can, days_open: _daysOpen, ...then } = answer
      const kept = {
        ...then,
        lines: then.lines.map(({ paid: _paid, ...line }: Record<string, unknown>) => line),
      }
      for (const at of [answer.version, answer.updated_at]) {
        const past = await admin.get(`${orders}/${id}/history?at=${at}`)
        expect(past.body).toEqual(kept)
      }
    }
  })

  it('shows a record of the bin as it was before, and after it came back', async () => {
    const { id } = await make(customers, { name: 'Binned' })
    await admin.delete(`${customers}/${id}`, 1)
    expect((await admin.get(`${customers}/${id}/history?at=1`)).body).toMatchObject({ name: 'Binned', version: 1 })
    expect((await admin.get(`${customers}/${id}/history?at=2`)).body.deleted_at).toMatch(/^\d{4}-/)
    expect((await rep.get(`${customers}/${id}/history?at=1`)).status).toBe(404)
  })

  it('leaves out roll-ups and what is computed from them', async () => {
    const { id } = await make(customers, { name: 'Sums', credit_limit: '100' })
    const past = (await admin.get(`${customers}/${id}/history?at=1`)).body
    for (const name of ['order_count', 'order_sum', 'last_order', 'room']) expect(past).not.toHaveProperty(name)
    expect(past).toMatchObject({ name: 'Sums', credit_limit: '100.00' })
  })

  it('obeys the rights of today: rows, fields and links', async () => {
    const mine = await make(customers, { name: 'Mine', tier: 'gold' }, rep)
    const parent = await make(customers, { name: 'Hidden parent' })
    await admin.patch(`${customers}/${mine.id}`, { notes: 'secret', parent: parent.id }, 1)
    await admin.patch(`${customers}/${mine.id}`, { notes: null, parent: null, tier: 'silver' }, 2)
    const past = (await rep.get(`${customers}/${mine.id}/history?at=2`)).body
    expect(past).toMatchObject({ tier: 'gold', parent: null, version: 2 })
    expect(past).not.toHaveProperty('notes')
    await admin.patch(`${customers}/${mine.id}`, { owner: (await admin.get('/api/session')).body.user.id }, 3)
    const gone = await rep.get(`${customers}/${mine.id}/history?at=1`)
    const never = await rep.get(`${customers}/019aa300-0000-7000-8000-000000000000/history?at=1`)
    expect([gone.status, gone.text]).toEqual([404, never.text])
  })

  it('is not found before it was made, and refuses what is no moment', async () => {
    const { id, created_at: made } = await make(customers, { name: 'Young' })
    const at = async (moment: string) => (await admin.get(`${customers}/${id}/history?at=${moment}`)).status
    const before = new Date(Date.parse(made) - 1).toISOString()
    const later = ['1', '2999-01-01T00:00:00.000Z', '2999-01-01T00:00:00Z']
    expect(await Promise.all([before, '2', ...later].map(at))).toEqual([404, 404, 200, 200, 200])
    for (const wrong of ['0', '-1', '1.5', 'yesterday', '2026-13-01T00:00:00.000Z', '', '1&limit=5', '1&before=3'])
      expect([wrong, await at(wrong)]).toEqual([wrong, 400])
  })
})
