/** PostgreSQL under Kysely: pooled clients, prepared statements by name, values in the shapes of storage. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Dialect as KyselyDialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'
import { Bug } from '#base/bug.ts'
import { isStalePlan } from './failures.ts'

const mostPrepared = 1_000
const longestPrepared = 20_000
const preparable = /^\s*(select|insert|update|delete|with)\b/i

/** Kysely's dialect over a pool. */
export function postgresDialect(pool: pg.Pool): KyselyDialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** One name per statement text, valid on every client. */
class StatementNames {
  readonly #names = new Map<string, string>()
  #made = 0

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= mostPrepared || text.length > longestPrepared || !preparable.test(text)) return undefined
    this.#made += 1
    const name = `fl_${this.#made}`
    this.#names.set(text, name)
    return name
  }

  forget(): void {
    this.#names.clear()
  }
}

class PostgresSession implements DatabaseConnection {
  readonly client: pg.PoolClient
  readonly #names: StatementNames

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.client = client
    this.#names = names
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      const name = this.#names.of(query.sql)
      const text = { text: query.sql, values: [...query.parameters] }
      const { rows, rowCount } = await this.client.query(name === undefined ? text : { ...text, name })
      return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
    } catch (error) {
      if (isStalePlan(error)) this.#names.forget()
      throw error
    }
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing streams yet.
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Bug('PostgreSQL connections do not stream')
  }
}

class PostgresDriver implements Driver {
  readonly #pool: pg.Pool
  readonly #names = new StatementNames()

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresSession> {
    return new PostgresSession(await this.#pool.connect(), this.#names)
  }

  async releaseConnection(session: PostgresSession): Promise<void> {
    session.client.release()
  }

  async beginTransaction(session: PostgresSession, settings: TransactionSettings): Promise<void> {
    const readOnly = settings.accessMode === 'read only'
    await session.client.query(
      readOnly ? 'begin isolation level repeatable read read only' : 'begin isolation level read committed',
    )
  }

  async commitTransaction(session: PostgresSession): Promise<void> {
    const { command } = await session.client.query('commit')
    if (command !== 'COMMIT') throw new Bug('the transaction was rolled back instead of committed')
  }

  /** On a lost connection there is nothing left to roll back; the pool drops the client. */
  async rollbackTransaction(session: PostgresSession): Promise<void> {
    await session.client.query('rollback').catch(connectionIsGone)
  }

  async destroy(): Promise<void> {
    await this.#pool.end()
  }
}

function connectionIsGone(): void {}
