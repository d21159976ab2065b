/**
 * Doors that a hostile caller tries: what is hidden stays unknown in import, history, evaluate, bin, metadata and replayed answers.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { openApp, password, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

const mine = { '==': [{ var: 'owner' }, { var: '$user.id' }] }

const definitions = [
  {
    kind: 'form',
    name: 'account',
    label: 'Account',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'code', type: 'text', unique: true },
      { name: 'city', type: 'text' },
      { name: 'credit', type: 'money' },
      { name: 'backer', type: 'link', to: 'account' },
      { name: 'grade', type: 'choice', label: 'Secret grade', options: [{ value: 'platinum' }, { value: 'lead' }] },
    ],
    measures: [{ name: 'best_grade', label: 'Best', agg: 'max', of: 'grade' }],
    locked_when: { when: { '==': [{ var: 'grade' }, 'lead'] }, except: ['name'] },
  },
  {
    kind: 'form',
    name: 'deal',
    label: 'Deal',
    fields: [
      { name: 'account', type: 'link', to: 'account', copy: { city: 'city' } },
      { name: 'city', type: 'text' },
      { name: 'amount', type: 'money' },
      { name: 'ceiling', type: 'money', stored: false, formula: { var: 'account.credit' } },
      { name: 'cost', type: 'money' },
      { name: 'stage', type: 'choice', options: [{ value: 'open' }, { value: 'closed' }], default: 'open' },
    ],
    checks: [
      {
        name: 'under_ceiling',
        assert: {
          or: [
            { empty: [{ var: 'account' }] },
            { empty: [{ var: 'amount' }] },
            { '<=': [{ var: 'amount' }, { var: 'account.credit' }] },
          ],
        },
        message: 'Over the credit of the account',
      },
      {
        name: 'above_cost',
        assert: {
          or: [
            { empty: [{ var: 'cost' }] },
            { empty: [{ var: 'amount' }] },
            { '>=': [{ var: 'amount' }, { var: 'cost' }] },
          ],
        },
        severity: 'warn',
        message: 'Below cost',
      },
    ],
  },
  {
    kind: 'form',
    extends: 'user',
    fields: [
      { name: 'salary', type: 'money', sensitive: true },
      { name: 'region', type: 'text' },
    ],
  },
  {
    kind: 'view',
    name: 'lead_accounts',
    form: 'account',
    label: 'Lead',
    type: 'list',
    columns: ['name'],
    filter: { '==': [{ var: 'grade' }, 'lead'] },
  },
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [
      { form: 'account', can: ['read', 'create', 'update', 'delete', 'import'], where: mine, hide: ['grade'] },
      { form: 'deal', can: ['read', 'create', 'update', 'import'], where: mine, hide: ['cost'] },
    ],
  },
  {
    kind: 'form',
    name: 'file',
    label: 'File',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'origin', type: 'text', required: true },
    ],
  },
  {
    kind: 'role',
    name: 'filer',
    label: 'Filer',
    grants: [
      { form: 'file', can: ['create'], hide: ['origin'] },
      { form: 'user', can: ['read', 'create', 'update', 'delete', 'import'] },
    ],
  },
  {
    kind: 'role',
    name: 'janitor',
    label: 'Janitor',
    grants: [
      { form: 'deal', can: ['read'], where: mine },
      { form: 'deal', can: ['read'], hide: ['cost', 'amount'] },
      { form: 'deal', can: ['delete'] },
    ],
  },
  {
    kind: 'role',
    name: 'sweeper',
    label: 'Sweeper',
    grants: [
      { form: 'deal', can: ['read'], where: mine },
      { form: 'deal', can: ['delete'] },
    ],
  },
] as unknown as readonly Definition[]

onEachDatabase('closed doors', (database) => {
  let app: TestApp
  let admin: TestClient
  let rep: TestClient
  let hidden = ''
  const none = '019aa000-0000-7000-8000-00000000dead'
  const accounts = '/api/forms/account/records'
  const deals = '/api/forms/deal/records'
  const make = async (client: TestClient, path: string, body: object) => {
    const answer = await client.post(path, body)
    expect(answer.status, answer.text).toBe(201)
    return answer.body.id as string
  }
  /** The same answer but for the id that was asked for. */
  const asIf = (answer: TestAnswer, id: string) => ({
    status: answer.status,
    text: answer.text
      .replaceAll(id, 'ID')
      .replace(/019[0-9a-f]{5}-[0-9a-f-]{27}|01a[0-9a-f]{5}-[0-9a-f-]{27}/g, 'UUID'),
  })

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const published = await admin.post('/api/definitions', { definitions })
    expect(published.status, published.text).toBe(200)
    rep = await app.user('rep@example.com', ['rep'])
    hidden = await make(admin, accounts, {
      name: 'Hidden',
      code: 'H1',
      city: 'Atlantis',
      credit: '77.00',
      grade: 'platinum',
    })
  }, 120_000)
  afterAll(() => app.close())

  it('evaluating with a link to a hidden record answers like one to no record: no formula, copy or check reads it', async () => {
    for (const amount of ['1.00', '100.00']) {
      const [there, nowhere] = [
        await rep.post(`${deals}/evaluate`, { values: { account: hidden, amount } }),
        await rep.post(`${deals}/evaluate`, { values: { account: none, amount } }),
      ]
      expect(asIf(there, hidden)).toEqual(asIf(nowhere, none))
    }
  })

  it('writing a link to a hidden record is refused like one to no record, whatever the checks would say', async () => {
    const own = await make(rep, deals, {})
    for (const amount of ['1.00', '100.00']) {
      const ask = (account: string) => rep.post(deals, { account, amount })
      expect(asIf(await ask(hidden), hidden)).toEqual(asIf(await ask(none), none))
      const change = (account: string) => rep.patch(`${deals}/${own}`, { account, amount }, 1)
      expect(asIf(await change(hidden), hidden)).toEqual(asIf(await change(none), none))
    }
  })

  it('evaluating a record says nothing of a check or warning over what its reader may not read', async () => {
    const id = await make(admin, deals, { owner: rep.id, cost: '50.00', amount: '60.00' })
    const answers = await Promise.all(
      ['40.00', '55.00'].map((amount) => rep.post(`${deals}/evaluate`, { id, values: { amount } })),
    )
    expect(answers.map(({ body }) => [body.errors, body.warnings])).toEqual([
      [[], []],
      [[], []],
    ])
    const written = await rep.patch(`${deals}/${id}`, { amount: '40.00' }, 1)
    expect([written.status, written.body.warnings]).toEqual([200, undefined])
  })

  it('the bin is filtered, sorted and shown by what may be read, not by what may be deleted', async () => {
    const janitor = await app.user('janitor@example.com', ['janitor'])
    const sweeper = await app.user('sweeper@example.com', ['sweeper'])
    const id = await make(admin, deals, { amount: '123.00', cost: '9.00' })
    expect((await admin.delete(`${deals}/${id}`, 1)).status).toBe(204)
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'cost' }, 9] }))
    const found = await janitor.get(`${deals}?deleted=bin&filter=${filter}`)
    expect([found.status, found.body.records]).toEqual([200, []])
    expect((await janitor.get(`${deals}?deleted=bin`)).body.records).toHaveLength(1)
    expect((await sweeper.get(`${deals}?deleted=bin`)).body.records).toEqual([])
    expect((await sweeper.get(`${deals}/${id}/history`)).status).toBe(404)
  })

  it('an import knows hidden fields as little as unknown ones: not by header, label, mapping, match or options', async () => {
    const upload = (body: object) => rep.post('/api/forms/account/import', body)
    for (const header of ['grade', 'Secret grade']) {
      const answer = await upload({ content: `name,${header}\nA,gold\n` })
      expect(answer.status, answer.text).toBe(201)
      expect(answer.body.mapping.columns).toEqual([{ column: 'name', field: 'name' }])
    }
    const as = (field: string) => [
      {
        columns: [
          { column: 'name', field: 'name' },
          { column: 'x', field },
        ],
      },
      { columns: [{ column: 'name', field: 'name' }], match: field },
      { columns: [{ column: 'name', field: 'name' }], constants: { [field]: 'lead' } },
    ]
    for (const [index, mapping] of as('grade').entries()) {
      const [closed, unknown] = [
        await upload({ content: 'name,x\nA,gold\n', mapping }),
        await upload({ content: 'name,x\nA,gold\n', mapping: as('zzzzz')[index] }),
      ]
      const bare = (answer: TestAnswer) =>
        asIf(answer, 'grade')
          .text.replaceAll('zzzzz', 'ID')
          .replace(/"(created|updated)_at":"[^"]*"/g, '')
      expect({ status: closed.status, text: bare(closed) }).toEqual({ status: unknown.status, text: bare(unknown) })
      expect(closed.text).not.toContain('platinum')
    }
  })

  it('a rule at a hidden field refuses without naming it', async () => {
    const filer = await app.user('filer@example.com', ['filer'])
    const answer = await filer.post('/api/forms/file/records', { name: 'A' })
    expect([answer.status, answer.body.errors.map((error: { code: string }) => error.code)]).toEqual([
      422,
      ['closed-field'],
    ])
    expect(answer.text).not.toContain('origin')
  })

  it('whoever is no admin neither ends nor gives back access, by no field and no verb on users', async () => {
    const manager = await app.user('manager@example.com', ['filer'])
    const other = await app.user('other@example.com', ['admin'])
    const path = `/api/forms/user/records/${other.id}`
    for (const body of [{ roles: ['admin'] }, { login: 'x@example.com' }, { active: false }])
      expect((await manager.patch(path, body, 1)).status).toBe(422)
    expect((await manager.delete(path, 1)).status).toBe(403)
    expect((await admin.delete(path, 1)).status).toBe(204)
    expect((await manager.post(`${path}/restore`, {})).status).toBe(403)
    expect(
      (await manager.post('/api/forms/user/records', { login: 'y@example.com', name: 'Y', roles: ['admin'] })).status,
    ).toBe(422)
    expect((await manager.get(path)).status).toBe(404)
  })

  it('a measure over a hidden field is an unknown measure', async () => {
    const ask = (name: string) =>
      rep.get(`/api/forms/account/aggregate?measures=${encodeURIComponent(JSON.stringify([name]))}`)
    const [closed, unknown] = [await ask('best_grade'), await ask('zzzz_zzzzz')]
    expect({ status: closed.status, text: closed.text }).toEqual({ status: unknown.status, text: unknown.text })
  })

  it('metadata never name a hidden field: form, application, views, OpenAPI', async () => {
    for (const path of ['/api/app', '/api/forms/account', '/api/openapi.json']) {
      const { text } = await rep.get(path)
      expect(text, path).toContain('account')
      expect(text, path).not.toMatch(/(?<!up)grade|platinum/)
    }
  })

  it('the application tells a user of themselves nothing of their own record that is sensitive', async () => {
    await admin.patch(
      `/api/forms/user/records/${rep.id}`,
      { salary: '9876.00', region: 'north' },
      (await admin.get(`/api/forms/user/records/${rep.id}`)).body.version,
    )
    expect((await rep.get('/api/app')).text).not.toContain('9876')
  })

  it('history shows a link to a hidden record like the record itself: empty', async () => {
    const id = await make(admin, accounts, { name: 'With backer', owner: rep.id, backer: hidden })
    expect((await rep.get(`${accounts}/${id}`)).body.backer).toBeNull()
    expect((await rep.get(`${accounts}/${id}/history`)).text).not.toContain(hidden)
  })

  it('an answer recorded for a person is not replayed to a key of theirs that may not see it', async () => {
    const header = { 'idempotency-key': 'shared' }
    const first = await rep.post(accounts, { name: 'Once' }, header)
    expect(first.status).toBe(201)
    const {
      body: { key },
    } = await rep.post('/api/keys', { name: 'narrow', scopes: [{ form: 'deal', can: ['read'] }] })
    const program = app.client()
    const replayed = await program.request('POST', accounts, {
      body: { name: 'Once' },
      headers: { ...header, authorization: `Bearer ${key}` },
    })
    expect(replayed.status).toBe(404)
  })

  it('a recorded answer is not replayed once the right is gone', async () => {
    const leaver = await app.user('leaver@example.com', ['rep'])
    const header = { 'idempotency-key': 'gone' }
    expect((await leaver.post(accounts, { name: 'Before' }, header)).status).toBe(201)
    expect((await admin.patch(`/api/admin/users/${leaver.id}`, { roles: [] })).status).toBe(200)
    expect((await leaver.post(accounts, { name: 'Before' }, header)).status).toBe(404)
  })

  it('a key with an end that no calendar has is refused', async () => {
    for (const end of ['2099-13-45T00:00:00Z', '2099-02-30T00:00:00Z', '2099-01-01T99:99:99Z']) {
      const answer = await rep.post('/api/keys', { name: 'x', expires_at: end })
      expect([end, answer.status]).toEqual([end, 422])
    }
  })

  it('guessing the current password from a stolen session is limited like sign-in', async () => {
    const victim = await app.user('victim@example.com')
    const statuses: number[] = []
    for (let guess = 0; guess < 8; guess++)
      statuses.push(
        (
          await victim.patch('/api/session', {
            password: 'another good secret',
            current_password: `guess number ${guess}`,
          })
        ).status,
      )
    expect(statuses).toContain(429)
    expect((await app.client().signIn('victim@example.com', password)).status).toBe(429)
  }, 60_000)

  it('a file of a million columns, a part without a name and a mapping of wrong types are refused at once', async () => {
    const started = Date.now()
    const wide = await rep.post('/api/forms/account/import', {
      content: `${Array.from({ length: 1_000_000 }, (_, index) => `c${index}`).join(',')}\n`,
    })
    expect([wide.status, wide.body.errors[0].code]).toEqual([422, 'too-many-columns'])
    expect(Date.now() - started).toBeLessThan(20_000)
    const boundary = 'x-x-x'
    for (const disposition of [
      'name="file"',
      'name="file"; filename=""',
      'name="__proto__"; filename="a"',
      'filename="a.csv"',
      '',
    ]) {
      const raw = `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\nContent-Type: application/octet-stream\r\n\r\nname\nA\n\r\n--${boundary}--\r\n`
      const answer = await rep.request('POST', '/api/forms/account/import', {
        raw,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      })
      expect([disposition, answer.status < 500]).toEqual([disposition, true])
    }
    for (const mapping of [
      { columns: [{ column: 'name', field: 'name', key: {} }], group: {}, match: [] },
      { columns: [{ column: 'name', field: 'owner', key: 5 }] },
      { columns: [{ column: 'name', field: 'name' }], constants: 'abc' },
      { columns: [{ column: 'name', field: 'name' }], constants: [1] },
    ]) {
      const answer = await rep.post('/api/forms/account/import', { content: 'name\nA\n', mapping })
      expect([JSON.stringify(mapping), answer.status < 500]).toEqual([JSON.stringify(mapping), true])
    }
  }, 60_000)
})
