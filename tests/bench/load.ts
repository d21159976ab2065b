/** Drives requests at a server over kept connections; counts, never guesses. */
import { readFileSync } from 'node:fs'
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
}

export interface Measured {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Processor milliseconds of the server per request: what noise touches least. */
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
      const call = load.make(next++)
      const start = performance.now()
      const answer = await send(load.address, call, agent)
      times.push(performance.now() - start)
      if (answer.status !== load.expected)
        throw new Error(`${call.method} ${call.path}: ${answer.status} ${answer.body.slice(0, 300)}`)
    }
  }
  const cpu = cpuMs(load.pid)
  const start = performance.now()
  await Promise.all(Array.from({ length: load.connections }, work))
  const seconds = (performance.now() - start) / 1000
  const used = cpuMs(load.pid) - cpu
  agent.destroy()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { perSecond: load.calls / seconds, p50: at(0.5), p99: at(0.99), cpuMs: used / load.calls }
}

/** Processor time of a process so far, user and system, from the kernel's own accounting. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
