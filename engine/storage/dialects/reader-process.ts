/** The reader process: answers long reads of its parent, so that the server's thread never waits for SQLite; it may be killed at any time. */
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { ReaderRequest } from './reader-messages.ts'
import { ReaderSession } from './reader-session.ts'

const [, self = '', database = ''] = process.argv

process.on('disconnect', () => process.exit(0))
// The parent says when it is over: a signal to the whole group is meant for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
await watchParent()

const session = new ReaderSession(database)
process.on('message', (request: ReaderRequest) => {
  const answer = session.answer(request)
  if (answer) process.send?.(answer)
})
process.send?.({ is: 'ready' })

/** Plain JavaScript that stands beside this file, built or not: a thread does not get the loader of TypeScript. */
async function watchParent(): Promise<void> {
  const script = new URL('reader-watch.mjs', pathToFileURL(self))
  const watcher = new Worker(script, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 16 } })
  await once(watcher, 'message')
  watcher.unref()
}
