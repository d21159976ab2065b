/**
 * A publication dies before each of its statements: what stands is the old revision or the new one, never a mixture.
 * `FORMLOOM_FAULTS=full` takes every statement; the usual run takes some, the first and the last ones among them.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isCutOff, isFull, seeded, unsound, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms, nextLedgerForms } from '#tests/support/ledger.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const usualDeaths = 5
/** Others write, too: the index of the search does so in the background. */
const beside = 50

let folder = ''
let program: Program
let cookie = ''
let statements = 0
const deaths: Death[] = []

/** What was found after the program died before one statement. */
interface Death {
  readonly before: number
  /** Of the publication; null: it died before it answered. */
  readonly status: number | null
  /** What readers were told while it published. */
  readonly seen: readonly string[]
  /** After the restart, and what fits it. */
  readonly revision: string
  readonly fields: readonly string[]
  readonly columns: readonly string[]
  /** The new formula, in the records that were there. */
  readonly twice: readonly unknown[]
  readonly wrong: readonly unknown[]
  /** The same publication once more. */
  readonly again: number
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-publish-'))
  program = await startProgram({ folder: join(folder, 'base') })
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
  const made = await Promise.all(['A', 'B'].map((code) => admin.post('/api/forms/account/records', { code })))
  const [from = '', to = ''] = made.map(({ body }) => body.id)
  for (let count = 0; count < 10; count++)
    await admin.post('/api/forms/entry/records', entryOf(`r${count}`, { from, to, amount: 1 }))
  cookie = admin.cookie
  await program.stop()
  statements = await countStatements()
  for (const before of chosen(seeded('publish-killed'))) deaths.push(await dieBefore(before))
}, 1_800_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function publish(client: Client): Promise<number | null> {
  return client.post('/api/definitions', { definitions: nextLedgerForms }).then(
    ({ status }) => status,
    (error: unknown) => {
      if (isCutOff(error)) return null
      throw error
    },
  )
}

async function countStatements(): Promise<number> {
  await open('counted')
  await program.inject({ killAt: Number.MAX_SAFE_INTEGER })
  expect(await publish(new Client(program.address, cookie))).toBe(200)
  const { statements: counted } = (await program.inject({ count: true })) as { statements: number }
  await program.stop()
  return counted
}

/** Also after the last one, when all is committed and nothing answered. */
function chosen(random: () => number): readonly number[] {
  const all = Array.from({ length: statements + 1 }, (_, index) => index + 1)
  const some = Array.from({ length: usualDeaths - 3 }, () => 2 + Math.floor(random() * (statements - 2)))
  const last = statements + beside
  return isFull ? [...all, last] : [...new Set([1, ...some, statements, last])]
}

async function open(name: string): Promise<void> {
  await cp(join(folder, 'base'), join(folder, name), { recursive: true })
  program = await startProgram({ folder: join(folder, name), faults: true })
}

async function dieBefore(before: number): Promise<Death> {
  const name = `death-${before}`
  await open(name)
  const client = new Client(program.address, cookie)
  const seen = new Set<string>()
  await program.inject({ killAt: before })
  const reading = read(client, seen)
  const status = await publish(client)
  await program.stop('SIGKILL')
  await reading
  const death = { before, status, seen: [...seen], ...(await standing(name)) }
  await rm(join(folder, name), { recursive: true, force: true })
  return death
}

/** Until the program is gone. */
async function read(client: Client, seen: Set<string>): Promise<void> {
  try {
    for (;;) seen.add(revisionOf(await client.get('/api/forms/entry')))
  } catch (error) {
    if (!isCutOff(error)) throw error
  }
}

async function standing(name: string) {
  const file = join(folder, name, 'formloom.sqlite')
  program = await startProgram({ folder: join(folder, name) })
  const client = new Client(program.address, cookie)
  const form = await client.get('/api/forms/entry')
  const records = (await client.get('/api/forms/entry/records')).body.records as { twice?: number }[]
  const db = new BetterSqlite(file, { readonly: true })
  const columns = (db.pragma('table_info(r_entry)') as { name: string }[]).map((column) => column.name)
  db.close()
  const again = (await publish(client)) ?? 0
  await program.stop()
  const wrong = [...unsound(file), ...(await unverified(name))]
  const fields = form.body.fields.map((field: { name: string }) => field.name)
  return { revision: revisionOf(form), fields, columns, twice: records.map(({ twice }) => twice), wrong, again }
}

async function unverified(name: string): Promise<readonly unknown[]> {
  const found = await verified(join(folder, name))
  return found.ok ? [] : [found]
}

function revisionOf({ headers }: { readonly headers: Headers }): string {
  return headers.get('x-formloom-revision') ?? 'none'
}

it('dies where it was told to, before and after its commit', () => {
  console.info(`publish-killed: ${deaths.length} deaths in ${statements} statements`)
  expect(statements).toBeGreaterThan(20)
  expect(new Set(deaths.map(({ revision }) => revision))).toEqual(new Set(['1', '2']))
})

it('tells readers of the old revision or the new one only', () => {
  expect(new Set(deaths.flatMap(({ seen }) => seen)).size).toBeGreaterThan(0)
  expect(deaths.filter(({ seen }) => seen.some((revision) => !['1', '2'].includes(revision)))).toEqual([])
  expect(deaths.filter(({ seen, revision }) => seen.includes('2') && revision !== '2')).toEqual([])
})

it('keeps the revision that it has answered with', () => {
  expect(deaths.filter(({ status, revision }) => status === 200 && revision !== '2')).toEqual([])
})

it('leaves nothing half: definitions, columns and the values in them are of one revision', () => {
  const isWhole = ({ revision, fields, columns, twice }: Death) => {
    const isNext = revision === '2'
    const isFilled = twice.length === 10 && twice.every((value) => value === (isNext ? 0 : undefined))
    return isFilled && fields.includes('tag') === isNext && columns.includes('tag') === isNext
  }
  expect(deaths.filter((death) => !isWhole(death))).toEqual([])
})

it('takes the same publication again, and is sound afterwards', () => {
  expect(deaths.filter(({ again, wrong }) => again !== 200 || wrong.length > 0)).toEqual([])
})
