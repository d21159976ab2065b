/** The search index and a process that is killed: what was answered is found, and what was not read yet is read by the next. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

const customers = '/api/forms/customer/records'
const form = (search: boolean) => ({
  kind: 'form',
  name: 'customer',
  label: 'Customer',
  title: { var: 'name' },
  fields: [
    { name: 'name', type: 'text', search: true },
    { name: 'notes', type: 'text', search },
  ],
})
const made = 600

let folder = ''
let program: Program | undefined
afterEach(async () => {
  await program?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function restarted(): Promise<Client> {
  await program?.stop('SIGKILL')
  program = await startProgram({ folder })
  const client = new Client(program.address)
  const password = 'correct horse battery staple'
  expect((await client.post('/api/session', { login: 'ada@example.com', password })).status).toBeLessThan(300)
  return client
}

it('finds what was saved right before a kill, and finishes an index whose making was killed', async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-search-'))
  program = await startProgram({ folder })
  let ada = new Client(program.address)
  expect((await ada.setup(program.setupCode)).status).toBe(201)
  expect((await ada.post('/api/definitions', { definitions: [form(false)] })).status).toBe(200)
  const operations = Array.from({ length: made }, (_, index) => ({
    verb: 'create',
    values: { name: `Acme ${index}`, notes: `granite${index}` },
  }))
  expect((await ada.post(`${customers}/bulk`, { operations })).body.done).toBe(made)
  ada = await restarted()
  expect((await ada.get('/api/search?q=acme%20599')).body.groups[0].records).toHaveLength(1)
  expect((await ada.post('/api/definitions', { definitions: [form(true)] })).status).toBe(200)
  ada = await restarted()
  await expect
    .poll(async () => (await ada.get('/api/search?q=granite599')).body.reading, { timeout: 60_000 })
    .toEqual([])
  const count = async (text: string) => (await ada.get(`${customers}?search=${text}&count=exact&limit=1`)).body.count
  expect([await count('granite'), await count('granite599'), await count('ranite599')]).toEqual([made, 1, 0])
}, 240_000)
