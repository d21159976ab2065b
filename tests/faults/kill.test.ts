/** A process killed at random loses no acknowledged write, leaves nothing half, and its sums and chains still verify. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt } from '#tests/support/broker.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { tradeForms } from '#tests/support/trade.ts'

const cycles = 20
const writers = 8
const seed = Number(process.env['FORMLOOM_SEED'] ?? Date.now() % 1_000_000)

interface Acknowledged {
  readonly id: string
  readonly reference: string
}

let folder = ''
let program: Program
const intents = new Set<string>()
const acknowledged: Acknowledged[] = []
const unanswered = new Map<string, string>()
let customers: string[] = []
let product = ''

beforeAll(async () => {
  console.info(`seed ${seed} (repeat with FORMLOOM_SEED=${seed})`)
  folder = await mkdtemp(join(tmpdir(), 'formloom-kill-'))
  program = await startProgram({ folder })
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: tradeForms })).status).toBe(200)
  const made = await Promise.all(
    ['A', 'B', 'C'].map((code) => admin.post('/api/forms/customer/records', { code, name: code })),
  )
  customers = made.map((answer) => answer.body.id)
  product = (
    await admin.post('/api/forms/product/records', { sku: 'P', name: 'P', list_price: '10.00', stock: '1000000' })
  ).body.id
}, 240_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

it(`keeps every acknowledged write over ${cycles} kills under ${writers} writers`, async () => {
  const random = randomFrom(seed)
  for (let cycle = 0; cycle < cycles; cycle++) {
    const stopped = { value: false }
    const working = Array.from({ length: writers }, (_, writer) => write({ cycle, writer, stopped }))
    await wait(50 + random() * 700)
    stopped.value = true
    await program.stop('SIGKILL')
    await Promise.all(working)
    program = await startProgram({ folder })
    await repeatUnanswered()
  }
  const admin = await signedIn()
  const stored = await allOrders(admin)
  const byReference = new Map(stored.map((order) => [order.reference, order]))
  expect(acknowledged.length).toBeGreaterThan(cycles)
  expect(acknowledged.filter(({ id, reference }) => byReference.get(reference)?.id !== id)).toEqual([])
  expect(stored.filter((order) => !intents.has(String(order.reference)))).toEqual([])
  expect(byReference.size).toBe(stored.length)
  expect(stored.filter((order) => order.lines.length !== 2 || order.total !== '30.00')).toEqual([])
  const numbers = stored.map((order) => Number(String(order.number).slice(3))).sort((a, b) => a - b)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  for (const customer of customers) {
    const own = stored.filter((order) => order.customer.id === customer)
    expect((await admin.get(`/api/forms/customer/records/${customer}`)).body).toMatchObject({
      order_count: own.length,
      order_sum: (own.length * 30).toFixed(2),
    })
  }
  await program.stop('SIGTERM')
  expect(await verify()).toMatchObject({ ok: true })
}, 300_000)

async function write(work: { cycle: number; writer: number; stopped: { value: boolean } }): Promise<void> {
  const client = await signedIn().catch(() => null)
  for (let count = 0; client && !work.stopped.value; count++) {
    const reference = `${work.cycle}-${work.writer}-${count}`
    const customer = customers[(work.writer + count) % customers.length] as string
    intents.add(reference)
    await send(client, reference, customer)
  }
}

async function send(client: Client, reference: string, customer: string): Promise<void> {
  unanswered.set(reference, customer)
  try {
    const body = {
      customer,
      reference,
      lines: [
        { product, quantity: '1' },
        { product, quantity: '2' },
      ],
    }
    const answer = await client.post('/api/forms/order/records', body, { 'idempotency-key': reference })
    if (answer.status === 201) acknowledged.push({ id: answer.body.id, reference })
    else throw new Error(`order refused: ${answer.status} ${JSON.stringify(answer.body)}`)
    unanswered.delete(reference)
  } catch (error) {
    if (!isCutOff(error)) throw error
  }
}

/** Each write whose answer was cut off is sent again with its key: it happens once. */
async function repeatUnanswered(): Promise<void> {
  const client = await signedIn()
  for (const [reference, customer] of [...unanswered]) await send(client, reference, customer)
}

function isCutOff(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && /terminated|other side closed|ECONN|fetch failed/.test(error.message))
  )
}

async function signedIn(): Promise<Client> {
  const client = new Client(program.address)
  const answer = await client.signIn()
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`)
  return client
}

// biome-ignore lint/suspicious/noExplicitAny: records of the trade forms
async function allOrders(client: Client): Promise<any[]> {
  const orders = []
  for (let cursor = ''; ; ) {
    const page = await client.get(`/api/forms/order/records?limit=500${cursor ? `&cursor=${cursor}` : ''}`)
    orders.push(...page.body.records)
    if (!page.body.next) return orders
    cursor = encodeURIComponent(page.body.next)
  }
}

async function verify(): Promise<unknown> {
  const dist = await ensureBuilt()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(dist, 'server', 'cli.mjs'), 'verify', '--json'],
    { env: { ...process.env, FORMLOOM_DATA: folder } },
  )
  return JSON.parse(stdout)
}

/** Mulberry32: the same seed, the same kills. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
