/** Who asks is remembered between requests; what another process changes behind the server's back counts on the next request all the same. */
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openApp, type TestApp, type TestClient } from '#tests/support/app.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

onEachDatabase('a caller who was looked up before', (database) => {
  let app: TestApp
  let user: TestClient
  let url: string | null = null

  beforeEach(async () => {
    app = await openApp({
      ...database,
      async open() {
        const place = await database.open()
        url = place.url
        return place
      },
    })
    user = await app.user('lin@example.com')
    expect((await user.get('/api/session')).status).toBe(200)
  })
  afterEach(() => app.close())

  /** As another process would: through a connection of its own. */
  async function elsewhere(statement: string): Promise<void> {
    if (url === null) {
      const file = new BetterSqlite(join(app.dataFolder, 'formloom.sqlite'))
      file.exec(statement)
      file.close()
      return
    }
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  it('is not asked about again while nothing changes', async () => {
    const before = app.workspace.db.load().statements
    await user.get('/api/session')
    await user.get('/api/session')
    const perRequest = (app.workspace.db.load().statements - before) / 2
    expect(perRequest).toBe(database.name === 'sqlite' ? 0 : 1)
  })

  it('is out at once when another process ends the session', async () => {
    await elsewhere('delete from fl_session')
    expect((await user.get('/api/session')).status).toBe(401)
  })

  it('is out at once when another process disables the user', async () => {
    await elsewhere(`update r_user set active = ${url === null ? '0' : 'false'} where login = 'lin@example.com'`)
    expect((await user.get('/api/session')).status).toBe(401)
  })

  it('has the roles that another process has given by the next request', async () => {
    expect((await user.get('/api/admin/roles')).status).toBe(403)
    await elsewhere(`update r_user set roles = '["admin"]' where login = 'lin@example.com'`)
    expect((await user.get('/api/admin/roles')).status).toBe(200)
  })

  it('is out when the session has come to its end, though nothing was written', async () => {
    app.advance(91 * 86_400_000)
    expect((await user.get('/api/session')).status).toBe(401)
  })

  it('is a stranger again after signing out', async () => {
    await user.delete('/api/session')
    expect((await user.get('/api/session')).status).toBe(401)
  })
})
