/** SIGTERM under load, again and again: what was accepted is answered in full, what was not has no effect, and the file is left checkpointed. */
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isCutOff, isFull, pause, seeded, signedIn, unsound, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const rounds = isFull ? 20 : 4
const clients = 12
const stoppedWithinMs = 10_000

let folder = ''
let program: Program
let ids: readonly string[] = []
let count = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-stop-'))
  program = await startProgram({ folder })
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
  ids = made.map(({ body }) => body.id)
  await program.stop()
}, 120_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

interface Sent {
  readonly reference: string
  /** null: the connection ended without an answer, or was not taken any more. */
  readonly status: number | null
}

it(`stops in order ${rounds} times`, async () => {
  const random = seeded('stop')
  const sent: Sent[] = []
  for (let round = 0; round < rounds; round++) {
    program = await startProgram({ folder })
    const client = await signedIn(program.address)
    const state = { open: true }
    const working = Array.from({ length: clients }, (_, number) => work(client, number, { state, sent }))
    await pause(100 + random() * 400)
    const beginMs = performance.now()
    const code = await program.stop('SIGTERM')
    const tookMs = performance.now() - beginMs
    state.open = false
    await Promise.all(working)
    expect([round, code]).toEqual([round, 0])
    expect(tookMs).toBeLessThan(stoppedWithinMs)
    expect(walBytes()).toBe(0)
  }
  const stored = references()
  const answered = sent.filter(({ status }) => status === 201).map(({ reference }) => reference)
  const unanswered = sent.filter(({ status }) => status === null).map(({ reference }) => reference)
  const others = new Set(sent.flatMap(({ status }) => (status === null || status === 201 ? [] : status)))
  console.info(
    `stop: ${answered.length} answered, ${unanswered.length} not taken any more, refused with ${[...others]}`,
  )
  expect(answered.length).toBeGreaterThan(rounds)
  expect(answered.filter((reference) => !stored.has(reference))).toEqual([])
  expect(unanswered.filter((reference) => stored.has(reference))).toEqual([])
  expect([...others].filter((status) => status !== 503)).toEqual([])
  expect(stored.size).toBe(answered.length)
}, 200_000)

it('leaves a sound file whose changes explain it', async () => {
  expect(unsound(join(folder, 'formloom.sqlite'))).toEqual([])
  expect(await verified(folder)).toMatchObject({ ok: true })
})

it('waits no longer than ten seconds for a client that never finishes its request', async () => {
  program = await startProgram({ folder })
  const { cookie } = await signedIn(program.address)
  const half = await openHalf(program, cookie)
  const beginMs = performance.now()
  expect(await program.stop('SIGTERM')).toBe(0)
  expect(performance.now() - beginMs).toBeLessThan(stoppedWithinMs)
  half.destroy()
  expect(walBytes()).toBe(0)
})

it('ends streams of live events at once', async () => {
  program = await startProgram({ folder })
  const { cookie } = await signedIn(program.address)
  const stream = await fetch(`${program.address}/api/events`, { headers: { cookie } })
  expect(stream.status).toBe(200)
  const read = stream.text()
  expect(await program.stop('SIGTERM')).toBe(0)
  expect(await read).toMatch(/^retry: /)
})

/** An answer that breaks off in its middle is an error of the test: `text()` of the client rejects after the head has come. */
async function work(
  client: Client,
  number: number,
  { state, sent }: { state: { readonly open: boolean }; sent: Sent[] },
): Promise<void> {
  while (state.open) {
    const reference = `s${++count}`
    const [from = '', to = ''] = number % 2 === 0 ? ids : [...ids].reverse()
    const answer = await client
      .post('/api/forms/entry/records', entryOf(reference, { from, to, amount: 1 }))
      .catch(withoutAnswer)
    sent.push({ reference, status: answer?.status ?? null })
    if (answer === null) return
  }
}

function withoutAnswer(error: unknown): null {
  if (isCutOff(error) && !(error instanceof Error && error.message === 'terminated')) return null
  throw error
}

/** A head that promises more than comes. */
async function openHalf({ address }: Program, cookie: string): Promise<Socket> {
  const { port, host } = new URL(address)
  const socket = connect(Number(port), 'localhost')
  await new Promise((resolve) => socket.once('connect', resolve))
  const head = `POST /api/forms/entry/records HTTP/1.1\r\nhost: ${host}\r\norigin: ${address}\r\ncookie: ${cookie}\r\n`
  socket.write(`${head}content-type: application/json\r\ncontent-length: 500\r\n\r\n{"reference":`)
  socket.on('error', () => socket.destroy())
  await pause(200)
  return socket
}

function walBytes(): number {
  const path = join(folder, 'formloom.sqlite-wal')
  return existsSync(path) ? statSync(path).size : 0
}

function references(): ReadonlySet<string> {
  const db = new BetterSqlite(join(folder, 'formloom.sqlite'), { readonly: true })
  const rows = db.prepare('select reference from r_entry').pluck().all() as string[]
  db.close()
  return new Set(rows)
}
