/** `npm run bench`: the built product against the same job written by hand, side by side in one run. */
import { buildIfChanged } from './build.mjs'
import { runVisibly } from './child.mjs'

export async function bench(parameters) {
  await buildIfChanged()
  return runVisibly(process.execPath, ['--import', 'tsx', 'tests/bench/run.ts', ...parameters])
}
