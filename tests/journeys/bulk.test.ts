/** Bulk writes over HTTP on both databases: all or nothing, or a result each; every right, rule and key as for single writes. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

onEachDatabase('bulk', (database) => {
  let app: TestApp
  let admin: TestClient
  let rep: TestClient
  let clerk: TestClient
  const customers = '/api/forms/customer/records'
  const bulk = `${customers}/bulk`
  const count = async (search: string) =>
    (await admin.get(`${customers}?count=exact&limit=1&search=${search}`)).body.count as number
  const create = (name: string, more = {}) => ({ verb: 'create', values: { name, ...more } })

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
    expect(published.status).toBe(200)
    rep = await app.user('rep@example.com', ['rep'])
    clerk = await app.user('clerk@example.com', ['clerk'])
  })
  afterAll(() => app.close())

  it('creates, changes and deletes in one request and tells each result in its place', async () => {
    const one = (await admin.post(customers, { name: 'Mixed one' })).body
    const two = (await admin.post(customers, { name: 'Mixed two' })).body
    const answer = await admin.post(bulk, {
      operations: [
        create('Mixed three'),
        { verb: 'update', id: one.id, version: 1, values: { name: 'Mixed 1' } },
        { verb: 'delete', id: two.id, version: 1 },
        create('', {}),
        { verb: 'update', id: one.id, version: 1, values: { name: 'Mixed stale' } },
        { verb: 'delete', id: two.id, version: 2 },
      ],
    })
    expect(answer.status).toBe(200)
    expect(answer.body.results.map((each: { status: number }) => each.status)).toEqual([201, 200, 204, 422, 409, 404])
    expect([answer.body.done, answer.body.failed]).toEqual([3, 3])
    expect(answer.body.results[3].problem.errors[0].pointer).toBe('/operations/3/values/name')
    expect(answer.body.results[4].problem).toMatchObject({ type: '/problems/conflict', version: 2, fields: ['name'] })
    expect((await admin.get(`${customers}/${one.id}`)).body.name).toBe('Mixed 1')
  })

  it('writes nothing when atomic and one is refused, and names all issues of all', async () => {
    const taken = (await admin.post(customers, { name: 'Whole taken', code: 'T-1' })).body
    const answer = await admin.post(bulk, {
      atomic: true,
      operations: [
        create('Whole good'),
        create('', { colour: 'red' }),
        create('Whole twin', { code: 'T-1' }),
        { verb: 'delete', id: taken.id, version: 9 },
        { verb: 'update', id: '019aa300-0000-7000-8000-000000000000', version: 1, values: {} },
      ],
    })
    expect([answer.status, answer.body.type]).toEqual([422, '/problems/record-invalid'])
    expect(
      answer.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`).sort(),
    ).toEqual([
      '/operations/1/values/colour unknown-field',
      '/operations/1/values/name required',
      '/operations/2/values/code not-unique',
      '/operations/3 conflict',
      '/operations/4 not-found',
    ])
    expect(await count('Whole')).toBe(1)
    const whole = await admin.post(bulk, { atomic: true, operations: [create('Whole good'), create('Whole better')] })
    expect([whole.status, whole.body.done]).toEqual([200, 2])
    expect(await count('Whole')).toBe(3)
  })

  it('takes a thousand in ten transactions, and others get in between', async () => {
    const operations = Array.from({ length: 1000 }, (_, index) => create(`Many ${index}`))
    const running = admin.post(bulk, { operations })
    let done = false
    void running.then(() => {
      done = true
    })
    const between = await admin.post(customers, { name: 'Between' })
    expect([between.status, done]).toEqual([201, false])
    expect([(await running).body.done, await count('Many')]).toEqual([1000, 1000])
    expect((await admin.post(bulk, { operations: [...operations, create('One too many')] })).status).toBe(400)
  })

  it.each([true, false])('has one effect for one key (atomic: %s)', async (atomic) => {
    const name = `Keyed ${atomic}`
    const key = { 'idempotency-key': `bulk-${atomic}` }
    const body = { atomic, operations: Array.from({ length: 150 }, (_, index) => create(`${name} ${index}`)) }
    const [one, two] = await Promise.all([admin.post(bulk, body, key), admin.post(bulk, body, key)])
    const again = await admin.post(bulk, body, key)
    expect(again.status).toBe(200)
    for (const answer of [one, two]) expect([200, 409]).toContain(answer.status)
    for (const answer of [one, two]) if (answer.status === 200) expect(answer.text).toBe(again.text)
    expect(await count(encodeURIComponent(name))).toBe(150)
    expect((await admin.post(bulk, { ...body, atomic: !atomic }, key)).status).toBe(422)
    expect((await admin.post(bulk, { atomic, operations: [create('Other')] }, key)).status).toBe(422)
  })

  it('checks each verb as that verb and each record as that record', async () => {
    const own = (await rep.post(customers, { name: 'Rights own' })).body
    const foreign = (await admin.post(customers, { name: 'Rights foreign' })).body
    const owned = (id: string) => ({ verb: 'update', id, version: 1, values: { name: 'Rights changed' } })
    const answer = await rep.post(bulk, {
      operations: [
        owned(own.id),
        owned(foreign.id),
        owned('019aa300-0000-7000-8000-000000000000'),
        create('Rights limit', { credit_limit: '5' }),
        create('Rights notes', { notes: 'hidden' }),
        create('Rights unknown', { nothing: 'hidden' }),
      ],
    })
    const [, hidden, missing, , secret, unknown] = answer.body.results
    expect(answer.body.results.map((each: { status: number }) => each.status)).toEqual([200, 404, 404, 422, 422, 422])
    expect(hidden).toEqual(missing)
    expect(JSON.stringify(secret).replaceAll('notes', '?').replaceAll('/4/', '/_/')).toBe(
      JSON.stringify(unknown).replaceAll('nothing', '?').replaceAll('/5/', '/_/'),
    )
    expect((await rep.post(bulk, { operations: [{ verb: 'delete', id: own.id, version: 2 }] })).status).toBe(403)
    expect((await clerk.post(bulk, { operations: [create('Rights clerk')] })).status).toBe(403)
    expect((await clerk.post('/api/forms/payment/records/bulk', { operations: [create('x')] })).status).toBe(404)
    expect((await admin.get(`${customers}/${foreign.id}`)).body.version).toBe(1)
  })

  it.each([
    [{ verb: 'create' }],
    [{ verb: 'create', id: 'x', values: {} }],
    [{ verb: 'update', id: 'x', values: {} }],
    [{ verb: 'update', version: 1, values: {} }],
    [{ verb: 'delete', id: 'x' }],
    [{ verb: 'delete', id: 'x', version: 1, values: {} }],
    [{ verb: 'restore', id: 'x' }],
    [{ verb: 'create', values: {}, form: 'user' }],
  ])('refuses %j as malformed', async (operation) => {
    expect((await admin.post(bulk, { operations: [operation] })).status).toBe(400)
  })

  it('leaves a Change for each record, and roll-ups stand', async () => {
    const customer = (await admin.post(customers, { name: 'Rolled' })).body
    const product = (await admin.post('/api/forms/product/records', { sku: 'B-1', name: 'Chai', list_price: '10' }))
      .body
    const lines = [{ product: product.id, quantity: '2' }]
    const orders = '/api/forms/order/records'
    const made = await admin.post(`${orders}/bulk`, {
      operations: [1, 2, 3].map(() => ({ verb: 'create', values: { customer: customer.id, lines } })),
    })
    expect(made.body.done).toBe(3)
    expect((await admin.get(`${customers}/${customer.id}`)).body).toMatchObject({ order_count: 3, order_sum: '60.00' })
    const [first] = made.body.results
    const history = (await admin.get(`${orders}/${first.id}/history`)).body.changes
    expect(history[0].cause).toEqual({ write: 'create', bulk: true })
  })
})
