/** Who works on an import: one node at a time, for as long as it says so again; what is not held any more is taken over. */
import type { Connection } from './connection.ts'
import { dialectOf } from './connection.ts'
import type { ImportState } from './import-store.ts'

export interface Lease {
  readonly id: string
  /** Of this process alone. */
  readonly node: string
  /** ISO 8601, like the next. */
  readonly now: string
  readonly until: string
}

/** States in which somebody has to work on it. */
const working: readonly ImportState[] = ['arriving', 'checking', 'running', 'undoing']

/** Takes what nobody holds. false: somebody does, or there is nothing to do. */
export async function claimImport(db: Connection, { id, node, now, until }: Lease): Promise<boolean> {
  const done = await db
    .updateTable('fl_import')
    .set({ node, lease_until: until })
    .where('id', '=', id)
    .where('state', 'in', [...working])
    .where((each) => each.or([each('node', 'is', null), each('node', '=', node), each('lease_until', '<', now)]))
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

/** First statement of every transaction of the work: whoever has lost the import finds out, and others wait for the end of the transaction. */
export async function holdImport(db: Connection, { id, node, until }: Omit<Lease, 'now'>): Promise<boolean> {
  const done = await db
    .updateTable('fl_import')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('node', '=', node)
    .executeTakeFirst()
  return Number(done.numUpdatedRows) > 0
}

export async function releaseImport(db: Connection, { id, node }: Pick<Lease, 'id' | 'node'>): Promise<void> {
  await db
    .updateTable('fl_import')
    .set({ node: null, lease_until: null })
    .where('id', '=', id)
    .where('node', '=', node)
    .execute()
}

/** Imports that somebody has to work on and nobody does. */
export async function abandonedImports(db: Connection, now: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('fl_import')
    .select('id')
    .where('state', 'in', [...working])
    .where((each) => each.or([each('node', 'is', null), each('lease_until', '<', now)]))
    .orderBy('created_at')
    .execute()
  return rows.map((row) => String(row['id']))
}

/** A file has one process at a time: whatever the one before it held is free. */
export async function freeOfDeadProcess(db: Connection, node: string): Promise<void> {
  if (dialectOf(db) !== 'sqlite') return
  await db
    .updateTable('fl_import')
    .set({ node: null, lease_until: null })
    .where('node', 'is not', null)
    .where('node', '<>', node)
    .execute()
}
