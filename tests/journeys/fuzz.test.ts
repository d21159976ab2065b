/** Random requests to every route of the server's own OpenAPI document, as admin: whatever comes in, the answer is declared and never a 5xx. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { routeContracts } from '#contract/routes.ts'
import { openApp, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'
import { type Chances, chancesFrom, hostileDefinition, hostileText, hostileValue } from '#tests/support/hostile.ts'
import { tradeForms, tradeRoles } from '#tests/support/trade.ts'

const seed = Number(process.env['FUZZ_SEED'] ?? 20261122)
const count = Number(process.env['FUZZ_COUNT'] ?? 2000)
const database = databases[0] as (typeof databases)[number]

let app: TestApp
let admin: TestClient
const known: Record<string, string[]> = { customer: [], product: [], order: [], payment: [], user: [], team: [] }

beforeAll(async () => {
  app = await openApp(database)
  admin = await app.admin()
  expect((await admin.post('/api/definitions', { definitions: [...tradeForms, ...tradeRoles] })).status).toBe(200)
  const make = async (form: string, body: object) => {
    const answer = await admin.post(`/api/forms/${form}/records`, body)
    expect(answer.status, answer.text).toBe(201)
    known[form]?.push(answer.body.id)
    return answer.body.id as string
  }
  const product = await make('product', { sku: 'P1', name: 'Chai', list_price: '10.00' })
  for (let index = 0; index < 3; index++) {
    const customer = await make('customer', { code: `C${index}`, name: `客户 ${index}`, tags: ['a'] })
    await make('order', { customer, reference: `R${index}`, lines: [{ product, quantity: '3' }] })
  }
}, 60_000)
afterAll(() => app.close())

it(`of ${count} random requests none is answered with a 5xx, and no answer tells of the inside (seed ${seed})`, async () => {
  const chances = chancesFrom(seed)
  const wrong: string[] = []
  for (let index = 0; index < count; index++) {
    const request = randomRequest(chances)
    const answer = await ask(request)
    if (answer.status >= 500 || tellsOfTheInside(answer))
      wrong.push(`${answer.status} ${JSON.stringify(request).slice(0, 600)} → ${answer.text.slice(0, 300)}`)
  }
  expect(wrong, app.logged.filter((line) => line.includes('"error"')).join('\n')).toEqual([])
}, 300_000)

interface Request {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly raw?: string
  readonly headers: Readonly<Record<string, string>>
}

/** A refused shape of answer counts as much as a 5xx: the client throws on what no contract declares. */
async function ask({ method, path, ...more }: Request): Promise<TestAnswer> {
  try {
    return await admin.request(method, path, more)
  } catch (error) {
    return { status: 599, body: null, text: String(error), bytes: Buffer.alloc(0), headers: {} }
  }
}

