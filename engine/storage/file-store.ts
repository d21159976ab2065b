/** The rows of uploaded files: pending with their uploader, attached to one field of one record, or orphaned. */
import { sql } from 'kysely'
import type { Connection } from './connection.ts'
import { lockFor } from './locks.ts'

export type FileState = 'pending' | 'attached' | 'orphan'

/** A field of a record: `photo`, `lines.photo`. A file belongs to one place at most. */
export interface FilePlace {
  readonly form: string
  readonly record: string
  readonly field: string
}

export interface StoredFile {
  readonly id: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly type: string
  readonly sha256: string
  readonly uploadedBy: string | null
  /** ISO 8601. */
  readonly at: string
  readonly state: FileState
  /** Absent while pending. */
  readonly place: FilePlace | null
}

/** Uploads are counted one after the other, so that two at once never pass the quota together. */
export async function lockFiles(db: Connection): Promise<void> {
  await lockFor(db, 'files')
}

export async function insertFile(db: Connection, file: Omit<StoredFile, 'state' | 'place'>): Promise<void> {
  const { id, name, size, type, sha256, uploadedBy, at } = file
  await db
    .insertInto('fl_file')
    .values({ id, name, size, type, sha256, uploaded_by: uploadedBy, at, state: 'pending', state_at: at })
    .execute()
}

export async function readFiles(db: Connection, ids: readonly string[]): Promise<ReadonlyMap<string, StoredFile>> {
  const found = new Map<string, StoredFile>()
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const rows = await db
      .selectFrom('fl_file')
      .selectAll()
      .where('id', 'in', ids.slice(from, from + mostAtOnce))
      .execute()
    for (const row of rows) found.set(String(row['id']), fileOf(row))
  }
  return found
}

/** All files after this id, in the order of ids. */
export async function filesAfter(db: Connection, after: string | null, limit: number): Promise<readonly StoredFile[]> {
  const all = db.selectFrom('fl_file').selectAll().orderBy('id').limit(limit)
  return (await (after === null ? all : all.where('id', '>', after)).execute()).map(fileOf)
}

/** Bytes of all files, and the number of those that wait for their record with this uploader. */
export async function fileUse(
  db: Connection,
  uploader: string | null,
): Promise<{ readonly bytes: number; readonly pending: number }> {
  const all = await db.selectFrom('fl_file').select(sql<string>`coalesce(sum(size), 0)`.as('bytes')).executeTakeFirst()
  const own = await db
    .selectFrom('fl_file')
    .select(sql<string>`count(*)`.as('files'))
    .where('state', '=', 'pending')
    .where('uploaded_by', '=', uploader ?? '')
    .executeTakeFirst()
  return { bytes: Number(all?.['bytes'] ?? 0), pending: Number(own?.['files'] ?? 0) }
}

export interface Attachment {
  readonly id: string
  readonly place: FilePlace
  /** Whose pending files may be taken. */
  readonly actor: string | null
  readonly at: string
}

/** Takes the actor's pending file, or one that this very place has held. false: it is neither. */
export async function attachFile(db: Connection, { id, place, actor, at }: Attachment): Promise<boolean> {
  const done = await db
    .updateTable('fl_file')
    .set({ state: 'attached', state_at: at, form: place.form, record: place.record, field: place.field })
    .where('id', '=', id)
    .where((each) =>
      each.or([
        each.and([each('state', '=', 'pending'), each('uploaded_by', '=', actor ?? '')]),
        each.and([each('form', '=', place.form), each('record', '=', place.record), each('field', '=', place.field)]),
      ]),
    )
    .executeTakeFirst()
  return Number(done.numUpdatedRows) === 1
}

/** The place holds these files no longer. */
export async function releaseFiles(
  db: Connection,
  place: FilePlace,
  released: { readonly ids: readonly string[]; readonly at: string },
): Promise<void> {
  await db
    .updateTable('fl_file')
    .set({ state: 'orphan', state_at: released.at })
    .where('id', 'in', [...released.ids])
    .where('form', '=', place.form)
    .where('record', '=', place.record)
    .where('field', '=', place.field)
    .execute()
}

/** Forgets files that have been in a state since before `until`; answers with their ids. A file attached meanwhile stays. */
export async function forgetFiles(
  db: Connection,
  state: 'pending' | 'orphan',
  until: string,
): Promise<readonly string[]> {
  const gone = await db
    .deleteFrom('fl_file')
    .where('state', '=', state)
    .where('state_at', '<', until)
    .returning('id')
    .execute()
  return gone.map((row) => String(row['id']))
}

const mostAtOnce = 500

function fileOf(row: Readonly<Record<string, unknown>>): StoredFile {
  const text = (column: string) => (row[column] === null ? null : String(row[column]))
  const [form, record, field] = [text('form'), text('record'), text('field')]
  return {
    id: String(row['id']),
    name: String(row['name']),
    size: Number(row['size']),
    type: String(row['type']),
    sha256: String(row['sha256']),
    uploadedBy: text('uploaded_by'),
    at: String(row['at']),
    state: String(row['state']) as FileState,
    place: form !== null && record !== null && field !== null ? { form, record, field } : null,
  }
}
