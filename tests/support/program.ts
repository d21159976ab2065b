/** The built product as a process of its own, and a client that speaks to it like a program does: for tests that kill, import and browse. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuilt } from './broker.ts'

export interface Program {
  readonly address: string
  /** Printed while the workspace is empty; '' afterwards. */
  readonly setupCode: string
  /** Ends the process with the signal and waits until it is gone; answers with the exit code (null: by the signal). */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

export interface ProgramOptions {
  readonly folder: string
  /** PostgreSQL; null: the file in `folder`. */
  readonly url?: string | null
  /** 0: any free port. */
  readonly port?: number
  readonly args?: readonly string[]
}

/** Starts and waits until the address is printed. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const dist = await ensureBuilt()
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PORT: String(options.port ?? 0),
    FORMLOOM_DATA: options.folder,
    LOG_LEVEL: 'warn',
  }
  delete env['DATABASE_URL']
  if (options.url) env['DATABASE_URL'] = options.url
  const child = spawn(process.execPath, [join(dist, 'server', 'cli.mjs'), 'start', ...(options.args ?? [])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = await readyOutput(child)
  return {
    address: /https?:\/\/[^\s]+/.exec(printed)?.[0].replace(/\/$/, '') ?? '',
    setupCode: /Setup code: ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(printed)?.[1] ?? '',
    stop: (signal = 'SIGTERM') => stop(child, signal),
  }
}

const startTimeMs = 30_000
/** The setup code follows the address within the same breath. */
const settleMs = 150

function readyOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`the program did not start:\n${text}`)), startTimeMs)
    const read = (chunk: Buffer) => {
      text += chunk.toString('utf8')
      if (!/ready at https?:\/\//.test(text)) return
      clearTimeout(timer)
      setTimeout(() => resolve(text), settleMs)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}:\n${text}`)))
  })
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.kill(signal)
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
  #cookie = ''

  constructor(address: string) {
    this.address = address
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
