/** What it takes to have it: time until it is ready, memory when nobody asks, production packages on disk. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '#tests/support/sources.ts'
import { residentMb } from './load.ts'
import { startBuilt } from './side.ts'
import { type Part, say } from './tell.ts'

const idleMs = 5_000

export async function footprint({ folder, rounds }: Part): Promise<object> {
  const data = await mkdtemp(join(folder, 'empty-'))
  const first = await startOnce(data)
  const again = []
  for (let round = 0; round < rounds; round += 1) again.push(await startOnce(data))
  const ready = { first: Math.round(first.readyMs), again: Math.round(middle(again.map(({ readyMs }) => readyMs))) }
  say(`ready, empty: first start ${ready.first} ms, later ${ready.again} ms (target 800)`)
  const idle = middle(again.map(({ idleMb }) => idleMb))
  say(`memory, idle: ${idle} MB (target 120)`)
  const disk = await productionMb()
  say(`production packages on disk: ${disk} MB (target 150)`)
  return { ready, idle, disk }
}

async function startOnce(data: string) {
  const { child, readyMs } = await startBuilt(data, null)
  await new Promise((resolve) => setTimeout(resolve, idleMs))
  const idleMb = residentMb(child.pid as number)
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
  return { readyMs, idleMb }
}

/** The packages that an installation without development gets, by the lock file. */
async function productionMb(): Promise<number> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const folders = Object.entries(lock.packages as Record<string, { dev?: boolean; devOptional?: boolean }>)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.dev && !entry.devOptional)
    .map(([path]) => join(root, path))
  const bytes = folders.reduce((sum, folder) => sum + bytesIn(folder), 0)
  return Math.round(bytes / 1_048_576)
}

/** Packages inside of packages have lines of their own. */
function bytesIn(path: string): number {
  const entry = lstatSync(path, { throwIfNoEntry: false })
  if (!entry) return 0
  if (!entry.isDirectory()) return entry.blocks * 512
  const inside = readdirSync(path).filter((name) => name !== 'node_modules')
  return inside.reduce((sum, name) => sum + bytesIn(join(path, name)), 0)
}

export function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
