/** `formloom move-to-postgres`: a company that works meanwhile loses nothing, both sides are equal, and whatever cuts it off leaves the file in use. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Digests } from '#storage/copy/tables.ts'
import { formloom } from '#tests/support/command-line.ts'
import {
  enterPaper,
  keepWriting,
  type Ledger,
  openLedger,
  runFormloom,
  spawnFormloom,
  stateOf,
} from '#tests/support/copies.ts'
import { allRecords, pause, seeded, signedIn, verified } from '#tests/support/faults.ts'
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts'
import { isPostgresAvailable } from '#tests/support/postgres-server.ts'
import { type Program, startProgram } from '#tests/support/program.ts'

const described = isPostgresAvailable() ? describe : describe.skip

described(`a move to PostgreSQL${isPostgresAvailable() ? '' : ' (skipped: no PostgreSQL for this platform)'}`, () => {
  let folder = ''
  let program: Program
  let ledger: Ledger
  let paper = ''
  const databases: PostgresDatabase[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'formloom-move-'))
    program = await startProgram({ folder })
    ledger = await openLedger(program)
    paper = await enterPaper(ledger, 'with-paper', Buffer.from('signed'))
    const writing = keepWriting(ledger, 4, 'early')
    await pause(1_500)
    await writing.stop()
  }, 240_000)
  afterEach(async () => {
    for (const database of databases.splice(0)) await database.drop()
  })
  afterAll(async () => {
    await program?.stop('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  async function emptyDatabase(): Promise<string> {
    const database = await createPostgresDatabase()
    databases.push(database)
    return database.url
  }

  it('refuses a database that is not empty, and touches neither side', async () => {
    const url = await emptyDatabase()
    await query(url, 'create table people (name text)')
    const before = await stateOf({ url: null, folder })
    expect(await runFormloom({ FORMLOOM_DATA: folder }, 'move-to-postgres', url)).toMatchObject({
      code: 3,
      json: { error: { detail: expect.stringContaining('not empty') } },
    })
    expect(await query(url, `select tablename from pg_tables where schemaname = 'public'`)).toEqual([
      { tablename: 'people' },
    ])
    expect(await stateOf({ url: null, folder })).toEqual(before)
  })

  /** How long a move takes on this machine when nobody cuts it off: the quicker of two, each of a copy. */
  async function tookMs(): Promise<number> {
    const times: number[] = []
    for (let round = 0; round < 2; round += 1) {
      const copy = mkdtempSync(join(tmpdir(), 'formloom-move-'))
      cpSync(folder, copy, { recursive: true })
      const url = await emptyDatabase()
      const startMs = performance.now()
      const { ended } = await spawnFormloom({ FORMLOOM_DATA: copy }, 'move-to-postgres', url)
      expect(await ended).toBe(0)
      times.push(performance.now() - startMs)
      rmSync(copy, { recursive: true, force: true })
    }
    return Math.min(...times)
  }

  it('killed anywhere leaves the file in use and can be begun again', async () => {
    const url = await emptyDatabase()
    const random = seeded('move')
    const wholeMs = await tookMs()
    for (let round = 0; round < 5; round += 1) {
      const { child, ended } = await spawnFormloom({ FORMLOOM_DATA: folder }, 'move-to-postgres', url)
      await pause(wholeMs * (0.1 + random() * 0.5))
      child.kill('SIGKILL')
      if ((await ended) === 0) throw new Error('the move was faster than its killer')
      const written = await ledger.admin.post('/api/forms/account/records', { code: `round-${round}` })
      expect(written.status).toBe(201)
    }
  })

  it('answers reads, refuses writes while it lasts, and takes every acknowledged write along', async () => {
    const url = await emptyDatabase()
    const writing = keepWriting(ledger, 6, 'late')
    await pause(300)
    const moving = runFormloom({ FORMLOOM_DATA: folder }, 'move-to-postgres', url)
    const reads: number[] = []
    let going = true
    const reading = (async () => {
      while (going) {
        reads.push((await ledger.admin.get('/api/forms/account/records')).status)
        await pause(25)
      }
    })()
    const moved = await moving
    going = false
    await reading
    const refusedAfter = await ledger.admin.post('/api/forms/account/records', { code: 'too-late' })
    await writing.stop()
    expect(moved).toMatchObject({ code: 0, json: { resumed: false } })
    expect(moved.json.database).not.toContain(new URL(url).password || 'no password')
    expect(new Set(reads)).toEqual(new Set([200]))
    expect(new Set(writing.refused)).toEqual(new Set([503]))
    expect(refusedAfter).toMatchObject({ status: 503 })
    expect(withoutIndexes(await stateOf({ url, folder }))).toEqual(withoutIndexes(await stateOf({ url: null, folder })))
    await program.stop()
    expect(await formloom({ FORMLOOM_DATA: folder }, 'verify')).toMatchObject({
      code: 1,
      error: expect.stringContaining('DATABASE_URL'),
    })
    expect(await formloom({ FORMLOOM_DATA: folder }, 'move-to-postgres', url)).toMatchObject({ code: 3 })
    reopen(folder)
    expect(await runFormloom({ FORMLOOM_DATA: folder }, 'move-to-postgres', url)).toMatchObject({
      code: 0,
      json: { resumed: true },
    })
    const served = await startProgram({ folder, url })
    const admin = await signedIn(served.address)
    const found = new Set((await allRecords(admin, 'entry')).map((entry) => entry.reference))
    const binned = new Set((await query(url, 'select reference from r_entry')).map((row) => row['reference']))
    expect(writing.entered.length).toBeGreaterThan(6)
    expect(writing.entered.filter(({ reference }) => !found.has(reference) && !binned.has(reference))).toEqual([])
    const file = await fetch(`${served.address}/api/files/${paper}`, { headers: { cookie: admin.cookie } })
    expect(await file.text()).toBe('signed')
    const next = await admin.post('/api/forms/entry/records', {
      reference: 'first-on-postgres',
      lines: [
        { account: ledger.accounts[0], amount: '-1.00' },
        { account: ledger.accounts[1], amount: '1.00' },
      ],
    })
    expect(next).toMatchObject({ status: 201 })
    await served.stop()
    expect(await verified(folder, url)).toMatchObject({ ok: true })
  })
})

/** The file as it is when a move was cut off between the commit of the copy and its own. */
function reopen(folder: string): void {
  const db = new BetterSqlite(join(folder, 'formloom.sqlite'))
  const names = db
    .prepare(`select name from sqlite_master where type = 'trigger' and name like 'closed_%'`)
    .pluck()
    .all()
  for (const name of names) db.exec(`drop trigger "${name}"`)
  expect(db.prepare(`delete from fl_meta where key = 'closed'`).run().changes).toBe(1)
  db.close()
}

/** How uniqueness is kept may differ from database to database; that it is kept is in the schema. */
function withoutIndexes(state: Digests): Digests {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'fl_unique'))
}

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
