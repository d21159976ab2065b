/** What one caller feels of another: reads while sums run in a loop, a row rule against none. */
import { Agent } from 'node:http'
import { rounds } from './compare.ts'
import { jobNamed, listPath, sumsPath } from './jobs.ts'
import { type Measured, send, spread } from './load.ts'
import { callOf, type Side, signIn } from './side.ts'
import type { Part } from './tell.ts'

export interface Beside {
  /** Milliseconds of a get, alone and while an admin's sums over all orders run one after the other. */
  readonly alone: { readonly p50: number; readonly p99: number }
  readonly whileSumming: { readonly p50: number; readonly p99: number }
  readonly gets: number
  readonly sums: number
}

const usualGets = 1_500

export async function getWhileSumming(side: Side, share: number): Promise<Beside> {
  const gets = usualGets * share
  const admin = { ...side, headers: await signIn(side.address, 'admin') }
  const alone = spread(await timesOf(side, gets))
  let running = true
  let sums = 0
  const loop = (async () => {
    while (running) {
      const { status } = await send(side.address, callOf(admin, { method: 'GET', path: sumsPath }))
      if (status !== 200) throw new Error(`sums: ${status}`)
      sums += 1
    }
  })()
  await timesOf(side, 100)
  const times = await timesOf(side, gets)
  running = false
  await loop
  return { alone, whileSumming: spread(times), gets, sums }
}

async function timesOf(side: Side, count: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const job = jobNamed('get')
  const times: number[] = []
  for (let index = 0; index < count; index += 1) {
    const start = performance.now()
    const { status } = await send(side.address, callOf(side, job.ours(side, index)), agent)
    if (status !== 200) throw new Error(`get: ${status}`)
    times.push(performance.now() - start)
  }
  agent.destroy()
  return times
}

export interface Rule {
  readonly rep: Measured
  readonly admin: Measured
  /** Processor time of a non-admin's list ÷ an admin's. */
  readonly ratio: number
}

export async function listUnderRule(side: Side, { rounds: count, share }: Part): Promise<Rule> {
  const job = { ...jobNamed('list of 50, customer expanded'), ours: () => ({ method: 'GET', path: listPath }) }
  const admin = { ...side, headers: await signIn(side.address, 'admin') }
  const measured = {
    rep: await rounds(side, job, { connections: 1, count, share }),
    admin: await rounds(admin, job, { connections: 1, count, share }),
  }
  return { ...measured, ratio: measured.rep.cpuMs / measured.admin.cpuMs }
}
