/** Goals of speed: closures against json-logic-js, one edit in a big order, compiling a wide form. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const mostAttempts = 3

interface Figures {
  readonly formulas: readonly { readonly name: string; readonly times: number }[]
  readonly editMs: number
  readonly compileMs: number
}

/** In a process of its own: the test runner turns every import into a property access, which costs more than the arithmetic. */
async function measure(): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/bench/expressions.ts'], {
    cwd: root,
  })
  return JSON.parse(stdout) as Figures
}

function reached({ formulas, editMs, compileMs }: Figures): boolean {
  return formulas.every(({ times }) => times >= 10) && editMs <= 1 && compileMs <= 50
}

it('evaluates order formulas ten times faster than json-logic-js, an edit in a millisecond, five hundred formulas compiled in fifty', async () => {
  // Other work on the machine may fall on one measurement; all goals must be reached in the same one.
  let figures = await measure()
  for (let attempt = 1; attempt < mostAttempts && !reached(figures); attempt += 1) figures = await measure()
  expect(reached(figures), JSON.stringify(figures)).toBe(true)
})
