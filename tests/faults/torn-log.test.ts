/** Power that fails in the middle of a write: the write-ahead log, cut or scrambled anywhere, still opens to a prefix of what was committed. */
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite, { type Database as Sqlite } from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isFull, seeded, unsound, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const cuts = 200
const writers = 8
const entriesEach = isFull ? 25 : 8
const verifiedInFull = isFull ? 20 : 2
const headerBytes = 32

const file = 'formloom.sqlite'
let folder = ''
let program: Program
let log: Buffer
let whole: readonly Told[] = []
const found: Found[] = []

interface Told {
  readonly seq: number
  readonly form: string
  readonly record: string
  readonly version: number
}

interface Found {
  readonly at: number
  readonly scrambled: boolean
  readonly wrong: readonly unknown[]
  readonly told: readonly Told[]
  /** Records whose version is not that of their last change, and sums that are not those of the lines. */
  readonly halves: readonly unknown[]
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-torn-'))
  program = await startProgram({ folder: join(folder, 'live') })
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
  await program.stop()
  await writeWithoutCheckpoint(made.map(({ body }) => body.id))
  const copy = copyOf('whole', null)
  whole = toldBy(copy)
  copy.close()
}, 120_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** While somebody reads the file as it was, nothing moves from the log into it. */
async function writeWithoutCheckpoint(ids: readonly string[]): Promise<void> {
  const live = join(folder, 'live', file)
  const reader = new BetterSqlite(live, { readonly: true })
  program = await startProgram({ folder: join(folder, 'live') })
  const client = new Client(program.address)
  reader.exec('begin; select 1 from fl_change limit 1')
  reader.prepare('select count(*) from fl_change').get()
  await client.signIn()
  const before = readFileSync(live)
  const working = Array.from({ length: writers }, async (_, number) => {
    for (let count = 0; count < entriesEach; count++) {
      const [from = '', to = ''] = (number + count) % 2 === 0 ? ids : [...ids].reverse()
      const entry = entryOf(`${number}-${count}`, { from, to, amount: 1 + number })
      expect((await client.post('/api/forms/entry/records', entry)).status).toBe(201)
    }
  })
  await Promise.all(working)
  await program.stop('SIGKILL')
  log = readFileSync(`${live}-wal`)
  expect(readFileSync(live).equals(before)).toBe(true)
  reader.close()
  await mkdir(join(folder, 'base'))
  writeFileSync(join(folder, 'base', file), before)
}

/** The file, with the log up to a place; what came after it is gone, or nonsense. */
function copyOf(name: string, cut: { readonly at: number; readonly scrambled: boolean } | null): Sqlite {
  const path = join(folder, `${name}.sqlite`)
  copyFileSync(join(folder, 'base', file), path)
  rmSync(`${path}-shm`, { force: true })
  writeFileSync(`${path}-wal`, cut ? log.subarray(0, cut.at) : log)
  if (cut?.scrambled) appendFileSync(`${path}-wal`, nonsense(cut.at))
  return new BetterSqlite(path, { readonly: true })
}

function nonsense(at: number): Buffer {
  return Buffer.from(log.subarray(at).map((byte, index) => byte ^ ((index * 31 + at) & 0xff) ^ 0x5a))
}

function toldBy(db: Sqlite): readonly Told[] {
  return db.prepare('select seq, form, record, version from fl_change order by seq').all() as Told[]
}

function halvesIn(db: Sqlite): readonly unknown[] {
  const last = 'select max(version) from fl_change where form = ? and record = r.id'
  const versions = ['entry', 'account'].flatMap((form) =>
    db.prepare(`select id, version from "r_${form}" r where version is not (${last})`).all(form),
  )
  const lines = 'select coalesce(sum(amount), 0) from "r_entry$lines" l where l.account = a.id'
  const sums = db.prepare(`select id, balance from r_account a where coalesce(balance, 0) <> (${lines})`).all()
  return [...versions, ...sums]
}

it(`opens and is sound, cut at ${cuts} random places`, () => {
  const random = seeded('torn-log')
  for (let number = 0; number < cuts; number++) {
    const cut = { at: headerBytes + Math.floor(random() * (log.length - headerBytes)), scrambled: random() < 0.5 }
    const db = copyOf('cut', cut)
    const [told, halves] = [toldBy(db), halvesIn(db)]
    db.close()
    found.push({ ...cut, wrong: unsound(join(folder, 'cut.sqlite')), told, halves })
  }
  expect(found.filter(({ wrong }) => wrong.length > 0)).toEqual([])
})

it('holds a prefix of what was committed, in its order, nothing half', () => {
  const isPrefix = ({ told }: Found) => JSON.stringify(told) === JSON.stringify(whole.slice(0, told.length))
  expect(found.filter((each) => !isPrefix(each))).toEqual([])
  expect(found.filter(({ halves }) => halves.length > 0)).toEqual([])
})

it('was really cut: the places give different prefixes', () => {
  const lengths = new Set(found.map(({ told }) => told.length))
  console.info(`torn-log: ${log.length} bytes, ${whole.length} changes, ${lengths.size} different prefixes`)
  expect(lengths.size).toBeGreaterThan(5)
})

it('a longer log never holds less', () => {
  const ordered = [...found].sort((one, other) => one.at - other.at).map(({ told }) => told.length)
  expect(ordered).toEqual([...ordered].sort((one, other) => one - other))
})

it('is whole for the program, too', async () => {
  for (const { at } of found.slice(0, verifiedInFull)) {
    const copy = join(folder, `program-${at}`)
    await mkdir(copy, { mode: 0o700 })
    writeFileSync(join(copy, `${file}-wal`), log.subarray(0, at))
    copyFileSync(join(folder, 'base', file), join(copy, file))
    expect(await verified(copy)).toMatchObject({ ok: true })
  }
})
