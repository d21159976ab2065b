/** A part of a transaction that may fail alone: its writes are undone, the rest of the transaction goes on. */
import { bulkOf } from './bulk.ts'
import { writeWaiting } from './change-log.ts'
import { type Connection, contextOf } from './connection.ts'

/** Runs `work` under a savepoint; what it throws is thrown on after its writes (and its after-commit tasks) are undone. */
export async function savepoint<T>(db: Connection, work: () => Promise<T>): Promise<T> {
  const { afterCommit: tasks, session } = contextOf(db)
  const known = tasks?.length ?? 0
  await writeWaiting(db)
  await session.control('savepoint part')
  try {
    const answer = await work()
    await writeWaiting(db)
    await session.control('release savepoint part')
    return answer
  } catch (error) {
    await session.control('rollback to savepoint part')
    await session.control('release savepoint part')
    tasks?.splice(known)
    bulkOf(db)?.undo()
    throw error
  }
}
