/** A hundred times more orders: get and list, and all of them exported. */
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { rounds } from './compare.ts'
import { jobNamed } from './jobs.ts'
import { type Measured, residentMb } from './load.ts'
import { openOurs, type Side, signIn } from './side.ts'
import { type Part, say } from './tell.ts'

const names = ['get', 'list of 50, customer expanded'] as const

export async function million({ folder: parent, rounds: count, share }: Part): Promise<object> {
  const folder = join(parent, 'million')
  await mkdir(folder)
  const few = await openOurs({ folder, url: null, sizes: { customers: 1_000, orders: 10_000 * share } })
  const many = await openOurs({ folder, url: null, sizes: { customers: 1_000, orders: 1_000_000 * share } })
  try {
    const grown = []
    for (const name of names) {
      const few10k = await rounds(few, jobNamed(name), { connections: 1, count, share })
      grown.push(growth(name, few10k, await rounds(many, jobNamed(name), { connections: 1, count, share })))
    }
    const exports = []
    for (const format of ['csv', 'xlsx']) exports.push(await exportAll(many, format))
    return { grown, exports }
  } finally {
    await few.stop()
    await many.stop()
  }
}

function growth(name: string, few: Measured, many: Measured) {
  const ratio = many.cpuMs / few.cpuMs
  say(
    `${name}: cpu ms ${few.cpuMs.toFixed(2)} with few orders, ${many.cpuMs.toFixed(2)} with a hundred times as many, ratio ${ratio.toFixed(2)}; p50 ${few.p50.toFixed(2)} and ${many.p50.toFixed(2)} ms`,
  )
  return { name, few, many, ratio }
}

/** Memory of the server while an admin takes every order as a file. */
async function exportAll(side: Side, format: string) {
  const headers = await signIn(side.address, 'admin')
  await take(side, { path: `/api/forms/customer/export?format=${format}`, headers })
  const before = residentMb(side.pid)
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, residentMb(side.pid))
  }, 100)
  const start = performance.now()
  const bytes = await take(side, { path: `/api/forms/order/export?format=${format}`, headers })
  clearInterval(watch)
  const seconds = (performance.now() - start) / 1000
  say(
    `export as ${format}: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s; server ${before} MB before, ${most} MB at most (+${most - before})`,
  )
  return { format, bytes, seconds, before, most }
}

async function take(
  { address }: Side,
  { path, headers }: { readonly path: string; readonly headers: Side['headers'] },
): Promise<number> {
  const asked = get(`${address}${path}`, { headers })
  const [answer] = await once(asked, 'response')
  if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode}`)
  let bytes = 0
  for await (const chunk of answer) bytes += chunk.length
  return bytes
}
