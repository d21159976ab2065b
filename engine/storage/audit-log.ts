/** What happened besides changes of records: sign-ins, denials, rights. Append-only. */
import type { JsonObject } from '#base/json.ts'
import type { Connection } from './connection.ts'

export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string
  readonly actor: string | null
  /** `session.created`, `user.roles-changed` … */
  readonly event: string
  /** Without secrets. */
  readonly data: JsonObject
}

export async function appendAudit(db: Connection, entry: AuditEntry): Promise<void> {
  await db
    .insertInto('fl_audit')
    .values({ at: entry.at, actor: entry.actor, event: entry.event, data: JSON.stringify(entry.data) })
    .execute()
}
