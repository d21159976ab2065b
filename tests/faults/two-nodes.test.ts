/** Two nodes on one PostgreSQL: numbers without gaps, no lost update, and no request that sees two revisions. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { allRecords, isFull, pause, seeded, verified } from '#tests/support/faults.ts'
import { entryOf, ledgerForms } from '#tests/support/ledger.ts'
import { createPostgresDatabase, type PostgresDatabase } from '#tests/support/postgres.ts'
import { isPostgresAvailable } from '#tests/support/postgres-server.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const createsEach = isFull ? 500 : 50
const counters = 5
const clients = isFull ? 50 : 20
const increments = isFull ? 200 : 10
const revisions = isFull ? 20 : 6
const atOnce = 8

const title = isPostgresAvailable()
  ? 'two nodes on one database'
  : 'two nodes on one database (not run: no PostgreSQL for this platform)'

describe.skipIf(!isPostgresAvailable())(title, () => {
  let folder = ''
  let database: PostgresDatabase
  let nodes: readonly Program[] = []
  let callers: readonly Client[] = []
  let ids: readonly string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'formloom-nodes-'))
    database = await createPostgresDatabase()
    const first = await startProgram({ folder, url: database.url, env: { FORMLOOM_RATE: '0' } })
    const admin = new Client(first.address)
    expect((await admin.setup(first.setupCode)).status).toBe(201)
    expect((await admin.post('/api/definitions', { definitions: ledgerForms })).status).toBe(200)
    const second = await startProgram({ folder, url: database.url, env: { FORMLOOM_RATE: '0' } })
    nodes = [first, second]
    callers = [admin, new Client(second.address, admin.cookie)]
    const made = await Promise.all(['A', 'B', 'C'].map((code) => admin.post('/api/forms/account/records', { code })))
    ids = made.map(({ body }) => body.id)
  }, 120_000)

  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop('SIGKILL')))
    await database?.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it(`give 1..N to ${createsEach} entries each, whatever is rolled back between them`, async () => {
    const random = seeded('two-nodes')
    const refused = { count: 0 }
    await Promise.all(
      callers.map((caller, node) =>
        inTurns(createsEach, async (count) => {
          const [from = '', to = ''] = [ids[count % 3], ids[(count + 1) % 3]]
          const broken = { reference: `broken-${node}-${count}`, lines: [{ account: from, amount: '1.00' }] }
          const sound = entryOf(`half-${node}-${count}`, { from, to, amount: 1 })
          if (random() < 0.2) {
            const operations = [sound, broken].map((values) => ({ verb: 'create', values }))
            const answer = await caller.post('/api/forms/entry/records/bulk', { atomic: true, operations })
            expect(answer.status).toBe(422)
            refused.count += 1
          }
          const answer = await caller.post(
            '/api/forms/entry/records',
            entryOf(`${node}-${count}`, { from, to, amount: 1 }),
          )
          expect(answer.status).toBe(201)
        }),
      ),
    )
    const entries = await allRecords(callers[0] as Client, 'entry')
    const numbers = entries.map((entry) => Number(entry.number.slice(3))).sort((one, other) => one - other)
    expect(refused.count).toBeGreaterThan(createsEach / 10)
    expect(numbers).toEqual(Array.from({ length: 2 * createsEach }, (_, index) => index + 1))
  })

  it(`lose none of the increments of ${clients} clients`, async () => {
    const admin = callers[0] as Client
    const codes = Array.from({ length: counters }, (_, number) => `counter-${number}`)
    const made = await Promise.all(codes.map((code) => admin.post('/api/forms/account/records', { code, note: 0 })))
    const paths = made.map(({ body }) => `/api/forms/account/records/${body.id}`)
    const told = { done: 0, stale: 0 }
    await Promise.all(
      Array.from({ length: clients }, async (_, number) => {
        const caller = callers[number % 2] as Client
        for (let count = 0; count < increments; count++)
          await increment(caller, paths[(number + count) % counters] as string, told)
      }),
    )
    const stored = await Promise.all(paths.map((path) => admin.get(path)))
    const sum = stored.reduce((total, { body }) => total + body.note, 0)
    console.info(`two-nodes: ${told.done} increments, ${told.stale} refused as stale`)
    expect(sum).toBe(told.done)
    expect(told.done).toBe(clients * increments)
    expect(told.stale).toBeGreaterThan(0)
  }, 1_200_000)

  it('never mix two revisions in one request, while one of them publishes', async () => {
    const [publisher, other] = callers as [Client, Client]
    expect((await publisher.post('/api/definitions', { definitions: [stamped(0)] })).status).toBe(200)
    const state = { publishing: true }
    const seen: { readonly revision: number; readonly stamps: readonly unknown[] }[] = []
    const strange: unknown[] = []
    const writing = [publisher, other].map(async (caller) => {
      while (state.publishing) {
        const answer = await caller.post('/api/forms/stamp/records', {})
        const { headers, body } = answer
        if (answer.status !== 201) strange.push([answer.status, body])
        else
          seen.push({
            revision: Number(headers.get('x-formloom-revision')),
            stamps: [body.one, body.two, body.sum],
          })
      }
    })
    const published = new Map<number, number>()
    for (let stamp = 1; stamp <= revisions; stamp++) {
      const answer = await publisher.post('/api/definitions', { definitions: [stamped(stamp)] })
      expect(answer.status).toBe(200)
      published.set(answer.body.revision, stamp)
      const described = await other.get('/api/forms/stamp')
      expect(Number(described.headers.get('x-formloom-revision'))).toBeGreaterThanOrEqual(answer.body.revision)
    }
    state.publishing = false
    await Promise.all(writing)
    expect(strange).toEqual([])
    expect(seen.length).toBeGreaterThan(revisions)
    expect(seen.filter(({ revision, stamps }) => !isOfOne(stamps, published.get(revision)))).toEqual([])
  })

  it('leave a whole workspace', async () => {
    expect(await Promise.all(nodes.map((node) => node.stop()))).toEqual([0, 0])
    expect(await verified(folder, database.url)).toMatchObject({ ok: true })
  })
})

/** Some at once, each number once. */
async function inTurns(total: number, work: (count: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < total) await work(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** Reads, adds one, and again where somebody was faster. */
async function increment(client: Client, path: string, told: { done: number; stale: number }): Promise<void> {
  for (;;) {
    const { body } = await client.get(path)
    const answer = await client.patch(path, { note: body.note + 1 }, body.version)
    if (answer.status === 200) {
      told.done += 1
      return
    }
    expect(answer.status).toBe(409)
    told.stale += 1
    await pause(Math.random() * 20)
  }
}

/** Every part of it names the revision that it belongs to. */
function stamped(stamp: number): Definition {
  return {
    kind: 'form',
    name: 'stamp',
    label: `Stamp ${stamp}`,
    fields: [
      { name: 'one', type: 'integer', default: stamp },
      { name: 'two', type: 'integer', default: stamp },
      { name: 'sum', type: 'integer', formula: { '+': [{ var: 'one' }, { var: 'two' }, stamp] } },
    ],
    checks: [
      {
        name: 'of_one',
        assert: { and: [{ '==': [{ var: 'one' }, stamp] }, { '==': [{ var: 'two' }, stamp] }] },
        at: 'one',
        message: { en: 'Two revisions', 'zh-CN': '两个版本' },
      },
    ],
  }
}

function isOfOne([one, two, sum]: readonly unknown[], stamp: number | undefined): boolean {
  const expected = stamp ?? one
  return one === expected && two === expected && sum === 3 * Number(expected)
}
