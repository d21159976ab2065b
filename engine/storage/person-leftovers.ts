/** What lies about a person beside the record and its changes: files, recorded answers, sheets of imports, old columns. Counted first, then removed. */
import { sql } from 'kysely'
import type { Connection } from './connection.ts'
import { physicalName } from './names.ts'
import { emptySheets, holds, importsWith } from './person-sheets.ts'

export interface PersonRecord {
  readonly form: string
  readonly record: string
}

export interface Leftovers {
  /** Ids of files that the record holds, or has held, in these fields. */
  readonly files: readonly string[]
  /** Answers kept for requests that are repeated. */
  readonly answers: number
  /** Imports that wrote the record or whose sheet holds one of the values, and that nobody works on. */
  readonly imports: readonly string[]
  /** The same while somebody does. */
  readonly runningImports: readonly string[]
  /** Columns that no definition has any more and that still hold something. */
  readonly oldColumns: readonly OldColumn[]
}

export interface OldColumn {
  readonly table: string
  readonly column: string
  /** Column of the record's id. */
  readonly by: 'id' | 'parent_id'
}

export interface LeftoverQuestion extends PersonRecord {
  /** `scan`, `beds.photo`. */
  readonly fileFields: readonly string[]
  /** Texts of the person that are looked for in sheets. */
  readonly texts: readonly string[]
}

export async function findLeftovers(db: Connection, question: LeftoverQuestion): Promise<Leftovers> {
  const imports = await importsWith(db, question)
  return {
    files: await filesOf(db, question),
    answers: (await answersWith(db, question)).length,
    imports: imports.filter(({ rests }) => rests).map(({ id }) => id),
    runningImports: imports.filter(({ rests }) => !rests).map(({ id }) => id),
    oldColumns: await oldColumnsOf(db, question),
  }
}

/** In the caller's transaction. The bytes of the files are the caller's to remove, afterwards. */
export async function removeLeftovers(db: Connection, of: PersonRecord, found: Leftovers): Promise<void> {
  if (found.files.length > 0)
    await db
      .deleteFrom('fl_file')
      .where('id', 'in', [...found.files])
      .execute()
  for (const answer of await answersWith(db, of))
    await db
      .updateTable('fl_idempotency')
      .set({ answer: 'null' })
      .where('principal', '=', answer.principal)
      .where('route', '=', answer.route)
      .where('key', '=', answer.key)
      .execute()
  await emptySheets(db, found.imports)
  for (const { table, column, by } of found.oldColumns)
    await db
      .updateTable(table)
      .set({ [column]: null })
      .where(by, '=', of.record)
      .execute()
}

async function filesOf(db: Connection, { form, record, fileFields }: LeftoverQuestion): Promise<readonly string[]> {
  if (fileFields.length === 0) return []
  const rows = await db
    .selectFrom('fl_file')
    .select('id')
    .where('form', '=', form)
    .where('record', '=', record)
    .where('field', 'in', [...fileFields])
    .execute()
  return rows.map((row) => String(row['id']))
}

interface Answer {
  readonly principal: string
  readonly route: string
  readonly key: string
}

/** Every answer that names the record. */
async function answersWith(db: Connection, { record }: PersonRecord): Promise<readonly Answer[]> {
  const { rows } = await sql<Answer>`select principal, route, key from fl_idempotency
    where ${holds(db, sql`answer`, record)}`.execute(db)
  return rows
}

/** A field that is gone from its form leaves its column, with the values, in case it comes back. */
async function oldColumnsOf(db: Connection, { form, record }: PersonRecord): Promise<readonly OldColumn[]> {
  const columns = await db
    .selectFrom('fl_column')
    .select(['table_name', 'field', 'column_type'])
    .where('form', '=', form)
    .where('state', '=', 'tombstone')
    .where('field', '<>', '')
    .execute()
  const found: OldColumn[] = []
  for (const row of columns) {
    const name = String(row['table_name'])
    const table = physicalName(form, name === '' ? undefined : name)
    const old = { table, column: String(row['field']), by: name === '' ? ('id' as const) : ('parent_id' as const) }
    if (await holdsSomething(db, old, record)) found.push(old)
  }
  return found
}

async function holdsSomething(db: Connection, { table, column, by }: OldColumn, record: string): Promise<boolean> {
  const row = await db
    .selectFrom(table)
    .select('id')
    .where(by, '=', record)
    .where(column, 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
