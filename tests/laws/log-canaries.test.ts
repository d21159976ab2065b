/**
 * Nothing that people keep in the workspace, and nothing that lets anybody in, reaches the log: at no level, for no request,
 * not where a request is refused and not where it breaks. Every secret and every value holds a canary; the log must hold none.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, password, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { multipart } from '#tests/support/multipart.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

const canary = 'c4n4ry'
const customers = '/api/forms/customer/records'

onEachDatabase('the log', (database) => {
  let app: TestApp
  let admin: TestClient
  const secrets: string[] = [canary, password]
  const answers: TestAnswer[] = []
  const keep = (answer: TestAnswer) => {
    answers.push(answer)
    return answer
  }

  beforeAll(async () => {
    app = await openApp(database)
    secrets.push(app.setupCode)
    admin = await app.admin()
    await admin.post('/api/definitions', {
      definitions: [
        ...tradeForms,
        ...tradeRoles,
        { kind: 'form', name: 'paper', label: 'Paper', fields: [{ name: 'file', type: 'attachment' }] },
      ],
    })
    secrets.push(admin.cookie.split('=')[1] ?? '')
  }, 120_000)
  afterAll(() => app.close())

  const lines = () => app.logged.map((line) => JSON.parse(line) as { level: string; event: string; request?: string })

  it('holds no secret of signing in, out, wrongly, and by key', async () => {
    const anonymous = app.client()
    keep(await anonymous.post('/api/setup', { code: `${canary}-1`, name: canary, login: canary, password: canary }))
    keep(await anonymous.post('/api/session', { login: `${canary}@example.com`, password: `${canary} ${canary}` }))
    keep(await anonymous.post('/api/session', { login: 'ada@example.com', password: canary, odd: canary }))
    keep(await admin.patch('/api/session', { password: canary, current_password: `wrong ${canary}` }))
    const { key } = keep(await admin.post('/api/keys', { name: canary })).body
    secrets.push(key)
    keep(await app.client().get('/api/session', { authorization: `Bearer ${key}` }))
    keep(await app.client().get('/api/session', { authorization: `Bearer fl_${canary}` }))
    keep(await app.client().get('/api/session', { cookie: `formloom=${canary}`, 'x-request-id': `bad id ${canary}!` }))
    keep(
      await admin.post('/api/admin/users', {
        login: `${canary}@example.com`,
        name: canary,
        password: `${canary} 1 2 3 4`,
        roles: [],
      }),
    )
  })

  it('holds no value of a record that was written, asked for, brought in, refused or uploaded', async () => {
    const values = { code: `${canary}-1`, name: `${canary} Ltd`, notes: canary, tags: [canary] }
    const made = keep(await admin.post(customers, values, { 'idempotency-key': `${canary}-key` })).body
    keep(await admin.post(customers, values))
    keep(await admin.post(customers, { name: 1, [canary]: canary, credit_limit: canary, parent: canary }))
    keep(await admin.patch(`${customers}/${made.id}`, { notes: `${canary} again` }, 1))
    keep(await admin.patch(`${customers}/${made.id}`, { notes: `${canary} stale` }, 1))
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'name' }, canary] }))
    for (const query of [
      `filter=${filter}`,
      `search=${canary}`,
      `sort=${canary}`,
      `cursor=${canary}`,
      `fields=${canary}`,
    ])
      keep(await admin.get(`${customers}?${query}`))
    keep(await admin.get(`/api/search?q=${canary}`))
    keep(
      await admin.request('POST', customers, {
        raw: `{"name": "${canary}", `,
        headers: { 'content-type': 'application/json' },
      }),
    )
    keep(await admin.request('POST', customers, { raw: canary, headers: { 'content-type': 'text/plain' } }))
    keep(
      await admin.post('/api/forms/customer/records/bulk', {
        operations: [{ verb: 'create', values: { name: 2, code: canary } }],
      }),
    )
    const started = keep(
      await admin.post('/api/forms/customer/import', { content: `name,credit_limit\n${canary},${canary}\n` }),
    )
    keep(await admin.post(`/api/imports/${started.body.id}/commit`, {}))
    keep(await admin.get(`/api/forms/customer/export?format=csv&search=${canary}`))
    const file = multipart([
      { name: 'file', filename: `${canary}.txt`, type: 'text/plain', content: `${canary} content` },
    ])
    keep(await admin.request('POST', '/api/files', file))
    keep(
      await admin.post('/api/definitions', {
        definitions: [{ kind: 'form', name: 'x', label: canary, fields: [{ name: canary, type: canary }] }],
      }),
    )
  })

  it('holds none where the database itself breaks in the middle of a write', async () => {
    await app.workspace.db.write(async (db) => {
      if (database.name === 'sqlite') {
        await sql.raw(`alter table r_customer rename column notes to gone`).execute(db)
        return
      }
      const body = `begin raise exception 'no room for %', new.name; end`
      await sql.raw(`create function refuse() returns trigger language plpgsql as $$ ${body} $$`).execute(db)
      await sql
        .raw('create trigger refusing before insert on r_customer for each row execute function refuse()')
        .execute(db)
    })
    const broken = keep(
      await admin.post(customers, { name: `${canary} broken`, notes: canary }, { 'x-request-id': 'trace-42' }),
    )
    expect([broken.status, broken.headers['x-request-id'], broken.body.params?.request ?? broken.body.request]).toEqual(
      [500, 'trace-42', expect.anything()],
    )
    expect(broken.text).not.toContain('no room')
    const failed = lines().filter(({ event }) => event === 'request.failed')
    expect(failed).toMatchObject([
      { level: 'error', request: 'trace-42', failure: { code: expect.any(String), at: expect.any(Array) } },
    ])
  })

  it('has said all of this by request, and not one canary', () => {
    expect(answers.length).toBeGreaterThan(25)
    for (const status of [200, 201, 400, 401, 409, 415, 422, 500])
      expect(answers.map((answer) => answer.status)).toContain(status)
    const logged = lines()
    for (const level of ['debug', 'info', 'error']) expect(logged.map((line) => line.level)).toContain(level)
    const ids = new Set(logged.filter(({ event }) => event === 'request').map(({ request }) => request))
    for (const answer of answers) expect(ids).toContain(answer.headers['x-request-id'])
    for (const secret of secrets.filter((one) => one !== ''))
      expect(app.logged.filter((line) => line.includes(secret)).map((line) => line.slice(0, 300))).toEqual([])
  })
})
