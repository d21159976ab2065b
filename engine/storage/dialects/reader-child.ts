/** One reader process seen from the server: starts it, asks it, kills it when its time is over. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base/problems.ts'
import type { ReaderAnswer, ReaderRequest } from './reader-messages.ts'

export type Batch = Extract<ReaderAnswer, { is: 'rows' }>

interface Waiting {
  resolve(answer: ReaderAnswer): void
  reject(error: unknown): void
}

const mostHeapMb = 128
const mostStartMs = 30_000
const kept = ['PATH', 'TMPDIR', 'TMP', 'TEMP', 'SystemRoot']

export class ReaderChild {
  readonly #child: ChildProcess
  readonly #ready: Promise<unknown>
  #waiting: Waiting | null = null
  #gone = false

  constructor(path: string) {
    this.#child = start(path)
    this.#child.on('message', (answer: ReaderAnswer) => this.#waiting?.resolve(answer))
    this.#child.once('exit', () => this.#lost())
    this.#child.once('error', () => this.#lost())
    this.#ready = this.#answer({ mostMs: mostStartMs, late: died() })
    this.#ready.catch(() => undefined)
  }

  get isGone(): boolean {
    return this.#gone
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** The time counts from when the process is ready. Refusals: `unavailable` when it died, `query-too-long` when it was killed after `mostMs`. */
  async ask(request: Exclude<ReaderRequest, { is: 'end' }>, mostMs: number): Promise<Batch> {
    await this.#ready
    if (this.#gone) throw died()
    const answering = this.#answer({ mostMs, late: new Refusal('query-too-long') })
    this.#send(request)
    const answer = await answering
    if (answer.is === 'rows') return answer
    throw answer.is === 'failed' ? failureOf(answer) : died()
  }

  end(): void {
    if (!this.#gone) this.#send({ is: 'end' })
  }

  /** Whatever it is doing. */
  kill(): void {
    this.#kill(died())
  }

  #send(request: ReaderRequest): void {
    this.#child.send(request, (error) => error && this.#lost())
  }

  /** What it says next. While somebody waits for it, the server stays; an idle one keeps nobody from ending. */
  #answer({ mostMs, late }: { readonly mostMs: number; readonly late: Refusal }): Promise<ReaderAnswer> {
    this.#child.ref()
    this.#child.channel?.ref()
    const timer = setTimeout(() => this.#kill(late), Math.max(1, mostMs))
    return new Promise<ReaderAnswer>((resolve, reject) => {
      this.#waiting = { resolve, reject }
    }).finally(() => {
      clearTimeout(timer)
      this.#waiting = null
      this.#child.unref()
      this.#child.channel?.unref()
    })
  }

  #kill(reason: unknown): void {
    this.#gone = true
    this.#child.kill('SIGKILL')
    this.#waiting?.reject(reason)
  }

  #lost(): void {
    this.#gone = true
    this.#waiting?.reject(died())
  }
}

function died(): Refusal {
  return new Refusal('unavailable', { params: { retry_after: 1 } })
}

/** SQLite that runs out of its share of memory was asked for too much. */
const asksTooMuch = new Set(['SQLITE_NOMEM', 'SQLITE_TOOBIG'])

function failureOf({ code, message }: Extract<ReaderAnswer, { is: 'failed' }>): unknown {
  return asksTooMuch.has(code) ? new Refusal('query-too-long') : Object.assign(new Error(message), { code })
}

/** Beside the built server, or the source itself under the loader of TypeScript. No secret of the server's surroundings goes along. */
function start(path: string): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts')
  const entry = isSource
    ? './reader-process.ts'
    : /\/chunks\/[^/]+$/.test(import.meta.url)
      ? '../reader.mjs'
      : './reader.mjs'
  const env = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return fork(fileURLToPath(new URL(entry, import.meta.url)), [path], {
    ...(isSource ? { cwd: fileURLToPath(new URL('../../..', import.meta.url)) } : {}),
    execArgv: [`--max-old-space-size=${mostHeapMb}`, ...(isSource ? ['--import', 'tsx'] : [])],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}
