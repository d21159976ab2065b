/** Imports whose sheet, report or file name holds something of a person. */
import { type RawBuilder, sql } from 'kysely'
import type { Json, JsonObject } from '#base/json.ts'
import { type Connection, dialectOf } from './connection.ts'

export interface FoundImport {
  readonly id: string
  /** Nobody works on it. */
  readonly rests: boolean
}

const restingStates = new Set(['ready', 'done', 'failed', 'stopped', 'undone'])

/** Also those that wrote the record, as long as they have a sheet. */
export async function importsWith(
  db: Connection,
  { record, texts }: { readonly record: string; readonly texts: readonly string[] },
): Promise<readonly FoundImport[]> {
  const { rows } = await sql<{ id: string; state: string; file_name: string | null; report: string }>`
    select id, state, file_name, report from fl_import order by id`.execute(db)
  const sheets = await sheetsWith(db, { record, texts })
  const isTold = ({ file_name, report }: (typeof rows)[number]) => {
    const told = `${JSON.stringify(file_name ?? '')} ${JSON.stringify(spoken(report))}`
    return texts.some((text) => told.includes(soughtAs(text)))
  }
  return rows
    .filter((row) => sheets.has(row.id) || isTold(row))
    .map(({ id, state }) => ({ id, rests: restingStates.has(state) }))
}

async function sheetsWith(
  db: Connection,
  { record, texts }: { readonly record: string; readonly texts: readonly string[] },
): Promise<ReadonlySet<string>> {
  const inSheet = texts.map((text) => holds(db, sql`p.content`, soughtAs(text)))
  const { rows } = await sql<{ id: string }>`select distinct p.import as id from fl_import_part as p
    where exists (select 1 from fl_import_row as r where r.import = p.import and r.record = ${record})
      or ${inSheet.length === 0 ? sql`false` : sql.join(inSheet, sql` or `)}`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** What a report says of cells: the rest is counts and headers. */
function spoken(report: string): Json {
  const { issues, undo } = JSON.parse(report) as JsonObject
  return [issues ?? null, (undo as JsonObject | undefined)?.['records'] ?? null]
}

/** One that waits for its commit is let go. */
export async function emptySheets(db: Connection, imports: readonly string[]): Promise<void> {
  for (const id of imports) {
    await db.deleteFrom('fl_import_part').where('import', '=', id).execute()
    const row = await db.selectFrom('fl_import').select(['state', 'report']).where('id', '=', id).executeTakeFirst()
    const { issues: _issues, undo, ...rest } = JSON.parse(String(row?.['report'] ?? '{}')) as JsonObject
    const report = undo ? { ...rest, undo: { ...(undo as JsonObject), records: [] } } : rest
    await db
      .updateTable('fl_import')
      .set({
        file_name: null,
        report: JSON.stringify(report),
        state: row?.['state'] === 'ready' ? 'failed' : row?.['state'],
      })
      .where('id', '=', id)
      .execute()
  }
}

const longEnough = 6

/** A short text only as a whole cell: as a part it would be found in sheets of anybody. */
function soughtAs(text: string): string {
  const quoted = JSON.stringify(text)
  return text.length < longEnough ? quoted : quoted.slice(1, -1)
}

/** Does the text have the part in it? */
export function holds(db: Connection, text: RawBuilder<unknown>, part: string): RawBuilder<boolean> {
  return dialectOf(db) === 'sqlite' ? sql`instr(${text}, ${part}) > 0` : sql`strpos(${text}, ${part}) > 0`
}
