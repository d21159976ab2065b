/** Imports that go on after a crash: how far each is, who works on it, and its sheet in pieces. What an older program left half-way is ended. */
import type { Connection } from '../connection.ts'
import { dialectOf } from '../connection.ts'
import { textType } from '../dialects/text-type.ts'
import type { Migration } from './migration.ts'

export const imports: Migration = {
  number: 4,
  async up(db) {
    const number = dialectOf(db) === 'sqlite' ? 'integer' : 'bigint'
    for (const name of ['counts', 'settings', 'asked', 'node', 'lease_until'])
      await db.schema.alterTable('fl_import').addColumn(name, textType(db)).execute()
    for (const name of ['position', 'total'])
      await db.schema
        .alterTable('fl_import')
        .addColumn(name, number, (column) => column.notNull().defaultTo(0))
        .execute()
    await db.schema.alterTable('fl_import_row').addColumn('form', textType(db)).execute()
    await db.schema
      .createTable('fl_import_part')
      .addColumn('import', textType(db), (column) => column.notNull())
      .addColumn('kind', textType(db), (column) => column.notNull())
      .addColumn('number', number, (column) => column.notNull())
      .addColumn('content', textType(db), (column) => column.notNull())
      .addPrimaryKeyConstraint('fl_import_part_key', ['import', 'kind', 'number'])
      .execute()
    await db.schema.createIndex('fl_import_state').on('fl_import').columns(['state']).execute()
    await endOld(db)
  },
}

/** Their files are kept in another shape; what they have written can still be undone. */
async function endOld(db: Connection): Promise<void> {
  await db.updateTable('fl_import').set({ state: 'failed' }).where('state', '=', 'ready').execute()
  await db.updateTable('fl_import').set({ state: 'stopped' }).where('state', '=', 'running').execute()
  await db.deleteFrom('fl_import_row').where('number', '<=', 0).execute()
}
