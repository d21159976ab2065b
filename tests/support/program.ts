/** The built product as a process of its own, and a client that speaks to it like a program does: for tests that kill, import and browse. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './broker.ts'

export interface Program {
  readonly address: string
  /** Printed while the workspace is empty; '' afterwards. */
  readonly setupCode: string
  readonly pid: number
  /** What it has written to its log and terminal so far. */
  readonly printed: () => string
  /** Ends the process with the signal and waits until it is gone; answers with the exit code (null: by the signal). */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit code when it has ended by itself. */
  readonly ended: Promise<number | null>
  /** Asks the faults that were loaded into it (`faults: true`); resolves with their answer. */
  inject(fault: Fault): Promise<unknown>
}

/** What `injected-faults.mjs` does inside the process. */
export type Fault =
  | { readonly clockMs: number }
  | { readonly pragma: string }
  | { readonly killAt: number }
  | { readonly count: true }

export interface ProgramOptions {
  readonly folder: string
  /** PostgreSQL; null: the file in `folder`. */
  readonly url?: string | null
  /** 0: any free port. */
  readonly port?: number
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** A program that runs this one, with its arguments: a tracer. The signals of `stop` go to the whole group. */
  readonly under?: readonly string[]
  /** Loads `injected-faults.mjs` into the process. */
  readonly faults?: boolean
}

/** Starts and waits until the address is printed. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const dist = await ensureBuilt()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(options.port ?? 0),
    FORMLOOM_DATA: options.folder,
    LOG_LEVEL: 'warn',
    ...options.env,
  }
  delete env['DATABASE_URL']
  if (options.url) env['DATABASE_URL'] = options.url
  const preload = options.faults ? ['--import', faultsFile] : []
  const words = [process.execPath, ...preload, join(dist, 'server', 'cli.mjs'), 'start', ...(options.args ?? [])]
  const [command = '', ...rest] = [...(options.under ?? []), ...words]
  const child = spawn(command, rest, {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(options.faults ? (['ipc'] as const) : [])],
  })
  const endWithTests = () => kill(child, 'SIGKILL')
  process.once('exit', endWithTests)
  const ended = endOf(child).finally(() => process.removeListener('exit', endWithTests))
  const log = { text: '' }
  const printed = await readyOutput(child, log)
  return {
    address: /https?:\/\/[^\s]+/.exec(printed)?.[0].replace(/\/$/, '') ?? '',
    setupCode: /Setup code: ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(printed)?.[1] ?? '',
    pid: child.pid ?? 0,
    printed: () => log.text,
    ended,
    stop: (signal = 'SIGTERM') => {
      kill(child, signal)
      return ended
    },
    inject: (fault) => inject(child, fault),
  }
}

const faultsFile = fileURLToPath(new URL('./injected-faults.mjs', import.meta.url))

const startTimeMs = 30_000
/** The setup code follows the address within the same breath. */
const settleMs = 150

function readyOutput(child: ChildProcess, log: { text: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      kill(child, 'SIGKILL')
      reject(new Error(`the program did not start:\n${log.text}`))
    }, startTimeMs)
    const read = (chunk: Buffer) => {
      log.text += chunk.toString('utf8')
      if (!/ready at https?:\/\//.test(log.text)) return
      clearTimeout(timer)
      setTimeout(() => resolve(log.text), settleMs)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the program ended with ${code}:\n${log.text}`))
    })
  })
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}

/** The whole group: the program, and what it was run by. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    // It has ended between the look and the signal.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function inject(child: ChildProcess, fault: Fault): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.send({ fault }, (error) => error && reject(error))
  })
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any route; tests assert what they read
  readonly body: any
  readonly headers: Headers
}

/** One caller: keeps its cookie, sends JSON. */
export class Client {
  readonly address: string
  #cookie: string

  /** `cookie`: of a session that was begun before. */
  constructor(address: string, cookie = '') {
    this.address = address
    this.#cookie = cookie
  }

  get cookie(): string {
    return this.#cookie
  }

  /** First admin of an empty workspace. */
  async setup(code: string): Promise<Answer> {
    return this.post('/api/setup', {
      code,
      name: 'Ada',
      login: 'ada@example.com',
      password: 'correct horse battery staple',
      locale: 'en',
    })
  }

  signIn(login = 'ada@example.com', password = 'correct horse battery staple'): Promise<Answer> {
    return this.post('/api/session', { login, password })
  }

  get(path: string): Promise<Answer> {
    return this.request('GET', path)
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('POST', path, body, headers)
  }

  patch(path: string, body: unknown, version: number): Promise<Answer> {
    return this.request('PATCH', path, body, { 'if-match': `"${version}"` })
  }

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.address}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        origin: this.address,
        ...(this.#cookie ? { cookie: this.#cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const cookie = response.headers.get('set-cookie')?.split(';')[0]
    if (cookie) this.#cookie = cookie
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, body: json && text !== '' ? JSON.parse(text) : text, headers: response.headers }
  }
}
