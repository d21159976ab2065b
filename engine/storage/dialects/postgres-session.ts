/** One PostgreSQL client: statements prepared by name, values in the shapes of storage. */
import { type Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type pg from 'pg'
import { isStalePlan } from './failures.ts'
import { type Answer, bindKysely, type Session } from './session.ts'
import type { Tables } from './tables.ts'

const mostPrepared = 1_000
const longestPrepared = 20_000
const preparable = /^\s*(select|insert|update|delete|with)\b/i

const spelling = {
  adapter: () => new PostgresAdapter(),
  compiler: () => new PostgresQueryCompiler(),
  introspector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
}

/** One name per statement text, valid on every client of a pool. */
export class StatementNames {
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

/** Shared by the clients of one pool. */
export interface PoolState {
  readonly names: StatementNames
  readonly tally: { statements: number; commits: number }
}

export class PostgresSession implements Session {
  readonly client: pg.PoolClient
  readonly kysely: Kysely<Tables>
  readonly #state: PoolState

  constructor(client: pg.PoolClient, state: PoolState) {
    this.client = client
    this.#state = state
    this.kysely = bindKysely(this, spelling)
  }

  async run(text: string, parameters: readonly unknown[]): Promise<Answer> {
    const { rows, rowCount } = await this.#query({ text, values: [...parameters] })
    return { rows: rows as Answer['rows'], count: rowCount ?? 0 }
  }

  async lists(text: string, parameters: readonly unknown[]): Promise<readonly (readonly unknown[])[]> {
    return (await this.#query({ text, values: [...parameters], rowMode: 'array' })).rows as unknown[][]
  }

  async script(statements: readonly string[]): Promise<Answer['rows']> {
    this.#state.tally.statements += statements.length
    const answers: unknown = await this.client.query(statements.join('; '))
    return ([answers].flat().at(-1) as pg.QueryResult).rows as Answer['rows']
  }

  async control(text: string): Promise<void> {
    await this.client.query(text)
  }

  async #query(config: pg.QueryConfig & { readonly rowMode?: 'array' }): Promise<pg.QueryResult> {
    this.#state.tally.statements += 1
    const name = this.#state.names.of(config.text)
    try {
      return await this.client.query(name === undefined ? config : { ...config, name })
    } catch (error) {
      if (isStalePlan(error)) this.#state.names.forget()
      throw error
    }
  }
}
