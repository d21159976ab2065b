/** Imports that last, on both databases: missing targets, dry runs in batches, cancel, going on after a crash, taken over by another node, undone as a whole. */

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { ImportRunner } from '#api/import-runner.ts'
import type { Definition } from '#definitions/definition.ts'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { multipart } from '#tests/support/multipart.ts'

const definitions: readonly Definition[] = [
  {
    kind: 'form',
    name: 'company',
    label: { en: 'Company', 'zh-CN': '公司' },
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true },
      { name: 'code', type: 'integer', label: { en: 'Code', 'zh-CN': '编码' }, unique: true },
      { name: 'people', type: 'integer', rollup: { form: 'person', link: 'company', op: 'count' } },
    ],
  },
  {
    kind: 'form',
    name: 'person',
    label: { en: 'Person', 'zh-CN': '人员' },
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', label: { en: 'Name', 'zh-CN': '姓名' }, required: true },
      { name: 'email', type: 'text', label: { en: 'Email', 'zh-CN': '邮箱' }, unique: true },
      { name: 'company', type: 'link', to: 'company', label: { en: 'Company', 'zh-CN': '公司' } },
      { name: 'boss', type: 'link', to: 'person', label: { en: 'Boss', 'zh-CN': '上级' } },
      {
        name: 'jobs',
        type: 'table',
        label: { en: 'Jobs', 'zh-CN': '工作' },
        fields: [{ name: 'at', type: 'link', to: 'company', label: { en: 'At', 'zh-CN': '在' } }],
      },
    ],
  },
  {
    kind: 'role',
    name: 'clerk',
    label: 'Clerk',
    grants: [
      { form: 'person', can: ['read', 'create', 'update', 'delete', 'import'] },
      { form: 'company', can: ['read'] },
    ],
  },
]

const batchSize = 3
const leaseMs = 30_000
const runnerOptions = { leaseMs, lookMs: 3_600_000, batchSize }

