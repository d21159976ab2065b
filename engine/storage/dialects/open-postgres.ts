/** Opens PostgreSQL: a pool for the work, a small one for number blocks, session settings fixed. */
import pg from 'pg'
import type { Log } from '#base/ports.ts'
import type { Engine } from './engine.ts'
import { PostgresRelay } from './postgres-relay.ts'
import { StatementNames } from './postgres-session.ts'
import { PostgresTransactions } from './postgres-transactions.ts'
import type { ReaderLimits } from './reader-pool.ts'

const mostClients = 12
const mostAside = 2
/** The other clients are for short work. */
const mostLong = 6
const connectPatienceMs = 5_000
const sessionSettings = {
  TimeZone: 'UTC',
  synchronous_commit: 'on',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '60s',
  jit: 'off',
}
const verified = [
  'server_version_num',
  'server_encoding',
  'synchronous_commit',
  'TimeZone',
  'standard_conforming_strings',
]

export function openPostgres(url: string, log: Log, limits: ReaderLimits): Engine {
  const pool = openPool(url, mostClients, log)
  const beside = openPool(url, mostAside, log)
  const state = { names: new StatementNames(), tally: { statements: 0, commits: 0 } }
  const transactions = new PostgresTransactions(pool, state)
  const aside = new PostgresTransactions(beside, { ...state, names: new StatementNames() })
  return {
    dialect: 'postgres',
    relay: new PostgresRelay(pool, log),
    snapshot: (work) => transactions.snapshot(work),
    long: (work) =>
      transactions.snapshot(async (session) => {
        await session.control(`set local statement_timeout = ${Math.ceil(limits.mostMs)}`)
        return work(session)
      }),
    longReads: mostLong,
    single: (work) => transactions.single(work),
    transact: (work) => transactions.transact(work),
    aside: (work) => aside.transact(work),
    identityStamp: () => null,
    use: () => ({
      connections: { open: pool.totalCount, free: pool.idleCount, waiting: pool.waitingCount },
      walBytes: null,
      ...state.tally,
    }),
    verify: () => settingsOf(pool),
    async close() {
      await pool.end()
      await beside.end()
    },
  }
}

function openPool(url: string, max: number, log: Log): pg.Pool {
  const options = Object.entries(sessionSettings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
  const pool = new pg.Pool({
    connectionString: url,
    max,
    options,
    application_name: 'formloom',
    connectionTimeoutMillis: connectPatienceMs,
    types: { getTypeParser: parserOf },
  })
  // Also while somebody works with it: an error event that nobody hears would end the process.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn('database.connection-lost', { message: error.message })),
  )
  pool.on('error', saidByItsClient)
  return pool
}

function saidByItsClient(): void {}

const oid = { bool: 16, int8: 20, int2: 21, int4: 23, json: 114, jsonb: 3802 } as const

/** bigint as number where that is exact, else as text; numeric and everything else as the server writes it. */
function parserOf(type: number): (text: string) => unknown {
  if (type === oid.int8) return parseBigint
  if (type === oid.int4 || type === oid.int2) return Number
  if (type === oid.bool) return (text) => text === 't'
  if (type === oid.json || type === oid.jsonb) return JSON.parse
  return (text) => text
}

function parseBigint(text: string): number | string {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}

async function settingsOf(pool: pg.Pool): Promise<Readonly<Record<string, string>>> {
  const columns = verified.map((name) => `current_setting('${name}') as "${name}"`).join(', ')
  const { rows } = await pool.query<Record<string, string>>(`select ${columns}`)
  return rows[0] ?? {}
}
