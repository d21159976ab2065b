/** Transactions over a pool of PostgreSQL clients. */
import type pg from 'pg'
import { Bug } from '#base/bug.ts'
import type { Work } from './engine.ts'
import { type PoolState, PostgresSession } from './postgres-session.ts'

const reading = 'begin isolation level repeatable read read only'
const writing = 'begin isolation level read committed'

export class PostgresTransactions {
  readonly #pool: pg.Pool
  readonly #state: PoolState
  readonly #sessions = new WeakMap<pg.PoolClient, PostgresSession>()

  constructor(pool: pg.Pool, state: PoolState) {
    this.#pool = pool
    this.#state = state
  }

  snapshot<T>(work: Work<T>): Promise<T> {
    return this.#within(reading, work)
  }

  async transact<T>(work: Work<T>): Promise<T> {
    const answer = await this.#within(writing, work)
    this.#state.tally.commits += 1
    return answer
  }

  async single<T>(work: Work<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      return await work(this.#sessionOf(client))
    } finally {
      client.release()
    }
  }

  async #within<T>(begin: string, work: Work<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      await client.query(begin)
      const answer = await work(this.#sessionOf(client))
      const { command } = await client.query('commit')
      if (command !== 'COMMIT') throw new Bug('the transaction was rolled back instead of committed')
      return answer
    } catch (error) {
      await client.query('rollback').catch(connectionIsGone)
      throw error
    } finally {
      client.release()
    }
  }

  #sessionOf(client: pg.PoolClient): PostgresSession {
    const known = this.#sessions.get(client) ?? new PostgresSession(client, this.#state)
    this.#sessions.set(client, known)
    return known
  }
}

/** On a lost connection there is nothing left to roll back; the pool drops the client. */
function connectionIsGone(): void {}
