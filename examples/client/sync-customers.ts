/**
 * Brings customers of a spreadsheet into the workspace, then lists the orders that are still open.
 * `FORMLOOM_KEY=fl_… npx tsx examples/client/sync-customers.ts customers.csv http://localhost:8080`
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FormloomClient, ProblemError } from './client.ts'
import type { CustomerChange } from './workspace.ts'

export interface Synced {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  /** `Harbour Café: email is not an address` */
  readonly refused: readonly string[]
}

/** A customer is found by name; what the sheet leaves empty stays as it is. */
export async function syncCustomers(client: FormloomClient, csv: string): Promise<Synced> {
  const done = { created: 0, changed: 0, unchanged: 0, refused: [] as string[] }
  for (const { name = '', ...values } of rowsOf(csv)) {
    try {
      done[await bring(client, name, values)] += 1
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      done.refused.push(`${name}: ${error.message}`)
    }
  }
  return done
}

async function bring(
  client: FormloomClient,
  name: string,
  values: CustomerChange,
): Promise<'created' | 'changed' | 'unchanged'> {
  const query = client.list('customer', { filter: { '==': [{ var: 'name' }, name] }, limit: 1 })
  const { value: known } = await query.next()
  if (!known) {
    await client.create('customer', { ...values, name })
    return 'created'
  }
  const differs = Object.entries(values).some(([field, value]) => known[field as keyof typeof known] !== value)
  if (!differs) return 'unchanged'
  await client.change('customer', known, values)
  return 'changed'
}

/** One line per order: number, customer, gross amount. */
export async function openOrders(client: FormloomClient): Promise<readonly string[]> {
  const lines: string[] = []
  const open = { in: [{ var: 'state' }, ['draft', 'submitted', 'on_hold']] }
  for await (const order of client.list('order', { filter: open, sort: ['number'] }))
    lines.push(
      `${order.number ?? '–'}  ${order.customer?.title ?? '–'}  ${order.gross ?? '0.00'} ${order.currency ?? ''}`,
    )
  return lines
}

/** The first line names the fields; quotes as spreadsheets write them. Empty cells are absent. */
function rowsOf(csv: string): readonly Record<string, string>[] {
  const [header = [], ...rows] = cellsOf(csv)
  return rows.map((cells) =>
    Object.fromEntries(header.map((field, index) => [field, cells[index] ?? '']).filter(([, cell]) => cell !== '')),
  )
}

function cellsOf(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  for (const [, separator = '', quoted, plain = ''] of csv
    .trim()
    .matchAll(/(^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^,\r\n]*))/g)) {
    if (separator.includes('\n')) rows.push([])
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain.trim())
  }
  return rows
}

/** Answers with the exit code: 1 when a customer was refused. */
export async function main(
  [file = '', address = 'http://localhost:8080']: readonly string[],
  surroundings: { readonly key: string; say(line: string): void },
): Promise<number> {
  const client = new FormloomClient({ address, key: surroundings.key })
  const { created, changed, unchanged, refused } = await syncCustomers(client, readFileSync(file, 'utf8'))
  surroundings.say(`${created} created, ${changed} changed, ${unchanged} as they were, ${refused.length} refused`)
  for (const line of refused) surroundings.say(`  ${line}`)
  const orders = await openOrders(client)
  surroundings.say(`${orders.length} open orders`)
  for (const line of orders) surroundings.say(`  ${line}`)
  return refused.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = await main(process.argv.slice(2), {
    key: process.env.FORMLOOM_KEY ?? '',
    say: (line) => process.stdout.write(`${line}\n`),
  })
