/** Where the package lies, and where this user keeps what is costly to make twice. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Sources are absent from a package that was installed from a registry or a tarball. */
export const hasSources = existsSync(join(root, 'engine', 'main.ts')) || existsSync(join(root, 'package-lock.json'))

export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'formloom')

/** For what the person must read: one line, no stack. */
export function stop(message) {
  console.error(message)
  process.exit(1)
}
