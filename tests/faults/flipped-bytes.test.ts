/** Silent corruption is found: a byte flipped in the database file that changes anything does not go unseen, and its record is named. */
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createIds, systemClock } from '#files/machine.ts'
import { fieldKinds } from '#kinds/fields/catalogue.ts'
import { verifyWorkspace } from '#publish/verify.ts'
import { openWorkspace } from '#publish/workspace.ts'
import { openSnapshot } from '#storage/copy/open.ts'
import { type Digests, differingTables, digestAll } from '#storage/copy/tables.ts'
import { type Entered, enterPaper, keepWriting, openLedger, runFormloom } from '#tests/support/copies.ts'
import { pause, seeded } from '#tests/support/faults.ts'
import { entryOf } from '#tests/support/ledger.ts'
import { type Program, startProgram } from '#tests/support/program.ts'
import { silentLog } from '#tests/support/storage-database.ts'

const flips = 200
const random = seeded('flipped-bytes')
let root = ''
let program: Program
let whole: Digests
let entered: readonly Entered[] = []
const at = (...parts: readonly string[]) => join(root, ...parts)
const file = (folder: string) => join(folder, 'formloom.sqlite')

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'formloom-flip-'))
  program = await startProgram({ folder: at('data') })
  const ledger = await openLedger(program)
  await enterPaper(ledger, 'with-paper', Buffer.from('signed'))
  const [from = '', to = ''] = ledger.accounts
  const values = Array.from({ length: 500 }, (_, index) => entryOf(`old-${index}`, { from, to, amount: 0.01 }))
  const operations = values.map((each) => ({ verb: 'create', values: each }))
  expect(await ledger.admin.post('/api/forms/entry/records/bulk', { operations })).toMatchObject({ status: 200 })
  const writing = keepWriting(ledger, 6, 'entry')
  await pause(1_000)
  await writing.stop()
  entered = writing.entered
  await program.stop()
  whole = await digests(at('data'))
}, 240_000)
afterAll(async () => {
  await program?.stop('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

it(`finds at least 99 % of ${flips} flipped bytes that change anything`, { timeout: 900_000 }, async () => {
  const size = statSync(file(at('data'))).size
  const missed: object[] = []
  let [changing, tried] = [0, 0]
  for (; changing < flips; tried += 1) {
    const offset = Math.floor(random() * size)
    const folder = flippedCopy(offset, 1 << Math.floor(random() * 8))
    const changed = await changesOf(folder)
    if (changed.length > 0) {
      changing += 1
      if (await isFoundWhole(folder)) missed.push({ offset, changed })
    }
    rmSync(folder, { recursive: true, force: true })
  }
  console.info(`${tried} flips, ${changing} changed what is stored, ${changing - missed.length} were found`, ...missed)
  expect(missed.length, JSON.stringify(missed)).toBeLessThanOrEqual(flips / 100)
})

it('names the record in whose row the byte was flipped, and what to do', async () => {
  const bytes = readFileSync(file(at('data')))
  const pages = pagesOf('r_entry')
  for (const { id, reference } of entered.slice(0, 10)) {
    const places = [...placesOf(bytes, reference)].filter((place) => pages.has(Math.floor(place / pageBytes) + 1))
    const folder = await alteredCopy(places)
    const said = await runFormloom({ FORMLOOM_DATA: folder }, 'verify')
    expect(said.code).toBe(1)
    expect(said.json.unexplained).toContainEqual(
      expect.objectContaining({ form: 'entry', id, field: 'reference', computed: reference }),
    )
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Of several places one is the row; the others are what earlier rows left behind. */
async function alteredCopy(places: readonly number[]): Promise<string> {
  for (const place of places) {
    const folder = flippedCopy(place + 2, 1)
    if ((await changesOf(folder)).includes('r_entry')) return folder
    rmSync(folder, { recursive: true, force: true })
  }
  throw new Error('the row was not found in the file')
}

const pageBytes = 4_096

function pagesOf(table: string): ReadonlySet<number> {
  const db = new BetterSqlite(file(at('data')), { readonly: true })
  try {
    return new Set(db.prepare('select pageno from dbstat where name = ?').pluck().all(table) as number[])
  } finally {
    db.close()
  }
}

function* placesOf(bytes: Buffer, text: string): Generator<number> {
  for (let place = bytes.indexOf(text); place >= 0; place = bytes.indexOf(text, place + 1)) yield place
}

function flippedCopy(offset: number, bit: number): string {
  const folder = mkdtempSync(at('flip-'))
  cpSync(at('data', 'files'), join(folder, 'files'), { recursive: true })
  const bytes = readFileSync(file(at('data')))
  bytes[offset] = (bytes[offset] as number) ^ bit
  writeFileSync(file(folder), bytes, { mode: 0o600 })
  return folder
}

async function digests(folder: string): Promise<Digests> {
  const snapshot = await openSnapshot({ url: null, folder })
  try {
    return await digestAll(snapshot.reader)
  } finally {
    await snapshot.close()
  }
}

/** What reads otherwise than before: tables, pages, or all of it. */
async function changesOf(folder: string): Promise<readonly string[]> {
  try {
    const db = new BetterSqlite(file(folder), { readonly: true })
    const pages = (db.pragma('integrity_check') as { integrity_check: string }[]).map((row) => row.integrity_check)
    db.close()
    const tables = differingTables(whole, await digests(folder))
    return [...tables, ...pages.filter((line) => line !== 'ok')]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

async function isFoundWhole(folder: string): Promise<boolean> {
  try {
    const workspace = await openWorkspace({
      url: null,
      folder,
      log: silentLog,
      clock: systemClock,
      ids: createIds(),
      kinds: fieldKinds,
    })
    try {
      return (await verifyWorkspace(workspace)).ok
    } finally {
      await workspace.close()
    }
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
