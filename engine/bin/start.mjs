/** `npm start`: the built server, in this process, as a production server. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, stop } from './root.mjs'

/** Hands the command line on to the built program. */
export async function runBuilt(parameters) {
  const program = join(root, 'dist', 'server', 'cli.mjs')
  if (!existsSync(program))
    stop('Formloom is not built here. In a clone: npm run build. Else: install the package again.')
  process.env.NODE_ENV ??= 'production'
  process.argv = [process.execPath, program, ...parameters]
  await import(pathToFileURL(program).href)
}
