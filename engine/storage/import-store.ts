/** Imports that wait for their commit: the file as text, the mapping, the report of the last run. */
import type { Json } from '#base/json.ts'
import type { Connection } from './connection.ts'

export type ImportState = 'ready' | 'running' | 'done' | 'failed'

export interface StoredImport {
  readonly id: string
  readonly form: string
  readonly state: ImportState
  readonly fileName: string | null
  readonly mapping: Json
  readonly report: Json
  readonly createdBy: string | null
  /** ISO 8601, like the next. */
  readonly createdAt: string
  readonly updatedAt: string
}

/** The file stands in one row of its own, number 0. */
const fileRow = 0

export async function insertImport(db: Connection, stored: StoredImport, text: string): Promise<void> {
  await db
    .insertInto('fl_import')
    .values({
      id: stored.id,
      form: stored.form,
      state: stored.state,
      file_name: stored.fileName,
      mapping: JSON.stringify(stored.mapping),
      report: JSON.stringify(stored.report),
      created_by: stored.createdBy,
      created_at: stored.createdAt,
      updated_at: stored.updatedAt,
    })
    .execute()
  await db
    .insertInto('fl_import_row')
    .values({ import: stored.id, number: fileRow, cells: text, state: 'file' })
    .execute()
}

export async function readImport(db: Connection, id: string): Promise<StoredImport | null> {
  const row = await db.selectFrom('fl_import').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const json = (column: string) => (row[column] === null ? null : (JSON.parse(String(row[column])) as Json))
  return {
    id,
    form: String(row['form']),
    state: String(row['state']) as ImportState,
    fileName: row['file_name'] === null ? null : String(row['file_name']),
    mapping: json('mapping'),
    report: json('report'),
    createdBy: row['created_by'] === null ? null : String(row['created_by']),
    createdAt: String(row['created_at']),
    updatedAt: String(row['updated_at']),
  }
}

export async function readImportFile(db: Connection, id: string): Promise<string | null> {
  const row = await db
    .selectFrom('fl_import_row')
    .select('cells')
    .where('import', '=', id)
    .where('number', '=', fileRow)
    .executeTakeFirst()
  return row ? String(row['cells']) : null
}

/** Moves from one state to another; false: it was not in that state. */
export async function moveImport(
  db: Connection,
  id: string,
  move: { readonly from: ImportState; readonly to: ImportState; readonly at: string },
): Promise<boolean> {
  const done = await db
    .updateTable('fl_import')
    .set({ state: move.to, updated_at: move.at })
    .where('id', '=', id)
    .where('state', '=', move.from)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

export async function saveImportReport(
  db: Connection,
  id: string,
  outcome: { readonly mapping?: Json; readonly report: Json; readonly at: string },
): Promise<void> {
  await db
    .updateTable('fl_import')
    .set({
      report: JSON.stringify(outcome.report),
      updated_at: outcome.at,
      ...(outcome.mapping === undefined ? {} : { mapping: JSON.stringify(outcome.mapping) }),
    })
    .where('id', '=', id)
    .execute()
}

/** The file is not kept once its rows are records. */
export async function deleteImportFile(db: Connection, id: string): Promise<void> {
  await db.deleteFrom('fl_import_row').where('import', '=', id).execute()
}
