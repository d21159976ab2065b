/** Makes small pictures one after the other in a process that lives only while there is work: what a picture does there harms nothing else. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { Refusal } from '#base/problems.ts'
import { pictureSize } from './picture-size.ts'

export interface MakerSettings {
  /** Of the bytes, and of what its header says it unfolds to. */
  readonly mostBytes: number
  readonly mostPixels: number
  /** A picture that takes longer is none. */
  readonly patienceMs: number
  /** The process ends after this time without work. */
  readonly idleMs: number
  /** More pictures do not wait at once. */
  readonly mostWaiting: number
}

export const usualMaker: MakerSettings = {
  mostBytes: 50_000_000,
  mostPixels: 50_000_000,
  patienceMs: 30_000,
  idleMs: 10_000,
  mostWaiting: 500,
}

/** WebAssembly gives no memory back, so that the process ends after a picture of more pixels. */
const smallPixels = 2_000_000
/** Width and height of a small picture at most, in pixels: twice what a list shows. */
export const thumbnailEdge = 320

/** Anything else is not even looked at. */
export function isPicture(type: string): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(type)
}

export class PictureMaker {
  readonly #settings: MakerSettings
  #process: ChildProcess | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #idle: NodeJS.Timeout | undefined
  #closed = false
  /** Processes that were ever started. */
  started = 0

  constructor(settings: MakerSettings = usualMaker) {
    this.#settings = settings
  }

  /**
   * WebP of at most `thumbnailEdge`; null: it is no picture, or one that is not to be unfolded. What waits is not read before its turn:
   * many large files would not fit into the memory. Refusal `unavailable`: too many wait.
   */
  async small(read: () => Promise<Buffer>): Promise<Buffer | null> {
    if (this.#waiting >= this.#settings.mostWaiting || this.#closed)
      throw new Refusal('unavailable', { params: { retry_after: 5 } })
    this.#waiting += 1
    const made = this.#turn.then(async () => this.#smallOf(await read()))
    this.#turn = made.catch(() => undefined)
    try {
      return await made
    } finally {
      this.#waiting -= 1
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#end()
  }

  async #smallOf(bytes: Buffer): Promise<Buffer | null> {
    const size = bytes.length > this.#settings.mostBytes ? null : pictureSize(bytes)
    if (!size || size.width * size.height > this.#settings.mostPixels) return null
    return this.#make(bytes, size.width * size.height)
  }

  async #make(bytes: Buffer, pixels: number): Promise<Buffer | null> {
    clearTimeout(this.#idle)
    if (this.#closed) return null
    const made = await this.#ask(bytes)
    if (made === null || pixels > smallPixels) await this.#end()
    else this.#idle = setTimeout(() => void this.#end(), this.#settings.idleMs).unref()
    return made
  }

  /** Also what ends the process, or keeps it busy, is only a picture that cannot be shown. */
  #ask(bytes: Buffer): Promise<Buffer | null> {
    this.#process ??= this.#start()
    const child = this.#process
    return new Promise((resolve) => {
      const done = (made: Uint8Array | null) => {
        clearTimeout(patience)
        child.off('message', take).off('exit', fail).off('error', fail)
        child.once('error', () => undefined)
        resolve(made && Buffer.from(made))
      }
      const fail = () => done(null)
      const take = (answer: { readonly made?: Uint8Array | null }) => {
        if (answer.made !== undefined) done(answer.made)
      }
      const patience = setTimeout(fail, this.#settings.patienceMs)
      child.on('message', take).once('exit', fail).once('error', fail)
      child.send({ bytes, edge: thumbnailEdge }, (error) => error && fail())
    })
  }

  #start(): ChildProcess {
    this.started += 1
    const child = fork(scriptOf(import.meta.url), [], {
      execArgv: ['--max-old-space-size=128'],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.unref()
    child.channel?.unref()
    return child
  }

  async #end(): Promise<void> {
    const child = this.#process
    this.#process = null
    clearTimeout(this.#idle)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
}

/** Plain JavaScript that stands beside this file, or beside the folder of its chunk. */
function scriptOf(self: string): string {
  return fileURLToPath(new URL(self.includes('/chunks/') ? '../picture-process.mjs' : './picture-process.mjs', self))
}
