/**
 * The crash laboratory: eight writers keep journals, the server is killed at random again and again, an auditor compares.
 * `FORMLOOM_FAULTS=full npm test -- --project faults tests/faults/crashlab` runs all 30 cycles; the usual run has fewer.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type OpenDatabase, onEachDatabase } from '#tests/support/databases.ts'
import {
  allRecords,
  eventually,
  isFull,
  pause,
  seeded,
  signedIn,
  unsound,
  untilReady,
  verified,
} from '#tests/support/faults.ts'
import { Journal } from '#tests/support/journal.ts'
import { floor, ledgerForms } from '#tests/support/ledger.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'
import { commitImport, prepareImport, sendUntilAnswered, Writer } from './writer.ts'

const cyclesOf = isFull ? { sqlite: 30, postgres: 10 } : { sqlite: 5, postgres: 2 }
const writers = 8
const settledWithinMs = 60_000
/** However slow the machine is: something has to be lost before it can be missed. */
const promisesPerCycle = 2 * writers
const busyWithinMs = 60_000
const atWork: ReadonlySet<unknown> = new Set(['arriving', 'checking', 'running', 'undoing'])

onEachDatabase('the crash laboratory', (database) => {
  const cycles = cyclesOf[database.name]
  const soonOnly = database.name === 'sqlite' || isFull ? '' : ' (in the long form only: its lease lasts 30 s)'
  let place: OpenDatabase
  let program: Program
  let journal: Journal
  let admin: Client
  // biome-ignore lint/suspicious/noExplicitAny: records of the ledger
  let entries: any[] = []
  // biome-ignore lint/suspicious/noExplicitAny: records of the ledger
  let accounts: any[] = []

  beforeAll(async () => {
    place = await database.open()
    program = await startProgram(place)
    admin = new Client(program.address)
    expect((await admin.setup(program.setupCode)).status).toBe(201)
    expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
    journal = new Journal(`${place.folder}.journal`)
    await run(seeded('crashlab'))
    entries = await allRecords(admin, 'entry')
    accounts = await allRecords(admin, 'account')
  }, 900_000)

  afterAll(async () => {
    await program?.stop('SIGKILL')
    await rm(`${place.folder}.journal`, { force: true })
    await place.close()
  })

  /** Work, kill, start, send again what was not answered. */
  async function run(random: () => number): Promise<void> {
    const port = Number(new URL(program.address).port)
    const opened = ['A', 'B', 'C', 'D', 'E'].map((code) => admin.post('/api/forms/account/records', { code }))
    const ids = (await Promise.all(opened)).map(({ body }) => body.id as string)
    const working = Array.from({ length: writers }, (_, number) => new Writer(admin, { number, ids, journal, random }))
    for (let cycle = 1; cycle <= cycles; cycle++) {
      const lives = { value: true }
      const imported = await prepareImport(admin, cycle)
      journal.noteImport(imported)
      const done = [commitImport(admin, imported), ...working.map((writer) => writer.work(cycle, lives))]
      const promised = journal.acknowledged.length + promisesPerCycle
      await eventually(async () => journal.acknowledged.length >= promised, busyWithinMs)
      await pause(50 + random() * 1_450)
      lives.value = false
      await program.stop('SIGKILL')
      await Promise.all(done)
      program = await startProgram({ ...place, port })
      await untilReady(program)
      for (const intent of journal.unanswered) await sendUntilAnswered(admin, journal, intent)
    }
    console.info(
      `crashlab on ${database.name}: ${cycles} kills, ${journal.intents.length} intents, ${journal.acknowledged.length} kept promises`,
    )
  }

  it('every intent has been answered in the end, and most of them with a promise', () => {
    expect(journal.unanswered).toEqual([])
    expect(journal.acknowledged.length).toBeGreaterThan(journal.intents.length / 2)
  })

  it('every acknowledged record can be read, in that version or a later one', () => {
    const stored = new Map([...entries, ...accounts].map((record) => [record.id, record.version]))
    const promised = journal.acknowledged.flatMap(({ records }) => records)
    expect(promised.filter(({ id, version }) => !(stored.get(id) >= version))).toEqual([])
  })

  it('every acknowledged change shows its value or a later one', () => {
    const revised = new Map(entries.map((entry) => [entry.id, entry.revised]))
    const promised = journal.acknowledged.flatMap(({ revised }) => revised ?? [])
    expect(promised.length).toBeGreaterThan(0)
    expect(promised.filter(({ id, value }) => !(revised.get(id) >= value))).toEqual([])
  })

  it('every record was meant', () => {
    const meant = new Set(journal.intents.flatMap(({ references }) => references))
    expect(entries.filter((entry) => !meant.has(entry.reference))).toEqual([])
  })

  it('every intent happened once, and whole', () => {
    const acknowledged = new Set(journal.acknowledged.map(({ key }) => key))
    const stored = new Set(entries.map((entry) => entry.reference))
    expect(stored.size).toBe(entries.length)
    const halves = journal.intents.filter(
      ({ key, references }) =>
        references.filter((reference) => stored.has(reference)).length !==
        (acknowledged.has(key) ? references.length : 0),
    )
    expect(halves).toEqual([])
  })

  it('numbers are unique and without gaps', () => {
    const numbers = entries.map((entry) => Number(entry.number.slice(3))).sort((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  it('the books balance: every entry, every account, all accounts, and none below its floor', () => {
    const balances = new Map<string, number>(accounts.map((account) => [account.id, 0]))
    for (const line of entries.flatMap((entry) => entry.lines))
      balances.set(line.account.id, (balances.get(line.account.id) ?? 0) + Number(line.amount))
    expect(entries.filter((entry) => Number(entry.net) !== 0)).toEqual([])
    expect(accounts.map((account) => Number(account.balance ?? 0))).toEqual([...balances.values()])
    expect([...balances.values()].reduce((sum, each) => sum + each, 0)).toBe(0)
    expect(Math.min(...balances.values())).toBeGreaterThanOrEqual(floor)
  })

  it('the sessions of before the kills go on', async () => {
    expect((await admin.get('/api/session')).status).toBe(200)
  })

  // With several nodes nobody knows that one is dead until its lease has ended: half a minute.
  it.runIf(database.name === 'sqlite' || isFull)(`no import stays claimed${soonOnly}`, async () => {
    const endMs = performance.now() + settledWithinMs
    for (const id of journal.imports) {
      const state = async () => (await admin.get(`/api/imports/${id}`)).body.state
      while (atWork.has(await state()) && performance.now() < endMs) await pause(100)
      expect([id, await state()]).toEqual([id, expect.stringMatching(/^(ready|done|failed|stopped)$/)])
    }
  })

  it('the file is sound, and replaying the chained changes gives what stands', async () => {
    await program.stop('SIGTERM')
    if (place.url === null) expect(unsound(join(place.folder, 'formloom.sqlite'))).toEqual([])
    expect(await verified(place.folder, place.url)).toMatchObject({ ok: true })
    program = await startProgram(place)
  })

  it('a sign-in works on what is left', async () => {
    expect((await (await signedIn(program.address)).get('/api/app')).status).toBe(200)
  })
})
