/**
 * Twin worlds: two workspaces that differ only in what a caller may not see answer that caller with the same bytes.
 * Status, headers and body of a whole corpus of requests are compared; whatever leaks, by whatever road, shows here.
 */
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createUserIn, prepareUser } from '#accounts/users.ts'
import { createApi } from '#api/app.ts'
import type { JsonObject } from '#base/json.ts'
import type { Definition, Grant } from '#definitions/definition.ts'
import type { RecordContext } from '#records/context.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { onEachDatabase, type TestDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest } from '#tests/support/records.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

const password = 'correct horse battery staple'

/** As the trade roles, without the sums over everybody's orders that a product carries. */
const roles: readonly Definition[] = tradeRoles.map((role) =>
  role.kind === 'role' && role.name === 'rep'
    ? ({
        ...role,
        grants: ((role.grants ?? []) as readonly Grant[]).map((grant) =>
          grant.form === 'product'
            ? { ...grant, can: [...grant.can, 'export'], hide: ['sold', 'left'] }
            : { ...grant, can: [...grant.can, 'export'] },
        ),
      } as Definition)
    : role,
)

/** As the trade forms, with more that a search could betray: a hidden text and a link that are searched. */
const forms: readonly Definition[] = tradeForms.map((form) => {
  const searched = new Set(['notes', 'reference', 'customer', 'parent'])
  const fields = 'fields' in form && Array.isArray(form.fields) ? form.fields : []
  return {
    ...form,
    fields: fields.map((field) => (searched.has(field.name) ? { ...field, search: true } : field)),
  } as Definition
})

interface World {
  readonly test: RecordsUnderTest
  readonly server: FastifyInstance
  cookie: string
}

/** What the caller may see is made in the same order, with the same ids, in both worlds. */
async function openWorld(
  database: TestDatabase,
  secrets: boolean,
): Promise<{ world: World; seen: Record<string, string>; hidden: Record<string, string> }> {
  const ids = (area: string) => {
    let serial = 0
    return { next: () => `019aa000-0000-7000-${area}-${(++serial).toString(16).padStart(12, '0')}` }
  }
  const test = await openRecords(database, [...forms, ...roles], { ids: ids('8000') })
  const make = async (context: RecordContext, form: string, body: JsonObject) =>
    (await createRecord(context, { verb: 'create', form, body })).id
  const admin = test.admin
  const rep = await addUser(admin, { login: 'rep@example.com', roles: ['rep'] })
  const other = await addUser(admin, { login: 'other@example.com', roles: ['rep'] })
  const product = await make(admin, 'product', { sku: 'P1', name: 'Chai', list_price: '10.00' })
  const mine = await make(admin, 'customer', {
    code: 'C1',
    name: 'Mine 客户',
    owner: rep,
    tags: ['a', 'b'],
    notes: secrets ? 'the secret of B' : 'A',
  })
  const second = await make(admin, 'customer', { code: 'C2', name: 'Second', owner: rep, tier: 'gold' })
  const order = await make(admin, 'order', {
    customer: mine,
    reference: 'R1',
    cost: secrets ? '9.99' : '1.00',
    lines: [{ product, quantity: '3' }],
  })
  const bare = await make(admin, 'order', { customer: second, cost: secrets ? '1.00' : null, lines: [{ product }] })
  await updateRecord(admin, {
    verb: 'update',
    form: 'order',
    id: order,
    version: 1,
    body: { reference: 'R1b', cost: secrets ? '5.00' : '2.00' },
  })
  const hiddenIds = { ...admin, ids: ids('9000') }
  const hidden: Record<string, string> = {
    customer: '019aa000-0000-7000-9000-0000000000c1',
    order: '019aa000-0000-7000-9000-0000000000d1',
  }
  if (secrets) {
    for (let index = 0; index < 5; index++) {
      hidden.customer = await make(hiddenIds, 'customer', {
        code: `H${index}`,
        name: `Hidden 客户 ${index}`,
        owner: other,
        tier: 'gold',
      })
      hidden.order = await make(hiddenIds, 'order', {
        customer: hidden.customer,
        reference: `H${index}`,
        order_date: '2020-01-01',
        lines: [{ product, quantity: '7' }],
      })
    }
  }
  const { server } = await createApi({
    workspace: test.workspace,
    setupCode: { read: async () => null, write: async () => undefined, remove: async () => undefined },
    publicUrl: null,
    pages: null,
    templates: '',
  })
  const world: World = { test, server, cookie: '' }
  const signedIn = await server.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json' },
    payload: { login: 'rep@example.com', password },
  })
  expect(signedIn.statusCode).toBe(200)
  world.cookie = `${signedIn.cookies[0]?.name}=${signedIn.cookies[0]?.value}`
  return { world, seen: { rep, product, mine, second, order, bare }, hidden }
}

