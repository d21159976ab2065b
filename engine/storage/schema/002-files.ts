/** Uploaded files: what they are and which field of which record holds them. Their bytes stand outside of the database. */
import { dialectOf } from '../connection.ts'
import { textType } from '../dialects/text-type.ts'
import type { Migration } from './migration.ts'

export const files: Migration = {
  number: 2,
  async up(db) {
    const text = textType(db)
    const number = dialectOf(db) === 'sqlite' ? 'integer' : 'bigint'
    await db.schema
      .createTable('fl_file')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('size', number, (column) => column.notNull())
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('sha256', text, (column) => column.notNull())
      .addColumn('uploaded_by', text)
      .addColumn('at', text, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('state_at', text, (column) => column.notNull())
      .addColumn('form', text)
      .addColumn('record', text)
      .addColumn('field', text)
      .execute()
    await db.schema.createIndex('fl_file_state').on('fl_file').columns(['state', 'state_at']).execute()
    await db.schema.createIndex('fl_file_record').on('fl_file').columns(['form', 'record']).execute()
  },
}
