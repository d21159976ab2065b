/** `formloom backup`, `restore` and `verify <backup>`: while people write, into either database, and refused where something is wrong. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formloom } from '#tests/support/command-line.ts'
import {
  enterPaper,
  envOf,
  keepWriting,
  type Ledger,
  openLedger,
  runFormloom,
  stateOf,
  writeKey,
} from '#tests/support/copies.ts'
import { databases, type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import { allRecords, signedIn, verified } from '#tests/support/faults.ts'
import { type Program, startProgram } from '#tests/support/program.ts'

const others = databases

onEachDatabase('a backup', (database) => {
  let place: OpenDatabase
  let root = ''
  let program: Program
  let ledger: Ledger
  let paper = ''
  const words = Buffer.from('paid in full '.repeat(9_000))
  const at = (...parts: readonly string[]) => join(root, ...parts)

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'formloom-backup-'))
    place = await database.open()
    program = await startProgram(place)
    ledger = await openLedger(program)
    paper = await enterPaper(ledger, 'with-paper', words)
    writeKey(at('key'))
  }, 240_000)
  afterAll(async () => {
    await program?.stop('SIGKILL')
    await place?.close()
    rmSync(root, { recursive: true, force: true })
  })

  it('made while eight people write is one whole moment, and restores into either database with its files', async () => {
    const before = await allRecords(ledger.admin, 'entry')
    const writing = keepWriting(ledger, 8, 'busy')
    const made = await runFormloom(envOf(place), 'backup', '--to', at('busy'), '--key-file', at('key'))
    await writing.stop()
    expect(made.json).toMatchObject({
      encrypted: true,
      reads: 20,
      files: { count: 1, bytes: words.length },
      faults: [],
    })
    expect(made.code).toBe(0)
    expect(made.json.verified_at).toMatch(/^\d{4}-/)
    expect(readdirSync(at('busy'))).toEqual([made.json.path.split('/').at(-1)])
    expect(writing.entered.length).toBeGreaterThan(8)
    for (const kind of others) {
      const other = await kind.open()
      const to = at(`restored-${kind.name}`)
      const target = { url: other.url, folder: to }
      const database = other.url === null ? [] : ['--database', other.url]
      const restored = await runFormloom(
        {},
        'restore',
        made.json.path,
        '--to',
        to,
        '--key-file',
        at('key'),
        ...database,
      )
      expect(restored).toMatchObject({ code: 0, json: { database: kind.name, rows: made.json.rows } })
      const served = await startProgram(target)
      const admin = await signedIn(served.address)
      const entries = await allRecords(admin, 'entry')
      const numbers = entries.map((entry) => Number(entry.number.slice(3)))
      expect(entries.length).toBeGreaterThanOrEqual(before.length)
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(entries.filter((entry) => entry.lines.length !== 2 || Number(entry.net) !== 0)).toEqual([])
      const file = await fetch(`${served.address}/api/files/${paper}`, { headers: { cookie: admin.cookie } })
      expect(Buffer.from(await file.arrayBuffer()).equals(words)).toBe(true)
      const next = await admin.post('/api/forms/account/records', { code: 'after' })
      expect(next.status).toBe(201)
      await served.stop()
      expect(await verified(to, other.url)).toMatchObject({ ok: true })
      await other.close()
    }
  })

  it('of a quiet workspace restores to the same state, and says so itself', async () => {
    const made = await runFormloom(envOf(place), 'backup', '--to', at('quiet.formloom-backup'))
    expect(made).toMatchObject({ code: 0, json: { encrypted: false, path: at('quiet.formloom-backup') } })
    expect(statSync(at('quiet.formloom-backup')).mode & 0o077).toBe(0)
    const other = await database.open()
    const extra = other.url === null ? [] : ['--database', other.url]
    const restored = await runFormloom({}, 'restore', made.json.path, '--to', at('quiet'), ...extra)
    expect(restored.code).toBe(0)
    expect(await stateOf({ url: other.url, folder: at('quiet') })).toEqual(await stateOf(place))
    const proved = await runFormloom({ FORMLOOM_DATA: place.folder }, 'verify', made.json.path)
    expect(proved).toMatchObject({ code: 0, json: { ok: true, proved: true, reads: 20, failures: [] } })
    expect(readdirSync(place.folder).filter((name) => name.startsWith('scratch'))).toEqual([])
    await other.close()
  })
})

describe('the words of backup and restore', () => {
  let root = ''
  let backup = ''
  let env: Readonly<Record<string, string>> = {}
  const at = (...parts: readonly string[]) => join(root, ...parts)

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'formloom-backup-'))
    env = { FORMLOOM_DATA: at('data') }
    const person = ['--login', 'ada@example.com', '--name', 'Ada', '--password', 'correct horse battery staple']
    expect((await formloom(env, 'setup', ...person)).code).toBe(0)
    writeKey(at('key'))
    writeKey(at('other-key'))
    const made = await runFormloom({ ...env, FORMLOOM_SECRET_FILE: at('key') }, 'backup')
    expect(made.code).toBe(0)
    backup = made.json.path
    expect(backup.startsWith(at('data', 'backups'))).toBe(true)
  }, 240_000)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  it('explain themselves', async () => {
    expect((await formloom(env, 'backup', '--help')).out).toContain('AES-256-GCM')
    expect((await formloom(env, 'restore', '--help')).out).toContain('--at <time|change:n>')
    expect((await formloom(env, 'verify', '--help')).out).toContain('backup')
  })

  it('are refused with exit code 2 when they are wrong', async () => {
    for (const words of [
      ['backup', '--keep', '0'],
      ['backup', '--keep', 'all'],
      ['restore'],
      ['restore', backup],
      ['restore', backup, '--to', at('x'), '--database', 'mysql://x'],
      ['restore', backup, '--to', at('x'), '--at', 'yesterday'],
      ['restore', backup, '--to', at('x'), '--at', '2026-11-22T10:00'],
      ['restore', backup, '--to', at('x'), '--changes', at('data')],
      ['move-to-postgres', 'mysql://x'],
    ])
      expect({ words, code: (await formloom(env, ...words)).code }).toEqual({ words, code: 2 })
  })

  it('never write over anything', async () => {
    const before = readdirSync(at('data')).sort()
    const key = ['--key-file', at('key')]
    expect(await formloom({}, 'restore', backup, '--to', at('data'), ...key)).toMatchObject({
      code: 3,
      error: expect.stringContaining('never overwrites'),
    })
    expect(readdirSync(at('data')).sort()).toEqual(before)
    writeFileSync(at('taken.formloom-backup'), 'mine')
    expect((await formloom(env, 'backup', '--to', at('taken.formloom-backup'))).code).toBe(3)
    expect(readFileSync(at('taken.formloom-backup'), 'utf8')).toBe('mine')
  })

  it('say what is missing: the secret, the right one, a strong one, a backup at all', async () => {
    const tried = async (from: string, ...words: readonly string[]) => {
      const said = await formloom({}, 'restore', from, '--to', at('tried'), ...words)
      expect(said.code).toBe(1)
      expect(readdirSync(root).filter((name) => name.startsWith('tried'))).toEqual([])
      return said.error
    }
    expect(await tried(backup)).toContain('--key-file')
    expect(await tried(backup, '--key-file', at('other-key'))).toContain('another secret')
    writeFileSync(at('weak'), 'secret', { mode: 0o600 })
    expect(await tried(backup, '--key-file', at('weak'))).toContain('weak')
    expect(await tried(at('key'))).toContain('is not a backup')
    expect(await tried(at('nowhere'))).toContain('nowhere')
  })

  it('keep the newest so many of a folder', async () => {
    const made: string[] = []
    for (let count = 0; count < 2; count += 1) {
      const said = await runFormloom(env, 'backup', '--to', at('kept'), '--keep', '1')
      expect(said.code).toBe(0)
      made.push(said.json.path)
    }
    expect(readdirSync(at('kept')).map((name) => at('kept', name))).toEqual([made[1]])
  })

  it('restore into an empty folder that is there already', async () => {
    mkdirSync(at('empty'))
    expect(await formloom({}, 'restore', backup, '--to', at('empty'), '--key-file', at('key'))).toMatchObject({
      code: 0,
    })
    expect(await stateOf({ url: null, folder: at('empty') })).toEqual(await stateOf({ url: null, folder: at('data') }))
  })
})
