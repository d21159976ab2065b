/** A database of an earlier program: the same definitions get the tables and indexes of this one at its first start. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { createIds, systemClock } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { openWorkspace } from '#publish/workspace.ts'
import { benchForms } from '#tests/bench/trade.ts'
import { openApp } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'
import { silentLog } from '#tests/support/storage-database.ts'

onEachDatabase('a database of an earlier program', (database) => {
  it('gets the indexes that this program reads lists by', async () => {
    let url: string | null = null
    const app = await openApp({
      ...database,
      open: async () => {
        const place = await database.open()
        url = place.url
        return place
      },
    })
    const admin = await app.admin()
    expect((await admin.post('/api/definitions', { definitions: benchForms })).status).toBe(200)
    const index = 'ix_order$$list$owner$order_date'
    await app.workspace.db.write(async (db) => {
      await sql`drop index ${sql.id(index)}`.execute(db)
      await db.updateTable('fl_setting').set({ value: '"1 as before"' }).where('key', '=', 'shape').execute()
    })
    const again = await openWorkspace({
      url,
      folder: app.dataFolder,
      log: silentLog,
      clock: systemClock,
      ids: createIds(),
      kinds: fieldKinds,
    })
    const found = await again.db.read((db) =>
      database.name === 'sqlite'
        ? sql`select name from sqlite_master where name = ${index}`.execute(db)
        : sql`select indexname from pg_indexes where indexname = ${index}`.execute(db),
    )
    expect(found.rows).toHaveLength(1)
    await again.close()
    await app.close()
  })
})
