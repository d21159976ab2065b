/** An installation under way, and what comes along with the picked packs. */
import type { PackAnswer } from '#contract/wire-pack.ts'

export interface Install {
  readonly running: string | null
  readonly done: number
  readonly failure: unknown
  start(packs: readonly PackAnswer[], demo: boolean): Promise<void>
}

/** The picked packs and, transitively, those they require that are not installed yet. */
export function withRequired(all: readonly PackAnswer[], picked: readonly PackAnswer[]): readonly PackAnswer[] {
  const whole = new Set(picked)
  for (const pack of whole) {
    for (const name of pack.requires ?? []) {
      const required = all.find((one) => one.name === name)
      if (required && required.installed === null) whole.add(required)
    }
  }
  return [...whole]
}
