/** Forms that nobody asks for: how long they take to publish, to start with, and what they cost each request for others. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { rounds } from './compare.ts'
import { middle } from './footprint.ts'
import { jobNamed } from './jobs.ts'
import { type Measured, residentMb, send } from './load.ts'
import { openOurs, type Side, startBuilt } from './side.ts'
import { type Part, say } from './tell.ts'
import { otherForms } from './trade.ts'

const sizes = { customers: 1_000, orders: 10_000 }
const published = 200
const names = ['get', 'list of 50, customer expanded', 'create'] as const

export async function manyForms({ folder: parent, rounds: count, many, share }: Part): Promise<object> {
  const folder = join(parent, 'forms')
  await mkdir(folder)
  const publishing = await publish(folder)
  const counts = [2, 200, ...(many ? [2_000] : [])]
  const sides: Side[] = []
  for (const forms of counts) sides.push(await openOurs({ folder, url: null, sizes, forms: forms - 2 }))
  try {
    const speed = []
    for (const name of names) {
      const all: Measured[] = []
      for (const side of sides) all.push(await rounds(side, jobNamed(name), { connections: 32, count, share }))
      const ratios = all.map(({ cpuMs }) => (all[0]?.cpuMs ?? 0) / cpuMs)
      say(
        `${name}: cpu ms ${all.map(({ cpuMs }, at) => `${cpuMs.toFixed(3)} with ${counts[at]} forms`).join(', ')}; speed ${ratios.map((each) => each.toFixed(2)).join(' / ')} (target 0.95)`,
      )
      speed.push({ name, counts, all, ratios })
    }
    const memory = sides.map(({ pid }) => residentMb(pid))
    say(`memory: ${memory.map((mb, at) => `${mb} MB with ${counts[at]} forms`).join(', ')}`)
    return { publishing, speed, memory }
  } finally {
    for (const side of sides) await side.stop()
  }
}

/** Through the API, as the designer does it; then the server starts with them. */
async function publish(parent: string) {
  const side = await openOurs({ folder: parent, url: null, sizes: { customers: 10, orders: 10 } }, 'admin')
  const definitions = otherForms(published)
  const body = { definitions, note: 'bench' }
  const start = performance.now()
  const answer = await send(side.address, {
    method: 'POST',
    path: '/api/definitions',
    headers: side.headers,
    body,
  })
  const seconds = (performance.now() - start) / 1000
  if (answer.status !== 200) throw new Error(`publish: ${answer.status} ${answer.body.slice(0, 500)}`)
  say(`${published} forms of 15 fields published in one change: ${seconds.toFixed(2)} s (target 4)`)
  await side.stop()
  return { seconds, ...(await restart(join(parent, 'ours-10-0'))) }
}

async function restart(folder: string) {
  const readyMs: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const { child, readyMs: each } = await startBuilt(folder, null)
    readyMs.push(each)
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  const ready = Math.round(middle(readyMs))
  say(`ready with them: ${ready} ms (target 1200)`)
  return { ready }
}
