/** What lies about a person beside the records and their changes: files, recorded answers, sheets of imports, access. Counted first, then removed. */
import { type RawBuilder, sql } from 'kysely'
import { type Connection, dialectOf } from './connection.ts'
import { physicalName } from './names.ts'

export interface PersonRecord {
  readonly form: string
  readonly record: string
}

export interface Leftovers {
  /** Ids of files that the record holds, or has held, in these fields. */
  readonly files: readonly string[]
  /** Answers kept for requests that are repeated. */
  readonly answers: number
  /** Imports that wrote the record or whose sheet holds one of the values, and have ended. */
  readonly imports: readonly string[]
  /** The same while they go on: their sheets stay until they have ended. */
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

const endedStates = ['done', 'failed', 'stopped', 'undone']

export async function findLeftovers(db: Connection, question: LeftoverQuestion): Promise<Leftovers> {
  const imports = await importsWith(db, question)
  const has = (state: string) => endedStates.includes(state)
  return {
    files: await filesOf(db, question),
    answers: (await answersWith(db, question)).length,
    imports: imports.filter(({ state }) => has(state)).map(({ id }) => id),
    runningImports: imports.filter(({ state }) => !has(state)).map(({ id }) => id),
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
  for (const id of found.imports) {
    await db.deleteFrom('fl_import_part').where('import', '=', id).execute()
    await db.updateTable('fl_import').set({ file_name: null }).where('id', '=', id).execute()
  }
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
    where ${place(db, sql`answer`, record)} > 0`.execute(db)
  return rows
}

async function importsWith(db: Connection, { record, texts }: LeftoverQuestion) {
  const inSheet = texts.map((text) => sql`${place(db, sql`p.content`, soughtAs(text))} > 0`)
  const sheet = inSheet.length === 0 ? sql`false` : sql.join(inSheet, sql` or `)
  const { rows } = await sql<{ id: string; state: string }>`select i.id, i.state from fl_import as i
    where exists (select 1 from fl_import_part as p where p.import = i.id) and (
      exists (select 1 from fl_import_row as r where r.import = i.id and r.record = ${record})
      or exists (select 1 from fl_import_part as p where p.import = i.id and (${sheet}))) order by i.id`.execute(db)
  return rows
}

const longEnough = 6

/** A short text only as a whole cell: as a part it would be found in sheets of anybody. */
function soughtAs(text: string): string {
  const quoted = JSON.stringify(text)
  return text.length < longEnough ? quoted : quoted.slice(1, -1)
}

function place(db: Connection, text: RawBuilder<unknown>, part: string): RawBuilder<unknown> {
  return dialectOf(db) === 'sqlite' ? sql`instr(${text}, ${part})` : sql`strpos(${text}, ${part})`
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

export interface UserAccess {
  readonly sessions: number
  readonly keys: number
  readonly password: boolean
}

/** Keys count while they have a name of the user's. */
export async function accessLeft(db: Connection, user: string, token: string): Promise<UserAccess> {
  const sessions = await db.selectFrom('fl_session').select('token_hash').where('user_id', '=', user).execute()
  const keys = await db
    .selectFrom('fl_key')
    .select('id')
    .where('user_id', '=', user)
    .where('name', 'not like', `${token.slice(0, 7)}%`)
    .execute()
  const password = await db.selectFrom('fl_credential').select('user_id').where('user_id', '=', user).executeTakeFirst()
  return { sessions: sessions.length, keys: keys.length, password: password !== undefined }
}

/** Ends and forgets them: nobody signs in as this user again. What the audit log says of names of keys goes, too. */
export async function removeAccess(
  db: Connection,
  user: string,
  { at, token }: { readonly at: string; readonly token: string },
): Promise<void> {
  await db.deleteFrom('fl_session').where('user_id', '=', user).execute()
  await db.deleteFrom('fl_credential').where('user_id', '=', user).execute()
  await db
    .updateTable('fl_key')
    .set({ name: token, revoked_at: sql`coalesce(revoked_at, ${at})` })
    .where('user_id', '=', user)
    .execute()
  await forgetInAudit(db, user, token)
}

/** Addresses, and names that the user gave to keys. */
async function forgetInAudit(db: Connection, user: string, token: string): Promise<void> {
  const rows = await db.selectFrom('fl_audit').select(['seq', 'data']).where('actor', '=', user).execute()
  for (const row of rows) {
    const data = JSON.parse(String(row['data'])) as Record<string, unknown>
    const personal = ['address', 'name'].filter((name) => name in data)
    if (personal.length === 0) continue
    const kept = { ...data, ...Object.fromEntries(personal.map((name) => [name, token])) }
    await db
      .updateTable('fl_audit')
      .set({ data: JSON.stringify(kept) })
      .where('seq', '=', row['seq'] as number)
      .execute()
  }
}
