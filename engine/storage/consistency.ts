/** What tables must say of each other beyond links: definitions fit their hashes, and no record has gone without a trace. */
import { sql } from 'kysely'
import { sha256 } from '#base/sha256.ts'
import { canonicalText, hashDefinition } from '#definitions/canonical.ts'
import type { Definition } from '#definitions/definition.ts'
import type { Connection } from './connection.ts'
import { physicalName } from './names.ts'

/** Definitions by their content, revisions by their definitions; empty: all fit. */
export async function checkDefinitions(db: Connection): Promise<readonly string[]> {
  const definitions = await db.selectFrom('fl_definition').select(['hash', 'kind', 'name', 'body']).execute()
  const altered = definitions.filter((row) => !isWhole(String(row['hash']), String(row['body'])))
  return [
    ...altered.map((row) => `definition ${row['kind']}/${row['name']} does not fit its hash`),
    ...(await checkRevisions(db)),
  ]
}

function isWhole(hash: string, body: string): boolean {
  try {
    const definition = JSON.parse(body) as Definition
    return hashDefinition(definition) === hash && canonicalText(definition) === body
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

async function checkRevisions(db: Connection): Promise<readonly string[]> {
  const revisions = await db.selectFrom('fl_revision').select(['number', 'hash']).orderBy('number').execute()
  const items = await db
    .selectFrom('fl_revision_item')
    .select(['revision', 'pack', 'hash'])
    .orderBy('revision')
    .orderBy('position')
    .execute()
  const lines = new Map<number, string>()
  for (const item of items) {
    const number = Number(item['revision'])
    lines.set(number, `${lines.get(number) ?? ''}${item['pack'] ?? ''} ${item['hash']}\n`)
  }
  return revisions
    .filter((row) => sha256(lines.get(Number(row['number'])) ?? '') !== row['hash'])
    .map((row) => `revision ${row['number']} does not fit its hash`)
}

/** Records whose changes are there and which are not: nothing ever removes a record for good. */
export async function lostRecords(db: Connection, form: string): Promise<readonly string[]> {
  const { rows } = await sql<{ record: string }>`select distinct record from fl_change where form = ${form}
    and not exists (select 1 from ${sql.id(physicalName(form))} as kept where kept.id = fl_change.record) limit 100`.execute(
    db,
  )
  return rows.map((row) => `${form}/${row.record} is gone, its changes are there`)
}