async function addUser(admin: RecordContext, user: { login: string; roles: readonly string[] }): Promise<string> {
  const values = { ...user, name: user.login, password }
  const hash = await prepareUser(admin, values)
  return admin.db.write((db) => createUserIn(db, admin, { user: values, hash }))
}

onEachDatabase('twin worlds', (database) => {
  let a: Awaited<ReturnType<typeof openWorld>>
  let b: Awaited<ReturnType<typeof openWorld>>
  beforeAll(async () => {
    a = await openWorld(database, false)
    b = await openWorld(database, true)
  }, 120_000)
  afterAll(async () => {
    for (const { world } of [a, b]) {
      await world.server.close()
      await world.test.close()
    }
  })

  it('are made so that the caller sees the same ids', () => {
    expect(a.seen).toEqual(b.seen)
    expect(b.hidden.customer).not.toBe(a.hidden.customer)
  })

  it('answer every request of the corpus with the same bytes', async () => {
    for (const request of corpus()) {
      const [left, right] = [await ask(a.world, request), await ask(b.world, request)]
      expect(right, JSON.stringify(request)).toEqual(left)
      expect(left.status, JSON.stringify(request)).toBeLessThan(500)
    }
  }, 120_000)

  it('answer a hidden and an unknown field alike', async () => {
    for (const [form, field] of [
      ['order', 'cost'],
      ['order', 'margin'],
      ['customer', 'notes'],
    ] as const) {
      for (const path of [
        `records?sort=NAME`,
        `records?fields=NAME`,
        `records?expand=NAME`,
        `records?filter=${encodeURIComponent('{"==":[{"var":"NAME"},"1"]}')}`,
        `aggregate?group=${encodeURIComponent('["NAME"]')}`,
        `aggregate?measures=${encodeURIComponent('[{"op":"sum","field":"NAME"}]')}`,
      ]) {
        const url = (name: string) => ({
          method: 'GET' as const,
          url: `/api/forms/${form}/${path.replaceAll('NAME', name)}`,
        })
        const [hidden, unknown] = [await ask(b.world, url(field)), await ask(b.world, url('z'.repeat(field.length)))]
        expect({ ...hidden, body: hidden.body.replaceAll(field, 'z'.repeat(field.length)) }, path).toEqual(unknown)
      }
    }
  })

  interface Request {
    readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
    readonly url: string
    readonly payload?: unknown
    readonly headers?: Readonly<Record<string, string>>
  }

  function corpus(): readonly Request[] {
    const get = (url: string): Request => ({ method: 'GET', url })
    const post = (url: string, payload: unknown): Request => ({ method: 'POST', url, payload })
    const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))
    const { mine, order, product } = a.seen as { mine: string; order: string; product: string }
    const forms = ['customer', 'order', 'product', 'payment', 'user', 'team', 'nothing']
    const lists = forms.flatMap((form) =>
      [
        '',
        '?count=exact',
        '?limit=1',
        '?sort=-id',
        '?search=客户',
        '?search=H1',
        '?search=hidden',
        '?deleted=bin',
        '?limit=0',
        '?cursor=junk',
      ].map((query) => get(`/api/forms/${form}/records${query}`)),
    )
    const filters = [
      { '==': [{ var: 'tier' }, 'gold'] },
      { '==': [{ var: 'customer.tier' }, 'gold'] },
      { '<': [{ var: 'order_date' }, '2021-01-01'] },
      { '==': [{ var: 'notes' }, 'the secret of B'] },
      { '>': [{ var: 'cost' }, 5] },
      { '>': [{ var: 'margin' }, 0] },
      { '==': [{ var: 'customer.notes' }, 'x'] },
      { in: ['a', { var: 'tags' }] },
      { '==': [{ var: 'owner' }, { var: '$user.id' }] },
      { '!=': [{ var: 'owner' }, { var: '$user.id' }] },
      { some: [{ var: 'lines' }, { '>': [{ var: 'quantity' }, 6] }] },
      { nonsense: [1] },
      { empty: [{ var: 'reference' }] },
    ]
    const filtered = ['customer', 'order'].flatMap((form) =>
      filters.flatMap((filter) => [
        get(`/api/forms/${form}/records?count=exact&filter=${json(filter)}`),
        get(`/api/forms/${form}/aggregate?filter=${json(filter)}`),
        get(`/api/forms/${form}/export?format=csv&header=names&sort=-id&filter=${json(filter)}`),
        post(`/api/forms/${form}/records/query`, { filter, count: 'capped' }),
      ]),
    )
    const sorts = ['customer', '-total', 'cost', 'title', '-owner', 'reference', 'customer.name'].map((sort) =>
      get(`/api/forms/order/records?sort=${sort}&expand=customer&fields=reference,customer`),
    )
    const files = ['', '&header=names', '&fields=cost', '&fields=lines', '&search=hidden', '&sort=cost', '&view=x'].map(
      (query) => get(`/api/forms/order/export?format=csv${query}`),
    )
    const aggregates = [
      ['terms'],
      ['customer'],
      ['owner'],
      ['order_date:month'],
      ['order_date:year'],
      ['cost'],
      [],
    ].flatMap((group) =>
      [
        [],
        [{ op: 'sum', field: 'total' }],
        [{ op: 'max', field: 'order_date' }],
        [{ op: 'distinct', field: 'customer' }],
        [{ op: 'sum', field: 'margin' }],
      ].map((measures) => get(`/api/forms/order/aggregate?group=${json(group)}&measures=${json(measures)}`)),
    )
    const ones = [
      [mine, 'customer'],
      [order, 'order'],
      [product, 'product'],
      ...[a, b].flatMap(({ hidden }) => [
        [hidden.customer, 'customer'],
        [hidden.order, 'order'],
      ]),
    ].flatMap(([id, form]) => [
      get(`/api/forms/${form}/records/${id}`),
      get(`/api/forms/${form}/records/${id}?expand=customer`),
      get(`/api/forms/${form}/records/${id}/history`),
      get(`/api/forms/${form}/records/${id}/history?limit=1`),
      get(`/api/forms/${form}/records/${id}/why?verb=update`),
      {
        method: 'PATCH' as const,
        url: `/api/forms/${form}/records/${id}`,
        payload: { nonsense: 1 },
        headers: { 'if-match': '"1"' },
      },
      { method: 'DELETE' as const, url: `/api/forms/${form}/records/${id}`, headers: { 'if-match': '"99"' } },
      post(`/api/forms/${form}/records/${id}/restore`, {}),
    ])
    const links = [a, b].flatMap(({ hidden }) => [
      post('/api/forms/order/records', { customer: hidden.customer, lines: [{ product }] }),
      post('/api/forms/order/records/evaluate', { values: { customer: hidden.customer } }),
      post('/api/forms/customer/records', { name: 'x', parent: hidden.customer }),
      get(
        `/api/forms/order/records?filter=${json({ '==': [{ var: 'customer' }, hidden.customer ?? ''] })}&count=exact`,
      ),
    ])
    const bodies = [
      post('/api/forms/order/records', { cost: 1 }),
      post('/api/forms/order/records', { margin: 1 }),
      post('/api/forms/customer/records', { notes: 'x' }),
      post('/api/forms/order/records/evaluate', { values: { lines: [{ product, quantity: 2 }] } }),
    ]
    const searches = [
      '客户',
      'mine',
      'hidden',
      'H1',
      'H',
      'gold',
      'secret',
      'secret of B',
      'so',
      'SO-0001',
      'R1b',
      'chai',
      'other',
      '0001',
    ].flatMap((word) => [
      get(`/api/search?q=${encodeURIComponent(word)}`),
      get(`/api/search?limit=1&q=${encodeURIComponent(word)}`),
      ...['customer', 'order', 'product', 'user'].map((form) =>
        post(`/api/forms/${form}/records/query`, { search: word, count: 'exact', sort: ['-id'], limit: 1 }),
      ),
      get(`/api/forms/customer/export?format=csv&header=names&search=${encodeURIComponent(word)}`),
    ])
    const ofHidden = [a, b].flatMap(({ hidden }) => [
      ...[hidden.customer, hidden.order, mine].map((id) => get(`/api/files/${id}`)),
      get(`/api/files/${hidden.order}?size=thumb`),
      get(`/api/imports/${hidden.order}`),
      get(`/api/imports/${hidden.order}/errors.csv`),
      ...['commit', 'cancel', 'undo'].map((verb) => post(`/api/imports/${hidden.order}/${verb}`, {})),
      get(`/api/forms/order/records/${hidden.order}/history?at=1`),
      get(`/api/forms/order/records/${hidden.order}/history?at=2026-01-01T00:00:00Z`),
    ])
    const past = ['1', '2', '99', '2000-01-01T00:00:00Z'].map((at) =>
      get(`/api/forms/order/records/${order}/history?at=${at}`),
    )
    const bulks = [a, b].flatMap(({ hidden }) => {
      const { customer, order: hiddenOrder } = hidden as { customer: string; order: string }
      const operations = [
        { verb: 'update', id: customer, version: 1, values: { name: 'x' } },
        { verb: 'update', id: customer, version: 99, values: { nonsense: 'x' } },
        { verb: 'create', values: { name: 'x', parent: customer } },
        { verb: 'create', values: { name: 'x', notes: 'x' } },
        { verb: 'create', values: { code: 'C2', name: 'x', notes: 'x' } },
      ]
      const ofOrders = [
        { verb: 'delete', id: hiddenOrder, version: 1 },
        { verb: 'delete', id: hiddenOrder, version: 99 },
        { verb: 'update', id: hiddenOrder, version: 1, values: { reference: 'x' } },
        { verb: 'update', id: order, version: 2, values: { customer } },
        { verb: 'update', id: order, version: 2, values: { cost: '1' } },
        { verb: 'update', id: order, version: 1, values: { margin: '1' } },
      ]
      return [false, true].flatMap((atomic) => [
        post('/api/forms/customer/records/bulk', { operations, atomic }),
        post('/api/forms/order/records/bulk', { operations: ofOrders, atomic }),
      ])
    })
    const streams = ['/api/imports', '/metrics'].map(get)
    const imports = [
      post('/api/forms/order/import', {
        name: 'x.csv',
        content: 'customer,reference,lines.product\nH1,z,P1\nHidden 客户 1,z,P1\n',
      }),
    ]
    const meta = [
      '/api/app',
      '/api/session',
      '/api/openapi.json',
      '/api/keys',
      '/api/definitions',
      '/api/admin/users',
      '/api/admin/roles',
      '/api/packs',
      '/api/revisions',
      ...forms.map((form) => `/api/forms/${form}`),
    ].map(get)
    return [
      ...lists,
      ...filtered,
      ...sorts,
      ...files,
      ...aggregates,
      ...searches,
      ...ones,
      ...ofHidden,
      ...past,
      ...links,
      ...bulks,
      ...bodies,
      ...streams,
      ...imports,
      ...meta,
    ]
  }

  async function ask(
    world: World,
    request: Request,
  ): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
    const payload = request.payload === undefined ? {} : { payload: JSON.stringify(request.payload) }
    const answer = await world.server.inject({
      method: request.method,
      url: request.url,
      ...payload,
      headers: {
        cookie: world.cookie,
        host: 'localhost',
        origin: 'http://localhost',
        ...(request.payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
    })
    const { date, 'x-request-id': _own, ...headers } = answer.headers
    return { status: answer.statusCode, headers: { ...headers, date: typeof date }, body: answer.body }
  }
})
