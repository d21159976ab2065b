/** The conventions of the API: bodies, types, origins, statuses, problems, versions, idempotency; on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '#base/problems.ts'
import { host, openApp, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases, onEachDatabase } from '#tests/support/databases.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

async function openTrade(
  database: (typeof databases)[number],
): Promise<{ readonly app: TestApp; readonly admin: TestClient }> {
  const app = await openApp(database)
  const admin = await app.admin()
  const published = await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
  if (published.status !== 200) throw new Error(published.text)
  return { app, admin }
}

const firstDatabase = databases[0] as (typeof databases)[number]
const customers = '/api/forms/customer/records'

describe('a body', () => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    ;({ app, admin } = await openTrade(firstDatabase))
  })
  afterAll(() => app.close())
  const send = (raw: string | Buffer, type?: string) =>
    admin.request('POST', customers, { raw, ...(type === undefined ? {} : { headers: { 'content-type': type } }) })

  it.each([
    'text/plain',
    'application/json; charset=latin1',
    'application/jsonx',
    ' application/json',
    'application/json,text/plain',
    'application/json\t',
    'application/vnd.api+json',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
  ])('of type "%s" is 415', async (type) => {
    const answer = await send('{"name":"X"}', type)
    expect([answer.status, answer.body.type]).toEqual([415, '/problems/wrong-content-type'])
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])(
    'of type "%s" is read',
    async (type) => {
      expect((await send('{"name":"X"}', type)).status).toBe(201)
    },
  )

  it.each([
    ['no JSON', '{"name":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '12'],
    ['half a character', '{"name":"\\ud800"}'],
    ['a NUL', '{"name":"a\\u0000b"}'],
    ['the name __proto__', '{"name":"X","__proto__":{"admin":true}}'],
    ['the name constructor', '{"name":"X","constructor":1}'],
    ['65 levels', `${'{"name":'.repeat(65)}1${'}'.repeat(65)}`],
    ['10,000 levels', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['10,001 names', `{${Array.from({ length: 10_001 }, (_, index) => `"a${index}":1`).join(',')}}`],
  ])('with %s is 400', async (_what, raw) => {
    const answer = await send(raw)
    expect([answer.status, answer.body.type]).toEqual([400, '/problems/request-invalid'])
  })

  it('that is not UTF-8 is 400', async () => {
    expect((await send(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status).toBe(400)
  })

  it('above 1 MiB is 413', async () => {
    const answer = await send(JSON.stringify({ name: 'x'.repeat(1024 * 1024) }))
    expect([answer.status, answer.body.type]).toEqual([413, '/problems/too-large'])
  })

  it('where none belongs is 400', async () => {
    expect((await admin.request('DELETE', '/api/session', { body: { all: true } })).status).toBe(400)
  })

  it('names every wrong field at once, in the language of the caller', async () => {
    const user = await app.user('li@example.com', ['admin'])
    await user.patch('/api/session', { locale: 'zh-CN' })
    const answer = await user.post('/api/forms/product/records', { list_price: 'abc', nothing: 1, sold: '3' })
    expect([answer.status, answer.headers['content-type']]).toEqual([422, 'application/problem+json; charset=utf-8'])
    expect(answer.body).toMatchObject({ type: '/problems/record-invalid', title: '记录不符合规则', status: 422 })
    const found = answer.body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`)
    expect(found.sort()).toEqual(
      expect.arrayContaining([
        '/list_price not-a-number',
        '/name required',
        '/nothing unknown-field',
        '/sku required',
        '/sold computed-field',
      ]),
    )
    for (const error of answer.body.errors) expect(error.message).toMatch(/\p{Script=Han}/u)
  })
})

describe('an address', () => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    ;({ app, admin } = await openTrade(firstDatabase))
  })
  afterAll(() => app.close())

  it.each([
    ['PUT', '/api/session', 'GET, POST, PATCH, DELETE'],
    ['DELETE', '/api/app', 'GET'],
    ['GET', '/api/packs/crm/install', 'POST'],
    ['OPTIONS', '/api/setup', 'GET, POST'],
  ])('with %s %s is 405 and says what is allowed', async (method, path, allow) => {
    const answer = await admin.request(method, path)
    expect([answer.status, answer.body.type]).toEqual([405, '/problems/method-not-allowed'])
    expect(answer.headers['allow']?.split(', ').sort()).toEqual(allow.split(', ').sort())
  })

  it.each([
    '/api',
    '/api/',
    '/api/nothing',
    '/api/app/',
    '/API/app',
    '/api/forms/nothing',
    '/api/forms/Customer',
    '/api/forms/customer/records/nothing',
    '/api/forms/__proto__',
    `/api/forms/${'x'.repeat(300)}`,
    '/problems/nothing',
    '/nothing.js',
  ])('%s is 404 as a problem', async (path) => {
    const answer = await admin.get(path)
    expect([answer.status, answer.headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  it.each([
    '?limit=0',
    '?limit=501',
    '?limit=1e1',
    '?limit=1&limit=2',
    '?nothing=1',
    '?sort=nothing',
    '?filter=%7B',
    '?filter=%5B%5D',
    '?filter=%7B%22nope%22%3A%5B1%5D%7D',
    '?cursor=junk',
    '?view=nothing',
    '?fields=nothing',
    '?expand=name',
    '?expand=nothing',
    '?count=2',
    '?search=a%00b',
    '?filter=%7B%22var%22%3A%22constructor%22%7D',
    '?deleted=1',
  ])('with the query %s is 400, never 500', async (query) => {
    const answer = await admin.get(`${customers}${query}`)
    expect([query, answer.status]).toEqual([query, 400])
  })

  it('that cannot be decoded is 400', async () => {
    expect((await admin.get('/api/forms/%E0%A4%A/records')).status).toBe(400)
  })

  it('explains every problem, to programs and to people', async () => {
    for (const code of Object.keys(catalogue))
      expect([code, (await app.client().get(`/problems/${code}`)).status]).toEqual([code, 200])
    const page = await app
      .client()
      .get('/problems/conflict', { accept: 'text/html', 'accept-language': 'zh-TW, en;q=0.5' })
    expect(page.text).toContain('已被他人修改')
  })

  it('carries the headers that protect pages', async () => {
    const { headers } = await app.client().get('/api/setup')
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect([headers['x-content-type-options'], headers['cache-control'], headers['x-formloom-revision']]).toEqual([
      'nosniff',
      'no-store',
      '1',
    ])
  })

  it('answers to health checks say nothing', async () => {
    for (const path of ['/livez', '/readyz']) expect((await app.client().get(path)).text).toBe('ok\n')
  })
})

describe('the origin', () => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    app = await openApp(firstDatabase, { publicUrl: new URL('http://public.example') })
    admin = await app.admin()
  })
  afterAll(() => app.close())
  const create = (headers: Record<string, string>) => admin.post('/api/forms/team/records', { name: 'T' }, headers)

  it.each([
    'http://evil.example',
    `http://${host}.evil.example`,
    `http://${host}:81`,
    'null',
    'file://',
    `ftp://${host}`,
  ])('%s changes nothing', async (origin) => {
    const answer = await create({ origin })
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/origin-refused'])
  })

  it.each(['http://public.example', `http://${host}`, `https://${host}`])('%s is the own one', async (origin) => {
    expect((await create({ origin })).status).toBe(201)
  })

  it('is asked of the browser in another way when it is absent', async () => {
    expect((await create({ origin: '', 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await create({ origin: '', 'sec-fetch-site': 'same-origin' })).status).toBe(201)
    expect((await create({ origin: '' })).status).toBe(201)
  })

  it('also guards signing in and out', async () => {
    expect(
      (
        await app.client().request('POST', '/api/session', {
          body: { login: 'a', password: 'b' },
          headers: { origin: 'http://evil.example' },
        })
      ).status,
    ).toBe(403)
    expect((await admin.request('DELETE', '/api/session', { headers: { origin: 'http://evil.example' } })).status).toBe(
      403,
    )
  })

  it('does not matter to a program with a key, nor to reading', async () => {
    const { key } = (await admin.post('/api/keys', { name: 'k' })).body
    expect(
      (
        await app
          .client()
          .post(
            '/api/forms/team/records',
            { name: 'T' },
            { authorization: `Bearer ${key}`, origin: 'http://evil.example' },
          )
      ).status,
    ).toBe(201)
    expect((await admin.get('/api/app', { origin: 'http://evil.example' })).status).toBe(200)
  })
})

onEachDatabase('versions', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    ;({ app, admin } = await openTrade(database))
  })
  afterAll(() => app.close())

  it('are asked for and must be in quotes', async () => {
    const { id } = (await admin.post(customers, { name: 'A' })).body
    expect((await admin.patch(`${customers}/${id}`, { name: 'B' })).status).toBe(428)
    expect((await admin.delete(`${customers}/${id}`)).status).toBe(428)
    for (const version of ['1', '"x"', '"1", "2"', '*', 'W/"1"', '"0"', '"-1"']) {
      expect([
        version,
        (await admin.request('PATCH', `${customers}/${id}`, { body: { name: 'B' }, headers: { 'if-match': version } }))
          .status,
      ]).toEqual([version, 400])
    }
    const changed = await admin.patch(`${customers}/${id}`, { name: 'B' }, 1)
    expect([changed.status, changed.headers['etag'], changed.body.name]).toEqual([200, '"2"', 'B'])
    expect((await admin.get(`${customers}/${id}`)).headers['etag']).toBe('"2"')
  })

  it('merge where two people changed different fields, and refuse by name where they met', async () => {
    const { id } = (await admin.post(customers, { name: 'A', code: 'A1' })).body
    expect((await admin.patch(`${customers}/${id}`, { tier: 'gold' }, 1)).status).toBe(200)
    expect((await admin.patch(`${customers}/${id}`, { notes: 'calls on Mondays' }, 1)).body).toMatchObject({
      version: 3,
      tier: 'gold',
      notes: 'calls on Mondays',
    })
    const met = await admin.patch(`${customers}/${id}`, { tier: 'silver' }, 1)
    expect([met.status, met.body]).toMatchObject([
      409,
      {
        type: '/problems/conflict',
        version: 3,
        fields: ['tier'],
        errors: [{ pointer: '/tier', code: 'changed-meanwhile' }],
      },
    ])
    expect((await admin.delete(`${customers}/${id}`, 2)).status).toBe(409)
  })

  it('of a deleted record lead out of the bin again', async () => {
    const { id } = (await admin.post(customers, { name: 'Bin' })).body
    expect((await admin.delete(`${customers}/${id}`, 1)).status).toBe(204)
    expect((await admin.get(`${customers}/${id}`)).status).toBe(404)
    expect((await admin.get(`${customers}?deleted=true`)).body.records).toMatchObject([{ id }])
    expect((await admin.post(`${customers}/${id}/restore`)).status).toBe(200)
    expect((await admin.get(`${customers}/${id}`)).body.name).toBe('Bin')
  })

  it('of the application answer 304 until something changes', async () => {
    const app1 = await admin.get('/api/app')
    expect((await admin.get('/api/app', { 'if-none-match': app1.headers['etag'] ?? '' })).status).toBe(304)
    await admin.patch('/api/admin/settings', { name: 'Works' })
    const app2 = await admin.get('/api/app', { 'if-none-match': app1.headers['etag'] ?? '' })
    expect([app2.status, app2.body.workspace.name]).toEqual([200, 'Works'])
  })
})

onEachDatabase('an Idempotency-Key', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    ;({ app, admin } = await openTrade(database))
  })
  afterAll(() => app.close())
  const create = (client: TestClient, key: string, body: unknown): Promise<TestAnswer> =>
    client.post(customers, body, { 'idempotency-key': key })

  it('makes one record of 20 parallel requests; who comes while it runs hears so, all others get the same answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => create(admin, 'k1', { name: 'Once', code: 'ONCE' })),
    )
    const later = await create(admin, 'k1', { name: 'Once', code: 'ONCE' })
    const shown = ({ status, text, headers }: TestAnswer) =>
      `${status} ${headers['etag']} ${headers['location']} ${text}`
    const running = answers.filter(({ status }) => status === 409)
    expect(running.map(({ body, headers }) => [body.type, headers['retry-after']])).toEqual(
      running.map(() => ['/problems/in-progress', '1']),
    )
    expect(new Set([...answers.filter(({ status }) => status !== 409), later].map(shown))).toEqual(
      new Set([shown(later)]),
    )
    expect(later.status).toBe(201)
    expect((await admin.get(`${customers}?count=exact&search=Once`)).body.count).toBe(1)
  })

  it('with another body is 422; with the same body in another order it is the same', async () => {
    expect((await create(admin, 'k1', { name: 'Twice', code: 'ONCE' })).body).toMatchObject({
      status: 422,
      type: '/problems/key-reused',
    })
    expect((await create(admin, 'k1', { code: 'ONCE', name: 'Once' })).status).toBe(201)
  })

  it('is not spent by a refusal', async () => {
    expect((await create(admin, 'k2', { name: '' })).status).toBe(422)
    expect((await create(admin, 'k2', { name: 'Better' })).status).toBe(201)
  })

  it('belongs to its principal, holds for its day though a clock jumps ahead by one, and is forgotten then', async () => {
    const other = await app.user('other@example.com', ['admin'])
    const mine = await create(admin, 'k3', { name: 'Mine' })
    const theirs = await create(other, 'k3', { name: 'Mine' })
    expect(mine.body.id).not.toBe(theirs.body.id)
    app.advance(47 * 3_600_000)
    expect((await create(admin, 'k3', { name: 'Mine' })).body.id).toBe(mine.body.id)
    app.advance(2 * 3_600_000)
    expect((await create(admin, 'k3', { name: 'Mine' })).body.id).not.toBe(mine.body.id)
  })

  it('has a sane shape', async () => {
    for (const key of ['', ' ', 'a b', 'x'.repeat(256)])
      expect([key, (await create(admin, key, { name: 'X' })).status]).toEqual([key, 400])
  })
})

onEachDatabase('what a caller may not see', (database) => {
  let app: TestApp
  let admin: TestClient
  let rep: TestClient
  let foreign = ''
  beforeAll(async () => {
    ;({ app, admin } = await openTrade(database))
    rep = await app.user('rep@example.com', ['rep'])
    foreign = (await admin.post(customers, { name: 'Foreign', notes: 'secret' })).body.id
    await rep.post(customers, { name: 'Own' })
  })
  afterAll(() => app.close())
  const bytes = ({ status, text }: TestAnswer, from: string, to: string) => `${status} ${text.replaceAll(from, to)}`

  it('answers like what does not exist: records', async () => {
    const missing = foreign.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    for (const path of ['', '/history', '/why?verb=read']) {
      expect(bytes(await rep.get(`${customers}/${foreign}${path}`), foreign, missing)).toBe(
        bytes(await rep.get(`${customers}/${missing}${path}`), foreign, missing),
      )
    }
    expect(bytes(await rep.patch(`${customers}/${foreign}`, { name: 'X' }, 1), foreign, missing)).toBe(
      bytes(await rep.patch(`${customers}/${missing}`, { name: 'X' }, 1), foreign, missing),
    )
    expect(bytes(await rep.delete(`${customers}/${foreign}`, 1), foreign, missing)).toBe(
      bytes(await rep.delete(`${customers}/${missing}`, 1), foreign, missing),
    )
    expect((await rep.get(`${customers}/${foreign}`)).status).toBe(404)
  })

  it('answers like what does not exist: forms', async () => {
    const probe = async (form: string) =>
      [
        await rep.get(`/api/forms/${form}`),
        await rep.get(`/api/forms/${form}/records`),
        await rep.post(`/api/forms/${form}/records`, {}),
        await rep.get(`/api/forms/${form}/aggregate`),
      ].map(({ status, text }) => `${status} ${text}`)
    expect(await probe('payment')).toEqual(await probe('nothing'))
  })

  it('answers like what does not exist: fields', async () => {
    const probe = async (field: string) =>
      [
        await rep.get(`${customers}?sort=${field}`),
        await rep.get(`${customers}?fields=${field}`),
        await rep.get(
          `${customers}?filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: field }, 'secret'] }))}`,
        ),
        await rep.post(`${customers}/query`, { filter: { '==': [{ var: field }, 'secret'] } }),
        await rep.get(`/api/forms/customer/aggregate?group=${encodeURIComponent(JSON.stringify([field]))}`),
        await rep.post(customers, { name: 'X', [field]: 'secret' }),
        await rep.post(`${customers}/evaluate`, { values: { [field]: 'secret' } }),
      ].map((answer) => bytes(answer, field, 'field'))
    expect((await probe('notes')).map(withoutIds)).toEqual((await probe('nonsense')).map(withoutIds))
    expect((await rep.get('/api/forms/customer')).text).not.toContain('notes')
    expect((await rep.get('/api/openapi.json')).text).not.toContain('"notes"')
    expect((await rep.get('/api/app')).text).not.toContain('"payment"')
  })
})

describe('a server that is ending', () => {
  it('refuses new requests with 503 and when to come back', async () => {
    const app = await openApp(firstDatabase)
    app.drain()
    const answer = await app.client().get('/api/setup')
    expect([answer.status, answer.headers['retry-after'], answer.body.type]).toEqual([
      503,
      '5',
      '/problems/unavailable',
    ])
    await app.close()
  })
})

function withoutIds(text: string): string {
  return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
}