function tellsOfTheInside({ text, status }: TestAnswer): boolean {
  return status >= 400 && /SQLITE_|syntax error at|node_modules|\bat \w+ \(|\.ts:\d+|engine\//.test(text)
}

function randomRequest(chances: Chances): Request {
  const contract = chances.oneOf(
    // A stream of events has no end that this caller could wait for.
    routeContracts.filter(
      ({ id }) => !['session.delete', 'packs.install', 'session.change', 'events.read'].includes(id),
    ),
  )
  const path =
    contract.url.replace(/:([a-z]+)/g, (_, name: string) => paramOf(chances, name, contract.url)) +
    queryOf(chances, contract.query)
  return {
    method: contract.method,
    path,
    ...(contract.body ? bodyOf(chances, contract.id, contract.body) : {}),
    headers: {
      ...(contract.conditional && chances.oftenTrue()
        ? {
            'if-match': chances.oneOf([
              '"1"',
              '"2"',
              '1',
              'W/"1"',
              '*',
              '"1", "2"',
              '"99999999999999999999"',
              '""',
              '"-1"',
            ]),
          }
        : {}),
      ...(contract.idempotent && chances.seldomTrue()
        ? { 'idempotency-key': chances.oneOf(['k', 'k2', 'x'.repeat(300), 'ü', ' ']) }
        : {}),
    },
  }
}

function paramOf(chances: Chances, name: string, url: string): string {
  if (name === 'form') return chances.oftenTrue() ? chances.oneOf(Object.keys(known)) : inAddress(hostileText(chances))
  if (name === 'id' && chances.oftenTrue())
    return chances.oneOf([
      ...Object.values(known).flat(),
      ...(url.includes('users') ? [] : ['019aa000-0000-7000-8000-000000000001']),
    ])
  return inAddress(hostileText(chances))
}

const fields = [
  ...tradeForms.flatMap((form) =>
    (form as unknown as { readonly fields: readonly { readonly name: string }[] }).fields.map((field) => field.name),
  ),
  'id',
  'title',
  'owner',
  'state',
  'lines.price',
  'customer.name',
  'constructor',
  'deleted_at',
]

function queryOf(chances: Chances, schema: unknown): string {
  const names = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {}).filter(() =>
    chances.seldomTrue(),
  )
  const pairs = names.map((name) => `${name}=${inAddress(queryValue(chances, name))}`)
  if (chances.rarelyTrue()) pairs.push(`${inAddress(hostileText(chances))}=1`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

function queryValue(chances: Chances, name: string): string {
  if (chances.rarelyTrue()) return hostileText(chances)
  if (name === 'filter') return JSON.stringify(randomRule(chances, 3))
  if (name === 'sort' || name === 'fields' || name === 'expand')
    return chances
      .some(fields)
      .map((field) => (name === 'sort' && chances.seldomTrue() ? `-${field}` : field))
      .join(',')
  if (name === 'group')
    return JSON.stringify(
      chances.some(fields).map((field) => field + chances.oneOf(['', ':month', ':week', ':quarter', ':junk'])),
    )
  if (name === 'measures')
    return JSON.stringify([
      { op: chances.oneOf(['sum', 'avg', 'min', 'max', 'distinct', 'count', 'x']), field: chances.oneOf(fields) },
      ...(chances.rarelyTrue() ? [hostileValue(chances, 2)] : []),
    ])
  if (name === 'cursor')
    return Buffer.from(
      JSON.stringify([hostileValue(chances, 0), hostileValue(chances, 0)].slice(0, chances.upTo(2) + 1)),
    ).toString('base64url')
  return name === 'count' ? 'exact' : chances.oneOf(['1', '0', '-1', '500', '1e9', 'bin', 'true', hostileText(chances)])
}

const operators = [
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
  '%',
  'cat',
  'some',
  'every',
  'count',
  'sum',
  'date_add',
  'date_diff',
  'substr',
  'round',
  'if',
  'empty',
  'today',
  'contains',
  'matches_email',
  'in_tree',
  'length',
  'lower',
  'year',
  'coalesce',
  'nonsense',
]

function randomRule(chances: Chances, depth: number): unknown {
  if (depth === 0 || chances.rarelyTrue())
    return chances.oftenTrue()
      ? { var: chances.oneOf([...fields, '$user.id', '$today', '$old.name']) }
      : hostileValue(chances, 0)
  return {
    [chances.oneOf(operators)]: Array.from({ length: chances.upTo(3) + 1 }, () => randomRule(chances, depth - 1)),
  }
}

function bodyOf(
  chances: Chances,
  route: string,
  schema: unknown,
): { readonly body: unknown } | { readonly raw: string } {
  if (chances.rarelyTrue())
    return {
      raw: chances.oneOf([
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '1e400',
        '{"a":1e400}',
        '{"a":1,"a":2}',
        '{"__proto__":{}}',
        `${'['.repeat(500)}${']'.repeat(500)}`,
      ]),
    }
  if (route === 'definitions.publish')
    return { body: { dry_run: true, definitions: [hostileDefinition(chances, tradeForms)] } }
  if (route === 'records.create' || route === 'records.change')
    return { raw: bigNumbers(JSON.stringify(valuesOf(chances))) }
  const properties = Object.keys((schema as { properties?: object }).properties ?? {})
  return {
    raw: bigNumbers(
      JSON.stringify(
        Object.fromEntries(
          properties.filter(() => chances.oftenTrue()).map((name) => [name, propertyOf(chances, name)]),
        ),
      ),
    ),
  }
}

function propertyOf(chances: Chances, name: string): unknown {
  if (name === 'filter') return randomRule(chances, 3)
  if (name === 'values') return valuesOf(chances)
  if (name === 'sort' || name === 'fields' || name === 'expand') return chances.some(fields)
  if (name === 'content')
    return chances.oneOf([
      'name,code\nA,B\n',
      'customer,lines.product,reference\nC1,P1,=1+1\n',
      '"',
      'name\n"a',
      `${'a,'.repeat(200)}\n`,
      hostileText(chances),
    ])
  if (name === 'mapping')
    return {
      columns: [{ column: 'name', field: chances.oneOf(fields), key: hostileValue(chances, 0) }],
      constants: hostileValue(chances, 1),
      group: hostileValue(chances, 0),
      match: chances.oneOf(fields),
    }
  if (name === 'expires_at')
    return chances.oneOf(['2099-13-45T99:99:99Z', '2099-01-01T00:00:00Z', '0000-00-00T00:00:00Z'])
  if (name === 'limit') return chances.oneOf([1, 500, 501, 0, -1, 1.5])
  return chances.oftenTrue() ? hostileText(chances) : hostileValue(chances, 3)
}

function valuesOf(chances: Chances): unknown {
  const ids = Object.values(known).flat()
  const value = () => (chances.seldomTrue() ? chances.oneOf(ids) : hostileValue(chances, 3))
  const row = () =>
    Object.fromEntries(
      chances.some(['product', 'quantity', 'price', 'description', 'amount', 'id']).map((name) => [name, value()]),
    )
  return Object.fromEntries(
    chances
      .some([...fields, 'login', 'roles', 'manager'])
      .map((name) => [
        name,
        name === 'lines' && chances.oftenTrue()
          ? chances.oneOf([[row()], { add: [row()] }, { update: [row()], remove: [value()] }])
          : value(),
      ]),
  )
}

/** Numbers that `JSON.stringify` cannot write. */
function bigNumbers(text: string): string {
  return text
    .replaceAll('"@1e400"', '1e400')
    .replaceAll('"@-1e400"', '-1e400')
    .replaceAll('"@9007199254740993"', '9007199254740993')
}

/** Half a character as the bytes that no decoder takes. */
function inAddress(text: string): string {
  return text
    .split(/(\p{Surrogate})/u)
    .map((part) => (/^\p{Surrogate}$/u.test(part) ? '%ED%A0%80' : encodeURIComponent(part)))
    .join('')
}
