/** PostgreSQL that is restarted without a word and loses its backends under writers: nothing promised is lost, nothing happens twice, the pool comes back. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allRecords, eventually, isCutOff, isFull, pause, seeded, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { canStartPostgres, type OwnPostgresServer, startOwnPostgres } from '#tests/support/postgres-server.ts'
import { type Answer, Client, type Program, startProgram } from '#tests/support/program.ts'

const faults = isFull ? 12 : 4
const writers = 8
const backWithinMs = 3_000
const mostTries = 2_000

const canRun = canStartPostgres()
const title = canRun ? 'PostgreSQL that goes away' : 'PostgreSQL that goes away (not run: none for this platform)'

describe.skipIf(!canRun)(title, () => {
  let folder = ''
  let server: OwnPostgresServer
  let program: Program
  let admin: Client
  let ids: readonly string[] = []
  const answers = new Map<string, Answer>()
  const tries: number[] = []
  const strange: unknown[] = []
  const backMs: number[] = []
  // biome-ignore lint/suspicious/noExplicitAny: records of the ledger
  let entries: any[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formloom-away-'))
    server = await startOwnPostgres()
    program = await startProgram({ folder, url: server.url })
    admin = new Client(program.address)
    expect((await admin.setup(program.setupCode)).status).toBe(201)
    expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
    const made = await Promise.all(['A', 'B', 'C'].map((code) => admin.post('/api/forms/account/records', { code })))
    ids = made.map(({ body }) => body.id)
    await run(seeded('postgres-restarts'))
    entries = await allRecords(admin, 'entry')
  }, 240_000)

  afterAll(async () => {
    await program?.stop('SIGKILL')
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function run(random: () => number): Promise<void> {
    const state = { on: true }
    const working = Array.from({ length: writers }, (_, number) => write(number, state))
    for (let fault = 0; fault < faults; fault++) {
      await pause(200 + random() * 600)
      if (fault % 2 === 0) await server.restart()
      else await endBackends()
      backMs.push(await timeUntilBack())
    }
    state.on = false
    await Promise.all(working)
  }

  /** Each entry is sent with its key until it is answered with something else than "not now". */
  async function write(number: number, state: { readonly on: boolean }): Promise<void> {
    for (let count = 0; state.on; count++) {
      const reference = `${number}-${count}`
      const [from = '', to = ''] = [ids[(number + count) % 3], ids[(number + count + 1) % 3]]
      const body = entryOf(reference, { from, to, amount: 1 })
      for (let attempt = 1; !answers.has(reference) && attempt <= mostTries; attempt++) {
        const answer = await admin
          .post('/api/forms/entry/records', body, { 'idempotency-key': reference })
          .catch((error: unknown) => {
            if (!isCutOff(error)) throw error
            return null
          })
        tries.push(attempt)
        if (answer?.status === 201) answers.set(reference, answer)
        else if (answer && ![503, 409].includes(answer.status)) strange.push([reference, answer.status, answer.body])
        if (answer?.status !== 201) await pause(50)
      }
    }
  }

  async function endBackends(): Promise<void> {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'formloom'")
    await client.end()
  }

  async function timeUntilBack(): Promise<number> {
    const beginMs = performance.now()
    await eventually(async () => (await admin.get('/api/forms/account/records')).status === 200, 30_000)
    return performance.now() - beginMs
  }

  it('answers 503 while it is away, and nothing worse', () => {
    console.info(`postgres-restarts: ${answers.size} entries in ${tries.length} tries`)
    expect(strange).toEqual([])
    expect(answers.size).toBeGreaterThan(faults)
    expect(tries.length).toBeGreaterThan(answers.size)
  })

  it('keeps every promise, and does once what was sent again and again', () => {
    const stored = new Map(entries.map((entry) => [entry.reference, entry.id]))
    expect([...answers].filter(([reference, { body }]) => stored.get(reference) !== body.id)).toEqual([])
    expect(stored.size).toBe(entries.length)
    expect(entries.length).toBe(answers.size)
  })

  it('has numbers without gaps, and books that balance', async () => {
    const numbers = entries.map((entry) => Number(entry.number.slice(3))).sort((one, other) => one - other)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    const accounts = await allRecords(admin, 'account')
    expect(accounts.reduce((sum, account) => sum + Number(account.balance ?? 0), 0)).toBe(0)
  })

  it('is back within three seconds each time', () => {
    console.info(`postgres-restarts: back after ${backMs.map(Math.round).join(', ')} ms`)
    expect(backMs.filter((ms) => ms > backWithinMs)).toEqual([])
  })

  it('is whole', async () => {
    expect(await program.stop()).toBe(0)
    expect(await verified(folder, server.url)).toMatchObject({ ok: true })
  })
})
