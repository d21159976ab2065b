/** Where a person shows in the database besides the own record: what links to it, what a user did, sessions, files. Page by page, the bin included. */
import { type RawBuilder, sql } from 'kysely'
import type { Json, JsonObject } from '#base/json.ts'
import type { FormModel } from '#definitions/model.ts'
import { isLinks } from './columns.ts'
import type { Connection } from './connection.ts'
import { joinName, physicalName } from './names.ts'

type Incoming = FormModel['incoming'][number]

export interface Page<K> {
  readonly after: K
  readonly limit: number
}

/** Ids of records that link to this one by this field, in the order of ids. */
export async function recordsLinkingTo(
  db: Connection,
  by: { readonly entry: Incoming; readonly form: string; readonly id: string },
  { after, limit }: Page<string>,
): Promise<readonly string[]> {
  const { form, table } = by.entry
  const record = sql.ref(table === undefined ? 's.id' : 's.parent_id')
  const source = sql`from ${sql.id(physicalName(form, table))} as s`
  const found =
    await sql<JsonObject>`select distinct ${record} as id ${source} where ${pointsAt(by)} and ${record} > ${after} order by id limit ${limit}`.execute(
      db,
    )
  return found.rows.map((row) => String(row['id']))
}

function pointsAt({
  entry,
  form,
  id,
}: {
  readonly entry: Incoming
  readonly form: string
  readonly id: string
}): RawBuilder<unknown> {
  const { type, name } = entry.field
  if (isLinks(type)) {
    const join = sql.id(joinName(entry.form, name, entry.table))
    return sql`exists (select 1 from ${join} as j where j.parent_id = s.id and j.target_id = ${id})`
  }
  const column = sql.ref(`s.${name}`)
  if (type.is === 'any_record') return sql`${column} = ${`${form}/${id}`}`
  if (type.is !== 'record' || type.table === undefined) return sql`${column} = ${id}`
  return sql`${column} in (select id from ${sql.id(physicalName(form, type.table))} where parent_id = ${id})`
}

/** Records of a form that this user owns, made or changed last, and which of these. */
export async function recordsOfUser(
  db: Connection,
  of: { readonly form: string; readonly user: string },
  { after, limit }: Page<string>,
): Promise<readonly { readonly id: string; readonly as: readonly string[] }[]> {
  const roles = ['owner', 'created_by', 'updated_by'] as const
  const rows = await db
    .selectFrom(physicalName(of.form))
    .select(['id', ...roles])
    .where('id', '>', after)
    .where((where) => where.or(roles.map((role) => where(role, '=', of.user))))
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ id: String(row['id']), as: roles.filter((role) => row[role] === of.user) }))
}

/** What a user changed: where and when, without the values. */
export async function changesBy(
  db: Connection,
  user: string,
  { after, limit }: Page<number>,
): Promise<readonly (JsonObject & { readonly seq: number })[]> {
  const rows = await db
    .selectFrom('fl_change')
    .select(['seq', 'form', 'record', 'version', 'at', 'cause'])
    .where('seq', '>', after)
    .where('actor', '=', user)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    seq: Number(row['seq']),
    form: String(row['form']),
    record: String(row['record']),
    version: Number(row['version']),
    at: String(row['at']),
    cause: JSON.parse(String(row['cause'])) as Json,
  }))
}

/** Sign-ins, rights and the like that a user did. */
export async function auditBy(db: Connection, user: string): Promise<readonly JsonObject[]> {
  const rows = await db
    .selectFrom('fl_audit')
    .select(['at', 'event', 'data'])
    .where('actor', '=', user)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    at: String(row['at']),
    event: String(row['event']),
    data: JSON.parse(String(row['data'])) as Json,
  }))
}

/** Sessions and keys, without what they are known by. */
export async function accessOf(db: Connection, user: string): Promise<JsonObject> {
  const sessions = await db
    .selectFrom('fl_session')
    .select(['created_at', 'last_seen_at', 'expires_at', 'address', 'agent'])
    .where('user_id', '=', user)
    .orderBy('created_at')
    .execute()
  const keys = await db
    .selectFrom('fl_key')
    .select(['name', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'])
    .where('user_id', '=', user)
    .orderBy('created_at')
    .execute()
  return { sessions: sessions as unknown as Json, keys: keys as unknown as Json }
}

export interface FileTrace {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly type: string
  readonly field: string
}

/** Files that a record holds. */
export async function filesOfRecord(
  db: Connection,
  of: { readonly form: string; readonly record: string },
): Promise<readonly FileTrace[]> {
  const rows = await db
    .selectFrom('fl_file')
    .select(['id', 'name', 'size', 'type', 'field'])
    .where('form', '=', of.form)
    .where('record', '=', of.record)
    .where('state', '=', 'attached')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: String(row['id']),
    name: String(row['name']),
    size: Number(row['size']),
    type: String(row['type']),
    field: String(row['field']),
  }))
}
