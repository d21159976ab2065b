/** `npm test`: all test projects; parameters go to the test runner unchanged. */
import { join } from 'node:path'
import { runScript } from './child.mjs'
import { root } from './root.mjs'

const runner = join(root, 'node_modules', 'vitest', 'vitest.mjs')

export function runTests(parameters) {
  return runScript(runner, ['run', '--config', 'tests/vitest.config.ts', ...parameters])
}
