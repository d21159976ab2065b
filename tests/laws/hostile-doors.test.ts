/** What a hostile reader of the finished engine tried, as classes: other spellings of an address, narrower keys, what counts and orders tell. */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

const mine = { '==': [{ var: 'owner' }, { var: '$user.id' }] }

const definitions = [
  {
    kind: 'form',
    name: 'paper',
    label: 'Paper',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'body', type: 'long_text', search: true },
      { name: 'secret', type: 'text', search: true },
      { name: 'number', type: 'text', search: true },
      { name: 'near', type: 'link', to: 'paper', search: true, copy: { secret: 'name' } },
    ],
  },
  { kind: 'form', name: 'quire', label: 'Quire', title: { var: 'name' }, fields: [{ name: 'name', type: 'text' }] },
  {
    kind: 'role',
    name: 'reader',
    label: 'Reader',
    grants: [
      { form: 'quire', can: ['read'] },
      {
        form: 'paper',
        can: ['read', 'create', 'update', 'delete', 'import'],
        where: mine,
        hide: ['secret'],
        mask: ['number'],
      },
    ],
  },
] as unknown as readonly Definition[]

const papers = '/api/forms/paper/records'

onEachDatabase('a hostile reader', (database) => {
  let app: TestApp
  let admin: TestClient
  let ada: TestClient
  const bulkIds = async (client: TestClient, values: readonly object[]) => {
    const operations = values.map((each) => ({ verb: 'create', values: each }))
    const { body } = await client.post(`${papers}/bulk`, { operations })
    return body.results.map(({ id }: { id: string }) => id) as string[]
  }
  const bulk = async (client: TestClient, values: readonly object[]) => {
    for (let at = 0; at < values.length; at += 1_000) {
      const operations = values.slice(at, at + 1_000).map((each) => ({ verb: 'create', values: each }))
      const answer = await client.post(`${papers}/bulk`, { operations })
      expect(answer.body, answer.text.slice(0, 500)).toMatchObject({ failed: 0 })
    }
  }

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions })
    expect(published.status, published.text).toBe(200)
    ada = await app.user('ada.reader@example.com', ['reader'])
  }, 120_000)
  afterAll(() => app.close())

  const keyOf = async (client: TestClient, scopes: readonly object[]) => {
    const made = await client.post('/api/keys', { name: 'narrow', scopes })
    expect(made.status, made.text).toBe(201)
    const headers = { authorization: `Bearer ${made.body.key}` }
    return {
      get: (path: string) => app.client().request('GET', path, { headers }),
      post: (path: string, body: object = {}) => app.client().request('POST', path, { body, headers }),
    }
  }

  it('gets nothing by another spelling of an address: it is another address, or the same with all its protection', async () => {
    const plain = await ada.get(papers)
    for (const spelling of [
      '/%61pi/forms/paper/records',
      '/%61%70%69/forms/paper/records',
      '/api/%66orms/paper/records',
    ]) {
      const answer = await ada.get(spelling)
      if (answer.status !== 404)
        for (const name of ['cache-control', 'vary', 'x-formloom-revision'])
          expect([spelling, name, answer.headers[name]]).toEqual([spelling, name, plain.headers[name]])
    }
  })

  it('packs no large body into a small one', async () => {
    const body = gzipSync(JSON.stringify({ name: 'x'.repeat(20 * 1024 * 1024) }))
    const answer = await ada.request('POST', papers, { raw: body, headers: { 'content-encoding': 'gzip' } })
    expect([400, 413, 415]).toContain(answer.status)
  })

  it('moves no import of a person by a key that may do less than what began it', async () => {
    const begun = await ada.post('/api/forms/paper/import', { name: 'a.csv', content: 'name\nImported\n' })
    expect(begun.status, begun.text).toBe(201)
    const path = `/api/imports/${begun.body.id}`
    const narrow = await keyOf(ada, [{ form: 'paper', can: ['read', 'import'] }])
    expect((await narrow.get('/api/imports')).body.imports).toEqual([])
    expect((await narrow.get(path)).status).toBe(404)
    expect((await narrow.post(`${path}/commit`)).status).toBe(404)
    expect((await ada.post(`${path}/commit`)).body.state).toBe('done')
    expect((await narrow.post(`${path}/undo`)).status).toBe(404)
    expect((await narrow.get(`${path}/errors.csv`)).status).toBe(404)
    const wide = await keyOf(ada, [{ form: 'paper', can: ['read', 'create', 'import'] }])
    const own = await wide.post('/api/forms/paper/import', { name: 'b.csv', content: 'name\nBy key\n' })
    expect((await wide.get(`/api/imports/${own.body.id}`)).status).toBe(200)
    expect((await wide.get('/api/imports')).body.imports.map((each: { id: string }) => each.id)).toEqual([own.body.id])
    expect((await ada.post(`/api/imports/${own.body.id}/commit`)).body.state).toBe('done')
  })

  it('learns by taking an import back nothing of fields and records that it may not see', async () => {
    const made = await bulkIds(ada, [{ name: 'Undo one' }, { name: 'Undo two' }, { name: 'Undo three' }])
    const mapping = {
      columns: [
        { column: 'name', field: 'name' },
        { column: 'near', field: 'near', key: 'name' },
      ],
      match: 'name',
    }
    const content = 'name,near\nUndo one,Undo three\nUndo two,Undo three\n'
    const begun = await ada.post('/api/forms/paper/import', { name: 'u.csv', content, mapping })
    const path = `/api/imports/${begun.body.id}`
    expect((await ada.post(`${path}/commit`)).body.counts).toMatchObject({ updated: 2, errors: 0 })
    const [one, two] = made as [string, string]
    expect((await admin.get(`${papers}/${one}`)).body.secret).toBe('Undo three')
    const version = async (id: string) => (await admin.get(`${papers}/${id}`)).body.version
    expect((await admin.patch(`${papers}/${one}`, { secret: 'touched' }, await version(one))).status).toBe(200)
    const away = { near: null, owner: (await admin.get('/api/session')).body.user.id }
    expect((await admin.patch(`${papers}/${two}`, away, await version(two))).status).toBe(200)
    const undone = await ada.post(`${path}/undo`)
    expect(undone.body.report.undo.records).toEqual([
      {
        record: two,
        form: 'paper',
        outcome: 'kept',
        fields: [],
        pointer: '',
        code: 'not-found',
        message: expect.any(String),
      },
      { record: one, form: 'paper', outcome: 'restored', fields: [] },
    ])
    expect(undone.text).not.toMatch(/secret|touched/)
    expect((await ada.get(`${papers}/${one}`)).body.near).toBeNull()
  })

  it('brings in nothing more once the key that began it has ended', async () => {
    const expires = new Date(Date.now() + 60_000).toISOString()
    const { body: made } = await ada.post('/api/keys', { name: 'short', expires_at: expires })
    const headers = { authorization: `Bearer ${made.key}` }
    const file = { body: { name: 'c.csv', content: 'name\nToo late\n' }, headers }
    const begun = await app.client().request('POST', '/api/forms/paper/import', file)
    expect(begun.status, begun.text).toBe(201)
    app.advance(120_000)
    const after = await ada.post(`/api/imports/${begun.body.id}/commit`)
    expect(after.body.state).toBe('failed')
    expect((await ada.get(`${papers}?search=late&count=exact`)).body.count).toBe(0)
  })

  it('learns by a search nothing of what others have: neither that there is more, nor by the order', async () => {
    await bulk(ada, [
      { name: 'Walrus' },
      ...Array.from({ length: 310 }, (_, index) => ({ name: `Walruses of mine ${index}` })),
      { name: 'Walrus one', body: 'walrus' },
      { name: 'Two walruses', body: 'x' },
      { name: 'Three', body: 'walruses' },
    ])
    expect((await admin.post('/api/forms/quire/records', { name: 'Walrus one' })).status).toBe(201)
    const search = async () => (await ada.get('/api/search?q=walrus&limit=20')).body
    const before = await search()
    expect(before.groups.map((each: { form: string }) => each.form)).toEqual(['paper', 'quire'])
    expect([before.groups[0].records.length, before.groups[0].more]).toEqual([20, true])
    await bulk(
      admin,
      Array.from({ length: 1_050 }, (_, index) => ({ name: `Walrus of others ${index}`, body: 'walrus' })),
    )
    expect(await search()).toEqual(before)
    const listed = await ada.get(`${papers}?search=walrus&count=exact`)
    expect([listed.body.count, listed.body.records.length]).toEqual([314, 50])
  }, 180_000)

  it('holds the thread of the server by no filter that calculates, looks into rows or has many parts', async () => {
    const long = vi.spyOn(app.workspace.db, 'readLong')
    const equal = { '==': [{ var: 'name' }, 'x'] }
    const heavy = [
      { '==': [{ length: [{ var: 'name' }] }, 3] },
      { '==': [{ upper: [{ var: 'near.near.name' }] }, 'x'] },
      { or: Array.from({ length: 60 }, () => equal) },
    ]
    for (const filter of heavy)
      for (const more of [{}, { search: 'walrus' }, { count: 'capped' }]) {
        const before = long.mock.calls.length
        const answer = await ada.post(`${papers}/query`, { filter, ...more })
        expect([answer.status, long.mock.calls.length - before], JSON.stringify(more)).toEqual([200, 1])
      }
    const before = long.mock.calls.length
    expect((await ada.post(`${papers}/query`, { filter: equal })).status).toBe(200)
    expect(long.mock.calls.length).toBe(before)
    long.mockRestore()
  })

  it('keeps no other caller from long reads, however many it asks for', async () => {
    const { db } = app.workspace
    const begun: string[] = []
    const ends: (() => void)[] = []
    const held = (caller: string) =>
      db.readLong(() => {
        begun.push(caller)
        return new Promise<void>((end) => ends.push(end))
      }, caller)
    const greedy = Array.from({ length: 100 }, () => held('ada').catch((error: unknown) => error))
    const refused = (await Promise.race([Promise.all(greedy.slice(60)), ...greedy.slice(99)])) as unknown
    expect(refused).toMatchObject({ problem: { code: 'too-many-requests' } })
    const other = held('bob')
    while (!begun.includes('bob')) {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(begun.filter((caller) => caller === 'ada').length).toBeLessThan(10)
    let done = false
    void Promise.all([...greedy, other]).then(() => {
      done = true
    })
    while (!done) {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  })

  it('finds nothing by what is hidden, masked, or the title of a record that is', async () => {
    const hidden = (await admin.post(papers, { name: 'Narwhal' })).body.id
    const own = await admin.post(papers, {
      name: 'Plain',
      secret: 'okapi',
      number: 'tapir9999',
      near: hidden,
      owner: ada.id,
    })
    expect(own.status, own.text).toBe(201)
    for (const word of ['okapi', 'tapir9999', '9999', 'narwhal']) {
      expect((await admin.get(`/api/search?q=${word}`)).body.groups.length, word).toBe(1)
      expect((await ada.get(`/api/search?q=${word}`)).body, word).toEqual({ groups: [], reading: [] })
      expect((await ada.get(`${papers}?search=${word}&count=exact`)).body, word).toMatchObject({
        records: [],
        count: 0,
      })
      expect((await ada.post(`${papers}/query`, { search: word, count: 'exact' })).body.count, word).toBe(0)
    }
    expect((await ada.get('/api/search?q=plain')).body.groups[0].records[0].id).toBe(own.body.id)
  })
})
