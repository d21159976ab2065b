import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import { Refusal } from '#base/problems.ts'
import { databases, onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase, silentLog } from '#tests/support/storage-database.ts'
import { afterCommit, type Connection } from './connection.ts'
import { openDatabase } from './database.ts'
import { migrate, newestSchema } from './migrate.ts'
import { checkSettings } from './settings.ts'

function put(db: Connection, key: string, value = '1'): Promise<unknown> {
  return db.insertInto('fl_setting').values({ key, value }).execute()
}

async function keys(db: Connection): Promise<readonly unknown[]> {
  const rows = await db.selectFrom('fl_setting').select('key').orderBy('key').execute()
  return rows.map((row) => row['key'])
}

onEachDatabase('the database', (kind) => {
  it('has the promised settings at start', async () => {
    const database = await freshDatabase(kind)
    const settings = await database.verifySettings()
    if (kind.name === 'sqlite')
      expect(settings).toMatchObject({ journal_mode: 'wal', synchronous: '2', foreign_keys: '1', trusted_schema: '0' })
    else expect(settings).toMatchObject({ server_encoding: 'UTF8', TimeZone: 'UTC' })
    expect(() => checkSettings(database.dialect, {})).toThrow(/not fit for records/)
  })

  it('keeps a committed write and forgets a failed one', async () => {
    const database = await freshDatabase(kind)
    await database.write((db) => put(db, 'kept'))
    await expect(
      database.write(async (db) => {
        await put(db, 'lost')
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(await database.read(keys)).toEqual(['kept'])
  })

  it('runs tasks after the commit, and none after a rollback', async () => {
    const database = await freshDatabase(kind)
    const ran: string[] = []
    await database.write(async (db) => {
      afterCommit(db, () => ran.push('one'))
      expect(ran).toEqual([])
    })
    await database
      .write(async (db) => {
        afterCommit(db, () => ran.push('two'))
        throw new Error('stop')
      })
      .catch(() => undefined)
    expect(ran).toEqual(['one'])
  })

  it('answers reads while a long write is under way, with the state before it', async () => {
    const database = await freshDatabase(kind)
    let finish = (): void => {}
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    let started = (): void => {}
    const inside = new Promise<void>((resolve) => {
      started = resolve
    })
    const writing = database.write(async (db) => {
      await put(db, 'slow')
      started()
      await held
    })
    await inside
    expect(await Promise.all(Array.from({ length: 20 }, () => database.read(keys)))).toEqual(
      Array.from({ length: 20 }, () => []),
    )
    finish()
    await writing
    expect(await database.read(keys)).toEqual(['slow'])
  })

  it('refuses a schema that is newer than the program', async () => {
    const database = await freshDatabase(kind)
    await database.write((db) => db.updateTable('fl_meta').set({ value: '999' }).where('key', '=', 'schema').execute())
    const refusal = await migrate(database).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Refusal)
    expect(JSON.stringify((refusal as Refusal).problem)).toContain('schema 999')
  })

  it('migrates once when two nodes start together', async () => {
    const database = await freshDatabase(kind)
    expect(await Promise.all([migrate(database), migrate(database)])).toEqual([newestSchema, newestSchema])
  })

  it('runs writes in the order in which they arrived', async () => {
    const database = await freshDatabase(kind)
    const done: number[] = []
    const writes = Array.from({ length: 10 }, (_, index) =>
      database.write(async (db) => {
        await put(db, `k${index}`)
        done.push(index)
      }),
    )
    await Promise.all(writes)
    if (kind.name === 'sqlite') expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(await database.read(keys)).toHaveLength(10)
  })

  it('refuses a write inside a write instead of waiting for itself, and allows one after the commit', async () => {
    const database = await freshDatabase(kind)
    await expect(database.write(() => database.write((db) => put(db, 'inner')))).rejects.toThrow(
      'a write inside a write',
    )
    let follow: Promise<unknown> = Promise.resolve()
    await database.write(async (db) => {
      afterCommit(db, () => {
        follow = database.write((own) => put(own, 'later'))
      })
      await put(db, 'first')
    })
    await follow
    expect(await database.read(keys)).toEqual(['first', 'later'])
  })

  it('refuses to write inside a read', async () => {
    const database = await freshDatabase(kind)
    await expect(database.read((db) => put(db, 'sneaky'))).rejects.toMatchObject({ problem: { code: 'unavailable' } })
  })
})

it('answers unavailable within seconds when another process holds the SQLite file', async () => {
  const sqlite = databases.find(({ name }) => name === 'sqlite') as (typeof databases)[number]
  const place = await sqlite.open()
  const database = await openDatabase({ url: null, folder: place.folder, log: silentLog })
  await migrate(database)
  const other = new BetterSqlite(join(place.folder, 'formloom.sqlite'))
  other.exec('begin immediate')
  const writing = database.write((db) => put(db, 'late')).catch((error: unknown) => error)
  expect(await database.read(keys)).toEqual([])
  expect(await writing).toMatchObject({ problem: { code: 'unavailable' } })
  other.exec('rollback')
  other.close()
  await database.write((db) => put(db, 'recovered'))
  expect(await database.read(keys)).toEqual(['recovered'])
  await database.close()
  await place.close()
})

it('answers unavailable when PostgreSQL cannot be reached', async () => {
  const opening = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', folder: '.', log: silentLog })
  await expect(opening).rejects.toMatchObject({ problem: { code: 'unavailable' } })
})
