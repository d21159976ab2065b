/** `npm run check`: types, lint, house tests, unit tests; names of parts choose some of them. */
import { join } from 'node:path'
import { runScript } from './child.mjs'
import { root, stop } from './root.mjs'
import { runTests } from './test.mjs'

const compiler = join(root, 'node_modules', 'typescript7', 'bin', 'tsc')
const linter = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')

const parts = {
  types: checkTypes,
  lint: () => runScript(linter, ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  house: () => runTests(['--project', 'house']),
  unit: () => runTests(['--project', 'unit']),
}

/** Every part runs even when an earlier one failed; resolves with the exit code. */
export async function check(names) {
  const unknown = names.filter((name) => !(name in parts))
  if (unknown.length > 0) stop(`Unknown part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`)
  const failed = []
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    console.log(`check ${name}`)
    if ((await parts[name]()) !== 0) failed.push(name)
  }
  console.log(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

async function checkTypes() {
  let failed = 0
  for (const project of ['pure', 'server', 'browser', 'tests']) {
    failed |= await runScript(compiler, ['-p', `engine/tsconfig.${project}.json`])
  }
  return failed
}
