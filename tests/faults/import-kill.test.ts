/** An import whose process is killed goes on after the restart: where the last batch ended, each row once, and it can be undone as a whole. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Definition } from '#definitions/definition.ts'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const rows = 4_000
const kills = 3
const definitions: readonly Definition[] = [
  {
    kind: 'form',
    name: 'firm',
    title: { var: 'name' },
    fields: [
      { name: 'name', type: 'text', unique: true },
      { name: 'orders', type: 'integer', rollup: { form: 'order', link: 'firm', op: 'count' } },
    ],
  },
  {
    kind: 'form',
    name: 'order',
    fields: [
      { name: 'number', type: 'sequence', pattern: 'N-{######}' },
      { name: 'reference', type: 'text' },
      { name: 'firm', type: 'link', to: 'firm' },
    ],
  },
]

let folder = ''
let program: Program

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-import-kill-'))
  program = await startProgram({ folder })
  const admin = new Client(program.address)
  expect((await admin.setup(program.setupCode)).status).toBe(201)
  const published = await admin.post('/api/definitions', { definitions })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
}, 240_000)

afterAll(async () => {
  await program?.stop('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

it(`writes each of ${rows} rows once over ${kills} kills, and takes all of them back`, async () => {
  let admin = await signedIn()
  const lines = Array.from({ length: rows }, (_, index) => `ref ${index},Firm ${index % 7}`)
  const columns = [
    { column: 'reference', field: 'reference' },
    { column: 'firm', field: 'firm', create: true },
  ]
  const job = (
    await admin.post('/api/forms/order/import', {
      content: `reference,firm\n${lines.join('\n')}\n`,
      mapping: { columns },
    })
  ).body
  const ready = await until(admin, job.id, ({ state }) => state === 'ready')
  expect(ready.report).toMatchObject({ records: rows, created: rows, targets: 7, errorCount: 0 })
  admin.post(`/api/imports/${job.id}/commit`, { skip_invalid: true }).catch(() => undefined)
  const seen: number[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const before = seen.at(-1) ?? 0
    const running = await until(
      admin,
      job.id,
      ({ progress, state }) => state !== 'ready' && (progress?.done ?? rows) > before,
    )
    seen.push(running.progress?.done ?? rows)
    await program.stop('SIGKILL')
    program = await startProgram({ folder })
    admin = await signedIn()
  }
  expect(seen[0]).toBeGreaterThan(0)
  expect(seen[0]).toBeLessThan(rows)
  const done = await until(admin, job.id, ({ state }) => state === 'done')
  expect(done.report).toMatchObject({ created: rows, targets: 7, errorCount: 0 })
  const orders = await all(admin, 'order')
  expect(orders.map(({ reference }) => reference).sort()).toEqual(lines.map((line) => line.split(',')[0]).sort())
  expect(new Set(orders.map(({ number }) => number)).size).toBe(rows)
  const firms = await all(admin, 'firm')
  expect(firms).toHaveLength(7)
  expect(firms.reduce((sum, firm) => sum + Number(firm.orders), 0)).toBe(rows)
  admin.post(`/api/imports/${job.id}/undo`, {}).catch(() => undefined)
  await until(admin, job.id, ({ state, progress }) => state === 'undoing' && (progress?.done ?? 0) > 0)
  await program.stop('SIGKILL')
  program = await startProgram({ folder })
  admin = await signedIn()
  const undone = await until(admin, job.id, ({ state }) => state === 'undone')
  expect(undone.report.undo).toMatchObject({ removed: rows + 7, kept: 0 })
  expect(await all(admin, 'order')).toEqual([])
  expect(await all(admin, 'firm')).toEqual([])
}, 300_000)

// biome-ignore lint/suspicious/noExplicitAny: answers and records of this test's forms
type Any = any

async function until(client: Client, id: string, fits: (job: Any) => boolean): Promise<Any> {
  for (;;) {
    const { body } = await client.get(`/api/imports/${id}`)
    if (fits(body)) return body
    if (['failed', 'stopped'].includes(body.state)) throw new Error(`the import ended: ${JSON.stringify(body)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function signedIn(): Promise<Client> {
  const client = new Client(program.address)
  expect((await client.signIn()).status).toBe(200)
  return client
}

async function all(client: Client, form: string): Promise<Any[]> {
  const found: Any[] = []
  for (let cursor = ''; ; ) {
    const page = await client.get(`/api/forms/${form}/records?limit=500${cursor ? `&cursor=${cursor}` : ''}`)
    found.push(...page.body.records)
    if (!page.body.next) return found
    cursor = encodeURIComponent(page.body.next)
  }
}
