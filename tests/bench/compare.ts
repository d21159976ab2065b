/** Two sides in turn, round by round, on the same job; the middle round is told. */
import type { Job } from './jobs.ts'
import { type Call, drive, type Measured } from './load.ts'
import { callOf, type Side } from './side.ts'

export interface Pair {
  readonly job: string
  readonly connections: number
  readonly ours: Measured
  readonly byHand: Measured
  /** Median over the rounds of ours ÷ by hand: above 1 we are faster. */
  readonly ratio: number
}

export interface Setting {
  readonly ours: Side
  readonly byHand: Side
  readonly connections: number
  readonly rounds: number
  /** Calls of a round, of those that the job asks for. */
  readonly share: number
}

/** The first round warms up. */
export async function compare(job: Job, { ours, byHand, connections, rounds, share }: Setting): Promise<Pair> {
  const pairs: Pick<Pair, 'ours' | 'byHand'>[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = {
      ours: await measure(ours, job, { connections, share, make: (index) => job.ours(ours, index) }),
      byHand: await measure(byHand, job, { connections, share, make: (index) => job.byHand(byHand, index) }),
    }
    if (round > 0) pairs.push(pair)
  }
  const ratioOf = (pair: (typeof pairs)[number]) => pair.ours.perSecond / pair.byHand.perSecond
  const middle = [...pairs].sort((a, b) => ratioOf(a) - ratioOf(b))[
    Math.floor(pairs.length / 2)
  ] as (typeof pairs)[number]
  return { job: job.name, connections, ...middle, ratio: ratioOf(middle) }
}

export function measure(
  side: Side,
  job: Pick<Job, 'calls' | 'expected' | 'answered'>,
  {
    connections,
    share,
    make,
  }: { readonly connections: number; readonly share: number; readonly make: (index: number) => Call },
): Promise<Measured> {
  return drive({
    address: side.address,
    pid: side.pid,
    connections,
    calls: Math.ceil((job.calls * share) / (connections === 1 ? 4 : 1)),
    expected: job.expected,
    make: (index) => callOf(side, make(index)),
    answered: (index, answer) => job.answered?.(side, index, answer),
  })
}

/** The middle of several rounds of one side, after one that warms up. */
export async function rounds(
  side: Side,
  job: Job,
  { connections, count, share }: { readonly connections: number; readonly count: number; readonly share: number },
): Promise<Measured> {
  const all: Measured[] = []
  for (let round = 0; round <= count; round += 1) {
    const measured = await measure(side, job, { connections, share, make: (index) => job.ours(side, index) })
    if (round > 0) all.push(measured)
  }
  return all.sort((a, b) => a.cpuMs - b.cpuMs)[Math.floor(all.length / 2)] as Measured
}
