/** The test support itself: both databases open fresh, speak UTF-8, and are gone after closing. */
import { existsSync } from 'node:fs'
import pg from 'pg'
import { expect, it } from 'vitest'
import { onEachDatabase } from '#tests/support/databases.ts'

onEachDatabase('a fresh test database', (database) => {
  it('gives every caller its own empty data folder and removes it', async () => {
    const [one, other] = [await database.open(), await database.open()]
    expect(one.folder).not.toBe(other.folder)
    expect(existsSync(one.folder)).toBe(true)
    await one.close()
    await other.close()
    expect(existsSync(one.folder)).toBe(false)
  })

  it('knows whether it is addressed by file or by url', async () => {
    const opened = await database.open()
    if (database.name === 'sqlite') expect(opened.url).toBeNull()
    else expect(await trigramsOf(opened.url, '客户')).not.toEqual([])
    await opened.close()
  })
})

async function trigramsOf(url: string | null, word: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url ?? '' })
  await client.connect()
  try {
    await client.query('create extension pg_trgm')
    const { rows } = await client.query<{ words: string[] }>('select show_trgm($1) as words', [word])
    return rows[0]?.words ?? []
  } finally {
    await client.end()
  }
}
