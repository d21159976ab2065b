import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { databases, onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase, silentLog } from '#tests/support/storage-database.ts'
import type { Connection } from './connection.ts'
import { type DatabaseOptions, openDatabase } from './database.ts'
import { migrate } from './migrate.ts'

/** A reader is a process that starts from sources here: seconds, where the machine is busy. */
vi.setConfig({ testTimeout: 90_000 })

const forEver = sql`with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n`

async function keys(db: Connection): Promise<readonly unknown[]> {
  const rows = await db.selectFrom('fl_setting').select('key').orderBy('key').execute()
  return rows.map((row) => row['key'])
}

function put(db: Connection, key: string): Promise<unknown> {
  return db.insertInto('fl_setting').values({ key, value: '1' }).execute()
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.problem.code : String(error)),
  )

onEachDatabase('a long read', (kind) => {
  const open = (longReads: DatabaseOptions['longReads'] = {}) => freshDatabase(kind, { longReads })

  it('sees one moment over all its statements, and what is committed before the next', async () => {
    const database = await open()
    await database.write((db) => put(db, 'before'))
    const seen = await database.readLong(async (db) => {
      const first = await keys(db)
      await database.write((other) => put(other, 'meanwhile'))
      return [first, await keys(db)]
    })
    expect(seen).toEqual([['before'], ['before']])
    expect(await database.readLong(keys)).toEqual(['before', 'meanwhile'])
  })

  it('is refused when it takes too long, and the next one is answered', async () => {
    const database = await open({ mostMs: 400 })
    expect(await codeOf(database.readLong((db) => forEver.execute(db)))).toBe('query-too-long')
    expect(await codeOf(database.readLong(keys))).toBe('answered')
  })

  it('writes nothing', async () => {
    const database = await open()
    expect(await codeOf(database.readLong((db) => put(db, 'x')))).toBe('unavailable')
    expect(await database.read(keys)).toEqual([])
  })

  it('lets short reads and writes pass that come later', async () => {
    const database = await open({ mostMs: 1_500 })
    await database.readLong(keys)
    const order: string[] = []
    const long = codeOf(database.readLong((db) => forEver.execute(db))).then((code) => order.push(code))
    await database.write((db) => put(db, 'a')).then(() => order.push('write'))
    await database.read(keys).then(() => order.push('read'))
    await long
    expect(order).toEqual(['write', 'read', 'query-too-long'])
  })

  it('counts its statements with those of all others', async () => {
    const database = await open()
    const before = database.load().statements
    await database.readLong(async (db) => [await keys(db), await keys(db)])
    expect(database.load().statements - before).toBe(2)
  })
})

describe('a database', () => {
  it('closes while a long read runs, which hears of it', async () => {
    const place = await (databases[0] as (typeof databases)[number]).open()
    const database = await openDatabase({ url: place.url, folder: place.folder, log: silentLog })
    await migrate(database)
    await database.readLong(keys)
    const running = codeOf(database.readLong((db) => forEver.execute(db)))
    await database.close()
    expect(await running).toBe('unavailable')
    await place.close()
  })
})
