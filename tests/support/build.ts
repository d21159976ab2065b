/** Builds pages and server for the tests that use the product as people get it. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Quick when nothing has changed. Resolves with the folder that holds `web` and `server`. */
export async function buildProduct(): Promise<string> {
  const program = join(root, 'engine', 'bin', 'run.mjs')
  await promisify(execFile)(process.execPath, [program, 'build', '--if-changed'], { cwd: root })
  return join(root, 'dist')
}
