/** The census of routes: each is declared, each is in the matrix, and each kind of caller gets exactly what the matrix says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requireDeclared } from '#api/app.ts'
import { routes } from '#api/routes.ts'
import { catalogue } from '#base/problems.ts'
import { routeContracts } from '#contract/routes.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'
import { type CallerName, callers, routeMatrix } from './route-matrix.ts'

type Database = (typeof databases)[number]
type Headers = Record<string, string>

let app: TestApp
const clients = new Map<CallerName, { readonly cookie: string; readonly headers: Headers }>()

beforeAll(async () => {
  app = await openApp(databases[0] as Database)
  const admin = await app.admin()
  const cookie = (client: TestClient) => ({ cookie: client.cookie, headers: {} })
  const disabled = await app.user('disabled@example.com', ['admin'])
  const { key } = (await admin.post('/api/keys', { name: 'teams', scopes: [{ form: 'team', can: ['read'] }] })).body
  clients.set('anonymous', { cookie: '', headers: {} })
  clients.set('employee', cookie(await app.user('employee@example.com')))
  clients.set('builder', cookie(await app.user('builder@example.com', ['builder'])))
  clients.set('admin', cookie(admin))
  clients.set('disabled', cookie(disabled))
  clients.set('key', { cookie: '', headers: { authorization: `Bearer ${key}` } })
  await admin.patch(`/api/admin/users/${disabled.id}`, { active: false })
})
afterAll(() => app.close())

describe('every route', () => {
  it('has a contract and a handler, both ways', () => {
    expect(() => requireDeclared(routes)).not.toThrow()
    expect(() => requireDeclared(routes.slice(1))).toThrow(/routes and contracts differ/)
    expect(() => requireDeclared([...routes, routes[0] as (typeof routes)[number]])).toThrow(
      /routes and contracts differ/,
    )
    expect(new Set(routeContracts.map(({ method, url }) => `${method} ${url}`)).size).toBe(routeContracts.length)
  })

  it.each(routeContracts.map((contract) => [contract.id, contract] as const))(
    '%s declares who, what and how it fails',
    (_id, contract) => {
      expect(['public', 'session', 'builder', 'admin']).toContain(contract.auth)
      expect(contract.summary).not.toBe('')
      expect(Object.keys(contract.answers).length).toBeGreaterThan(0)
      for (const code of contract.problems) expect(catalogue).toHaveProperty(code)
      const names = [...contract.url.matchAll(/:([a-z]+)/g)].map((match) => match[1])
      expect(Object.keys((contract.params as { properties?: object } | undefined)?.properties ?? {})).toEqual(names)
      if (contract.method === 'GET') expect(contract.body).toBeUndefined()
      for (const schema of [contract.body, contract.query, contract.params]) {
        const open = schema as { type?: string; additionalProperties?: boolean; patternProperties?: object } | undefined
        if (open?.type === 'object' && !open.patternProperties) expect(open.additionalProperties).toBe(false)
      }
    },
  )

  it('is in the matrix, and the matrix holds nothing else', () => {
    expect(Object.keys(routeMatrix).sort()).toEqual(routeContracts.map(({ id }) => id).sort())
  })

  it('is served and documented under its method and path, and nothing else is documented', async () => {
    const paths = (await (await app.admin()).get('/api/openapi.json')).body.paths as Record<
      string,
      Record<string, { readonly operationId: string }>
    >
    const ofOneForm = /^forms\.[a-z_]+\.[a-z]+$/
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { operationId }]) => !ofOneForm.test(operationId))
        .map(([method]) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(routeContracts.filter(({ method, url }) => !app.serves(method, url))).toEqual([])
    expect(documented.sort()).toEqual(routeContracts.map(({ method, url }) => `${method} ${url}`).sort())
  })
})

describe.each(callers)('%s', (caller) => {
  const index = callers.indexOf(caller)
  it.each(routeContracts.map((contract) => [contract.id, contract] as const))('%s', async (id, contract) => {
    const row = routeMatrix[id]
    const known = clients.get(caller)
    if (!row || !known) throw new Error(`no row or caller for ${id}`)
    const client = app.client()
    // Signing out with the real cookie would end it for the rest of the census.
    client.cookie = id === 'session.delete' ? '' : known.cookie
    const answer = await client.request(contract.method, row.path.split('?unknown')[0] ?? '', {
      ...(row.body === undefined
        ? {}
        : { body: id === 'session.create' ? { login: caller, password: 'x' } : row.body }),
      headers: { ...known.headers, ...(row.version === undefined ? {} : { 'if-match': `"${row.version}"` }) },
    })
    expect([id, answer.status]).toEqual([id, row.statuses[index]])
    if (answer.status >= 400) expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    if (answer.status >= 400) expect(declaredStatuses(contract.problems)).toContain(answer.status)
  })
})

/** What any route may answer besides its own problems: who asks, and how the request is built. */
function declaredStatuses(problems: (typeof routeContracts)[number]['problems']): readonly number[] {
  return [401, 403, 405, 413, 415, 503, ...problems.map((code) => catalogue[code].status)]
}
