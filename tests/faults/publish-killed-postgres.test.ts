/** The same on PostgreSQL, where statements of one publication are many: one database, and deaths that come later and later in it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCutOff, isFull, seeded, verified } from '#tests/support/faults.ts'
import { ledgerForms, nextLedgerForms } from '#tests/support/ledger.ts'
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts'
import { isPostgresAvailable } from '#tests/support/postgres-server.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const deathsWanted = isFull ? 30 : 3
/** Beyond those of a dry run: the revision itself, and its commit. */
const stride = 6

const title = isPostgresAvailable()
  ? 'a publication on PostgreSQL'
  : 'a publication on PostgreSQL (not run: no PostgreSQL for this platform)'

interface Found {
  readonly before: number
  readonly status: number | null
  readonly revision: string
  readonly fields: readonly string[]
  readonly columns: readonly string[]
}

describe.skipIf(!isPostgresAvailable())(title, () => {
  let folder = ''
  let database: PostgresDatabase
  let program: Program
  let cookie = ''
  const found: Found[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formloom-publish-'))
    database = await createPostgresDatabase()
    program = await open()
    const admin = new Client(program.address)
    expect((await admin.setup(program.setupCode)).status).toBe(201)
    expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
    cookie = admin.cookie
    const rehearsed = await countRehearsed(admin)
    const random = seeded('publish-killed-postgres')
    const chosen = Array.from({ length: deathsWanted }, () => 1 + Math.floor(random() * rehearsed))
    for (const before of chosen.sort((one, other) => one - other)) await dieBefore(before)
    for (let before = rehearsed; found.at(-1)?.revision === '1'; before += stride) await dieBefore(before)
  }, 1_800_000)

  afterAll(async () => {
    await program?.stop('SIGKILL')
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  function open(): Promise<Program> {
    return startProgram({ folder, url: database.url, faults: true })
  }

  async function countRehearsed(admin: Client): Promise<number> {
    await program.inject({ killAt: Number.MAX_SAFE_INTEGER })
    const answer = await admin.post('/api/definitions', { definitions: nextLedgerForms, dry_run: true })
    expect(answer.status).toBe(200)
    return ((await program.inject({ count: true })) as { statements: number }).statements
  }

  async function dieBefore(before: number): Promise<void> {
    await program.inject({ killAt: before })
    const status = await publish()
    await program.stop('SIGKILL')
    program = await open()
    const form = await new Client(program.address, cookie).get('/api/forms/entry')
    found.push({
      before,
      status,
      revision: form.headers.get('x-formloom-revision') ?? 'none',
      fields: form.body.fields.map((field: { name: string }) => field.name),
      columns: await columns(),
    })
  }

  async function publish(): Promise<number | null> {
    try {
      return (await new Client(program.address, cookie).post('/api/definitions', { definitions: nextLedgerForms }))
        .status
    } catch (error) {
      if (isCutOff(error)) return null
      throw error
    }
  }

  async function columns(): Promise<readonly string[]> {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query(
      "select column_name from information_schema.columns where table_name = 'r_entry'",
    )
    await client.end()
    return rows.map((row) => row.column_name)
  }

  it('dies before its commit, and in the end comes through', () => {
    console.info(`publish-killed-postgres: died before the statements ${found.map(({ before }) => before).join(', ')}`)
    expect(found.filter(({ status }) => status === null).length).toBeGreaterThanOrEqual(deathsWanted)
    expect(found.at(-1)?.revision).toBe('2')
  })

  it('leaves nothing half: definitions and columns are of one revision', () => {
    const isWhole = ({ revision, fields, columns: stored }: Found) => {
      const isNext = revision === '2'
      return ['1', '2'].includes(revision) && fields.includes('tag') === isNext && stored.includes('tag') === isNext
    }
    expect(found.filter((each) => !isWhole(each))).toEqual([])
  })

  it('keeps the revision that it has answered with, and is whole', async () => {
    expect(found.filter(({ status, revision }) => status === 200 && revision !== '2')).toEqual([])
    await program.stop()
    expect(await verified(folder, database.url)).toMatchObject({ ok: true })
  })
})
