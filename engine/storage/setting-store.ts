/** Settings of the workspace: small JSON values by key. */
import type { Json } from '#base/json.ts'
import type { Connection } from './connection.ts'

/** The values of these keys; a key that was never set is absent. */
export async function readSettings(db: Connection, keys: readonly string[]): Promise<ReadonlyMap<string, Json>> {
  const rows = await db
    .selectFrom('fl_setting')
    .select(['key', 'value'])
    .where('key', 'in', [...keys])
    .execute()
  return new Map(rows.map((row) => [String(row['key']), JSON.parse(String(row['value'])) as Json]))
}

export async function writeSetting(db: Connection, key: string, value: Json): Promise<void> {
  const text = JSON.stringify(value)
  await db
    .insertInto('fl_setting')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute()
}
