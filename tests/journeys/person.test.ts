/** What is kept about one person, and nothing that is somebody else's. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { formloom } from '#tests/support/command-line.ts'
import { type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import { multipart } from '#tests/support/multipart.ts'

const field = (name: string, type = 'text', more: JsonObject = {}): JsonObject => ({ name, type, label: name, ...more })
const form = (name: string, fields: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  kind: 'form',
  name,
  label: name,
  fields,
  ...more,
})
const patient = form('patient', [
  field('name'),
  field('phone', 'phone', { personal: true }),
  field('scan', 'attachment', { personal: true }),
])
const visit = form('visit', [
  field('reason'),
  field('patient', 'link', { to: 'patient' }),
  field('nurse_phone', 'phone', { personal: true }),
  field('code', 'text', { sensitive: true }),
])
const ward = form('ward', [
  field('name'),
  field('beds', 'table', {
    fields: [field('bed'), field('patient', 'link', { to: 'patient' }), field('visitor', 'text', { personal: true })],
  }),
])
const friend = form(
  'friend',
  [field('mail', 'email', { personal: true }), field('friends', 'links', { to: 'patient' })],
  {
    title: { var: 'mail' },
  },
)

onEachDatabase('the export of a person', (database) => {
  let place: OpenDatabase
  let app: TestApp
  let admin: TestClient
  let root = ''
  const create = async (of: string, values: JsonObject) => (await admin.post(`/api/forms/${of}/records`, values)).body
  const exported = async (who: string, ...more: readonly string[]) => {
    const env = { FORMLOOM_DATA: app.dataFolder, ...(place.url ? { DATABASE_URL: place.url } : {}) }
    return formloom(env, 'person', 'export', who, '--out', join(root, 'out'), ...more)
  }
  const text = (file: string) => readFileSync(join(root, 'out', file), 'utf8')
  const lines = (file: string) =>
    text(file)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'formloom-person-'))
    place = await database.open()
    app = await openApp({ ...database, open: async () => place })
    admin = await app.admin()
    await admin.post('/api/definitions', { definitions: [patient, visit, ward, friend] })
  })
  afterEach(async () => {
    await app.close()
    rmSync(root, { recursive: true, force: true })
  })

  it('holds the record, its history, its files, and what links to it', async () => {
    const body = multipart([{ name: 'file', filename: 'Röntgen.txt', type: 'text/plain', content: 'what was seen' }])
    const file = (await admin.request('POST', '/api/files', body)).body
    const kim = await create('patient', { name: 'Kim', phone: '010-5550 1234', scan: [file] })
    const path = `/api/forms/patient/records/${kim.id}`
    await admin.patch(path, { phone: '010-5550 9999' }, 1)
    const other = await create('patient', { name: 'Somebody else', phone: '010-5550 0000' })
    await create('visit', { reason: 'Fever', patient: kim.id, nurse_phone: '010-5550 7777', code: 'secret-code' })
    const binned = await create('visit', { reason: 'Cough', patient: kim.id })
    await admin.delete(`/api/forms/visit/records/${binned.id}`, 1)
    await create('visit', { reason: 'Of another', patient: other.id })
    await create('ward', {
      name: 'North',
      beds: [
        { bed: '1', patient: kim.id, visitor: 'Aunt May' },
        { bed: '2', patient: other.id },
      ],
    })
    await create('friend', { mail: 'friend@example.com', friends: [kim.id, other.id] })

    const done = await exported(`patient/${kim.id}`, '--json')
    expect([done.code, JSON.parse(done.out)]).toMatchObject([0, { linked: 4, files: 1, owned: 0, missing: [] }])
    const person = JSON.parse(text('person.json'))
    expect(person).toMatchObject({
      person: { form: 'patient', id: kim.id, title: 'Kim' },
      record: { name: 'Kim', phone: '010-5550 9999' },
      files: [{ name: 'Röntgen.txt', kept_as: `files/${file.id}-Röntgen.txt` }],
    })
    expect(person.history.map(({ version }: JsonObject) => version)).toEqual([2, 1])
    expect(JSON.stringify(person.history)).toContain('010-5550 1234')
    expect(text(`files/${file.id}-Röntgen.txt`)).toBe('what was seen')
    const linked = lines('linked.jsonl')
    expect(
      linked.map(({ form: of, through, values, title }) => [of, through, values.reason ?? values.name ?? title]).sort(),
    ).toEqual([
      ['friend', 'friends', null],
      ['visit', 'patient', 'Cough'],
      ['visit', 'patient', 'Fever'],
      ['ward', 'beds.patient', 'North'],
    ])
    const everything = readdirSync(join(root, 'out'))
      .filter((name) => name.includes('.'))
      .map(text)
      .join('\n')
    expect(everything).not.toMatch(/7777|0000|secret-code|Aunt May|friend@example|Somebody else|Of another/)
    expect(statSync(join(root, 'out')).mode & 0o077).toBe(0)
    expect(statSync(join(root, 'out', 'person.json')).mode & 0o077).toBe(0)
  })

  it('of a user holds what they own and did, and how they signed in, without what lets anybody in', async () => {
    const ben = await app.user('ben@example.com', ['admin'])
    const { key } = (await ben.post('/api/keys', { name: 'sync' })).body
    const made = (await ben.post('/api/forms/visit/records', { reason: 'Private reason' })).body
    const done = await exported('Ben@example.com')
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('own records') })
    const person = JSON.parse(text('person.json'))
    expect(person).toMatchObject({
      person: { form: 'user' },
      record: { login: 'ben@example.com' },
      keys: [{ name: 'sync' }],
    })
    expect(person.sessions.length).toBe(1)
    expect(lines('owned.jsonl')).toContainEqual({
      form: 'visit',
      id: made.id,
      as: ['owner', 'created_by', 'updated_by'],
    })
    expect(lines('changes.jsonl')).toMatchObject([{ form: 'visit', record: made.id, version: 1 }])
    const everything = readdirSync(join(root, 'out')).map(text).join('\n')
    for (const secret of [key, ben.cookie.split('=')[1] ?? '-', '$argon2', 'Private reason', 'token_hash'])
      expect(everything).not.toContain(secret)
  })

  it('is noted, finds who is in the bin, and nobody who is not there; an old folder stays as it is', async () => {
    const kim = await create('patient', { name: 'Kim', phone: '010-5550 1234' })
    await admin.delete(`/api/forms/patient/records/${kim.id}`, 1)
    expect(await exported(`patient/${kim.id}`)).toMatchObject({ code: 0 })
    expect(JSON.parse(text('person.json')).record).toMatchObject({ name: 'Kim', deleted_at: expect.any(String) })
    const noted = await app.workspace.db.read((db) =>
      db.selectFrom('fl_audit').select(['data']).where('event', '=', 'person.exported').execute(),
    )
    expect(noted.map((row) => JSON.parse(String(row['data'])))).toMatchObject([{ form: 'patient', record: kim.id }])
    expect(await exported(`patient/${kim.id}`)).toMatchObject({
      code: 2,
      error: expect.stringContaining('is there already'),
    })
    rmSync(join(root, 'out'), { recursive: true })
    for (const who of ['nobody@example.com', 'patient/nothing', 'nothing/x']) expect((await exported(who)).code).toBe(3)
    expect(existsSync(join(root, 'out'))).toBe(false)
    expect((await formloom({}, 'person', 'export', '--help')).out).toContain('linked.jsonl')
  })
})
