/** Publishing: all or nothing, additive, one after the other, and only by those who may. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { type PublishRequest, publishDefinitions } from '#publish/publish.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { historyOf } from '#records/history.ts'
import { importCsv } from '#records/import/run.ts'
import { getRecord } from '#records/read.ts'
import { createRecord, updateRecord } from '#records/write.ts'
import { openApp } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { refusalOf } from '#tests/support/records.ts'
import { openTestWorkspace, type TestWorkspace } from '#tests/support/workspace.ts'

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })
const field = (name: string, type: string, more: JsonObject = {}): JsonObject => ({
  name,
  type,
  label: both(name, name),
  ...more,
})
const form = (name: string, fields: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  kind: 'form',
  name,
  label: both(name, name),
  fields,
  ...more,
})

const customer = form('customer', [field('name', 'text')])
const amount = field('amount', 'money', { formula: { round: [{ '*': [{ var: 'quantity' }, { var: 'price' }] }, 2] } })
const total = field('total', 'money', { formula: { sum: [{ var: 'lines' }, { var: 'amount' }] } })

const orderWith = (columns: readonly JsonObject[], fields: readonly JsonObject[], more: JsonObject = {}) =>
  form(
    'order',
    [
      field('customer', 'link', { to: 'customer' }),
      field('lines', 'table', {
        fields: [field('quantity', 'decimal', { scale: 3 }), field('price', 'money'), ...columns],
      }),
      ...fields,
    ],
    more,
  )
const order = orderWith([], [])

onEachDatabase('publishing', (database) => {
  let opened: TestWorkspace
  const publish = (request: Partial<PublishRequest> & { definitions: readonly unknown[] }) =>
    publishDefinitions(opened.workspace, opened.admin, request)
  const create = async (name: string, body: JsonObject) =>
    (await createRecord(await opened.context(opened.admin), { verb: 'create', form: name, body })).id
  const read = async (name: string, id: string) => getRecord(await opened.context(opened.admin), name, id)

  beforeEach(async () => {
    opened = await openTestWorkspace(database)
  })
  afterEach(() => opened.close())

  it('makes a set of definitions the next revision and says what is new in both languages', async () => {
    const done = await publish({ definitions: [customer, order], note: 'first' })
    expect(done.revision).toBe(1)
    expect(done.changes.map(({ change, kind, name }) => [change, kind, name])).toEqual([
      ['added', 'form', 'customer'],
      ['added', 'form', 'order'],
    ])
    expect(done.changes[0]?.text).toEqual({ en: 'Form customer: new', 'zh-CN': '表单“customer”：新增' })
    expect((await opened.workspace.model()).revision).toBe(1)
    const id = await create('customer', { name: 'ACME' })
    expect(await read('customer', id)).toMatchObject({ name: 'ACME' })
  })

  it('refuses an invalid set as a whole, with every issue at once, and changes nothing', async () => {
    const broken = form('broken', [
      field('to', 'link', { to: 'nowhere' }),
      field('sum', 'integer', { formula: { '+': [{ var: 'missing' }, 1] } }),
    ])
    const unknown = { kind: 'form', name: 'odd', label: 'Odd', fields: [], wings: 2 }
    const parsed = await refusalOf(publish({ definitions: [customer, unknown, { kind: 'form', name: 'nothing' }] }))
    expect(parsed.code).toBe('definition-invalid')
    expect(parsed.issues?.map(({ pointer, code }) => [pointer, code])).toEqual(
      expect.arrayContaining([
        ['/form/odd/wings', 'unknown-property'],
        ['/form/nothing/fields', 'missing-property'],
      ]),
    )
    const checked = await refusalOf(publish({ definitions: [customer, broken] }))
    expect(checked.issues?.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining([
        '/form/broken/fields/to/to',
        expect.stringMatching(/^\/form\/broken\/fields\/sum\/formula/),
      ]),
    )
    const model = await opened.workspace.model()
    expect(model.revision).toBe(0)
    expect(model.forms.has('customer')).toBe(false)
    expect((await publish({ definitions: [customer] })).revision).toBe(1)
  })

  it('only adds to tables, and computes new formulas, roll-ups and titles of records that exist', async () => {
    await publish({ definitions: [customer, order] })
    const acme = await create('customer', { name: 'ACME' })
    const id = await create('order', {
      customer: acme,
      lines: [
        { quantity: '2', price: '10.50' },
        { quantity: '1', price: '4' },
      ],
    })
    const wider = orderWith([amount], [total], { title: { cat: ['Order of ', { var: 'customer.title' }] } })
    const ordered = form('customer', [
      field('name', 'text'),
      field('ordered', 'money', { rollup: { form: 'order', link: 'customer', op: 'sum', field: 'total' } }),
    ])
    const done = await publish({ definitions: [wider, ordered] })
    expect(done.revision).toBe(2)
    expect(done.statements.join('\n')).not.toMatch(/\bdrop\b|create table/i)
    expect(done.changes.map(({ pointer }) => pointer)).toEqual(
      expect.arrayContaining(['/fields/total', '/fields/lines/fields/amount', '/fields/ordered']),
    )
    expect(await read('order', id)).toMatchObject({
      title: 'Order of ACME',
      total: '25.00',
      lines: [{ amount: '21.00' }, { amount: '4.00' }],
    })
    expect(await read('customer', acme)).toMatchObject({ ordered: '25.00' })
  })

  it('brings the records of a form that gets a lifecycle into its initial state, and says so in their history', async () => {
    await publish({ definitions: [customer] })
    const id = await create('customer', { name: 'ACME' })
    const lifecycle = {
      kind: 'lifecycle',
      name: 'customer',
      form: 'customer',
      label: both('Customer', '客户'),
      initial: 'lead',
      states: [
        { name: 'lead', label: both('Lead', '线索') },
        { name: 'won', label: both('Won', '赢单'), final: true },
      ],
      transitions: [{ name: 'win', label: both('Win', '赢单'), from: ['lead'], to: 'won' }],
    }
    await publish({
      definitions: [
        lifecycle,
        form('customer', [
          field('name', 'text'),
          field('is_won', 'boolean', { formula: { '==': [{ var: 'state' }, 'won'] } }),
        ]),
      ],
    })
    expect(await read('customer', id)).toMatchObject({ state: 'lead', version: 2, is_won: false })
    expect(await verifyWorkspace(opened.workspace)).toMatchObject({ ok: true })
    expect(await historyOf(await opened.context(opened.admin), 'customer', id)).toMatchObject({
      changes: [{ version: 2, cause: { publish: 2 } }, { version: 1 }],
    })
  })

  it('keeps the data of a removed field, and gives it back with the field', async () => {
    const wide = form('customer', [field('name', 'text'), field('note', 'text')])
    await publish({ definitions: [wide] })
    const id = await create('customer', { name: 'ACME', note: 'pays late' })
    const gone = await publish({ definitions: [customer] })
    expect(gone.statements.join('\n')).not.toMatch(/\bdrop\b/i)
    expect(await read('customer', id)).not.toHaveProperty('note')
    await publish({ definitions: [wide] })
    expect(await read('customer', id)).toMatchObject({ name: 'ACME', note: 'pays late' })
  })

  it('refuses a change of type that would lose values', async () => {
    await publish({ definitions: [customer] })
    await create('customer', { name: 'ACME' })
    const refused = await refusalOf(publish({ definitions: [form('customer', [field('name', 'date')])] }))
    expect(refused.issues?.[0]).toMatchObject({
      pointer: '/form/customer/fields/name',
      code: 'type-change-needs-conversion',
    })
    expect((await opened.workspace.model()).revision).toBe(1)
  })

  it('makes no revision where nothing differs, in whatever order the keys stand', async () => {
    await publish({ definitions: [customer] })
    const again = await publish({
      definitions: [{ fields: customer.fields, label: customer.label, name: 'customer', kind: 'form' }],
    })
    expect(again).toMatchObject({ revision: 1, changes: [], statements: [] })
  })

  it('says in a dry run what would happen, and leaves no trace', async () => {
    const rehearsed = await publish({ definitions: [customer], dryRun: true })
    expect(rehearsed.revision).toBe(0)
    expect(rehearsed.changes).toHaveLength(1)
    expect(rehearsed.statements.length).toBeGreaterThan(0)
    expect((await opened.workspace.model()).forms.has('customer')).toBe(false)
  })

  it('lets two publications at once both arrive, one after the other', async () => {
    const done = await Promise.all([
      publish({ definitions: [customer] }),
      publish({ definitions: [form('supplier', [field('name', 'text')])] }),
    ])
    expect(done.map(({ revision }) => revision).sort()).toEqual([1, 2])
    const model = await opened.workspace.model()
    expect([model.forms.has('customer'), model.forms.has('supplier')]).toEqual([true, true])
  })

  it('tells the second that the revision it had seen is gone', async () => {
    const answers = await Promise.allSettled([
      publish({ definitions: [customer], base: 0 }),
      publish({ definitions: [form('supplier', [field('name', 'text')])], base: 0 }),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await refusalOf(publish({ definitions: [order, customer], base: 0 }))).toMatchObject({
      code: 'conflict',
      params: { revision: 1 },
    })
  })

  it('lets a builder publish forms but no roles, and others nothing', async () => {
    const builder = await opened.user('ben@example.com', ['builder'])
    const role = {
      kind: 'role',
      name: 'reader',
      label: both('Reader', '读者'),
      grants: [{ form: 'customer', can: ['read'] }],
    }
    expect((await publishDefinitions(opened.workspace, builder, { definitions: [customer] })).revision).toBe(1)
    expect(await refusalOf(publishDefinitions(opened.workspace, builder, { definitions: [role] }))).toMatchObject({
      code: 'forbidden',
    })
    expect((await publish({ definitions: [role] })).revision).toBe(2)
    const more = { kind: 'role', extends: 'reader', grants: [{ form: 'customer', can: ['delete'] }] }
    expect(await refusalOf(publishDefinitions(opened.workspace, builder, { definitions: [more] }))).toMatchObject({
      code: 'forbidden',
    })
    expect(
      await refusalOf(
        publishDefinitions(opened.workspace, builder, { definitions: [], remove: [{ kind: 'role', name: 'reader' }] }),
      ),
    ).toMatchObject({ code: 'forbidden' })
    const reader = await opened.user('rita@example.com', ['reader'])
    expect(await refusalOf(publishDefinitions(opened.workspace, reader, { definitions: [customer] }))).toMatchObject({
      code: 'forbidden',
    })
  })

  it('keeps what a pack defines the pack’s, and the prefix of the workspace out of packs', async () => {
    const pack = {
      kind: 'pack',
      formloom: 1,
      name: 'shop',
      version: '1.0.0',
      label: both('Shop', '商店'),
      languages: ['en', 'zh-CN'],
    }
    await publish({ definitions: [pack, customer], pack: 'shop' })
    await publish({ definitions: [form('customer', [field('name', 'text', { required: true })])] })
    const own = { kind: 'form', extends: 'customer', fields: [field('x_color', 'text')] }
    await publish({ definitions: [own] })
    const sources = (await opened.workspace.model()).sources.filter(
      ({ definition }) => definition.kind === 'form' && (definition.name === 'customer' || 'extends' in definition),
    )
    expect(sources.map(({ pack: of }) => of ?? null)).toEqual(['shop', null])
    const refused = await refusalOf(publish({ definitions: [form('shelf', [field('x_size', 'text')])], pack: 'shop' }))
    expect(refused.issues).toMatchObject([{ code: 'workspace-prefix' }])
    const id = await create('customer', { name: 'ACME', x_color: 'red' })
    await publish({ definitions: [], remove: [{ kind: 'form', name: 'customer' }] })
    expect(await read('customer', id)).not.toHaveProperty('x_color')
  })

  it('answers requests under the new definitions as soon as it is done', async () => {
    await publish({ definitions: [customer] })
    const id = await create('customer', { name: 'ACME' })
    await publish({ definitions: [form('customer', [field('name', 'text'), field('phone', 'phone')])] })
    await updateRecord(await opened.context(opened.admin), {
      verb: 'update',
      form: 'customer',
      id,
      body: { phone: '+862155522785' },
      version: 1,
    })
    expect(await read('customer', id)).toMatchObject({ phone: '+862155522785', version: 2 })
  })
})

onEachDatabase('a publication between writes', (database) => {
  it('leaves no record without its new formulas and roll-ups: requests that it overtakes run under it', async () => {
    const app = await openApp(database)
    const admin = await app.admin()
    const publishAll = (definitions: readonly unknown[]) =>
      admin.request('POST', '/api/definitions', { body: { definitions } })
    expect((await publishAll([customer, order])).status).toBe(200)
    const { body: acme } = await admin.post('/api/forms/customer/records', { name: 'ACME' })
    const write = () =>
      admin.post('/api/forms/order/records', { customer: acme.id, lines: [{ quantity: '2', price: '10.50' }] })
    const ordered = form('customer', [
      field('name', 'text'),
      field('ordered', 'money', { rollup: { form: 'order', link: 'customer', op: 'sum', field: 'total' } }),
    ])
    const [published, ...written] = await Promise.all([
      publishAll([orderWith([amount], [total]), ordered]),
      ...Array.from({ length: 24 }, write),
    ])
    expect(published?.status).toBe(200)
    expect(written.map(({ status }) => status)).toEqual(written.map(() => 201))
    expect((await admin.get(`/api/forms/customer/records/${acme.id}`)).body).toMatchObject({ ordered: '504.00' })
    expect(await verifyWorkspace(app.workspace)).toMatchObject({ ok: true })
    await app.close()
  })

  it('lets an import go on under the new definitions', async () => {
    const opened = await openTestWorkspace(database)
    await publishDefinitions(opened.workspace, opened.admin, { definitions: [customer] })
    const loud = field('loud', 'text', { formula: { upper: { var: 'name' } } })
    const text = `name\n${Array.from({ length: 400 }, (_, index) => `customer ${index}`).join('\n')}\n`
    let begin: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const wider = form('customer', [field('name', 'text'), loud])
    const publication = begun.then(() => publishDefinitions(opened.workspace, opened.admin, { definitions: [wider] }))
    const report = await importCsv(await opened.context(opened.admin), {
      form: 'customer',
      text,
      onProgress: () => begin(),
    })
    await publication
    expect(report).toMatchObject({ created: 400, errorCount: 0 })
    expect((await opened.workspace.model()).revision).toBe(2)
    expect(await verifyWorkspace(opened.workspace)).toMatchObject({ ok: true, computed: [] })
    await opened.close()
  })
})
