/** Rolling back: an earlier revision becomes the next one, values come back with their fields, and the gate is that of every publication. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { formloom } from '#tests/support/command-line.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh })
const field = (name: string, type = 'text', more: JsonObject = {}): JsonObject => ({
  name,
  type,
  label: both(name, name),
  ...more,
})
const bike = (...fields: readonly JsonObject[]): JsonObject => ({
  kind: 'form',
  name: 'bike',
  label: both('Bike', '自行车'),
  fields: [field('frame'), ...fields],
})
const rider: JsonObject = { kind: 'form', name: 'rider', label: both('Rider', '骑手'), fields: [field('name')] }

onEachDatabase('a rollback', (database) => {
  let app: TestApp
  let admin: TestClient
  const publish = async (definitions: readonly JsonObject[], remove: readonly JsonObject[] = []) =>
    (await admin.post('/api/definitions', { definitions, remove })).body.revision
  const back = (to: number, more: JsonObject = {}) => admin.post(`/api/revisions/${to}/rollback`, more)

  beforeEach(async () => {
    app = await openApp(database)
    admin = await app.admin()
  })
  afterEach(() => app.close())

  it('is a new revision with the definitions of the old one, and fields come back with their values', async () => {
    await publish([bike(field('color'), field('gears', 'integer'))])
    const made = await admin.post('/api/forms/bike/records', { frame: 'F-1', color: 'red', gears: 7 })
    const path = `/api/forms/bike/records/${made.body.id}`
    expect(await publish([bike(field('weight', 'decimal', { scale: 1 })), rider])).toBe(2)
    expect((await admin.get(path)).body).not.toHaveProperty('color')
    const done = await back(1)
    expect(done).toMatchObject({ status: 200, body: { revision: 3, issues: [] } })
    expect(done.body.changes.map((one: { text: { en: string } }) => one.text.en).sort()).toEqual([
      'Form Bike (bike), field color: new',
      'Form Bike (bike), field gears: new',
      'Form Bike (bike), field weight: removed',
      'Form Rider (rider): removed',
    ])
    expect((await admin.get(path)).body).toMatchObject({ frame: 'F-1', color: 'red', gears: 7 })
    expect((await admin.get('/api/forms/rider')).status).toBe(404)
    const { body } = await admin.get('/api/revisions')
    expect(body.revisions.map(({ number, note }: JsonObject) => [number, note])).toEqual([
      [3, 'rollback to 1'],
      [2, null],
      [1, null],
    ])
    const [third, , first] = body.revisions
    expect(third.hash).toBe(first.hash)
    expect((await back(2)).body.revision).toBe(4)
    expect((await admin.get('/api/forms/rider')).status).toBe(200)
  })

  it('works formulas out afresh for what was written meanwhile', async () => {
    await publish([
      bike(field('gears', 'integer'), field('double', 'integer', { formula: { '*': [{ var: 'gears' }, 2] } })),
    ])
    await publish([bike(field('gears', 'integer'))])
    const made = await admin.post('/api/forms/bike/records', { frame: 'F-2', gears: 4 })
    await back(1)
    expect((await admin.get(`/api/forms/bike/records/${made.body.id}`)).body).toMatchObject({ gears: 4, double: 8 })
  })

  it('shows what would change without changing it, and refuses when another publication came between', async () => {
    await publish([bike()])
    await publish([bike(field('color'))])
    const dry = await back(1, { dry_run: true })
    expect(dry.body).toMatchObject({ revision: 2, changes: [{ change: 'removed', pointer: '/fields/color' }] })
    expect((await admin.get('/api/revisions')).body.current).toBe(2)
    await publish([rider])
    expect(await back(1, { base: 2 })).toMatchObject({ status: 409, body: { type: '/problems/conflict' } })
    expect((await admin.get('/api/revisions')).body.current).toBe(3)
    expect((await back(3)).body).toMatchObject({ revision: 3, changes: [] })
    expect((await back(9)).status).toBe(404)
    expect((await admin.post('/api/revisions/0/rollback')).status).toBe(404)
  })

  it('gives nobody a role that only an admin publishes', async () => {
    const builder = await app.user('ben@example.com', ['builder'])
    const role = {
      kind: 'role',
      name: 'rider',
      label: both('Rider', '骑手'),
      grants: [{ form: 'bike', can: ['read'] }],
    }
    await publish([bike(), role])
    await publish([bike(field('color'))], [{ kind: 'role', name: 'rider' }])
    const refused = await builder.post('/api/revisions/1/rollback', {})
    expect(refused).toMatchObject({ status: 403 })
    expect((await builder.post('/api/revisions/2/rollback', {})).body).toMatchObject({ revision: 2, changes: [] })
    expect((await admin.get('/api/revisions')).body.current).toBe(2)
  })
})

describe('formloom rollback', () => {
  let root = ''
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'formloom-rollback-'))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  it('shows, asks for --yes, and publishes', async () => {
    const env = { FORMLOOM_DATA: join(root, 'data') }
    for (const pack of ['base', 'crm']) expect((await formloom(env, 'pack', 'install', pack)).code).toBe(0)
    expect((await formloom(env, 'rollback', '--help')).out).toContain('--dry-run')
    expect(await formloom(env, 'rollback', '1')).toMatchObject({ code: 2, error: expect.stringContaining('--yes') })
    const dry = await formloom(env, 'rollback', '1', '--dry-run')
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/- Form Customer/) })
    const done = await formloom(env, 'rollback', '1', '--yes', '--json')
    expect(JSON.parse(done.out)).toMatchObject({ revision: 3 })
    const again = await formloom(env, 'rollback', '1')
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') })
    expect((await formloom(env, 'rollback', '12', '--yes')).code).toBe(3)
    expect((await formloom(env, 'rollback', 'first')).code).toBe(2)
    expect((await formloom(env, 'pack', 'list')).out).toMatch(/crm +\S+ +- /)
    expect((await formloom(env, 'verify')).code).toBe(0)
  })
})
