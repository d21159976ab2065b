/** Both databases as a table for `describe.each`, so that no behaviour is tested on one of them only. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { createPostgresDatabase } from './postgres.ts'
import { isPostgresAvailable } from './postgres-server.ts'

export interface OpenDatabase {
  /** `null` means the SQLite file in `folder`. */
  readonly url: string | null
  /** A fresh, empty data folder that only its owner may read. */
  readonly folder: string
  close(): Promise<void>
}

export interface TestDatabase {
  readonly name: 'sqlite' | 'postgres'
  open(): Promise<OpenDatabase>
}

const sqlite: TestDatabase = {
  name: 'sqlite',
  async open() {
    const folder = await createFolder()
    return { url: null, folder, close: () => removeFolder(folder) }
  },
}

const postgres: TestDatabase = {
  name: 'postgres',
  async open() {
    const folder = await createFolder()
    const { url, drop } = await createPostgresDatabase()
    return { url, folder, close: () => Promise.all([drop(), removeFolder(folder)]).then(() => undefined) }
  },
}

/** Those that this machine can run. Without PostgreSQL the run says so; `onEachDatabase` also counts what it skips. */
export const databases: readonly TestDatabase[] = isPostgresAvailable() ? [sqlite, postgres] : [sqlite]

/** Example: `onEachDatabase('record store', (database) => { it('inserts a row', …) })` */
export function onEachDatabase(title: string, body: (database: TestDatabase) => void): void {
  for (const database of [sqlite, postgres]) {
    if (databases.includes(database)) describe(`${title} on ${database.name}`, () => body(database))
    else describe.skip(`${title} on ${database.name} (skipped: no PostgreSQL for this platform)`, () => body(database))
  }
}

function createFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'formloom-test-'))
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true })
}
