/** Another process holds the write lock of the file for ten seconds: writes are refused in time, everything else goes on, then writes do too. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { pause } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { type Answer, Client, type Program, startProgram } from '#tests/support/program.ts'

const lockedMs = 10_000
const writersAtOnce = 40
/** Patience of the server, and as much again for a busy machine. */
const refusedWithinMs = 5_000
const typicalWithinMs = 100

interface Timed {
  readonly ms: number
  readonly status: number
  readonly retryAfter: number
}

let folder = ''
let program: Program
let admin: Client
let ids: readonly string[] = []
let count = 0
const writes: Timed[] = []
const reads: Timed[] = []
const lives: Timed[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-locked-'))
  program = await startProgram({ folder, faults: true })
  admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
  ids = made.map(({ body }) => body.id)
  await workWhileLocked()
}, 120_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** The session of the readers is due to be noted all the while. */
async function workWhileLocked(): Promise<void> {
  const outside = new BetterSqlite(join(folder, 'formloom.sqlite'))
  outside.exec('begin immediate')
  await program.inject({ clockMs: 11 * 60_000 })
  const state = { locked: true }
  const working = [
    ...Array.from({ length: writersAtOnce }, () => repeat(state, writes, writeEntry)),
    repeat(state, reads, () => admin.get('/api/forms/account/records')),
    repeat(state, lives, () => new Client(program.address).get('/livez')),
  ]
  await pause(lockedMs)
  state.locked = false
  await Promise.all(working)
  outside.exec('rollback')
  outside.close()
}

async function repeat(state: { readonly locked: boolean }, noted: Timed[], ask: () => Promise<Answer>): Promise<void> {
  while (state.locked) {
    const beginMs = performance.now()
    const { status, headers } = await ask()
    noted.push({ ms: performance.now() - beginMs, status, retryAfter: Number(headers.get('retry-after')) })
    await pause(10)
  }
}

function writeEntry(): Promise<Answer> {
  const [from = '', to = ''] = count % 2 === 0 ? ids : [...ids].reverse()
  return admin.post('/api/forms/entry/records', entryOf(`r${++count}`, { from, to, amount: 1 }))
}

it('refuses every write with 503 and a Retry-After of at most two seconds', () => {
  expect(writes.length).toBeGreaterThanOrEqual(writersAtOnce)
  expect(writes.filter(({ status, retryAfter }) => status !== 503 || !(retryAfter >= 1 && retryAfter <= 2))).toEqual([])
})

it('lets none of them wait for the lock, however many there are', () => {
  expect(writes.filter(({ ms }) => ms > refusedWithinMs)).toEqual([])
})

it('goes on reading, and says that it lives', () => {
  expect([...reads, ...lives].filter(({ status }) => status !== 200)).toEqual([])
  expect(lives.length).toBeGreaterThan(50)
})

it('answers /livez within 100 ms in 99 of 100 cases', () => {
  const sorted = lives.map(({ ms }) => ms).sort((a, b) => a - b)
  console.info(`locked: /livez p99 ${Math.round(sorted[Math.floor(sorted.length * 0.99)] ?? 0)} ms of ${sorted.length}`)
  expect(sorted[Math.floor(sorted.length * 0.99)]).toBeLessThan(typicalWithinMs)
})

it('writes again as soon as the lock is gone', async () => {
  const answer = await writeEntry()
  expect([answer.status, answer.body.number]).toEqual([201, 'JE-0001'])
})
