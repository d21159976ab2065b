/** Brings the tables of records to a model: additive DDL inside the publishing transaction. */
import { sql } from 'kysely'
import type { Model } from '#definitions/model.ts'
import type { Connection } from './connection.ts'
import { ColumnRegistry, Ddl } from './ddl.ts'
import { lockFor } from './locks.ts'
import { applyColumns } from './schema-columns.ts'
import { applyIndexes } from './schema-indexes.ts'
import { applyTable, retireTables } from './schema-tables.ts'
import { prepareSearch } from './search-codes.ts'
import { shapesOfModel } from './shapes.ts'

/** Raised when the same model gets other tables or indexes than before: older databases are brought to the new plan at their next start. */
export const planVersion = 2

/**
 * Answers with the statements that it ran. What stands in the database decides, not `before`: that only saves the work when nothing changed.
 * Refusal `definition-invalid` with `type-change-needs-conversion` where values would be lost.
 */
export async function applySchema(db: Connection, before: Model | null, after: Model): Promise<readonly string[]> {
  if (before !== null && before.hash === after.hash) return []
  await lockFor(db, 'publish')
  const ddl = new Ddl(db, await ColumnRegistry.load(db))
  await settleConstraints(ddl, 'immediate')
  const shapes = shapesOfModel(after)
  for (const shape of shapes) await applyTable(ddl, shape)
  for (const shape of shapes) await applyColumns(ddl, shape)
  await retireTables(ddl, shapes)
  await applyIndexes(ddl, after)
  await prepareSearch(db, after)
  await settleConstraints(ddl, 'deferred')
  return ddl.statements
}

/** PostgreSQL alters no table while checks of its links are waiting for the commit. */
async function settleConstraints(ddl: Ddl, when: 'immediate' | 'deferred'): Promise<void> {
  if (ddl.dialect === 'postgres')
    await (when === 'immediate' ? sql`set constraints all immediate` : sql`set constraints all deferred`).execute(
      ddl.db,
    )
}
