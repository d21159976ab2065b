/** Search over HTTP, on both databases: everywhere and in one list, by the rights of who asks. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { keepSearch, settleSearch } from '#publish/search-keeper.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

const forms = [
  {
    kind: 'form',
    name: 'customer',
    label: 'Customer',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', required: true, search: true },
      { name: 'phone', type: 'phone', search: true },
      { name: 'notes', type: 'long_text', search: true },
    ],
  },
  {
    kind: 'form',
    name: 'order',
    label: 'Order',
    title: { cat: [{ var: 'number' }, ' · ', { var: 'customer.title' }] },
    fields: [
      { name: 'number', type: 'sequence', pattern: 'SO-202611-{#####}' },
      { name: 'customer', type: 'link', to: 'customer' },
      { name: 'rank', type: 'integer' },
      { name: 'remark', type: 'rich_text', search: true },
    ],
  },
  {
    kind: 'form',
    name: 'visit',
    label: 'Visit',
    title: { var: 'purpose' },
    fields: [
      { name: 'purpose', type: 'text' },
      { name: 'customer', type: 'link', to: 'customer', search: true },
    ],
  },
]
const mine = { '==': [{ var: 'owner' }, { var: '$user.id' }] }
const roles = [
  {
    kind: 'role',
    name: 'rep',
    label: 'Rep',
    grants: [
      { form: 'customer', can: ['read', 'create', 'update'], where: mine, hide: ['notes'] },
      { form: 'order', can: ['read'] },
      { form: 'visit', can: ['read'] },
    ],
  },
  {
    kind: 'role',
    name: 'desk',
    label: 'Desk',
    grants: [{ form: 'customer', can: ['read'], hide: ['notes'], mask: ['phone'] }],
  },
  { kind: 'role', name: 'keeper', label: 'Keeper', grants: [{ form: 'customer', can: ['read'], where: mine }] },
]

onEachDatabase('search', (database) => {
  let app: TestApp
  let admin: TestClient
  const customers = '/api/forms/customer/records'
  const orders = '/api/forms/order/records'
  const make = async (path: string, values: object, by = admin) => {
    const answer = await by.post(path, values)
    expect([answer.status, answer.text]).toEqual([201, answer.text])
    return answer.body
  }
  const search = async (q: string, by = admin) =>
    (await by.get(`/api/search?q=${encodeURIComponent(q)}`)).body.groups as {
      form: string
      more: boolean
      records: {
        id: string
        title: string
        marks: number[][]
        field?: string
        snippet?: string
        snippet_marks?: number[][]
      }[]
    }[]
  const titles = async (q: string, by = admin) =>
    (await search(q, by)).map(({ form, records }) => [form, ...records.map(({ title }) => title)])
  const listed = async (path: string, q: string, by = admin, more = '') =>
    (await by.get(`${path}?search=${encodeURIComponent(q)}${more}`)).body.records.map(
      ({ title }: { title: string }) => title,
    )

  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions: [...forms, ...roles] })).status).toBe(200)
  })
  afterAll(() => app.close())

  it('finds by words, Chinese pairs, numbers and phone digits, grouped by form, best first, with the place that answers', async () => {
    const pudong = await make(customers, {
      name: '上海浦东机械有限公司',
      phone: '+8613800138000',
      notes: 'Met at the Hannover fair; asks for a quote on pumps every spring.',
    })
    await make(customers, { name: 'Pumps and More', notes: 'nothing' })
    const order = await make(orders, { customer: pudong.id, remark: '<p>Deliver to <b>浦东</b> gate 4</p>' })
    expect(order.title).toBe('SO-202611-00001 · 上海浦东机械有限公司')
    for (const settled of [false, true]) {
      if (settled) await settleSearch(app.workspace)
      expect(await titles('浦东')).toEqual([
        ['customer', '上海浦东机械有限公司'],
        ['order', 'SO-202611-00001 · 上海浦东机械有限公司'],
      ])
      expect(await titles('so-202611-00001')).toEqual([['order', order.title]])
      expect(await titles('00001')).toEqual([['order', order.title]])
      expect(await titles('138-0013')).toEqual([['customer', pudong.name]])
      expect(await titles('8000')).toEqual([['customer', pudong.name]])
      expect(await titles('pump')).toEqual([['customer', 'Pumps and More', pudong.name]])
      expect(await titles('PUMPS and more')).toEqual([['customer', 'Pumps and More']])
      expect(await titles('umps')).toEqual([])
      expect(await titles('浦')).toEqual([])
      expect((await search('hannover spring'))[0]?.records[0]).toMatchObject({
        marks: [],
        field: 'notes',
        snippet: 'Met at the Hannover fair; asks for a quote on pumps every spring.',
        snippet_marks: [
          [11, 19],
          [58, 64],
        ],
      })
      expect((await search('gate 浦东'))[0]?.records[0]).toMatchObject({ marks: [[20, 22]], field: 'remark' })
      expect((await search('strong')).length).toBe(0)
    }
  })

  it('follows a renamed customer into the titles that quote it, the bin, and what was restored', async () => {
    const made = await make(customers, { name: 'Quartz' })
    const order = await make(orders, { customer: made.id })
    await admin.patch(`${customers}/${made.id}`, { name: 'Feldspar' }, 1)
    expect(await titles('quartz')).toEqual([])
    expect((await titles('feldspar')).map(([form]) => form)).toEqual(['customer', 'order'])
    await admin.delete(`${orders}/${order.id}`, 1)
    expect((await titles('feldspar')).map(([form]) => form)).toEqual(['customer'])
    expect(await listed(orders, 'feldspar', admin, '&deleted=bin')).toHaveLength(1)
    await admin.post(`${orders}/${order.id}/restore`)
    expect((await titles('feldspar')).map(([form]) => form)).toEqual(['customer', 'order'])
  })

  it('shows nobody a record, nor lets a field answer, that may not be read there', async () => {
    const rep = await app.user('rep@example.com', ['rep'])
    const desk = await app.user('desk@example.com', ['desk'])
    const both = await app.user('both@example.com', ['desk', 'keeper'])
    const nobody = await app.user('nobody@example.com')
    const own = await make(customers, { name: 'Basalt One', phone: '+493012345678' }, rep)
    await admin.patch(`${customers}/${own.id}`, { notes: 'owes granite' }, 1)
    await make(customers, { name: 'Basalt Two', phone: '+493087654321', notes: 'owes granite' })
    await make(customers, { name: 'Basalt Three', notes: 'owes granite', owner: both.id })
    for (const settled of [false, true]) {
      if (settled) await settleSearch(app.workspace)
      expect(await titles('basalt', rep)).toEqual([['customer', 'Basalt One']])
      expect([await titles('granite', rep), await listed(customers, 'granite', rep)]).toEqual([[], []])
      expect([await titles('basalt granite', rep), await listed(customers, 'basalt granite', rep)]).toEqual([[], []])
      expect([await titles('87654321', desk), await listed(customers, '4321', desk)]).toEqual([[], []])
      expect((await titles('basalt', desk))[0]).toHaveLength(4)
      expect([await titles('granite', both), await listed(customers, 'granite', both)]).toEqual([
        [['customer', 'Basalt Three']],
        ['Basalt Three'],
      ])
      expect(await titles('basalt', nobody)).toEqual([])
    }
  })

  it('finds a marked link in a list by the title of its target, where that is visible', async () => {
    const rep = await app.user('other@example.com', ['rep'])
    const own = await make(customers, { name: 'Gneiss Own' }, rep)
    const hidden = await make(customers, { name: 'Gneiss Hidden' })
    for (const [purpose, customer] of [
      ['First', own.id],
      ['Second', hidden.id],
      ['Third', null],
    ] as const)
      await make('/api/forms/visit/records', { purpose, customer })
    const visits = '/api/forms/visit/records'
    for (const settled of [false, true]) {
      if (settled) await settleSearch(app.workspace)
      expect(await listed(visits, 'gneiss')).toEqual(['First', 'Second'])
      expect(await listed(visits, 'gneiss second')).toEqual(['Second'])
      expect([await listed(visits, 'gneiss', rep), await listed(visits, 'hidden', rep)]).toEqual([['First'], []])
    }
  })

  it('combines with filter, sort and cursor in a list, and with a common word there', async () => {
    for (let rank = 1; rank <= 7; rank += 1) await make(orders, { rank, remark: rank % 2 ? 'slate odd' : 'slate even' })
    const page = async (cursor?: string) =>
      (
        await admin.get(
          `${orders}?search=slate&sort=-rank&limit=2&filter=${encodeURIComponent('{">":[{"var":"rank"},2]}')}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        )
      ).body
    const ranks: number[] = []
    for (let cursor: string | undefined, at = 0; at < 5; at += 1) {
      const { records, next } = await page(cursor)
      ranks.push(...records.map(({ rank }: { rank: number }) => rank))
      if (next === null) break
      cursor = next
    }
    expect(ranks).toEqual([7, 6, 5, 4, 3])
    expect((await admin.get(`${orders}?search=slate%20ev&count=exact`)).body.count).toBe(3)
    const found = (await admin.get('/api/search?q=slate&limit=3')).body.groups
    expect(found).toMatchObject([{ form: 'order', more: true }])
    expect(found[0].records).toHaveLength(3)
  })

  it('says which forms it is still reading, searches their lists meanwhile, and reads them in the background', async () => {
    const fields = forms[0]?.fields.map((field) => (field.name === 'phone' ? { ...field, search: false } : field))
    const published = await admin.post('/api/definitions', { definitions: [{ ...forms[0], fields }] })
    expect(published.status).toBe(200)
    expect((await admin.get('/api/search?q=basalt')).body).toEqual({ groups: [], reading: ['customer'] })
    expect(await listed(customers, 'basalt two')).toEqual(['Basalt Two'])
    expect(await listed(customers, '87654321')).toEqual([])
    const keeper = keepSearch(app.workspace, { info() {}, warn() {}, error() {} })
    await expect.poll(async () => (await admin.get('/api/search?q=basalt')).body.reading).toEqual([])
    expect(await titles('basalt two')).toEqual([['customer', 'Basalt Two']])
    await make(customers, { name: 'Basalt Four' })
    expect(await titles('basalt four')).toEqual([['customer', 'Basalt Four']])
    await keeper.stop()
  })

  it('refuses a limit out of range and answers any text', async () => {
    expect((await admin.get('/api/search?q=x&limit=0')).status).toBe(400)
    expect((await admin.get('/api/search?q=x&limit=21')).status).toBe(400)
    for (const odd of ['', ' ', '"', "'; --", '*', 'NEAR(a b)', 'a OR b', '\\', ':*', '😀', '\u0000ab', '％', 'ﷺ'])
      expect((await admin.get(`/api/search?q=${encodeURIComponent(odd)}`)).status).toBeLessThan(500)
  })
})
