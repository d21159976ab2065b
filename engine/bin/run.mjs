/** The commands of package.json: prepares what is missing, then runs `start dev test check bench build new`. */
import { bench } from './bench.mjs'
import { ensureBinding } from './binding.mjs'
import { build, buildIfChanged } from './build.mjs'
import { check } from './check.mjs'
import { develop } from './dev.mjs'
import { installPackages } from './install.mjs'
import { stampNew } from './new.mjs'
import { checkNodeVersion } from './node-version.mjs'
import { stop } from './root.mjs'
import { runBuilt } from './start.mjs'
import { runTests } from './test.mjs'

const verbs = {
  start: async (parameters) => {
    await buildIfChanged()
    await runBuilt(['start', ...parameters])
  },
  dev: develop,
  test: runTests,
  check,
  bench,
  build: ([option]) => (option === '--if-changed' ? buildIfChanged() : build()),
  new: (parameters) => stampNew(parameters),
}

const [verb = '', ...parameters] = process.argv.slice(2)
if (!Object.hasOwn(verbs, verb)) stop(`Usage: npm run ${Object.keys(verbs).join(' | ')}`)
checkNodeVersion()
if (verb !== 'new') {
  await installPackages()
  await ensureBinding()
}
const code = await verbs[verb](parameters)
if (typeof code === 'number') process.exitCode = code
