/** Another process holds the write lock of the file, for ten seconds in the long form: writes are refused in time, everything else goes on, then writes do too. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFull, pause } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { type Answer, Client, type Program, startProgram } from '#tests/support/program.ts'

const lockedMs = isFull ? 10_000 : 6_000
const writersAtOnce = 40
/** Patience of the server, and as much again for a busy machine. */
const refusedWithinMs = 5_000
/** Beyond what the same machine needs under the same load without a lock. */
const typicalWithinMs = 100
const unlockedMs = 1_500

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
const before: Timed[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-locked-'))
  program = await startProgram({ folder, faults: true })
  admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
  ids = made.map(({ body }) => body.id)
  await work(unlockedMs, { noted: [], seen: [], alive: before })
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
  await work(lockedMs, { noted: writes, seen: reads, alive: lives })
  outside.exec('rollback')
  outside.close()
}

async function work(ms: number, into: { noted: Timed[]; seen: Timed[]; alive: Timed[] }): Promise<void> {
  const state = { on: true }
  const working = [
    ...Array.from({ length: writersAtOnce }, () => repeat(state, into.noted, writeEntry)),
    repeat(state, into.seen, () => admin.get('/api/forms/account/records')),
    repeat(state, into.alive, () => new Client(program.address).get('/livez')),
  ]
  await pause(ms)
  state.on = false
  await Promise.all(working)
}

async function repeat(state: { readonly on: boolean }, noted: Timed[], ask: () => Promise<Answer>): Promise<void> {
  while (state.on) {
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

it('answers /livez as usual, within 100 ms more at most, in 99 of 100 cases', () => {
  console.info(
    `locked: /livez p99 ${Math.round(p99(lives))} ms of ${lives.length}, unlocked ${Math.round(p99(before))} ms`,
  )
  expect(p99(lives)).toBeLessThan(typicalWithinMs + p99(before))
})

it('writes again as soon as the lock is gone', async () => {
  const answer = await writeEntry()
  expect([answer.status, answer.body.number]).toEqual([201, expect.stringMatching(/^JE-\d+$/)])
})

function p99(timed: readonly Timed[]): number {
  const sorted = timed.map(({ ms }) => ms).sort((one, other) => one - other)
  return sorted[Math.floor(sorted.length * 0.99)] ?? 0
}
