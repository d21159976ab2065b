/** Restore to a moment: the state at random instants under writing and publishing is the state that a backup and the log give back. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openSnapshot, type Place } from '#storage/copy/open.ts'
import { cellOf, type Digests, differingTables } from '#storage/copy/tables.ts'
import { formloom } from '#tests/support/command-line.ts'
import {
  enterPaper,
  envOf,
  keepWriting,
  type Ledger,
  openLedger,
  runFormloom,
  stateIn,
  type Writing,
} from '#tests/support/copies.ts'
import { type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import { pause, seeded } from '#tests/support/faults.ts'
import { ledgerForms } from '#tests/support/ledger.ts'
import { type Program, startProgram } from '#tests/support/program.ts'

interface Instant {
  readonly change: number
  readonly state: Digests
}

const [account, entry] = ledgerForms as readonly { readonly fields: readonly { readonly name: string }[] }[]

/** What is published meanwhile: fields come, change their type, go, and come back. */
const publications = [
  { ...entry, fields: [...(entry?.fields ?? []), { name: 'weight', type: 'integer', default: 7 }] },
  { ...entry, fields: [...(entry?.fields ?? []), { name: 'weight', type: 'decimal', scale: 2, default: '1.25' }] },
  { ...account, fields: (account?.fields ?? []).filter(({ name }) => name !== 'note') },
  { ...account, fields: [...(account?.fields ?? []), { name: 'partners', type: 'links', to: 'account' }] },
]

onEachDatabase('a restore to a moment', (database) => {
  const isFile = database.name === 'sqlite'
  // PostgreSQL numbers changes before they are committed: only one writer makes the number of the last one tell the state.
  const writers = isFile ? 6 : 1
  const wanted = isFile ? 20 : 8
  const random = seeded('restore-past')
  let root = ''
  let place: OpenDatabase
  let program: Program
  let ledger: Ledger
  let writing: Writing
  let backup = ''
  let papers: string[] = []
  const instants: Instant[] = []
  const at = (...parts: readonly string[]) => join(root, ...parts)
  const changes = () => place.url ?? place.folder
  const firstMs: number[] = []

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'formloom-past-'))
    place = await database.open()
    program = await startProgram(place)
    ledger = await openLedger(program)
    papers = [await enterPaper(ledger, 'early-paper', Buffer.from('early'))]
    writing = keepWriting(ledger, writers)
    for (let count = 0; count < wanted; count += 1) {
      await pause(60 + random() * 240)
      if (count % 5 === 2) await publish(publications[Math.floor(count / 5)])
      if (count === Math.floor(wanted / 4)) backup = await takeBackup()
      if (count === Math.floor(wanted / 2)) papers.push(await enterPaper(ledger, 'late-paper', Buffer.from('late')))
      instants.push(await lookAt(place))
      firstMs.push(Date.now())
    }
    await pause(200)
    await writing.stop()
  }, 300_000)
  afterAll(async () => {
    await program?.stop('SIGKILL')
    await place?.close()
    rmSync(root, { recursive: true, force: true })
  })

  async function publish(definition: unknown): Promise<void> {
    const done = await ledger.admin.post('/api/definitions', { definitions: [definition] })
    expect(done).toMatchObject({ status: 200 })
  }

  async function takeBackup(): Promise<string> {
    const made = await runFormloom(envOf(place), 'backup', '--to', at('backups'))
    expect(made).toMatchObject({ code: 0 })
    return made.json.path
  }

  it(`gives the state of each of ${wanted} instants back, before and after the backup`, async () => {
    expect(new Set(instants.map(({ change }) => change)).size).toBe(wanted)
    let before = 0
    for (const [index, instant] of instants.entries()) {
      const to = at(`instant-${index}`)
      const said = await formloom(
        envOf(place),
        'restore',
        backup,
        '--to',
        to,
        '--at',
        `change:${instant.change}`,
        '--changes',
        changes(),
        '--json',
      )
      expect(said).toMatchObject({ code: 0 })
      const { past } = JSON.parse(said.out)
      expect(past).toMatchObject({ change: instant.change, lost_files: [], without_password: [] })
      if (!past.from_backup) before += 1
      const state = (await lookAt({ url: null, folder: to })).state
      expect({ index, differing: differingTables(state, instant.state) }).toEqual({ index, differing: [] })
    }
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThan(wanted)
  })

  it('to a time holds what was acknowledged by then, and nothing that was sent later', async () => {
    for (const index of [1, Math.floor(wanted / 2), wanted - 1]) {
      const ms = firstMs[index] as number
      const to = at(`time-${index}`)
      const said = await formloom(
        envOf(place),
        'restore',
        backup,
        '--to',
        to,
        '--at',
        new Date(ms).toISOString(),
        '--changes',
        changes(),
      )
      expect(said).toMatchObject({ code: 0 })
      const restored = references(to)
      const known = writing.entered.filter(({ ackedMs }) => ackedMs < ms)
      const later = writing.entered.filter(({ sentMs }) => sentMs > ms)
      expect(known.filter(({ reference }) => !restored.has(reference))).toEqual([])
      expect(later.filter(({ reference }) => restored.has(reference))).toEqual([])
      expect(known.length).toBeGreaterThan(0)
      expect(filesIn(to)).toEqual(index === 1 ? papers.slice(0, 1) : [...papers].sort())
      const served = await startProgram({ folder: to })
      const answer = await fetch(`${served.address}/readyz`)
      expect(answer.status).toBe(200)
      await served.stop()
    }
  })

  it('needs the changes of the same workspace', async () => {
    const other = at('other')
    const person = ['--login', 'bo@example.com', '--name', 'Bo', '--password', 'correct horse battery staple']
    expect((await formloom({ FORMLOOM_DATA: other }, 'setup', ...person)).code).toBe(0)
    const far = `change:${instants.at(-1)?.change}`
    const said = await formloom(envOf(place), 'restore', backup, '--to', at('mixed'), '--at', far, '--changes', other)
    expect(said.code).toBe(1)
    expect(readdirSync(root)).not.toContain('mixed')
  })

  it('takes the changes from a newer backup, too', async () => {
    const newer = await takeBackup()
    const instant = instants.at(-2) as Instant
    const words = ['--at', `change:${instant.change}`, '--changes', newer]
    expect(await formloom(envOf(place), 'restore', backup, '--to', at('twice'), ...words)).toMatchObject({ code: 0 })
    expect((await lookAt({ url: null, folder: at('twice') })).state).toEqual(instant.state)
  })
})

/** State and last change in one snapshot. */
async function lookAt(place: Place): Promise<Instant> {
  const snapshot = await openSnapshot(place)
  try {
    const tables = await snapshot.reader.tables()
    let change = 0
    for (const table of tables.filter(({ name }) => name === 'fl_change'))
      for await (const rows of snapshot.reader.rows(table))
        for (const row of rows) change = Number(cellOf(table, row, 'seq'))
    return { change, state: await stateIn(snapshot) }
  } finally {
    await snapshot.close()
  }
}

function references(folder: string): ReadonlySet<string> {
  const db = new BetterSqlite(join(folder, 'formloom.sqlite'), { readonly: true })
  try {
    return new Set(db.prepare('select reference from r_entry').pluck().all() as string[])
  } finally {
    db.close()
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map(({ name }) => name)
    .sort()
}
