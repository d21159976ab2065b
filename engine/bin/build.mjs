/** Builds pages and server into dist/, and only when something that they are made of has changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runScript } from './child.mjs'
import { fingerprint } from './fingerprint.mjs'
import { root, stop } from './root.mjs'

const inputs = ['engine', 'designer', 'package.json', 'package-lock.json', 'tsconfig.json']
const marker = join(root, 'dist', '.built-from')
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')

export async function buildIfChanged() {
  const wanted = fingerprint(inputs)
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  await build()
}

export async function build() {
  const wanted = fingerprint(inputs)
  rmSync(marker, { force: true })
  await bundle('pages', 'engine/ui/vite.config.ts')
  await bundle('server', 'engine/server.vite.config.ts')
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(marker, wanted)
}

async function bundle(what, config) {
  console.log(`Building the ${what} …`)
  const code = await runScript(vite, ['build', '--config', config, '--logLevel', 'warn'])
  if (code !== 0) stop(`The ${what} could not be built: see above.`)
}
