/** Drives requests at a server over kept connections; counts, never guesses. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Load {
  readonly address: string
  readonly connections: number
  readonly calls: number
  readonly pid: number
  readonly expected: number
  make(index: number): Call
  answered?(index: number, answer: Answered): void
}

export interface Measured {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Processor milliseconds of the server and its children per request: what noise touches least. */
  readonly cpuMs: number
}

export interface Answered {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Sends one request and waits for the whole answer. */
export function send(address: string, call: Call, agent?: Agent): Promise<Answered> {
  const payload = call.body === undefined ? undefined : JSON.stringify(call.body)
  const headers = {
    ...(payload === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) }),
    ...call.headers,
  }
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}${call.path}`,
      { method: call.method, headers, ...(agent ? { agent } : {}) },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(parts).toString('utf8'),
            headers: answer.headers,
          }),
        )
        answer.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(payload)
  })
}

/** Runs the calls over `connections` at once; a status other than the expected one ends the run. */
export async function drive(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections })
  const times: number[] = []
  let next = 0
  const work = async () => {
    while (next < load.calls) {
      const index = next++
      const call = load.make(index)
      const start = performance.now()
      const answer = await send(load.address, call, agent)
      times.push(performance.now() - start)
      if (answer.status !== load.expected)
        throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.body.slice(0, 300)}`)
      load.answered?.(index, answer)
    }
  }
  const cpu = cpuMs(load.pid)
  const start = performance.now()
  await Promise.all(Array.from({ length: load.connections }, work))
  const seconds = (performance.now() - start) / 1000
  const used = cpuMs(load.pid) - cpu
  agent.destroy()
  return { perSecond: load.calls / seconds, ...spread(times), cpuMs: used / load.calls }
}

export function spread(times: readonly number[]): { readonly p50: number; readonly p99: number } {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

/** Processor time of a process and its children so far, from the kernel's own accounting. */
export function cpuMs(pid: number): number {
  const own = processes(pid).map((each) => {
    const fields = statOf(each)
    // Of itself, and of those children that have ended.
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at] ?? 0), 0)
  })
  return own.reduce((sum, each) => sum + each, 0) * 10
}

/** Megabytes that a process and its children hold, what they share counted once. */
export function memoryMb(pid: number): number {
  const kilobytes = processes(pid).map((each) =>
    Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, 'utf8'))?.[1] ?? 0),
  )
  return Math.round(kilobytes.reduce((sum, each) => sum + each, 0) / 1024)
}

/** Megabytes of the one process, as `ps` shows them; 0 once it is gone. */
export function residentMb(pid: number): number {
  if (!existsSync(`/proc/${pid}/status`)) return 0
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
}

function processes(pid: number): readonly number[] {
  const threads = readdirSync(`/proc/${pid}/task`)
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [pid, ...children.flatMap(processes)]
}

function statOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
}
