/** Any number of rows of an engine table: in one statement on PostgreSQL, one by one where a statement costs no way to a server. */
import { sql } from 'kysely'
import { type Connection, type Dialect, dialectOf } from './connection.ts'
import { Statements } from './prepared.ts'
import { slot } from './sql-text.ts'

type Cell = string | number | null

export class ManyRows {
  readonly #table: string
  readonly #names: readonly string[]
  readonly #types: readonly ('text' | 'integer')[]
  readonly #statements = new Statements()

  constructor(table: string, columns: Readonly<Record<string, 'text' | 'integer'>>) {
    this.#table = table
    this.#names = Object.keys(columns)
    this.#types = Object.values(columns)
  }

  /** Each row: its values in the order of the columns. */
  async insert(db: Connection, rows: readonly (readonly Cell[])[]): Promise<void> {
    if (rows.length === 0) return
    const dialect = dialectOf(db)
    const statement = this.#statement(dialect)
    if (dialect === 'sqlite') for (const row of rows) await statement.count(db, row)
    else
      await statement.count(
        db,
        this.#names.map((_, at) => rows.map((row) => row[at])),
      )
  }

  #statement(dialect: Dialect) {
    return this.#statements.of(dialect, () => {
      const names = sql.join(this.#names.map((name) => sql.id(name)))
      const into = sql`insert into ${sql.id(this.#table)} (${names})`
      if (dialect === 'sqlite') return sql`${into} values (${sql.join(this.#names.map(slot))})`
      const lists = sql.join(this.#types.map((type) => sql`${slot()}::${sql.raw(type)}[]`))
      return sql`${into} select * from unnest(${lists})`
    })
  }
}
