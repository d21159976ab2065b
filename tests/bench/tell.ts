/** Figures as lines for people. */
import type { Pair } from './compare.ts'

/** What every part of the bench is given. */
export interface Part {
  /** Scratch space of the run. */
  readonly folder: string
  readonly rounds: number
  readonly many: boolean
  /** 1; a quick run takes a tenth of the records and calls, and only shows that all parts work. */
  readonly share: number
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

export const headOfPairs =
  'job                            | conn |  ours/s | by hand/s | ratio | ours ms p50 / p99 | cpu ms ours / by hand |  raw/s'

export function sayPair({ job, connections, ours, byHand, ratio }: Pair, raw: Readonly<Record<string, number>>): void {
  const cells = [
    job.padEnd(30),
    right(connections, 4),
    right(Math.round(ours.perSecond), 7),
    right(Math.round(byHand.perSecond), 9),
    right(ratio.toFixed(2), 5),
    right(`${ours.p50.toFixed(1)} / ${ours.p99.toFixed(1)}`, 17),
    right(`${ours.cpuMs.toFixed(2)} / ${byHand.cpuMs.toFixed(2)}`, 21),
    right(raw[job] ?? '', 7),
  ]
  say(cells.join(' | '))
}

function right(value: number | string, width: number): string {
  return String(value).padStart(width)
}
