/** What the fault tests share: a seed that is printed, the long form, readiness, and what a machine must offer for a fault. */
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import BetterSqlite from 'better-sqlite3'
import { ensureBuilt } from './broker.ts'
import { Client, type Program } from './program.ts'

/** `FORMLOOM_FAULTS=full` runs every harness in its long form. */
export const isFull = process.env['FORMLOOM_FAULTS'] === 'full'

/** Example: `const random = seeded('crashlab')`; the same FORMLOOM_SEED makes the same choices. */
export function seeded(name: string): () => number {
  const seed = Number(process.env['FORMLOOM_SEED'] ?? Date.now() % 1_000_000)
  console.info(`${name}: seed ${seed} (repeat with FORMLOOM_SEED=${seed})`)
  return randomFrom(seed)
}

/** Mulberry32. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The length of a fault: how long something is locked, away or under load. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Asks again until the answer is true; rejects after the time that the promise allows. */
export async function eventually(isSo: () => Promise<boolean>, withinMs: number): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(`not so within ${withinMs} ms: ${isSo}`)
    await pause(20)
  }
}

export async function untilReady(program: Program): Promise<void> {
  const isReady = async () => (await fetch(`${program.address}/readyz`).catch(() => null))?.ok ?? false
  await eventually(isReady, 10_000)
}

export async function signedIn(address: string): Promise<Client> {
  const client = new Client(address)
  const answer = await client.signIn()
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`)
  return client
}

/** The server went away before it had answered. */
export function isCutOff(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error &&
      /terminated|other side closed|ECONN|EPIPE|fetch failed|socket hang up/.test(error.message))
  )
}

/** Every record of a form, page by page. */
// biome-ignore lint/suspicious/noExplicitAny: records of the forms of a test
export async function allRecords(client: Client, form: string): Promise<any[]> {
  const records = []
  for (let cursor = ''; ; ) {
    const page = await client.get(`/api/forms/${form}/records?limit=500${cursor && `&cursor=${cursor}`}`)
    if (page.status !== 200) throw new Error(`list of ${form}: ${page.status} ${JSON.stringify(page.body)}`)
    records.push(...page.body.records)
    if (!page.body.next) return records
    cursor = encodeURIComponent(page.body.next)
  }
}

/** The answer of `formloom verify` for a workspace that nobody serves. */
// biome-ignore lint/suspicious/noExplicitAny: printed by the command
export async function verified(folder: string, url: string | null = null): Promise<any> {
  const dist = await ensureBuilt()
  const env: NodeJS.ProcessEnv = { ...process.env, FORMLOOM_DATA: folder }
  delete env['DATABASE_URL']
  if (url) env['DATABASE_URL'] = url
  const words = [join(dist, 'server', 'cli.mjs'), 'verify', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, words, { env, maxBuffer: 64 * 1024 * 1024 }).catch(
    (failed: { stdout: string }) => failed,
  )
  return JSON.parse(stdout)
}

/** What SQLite finds wrong with a file; empty: nothing. */
export function unsound(file: string): readonly unknown[] {
  const db = new BetterSqlite(file, { readonly: true })
  try {
    const pages = (db.pragma('integrity_check') as { integrity_check: string }[]).filter(
      (row) => row.integrity_check !== 'ok',
    )
    return [...pages, ...(db.pragma('foreign_key_check') as unknown[])]
  } finally {
    db.close()
  }
}

/** Can this machine run it? Example: `canRun('strace', '-V')` */
export function canRun(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0
}
