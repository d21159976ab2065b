/** Brings the system tables to this program's schema; a newer one is refused. */
import { sql } from 'kysely'
import { Refusal } from '#base/problems.ts'
import type { Connection } from './connection.ts'
import type { Database } from './database.ts'
import { lockFor } from './locks.ts'
import { system } from './schema/001-system.ts'
import { files } from './schema/002-files.ts'
import { search } from './schema/003-search.ts'
import { imports } from './schema/004-imports.ts'
import { changeWords } from './schema/005-change-words.ts'
import { redactions } from './schema/006-redactions.ts'
import type { Migration } from './schema/migration.ts'

const migrations: readonly Migration[] = [system, files, search, imports, changeWords, redactions]
/** The schema that this program works with. */
export const newestSchema = migrations.length

/**
 * Each step in a transaction of its own; nodes that start together take turns. Answers with the schema's number.
 * `upTo`: no further than this schema, for a copy of an older database that is brought up to date afterwards.
 */
export async function migrate(database: Database, upTo = newestSchema): Promise<number> {
  for (const migration of migrations.slice(0, upTo)) await database.write((db) => step(db, migration))
  return upTo
}

async function step(db: Connection, migration: Migration): Promise<void> {
  await lockFor(db, 'migrate')
  await refuseClosed(db)
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
  await db
    .insertInto('fl_meta')
    .values({ key: 'schema', value: '0' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('fl_meta').select('value').where('key', '=', 'schema').executeTakeFirstOrThrow()
  return Number(row['value'])
}

/** Why the database must not be used: it has moved, or a copy into it has not ended. Set and removed by copies. */
export const closedKey = 'closed'

async function refuseClosed(db: Connection): Promise<void> {
  await createMeta(db)
  const row = await db.selectFrom('fl_meta').select('value').where('key', '=', closedKey).executeTakeFirst()
  if (row !== undefined)
    throw new Refusal('unavailable', { detail: closedTexts[String(row['value'])] ?? closedTexts.moved })
}

const closedTexts: Readonly<Record<string, Readonly<{ en: string; 'zh-CN': string }>>> & {
  readonly moved: { readonly en: string; readonly 'zh-CN': string }
} = {
  moved: {
    en: 'This workspace has moved to PostgreSQL: set DATABASE_URL to its address. The file stays as it was at the move.',
    'zh-CN': '此工作区已迁移到 PostgreSQL：请将 DATABASE_URL 设为其地址。该文件保持迁移时的状态。',
  },
  copying: {
    en: 'A copy into this database was begun and has not ended. Run the command again; it begins anew.',
    'zh-CN': '向此数据库的复制尚未完成。请重新运行该命令，它会从头开始。',
  },
}

async function createMeta(db: Connection): Promise<void> {
  await sql`create table if not exists fl_meta (key text primary key, value text not null)`.execute(db)
}

function newer(found: number): Refusal {
  return new Refusal('unavailable', {
    detail: {
      en: `The database has schema ${found}, this program knows ${migrations.length}. Start the newer program, or restore a backup.`,
      'zh-CN': `数据库结构版本为 ${found}，本程序只支持 ${migrations.length}。请启动新版程序，或恢复备份。`,
    },
  })
}
