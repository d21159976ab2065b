/** A part of a transaction that may fail alone: its writes are undone, the rest of the transaction goes on. */
import { sql } from 'kysely'
import { type Connection, contextOf } from './connection.ts'

let count = 0

/** Runs `work` under a savepoint; what it throws is thrown on after its writes (and its after-commit tasks) are undone. */
export async function savepoint<T>(db: Connection, work: () => Promise<T>): Promise<T> {
  count = (count + 1) % 1_000_000
  const name = sql.id(`fl_${count}`)
  const tasks = contextOf(db).afterCommit
  const known = tasks?.length ?? 0
  await sql`savepoint ${name}`.execute(db)
  try {
    const answer = await work()
    await sql`release savepoint ${name}`.execute(db)
    return answer
  } catch (error) {
    await sql`rollback to savepoint ${name}`.execute(db)
    await sql`release savepoint ${name}`.execute(db)
    tasks?.splice(known)
    throw error
  }
}
