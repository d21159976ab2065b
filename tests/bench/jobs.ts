/** What both sides do for the same caller, and the check that they do it alike before a time counts. */
import { isDeepStrictEqual } from 'node:util'
import { type Answered, type Call, send } from './load.ts'
import { callOf, type Side } from './side.ts'
import type { Order } from './trade.ts'

export interface Job {
  readonly name: string
  readonly expected: number
  /** At 32 connections; a quarter of them at one. */
  readonly calls: number
  ours(side: Side, index: number): Call
  byHand(side: Side, index: number): Call
  answered?(side: Side, index: number, answer: Answered): void
}

let serial = 0

function newOrder({ orders }: Side) {
  const { customer } = orders[0] as Order
  serial += 1
  return {
    number: `B-${serial}`,
    customer,
    order_date: '2026-11-22',
    status: 'draft',
    quantity: 3,
    price: '12.50',
    note: 'bench',
  }
}

const orderOf = (side: Side, index: number) => side.orders[index % side.orders.length] as Order
const json = (value: unknown) => encodeURIComponent(JSON.stringify(value))
const ourOrders = '/api/forms/order/records'
export const listPath = `${ourOrders}?sort=-order_date&limit=50&expand=customer`
export const sumsPath = `/api/forms/order/aggregate?group=${json(['status'])}&measures=${json([{ op: 'sum', field: 'total' }])}`

function change(side: Side, index: number, path: string): Call {
  const { id } = orderOf(side, index)
  const headers = { 'if-match': `"${side.versions.get(id) ?? 1}"` }
  return { method: 'PATCH', path: `${path}/${id}`, headers, body: { note: `changed ${index} ${serial++}` } }
}

export const jobs: readonly Job[] = [
  {
    name: 'get',
    expected: 200,
    calls: 4_000,
    ours: (side, index) => ({ method: 'GET', path: `${ourOrders}/${orderOf(side, index).id}` }),
    byHand: (side, index) => ({ method: 'GET', path: `/orders/${orderOf(side, index).id}` }),
  },
  {
    name: 'list of 50, customer expanded',
    expected: 200,
    calls: 1_000,
    ours: () => ({ method: 'GET', path: listPath }),
    byHand: () => ({ method: 'GET', path: '/orders' }),
  },
  {
    name: 'create',
    expected: 201,
    calls: 2_000,
    ours: (side) => ({ method: 'POST', path: ourOrders, body: newOrder(side) }),
    byHand: (side) => ({ method: 'POST', path: '/orders', body: newOrder(side) }),
  },
  {
    name: 'update',
    expected: 200,
    calls: 2_000,
    ours: (side, index) => change(side, index, ourOrders),
    byHand: (side, index) => change(side, index, '/orders'),
    answered: (side, index, { body }) => side.versions.set(orderOf(side, index).id, JSON.parse(body).version),
  },
  {
    name: 'aggregate',
    expected: 200,
    calls: 240,
    ours: () => ({ method: 'GET', path: sumsPath }),
    byHand: () => ({ method: 'GET', path: '/sums' }),
  },
]

export function jobNamed(name: string): Job {
  const job = jobs.find((each) => each.name === name)
  if (!job) throw new Error(name)
  return job
}

interface Both {
  readonly ours: Side
  readonly byHand: Side
}

/** Reads, writes and refusals of both sides are the same, or the run ends here. */
export async function agree(both: Both): Promise<void> {
  for (const index of [0, 7, 499]) await same(both, 'get', { index, read: order })
  await same(both, 'list of 50, customer expanded', { read: (body) => body.records.map(expanded) })
  await same(both, 'aggregate', { read: sums })
  await same(both, 'create', { read: (body) => ({ ...order(body), number: null }) })
  await same(both, 'update', { read: order })
  const foreign = (
    await reply(both.ours, { method: 'GET', path: `${ourOrders}/${both.ours.orders[0]?.id.replace(/0$/, '1')}` })
  ).status
  const theirs = (
    await reply(both.byHand, { method: 'GET', path: `/orders/${both.byHand.orders[0]?.id.replace(/0$/, '1')}` })
  ).status
  expectSame("another owner's order", foreign, theirs)
  const wrong = { ...newOrder(both.ours), quantity: -1 }
  const refused = await reply(both.ours, { method: 'POST', path: ourOrders, body: wrong })
  if (refused.status !== 422) throw new Error(`a wrong quantity was answered with ${refused.status}`)
  if ((await reply(both.byHand, { method: 'POST', path: '/orders', body: wrong })).status !== 400)
    throw new Error('the hand-written side takes a wrong quantity')
}

async function same(
  { ours, byHand }: Both,
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: the body of either side
  { index = 0, read }: { readonly index?: number; readonly read: (body: any) => unknown },
): Promise<void> {
  const job = jobNamed(name)
  const [mine, theirs] = await Promise.all([
    reply(ours, job.ours(ours, index)),
    reply(byHand, job.byHand(byHand, index)),
  ])
  if (mine.status !== job.expected || theirs.status !== job.expected)
    throw new Error(`${name}: ${mine.status} and ${theirs.status}: ${mine.body.slice(0, 500)}`)
  job.answered?.(ours, index, mine)
  job.answered?.(byHand, index, theirs)
  expectSame(name, read(JSON.parse(mine.body)), read(JSON.parse(theirs.body)))
}

function reply(side: Side, call: Call): Promise<Answered> {
  return send(side.address, callOf(side, call))
}

function expectSame(what: string, mine: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(mine, theirs))
    throw new Error(`${what}: the sides differ\n${JSON.stringify(mine)}\n${JSON.stringify(theirs)}`)
}

// biome-ignore lint/suspicious/noExplicitAny: the body of either side
type Body = any

function order(body: Body) {
  return { ...shown(body), customer: { id: body.customer.id, title: body.customer.title } }
}

function shown({ number, order_date, status, quantity, price, total, version }: Body) {
  return { number, order_date, status, quantity: Number(quantity), price, total, version }
}

function expanded(body: Body) {
  const { id, name, tier, credit } = body.customer
  return { ...shown(body), id: body.id, customer: { id, name, tier, credit } }
}

function sums({ rows }: Body) {
  return rows.map((row: Body) => [row.status, Number(row.count), row.sum_total ?? (Number(row.total) / 100).toFixed(2)])
}
