/** The SQLite driver's compiled part: from the user's cache when it loads, else compiled once and cached. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { npm, runQuietly } from './child.mjs'
import { cacheFolder, root, stop } from './root.mjs'

const tools = ['python3', 'make', 'g++']

/** After this, `import 'better-sqlite3'` works or the process has ended with the reason. */
export async function ensureBinding() {
  const driver = driverFolder()
  if (await loads(driver)) return store(driver)
  if (restore(driver) && (await loads(driver))) return
  await compile(driver)
  store(driver)
}

function driverFolder() {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('better-sqlite3/package.json'))
  } catch {
    return stop('The package better-sqlite3 is missing: install the packages again.')
  }
}

function bindingOf(driver) {
  return join(driver, 'build', 'Release', 'better_sqlite3.node')
}

/** In a child process: a binding for another Node may end the process that loads it. */
async function loads(driver) {
  if (!existsSync(bindingOf(driver))) return false
  const program = `const Database = require(${JSON.stringify(driver)}); new Database(':memory:').prepare('select 1').get()`
  return (await runQuietly(process.execPath, ['-e', program])).code === 0
}

function cachedBinding(driver) {
  const { version } = JSON.parse(readFileSync(join(driver, 'package.json'), 'utf8'))
  const key = [version, process.versions.modules, process.platform, process.arch, libc()].filter(Boolean).join('-')
  return join(cacheFolder, `better-sqlite3-${key}.node`)
}

function libc() {
  if (process.platform !== 'linux') return ''
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function restore(driver) {
  const cached = cachedBinding(driver)
  if (!existsSync(cached)) return false
  copyAtomically(cached, bindingOf(driver))
  return true
}

/** A cache that cannot be written costs time, not correctness. */
function store(driver) {
  const cached = cachedBinding(driver)
  if (existsSync(cached)) return
  try {
    copyAtomically(bindingOf(driver), cached)
  } catch (error) {
    console.warn(`The compiled SQLite driver could not be kept for the next time: ${error.message}`)
  }
}

function copyAtomically(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  const staging = `${to}.${process.pid}`
  copyFileSync(from, staging)
  renameSync(staging, to)
}

async function compile(driver) {
  console.log('Compiling the SQLite driver, once for this Node: a minute or two …')
  const [file, parameters] = npm(['rebuild', 'better-sqlite3', '--ignore-scripts=false', '--foreground-scripts'])
  const env = { ...process.env, JOBS: 'max', ...headersOfThisNode() }
  const { output } = await runQuietly(file, parameters, { cwd: installRoot(driver), env })
  if (await loads(driver)) return
  const missing = tools.filter((tool) => !isOnPath(tool))
  if (missing.length > 0) stop(`The SQLite driver must be compiled and ${missing.join(', ')} is missing: install it.`)
  stop(`${output.split('\n').slice(-40).join('\n')}\nThe SQLite driver could not be compiled: see above.`)
}

/** The folder that holds the `node_modules` with the driver: this package, or the one that installed it. */
function installRoot(driver) {
  return dirname(dirname(driver))
}

/** Headers beside the running Node spare a download and cannot be those of another version. */
function headersOfThisNode() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {}
}

function isOnPath(tool) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, tool)))
}
