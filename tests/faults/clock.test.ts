/** A clock that jumps by days and hours: nobody is signed in or out by it, numbers and order go on, and nothing happens twice. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { verified } from '#tests/support/faults.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const hour = 3_600_000
const day = 24 * hour
const jumps = [day, -day, 2 * hour, -2 * hour, 0] as const

const forms: readonly Definition[] = [
  {
    kind: 'form',
    name: 'ticket',
    label: 'Ticket',
    title: { var: 'number' },
    fields: [
      { name: 'number', type: 'sequence', pattern: 'T-{YYYY}{MM}{DD}-{####}', reset: 'day', gapless: true },
      { name: 'subject', type: 'text' },
      { name: 'opened', type: 'date', default: { today: [] } },
    ],
  },
]

let folder = ''
let program: Program
let admin: Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-clock-'))
  program = await startProgram({ folder, faults: true })
  admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  expect((await admin.post('/api/definitions', { definitions: forms })).status).toBe(200)
}, 60_000)

afterEach(() => program.inject({ clockMs: 0 }))

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

it('keeps who is signed in signed in, by day and by two hours, forwards and back', async () => {
  for (const clockMs of jumps) {
    await program.inject({ clockMs })
    expect([clockMs, (await admin.get('/api/session')).status]).toEqual([clockMs, 200])
  }
})

it('keeps out who was kept out: a session that has ended does not come back with the clock', async () => {
  const other = new Client(program.address)
  expect((await other.signIn()).status).toBe(200)
  const { cookie } = other
  expect((await other.request('DELETE', '/api/session')).status).toBeLessThan(300)
  for (const clockMs of jumps) {
    await program.inject({ clockMs })
    expect((await new Client(program.address, cookie).get('/api/session')).status).toBe(401)
  }
})

it('gives every number once, and by day without gaps', async () => {
  const numbers: string[] = []
  for (let round = 0; round < 3; round++)
    for (const clockMs of jumps) {
      await program.inject({ clockMs })
      const made = await admin.post('/api/forms/ticket/records', { subject: `${round} ${clockMs}` })
      expect(made.status).toBe(201)
      numbers.push(made.body.number)
    }
  expect(new Set(numbers).size).toBe(numbers.length)
  const days = new Set(numbers.map((number) => number.slice(0, -5)))
  expect(days.size).toBeGreaterThan(2)
  for (const own of [...days].map((each) => numbers.filter((number) => number.startsWith(each))))
    expect(own.map((number) => Number(number.slice(-4))).sort((one, other) => one - other)).toEqual(
      own.map((_, index) => index + 1),
    )
})

it('tells changes in the order in which they happened', async () => {
  const { body } = await admin.post('/api/forms/ticket/records', { subject: 'first' })
  const path = `/api/forms/ticket/records/${body.id}`
  for (const [index, clockMs] of [-day, day, -2 * hour].entries()) {
    await program.inject({ clockMs })
    expect((await admin.patch(path, { subject: `step ${index}` }, index + 1)).status).toBe(200)
  }
  const history = (await admin.get(`${path}/history`)).body
  const versions = history.changes.map((change: { version: number }) => change.version)
  expect(versions).toEqual([4, 3, 2, 1])
})

it('does once what is sent again with its key after the clock has jumped', async () => {
  const send = (key: string) => admin.post('/api/forms/ticket/records', { subject: 'once' }, { 'idempotency-key': key })
  for (const clockMs of jumps) {
    const first = await send(`jump ${clockMs}`.replace(' ', ''))
    await program.inject({ clockMs })
    const second = await send(`jump ${clockMs}`.replace(' ', ''))
    expect([clockMs, second.status, second.body.id]).toEqual([clockMs, 201, first.body.id])
    await program.inject({ clockMs: 0 })
  }
})

it('makes nobody who mistyped wait longer than a quarter of an hour', async () => {
  await program.inject({ clockMs: 2 * hour })
  const wrong = () => new Client(program.address).signIn('ada@example.com', 'a wrong password')
  const waits: number[] = []
  for (let count = 0; count < 8; count++) waits.push(Number((await wrong()).headers.get('retry-after') ?? 0))
  await program.inject({ clockMs: 0 })
  const { headers } = await wrong()
  expect(Math.max(...waits, Number(headers.get('retry-after') ?? 0))).toBeLessThanOrEqual(15 * 60)
})

it('knows the same day on both sides of the hour that summer time takes or gives', async () => {
  const moments = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z']
  expect((await admin.request('PATCH', '/api/session', { zone: 'America/New_York' })).status).toBeLessThan(300)
  const days: string[] = []
  for (const moment of moments) {
    await program.inject({ clockMs: Date.parse(moment) - Date.now() })
    days.push((await admin.post('/api/forms/ticket/records', { subject: moment })).body.opened)
  }
  expect(days).toEqual(['2026-11-01', '2026-11-01', '2026-03-08', '2026-03-08'])
})

it('is whole', async () => {
  expect(await program.stop()).toBe(0)
  expect(await verified(folder)).toMatchObject({ ok: true })
  program = await startProgram({ folder, faults: true })
})
