/** Values taken out of the change log: the chain keeps its hashes, and what stands there since is vouched for by an entry of the audit log. */
import { isObject, type Json } from '#base/json.ts'
import { canonicalJson } from './canonical-json.ts'
import { hashOfRedacted } from './change-hash.ts'
import type { ChangePatch } from './change-patch.ts'
import type { Connection } from './connection.ts'

/** The event of the audit log whose `changes` lists each redacted change with its hash. */
export const erasedEvent = 'person.erased'

/** Number of the change, and the hash over what stands there now. */
export type RedactedChange = readonly [seq: number, hash: string]

export interface Redaction {
  readonly form: string
  readonly record: string
  readonly rewrite: (patch: ChangePatch) => ChangePatch
}

interface Rewritten {
  readonly row: Readonly<Record<string, unknown>>
  readonly patch: string
}

/** So many changes hold something that would be taken out. */
export async function countRedactable(db: Connection, redaction: Redaction): Promise<number> {
  return (await rewritten(db, redaction)).length
}

/** In the caller's transaction; answers with what the audit log must vouch for. */
export async function redactChanges(
  db: Connection,
  erasure: string,
  redaction: Redaction,
): Promise<readonly RedactedChange[]> {
  const done: RedactedChange[] = []
  for (const { row, patch } of await rewritten(db, redaction)) {
    const redacted_hash = hashOfRedacted({ ...row, patch, redacted: erasure })
    await db
      .updateTable('fl_change')
      .set({ patch, redacted: erasure, redacted_hash })
      .where('seq', '=', row['seq'] as number)
      .execute()
    done.push([Number(row['seq']), redacted_hash])
  }
  return done
}

async function rewritten(db: Connection, { form, record, rewrite }: Redaction): Promise<readonly Rewritten[]> {
  const rows = await db
    .selectFrom('fl_change')
    .selectAll()
    .where('form', '=', form)
    .where('record', '=', record)
    .orderBy('seq')
    .execute()
  return rows
    .map((row) => ({
      row,
      patch: canonicalJson(rewrite(JSON.parse(String(row['patch'])) as ChangePatch) as unknown as Json),
    }))
    .filter(({ row, patch }) => patch !== canonicalJson(JSON.parse(String(row['patch'])) as Json))
}

/** `erasure seq` → the hash that the audit log vouches for. */
export async function vouchedRedactions(db: Connection): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('fl_audit').select('data').where('event', '=', erasedEvent).execute()
  const vouched = new Map<string, string>()
  for (const { data } of rows) {
    const entry = JSON.parse(String(data)) as Json
    if (!isObject(entry) || !Array.isArray(entry.changes)) continue
    for (const [seq, hash] of entry.changes as readonly RedactedChange[])
      vouched.set(vouchKey(entry.erasure, seq), hash)
  }
  return vouched
}

export function vouchKey(erasure: unknown, seq: unknown): string {
  return `${erasure} ${seq}`
}

/** That somebody was erased, by ids alone. */
export interface Erasure {
  readonly erasure: string
  readonly form: string
  readonly record: string
  readonly at: string
}

/** All of them, in their order. */
export async function erasuresOf(db: Connection): Promise<readonly Erasure[]> {
  const rows = await db
    .selectFrom('fl_audit')
    .select(['at', 'data'])
    .where('event', '=', erasedEvent)
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    const { erasure, form, record } = JSON.parse(String(row['data'])) as Omit<Erasure, 'at'>
    return { erasure, form, record, at: String(row['at']) }
  })
}

/** Files that erasures of this record took: their bytes go after the commit, or with the next run where that one was killed. */
export async function erasedFiles(
  db: Connection,
  of: { readonly form: string; readonly record: string },
): Promise<readonly string[]> {
  const rows = await db.selectFrom('fl_audit').select('data').where('event', '=', erasedEvent).execute()
  return rows.flatMap((row) => {
    const { form, record, files } = JSON.parse(String(row['data'])) as Erasure & { readonly files: readonly string[] }
    return form === of.form && record === of.record ? files : []
  })
}
