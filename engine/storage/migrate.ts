/** Brings the system tables to this program's schema; a newer one is refused. */
import { sql } from 'kysely'
import { Refusal } from '#base/problems.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { lockFor } from './locks.ts'
import { system } from './schema/001-system.ts'
import { files } from './schema/002-files.ts'
import { search } from './schema/003-search.ts'
import type { Migration } from './schema/migration.ts'

const migrations: readonly Migration[] = [system, files, search]
/** The schema that this program works with. */
export const newestSchema = migrations.length

/** Each step in a transaction of its own; nodes that start together take turns. Answers with the schema's number. */
export async function migrate(database: Database): Promise<number> {
  for (const migration of migrations) await database.write((db) => step(db, migration))
  return migrations.length
}

async function step(db: Connection, migration: Migration): Promise<void> {
  await lockFor(db, 'migrate')
  const found = await schemaNumber(db)
  if (found > migrations.length) throw newer(found)
  if (found >= migration.number) return
  await migration.up(db)
  await db
    .updateTable('fl_meta')
    .set({ value: String(migration.number) })
    .where('key', '=', 'schema')
    .execute()
}

async function schemaNumber(db: Connection): Promise<number> {
  await sql`create table if not exists fl_meta (key text primary key, value text not null)`.execute(db)
  await db
    .insertInto('fl_meta')
    .values({ key: 'schema', value: '0' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('fl_meta').select('value').where('key', '=', 'schema').executeTakeFirstOrThrow()
  return Number(row['value'])
}

function newer(found: number): Refusal {
  return new Refusal('unavailable', {
    detail: {
      en: `The database has schema ${found}, this program knows ${migrations.length}. Start the newer program, or restore a backup.`,
      'zh-CN': `数据库结构版本为 ${found}，本程序只支持 ${migrations.length}。请启动新版程序，或恢复备份。`,
    },
  })
}
