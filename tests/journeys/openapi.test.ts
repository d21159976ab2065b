/** The document that the server gives of itself: valid OpenAPI 3.1, complete, by policy, and true: answers keep to it. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#base/json.ts'
import { catalogue } from '#base/problems.ts'
import { problemsOf } from '#contract/problems-of.ts'
import { routeContracts } from '#contract/routes.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { databases } from '#tests/support/databases.ts'
import { openApiFaults, operationsOf, resolved } from '#tests/support/openapi-shape.ts'

const firstDatabase = databases[0] as (typeof databases)[number]

describe('the OpenAPI document', () => {
  let app: TestApp
  let admin: TestClient
  let document: JsonObject
  const part = (of: JsonObject, ...path: readonly string[]) =>
    path.reduce<JsonObject>((at, key) => (at[key] ?? {}) as JsonObject, of)

  beforeAll(async () => {
    app = await openApp(firstDatabase)
    admin = await app.admin()
    await admin.post('/api/packs/crm/install', { demo: true })
    await admin.post('/api/packs/erp_crm/install')
    document = (await admin.get('/api/openapi.json')).body
  }, 240_000)
  afterAll(() => app.close())

  it('is valid OpenAPI 3.1, every schema valid JSON Schema 2020-12, no reference leads nowhere', () => {
    expect(openApiFaults(document)).toEqual([])
    const broken = structuredClone(document) as { paths: Record<string, Record<string, JsonObject>> }
    broken.paths['/api/session'] = { get: { operationId: 'x', responses: {}, parameters: [], security: [], odd: 1 } }
    broken.paths['/api/forms/{form}/records'] = { get: { ...(broken.paths['/livez']?.get as JsonObject) } }
    expect(openApiFaults(broken as unknown as JsonObject).length).toBeGreaterThan(3)
  })

  it('has every route with every problem that it may answer', () => {
    const operations = operationsOf(document)
    for (const contract of routeContracts) {
      const path = contract.url.replace(/:([a-z]+)/g, '{$1}')
      const found = operations.find((one) => one.path === path && one.method === contract.method.toLowerCase())
      expect(found?.operation.operationId).toBe(contract.id)
      const responses = (found?.operation.responses ?? {}) as JsonObject
      expect(Object.keys(contract.answers).every((status) => status in responses)).toBe(true)
      for (const code of problemsOf(contract)) {
        const response = resolved(document, responses[String(catalogue[code].status)])
        expect([contract.id, String(response.description)]).toEqual([
          contract.id,
          expect.stringContaining(`\`${code}\``),
        ])
        expect(JSON.stringify(response.content)).toContain(`/problems/${code}`)
      }
    }
    expect(
      operations.filter(({ operation }) => !String(operation.operationId).startsWith('forms.')).length,
    ).toBeGreaterThanOrEqual(routeContracts.length - 1)
  })

  it('has schemas and routes for every form, and the records of all of them keep to these', async () => {
    const { schemas } = document.components as { schemas: JsonObject }
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
    ajv.addSchema(document, 'api')
    const forms = [...(await app.workspace.model()).forms.keys()]
    let records = 0
    for (const form of forms) {
      expect(Object.keys(schemas)).toEqual(
        expect.arrayContaining([form, `${form}.create`, `${form}.change`, `${form}.page`]),
      )
      const check = ajv.compile({ $ref: `api#/components/schemas/${form}.page` })
      const page = (await admin.get(`/api/forms/${form}/records?limit=100`)).body
      expect([form, check(page) ? [] : check.errors]).toEqual([form, []])
      const known = Object.keys(part(schemas, form, 'properties'))
      for (const record of page.records) expect(Object.keys(record).filter((key) => !known.includes(key))).toEqual([])
      records += page.records.length
    }
    expect(records).toBeGreaterThan(500)
  })

  it('tells what is written: required without default, nothing computed, links by id, decimals exact', async () => {
    const { schemas } = document.components as { schemas: Record<string, JsonObject> }
    const create = schemas['order.create'] as JsonObject
    expect(create).toMatchObject({ type: 'object', additionalProperties: false })
    expect(create.required).toEqual(['customer'])
    expect(Object.keys(part(create, 'properties'))).not.toEqual(expect.arrayContaining(['gross']))
    expect(part(create, 'properties', 'customer')).toMatchObject({ type: 'string' })
    expect(part(schemas.order as JsonObject, 'properties', 'customer')).toMatchObject({
      oneOf: [{ $ref: '#/components/schemas/Link' }, { type: 'null' }],
    })
    expect(part(schemas.order as JsonObject, 'properties', 'gross')).toMatchObject({ type: ['string', 'null'] })
    expect(part(schemas.order as JsonObject, 'properties', 'state').enum).toContain('draft')
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema(document, 'api')
    const check = ajv.compile({ $ref: 'api#/components/schemas/customer.create' })
    const made: Json = { name: 'Blue Sky' }
    expect(check(made)).toBe(true)
    expect((await admin.post('/api/forms/customer/records', made)).status).toBe(201)
    for (const wrong of [{ name: 1 }, { nothing: 'x' }, { name: 'x', version: 3 }]) {
      expect([wrong, check(wrong)]).toEqual([wrong, false])
      expect((await admin.post('/api/forms/customer/records', wrong)).status).toBeGreaterThanOrEqual(400)
    }
  })

  it('shows a sales rep no form, field or verb that is hidden', async () => {
    const rep = await app.user('rep@example.com', ['sales_rep'])
    const seen = (await rep.get('/api/openapi.json')).body as JsonObject
    expect(openApiFaults(seen)).toEqual([])
    const described = (await rep.get('/api/app')).body as {
      forms: { name: string; fields: { name: string }[]; policy: { verbs: string[] } }[]
    }
    const schemas = part(seen, 'components', 'schemas')
    const forms = described.forms.map(({ name }) => name)
    expect(
      Object.keys(schemas)
        .filter((name) => /^[a-z_]+$/.test(name))
        .sort(),
    ).toEqual([...forms].sort())
    const system = [
      'id',
      'version',
      'title',
      'state',
      'owner',
      'created_at',
      'created_by',
      'updated_at',
      'updated_by',
      'deleted_at',
      'can',
    ]
    for (const { name, fields, policy } of described.forms) {
      const known = Object.keys(part(schemas, name, 'properties')).filter((key) => !system.includes(key))
      expect([name, known.sort()]).toEqual([name, fields.map((field) => field.name).sort()])
      const path = part(seen, 'paths', `/api/forms/${name}/records`)
      expect([name, 'post' in path]).toEqual([name, policy.verbs.includes('create')])
    }
    expect(forms.length).toBeLessThan(
      Object.keys(part(document, 'components', 'schemas')).filter((name) => /^[a-z_]+$/.test(name)).length,
    )
  })

  it('is told to people as well, in their language', async () => {
    const page = await admin.get('/api/docs')
    expect(page.headers['content-type']).toContain('text/html')
    for (const { id } of routeContracts) expect(page.text).toContain(`id="${id}"`)
  })
})
