/** Installs the pinned packages when they are missing or other than the lock file says. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, runVisibly } from './child.mjs'
import { root, stop } from './root.mjs'

const lockFile = join(root, 'package-lock.json')
const marker = join(root, 'node_modules', '.formloom-installed')
const installedLock = join(root, 'node_modules', '.package-lock.json')

export async function installPackages() {
  const wanted = wantedState()
  if (readText(marker) === wanted) return
  if (!isInstalledByHand()) await install()
  writeFileSync(marker, wanted)
}

async function install() {
  console.log('Installing packages …')
  // Development packages build and test, whatever NODE_ENV says; scripts of packages are never run.
  const [file, parameters] = npm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'])
  if ((await runVisibly(file, parameters)) !== 0) stop('npm could not install the packages: its reason stands above.')
}

function wantedState() {
  const hash = createHash('sha256').update(readFileSync(lockFile))
  return hash.update(`${process.versions.modules} ${process.platform} ${process.arch}`).digest('hex')
}

/** `npm install` before the first `npm start` did the same work; its record is compared with the lock file. */
function isInstalledByHand() {
  const installed = JSON.parse(readText(installedLock) ?? '{"packages":{}}').packages
  const locked = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  return Object.entries(locked)
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .every(([path, entry]) => installed[path]?.version === entry.version && existsSync(join(root, path)))
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
