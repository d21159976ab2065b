/** Imports from upload to undo: how each stands, how far it is, what it has written. */
import type { Json, JsonObject } from '#base/json.ts'
import type { Connection } from './connection.ts'
import { ManyRows } from './many-rows.ts'

/**
 * arriving: the file is stored; checking: its dry run; ready: waits for the commit; running: rows are written;
 * stopped: somebody, or a refused row, has ended that half-way; undoing, undone: what was written is taken back.
 */
export type ImportState =
  | 'arriving'
  | 'checking'
  | 'ready'
  | 'running'
  | 'stopped'
  | 'done'
  | 'failed'
  | 'undoing'
  | 'undone'

/** What has come of it so far. */
export interface ImportCounts {
  readonly created: number
  readonly updated: number
  readonly targets: number
  /** Cells and records that do not fit. */
  readonly errors: number
}

export interface StoredImport {
  readonly id: string
  readonly form: string
  readonly state: ImportState
  readonly fileName: string | null
  readonly mapping: Json
  /** Header and rows of the sheet, and how it ended. */
  readonly report: JsonObject
  readonly counts: ImportCounts
  /** How its rows are written, and in whose name. */
  readonly settings: JsonObject
  /** Records that are settled, of so many. */
  readonly position: number
  readonly total: number
  /** What somebody wants of the one that works on it. */
  readonly asked: 'stop' | 'undo' | null
  readonly createdBy: string | null
  /** ISO 8601, like the next. */
  readonly createdAt: string
  readonly updatedAt: string
}

export const noCounts: ImportCounts = { created: 0, updated: 0, targets: 0, errors: 0 }

export type NewImport = Pick<
  StoredImport,
  'id' | 'form' | 'fileName' | 'mapping' | 'settings' | 'createdBy' | 'createdAt' | 'state'
>

export async function insertImport(db: Connection, made: NewImport): Promise<void> {
  await db
    .insertInto('fl_import')
    .values({
      id: made.id,
      form: made.form,
      state: made.state,
      file_name: made.fileName,
      mapping: JSON.stringify(made.mapping),
      report: '{}',
      counts: JSON.stringify(noCounts),
      settings: JSON.stringify(made.settings),
      created_by: made.createdBy,
      created_at: made.createdAt,
      updated_at: made.createdAt,
    })
    .execute()
}

export async function readImport(db: Connection, id: string): Promise<StoredImport | null> {
  const row = await db.selectFrom('fl_import').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? importOf(row) : null
}

/** Those of one user, latest first. */
export async function importsOf(db: Connection, user: string, limit: number): Promise<readonly StoredImport[]> {
  const rows = await db
    .selectFrom('fl_import')
    .selectAll()
    .where('created_by', '=', user)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(importOf)
}

function importOf(row: Readonly<Record<string, unknown>>): StoredImport {
  const json = (column: string) => (row[column] === null ? null : (JSON.parse(String(row[column])) as Json))
  const text = (column: string) => (row[column] === null ? null : String(row[column]))
  return {
    id: String(row['id']),
    form: String(row['form']),
    state: String(row['state']) as ImportState,
    fileName: text('file_name'),
    mapping: json('mapping'),
    report: (json('report') ?? {}) as JsonObject,
    counts: (json('counts') ?? noCounts) as unknown as ImportCounts,
    settings: (json('settings') ?? {}) as JsonObject,
    position: Number(row['position']),
    total: Number(row['total']),
    asked: text('asked') as StoredImport['asked'],
    createdBy: text('created_by'),
    createdAt: String(row['created_at']),
    updatedAt: String(row['updated_at']),
  }
}

export type ImportChange = Partial<
  Pick<StoredImport, 'state' | 'mapping' | 'report' | 'counts' | 'settings' | 'position' | 'total' | 'asked'>
>

/** false: it was in none of these states. */
export async function changeImport(
  db: Connection,
  id: string,
  change: ImportChange & { readonly from?: readonly ImportState[]; readonly at: string },
): Promise<boolean> {
  const { from, at, mapping, report, counts, settings, ...plain } = change
  const json = { mapping, report, counts, settings }
  const texts = Object.entries(json).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, JSON.stringify(value)]],
  )
  const update = db
    .updateTable('fl_import')
    .set({ ...plain, ...Object.fromEntries(texts), updated_at: at })
    .where('id', '=', id)
  const done = await (from ? update.where('state', 'in', [...from]) : update).executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

/** One record that an import wrote. */
export interface WrittenRow {
  /** In the order of writing, from 1. */
  readonly number: number
  readonly state: 'created' | 'updated'
  readonly form: string
  readonly record: string
  /** That the import made. */
  readonly version: number
}

const writtenRows = new ManyRows('fl_import_row', {
  import: 'text',
  number: 'integer',
  cells: 'text',
  state: 'text',
  form: 'text',
  record: 'text',
  version: 'integer',
})

/** Behind those that are there: what was written in the transaction of `db`. */
export async function insertWritten(
  db: Connection,
  id: string,
  written: readonly Omit<WrittenRow, 'number'>[],
): Promise<void> {
  const last = await db
    .selectFrom('fl_import_row')
    .select((each) => each.fn.max('number').as('number'))
    .where('import', '=', id)
    .executeTakeFirst()
  const first = Number(last?.['number'] ?? 0) + 1
  await writtenRows.insert(
    db,
    written.map(({ state, form, record, version }, index) => [id, first + index, '', state, form, record, version]),
  )
}

/** The last ones that were not undone yet, latest first. Rows of an older program name no form: it is that of the import. */
export async function readWritten(
  db: Connection,
  { id, form }: Pick<StoredImport, 'id' | 'form'>,
  limit: number,
): Promise<readonly WrittenRow[]> {
  const rows = await db
    .selectFrom('fl_import_row')
    .select(['number', 'state', 'form', 'record', 'version'])
    .where('import', '=', id)
    .where('number', '>', 0)
    .where('state', 'in', ['created', 'updated'])
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    number: Number(row['number']),
    state: row['state'] as WrittenRow['state'],
    form: row['form'] === null ? form : String(row['form']),
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

/** Files that nobody has imported since `before` are let go, and what an import needs no more with its end. */
export async function letGoImports(db: Connection, before: string): Promise<void> {
  await db
    .updateTable('fl_import')
    .set({ state: 'failed' })
    .where('state', '=', 'ready')
    .where('updated_at', '<', before)
    .execute()
  const ended = db.selectFrom('fl_import').select('id').where('state', 'in', ['failed', 'undone'])
  await db.deleteFrom('fl_import_part').where('kind', 'in', ['rows', 'waiting']).where('import', 'in', ended).execute()
}
