/** One run of schema changes: executes, remembers what it ran, and keeps the register of columns. */
import type { RawBuilder } from 'kysely'
import type { Connection, Dialect } from './connection.ts'
import { dialectOf } from './connection.ts'
import { physicalName } from './names.ts'

/** A column as the register of columns knows it. `field` is '' for the table itself. */
export interface KnownColumn {
  readonly form: string
  /** '' for the form itself. */
  readonly table: string
  readonly field: string
  readonly columnType: string
  readonly state: 'live' | 'tombstone'
}

interface TableOf {
  readonly form: string
  readonly table?: string
}

export class Ddl {
  readonly db: Connection
  readonly dialect: Dialect
  readonly registry: ColumnRegistry
  readonly statements: string[] = []
  /** `table.column` whose old column was set aside in this run: indexes of that name stand on the wrong one. */
  readonly replaced = new Set<string>()

  constructor(db: Connection, registry: ColumnRegistry) {
    this.db = db
    this.dialect = dialectOf(db)
    this.registry = registry
  }

  async run(statement: RawBuilder<unknown>): Promise<void> {
    const compiled = statement.compile(this.db)
    await this.db.executeQuery(compiled)
    this.statements.push(compiled.sql)
  }
}

/** Reads the register once, writes through. */
export class ColumnRegistry {
  readonly #db: Connection
  readonly #tables = new Map<string, Map<string, KnownColumn>>()

  constructor(db: Connection, known: readonly KnownColumn[]) {
    this.#db = db
    for (const column of known) this.#remember(column)
  }

  static async load(db: Connection): Promise<ColumnRegistry> {
    const rows = await db.selectFrom('fl_column').selectAll().execute()
    const known = rows.map(
      (row): KnownColumn => ({
        form: String(row['form']),
        table: String(row['table_name']),
        field: String(row['field']),
        columnType: String(row['column_type']),
        state: row['state'] === 'live' ? 'live' : 'tombstone',
      }),
    )
    return new ColumnRegistry(db, known)
  }

  find(of: TableOf, field: string): KnownColumn | undefined {
    return this.#tables.get(keyOf(of.form, of.table ?? ''))?.get(field)
  }

  /** Without the entry of the table itself. */
  fieldsOf(of: TableOf): readonly KnownColumn[] {
    return [...(this.#tables.get(keyOf(of.form, of.table ?? ''))?.values() ?? [])].filter((known) => known.field !== '')
  }

  /** The entries of the tables themselves. */
  tables(): readonly KnownColumn[] {
    return [...this.#tables.values()].flatMap((fields) => fields.get('') ?? [])
  }

  async save(...columns: readonly KnownColumn[]): Promise<void> {
    for (const column of columns) this.#remember(column)
    for (let first = 0; first < columns.length; first += savedAtOnce)
      await this.#db
        .insertInto('fl_column')
        .values(columns.slice(first, first + savedAtOnce).map(rowOf))
        .onConflict((conflict) =>
          conflict.columns(['form', 'table_name', 'field']).doUpdateSet((row) => ({
            column_type: row.ref('excluded.column_type'),
            state: row.ref('excluded.state'),
          })),
        )
        .execute()
  }

  #remember(column: KnownColumn): void {
    const key = keyOf(column.form, column.table)
    const fields = this.#tables.get(key) ?? new Map<string, KnownColumn>()
    fields.set(column.field, column)
    this.#tables.set(key, fields)
  }
}

const savedAtOnce = 200

function rowOf({ form, table, field, columnType, state }: KnownColumn) {
  return { form, table_name: table, field, column_type: columnType, state }
}

/** Where the records (or rows) of a link's type stand. */
export function physicalOf(type: { readonly form: string; readonly table?: string }): string {
  return physicalName(type.form, type.table)
}

function keyOf(form: string, table: string): string {
  return `${form}/${table}`
}
