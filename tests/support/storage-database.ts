/** Test support: opens a fresh, migrated database and closes all of them after each test file. */
import { afterEach } from 'vitest'
import type { Log } from '#base/ports.ts'
import { type Database, type DatabaseOptions, openDatabase } from '#storage/database.ts'
import { migrate } from '#storage/migrate.ts'
import type { TestDatabase } from './databases.ts'

export const silentLog: Log = { info() {}, warn() {}, error() {} }

const closers: (() => Promise<void>)[] = []

/** Example: `const database = await freshDatabase(sqlite)`; it is closed and removed after the test. */
export async function freshDatabase(
  kind: TestDatabase,
  more: Pick<DatabaseOptions, 'longReads'> = {},
): Promise<Database> {
  const { url, folder, close } = await kind.open()
  const database = await openDatabase({ url, folder, log: silentLog, watchNesting: true, ...more })
  closers.push(async () => {
    await database.close()
    await close()
  })
  await migrate(database)
  return database
}

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
