/** Clients that drip, never read, or ask too much: others are served, memory stays bounded, and afterwards all is as before. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { eventually, isFull, pause } from '#tests/support/faults.ts'
import { ledgerForms } from '#tests/support/ledger.ts'
import { type Answer, Client, type Program, startProgram } from '#tests/support/program.ts'

const dripping = 300
const dripEveryMs = 500
const listeners = 100
const listenersEach = 10
const changesAtOnce = isFull ? 1_000 : 300
const changeRounds = isFull ? 10 : 2
const mostGrowthBytes = 200 * 1024 * 1024
const requestsAtOnce = 1_500
const perWave = 150
const overloadRounds = 1
const recoveredWithinMs = 5_000
const cutWithinMs = 150_000

let folder = ''
let program: Program
let admin: Client
const sockets: Socket[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-slow-'))
  program = await startProgram({ folder, env: { FORMLOOM_RATE: '0' } })
  admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  expect((await admin.post('/api/forms/account/records', { code: 'A' })).status).toBe(201)
}, 120_000)

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

it(`serves others while ${dripping} sockets send their requests byte by byte`, async () => {
  const usual = await typicalMs()
  const before = residentBytes()
  const open = await Promise.all(Array.from({ length: dripping }, () => openSocket()))
  for (const socket of open) socket.write(`POST /api/forms/account/records HTTP/1.1\r\nhost: localhost\r\nx-slow: `)
  const drip = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('a')
  }, dripEveryMs)
  await pause(2 * dripEveryMs)
  const meanwhile = await typicalMs()
  clearInterval(drip)
  console.info(
    `slow-clients: ${usual.toFixed(1)} ms alone, ${meanwhile.toFixed(1)} ms beside ${dripping} dripping sockets`,
  )
  expect(residentBytes() - before).toBeLessThan(mostGrowthBytes)
  expect(meanwhile).toBeLessThan(2 * usual + 50)
})

it.runIf(isFull)('cuts off who has not sent a request after two minutes (only in the long form)', async () => {
  const open = await Promise.all(Array.from({ length: 20 }, () => openSocket()))
  for (const socket of open) socket.write(`POST /api/forms/account/records HTTP/1.1\r\nhost: localhost\r\nx-slow: `)
  const drip = setInterval(() => {
    for (const socket of open) if (socket.writable) socket.write('a')
  }, dripEveryMs)
  await eventually(async () => open.every((socket) => socket.destroyed || socket.readableEnded), cutWithinMs)
  clearInterval(drip)
})

it(`holds little for ${listeners} listeners that never read; when they do they hear the last change, or that they must look again`, async () => {
  const streams = await openStreams()
  const before = residentBytes()
  const ids = await createMany()
  for (let round = 1; round < changeRounds; round++) await changeMany(ids, round)
  const grown = residentBytes() - before
  console.info(`slow-clients: ${Math.round(grown / 1024 / 1024)} MiB more for ${listeners} silent listeners`)
  expect(grown).toBeLessThan(mostGrowthBytes)
  expect((await admin.get('/api/forms/account/records?limit=50')).status).toBe(200)
  const last = `"id":"${ids.at(-1)}","version":${changeRounds}`
  const told = await Promise.all(streams.slice(0, listenersEach).map((stream) => readUntil(stream, last)))
  expect(told).toEqual(told.map(() => true))
}, 120_000)

it('refuses what is too much with 429 or 503 and a Retry-After, keeps its queues bounded, and recovers', async () => {
  const answers: Answer[] = []
  const waiting: number[] = []
  const watching = { on: true }
  const watched = watchQueue(watching, waiting)
  for (let round = 0; round < overloadRounds; round++) answers.push(...(await whileBusy(() => createTooMany(round))))
  watching.on = false
  await watched
  const statuses = new Map<number, number>()
  for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  console.info(
    `slow-clients: overload answered ${JSON.stringify([...statuses])}, most writes waiting ${Math.max(...waiting)}`,
  )
  const refused = answers.filter(({ status }) => status !== 201)
  expect(refused.length).toBeGreaterThan(0)
  expect(refused.filter(({ status }) => ![429, 503].includes(status))).toEqual([])
  expect(refused.filter(({ headers }) => !(Number(headers.get('retry-after')) >= 1))).toEqual([])
  expect(Math.max(...waiting)).toBeLessThanOrEqual(requestsAtOnce)
  await eventually(async () => (await createOne(overloadRounds, 0)).status === 201, recoveredWithinMs)
  const kept = await admin.get(`/api/forms/account/records?count=exact&limit=1&filter=${filterOf('O-')}`)
  expect(kept.body.count).toBe(answers.length - refused.length + 1)
})

it('slows one caller who asks too fast, and nobody else', async () => {
  const other = await startProgram({ folder: join(folder, 'limited'), env: { FORMLOOM_RATE: '5' } })
  try {
    const fast = new Client(other.address)
    expect((await fast.setup(other.setupCode)).status).toBe(201)
    const answers = await Promise.all(Array.from({ length: 400 }, () => fast.get('/api/session')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(100)
    expect(refused.filter(({ headers }) => !(Number(headers.get('retry-after')) >= 1))).toEqual([])
    expect((await new Client(other.address).get('/livez')).status).toBe(200)
    await pause(1_000)
    expect((await fast.get('/api/session')).status).toBe(200)
  } finally {
    await other.stop('SIGKILL')
  }
})

function filterOf(prefix: string): string {
  return encodeURIComponent(JSON.stringify({ starts_with: [{ var: 'code' }, prefix] }))
}

/** The median of some reads, one after the other. */
async function typicalMs(): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < 50; count++) {
    const beginMs = performance.now()
    expect((await admin.get('/api/forms/account/records')).status).toBe(200)
    times.push(performance.now() - beginMs)
  }
  return times.sort((one, other) => one - other)[25] ?? 0
}

