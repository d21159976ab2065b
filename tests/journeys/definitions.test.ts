/** Builders over HTTP: publish definitions, read them back, the documents made of them, and imports; on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isObject } from '#base/json.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases, onEachDatabase } from '#tests/support/databases.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

onEachDatabase('publishing', (database) => {
  let app: TestApp
  let admin: TestClient
  let builder: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    builder = await app.user('builder@example.com', ['builder'])
  })
  afterAll(() => app.close())

  it('says what would happen without doing it', async () => {
    const rehearsed = await admin.post('/api/definitions', { definitions: tradeForms, dry_run: true })
    expect([rehearsed.status, rehearsed.body.changes.length]).toEqual([200, tradeForms.length])
    expect((await admin.get('/api/revisions')).body).toEqual({ current: 0, revisions: [] })
  })

  it('puts a whole set in one transaction, and the next request answers with it', async () => {
    const published = await admin.post('/api/definitions', {
      definitions: [...tradeForms, ...tradeRoles],
      note: 'first',
    })
    expect([published.status, published.body.revision]).toEqual([200, 1])
    const made = await admin.post('/api/forms/customer/records', { name: 'ACME' })
    expect([made.status, made.headers['x-formloom-revision']]).toEqual([201, '1'])
    expect((await admin.get('/api/revisions')).body).toMatchObject({
      current: 1,
      revisions: [{ number: 1, note: 'first' }],
    })
  })

  it('refuses a set with one wrong definition whole, and names every place', async () => {
    const refused = await admin.post('/api/definitions', {
      definitions: [
        { kind: 'form', name: 'good', fields: [{ name: 'a', type: 'text' }] },
        {
          kind: 'form',
          name: 'bad',
          fields: [
            { name: 'a', type: 'nothing' },
            { name: 'b', type: 'integer', formula: { var: 'missing' } },
          ],
        },
      ],
    })
    expect([refused.status, refused.body.type]).toEqual([422, '/problems/definition-invalid'])
    expect(refused.body.errors.length).toBeGreaterThan(0)
    for (const error of refused.body.errors) expect(error.message).not.toBe('')
    expect((await admin.get('/api/forms/good')).status).toBe(404)
  })

  it('refuses what was made against an older revision', async () => {
    const stale = await admin.post('/api/definitions', {
      definitions: [],
      remove: [{ kind: 'form', name: 'payment' }],
      base: 0,
    })
    expect([stale.status, stale.body.type]).toEqual([409, '/problems/conflict'])
    expect((await admin.get('/api/forms/payment')).status).toBe(200)
  })

  it('is a builder’s work, but roles are the admin’s', async () => {
    expect(
      (
        await builder.post('/api/definitions', {
          definitions: [{ kind: 'form', name: 'note', fields: [{ name: 'text', type: 'long_text' }] }],
        })
      ).status,
    ).toBe(200)
    expect(
      (
        await builder.post('/api/definitions', {
          definitions: [{ kind: 'role', name: 'spy', grants: [{ form: 'customer', can: ['read'] }] }],
        })
      ).status,
    ).toBe(403)
    expect((await builder.get('/api/forms/customer/records')).status).toBe(404)
  })

  it('is read back with hashes, sources and whole', async () => {
    const list = (await builder.get('/api/definitions?kind=form')).body.definitions
    expect(list.find((entry: { name: string }) => entry.name === 'customer')).toMatchObject({
      kind: 'form',
      pack: null,
      extends: null,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const one = (await builder.get('/api/definitions/form/customer')).body
    expect(one.definition.fields.map((field: { name: string }) => field.name)).toContain('notes')
    expect(one.sources).toHaveLength(1)
    expect((await builder.get('/api/definitions/form/nothing')).status).toBe(404)
  })
})

describe('the OpenAPI document', () => {
  let app: TestApp
  beforeAll(async () => {
    app = await openApp(databases[0] as (typeof databases)[number])
    await (await app.admin()).post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
  })
  afterAll(() => app.close())

  it('has one schema per form that the caller sees, with the fields that the caller sees', async () => {
    const rep = (await (await app.user('rep@example.com', ['rep'])).get('/api/openapi.json')).body
    expect(
      Object.keys(rep.components.schemas)
        .filter((name) => !name.includes('.'))
        .sort(),
    ).toEqual(['Link', 'Problem', 'customer', 'order', 'product', 'team', 'user'])
    expect(rep.components.schemas.customer.properties).not.toHaveProperty('notes')
    expect(rep.components.schemas.customer.properties.credit_limit).toMatchObject({ readOnly: true })
    expect(rep.components.schemas.order.properties.lines.items.properties.amount).toMatchObject({ readOnly: true })
  })

  it('refers only to what it holds, and describes every route with its problems', async () => {
    const document = (await (await app.admin()).get('/api/openapi.json')).body
    expect(document.openapi).toBe('3.1.0')
    const references = JSON.stringify(document).match(/"#\/[^"]+"/g) ?? []
    for (const reference of new Set(references)) expect(at(document, JSON.parse(reference))).toBeDefined()
    const create = document.paths['/api/forms/{form}/records'].post
    expect(Object.keys(create.responses)).toEqual(expect.arrayContaining(['201', '401', '403', '404', '422']))
    expect(create.parameters).toContainEqual({ $ref: '#/components/parameters/Idempotency-Key' })
  })
})

onEachDatabase('an import', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
  })
  afterAll(() => app.close())
  const customers = '/api/forms/customer'
  const count = async () => (await admin.get(`${customers}/records?count=exact&limit=1`)).body.count

  it('is tried first, and keeps nothing; committed, every row is a record', async () => {
    const started = await admin.post(`${customers}/import`, {
      name: 'c.csv',
      content: 'code,name,credit_limit\nA1,Alpha,100\nA2,Beta,250.5\n',
    })
    expect([started.status, started.body.state, started.body.report.errorCount, await count()]).toEqual([
      201,
      'ready',
      0,
      0,
    ])
    const done = await admin.post(`/api/imports/${started.body.id}/commit`)
    expect([done.status, done.body.state, done.body.report.created, await count()]).toEqual([200, 'done', 2, 2])
    expect((await admin.post(`/api/imports/${started.body.id}/commit`)).status).toBe(409)
    expect((await admin.get(`/api/imports/${started.body.id}`)).body.state).toBe('done')
  })

  it('names each bad cell by line and column in the caller’s language, and commits nothing unless told to skip', async () => {
    const started = await admin.post(`${customers}/import`, {
      content: 'code,name,credit_limit\nB1,Gamma,abc\nB2,,1\nB3,Delta,1\n',
    })
    expect(started.body.report.errors).toMatchObject([
      { line: 2, column: 'credit_limit', code: 'not-a-number', message: 'Not a number' },
      { line: 3, code: 'required' },
    ])
    const before = await count()
    const whole = await admin.post(`/api/imports/${started.body.id}/commit`)
    expect([whole.status, whole.body.state, await count()]).toEqual([200, 'ready', before])
    const rest = await admin.post(`/api/imports/${started.body.id}/commit`, { skip_invalid: true })
    expect([rest.body.state, rest.body.report.created, await count()]).toEqual(['done', 1, before + 1])
  })

  it('comes as a file too, in the encodings of spreadsheets', async () => {
    const gb18030 = Buffer.concat([
      Buffer.from('code,name\nC1,'),
      Buffer.from([0xb1, 0xb1, 0xbe, 0xa9]),
      Buffer.from('\n'),
    ])
    const boundary = 'formloom-boundary'
    const part = (name: string, more = '') =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`
    const mapping = JSON.stringify({
      columns: [
        { column: 'code', field: 'code' },
        { column: 'name', field: 'name' },
      ],
    })
    const raw = Buffer.concat([
      Buffer.from(`${part('mapping')}${mapping}\r\n${part('file', '; filename="../../c.csv"')}`),
      gb18030,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    const started = await admin.request('POST', `${customers}/import`, {
      raw,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    expect([started.status, started.body.report?.errorCount]).toEqual([201, 0])
    await admin.post(`/api/imports/${started.body.id}/commit`)
    expect((await admin.get(`${customers}/records?search=${encodeURIComponent('北京')}`)).body.records).toMatchObject([
      { code: 'C1', name: '北京' },
    ])
  })

  it('is its owner’s alone, and needs the right', async () => {
    const started = await admin.post(`${customers}/import`, { content: 'name\nX\n' })
    const rep = await app.user('rep@example.com', ['rep'])
    expect((await rep.get(`/api/imports/${started.body.id}`)).status).toBe(404)
    expect((await rep.post(`${customers}/import`, { content: 'name\nX\n' })).status).toBe(403)
    expect((await rep.post('/api/forms/payment/import', { content: 'name\nX\n' })).status).toBe(404)
  })

  it.each([
    ['without a file', { content: '' }],
    ['with a wrong mapping', { content: 'name\nX\n', mapping: { columns: [{ column: 'none', field: 'name' }] } }],
  ])('%s is refused with the reason', async (_what, body) => {
    const refused = await admin.post(`${customers}/import`, body)
    expect([refused.status, refused.body.errors.length > 0]).toEqual([422, true])
  })
})

function at(document: unknown, reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), document)
}
