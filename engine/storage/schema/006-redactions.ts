/** Changes whose personal values were erased: which erasure did it, and a hash over what stands there since. */
import { textType } from '../dialects/text-type.ts'
import type { Migration } from './migration.ts'

export const redactions: Migration = {
  number: 6,
  async up(db) {
    for (const name of ['redacted', 'redacted_hash'])
      await db.schema.alterTable('fl_change').addColumn(name, textType(db)).execute()
  },
}
