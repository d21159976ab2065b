/** Text of statements without a connection: what plans are compiled with before they run. */
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Dialect } from './connection.ts'

const compilers = {
  sqlite: new Kysely<unknown>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  postgres: new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
}

/** A statement's text and its parameters; symbols among them are filled in at each run. */
export interface StatementText {
  readonly text: string
  readonly parameters: readonly unknown[]
}

export function statementText(statement: RawBuilder<unknown>, dialect: Dialect): StatementText {
  const { sql, parameters } = statement.compile(compilers[dialect])
  return { text: sql, parameters }
}
