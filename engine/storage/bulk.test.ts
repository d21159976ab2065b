import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { onEachDatabase } from '#tests/support/databases.ts'
import { freshDatabase } from '#tests/support/storage-database.ts'
import { form, id, model, placed, record } from '#tests/support/storage-model.ts'
import { inBulk, seenInBulk } from './bulk.ts'
import { changesOf, verifyChanges } from './change-log.ts'
import { type Connection, dialectOf } from './connection.ts'
import type { Database } from './database.ts'
import { createRecordStore } from './record-store.ts'
import { savepoint } from './savepoint.ts'

const tags = model(form('tag', [{ name: 'name', type: 'text', search: true }]))

onEachDatabase('many writes at once', (kind) => {
  const store = (db: Connection) => createRecordStore(tags, dialectOf(db))
  const named = (number: number, name: string) => record(number, { name })
  const change = (number: number, version: number, names: readonly [string | null, string]) => ({
    form: 'tag',
    record: id(number),
    version,
    actor: null,
    cause: { write: 'import' },
    at: '2026-11-22T05:26:00.000Z',
    before: names[0] === null ? null : { name: names[0] },
    after: { name: names[1] },
  })
  const insert = (db: Connection, number: number, name = `tag ${number}`) =>
    store(db).insert(db, 'tag', named(number, name), change(number, 1, [null, name]))
  const told = (database: Database) =>
    database.read(async (db) => {
      const rows = await db.selectFrom('fl_change').select(['record', 'version']).orderBy('seq').execute()
      return rows.map((row) => `${[1, 2, 3].find((number) => id(number) === row['record'])} v${row['version']}`)
    })
  const words = async (database: Database) => {
    const table = database.dialect === 'sqlite' ? sql`fl_search_pending` : sql`fl_search_record`
    const { rows } = await database.read((db) =>
      sql<{ body: string }>`select body from ${table} order by record`.execute(db),
    )
    return rows.map(({ body }) => body)
  }
  const fresh = async () => (await placed(await freshDatabase(kind), tags)).database

  it('tell the log and the index what single writes tell, in the order of writing, every chain whole', async () => {
    const [bulk, single] = [await fresh(), await fresh()]
    const write = async (db: Connection) => {
      await insert(db, 1)
      await insert(db, 2)
      const [before, after] = [named(2, 'tag 2'), { ...named(2, 'renamed'), version: 2 }]
      await store(db).update(db, 'tag', { before, after, change: change(2, 2, ['tag 2', 'renamed']) })
      await insert(db, 3)
    }
    await bulk.write((db) => inBulk(db, { changes: 'kept' }, () => savepoint(db, () => write(db))))
    await single.write(write)
    expect(await told(bulk)).toEqual(['1 v1', '2 v1', '2 v2', '3 v1'])
    expect(await bulk.read(verifyChanges)).toEqual([])
    expect(await words(bulk)).toEqual(await words(single))
    expect(await words(bulk)).toHaveLength(3)
    const of = (database: Database) =>
      database.read((db) => changesOf(db, { form: 'tag', record: id(1) }, { limit: 1 }))
    expect(await of(bulk)).toEqual(await of(single))
  })

  it('leave nothing of an undone savepoint, and all that was around it', async () => {
    const database = await fresh()
    await database.write((db) =>
      inBulk(db, { changes: 'kept' }, () =>
        savepoint(db, async () => {
          await insert(db, 1)
          const undone = savepoint(db, async () => {
            await insert(db, 2)
            throw new Error('refused')
          })
          await expect(undone).rejects.toThrow('refused')
          await insert(db, 3)
        }),
      ),
    )
    expect(await told(database)).toEqual(['1 v1', '3 v1'])
    expect(await words(database)).toHaveLength(2)
  })

  it('tell nothing where all of it will be undone', async () => {
    const database = await fresh()
    await database.write((db) => inBulk(db, { changes: 'dropped' }, () => savepoint(db, () => insert(db, 1))))
    expect([await told(database), await words(database)]).toEqual([[], []])
  })

  it('leave a record out that nothing asks for again', async () => {
    const database = await fresh()
    const kept = (number: number, unread: ReadonlySet<string>) =>
      database.write((db) =>
        inBulk(db, { changes: 'dropped', unread }, async () => {
          await insert(db, number)
          return (await store(db).load(db, 'tag', [id(number)])).size
        }),
      )
    expect([await kept(1, new Set()), await kept(2, new Set(['tag']))]).toEqual([1, 0])
  })

  it('are refused outside of a savepoint, whose end would write what waits', async () => {
    const database = await fresh()
    await expect(database.write((db) => inBulk(db, { changes: 'kept' }, () => insert(db, 1)))).rejects.toThrow(
      'savepoint',
    )
    expect(await told(database)).toEqual([])
  })

  it('remember what was seen until a record of the form changes or a savepoint is undone, and only where nobody writes beside', async () => {
    const database = await fresh()
    const visible = {}
    const remembers = (db: Connection, asked = visible) => seenInBulk(db, 'tag', asked)?.has(id(1)) ?? false
    const see = (db: Connection) => seenInBulk(db, 'tag', visible)?.add(id(1))
    const kept = database.dialect === 'sqlite'
    await database.write(async (db) => {
      expect(seenInBulk(db, 'tag', visible)).toBeNull()
      await inBulk(db, { changes: 'dropped' }, async () => {
        await insert(db, 1)
        see(db)
        await insert(db, 2)
        expect([remembers(db), remembers(db, {})]).toEqual([kept, false])
        see(db)
        await store(db).setColumns(db, { form: 'tag', id: id(1) }, { name: 'other' })
        expect(remembers(db)).toBe(false)
        see(db)
        await savepoint(db, () => Promise.reject(new Error('refused'))).catch(() => undefined)
        expect(remembers(db)).toBe(false)
      })
    })
  })
})
