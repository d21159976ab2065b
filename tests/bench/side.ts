/** The servers of a bench as processes: ours as it is built and shipped, the other as it is written. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '#tests/support/sources.ts'
import { type Call, send } from './load.ts'
import type { Seed } from './seed.ts'
import { type Order, orderAt, owners, password, type Sizes } from './trade.ts'

export interface Side {
  readonly address: string
  readonly pid: number
  readonly headers: Readonly<Record<string, string>>
  /** Orders that the caller may see, as they were filled in. */
  readonly orders: readonly Order[]
  /** Of the orders, as they are now. */
  readonly versions: Map<string, number>
  /** From the start of the process to its first answer. */
  readonly readyMs: number
  stop(): Promise<void>
}

export interface Data {
  readonly folder: string
  /** PostgreSQL; null: files in the folder. */
  readonly url: string | null
  readonly sizes: Sizes
}

export async function openByHand({ folder, url, sizes }: Data): Promise<Side> {
  const script = url === null ? 'by-hand.ts' : 'by-hand-postgres.ts'
  const started = await start(sourceOf(script, { folder, url, sizes }))
  return side(started, sizes, {})
}

/** Filled, built, started, signed in. */
export async function openOurs(data: Data & { readonly forms?: number }, login = 'rep-0'): Promise<Side> {
  const folder = join(data.folder, `ours-${data.sizes.orders}-${data.forms ?? 0}`)
  await mkdir(folder, { mode: 0o700 })
  await run(sourceOf('seed.ts', { ...data, folder, forms: data.forms ?? 0 } satisfies Seed))
  return startOurs({ folder, url: data.url, sizes: data.sizes }, login)
}

/** The built server on a folder that is filled. */
export async function startOurs({ folder, url, sizes }: Data, login = 'rep-0'): Promise<Side> {
  const started = await startBuilt(folder, url)
  return side(started, sizes, await signIn(started.address, login))
}

export async function startBuilt(folder: string, url: string | null): Promise<Started> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: '0',
    FORMLOOM_DATA: folder,
    FORMLOOM_RATE: '0',
    LOG_LEVEL: 'error',
  }
  delete env['DATABASE_URL']
  if (url) env['DATABASE_URL'] = url
  return start({ args: [join(root, 'dist', 'server', 'cli.mjs'), 'start'], env })
}

export async function signIn(address: string, login: string): Promise<Readonly<Record<string, string>>> {
  const body = { login: `${login}@example.com`, password }
  const { status, headers } = await send(address, {
    method: 'POST',
    path: '/api/session',
    headers: { origin: address },
    body,
  })
  if (status >= 300) throw new Error(`no session for ${login}: ${status}`)
  return { cookie: String(headers['set-cookie']).split(';')[0] ?? '', origin: address }
}

export function callOf(to: Side, call: Call): Call {
  return { ...call, headers: { ...to.headers, ...call.headers } }
}

export interface Started {
  readonly child: ChildProcess
  readonly address: string
  readonly readyMs: number
}

function side({ child, address, readyMs }: Started, sizes: Sizes, headers: Side['headers']): Side {
  const count = Math.min(500, Math.floor(sizes.orders / owners))
  return {
    address,
    pid: child.pid as number,
    headers,
    orders: Array.from({ length: count }, (_, index) => orderAt(index * owners, sizes)),
    versions: new Map(),
    readyMs,
    stop: () => ended(child, 'SIGTERM'),
  }
}

interface Program {
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

function sourceOf(script: string, options: object): Program {
  return { args: ['--import', 'tsx', join(import.meta.dirname, script), JSON.stringify(options)], env: process.env }
}

export function start({ args, env }: Program): Promise<Started> {
  const begin = performance.now()
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const address = /ready at (https?:\/\/[^\s/]+)/.exec(text)?.[1]
      if (address) resolve({ child, address, readyMs: performance.now() - begin })
    })
    child.once('exit', (code) => reject(new Error(`${args.at(-1)} ended with ${code}`)))
  })
}

/** Runs a program to its end and answers with what it printed. */
export async function run({ args, env }: Program): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${args.at(-1)} ended with ${code}`)
  return text
}

export function runSource(script: string, options: object): Promise<string> {
  return run(sourceOf(script, options))
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
