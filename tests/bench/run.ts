/**
 * `npm run bench`: our server against the same job written by hand, in one run, in turns; a table and JSON.
 * Correctness is checked before anything is timed. Ratios are ours ÷ by hand: above 1 we are faster.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, drive, type Measured, send } from './load.ts'
import { sizes } from './trade.ts'

interface Side {
  readonly name: string
  readonly address: string
  readonly child: ChildProcess
  readonly headers: Readonly<Record<string, string>>
  readonly orders: readonly string[]
  readonly customer: string
}

interface Job {
  readonly name: string
  readonly expected: number
  readonly calls: number
  ours(side: Side, index: number): Call
  byHand(side: Side, index: number): Call
}

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5)
const folder = await mkdtemp(join(tmpdir(), 'formloom-bench-'))
const serial = { ours: 0, byHand: 0 }
const at = <T>(list: readonly T[], index: number) => list[index % list.length] as T
const newOrder = (customer: string, number: string) => ({
  number,
  customer,
  order_date: '2026-11-22',
  status: 'draft',
  quantity: 3,
  price: '12.50',
  note: 'bench',
})

const jobs: readonly Job[] = [
  {
    name: 'get',
    expected: 200,
    calls: 3000,
    ours: (side, index) => call(side, 'GET', `/api/forms/order/records/${at(side.orders, index)}`),
    byHand: (side, index) => call(side, 'GET', `/orders/${at(side.orders, index)}`),
  },
  {
    name: 'list of 50, customer expanded',
    expected: 200,
    calls: 600,
    ours: (side) => call(side, 'GET', '/api/forms/order/records?sort=-order_date&limit=50&expand=customer'),
    byHand: (side) => call(side, 'GET', '/orders'),
  },
  {
    name: 'create',
    expected: 201,
    calls: 1500,
    ours: (side) => call(side, 'POST', '/api/forms/order/records', newOrder(side.customer, `B-${serial.ours++}`)),
    byHand: (side) => call(side, 'POST', '/orders', newOrder(side.customer, `B-${serial.byHand++}`)),
  },
  {
    name: 'aggregate',
    expected: 200,
    calls: 200,
    ours: (side) =>
      call(
        side,
        'GET',
        `/api/forms/order/aggregate?group=${encodeURIComponent('["status"]')}&measures=${encodeURIComponent('[{"op":"sum","field":"total"}]')}`,
      ),
    byHand: (side) => call(side, 'GET', '/sums'),
  },
]

try {
  await main()
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function main(): Promise<void> {
  say(`filling ${sizes.customers} customers and ${sizes.orders} orders on each side`)
  const byHand = await openByHand()
  await mkdir(join(folder, 'ours'))
  const ours = await openOurs()
  try {
    await agree(ours, byHand)
    const results = []
    for (const connections of [1, 32])
      for (const job of jobs) results.push(await measure(job, { ours, byHand, connections }))
    table(results)
    process.stdout.write(`${JSON.stringify({ sizes, rounds, results })}\n`)
  } finally {
    ours.child.kill()
    byHand.child.kill()
  }
}

function call(side: Side, method: string, path: string, body?: unknown): Call {
  return { method, path, headers: side.headers, ...(body === undefined ? {} : { body }) }
}

interface Result {
  readonly job: string
  readonly connections: number
  readonly ours: Measured
  readonly byHand: Measured
  /** Median over the rounds of ours ÷ by hand. */
  readonly ratio: number
}

/** The two sides in turn, round by round; the first round warms up. */
async function measure(job: Job, at: { ours: Side; byHand: Side; connections: number }): Promise<Result> {
  const pairs: { ours: Measured; byHand: Measured }[] = []
  for (let round = 0; round <= rounds; round++) {
    const run = (side: Side, make: (side: Side, index: number) => Call) =>
      drive({
        address: side.address,
        pid: side.child.pid as number,
        connections: at.connections,
        calls: Math.ceil(job.calls / (at.connections === 1 ? 4 : 1)),
        expected: job.expected,
        make: (index) => make(side, index),
      })
    const pair = { ours: await run(at.ours, job.ours), byHand: await run(at.byHand, job.byHand) }
    if (round > 0) pairs.push(pair)
  }
  const sorted = [...pairs].sort(
    (a, b) => a.ours.perSecond / a.byHand.perSecond - b.ours.perSecond / b.byHand.perSecond,
  )
  const middle = sorted[Math.floor(sorted.length / 2)] as (typeof pairs)[number]
  return {
    job: job.name,
    connections: at.connections,
    ...middle,
    ratio: middle.ours.perSecond / middle.byHand.perSecond,
  }
}

/** Both sides hold the same orders: the sums per status agree before a time counts. */
async function agree(ours: Side, byHand: Side): Promise<void> {
  const mine = JSON.parse((await send(ours.address, (jobs[3] as Job).ours(ours, 0))).body).rows.map(
    (row: { status: string; sum_total: string; count: number }) => [row.status, row.count, row.sum_total],
  )
  const theirs = JSON.parse((await send(byHand.address, (jobs[3] as Job).byHand(byHand, 0))).body).rows.map(
    (row: { status: string; total: number; count: number }) => [row.status, row.count, (row.total / 100).toFixed(2)],
  )
  if (JSON.stringify(mine) !== JSON.stringify(theirs))
    throw new Error(`the sides differ: ${JSON.stringify(mine)} ${JSON.stringify(theirs)}`)
}

async function openByHand(): Promise<Side> {
  const { child, address } = await start('by-hand.ts', [folder])
  const sample = JSON.parse((await send(address, { method: 'GET', path: '/sample' })).body)
  return { name: 'by hand', address, child, headers: {}, orders: sample.orders, customer: sample.customer }
}

async function openOurs(): Promise<Side> {
  const { child, address } = await start('ours.ts', [join(folder, 'ours')])
  const origin = { origin: address }
  const signedIn = await send(address, {
    method: 'POST',
    path: '/api/session',
    headers: origin,
    body: { login: 'rep-0@example.com', password: 'correct horse battery staple' },
  })
  const cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? ''
  const headers = { cookie, ...origin }
  const list = JSON.parse(
    (await send(address, { method: 'GET', path: '/api/forms/order/records?sort=-order_date&limit=50', headers })).body,
  )
  return {
    name: 'formloom',
    address,
    child,
    headers,
    orders: list.records.map((record: { id: string }) => record.id),
    customer: list.records[0].customer.id,
  }
}

function start(script: string, args: readonly string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const address = /ready at (\S+)/.exec(text)?.[1]
      if (address) resolve({ child, address })
    })
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
  })
}

function table(results: readonly Result[]): void {
  say('job                            | conn | ours/s | by hand/s | ratio | ours ms p50/p99 | cpu ms ours/by hand')
  for (const { job, connections, ours, byHand, ratio } of results) {
    say(
      `${job.padEnd(30)} | ${String(connections).padStart(4)} | ${ours.perSecond.toFixed(0).padStart(6)} | ${byHand.perSecond.toFixed(0).padStart(9)} | ${ratio.toFixed(2).padStart(5)} | ${ours.p50.toFixed(1)} / ${ours.p99.toFixed(1)} | ${ours.cpuMs.toFixed(2)} / ${byHand.cpuMs.toFixed(2)}`,
    )
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
