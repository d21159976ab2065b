/** Many rows at once: our import with every rule and the change log, against one transaction of plain inserts by hand. */
import { send } from './load.ts'
import { callOf, type Side } from './side.ts'
import { type Order, orderAt, owners, type Sizes } from './trade.ts'

export interface BulkResult {
  readonly rows: number
  readonly ours: number
  readonly byHand: number
  readonly ratio: number
}

const usualRows = 10_000

interface Both {
  readonly ours: Side
  readonly byHand: Side
  readonly sizes: Sizes
  readonly share: number
}

/** Rows per second. Ours: upload, dry run and commit of a CSV; by hand: a list in JSON. */
export async function compareImport({ ours, byHand, sizes, share }: Both): Promise<BulkResult> {
  const rows = usualRows * share
  const orders = (series: string) =>
    Array.from({ length: rows }, (_, index) => ({
      ...orderAt((index * owners) % sizes.orders, sizes),
      number: `${series}-${index}`,
    }))
  await importByHand(byHand, orders('W').slice(0, 500))
  await importOurs(ours, orders('W').slice(0, 500))
  const theirMs = await importByHand(byHand, orders('I'))
  const ourMs = await importOurs(ours, orders('I'))
  return { rows, ours: (rows * 1000) / ourMs, byHand: (rows * 1000) / theirMs, ratio: theirMs / ourMs }
}

async function importByHand(side: Side, orders: readonly Order[]): Promise<number> {
  const body = orders.map(({ id: _id, owner: _owner, total: _total, ...order }) => order)
  const start = performance.now()
  const { status } = await send(side.address, callOf(side, { method: 'POST', path: '/bulk', body }))
  if (status !== 201) throw new Error(`bulk by hand: ${status}`)
  return performance.now() - start
}

const columns = ['number', 'customer', 'order_date', 'status', 'quantity', 'price', 'note'] as const

async function importOurs(side: Side, orders: readonly Order[]): Promise<number> {
  const content = [columns.join(), ...orders.map((order) => columns.map((column) => order[column]).join())].join('\n')
  const mapping = { columns: columns.map((column) => ({ column, field: column })) }
  const start = performance.now()
  const made = await reply(side, 'POST', '/api/forms/order/import', { name: 'orders.csv', content, mapping })
  let job = await reply(side, 'POST', `/api/imports/${made.id}/commit`, {})
  while (job.state === 'committing' || job.state === 'running' || job.state === 'queued')
    job = await reply(side, 'GET', `/api/imports/${made.id}`)
  const ms = performance.now() - start
  if (job.report?.created !== orders.length) throw new Error(`import: ${JSON.stringify(job).slice(0, 800)}`)
  return ms
}

async function reply(side: Side, method: string, path: string, body?: unknown) {
  const { status, body: text } = await send(side.address, callOf(side, { method, path, ...(body ? { body } : {}) }))
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 500)}`)
  return JSON.parse(text)
}
