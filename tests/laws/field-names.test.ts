/** Whatever name the checks let a field have, its value comes back as it was given: no name meets one that the engine uses inside. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

/** Aliases and columns of statements, words of SQL, columns of databases, members of answers and of JavaScript's objects. */
const names = [
  'c0',
  'c1',
  'k0',
  'k1',
  'g0',
  'm0',
  'n0',
  't',
  'r',
  'x',
  'y',
  'v',
  's',
  'p',
  'o',
  'j',
  'fx1',
  'raw',
  'one',
  'counted',
  'rowid',
  'oid',
  'ctid',
  'xmin',
  'xmax',
  'cmin',
  'cmax',
  'tableoid',
  'select',
  'group',
  'order',
  'user',
  'current_user',
  'null',
  'true',
  'false',
  'default',
  'excluded',
  'new',
  'old',
  'records',
  'next',
  'count',
  'fields',
  'record',
  'values',
  'rows',
  'length',
  'size',
  'keys',
  'tostring',
  'valueof',
  'hasownproperty',
  'constructor',
  'prototype',
  'then',
  'tojson',
  'toString',
  'name',
  'kind',
  'form',
  'position',
  'parent_id',
  'target_id',
  'deleted_at',
  'id',
  'version',
  'state',
  'owner',
  'can',
  'warnings',
]

onEachDatabase('names of fields', (database) => {
  let app: TestApp
  let admin: TestClient
  let reader: TestClient
  beforeAll(async () => {
    app = await openApp(database)
    admin = await app.admin()
    const grants = Array.from({ length: names.length }, (_, index) => [
      { form: `f${index}`, can: ['read'], hide: ['secret'] },
      { form: `f${index}`, can: ['read'], where: { '==': [{ var: 'owner' }, { var: '$user.id' }] } },
    ]).flat()
    const plain = names.map((_, index) => ({
      kind: 'form',
      name: `f${index}`,
      label: 'F',
      fields: [{ name: 'secret', type: 'boolean' }],
    }))
    const published = await admin.post('/api/definitions', {
      definitions: [...plain, { kind: 'role', name: 'reader', label: 'R', grants }],
    })
    expect(published.status, published.text).toBe(200)
    reader = await app.user('reader@example.com', ['reader'])
  }, 120_000)
  afterAll(() => app.close())

  it.each(names.map((name, index) => [name, index] as const))(
    '%s is refused, or works and opens nothing',
    async (name, index) => {
      const form = `f${index}`
      const fields = [
        { name: 'secret', type: 'boolean' },
        { name, type: 'boolean' },
        { name: 'text', type: 'text' },
      ]
      const published = await admin.post('/api/definitions', {
        definitions: [{ kind: 'form', name: form, label: 'F', fields }],
      })
      if (published.status === 422) return
      expect(published.status, published.text).toBe(200)
      for (const value of [true, false]) {
        const made = await admin.post(`/api/forms/${form}/records`, { [name]: value, secret: true })
        expect([made.status, made.body[name]], made.text).toEqual([201, value])
        const read = await reader.get(`/api/forms/${form}/records/${made.body.id}`)
        expect([read.body[name], 'secret' in read.body]).toEqual([value, false])
      }
      const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: name }, true] }))
      for (const client of [admin, reader]) {
        const list = await client.get(
          `/api/forms/${form}/records?sort=-${name},secret&filter=${filter}&count=exact`.replace(
            ',secret',
            client === admin ? ',secret' : '',
          ),
        )
        expect(
          [list.status, list.body.count, list.body.records[0][name], 'secret' in list.body.records[0]],
          list.text,
        ).toEqual([200, 1, true, client === admin])
        const sorted = await client.get(`/api/forms/${form}/records?sort=${name}&limit=1`)
        const rest = await client.get(`/api/forms/${form}/records?sort=${name}&limit=1&cursor=${sorted.body.next}`)
        expect(
          [...sorted.body.records, ...rest.body.records].map((record: Record<string, unknown>) => record[name]),
        ).toEqual([false, true])
        const groups = await client.get(
          `/api/forms/${form}/aggregate?group=${encodeURIComponent(JSON.stringify(['text', name]))}`,
        )
        expect([groups.status, groups.body.rows?.length], groups.text).toEqual([200, 2])
      }
    },
  )

  it('more fields than a table can have columns are refused by the definition, not by the database', async () => {
    const fields = Array.from({ length: 2001 }, (_, index) => ({ name: `f${index}`, type: 'text' }))
    for (const wide of [fields, [{ name: 'lines', type: 'table', fields }]]) {
      const answer = await admin.post('/api/definitions', {
        dry_run: true,
        definitions: [{ kind: 'form', name: 'wide', label: 'W', fields: wide }],
      })
      expect([answer.status, answer.body.errors[0].code]).toEqual([422, 'too-many'])
    }
  }, 60_000)
})
