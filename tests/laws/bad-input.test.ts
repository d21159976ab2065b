/** The law of the edge: whatever is sent to whatever route, the answer is declared and never a 500. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { routeContracts } from '#contract/routes.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

/** Would end the session, or take minutes. */
const left = new Set(['session.delete', 'packs.install', 'packs.list'])
const contracts = routeContracts.filter((contract) => contract.url.startsWith('/api/') && !left.has(contract.id))

const oddText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'null',
    '0',
    '-1',
    '1e309',
    "'; drop table r_user; --",
    '%',
    '_',
    '客户',
    '\u0000',
    '\ud800',
    '../..',
    '$user.id',
    'lines.product',
    'customer.name',
  ),
)
const fieldName = fc.oneof(
  oddText,
  fc.constantFrom(
    'name',
    'code',
    'tier',
    'credit_limit',
    'customer',
    'lines',
    'owner',
    'state',
    'id',
    'version',
    'order_date',
    'number',
    'total',
    'roles',
    'active',
    'login',
    'days_open',
  ),
)
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  oddText,
  fc.double(),
  fc.integer(),
  fc.constantFrom([], {}, [null], [{}], { id: 'x' }, '9'.repeat(40), '2026-02-30', 'P9999999Y'),
)
const operator = fc.constantFrom(
  '==',
  '!=',
  '<',
  '>=',
  'in',
  'and',
  'or',
  '!',
  '+',
  '-',
  '*',
  '/',
  'var',
  'empty',
  'starts_with',
  'sum',
  'if',
  'in_tree',
  'date_add',
  'date_diff',
  'between',
  'matches',
  'lower',
  'nothing',
)
const { rule } = fc.letrec((tie) => ({
  rule: fc.oneof(
    { maxDepth: 4 },
    fc.record({ var: fieldName }),
    value,
    fc.tuple(operator, fc.array(tie('rule'), { maxLength: 3 })).map(([name, parts]) => ({ [name]: parts })),
  ),
}))
const form = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('customer', 'order', 'product', 'payment', 'user', 'team', 'role') },
  { weight: 1, arbitrary: oddText },
)
const body = fc.oneof(
  fc.dictionary(fieldName, value, { maxKeys: 6 }),
  value,
  fc.record(
    {
      filter: rule,
      sort: fc.array(fieldName, { maxLength: 3 }),
      limit: value,
      cursor: oddText,
      search: oddText,
      fields: fc.array(fieldName, { maxLength: 3 }),
      expand: fc.array(fieldName, { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
  fc.record({ values: fc.dictionary(fieldName, value, { maxKeys: 6 }) }),
  fc.record({ content: oddText, mapping: value }),
  fc.record({ definitions: fc.array(value, { maxLength: 3 }) }),
)
const query = fc.record(
  {
    filter: rule.map((each) => JSON.stringify(each)),
    sort: fieldName,
    fields: fieldName,
    expand: fieldName,
    search: oddText,
    cursor: oddText,
    limit: fc.oneof(oddText, fc.constant('5')),
    view: oddText,
    group: fc.array(fieldName, { maxLength: 2 }).map((each) => JSON.stringify(each)),
    measures: fc.array(value, { maxLength: 2 }).map((each) => JSON.stringify(each)),
    verb: oddText,
    before: oddText,
  },
  { requiredKeys: [] },
)
const headers = fc.record(
  {
    'if-match': fc.constantFrom('"1"', '"2"', '*', 'x', '"99999999999999999999"'),
    'idempotency-key': fc.constantFrom('a', 'b', 'ü', ''),
    'accept-language': fc.constantFrom('zh', '', ';;', 'x'.repeat(1000)),
  },
  { requiredKeys: [] },
)

/** Rules that pass the type check, with values at and beyond every edge: these reach the database. */
const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1e15, 1e16, 9007199254740992, 1e300, 5e-324, -1e-7),
)
const texts = fc.oneof(fc.string(), fc.constantFrom('', '%', '_', '\\', "'", '客户', '😀', 'x'.repeat(5000)))
const days = fc.constantFrom('2026-11-22', '0001-01-01', '9999-12-31', '')
const compare = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
const typed = fc.oneof(
  fc
    .tuple(compare, fc.constantFrom('credit_limit', 'order_sum', 'discount', 'room'), numbers)
    .map(([op, name, number]) => ({ [op]: [{ var: name }, number] })),
  fc
    .tuple(compare, fc.constantFrom('name', 'code', 'notes'), texts)
    .map(([op, name, text]) => ({ [op]: [{ var: name }, text] })),
  fc
    .tuple(compare, fc.constantFrom('order_count', 'version'), fc.integer())
    .map(([op, name, number]) => ({ [op]: [{ var: name }, number] })),
  fc.tuple(compare, days).map(([op, day]) => ({ [op]: [{ var: 'last_order' }, day] })),
  fc
    .tuple(fc.constantFrom('+', '-', '*', '/'), numbers, numbers)
    .map(([op, number, other]) => ({ '>': [{ [op]: [{ var: 'credit_limit' }, number] }, other] })),
  fc
    .tuple(fc.constantFrom('starts_with', 'ends_with', 'contains'), texts)
    .map(([op, text]) => ({ [op]: [{ var: 'name' }, text] })),
  fc.array(texts, { maxLength: 4 }).map((list) => ({ in: [{ var: 'name' }, list] })),
  fc.constantFrom('parent', 'owner', 'parent.name', 'tags', 'credit_limit').map((name) => ({ empty: [{ var: name }] })),
)
const filters = fc.oneof(
  typed,
  typed.map((one) => ({ '!': [one] })),
  fc
    .tuple(fc.constantFrom('and', 'or'), fc.array(typed, { minLength: 1, maxLength: 4 }))
    .map(([op, parts]) => ({ [op]: parts })),
)
const sorts = fc.constantFrom(
  'name',
  '-credit_limit',
  'parent',
  '-owner',
  'order_sum',
  'created_at',
  '-last_order',
  'tier',
  'active',
  'room',
)

const sensible = new Set(['filter', 'sort', 'fields', 'expand', 'search', 'cursor', 'limit', 'view'])

onEachDatabase('bad input', (database) => {
  let app: TestApp
  let admin: TestClient
  let id = ''
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })
    id = (await admin.post('/api/forms/customer/records', { name: 'ACME', code: 'A' })).body.id
  })
  afterAll(() => app.close())

  it('is answered as declared by every route', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...contracts),
        form,
        fc.oneof(fc.constant(null), oddText),
        body,
        query,
        headers,
        async (contract, formName, odd, sent, asked, extra) => {
          const path = contract.url
            .replace(':form', encode(formName))
            .replace(':id', encode(odd ?? id))
            .replace(/:(kind|name)/g, () => encode(odd ?? 'form'))
          const known =
            contract.id === 'records.list'
              ? Object.entries(asked).filter(([name]) => sensible.has(name))
              : Object.entries(asked)
          const search = contract.query
            ? `?${known.map(([name, text]) => `${name}=${encode(String(text))}`).join('&')}`
            : ''
          const sender = contract.id.startsWith('session') || contract.id.startsWith('users') ? app.client() : admin
          const answer = await sender.request(contract.method, `${path}${search}`, {
            ...(contract.body ? { body: sent } : {}),
            headers: extra as Record<string, string>,
          })
          expect([contract.id, answer.status >= 500 && answer.status !== 503 ? answer.text : 'fine']).toEqual([
            contract.id,
            'fine',
          ])
        },
      ),
      { numRuns: 600 },
    )
    expect(app.logged.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  it('in lists and aggregates is never more than a malformed query', async () => {
    const lists = contracts.filter(({ id: name }) =>
      ['records.list', 'records.query', 'records.aggregate', 'records.evaluate', 'records.create'].includes(name),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists),
        fc.constantFrom('customer', 'order', 'user'),
        rule,
        fieldName,
        fc.dictionary(fieldName, value, { maxKeys: 5 }),
        async (contract, formName, filter, field, values) => {
          const path = contract.url.replace(':form', formName)
          const search = contract.method === 'GET' ? `?filter=${encode(JSON.stringify(filter))}` : ''
          const bodies: Readonly<Record<string, unknown>> = {
            'records.query': { filter, sort: [field] },
            'records.evaluate': { values },
            'records.create': values,
          }
          const answer = await admin.request(
            contract.method,
            `${path}${search}`,
            contract.body ? { body: bodies[contract.id] } : {},
          )
          expect([200, 201, 400, 422]).toContain(answer.status)
        },
      ),
      { numRuns: 400 },
    )
    expect(app.logged.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
  it('of the right type reaches the database and is answered: filters, sorts, searches, values at every edge', async () => {
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.array(sorts, { maxLength: 2 }),
        fc.oneof(fc.constant(''), texts),
        fc.oneof(numbers, texts, days),
        async (filter, sort, search, odd) => {
          const listed = await admin.post('/api/forms/customer/records/query', {
            filter,
            sort,
            search: search.slice(0, 200),
            limit: 5,
            count: 'exact',
          })
          const summed = await admin.get(
            `/api/forms/customer/aggregate?filter=${encode(JSON.stringify(filter))}&group=["tier"]&measures=[{"op":"sum","field":"credit_limit"},{"op":"avg","field":"room"}]`,
          )
          const made = await admin.post('/api/forms/customer/records', {
            name: 'N',
            notes: String(odd).slice(0, 3000),
            credit_limit: odd,
            discount: odd,
          })
          for (const { status } of [listed, summed, made]) statuses.set(status, (statuses.get(status) ?? 0) + 1)
          expect(
            [listed.status, summed.status, made.status].filter((status) => ![200, 201, 400, 422].includes(status)),
          ).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
    expect(app.logged.filter((line) => line.includes('"level":"error"'))).toEqual([])
    expect([statuses.get(200) ?? 0, statuses.get(201) ?? 0].filter((count) => count < 25)).toEqual([])
  })
})

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}
