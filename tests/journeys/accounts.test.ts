/** Becoming known: setup, sign-in and its limits, sessions, keys, own settings; on both databases. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp, password, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

const day = 86_400_000

onEachDatabase('setup', (database) => {
  let app: TestApp
  beforeAll(async () => {
    app = await openApp(database)
  })
  afterAll(() => app.close())

  it('says that it is needed, and refuses a wrong code', async () => {
    expect((await app.client().get('/api/setup')).body).toEqual({ needed: true })
    const wrong = await app.client().post('/api/setup', { ...first(app), code: 'AAAA-AAAA' })
    expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { pointer: '/code', code: 'wrong-code' }])
  })

  it('refuses a weak password and changes nothing', async () => {
    const weak = await app.client().post('/api/setup', { ...first(app), password: 'password1' })
    expect(weak.body.errors.map((error: { code: string }) => error.code)).toEqual([
      'password-too-short',
      'password-too-common',
    ])
    expect((await app.client().get('/api/setup')).body).toEqual({ needed: true })
  })

  it('makes exactly one first admin when several try at once', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) =>
        app.client().post('/api/setup', { ...first(app), login: `${name}@example.com` }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    const winner = answers.find(({ status }) => status === 201)
    expect(winner?.body.user.roles).toEqual(['admin'])
    expect(winner?.headers['set-cookie']).toMatch(/^formloom=[\w-]{43};.*HttpOnly; SameSite=Lax/)
  })

  it('is over afterwards: 409, and the code is gone', async () => {
    expect((await app.client().post('/api/setup', first(app))).status).toBe(409)
    expect(await app.codeStore.read()).toBeNull()
    expect((await app.client().get('/api/setup')).body).toEqual({ needed: false })
  })
})

onEachDatabase('sign-in', (database) => {
  let app: TestApp
  let ben: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    ben = await app.user('Ben@Example.com')
  })
  afterAll(() => app.close())

  it('finds the login however it is capitalised', async () => {
    expect((await app.client().signIn(' BEN@example.com ')).status).toBe(200)
  })

  it('answers an unknown login and a wrong password with the same bytes', async () => {
    const unknown = await app.client().signIn('nobody@example.com')
    const wrong = await app.client().signIn('ben@example.com', 'not the password')
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect(unknown.status).toBe(401)
  })

  it('gives a new session each time and ends the one before', async () => {
    const client = app.client()
    await client.signIn('ben@example.com')
    const before = client.cookie
    await client.signIn('ben@example.com')
    expect(client.cookie).not.toBe(before)
    expect((await app.client().get('/api/session', { cookie: before })).status).toBe(401)
  })

  it('slows an account down after five failures, whoever asks, and lets it go when the time has passed', async () => {
    await app.user('carl@example.com')
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => app.client().signIn('carl@example.com', 'wrong wrong wrong')),
    )
    expect(tries.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    const blocked = await app.client().signIn('carl@example.com')
    expect([blocked.status, Number(blocked.headers['retry-after']) > 0]).toEqual([429, true])
    app.advance(3_000)
    expect((await app.client().signIn('carl@example.com', 'wrong wrong wrong')).status).toBe(401)
    expect(Number((await app.client().signIn('carl@example.com')).headers['retry-after'])).toBeGreaterThan(2)
    app.advance(5_000)
    expect((await app.client().signIn('carl@example.com')).status).toBe(200)
    expect((await app.client().signIn('carl@example.com', 'wrong wrong wrong')).status).toBe(401)
    expect((await app.client().signIn('carl@example.com')).status).toBe(200)
  })

  it('says who is signed in, and ends the session at once on sign-out', async () => {
    expect((await ben.get('/api/session')).body.user).toMatchObject({ login: 'ben@example.com', roles: [] })
    const stolen = ben.cookie
    expect((await ben.delete('/api/session')).status).toBe(204)
    expect((await app.client().get('/api/session', { cookie: stolen })).status).toBe(401)
  })

  it('keeps no password, token or code in the log or in plain in the database', async () => {
    const secrets = [password, 'wrong wrong wrong', app.setupCode]
    expect(secrets.filter((secret) => app.logged.some((line) => line.includes(secret)))).toEqual([])
  })
})

onEachDatabase('sessions', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
  })
  afterAll(() => app.close())

  it('end everywhere when the password changes; the one that changed it goes on under a new token', async () => {
    const one = await app.user('dora@example.com')
    const two = app.client()
    await two.signIn('dora@example.com')
    const key = (await one.post('/api/keys', { name: 'sync' })).body.key
    const before = one.cookie
    expect(
      (await one.patch('/api/session', { password: 'another long secret', current_password: 'wrong' })).body.errors[0]
        .code,
    ).toBe('wrong-password')
    expect(
      (await one.patch('/api/session', { password: 'another long secret', current_password: password })).status,
    ).toBe(200)
    expect((await one.get('/api/session')).status).toBe(200)
    expect((await two.get('/api/session')).status).toBe(401)
    expect((await app.client().get('/api/session', { cookie: before })).status).toBe(401)
    expect((await app.client().get('/api/session', { authorization: `Bearer ${key}` })).status).toBe(401)
    expect((await app.client().signIn('dora@example.com')).status).toBe(401)
    expect((await app.client().signIn('dora@example.com', 'another long secret')).status).toBe(200)
  })

  it('are no place to guess the password', async () => {
    const user = await app.user('guess@example.com')
    const guess = () =>
      user.patch('/api/session', { password: 'another long secret', current_password: 'wrong wrong wrong' })
    for (let tries = 0; tries < 5; tries += 1) expect((await guess()).status).toBe(422)
    expect((await guess()).status).toBe(429)
  })

  it.each(['the admin route', 'the record route'])(
    'end when the user is disabled by %s, and do not come back with the user',
    async (way) => {
      const user = await app.user(`${way.replaceAll(' ', '-')}@example.com`)
      const path = `/api/forms/user/records/${user.id}`
      const set = (active: boolean, version: number) =>
        way === 'the admin route'
          ? admin.patch(`/api/admin/users/${user.id}`, { active })
          : admin.patch(path, { active }, version)
      expect((await set(false, 1)).status).toBe(200)
      expect((await user.get('/api/session')).status).toBe(401)
      expect((await app.client().signIn(`${way.replaceAll(' ', '-')}@example.com`)).status).toBe(401)
      expect((await set(true, 2)).status).toBe(200)
      expect((await user.get('/api/session')).status).toBe(401)
      expect((await user.signIn(`${way.replaceAll(' ', '-')}@example.com`)).status).toBe(200)
    },
  )

  it('end when the user goes to the bin', async () => {
    const user = await app.user('gone@example.com')
    expect((await admin.delete(`/api/forms/user/records/${user.id}`, 1)).status).toBe(204)
    expect((await user.get('/api/session')).status).toBe(401)
  })

  it('obey new roles on the next request', async () => {
    const user = await app.user('eve@example.com')
    expect((await user.get('/api/definitions')).status).toBe(403)
    await admin.patch(`/api/admin/users/${user.id}`, { roles: ['builder'] })
    expect((await user.get('/api/definitions')).status).toBe(200)
    await admin.patch(`/api/admin/users/${user.id}`, { roles: [] })
    expect((await user.get('/api/definitions')).status).toBe(403)
  })

  it('end after 14 idle days, and after 90 days however busy', async () => {
    const user = await app.user('frida@example.com')
    for (let days = 0; days < 84; days += 12) {
      app.advance(12 * day)
      expect([days, (await user.get('/api/session')).status]).toEqual([days, 200])
    }
    app.advance(7 * day)
    expect((await user.get('/api/session')).status).toBe(401)
    await user.signIn('frida@example.com')
    app.advance(14 * day + 1000)
    expect((await user.get('/api/session')).status).toBe(401)
  })
})

onEachDatabase('keys', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
  })
  afterAll(() => app.close())
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

  it('act as their owner until they expire or are revoked', async () => {
    const made = await admin.post('/api/keys', { name: 'sync', expires_at: new Date(Date.now() + day).toISOString() })
    expect(made.body.key).toMatch(/^fl_[\w-]{43}$/)
    expect((await app.client().get('/api/session', bearer(made.body.key))).body.user.login).toBe('ada@example.com')
    expect((await admin.get('/api/keys')).text).not.toContain(made.body.key)
    expect((await admin.delete(`/api/keys/${made.body.id}`)).status).toBe(204)
    expect((await app.client().get('/api/session', bearer(made.body.key))).status).toBe(401)
    expect((await admin.delete(`/api/keys/${made.body.id}`)).status).toBe(404)
    const short = await admin.post('/api/keys', { name: 'short', expires_at: new Date(Date.now() + day).toISOString() })
    app.advance(2 * day)
    expect((await app.client().get('/api/session', bearer(short.body.key))).status).toBe(401)
  })

  it('are refused in the past, and for forms that do not exist', async () => {
    const wrong = await admin.post('/api/keys', {
      name: 'old',
      expires_at: '2020-01-01T00:00:00.000Z',
      scopes: [{ form: 'nothing', can: ['read'] }],
    })
    expect(wrong.body.errors.map((error: { code: string }) => error.code)).toEqual(['in-the-past', 'unknown-form'])
  })

  it('never make keys or change passwords, and a wrong key never falls back to the cookie', async () => {
    const { key } = (await admin.post('/api/keys', { name: 'all' })).body
    expect(
      (await app.client().request('POST', '/api/keys', { body: { name: 'more' }, headers: bearer(key) })).status,
    ).toBe(403)
    expect(
      (
        await app.client().request('PATCH', '/api/session', {
          body: { password: 'x', current_password: password },
          headers: bearer(key),
        })
      ).status,
    ).toBe(403)
    expect((await admin.get('/api/session', { authorization: 'Bearer fl_wrong' })).status).toBe(401)
    expect((await admin.get('/api/session', { authorization: 'Basic YTpi' })).status).toBe(401)
  })

  it('with scopes reach only the listed forms and verbs', async () => {
    const { key } = (
      await admin.post('/api/keys', { name: 'teams', scopes: [{ form: 'team', can: ['read', 'create'] }] })
    ).body
    const program = app.client()
    const made = await program.post('/api/forms/team/records', { name: 'South' }, bearer(key))
    expect([made.status, made.body.can]).toEqual([201, []])
    expect((await program.get('/api/forms/team/records', bearer(key))).body.records).toHaveLength(1)
    expect(
      (
        await program.request('PATCH', `/api/forms/team/records/${made.body.id}`, {
          body: { name: 'West' },
          headers: { ...bearer(key), 'if-match': '"1"' },
        })
      ).status,
    ).toBe(403)
    expect((await program.get('/api/forms/user/records', bearer(key))).status).toBe(404)
    expect(made.body.owner).toBeNull()
    expect((await program.get('/api/admin/users', bearer(key))).status).toBe(403)
    expect((await program.post('/api/definitions', { definitions: [] }, bearer(key))).status).toBe(403)
  })
})

onEachDatabase('users', (database) => {
  let app: TestApp
  let admin: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
  })
  afterAll(() => app.close())

  it('are made by an admin with roles that exist, a login that is free, a password that holds', async () => {
    const body = { login: 'gus@example.com', name: 'Gus', password, roles: ['builder'] }
    expect((await admin.post('/api/admin/users', body)).status).toBe(201)
    expect((await admin.post('/api/admin/users', body)).body).toMatchObject({
      status: 422,
      type: '/problems/not-unique',
      errors: [{ pointer: '/login' }],
    })
    expect(
      (await admin.post('/api/admin/users', { ...body, login: 'h@example.com', roles: ['king'] })).body.errors[0],
    ).toMatchObject({ pointer: '/roles/0', code: 'unknown-role' })
    expect(
      (
        await admin.post('/api/admin/users', {
          ...body,
          login: 'longenough@example.com',
          password: 'longenough@example.com',
        })
      ).body.errors[0].code,
    ).toBe('password-is-login')
    expect((await admin.post('/api/admin/users', { ...body, login: 'i@example.com', admin: true })).status).toBe(400)
    expect((await admin.get('/api/admin/users?search=gus')).body.users).toMatchObject([
      { login: 'gus@example.com', roles: ['builder'], active: true },
    ])
  })

  it('cannot give themselves roles by any route', async () => {
    const user = await app.user('hal@example.com')
    expect((await user.patch(`/api/admin/users/${user.id}`, { roles: ['admin'] })).status).toBe(403)
    expect((await user.patch('/api/session', { roles: ['admin'] })).status).toBe(400)
    expect((await user.patch(`/api/forms/user/records/${user.id}`, { roles: ['admin'] }, 1)).status).toBe(403)
    expect((await user.get('/api/session')).body.user.roles).toEqual([])
  })

  it('change their own language and zone, and read the answers in it', async () => {
    const user = await app.user('ida@example.com')
    expect((await user.patch('/api/session', { locale: 'zh-CN', zone: 'Europe/Berlin' })).body.user).toMatchObject({
      locale: 'zh-CN',
      zone: 'Europe/Berlin',
    })
    expect((await user.get('/api/admin/users')).body.title).toBe('没有权限')
    expect((await user.patch('/api/session', { zone: 'Nowhere/Land' })).body.errors[0]).toMatchObject({
      pointer: '/zone',
      code: 'not-a-zone',
    })
  })

  it('always keep one active admin', async () => {
    const me = (await admin.get('/api/session')).body.user.id
    for (const change of [{ roles: [] }, { active: false }]) {
      expect((await admin.patch(`/api/admin/users/${me}`, change)).body.errors[0].code).toBe('last-admin')
    }
    expect((await admin.delete(`/api/forms/user/records/${me}`, 1)).status).toBe(422)
    expect((await admin.get('/api/admin/users')).status).toBe(200)
  })
})

describe('behind TLS', () => {
  onEachDatabase('the cookie', (database) => {
    it('is bound to the host and needs TLS', async () => {
      const app = await openApp(database, { publicUrl: new URL('https://work.example.com') })
      const answer = await app
        .client()
        .request('POST', '/api/setup', { body: first(app), headers: { origin: 'https://work.example.com' } })
      expect(answer.headers['set-cookie']).toMatch(
        /^__Host-formloom=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      )
      expect(answer.headers['strict-transport-security']).toContain('max-age')
      await app.close()
    })
  })
})

function first(app: TestApp) {
  return { code: app.setupCode, name: 'Ada', login: 'ada@example.com', password, locale: 'en' }
}
