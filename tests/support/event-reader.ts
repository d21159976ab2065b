/** A client of server-sent events over a real socket: collects what comes, comes back with what it had last. */
import { type ClientRequest, type IncomingMessage, request } from 'node:http'

export interface ReadEvent {
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: data of any event; tests assert what they read
  readonly data: any
}

export interface ReaderOptions {
  /** As `TestApp.listen` gives it. */
  readonly port: string
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
}

export class EventReader {
  readonly events: ReadEvent[] = []
  readonly #request: ClientRequest
  #response: IncomingMessage | null = null
  #text = ''
  /** Of the last block, heartbeats among them. */
  lastId = ''
  status = 0
  ended = false

  private constructor(options: ReaderOptions) {
    this.#request = request({
      host: '127.0.0.1',
      port: options.port,
      path: '/api/events',
      agent: false,
      headers: { host: 'formloom.test', ...(options.cookie ? { cookie: options.cookie } : {}), ...options.headers },
    })
    this.#request.on('error', () => {
      this.ended = true
    })
  }

  /** Resolves once the answer has begun. */
  static async open(options: ReaderOptions): Promise<EventReader> {
    const reader = new EventReader(options)
    await new Promise<void>((resolve, reject) => {
      reader.#request.on('response', (response) => {
        reader.#take(response)
        resolve()
      })
      reader.#request.on('error', reject)
      reader.#request.end()
    })
    return reader
  }

  get headers(): IncomingMessage['headers'] {
    return this.#response?.headers ?? {}
  }

  close(): void {
    this.#request.destroy()
  }

  /** Waits until `holds`; fails after ten seconds with what came. */
  async until(holds: (reader: EventReader) => boolean): Promise<void> {
    for (let waits = 0; waits < 1_000; waits += 1) {
      if (holds(this)) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`did not come: ${holds}\n${JSON.stringify(this.events.slice(-20))}`)
  }

  /** Ids of the records that were told. */
  ids(): readonly string[] {
    return this.events.filter(({ name }) => name === 'record').map(({ data }) => data.id)
  }

  #take(response: IncomingMessage): void {
    this.#response = response
    this.status = response.statusCode ?? 0
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => this.#read(chunk))
    const end = () => {
      this.ended = true
    }
    response.on('end', end)
    response.on('error', end)
    response.on('close', end)
  }

  #read(chunk: string): void {
    this.#text += chunk
    const blocks = this.#text.split('\n\n')
    this.#text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      this.lastId = field('id') ?? this.lastId
      const data = field('data')
      if (data !== undefined) this.events.push({ name: field('event') ?? 'message', data: JSON.parse(data) })
    }
  }
}
