/** The one row that says: this workspace has had its first admin. */
import type { Connection } from '../connection.ts'

export async function isSetUp(db: Connection): Promise<boolean> {
  return (await db.selectFrom('fl_setup').select('one').executeTakeFirst()) !== undefined
}

/** Takes the one place; false: somebody has it. Of two at once the second waits for the first. */
export async function claimSetup(db: Connection, at: string): Promise<boolean> {
  const done = await db
    .insertInto('fl_setup')
    .values({ one: 1, at, user_id: '' })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(done.numInsertedOrUpdatedRows ?? 0) > 0
}

export async function finishSetup(db: Connection, user: string): Promise<void> {
  await db.updateTable('fl_setup').set({ user_id: user }).execute()
}
