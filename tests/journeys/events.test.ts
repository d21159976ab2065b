/** Live events over real sockets on both databases: only what one may read, nothing of what one may not, ended with the right. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Cursors } from '#api/live/cursor.ts'
import { EventLog } from '#api/live/event-log.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { EventReader } from '#tests/support/event-reader.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

const customers = '/api/forms/customer/records'
const live = { heartbeatMs: 100, checkMs: 200, gatherMs: 20, mostPerUser: 3, kept: 400 }

onEachDatabase('live events', (database) => {
  let app: TestApp
  let admin: TestClient
  let rep: TestClient
  let port: string
  const readers: EventReader[] = []
  const read = async (client: TestClient, headers: Record<string, string> = {}) => {
    const reader = await EventReader.open({ port, cookie: client.cookie, headers })
    readers.push(reader)
    return reader
  }
  const create = async (client: TestClient, name: string) => (await client.post(customers, { name })).body.id as string

  beforeAll(async () => {
    app = await openApp(database, { live })
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
    expect(published.status).toBe(200)
    rep = await app.user('rep@example.com', ['rep'])
    port = await app.listen()
  })
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close()
  })
  afterAll(() => app.close())

  it('tells each verb with ids only, as a stream that nobody stores or compresses', async () => {
    const reader = await read(admin, { 'accept-encoding': 'br, gzip' })
    expect(reader.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
    })
    expect(reader.headers['content-encoding']).toBeUndefined()
    const id = await create(admin, 'Verbs')
    const told = async (verb: string) => reader.until(() => reader.events.at(-1)?.data.verb === verb)
    await told('create')
    await admin.patch(`${customers}/${id}`, { name: 'Verbs 2' }, 1)
    await told('update')
    await admin.delete(`${customers}/${id}`, 2)
    await told('delete')
    await admin.post(`${customers}/${id}/restore`)
    await told('restore')
    expect(reader.events.map(({ name, data }) => [name, data])).toEqual([
      ['record', { form: 'customer', id, version: 1, verb: 'create' }],
      ['record', { form: 'customer', id, version: 2, verb: 'update' }],
      ['record', { form: 'customer', id, version: 3, verb: 'delete' }],
      ['record', { form: 'customer', id, version: 4, verb: 'restore' }],
    ])
  })

  it('tells nothing of records that the reader may not see, and nothing of writes that failed', async () => {
    const reader = await read(rep)
    const hidden = await create(admin, 'Foreign')
    await admin.delete(`${customers}/${hidden}`, 1)
    await rep.post(customers, { name: '' })
    await admin.post('/api/forms/payment/records', { amount: '1' })
    const own = await create(rep, 'Own')
    await reader.until(() => reader.events.length > 0)
    expect(reader.ids()).toEqual([own])
  })

  it('asks the policy when it tells, not when it happened', async () => {
    const id = await create(rep, 'Moving')
    const reader = await read(rep)
    await admin.patch(`${customers}/${id}`, { owner: (await admin.get('/api/session')).body.user.id }, 1)
    const own = await create(rep, 'Marker')
    await reader.until(() => reader.ids().includes(own))
    expect(reader.ids()).toEqual([own])
  })

  it('goes on where a stream ended, and starts anew from what is no place of it', async () => {
    const first = await read(rep)
    const one = await create(rep, 'One')
    await first.until(() => first.ids().includes(one))
    first.close()
    const two = await create(rep, 'Two')
    const again = await read(rep, { 'last-event-id': first.lastId })
    await again.until(() => again.ids().includes(two))
    expect(again.events.map(({ name }) => name)).toEqual(['record'])
    const flipped = `${first.lastId.startsWith('A') ? 'B' : 'A'}${first.lastId.slice(1)}`
    for (const strange of ['x', '1', 'é'.repeat(3), flipped]) {
      const anew = await read(rep, { 'last-event-id': encodeURIComponent(strange) })
      await anew.until(() => anew.events.length > 0)
      expect(anew.events[0]?.name).toBe('resync')
      anew.close()
    }
    const foreign = await read(admin, { 'last-event-id': first.lastId })
    await foreign.until(() => foreign.events.length > 0)
    expect(foreign.events[0]?.name).toBe('resync')
  })

  it('starts anew who comes back too late', async () => {
    const first = await read(rep)
    await first.until(() => first.lastId !== '')
    first.close()
    const operations = Array.from({ length: 600 }, (_, index) => ({ verb: 'create', values: { name: `L${index}` } }))
    expect((await admin.post(`${customers}/bulk`, { operations })).body.done).toBe(600)
    const late = await read(rep, { 'last-event-id': first.lastId })
    await late.until(() => late.events.length > 0)
    expect(late.events[0]?.name).toBe('resync')
  })

  it('tells of a revision', async () => {
    const reader = await read(rep)
    const { revision } = (
      await admin.post('/api/definitions', {
        definitions: [...tradeForms, ...tradeRoles, { kind: 'form', name: 'extra', label: 'Extra', fields: [] }],
      })
    ).body
    await reader.until(() => reader.events.some(({ name }) => name === 'revision'))
    expect(reader.events.find(({ name }) => name === 'revision')?.data).toEqual({ revision })
  })

  it.each([
    ['signing out', (client: TestClient) => client.delete('/api/session')],
    ['losing a role', (client: TestClient) => admin.patch(`/api/admin/users/${client.id}`, { roles: ['clerk'] })],
    ['being disabled', (client: TestClient) => admin.patch(`/api/admin/users/${client.id}`, { active: false })],
  ])('ends with %s', async (name, act) => {
    const client = await app.user(`${name.replaceAll(' ', '.')}@example.com`, ['rep'])
    const reader = await read(client)
    expect(reader.status).toBe(200)
    expect((await act(client)).status).toBeLessThan(300)
    await reader.until(() => reader.ended)
  })

  it('keeps no session alive', async () => {
    const client = await app.user('idle@example.com', ['rep'])
    const reader = await read(client)
    app.advance(15 * 86_400_000)
    await reader.until(() => reader.ended)
    for (const one of [admin, rep]) await one.signIn(one === admin ? 'ada@example.com' : 'rep@example.com')
  })

  it('gives each user a few streams at once', async () => {
    const open = [await read(rep), await read(rep), await read(rep)]
    const refused = await read(rep)
    expect([open.map(({ status }) => status), refused.status, refused.headers['retry-after']]).toEqual([
      [200, 200, 200],
      429,
      '30',
    ])
    open[0]?.close()
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await read(rep)).status).toBe(200)
  })

  it('needs somebody who is signed in', async () => {
    expect((await read(app.client())).status).toBe(401)
    const { key } = (await admin.post('/api/keys', { name: 'k', scopes: [{ form: 'product', can: ['read'] }] })).body
    const reader = await EventReader.open({ port, headers: { authorization: `Bearer ${key}` } })
    readers.push(reader)
    await create(admin, 'Not in the scope')
    const product = (await admin.post('/api/forms/product/records', { sku: 'S1', name: 'Chai' })).body.id
    await reader.until(() => reader.events.length > 0)
    expect(reader.ids()).toEqual([product])
  })

  it('answers with what is due and ends when asked not to wait', async () => {
    const first = await rep.get('/api/events?wait=0')
    const id = await create(rep, 'Polled')
    const lastId = /^id: (.*)$/m.exec(first.text)?.[1] ?? ''
    const second = await rep.get('/api/events?wait=0', { 'last-event-id': lastId })
    expect([first.status, first.text.includes('event:')]).toEqual([200, false])
    expect(second.text).toContain(`"id":"${id}"`)
    expect((await rep.get('/api/events?wait=1')).status).toBe(400)
  })

  it('ends all streams when the server drains', async () => {
    const reader = await read(admin)
    app.drain()
    await reader.until(() => reader.ended)
  })
})

onEachDatabase('two servers', (database) => {
  it.runIf(database.name === 'postgres')(
    'on one database (PostgreSQL only: SQLite has one owner) tell what either commits',
    async () => {
      const place = await database.open()
      const shared = { ...database, open: async () => ({ ...place, close: async () => undefined }) }
      const [one, two] = [await openApp(shared, { live }), await openApp(shared, { live })]
      const admin = await one.admin()
      expect((await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })).status).toBe(200)
      const there = two.client()
      await there.signIn('ada@example.com')
      const reader = await EventReader.open({ port: await two.listen(), cookie: there.cookie })
      const id = (await admin.post(customers, { name: 'From the other node' })).body.id
      await reader.until(() => reader.ids().includes(id))
      const { revision } = (
        await admin.post('/api/definitions', {
          definitions: [...tradeForms, { kind: 'form', name: 'extra', label: 'Extra', fields: [] }],
        })
      ).body
      await reader.until(() =>
        reader.events.some(({ name, data }) => name === 'revision' && data.revision === revision),
      )
      reader.close()
      for (const app of [one, two]) await app.close()
      await place.close()
    },
  )
})

describe('the place of a stream', () => {
  it('looks different each time, belongs to its owner and ends after five minutes', () => {
    const cursors = new Cursors()
    const sealed = cursors.seal('ada', 12, 1000)
    expect(sealed).not.toBe(cursors.seal('ada', 12, 1000))
    expect(sealed.length).toBe(cursors.seal('ada', 12_000_000, 1000).length)
    expect([cursors.open('ada', sealed, 1000), cursors.open('bob', sealed, 1000)]).toEqual([12, null])
    expect([cursors.open('ada', sealed, 301_000), cursors.open('ada', sealed, 301_001)]).toEqual([12, null])
    expect(new Cursors().open('ada', sealed, 1000)).toBeNull()
  })

  it('is forgotten with the oldest events, and the log stays bounded', () => {
    const log = new EventLog(100)
    for (let revision = 0; revision < 1000; revision += 1) log.push({ kind: 'revision', revision })
    expect([log.end, log.from(0, 10), log.from(1001, 10)]).toEqual([1000, null, null])
    expect(log.from(995, 10)).toEqual({
      events: [995, 996, 997, 998, 999].map((revision) => ({ kind: 'revision', revision })),
      next: 1000,
    })
    expect(log.from(850, 1)).toBeNull()
  })
})
