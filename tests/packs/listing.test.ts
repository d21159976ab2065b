/** The list of packs that a folder offers: read beside the work of a server, once. */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listPacks } from '#publish/packs.ts'
import { templatesFolder } from '#publish/packs-folder.ts'
import { databases, type TestDatabase } from '#tests/support/databases.ts'
import { openRecords, type RecordsUnderTest } from '#tests/support/records.ts'

let test: RecordsUnderTest
let templates = ''

beforeAll(async () => {
  test = await openRecords(databases[0] as TestDatabase, [])
  templates = await mkdtemp(join(tmpdir(), 'formloom-templates-'))
  await cp(templatesFolder(), templates, { recursive: true })
})
afterAll(async () => {
  await test.close()
  await rm(templates, { recursive: true, force: true })
})

/** How often others got their turn until it was done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0
  let done = false
  work.finally(() => {
    done = true
  })
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve))
    turns += 1
  }
  await work
  return turns
}

it('lets others pass while it reads the packs for the first time, and remembers them', async () => {
  const first = await turnsDuring(listPacks(test.workspace, templates))
  expect(first).toBeGreaterThan(10)
  expect(await turnsDuring(listPacks(test.workspace, templates))).toBeLessThan(first / 2)
  expect(await listPacks(test.workspace, templates)).toEqual(await listPacks(test.workspace))
})