function residentBytes(): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

async function openSocket(): Promise<Socket> {
  const socket = connect(Number(new URL(program.address).port), 'localhost')
  sockets.push(socket)
  socket.on('error', () => socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

/** Each of some people opens as many as one person may; none reads. */
async function openStreams(): Promise<readonly Socket[]> {
  const people = await Promise.all(Array.from({ length: listeners / listenersEach }, (_, number) => person(number)))
  const streams = await Promise.all(
    people.flatMap(({ cookie }) =>
      Array.from({ length: listenersEach }, async () => {
        const socket = await openSocket()
        socket.pause()
        socket.write(`GET /api/events HTTP/1.1\r\nhost: ${new URL(program.address).host}\r\ncookie: ${cookie}\r\n\r\n`)
        return socket
      }),
    ),
  )
  await eventually(
    async () => (await admin.get('/metrics')).body.includes(`formloom_streams_open ${listeners}`),
    10_000,
  )
  return streams
}

async function person(number: number): Promise<Client> {
  const [login, password] = [`p${number}@example.com`, 'a long enough password']
  const made = await admin.post('/api/admin/users', { login, name: login, password, locale: 'en', roles: ['admin'] })
  expect(made.status).toBe(201)
  const client = new Client(program.address)
  expect((await client.signIn(login, password)).status).toBe(200)
  return client
}

async function createMany(): Promise<readonly string[]> {
  const operations = Array.from({ length: changesAtOnce }, (_, number) => ({
    verb: 'create',
    values: { code: `S-${number}` },
  }))
  const answer = await admin.post('/api/forms/account/records/bulk', { operations })
  expect(answer.body.failed).toBe(0)
  return answer.body.results.map(({ id }: { id: string }) => id)
}

async function changeMany(ids: readonly string[], round: number): Promise<void> {
  const operations = ids.map((id) => ({ verb: 'update', id, version: round, values: { note: round } }))
  const answer = await admin.post('/api/forms/account/records/bulk', { operations })
  expect(answer.body.failed).toBe(0)
}

/** true as soon as the stream says it, or `resync`; false when it ends before. */
function readUntil(socket: Socket, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    let read = ''
    socket.on('data', (chunk: Buffer) => {
      read = (read + chunk.toString('latin1')).slice(-100_000)
      if (read.includes(text) || read.includes('event: resync')) resolve(true)
    })
    socket.once('close', () => resolve(false))
    socket.resume()
  })
}

/** Nothing can be written until the first request is refused: so more arrives than goes, however fast the machine is. */
async function whileBusy(ask: () => Promise<readonly Answer[]>): Promise<readonly Answer[]> {
  const outside = new BetterSqlite(join(folder, 'formloom.sqlite'))
  outside.exec('begin immediate')
  const asked = ask()
  const isRefusing = async () => /formloom_requests_total\{[^}]*status="503"/.test((await admin.get('/metrics')).body)
  await eventually(isRefusing, 20_000)
  outside.exec('rollback')
  outside.close()
  return asked
}

/** All in flight at once; they connect in waves, for the queue of the kernel is not what is tried. */
async function createTooMany(round: number): Promise<readonly Answer[]> {
  const asked: Promise<Answer>[] = []
  for (let number = 0; number < requestsAtOnce; number++) {
    asked.push(createOne(round, number))
    if (number % perWave === 0) await pause(20)
  }
  return Promise.all(asked)
}

function createOne(round: number, number: number): Promise<Answer> {
  return admin.post('/api/forms/account/records', { code: `O-${round}-${number}` })
}

async function watchQueue(state: { readonly on: boolean }, waiting: number[]): Promise<void> {
  while (state.on) {
    const { body } = await admin.get('/metrics')
    waiting.push(Number(/^formloom_writes_waiting (\d+)$/m.exec(String(body))?.[1] ?? 0))
    await pause(10)
  }
}
