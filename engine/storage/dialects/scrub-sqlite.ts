/** Takes out of a SQLite file what was deleted or overwritten and still lies in its free pages, its search index and its log. */
import BetterSqlite from 'better-sqlite3'
import { registerFunctions } from './functions.ts'

const busyMs = 5_000

/** false: others use the file just now; it can be done again. Needs as much room as the file has. */
export function scrubSqlite(path: string): boolean {
  const sqlite = new BetterSqlite(path, { fileMustExist: true, timeout: busyMs })
  try {
    sqlite.pragma('trusted_schema = OFF')
    registerFunctions(sqlite)
    sqlite.exec(`insert into fl_search_text (fl_search_text) values ('optimize')`)
    sqlite.exec('vacuum')
    const [answer] = sqlite.pragma('wal_checkpoint(truncate)') as readonly { readonly busy: number }[]
    return answer?.busy === 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')) return false
    throw error
  } finally {
    sqlite.close()
  }
}
