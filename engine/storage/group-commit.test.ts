import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { databases } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { afterCommit, type Connection } from './connection.ts'
import type { Database } from './database.ts'

const sqlite = databases.find(({ name }) => name === 'sqlite') as (typeof databases)[number]

async function open(): Promise<Database> {
  const database = await freshDatabase(sqlite)
  await database.write(async (db) => {
    await sql`create table target (id text primary key)`.execute(db)
    await sql`create table source (id text primary key, target text references target (id) deferrable initially deferred)`.execute(
      db,
    )
  })
  return database
}

const insert =
  (id: string, target: string | null = null) =>
  (db: Connection) =>
    sql`insert into source values (${id}, ${target})`.execute(db)

async function sources(database: Database): Promise<readonly unknown[]> {
  const { rows } = await database.read((db) => sql<{ id: string }>`select id from source order by id`.execute(db))
  return rows.map(({ id }) => id)
}

const codeOf = (error: unknown) => (error as { problem?: { code: string } }).problem?.code ?? String(error)

it('lets writes that arrive together share commits', async () => {
  const database = await open()
  const before = database.load().commits
  await Promise.all(Array.from({ length: 32 }, (_, index) => database.write(insert(`s${index}`))))
  expect(database.load().commits - before).toBeLessThan(16)
  expect(await sources(database)).toHaveLength(32)
})

it('answers nobody before the commit, and everybody after it', async () => {
  const database = await open()
  const seen: number[] = []
  const writes = ['a', 'b', 'c'].map((id) =>
    database.write(async (db) => {
      await insert(id)(db)
      seen.push((await sources(database)).length)
    }),
  )
  await Promise.all(writes)
  expect(seen).toEqual([0, 0, 0])
  expect(await sources(database)).toEqual(['a', 'b', 'c'])
})

it('undoes a write that fails without touching those beside it', async () => {
  const database = await open()
  const tasks: string[] = []
  const writes = ['a', 'b', 'c'].map((id) =>
    database.write(async (db) => {
      afterCommit(db, () => tasks.push(id))
      await insert(id)(db)
      if (id === 'b') throw new Error('changed my mind')
    }),
  )
  const settled = await Promise.allSettled(writes)
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await sources(database)).toEqual(['a', 'c'])
  expect(tasks).toEqual(['a', 'c'])
})

it('lets one write see what the one before it in the same group wrote', async () => {
  const database = await open()
  const first = database.write(insert('same'))
  const second = database.write(insert('same')).catch(codeOf)
  await first
  expect(await second).toContain('UNIQUE')
  expect(await sources(database)).toEqual(['same'])
})

it('finds the one write that spoils the commit and keeps the others', async () => {
  const database = await open()
  const writes = [insert('a'), insert('lost', 'nowhere'), insert('b'), insert('c')].map((work) =>
    database.write(work).then(() => 'kept', codeOf),
  )
  expect(await Promise.all(writes)).toEqual(['kept', 'still-linked', 'kept', 'kept'])
  expect(await sources(database)).toEqual(['a', 'b', 'c'])
})

it('runs the tasks of a write once, also when its group had to run again', async () => {
  const database = await open()
  const tasks: string[] = []
  const noted = database.write(async (db) => {
    afterCommit(db, () => tasks.push('noted'))
    await insert('a')(db)
  })
  const spoiled = database.write(insert('lost', 'nowhere')).catch(codeOf)
  await noted
  await spoiled
  expect(tasks).toEqual(['noted'])
})

it('changes its identity stamp when users, sessions, keys or the revision change, and at no other write', async () => {
  const database = await open()
  const stamp = database.identityStamp()
  await database.write(insert('a'))
  expect(database.identityStamp()).toBe(stamp)
  await database.write((db) => db.updateTable('fl_session').set({ agent: 'x' }).where('token_hash', '=', 'y').execute())
  expect(database.identityStamp()).not.toBe(stamp)
})
