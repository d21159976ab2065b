/** What the tests of backups, restores and moves share: a ledger under writing, the command line as a process, the state of a database as digests. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { openSnapshot, type Place, type Snapshot } from '#storage/copy/open.ts'
import { type Digests, digestAll } from '#storage/copy/tables.ts'
import { ensureBuilt } from './broker.ts'
import { isCutOff } from './faults.ts'
import { entryOf, ledgerForms } from './ledger.ts'
import { multipart } from './multipart.ts'
import { Client, type Program } from './program.ts'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
  // biome-ignore lint/suspicious/noExplicitAny: the document of any command
  readonly json: any
}

type Env = Readonly<Record<string, string>>

/** Example: `await runFormloom({ FORMLOOM_DATA: folder }, 'backup', '--to', to)`; `--json` is added. */
export async function runFormloom(env: Env, ...words: readonly string[]): Promise<Ended> {
  const dist = await ensureBuilt()
  return new Promise((resolve) => {
    const line = [join(dist, 'server', 'cli.mjs'), ...words, '--json']
    execFile(process.execPath, line, { env: clean(env), maxBuffer: 1 << 28 }, (error, out, text) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null
      resolve({ code, out, error: text, json: out.trim() === '' ? null : JSON.parse(out) })
    })
  })
}

/** The same, to be killed. Resolves as soon as it runs. */
export async function spawnFormloom(
  env: Env,
  ...words: readonly string[]
): Promise<{ child: ChildProcess; ended: Promise<number | null> }> {
  const dist = await ensureBuilt()
  const child = spawn(process.execPath, [join(dist, 'server', 'cli.mjs'), ...words, '--json'], {
    env: clean(env),
    stdio: 'ignore',
  })
  return { child, ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))) }
}

function clean(env: Env): NodeJS.ProcessEnv {
  const all: NodeJS.ProcessEnv = { ...process.env, LOG_LEVEL: 'error', ...env }
  if (!('DATABASE_URL' in env)) delete all['DATABASE_URL']
  return all
}

/** The environment of a place. */
export function envOf(place: Place): Env {
  return { FORMLOOM_DATA: place.folder, ...(place.url === null ? {} : { DATABASE_URL: place.url }) }
}

export interface Ledger {
  readonly admin: Client
  readonly accounts: readonly string[]
}

/** First admin, the ledger's forms, five accounts. */
export async function openLedger(program: Program): Promise<Ledger> {
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const accounts: string[] = []
  for (const code of ['A', 'B', 'C', 'D', 'E']) {
    const made = await admin.post('/api/forms/account/records', { code })
    expect(made.status).toBe(201)
    accounts.push(made.body.id)
  }
  return { admin, accounts }
}

export interface Entered {
  readonly id: string
  readonly reference: string
  readonly sentMs: number
  readonly ackedMs: number
}

export interface Writing {
  readonly entered: readonly Entered[]
  /** Status of every refusal. */
  readonly refused: readonly number[]
  stop(): Promise<void>
}

/** So many at once write entries, revise them, and put some into the bin, until they are stopped. A refusal with 503 is no end. */
export function keepWriting({ admin, accounts }: Ledger, writers: number, tag = 'w'): Writing {
  const entered: Entered[] = []
  const refused: number[] = []
  let going = true
  const work = async (writer: number) => {
    for (let count = 0; going; count += 1) {
      const reference = `${tag}-${writer}-${count}`
      const [from, to] = [accounts[(writer + count) % 5] as string, accounts[(writer + count + 1) % 5] as string]
      const sentMs = Date.now()
      const made = await admin.post('/api/forms/entry/records', entryOf(reference, { from, to, amount: 1 }))
      if (made.status !== 201) {
        refused.push(made.status)
        await new Promise((resolve) => setTimeout(resolve, 20))
        continue
      }
      entered.push({ id: made.body.id, reference, sentMs, ackedMs: Date.now() })
      const path = `/api/forms/entry/records/${made.body.id}`
      if (count % 3 === 1) await admin.patch(path, { revised: count }, 1)
      if (count % 7 === 6) await admin.request('DELETE', path, undefined, { 'if-match': '"1"' })
    }
  }
  const all = Array.from({ length: writers }, (_, writer) =>
    work(writer).catch((error: unknown) => {
      if (!isCutOff(error)) throw error
    }),
  )
  return {
    entered,
    refused,
    async stop() {
      going = false
      await Promise.all(all)
    },
  }
}

/** Uploads and puts it into a new entry; answers with the id of the file. */
export async function enterPaper({ admin, accounts }: Ledger, reference: string, content: Buffer): Promise<string> {
  const { raw, headers } = multipart([{ name: 'file', filename: `${reference}.txt`, type: 'text/plain', content }])
  const response = await fetch(`${admin.address}/api/files`, {
    method: 'POST',
    headers: { ...headers, cookie: admin.cookie, origin: admin.address },
    body: new Uint8Array(raw),
  })
  const file = (await response.json()) as { readonly id: string }
  expect(response.status).toBe(201)
  const [from = '', to = ''] = accounts
  const entry = { ...entryOf(reference, { from, to, amount: 2 }), paper: [file] }
  expect(await admin.post('/api/forms/entry/records', entry)).toMatchObject({ status: 201 })
  return file.id
}

/** What a company is: records, changes, definitions, numbers. Sessions, counters of failures and the like are left out. */
export async function stateOf(place: Place): Promise<Digests> {
  const snapshot = await openSnapshot(place)
  try {
    return await stateIn(snapshot)
  } finally {
    await snapshot.close()
  }
}

export async function stateIn({ reader }: Snapshot): Promise<Digests> {
  const tables = (await reader.tables()).filter(({ name }) => isState(name))
  return digestAll({
    tables: async () => tables,
    rows: (table, after) => reader.rows(table, after),
    counters: () => reader.counters(),
  })
}

const stateTables = new Set([
  'fl_change',
  'fl_revision',
  'fl_revision_item',
  'fl_definition',
  'fl_sequence',
  'fl_column',
  'fl_unique',
])

function isState(name: string): boolean {
  return name.startsWith('r_') || stateTables.has(name)
}

/** A secret that is strong enough, in a file of its own. */
export function writeKey(path: string): string {
  writeFileSync(path, `${randomBytes(48).toString('base64')}\n`, { mode: 0o600 })
  return path
}