onEachDatabase('import jobs', (database) => {
  let app: TestApp
  let admin: TestClient
  /** Where the work rests between two batches. */
  let between: (id: string) => Promise<void> = async () => undefined

  beforeAll(async () => {
    app = await openApp(database, { importing: { ...runnerOptions, between: (id) => between(id) } })
    admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions })).status).toBe(200)
  })
  beforeEach(() => {
    between = async () => undefined
  })
  afterAll(() => app.close())

  const upload = async (client: TestClient, content: string, mapping?: object) =>
    client.request(
      'POST',
      '/api/forms/person/import',
      multipart([
        { name: 'file', filename: 'people.csv', content },
        ...(mapping ? [{ name: 'mapping', content: JSON.stringify(mapping) }] : []),
      ]),
    )
  const records = async (form: string, query = '') =>
    (await admin.get(`/api/forms/${form}/records?limit=500${query}`)).body.records
  const people = (prefix: string) =>
    records(
      'person',
      `&sort=email&filter=${encodeURIComponent(JSON.stringify({ starts_with: [{ var: 'email' }, prefix] }))}`,
    )
  const made = (prefix: string, count: number) =>
    `name,email\n${Array.from({ length: count }, (_, index) => `${prefix} ${index},${prefix}-${String(index).padStart(3, '0')}\n`).join('')}`
  const mappingWith = (company: object) => ({
    columns: [
      { column: 'name', field: 'name' },
      { column: 'email', field: 'email' },
      { column: 'company', field: 'company', ...company },
    ],
  })
  const stateOf = async (id: string) => (await admin.get(`/api/imports/${id}`)).body

  /** Lets `count` batches through and holds the work before the next; `go` lets it on. */
  function gate(count: number): { readonly held: Promise<void>; go(): void } {
    let [arrive, go]: (() => void)[] = []
    const held = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const open = new Promise<void>((resolve) => {
      go = resolve
    })
    let passed = 0
    between = async () => {
      passed += 1
      if (passed < count) return
      arrive?.()
      await open
    }
    return { held, go: () => go?.() }
  }

  it('finds links by any unique key, guesses it from a header in either language, and says when a name is two records', async () => {
    for (const [name, code] of [
      ['Twin', 71],
      ['Twin', 72],
    ])
      await admin.post('/api/forms/company/records', { name, code })
    const job = (await upload(admin, '姓名,邮箱,公司编码\nBy code,key-1,72\nNobody,key-2,73\n')).body
    expect(job.report.mapping.columns).toContainEqual({ column: '公司编码', field: 'company', key: 'code' })
    expect(job.report).toMatchObject({ created: 1, errorCount: 1, errors: [{ line: 3, code: 'link-not-found' }] })
    const named = (await upload(admin, 'Name,Email,Company\nBy name,key-3,Twin\n')).body
    expect(named.report.errors).toMatchObject([{ line: 2, column: 'Company', code: 'link-ambiguous' }])
    expect((await upload(admin, 'Name,Email (work),Company code\nx,key-4,71\n')).body.report).toMatchObject({
      created: 1,
      errorCount: 0,
    })
  })

  it('makes missing targets once where a column asks for it, counts them in the dry run, and undoes them with the rest', async () => {
    const text = `name,email,company,job\n${Array.from({ length: 8 }, (_, index) => `P ${index},mis-${index},New ${index % 2},Side ${index % 3}\n`).join('')}`
    const mapping = mappingWith({ create: true })
    const whole = { columns: [...mapping.columns, { column: 'job', field: 'jobs.at', create: true }] }
    const job = (await upload(admin, text, whole)).body
    expect(job.report).toMatchObject({ created: 8, targets: 5, errorCount: 0 })
    expect((await records('company')).map(({ name }: { name: string }) => name)).not.toContain('New 0')
    const done = await admin.post(`/api/imports/${job.id}/commit`)
    expect(done.body).toMatchObject({ state: 'done', report: { created: 8, targets: 5 } })
    const companies = async () =>
      (await records('company')).filter(({ name }: { name: string }) => /^(New|Side) /.test(name))
    expect(
      (await companies()).map(({ name, people: of }: { name: string; people: number }) => [name, of]).sort(),
    ).toEqual([
      ['New 0', 4],
      ['New 1', 4],
      ['Side 0', 0],
      ['Side 1', 0],
      ['Side 2', 0],
    ])
    const undone = (await admin.post(`/api/imports/${job.id}/undo`)).body
    expect(undone).toMatchObject({ state: 'undone', report: { undo: { removed: 13, kept: 0 } } })
    expect(await companies()).toEqual([])
    expect(await people('mis-')).toEqual([])
  })

  it('makes no target without the right, none that the write line refuses, and none for a record that is refused itself', async () => {
    const clerk = await app.user(`clerk-${database.name}@example.com`, ['clerk'])
    const refused = await upload(clerk, 'name,email,company\nx,right-1,Unknown\n', mappingWith({ create: true }))
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([{ pointer: '/mapping/columns/2/create', code: 'target-not-creatable' }])
    const job = (
      await upload(
        admin,
        'name,email,company\nx,right-2,901\n,right-3,Lonely\n',
        mappingWith({ create: true, key: 'code' }),
      )
    ).body
    expect(job.report.errors).toMatchObject([
      { line: 2, column: 'company', code: 'target-not-created' },
      { line: 3, column: 'company' },
    ])
    const other = (await upload(admin, 'name,email,company\n,right-4,Lonely\n', mappingWith({ create: true }))).body
    expect(other.report).toMatchObject({ created: 0, targets: 1, errors: [{ line: 2, code: 'required' }] })
    expect((await admin.post(`/api/imports/${other.id}/commit`, { skip_invalid: true })).body.report).toMatchObject({
      created: 0,
      targets: 0,
    })
    expect((await records('company')).map(({ name }: { name: string }) => name)).not.toContain('Lonely')
  })

  it('tries a file in batches as if it were one: promised records are there, values are taken once, nothing is kept', async () => {
    const lines = [
      'leaf,dry-1,middle',
      'middle,dry-2,top',
      'a,dry-3,',
      'b,dry-4,',
      'c,dry-5,',
      'd,dry-6,',
      'late leaf,dry-7,middle',
      'twice,dry-3,',
      'top,dry-8,',
      'lost,dry-9,nobody',
    ]
    const job = (await upload(admin, `name,email,boss\n${lines.join('\n')}\n`)).body
    expect(job.report).toMatchObject({ records: 10, created: 8, errorCount: 2 })
    expect(job.report.errors.map(({ line, code }: { line: number; code: string }) => [line, code])).toEqual([
      [9, 'not-unique'],
      [11, 'link-not-found'],
    ])
    expect(await people('dry-')).toEqual([])
    const done = (await admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })).body
    expect(done.report).toMatchObject({ created: 8, errorCount: 2 })
    expect(
      (await people('dry-')).map(({ name, boss }: { name: string; boss: { title: string } | null }) => [
        name,
        boss?.title ?? null,
      ]),
    ).toEqual([
      ['leaf', 'middle'],
      ['middle', 'top'],
      ['a', null],
      ['b', null],
      ['c', null],
      ['d', null],
      ['late leaf', 'middle'],
      ['top', null],
    ])
  })

  it('brings the rows of one record together wherever they stand, and changes what is there by its key', async () => {
    for (const code of [81, 82, 83]) await admin.post('/api/forms/company/records', { name: `Firm ${code}`, code })
    await upload(admin, 'name,email\nOld,group-0\n').then(({ body }) => admin.post(`/api/imports/${body.id}/commit`))
    const rows = [
      'group-0,New,81',
      'group-1,One,81',
      'group-2,Two,82',
      'group-3,Three,83',
      'group-1,,82',
      'group-0,,83',
    ]
    const mapping = {
      columns: [
        { column: 'email', field: 'email' },
        { column: 'name', field: 'name' },
        { column: 'at', field: 'jobs.at', key: 'code' },
      ],
      group: 'email',
      match: 'email',
    }
    const job = (await upload(admin, `email,name,at\n${rows.join('\n')}\n`, mapping)).body
    expect(job.report).toMatchObject({ records: 4, created: 3, updated: 1, errorCount: 0 })
    await admin.post(`/api/imports/${job.id}/commit`)
    const found = await people('group-')
    expect(found.map(({ name, jobs }: { name: string; jobs: unknown[] }) => [name, jobs.length])).toEqual([
      ['New', 2],
      ['One', 2],
      ['Two', 1],
      ['Three', 1],
    ])
  })

  it('writes up to a thousand records together or not at all', async () => {
    const job = (await upload(admin, `${made('tog', 7)}\n,tog-bad\n`)).body
    const done = await admin.post(`/api/imports/${job.id}/commit`)
    expect(done.body).toMatchObject({ state: 'ready', report: { created: 0, errorCount: 1, stopped: 'refused' } })
    expect(await people('tog-')).toEqual([])
    expect((await admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })).body).toMatchObject({
      state: 'done',
      report: { created: 7, errorCount: 1 },
    })
  })

  it('is cancelled after the batch on its way; what is written stays, can be gone on with, and can be undone', async () => {
    const job = (await upload(admin, made('can', 10))).body
    const stop = gate(2)
    const committed = admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })
    await stop.held
    expect(await stateOf(job.id)).toMatchObject({ state: 'running', progress: { done: 2 * batchSize, total: 10 } })
    const cancelled = admin.post(`/api/imports/${job.id}/cancel`)
    await expect.poll(async () => (await stateOf(job.id)).asked).toBe('stop')
    stop.go()
    expect((await cancelled).body).toMatchObject({ state: 'stopped', report: { created: 6, stopped: 'asked' } })
    expect((await committed).body.state).toBe('stopped')
    expect(await people('can-')).toHaveLength(6)
    expect((await admin.post(`/api/imports/${job.id}/cancel`)).status).toBe(409)
    between = async () => undefined
    expect((await admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })).body).toMatchObject({
      state: 'done',
      report: { created: 10 },
    })
    expect((await people('can-')).map(({ email }: { email: string }) => email)).toEqual(
      Array.from({ length: 10 }, (_, index) => `can-00${index}`),
    )
    expect((await admin.post(`/api/imports/${job.id}/undo`)).body.report.undo).toMatchObject({ removed: 10 })
  })

  it('takes back at once what a cancelled import has written, where that is asked', async () => {
    const job = (await upload(admin, made('back', 10))).body
    const stop = gate(1)
    const committed = admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })
    await stop.held
    const cancelled = admin.post(`/api/imports/${job.id}/cancel`, { undo: true })
    await expect.poll(async () => (await stateOf(job.id)).asked).toBe('undo')
    stop.go()
    expect((await cancelled).body).toMatchObject({ state: 'undone', report: { undo: { removed: batchSize } } })
    await committed
    expect(await people('back-')).toEqual([])
  })

  it('goes on where a node has died, on another, each row once; the dead one that comes back writes nothing', async () => {
    const file = `${made('over', 11)}self,over-900\n`
    const job = (await upload(admin, file)).body
    const dead = gate(2)
    const committed = admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })
    await dead.held
    const other = new ImportRunner(app.workspace, runnerOptions)
    await other.look()
    await other.run(job.id)
    expect(await stateOf(job.id)).toMatchObject({ state: 'running', progress: { done: 2 * batchSize } })
    app.advance(leaseMs + 1_000)
    await other.look()
    await other.run(job.id)
    expect(await stateOf(job.id)).toMatchObject({ state: 'done', report: { created: 12, errorCount: 0 } })
    dead.go()
    expect((await committed).body).toMatchObject({ state: 'done' })
    const emails = (await people('over-')).map(({ email }: { email: string }) => email)
    expect(emails).toHaveLength(12)
    expect(new Set(emails).size).toBe(12)
    expect((await admin.post(`/api/imports/${job.id}/undo`)).body.report.undo).toMatchObject({ removed: 12, kept: 0 })
    expect(await people('over-')).toEqual([])
    await other.close()
  })

  it('gives what it works on to the next process when it closes', async () => {
    const closing: Promise<void>[] = []
    const first = new ImportRunner(app.workspace, {
      ...runnerOptions,
      between: async () => void closing.push(first.close()),
    })
    const job = (await upload(admin, made('next', 7))).body
    const hold = gate(1)
    const committed = admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })
    await hold.held
    app.advance(leaseMs + 1_000)
    await first.run(job.id)
    await Promise.all(closing)
    expect(await stateOf(job.id)).toMatchObject({ state: 'running', progress: { done: 2 * batchSize } })
    const second = new ImportRunner(app.workspace, runnerOptions)
    await second.look()
    await second.run(job.id)
    hold.go()
    await committed
    expect(await stateOf(job.id)).toMatchObject({ state: 'done', report: { created: 7 } })
    await second.close()
  })

  it('takes over a dry run and an undo, too', async () => {
    const other = new ImportRunner(app.workspace, runnerOptions)
    const takeOver = async (id: string) => {
      app.advance(leaseMs + 1_000)
      await other.look()
      await other.run(id)
    }
    const trying = gate(2)
    const uploaded = upload(admin, `${made('two', 8)}twice,two-001\n`)
    await trying.held
    const [found] = (await admin.get('/api/imports')).body.imports
    expect(found).toMatchObject({ state: 'checking', progress: { total: 9 } })
    await takeOver(found.id)
    trying.go()
    expect((await uploaded).body).toMatchObject({ id: found.id, state: 'ready', report: { created: 8, errorCount: 1 } })
    between = async () => undefined
    await admin.post(`/api/imports/${found.id}/commit`, { skip_invalid: true })
    const undoing = gate(1)
    const undone = admin.post(`/api/imports/${found.id}/undo`)
    await undoing.held
    expect(await people('two-')).toHaveLength(8 - batchSize)
    await takeOver(found.id)
    undoing.go()
    expect((await undone).body).toMatchObject({ state: 'undone', report: { undo: { removed: 8, kept: 0 } } })
    expect(await people('two-')).toEqual([])
    await other.close()
  })

  it('stops when its creator may no longer import, and tells only its creator of it', async () => {
    const login = `gone-${database.name}@example.com`
    const clerk = await app.user(login, ['clerk'])
    const job = (await upload(clerk, made('gone', 9))).body
    const hold = gate(1)
    const committed = clerk.post(`/api/imports/${job.id}/commit`, { skip_invalid: true })
    await hold.held
    expect((await admin.get('/api/imports')).body.imports.map(({ id }: { id: string }) => id)).not.toContain(job.id)
    expect((await clerk.get('/api/imports')).body.imports).toMatchObject([{ id: job.id, state: 'running' }])
    const { version } = (await admin.get(`/api/forms/user/records/${clerk.id}`)).body
    expect((await admin.patch(`/api/forms/user/records/${clerk.id}`, { roles: [] }, version)).status).toBe(200)
    hold.go()
    expect((await committed).body.state).toBe('stopped')
    expect((await clerk.get(`/api/imports/${job.id}`)).status).toBe(404)
    expect(await people('gone-')).toHaveLength(batchSize)
    const stored = await app.workspace.db.read((db) =>
      db.selectFrom('fl_import').select(['state', 'report']).where('id', '=', job.id).executeTakeFirst(),
    )
    expect(stored?.['state']).toBe('stopped')
    expect(JSON.parse(String(stored?.['report'])).failed).toBe('not-found')
  })

  it('lets go of a file that nobody imports for a week', async () => {
    const job = (await upload(admin, made('week', 2))).body
    const parts = async () =>
      (
        await app.workspace.db.read((db) =>
          db.selectFrom('fl_import_part').select('kind').where('import', '=', job.id).execute(),
        )
      ).length
    const runner = new ImportRunner(app.workspace, runnerOptions)
    app.advance(6 * 24 * 3_600_000)
    await runner.look()
    expect(await parts()).toBe(1)
    app.advance(2 * 24 * 3_600_000)
    await runner.look()
    expect(await parts()).toBe(0)
    await admin.signIn('ada@example.com')
    expect((await admin.post(`/api/imports/${job.id}/commit`)).status).toBe(409)
    await runner.close()
  })

  it('lets others in between the records of a batch', async () => {
    let turns = 0
    let over = false
    const count = () => {
      turns += 1
      if (!over) setImmediate(count)
    }
    const job = (await upload(admin, made('turn', 64))).body
    setImmediate(count)
    await admin.post(`/api/imports/${job.id}/commit`)
    over = true
    expect(turns).toBeGreaterThanOrEqual(64 / 8)
  })
})
