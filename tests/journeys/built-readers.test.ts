/** Long reads of the product as it is built: its reader process is found, and ends with it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Client, type Program, startProgram } from '#tests/support/program.ts'

let folder = ''
let program: Program

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formloom-readers-'))
  program = await startProgram({ folder })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('the built server answers sums, whole counts and exports, and ends in order afterwards', async () => {
  const admin = new Client(program.address)
  await admin.setup(program.setupCode)
  expect((await admin.get('/api/forms/user/aggregate')).body).toMatchObject({ rows: [{ count: 1 }], truncated: false })
  expect((await admin.get('/api/forms/user/records?count=exact&limit=1')).body).toMatchObject({ count: 1 })
  const file = await admin.get('/api/forms/user/export?format=csv&fields=login&header=names')
  expect(file.body).toBe('login\r\nada@example.com\r\n')
  expect(await program.stop()).toBe(0)
})
