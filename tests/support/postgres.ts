/** One empty PostgreSQL database per caller, on the server that all tests of a run share. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { askBroker } from './broker.ts'

export interface PostgresDatabase {
  readonly url: string
  /** Ends open connections and removes the database. */
  drop(): Promise<void>
}

/** Starts the shared server when nobody did before. Example: `const { url, drop } = await createPostgresDatabase()` */
export async function createPostgresDatabase(): Promise<PostgresDatabase> {
  const server = await serverUrl()
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`
  await execute(server, `create database "${name}" template template0 encoding 'UTF8'`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => execute(server, `drop database if exists "${name}" with (force)`) }
}

let asked: Promise<string> | undefined

function serverUrl(): Promise<string> {
  asked ??= askBroker('postgres')
  return asked
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
