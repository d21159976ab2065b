/** Imports that wait for their commit: the file as text, the mapping, the report of the last run. */
import type { Json } from '#base/json.ts'
import type { Connection } from './connection.ts'

export type ImportState = 'ready' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'

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

/** The file stands in one row of its own, number 0, and its refused lines in another; what was written follows from 1. */
const fileRow = 0
const errorRow = -1

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
  return readText(db, id, fileRow)
}

/** The refused lines of the last run as CSV; null: there were none. */
export async function readErrorFile(db: Connection, id: string): Promise<string | null> {
  return readText(db, id, errorRow)
}

/** Replaces that of the run before. */
export async function saveErrorFile(db: Connection, id: string, text: string | null): Promise<void> {
  await deleteText(db, id, errorRow)
  if (text === null) return
  await db.insertInto('fl_import_row').values({ import: id, number: errorRow, cells: text, state: 'errors' }).execute()
}

async function readText(db: Connection, id: string, number: number): Promise<string | null> {
  const row = await db
    .selectFrom('fl_import_row')
    .select('cells')
    .where('import', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ? String(row['cells']) : null
}

async function deleteText(db: Connection, id: string, number: number): Promise<void> {
  await db.deleteFrom('fl_import_row').where('import', '=', id).where('number', '=', number).execute()
}

/** One record that an import wrote. */
export interface WrittenRow {
  /** In the order of writing, from 1. */
  readonly number: number
  readonly state: 'created' | 'updated'
  readonly record: string
  /** That the import made. */
  readonly version: number
}

const rowsAtOnce = 100

export async function insertWritten(db: Connection, id: string, rows: readonly WrittenRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    await db
      .insertInto('fl_import_row')
      .values(rows.slice(start, start + rowsAtOnce).map((row) => ({ import: id, cells: '', ...row })))
      .execute()
}

/** The last ones that were not undone yet, latest first. */
export async function readWritten(db: Connection, id: string, limit: number): Promise<readonly WrittenRow[]> {
  const rows = await db
    .selectFrom('fl_import_row')
    .select(['number', 'state', 'record', 'version'])
    .where('import', '=', id)
    .where('number', '>', fileRow)
    .where('state', 'in', ['created', 'updated'])
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    number: Number(row['number']),
    state: row['state'] as WrittenRow['state'],
    record: String(row['record']),
    version: Number(row['version']),
  }))
}

/** What became of a written record when its import was undone. */
export async function markUndone(
  db: Connection,
  id: string,
  row: { readonly number: number; readonly state: string; readonly issues: Json },
): Promise<void> {
  await db
    .updateTable('fl_import_row')
    .set({ state: row.state, issues: JSON.stringify(row.issues) })
    .where('import', '=', id)
    .where('number', '=', row.number)
    .execute()
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
  await deleteText(db, id, fileRow)
}
