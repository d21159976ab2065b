/** A person is erased: nothing of the values is left, and the proof of everything else stands. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { JsonObject } from '#base/json.ts'
import { settleSearch } from '#publish/search-keeper.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { openSnapshot } from '#storage/copy/open.ts'
import { openApp, type TestAnswer, type TestApp, type TestClient } from '#tests/support/app.ts'
import { formloom } from '#tests/support/command-line.ts'
import { runFormloom, spawnFormloom } from '#tests/support/copies.ts'
import { type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import { multipart } from '#tests/support/multipart.ts'

const field = (name: string, type = 'text', more: JsonObject = {}): JsonObject => ({ name, type, label: name, ...more })
const personal = { personal: true }
const patient: JsonObject = {
  kind: 'form',
  name: 'patient',
  label: 'Patient',
  fields: [
    field('name', 'text', { ...personal, required: true, search: true }),
    field('phone', 'phone', { ...personal, search: true }),
    field('mail', 'email', { ...personal, required: true, unique: true }),
    field('born', 'date', { ...personal, required: true }),
    field('weight', 'decimal', { ...personal, scale: 1 }),
    field('smokes', 'boolean', personal),
    field('blood', 'choice', {
      ...personal,
      required: true,
      options: [
        { value: 'zero', label: '0' },
        { value: 'ab', label: 'AB' },
      ],
    }),
    field('scan', 'attachment', personal),
    field('greeting', 'text', { formula: { cat: [{ var: 'name' }, ' !'] } }),
    field('ward'),
    field('relatives', 'table', { fields: [field('kin', 'text', personal), field('degree')] }),
  ],
}
const visit: JsonObject = {
  kind: 'form',
  name: 'visit',
  label: 'Visit',
  fields: [field('reason'), field('patient', 'link', { to: 'patient', copy: { called: 'phone' } }), field('called')],
}

const secrets = [
  'Kim Zwaluw',
  'Kim Reiger',
  '5550 1234',
  '5550 9999',
  'kim.zwaluw',
  '1971-03-04',
  'Aunt Ooievaar',
  'Röntgenfoto',
  'reiger',
  'zwaluw',
]
const kimsValues = {
  name: 'Kim Zwaluw',
  phone: '010-5550 1234',
  mail: 'kim.zwaluw@example.com',
  born: '1971-03-04',
  weight: '71.5',
  smokes: true,
  blood: 'ab',
  ward: 'North',
  relatives: [{ kin: 'Aunt Ooievaar', degree: 'aunt' }],
}

onEachDatabase('the erasure of a person', (database) => {
  let place: OpenDatabase
  let app: TestApp
  let admin: TestClient
  const env = () => ({ FORMLOOM_DATA: app.dataFolder, ...(place.url ? { DATABASE_URL: place.url } : {}) })
  const erase = (who: string, ...more: readonly string[]) => formloom(env(), 'person', 'erase', who, ...more)
  const pathOf = (id: string) => `/api/forms/patient/records/${id}`
  const made = (answer: TestAnswer) => {
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)])
    return answer.body
  }

  async function tables(): Promise<readonly string[]> {
    const snapshot = await openSnapshot({ url: place.url, folder: place.folder })
    const parts: string[] = []
    for (const table of await snapshot.reader.tables())
      for await (const rows of snapshot.reader.rows(table)) parts.push(JSON.stringify(rows))
    await snapshot.close()
    return parts
  }

  /** Every row of every table, and on SQLite every byte of its files. */
  async function everything(): Promise<string> {
    const parts = [...(await tables())]
    if (place.url !== null)
      parts.push(
        JSON.stringify((await app.workspace.db.read((db) => sql`select * from fl_search_record`.execute(db))).rows),
      )
    parts.push(bytesOf(app.dataFolder))
    return parts.join('\n')
  }

  async function kim(): Promise<{ readonly id: string; readonly file: string }> {
    const body = multipart([
      { name: 'file', filename: 'Röntgenfoto.txt', type: 'text/plain', content: 'Kim Zwaluw seen' },
    ])
    const file = made(await admin.request('POST', '/api/files', body))
    const { id } = made(
      await admin.post('/api/forms/patient/records', { ...kimsValues, scan: [file] }, { 'idempotency-key': 'kim-1' }),
    )
    await admin.patch(pathOf(id), { phone: '010-5550 9999', name: 'Kim Reiger', ward: 'South' }, 1)
    return { id, file: file.id }
  }

  beforeEach(async () => {
    place = await database.open()
    app = await openApp({ ...database, open: async () => place })
    admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions: [patient, visit] })).text).toContain('revision')
  })
  afterEach(() => app.close())

  it('leaves nothing of the values in record, history, files, answers and the bytes of the database; others stay', async () => {
    const { id, file } = await kim()
    const other = made(
      await admin.post('/api/forms/patient/records', {
        ...kimsValues,
        name: 'Somebody Else',
        phone: null,
        mail: 'else@example.com',
        born: '1980-01-01',
        relatives: [],
      }),
    )
    const visited = made(await admin.post('/api/forms/visit/records', { reason: 'Fever', patient: other.id }))
    await settleSearch(app.workspace)
    const before = await everything()
    for (const secret of secrets) expect(before).toContain(secret)

    const done = await erase(`patient/${id}`, '--yes', '--json')
    expect([done.code, done.error]).toEqual([0, ''])
    expect(JSON.parse(done.out)).toMatchObject({
      person: { form: 'patient', id },
      fields: ['name', 'phone', 'mail', 'born', 'weight', 'smokes', 'blood', 'scan', 'relatives/kin'],
      changes: 3,
      files: 1,
      answers: 1,
      stays: { unmarked: ['ward', 'relatives'], copies: ['visit.called'] },
    })
    const after = await everything()
    for (const secret of secrets) expect(after).not.toContain(secret)
    const { body } = await admin.get(pathOf(id))
    const token = expect.stringMatching(/^erased-[0-9a-f]{12}/)
    expect(body).toMatchObject({
      title: token,
      name: token,
      mail: token,
      phone: null,
      born: '1900-01-01',
      weight: null,
    })
    expect(body).toMatchObject({
      smokes: false,
      blood: 'zero',
      ward: 'South',
      greeting: expect.stringMatching(/^erased-/),
    })
    expect(body.relatives).toMatchObject([{ kin: null, degree: 'aunt' }])
    expect((await admin.get(`/api/files/${file}`)).status).toBe(404)
    expect((await admin.get(`/api/forms/patient/records/${other.id}`)).body).toMatchObject({ name: 'Somebody Else' })
    expect((await admin.get(`/api/forms/visit/records/${visited.id}`)).body).toMatchObject({ reason: 'Fever' })
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
  })

  it('shows the token in the history and in the record as it was, and is noted with who and how much', async () => {
    const { id } = await kim()
    expect((await erase(`patient/${id}`, '--yes')).out).toContain('Erased: patient/')
    const history = (await admin.get(`${pathOf(id)}/history`)).body.changes
    expect(history.map(({ version }: JsonObject) => version)).toEqual([3, 2, 1])
    expect(history[0].cause).toEqual({ erase: expect.any(String) })
    expect(history[1].fields.name).toEqual({
      before: expect.stringMatching(/^erased-/),
      after: expect.stringMatching(/^erased-/),
    })
    expect(history[1].fields.ward).toEqual({ before: 'North', after: 'South' })
    const past = (await admin.get(`${pathOf(id)}/history?at=1`)).body
    expect(past).toMatchObject({ name: expect.stringMatching(/^erased-/), ward: 'North', born: '1900-01-01' })
    const noted = await app.workspace.db.read((db) =>
      db.selectFrom('fl_audit').select(['data', 'actor']).where('event', '=', 'person.erased').execute(),
    )
    expect(noted.map((row) => [row['actor'], JSON.parse(String(row['data']))])).toMatchObject([
      [
        (await admin.get('/api/app')).body.user.id,
        { form: 'patient', record: id, files: { length: 1 }, changes: { length: 3 } },
      ],
    ])
    expect(readFileSync(join(app.dataFolder, 'erasures.jsonl'), 'utf8')).toContain(id)
  })

  it('lets verify find a byte that is altered afterwards, and an emptied change that no entry vouches for', async () => {
    const { id } = await kim()
    await erase(`patient/${id}`, '--yes')
    const touch = (set: Record<string, unknown>) =>
      app.workspace.db.write((db) =>
        db.updateTable('fl_change').set(set).where('record', '=', id).where('version', '=', 2).execute(),
      )
    const row = await app.workspace.db.read((db) =>
      db
        .selectFrom('fl_change')
        .selectAll()
        .where('record', '=', id)
        .where('version', '=', 2)
        .executeTakeFirstOrThrow(),
    )
    const { patch, redacted } = row
    for (const wrong of [
      { patch: String(patch).replace('South', 'Soutf') },
      { redacted: null },
      { redacted: `${redacted}x` },
      { redacted_hash: '0'.repeat(64) },
      { prev_hash: '0'.repeat(64) },
      { hash: '0'.repeat(64) },
    ]) {
      await touch(wrong)
      expect((await verifyWorkspace(app.workspace)).changes.length, JSON.stringify(wrong)).toBeGreaterThan(0)
      await touch(Object.fromEntries(Object.keys(wrong).map((name) => [name, row[name]])))
    }
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
    await app.workspace.db.write((db) => db.deleteFrom('fl_audit').where('event', '=', 'person.erased').execute())
    expect((await verifyWorkspace(app.workspace)).changes).toHaveLength(3)
  })

  it('tells before it does, needs a yes, finds nothing the second time, and what came since the third', async () => {
    const { id } = await kim()
    const before = await tables()
    const plan = await erase(`patient/${id}`, '--dry-run')
    expect([plan.code, plan.out]).toEqual([0, expect.stringContaining('visit.called')])
    expect(await erase(`patient/${id}`)).toMatchObject({ code: 2, error: expect.stringContaining('--yes') })
    expect(await tables()).toEqual(before)
    expect((await erase(`patient/${id}`, '--yes')).code).toBe(0)
    expect(await erase(`patient/${id}`, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('left to erase'),
    })
    expect((await admin.get(pathOf(id))).body.version).toBe(3)
    expect((await admin.patch(pathOf(id), { phone: '010-5550 1234' }, 3)).status).toBe(200)
    expect((await erase(`patient/${id}`, '--yes')).code).toBe(0)
    expect(await everything()).not.toContain('5550 1234')
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
    for (const who of ['nobody@example.com', 'patient/nothing']) expect((await erase(who, '--yes')).code).toBe(3)
    expect((await formloom({}, 'person', 'erase', '--help')).out).toContain('erasures.jsonl')
  })

  it('erases who is in the bin, and a user for good, but never the last admin', async () => {
    const { id } = await kim()
    await admin.delete(pathOf(id), 2)
    expect((await erase(`patient/${id}`, '--yes')).code).toBe(0)
    const ben = await app.user('ben.specht@example.com', ['admin'])
    const { key } = (await ben.post('/api/keys', { name: 'Spechts Rechner' })).body
    await ben.patch(`/api/forms/user/records/${ben.id}`, { name: 'Ben Specht' }, 1)
    expect((await erase('ben.specht@example.com', '--yes')).code).toBe(0)
    expect((await ben.get('/api/app')).status).toBe(401)
    expect((await app.client().get('/api/app', { authorization: `Bearer ${key}` })).status).toBe(401)
    expect((await app.client().signIn('ben.specht@example.com')).status).toBe(401)
    const after = await everything()
    for (const secret of [...secrets, 'specht', 'Specht']) expect(after).not.toContain(secret)
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
    expect((await erase('ada@example.com', '--yes')).code).toBe(3)
    expect((await admin.get('/api/app')).status).toBe(200)
  })

  it('takes sheets of ended imports and columns of fields that are gone, and names what it leaves', async () => {
    const sheet = (rows: string) =>
      admin.request(
        'POST',
        '/api/forms/patient/import',
        multipart([{ name: 'file', filename: 'Zwaluw.csv', content: `name,mail,born,blood,ward,weight\n${rows}` }]),
      )
    const refused = 'Kim Zwaluw,kim.zwaluw@example.com,1971-03-04,ab,North,heavy\n'
    const done = made(await sheet(`Kim Zwaluw,kim.zwaluw@example.com,1971-03-04,ab,North,70\n${refused}`)).id
    expect((await admin.post(`/api/imports/${done}/commit`, { skip_invalid: true })).body).toMatchObject({
      state: 'done',
    })
    const ready = made(await sheet(refused)).id
    const { id } = (await admin.get('/api/forms/patient/records')).body.records[0]
    await admin.patch(pathOf(id), { phone: '010-5550 1234' }, 1)
    const fields = (patient['fields'] as readonly JsonObject[]).filter(({ name }) => name !== 'phone')
    const { revision } = (await admin.get('/api/definitions')).body
    const without = {
      definitions: [
        { ...patient, fields },
        { ...visit, fields: [field('reason')] },
      ],
      base: revision,
    }
    expect((await admin.post('/api/definitions', without)).status).toBe(200)
    const before = (await tables()).join()
    expect(before).toContain('5550 1234')

    const atWork = (state: string) =>
      app.workspace.db.write((db) =>
        db
          .updateTable('fl_import')
          .set({ state, lease_until: '2999-01-01T00:00:00.000Z' })
          .where('id', '=', ready)
          .execute(),
      )
    await atWork('running')
    expect((await erase(`patient/${id}`, '--dry-run')).out).toContain(ready)
    expect(await erase(`patient/${id}`, '--yes')).toMatchObject({ code: 1, error: expect.stringContaining(ready) })
    expect((await tables()).join()).toContain('5550 1234')
    await atWork('ready')
    expect(JSON.parse((await erase(`patient/${id}`, '--yes', '--json')).out)).toMatchObject({ imports: 2 })
    expect((await admin.get(`/api/imports/${ready}`)).body.state).toBe('failed')
    for (const secret of secrets) expect((await tables()).join()).not.toContain(secret)
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
  })

  it('is whole or not at all', async () => {
    const { id, file } = await kim()
    const run = (text: string) => app.workspace.db.write((db) => sql.raw(text).execute(db))
    const [refuse, allow] =
      database.name === 'sqlite'
        ? [
            `create trigger stop before insert on fl_audit when new.event = 'person.erased' begin select raise(abort, 'stop'); end`,
            'drop trigger stop',
          ]
        : [
            `alter table fl_audit add constraint stop check (event <> 'person.erased')`,
            'alter table fl_audit drop constraint stop',
          ]
    await run(refuse)
    expect((await erase(`patient/${id}`, '--yes')).code).toBe(1)
    await run(allow)
    expect((await admin.get(pathOf(id))).body).toMatchObject({ name: 'Kim Reiger', version: 2 })
    expect((await admin.get(`/api/files/${file}`)).text).toContain('seen')
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
    expect(existsSync(join(app.dataFolder, 'erasures.jsonl'))).toBe(false)
  })

  it('killed at any moment has erased all of it or nothing, and the next run ends it', async () => {
    const { id } = await kim()
    const words = ['person', 'erase', `patient/${id}`, '--yes']
    const startMs = performance.now()
    expect((await runFormloom(env(), 'person', 'erase', `patient/${id}`, '--dry-run')).code).toBe(0)
    const usualMs = performance.now() - startMs
    for (let attempt = 0; attempt < 6; attempt += 1) {
      const { child, ended } = await spawnFormloom(env(), ...words)
      const timer = setTimeout(() => child.kill('SIGKILL'), usualMs * (0.5 + attempt * 0.12))
      await ended
      clearTimeout(timer)
      const { name } = (await admin.get(pathOf(id))).body
      const log = (await tables()).join()
      const isErased = name !== 'Kim Reiger'
      for (const secret of ['Kim Reiger', 'Kim Zwaluw', '1971-03-04']) expect(log.includes(secret)).toBe(!isErased)
      const { changes, unexplained, computed, database: found } = await verifyWorkspace(app.workspace)
      expect([changes, unexplained, computed, found]).toEqual([[], [], [], []])
    }
    expect((await erase(`patient/${id}`, '--yes')).code).toBe(0)
    const after = await everything()
    for (const secret of secrets) expect(after).not.toContain(secret)
    expect(existsSync(join(app.dataFolder, 'erasures.jsonl'))).toBe(true)
    expect((await verifyWorkspace(app.workspace)).ok).toBe(true)
  }, 120_000)

  it('stays erased in copies: a newer backup proves itself, an older one is told, and a moment before shows the token', async () => {
    const { id } = await kim()
    const root = mkdtempSync(join(tmpdir(), 'formloom-erased-'))
    const backup = (name: string) => runFormloom(env(), 'backup', '--to', join(root, name))
    const restore = async (path: string, ...more: readonly string[]) => {
      const to = join(root, `to-${readdirSync(root).length}`)
      const done = await formloom({}, 'restore', path, '--to', to, '--json', ...more)
      expect([done.code, done.error]).toEqual([0, ''])
      expect((await formloom({ FORMLOOM_DATA: to }, 'verify')).out).toContain('Whole')
      return { said: JSON.parse(done.out), bytes: bytesOf(to) }
    }
    try {
      const older = (await backup('older')).json.path
      await erase(`patient/${id}`, '--yes')
      const newer = await backup('newer')
      expect(newer.json).toMatchObject({ faults: [], reads: 20 })
      const list = join(app.dataFolder, 'erasures.jsonl')
      const living = place.url ?? app.dataFolder
      const moment = ['--at', 'change:4', '--changes', living, '--data', app.dataFolder]
      expect((await restore(older)).bytes).toContain('Kim Zwaluw')
      const told = await restore(older, '--erasures', list)
      expect(told.said.erased).toBe(1)
      const past = await restore(older, ...moment)
      expect(past.said.past).toMatchObject({ from_backup: false, lost_files: [] })
      for (const { bytes } of [told, past, await restore(newer.json.path)])
        for (const secret of secrets) expect(bytes).not.toContain(secret)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }, 120_000)
})

function bytesOf(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  const files = paths.filter((path) => statSync(path).isFile())
  return files.flatMap((path) => [readFileSync(path, 'latin1'), readFileSync(path, 'utf8')]).join('\n')
}
