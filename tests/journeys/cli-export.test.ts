/** `formloom export` and back: a file on this machine, in both formats. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { formloom } from '#tests/support/command-line.ts'
import { onEachDatabase } from '#tests/support/databases.ts'

onEachDatabase('formloom export', (database) => {
  let folder = ''
  let env: Record<string, string | undefined> = {}
  let close: () => Promise<void>

  beforeAll(async () => {
    const place = await database.open()
    close = () => place.close()
    folder = mkdtempSync(join(tmpdir(), 'formloom-cli-'))
    env = { FORMLOOM_DATA: place.folder, ...(place.url ? { DATABASE_URL: place.url } : {}) }
    const team = join(folder, 'team.csv')
    writeFileSync(team, 'name\nNorth\n=South\n')
    expect(await formloom(env, 'import', 'team', team)).toMatchObject({ code: 0 })
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await close()
  })

  it.each(['csv', 'xlsx'])('writes a %s file that only its owner reads, and import takes it back', async (format) => {
    const file = join(folder, `teams.${format}`)
    const filter = JSON.stringify({ '!=': [{ var: 'name' }, 'North'] })
    expect(await formloom(env, 'export', 'team', file, '--sort', 'name', '--filter', filter)).toMatchObject({ code: 0 })
    expect(statSync(file).mode & 0o077).toBe(0)
    if (format === 'csv') expect(readFileSync(file, 'utf8')).toContain("'=South")
    const back = await formloom(env, 'import', 'team', file, '--dry-run', '--map', 'name=name', '--json')
    expect(JSON.parse(back.out)).toMatchObject({ rows: 1, created: 1, errorCount: 0 })
  })

  it('says what is wrong with its words', async () => {
    expect(await formloom(env, 'export', 'team', join(folder, 'x.ods'))).toMatchObject({ code: 2 })
    expect(await formloom(env, 'export', 'team', join(folder, 'x.csv'), '--filter', '{')).toMatchObject({ code: 2 })
    expect((await formloom(env, 'export', 'nothing', join(folder, 'x.csv'))).code).toBe(3)
  })
})
