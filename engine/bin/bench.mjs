/** `npm run bench`: the product against the same job written by hand, side by side in one run. */
import { runVisibly } from './child.mjs'

export function bench(parameters) {
  return runVisibly(process.execPath, ['--import', 'tsx', 'tests/bench/run.ts', ...parameters])
}
