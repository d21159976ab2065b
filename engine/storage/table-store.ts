/** One physical table of records or rows: written and read in bulk, every statement compiled once. */
import { type RawBuilder, sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { TableModel } from '#definitions/model.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { type Column, columnFor, columnsOf } from './columns.ts'
import type { Connection, Dialect } from './connection.ts'
import { type Prepared, type ResultRow, Statements } from './prepared.ts'
import { recordColumns, rowColumns, type Shape, shapeOf } from './shapes.ts'
import { listOf, oneOf, slot } from './sql-text.ts'

const numbered = new Set(['version', 'position'])

export class TableStore {
  readonly shape: Shape
  readonly dialect: Dialect
  /** Fields with a column, in the order of the definition. */
  readonly fields: readonly Column[]
  /** System columns first, then the fields. */
  readonly columns: readonly Column[]
  readonly statements = new Statements()
  readonly #byName: ReadonlyMap<string, Column>

  constructor(table: TableModel, dialect: Dialect) {
    this.shape = shapeOf(table)
    this.dialect = dialect
    this.fields = columnsOf(table, dialect)
    const system = table.table === undefined ? recordColumns : rowColumns
    this.columns = [
      ...system.map((name) => columnFor(name, numbered.has(name) ? valueTypes.integer : valueTypes.text, dialect)),
      ...this.fields,
    ]
    this.#byName = new Map(this.columns.map((column) => [column.name, column]))
  }

  get table(): RawBuilder<unknown> {
    return sql.id(this.shape.name)
  }

  column(name: string): Column {
    const column = this.#byName.get(name)
    if (column === undefined) throw new Bug('no such column', { table: this.shape.name, name })
    return column
  }

  has(name: string): boolean {
    return this.#byName.has(name)
  }

  /** Each row: bound values in the order of `columns`. */
  async insert(db: Connection, rows: readonly (readonly unknown[])[]): Promise<void> {
    if (rows.length === 0) return
    if (this.dialect === 'postgres') await this.#insertMany.count(db, transposed(rows, this.columns.length))
    else for (const row of rows) await this.#insertOne.count(db, row)
  }

  /** Each row: the id, then bound values in the order of `names`. */
  async update(db: Connection, names: readonly string[], rows: readonly (readonly unknown[])[]): Promise<void> {
    if (rows.length === 0 || names.length === 0) return
    if (this.dialect === 'postgres') await this.#updateMany(names).count(db, transposed(rows, names.length + 1))
    else for (const [id, ...values] of rows) await this.#updateOne(names).count(db, [...values, id])
  }

  async remove(db: Connection, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.statements
      .of('remove', () => sql`delete from ${this.table} where ${oneOf(this.dialect, sql`id`)}`)
      .count(db, [listOf(this.dialect, ids)])
  }

  /** `names` of the rows whose `key` is one of `ids`. */
  select(db: Connection, request: SelectRequest): Promise<readonly ResultRow[]> {
    const { names, key, ids, clause = 'any' } = request
    const statement = this.statements.of(`select ${names.join()} by ${key} ${clause}`, () => {
      const columns = sql.join(names.map((name) => sql`${this.column(name).read} as ${sql.id(name)}`))
      return sql`select ${columns} from ${this.table} where ${oneOf(this.dialect, sql.id(key))}${clauses[clause]}`
    })
    return statement.rows(db, [listOf(this.dialect, ids)])
  }

  get #insertOne(): Prepared {
    return this.statements.of(
      'insert one',
      () => sql`insert into ${this.table} (${this.#names()}) values (${sql.join(this.columns.map(slot))})`,
    )
  }

  /** One array per column: the statement's text is the same for one row and for a thousand. */
  get #insertMany(): Prepared {
    return this.statements.of('insert many', () => {
      const values = sql.join(this.columns.map((column, index) => casted(column, index)))
      return sql`insert into ${this.table} (${this.#names()}) select ${values} from ${unnested(this.columns.length)}`
    })
  }

  #updateOne(names: readonly string[]): Prepared {
    return this.statements.of(`update one ${names.join()}`, () => {
      const sets = sql.join(names.map((name) => sql`${sql.id(name)} = ${null}`))
      return sql`update ${this.table} set ${sets} where id = ${null}`
    })
  }

  #updateMany(names: readonly string[]): Prepared {
    return this.statements.of(`update many ${names.join()}`, () => {
      const sets = sql.join(names.map((name, index) => sql`${sql.id(name)} = ${casted(this.column(name), index + 1)}`))
      return sql`update ${this.table} as t set ${sets} from ${unnested(names.length + 1)} where t.id = v.c0`
    })
  }

  #names(): RawBuilder<unknown> {
    return sql.join(this.columns.map((column) => sql.id(column.name)))
  }
}

interface SelectRequest {
  readonly names: readonly string[]
  readonly key: 'id' | 'parent_id'
  readonly ids: readonly string[]
  readonly clause?: keyof typeof clauses
}

const clauses = {
  any: sql``,
  living: sql` and deleted_at is null`,
  'any locked': sql` order by id for no key update`,
  'living locked': sql` and deleted_at is null order by id for no key update`,
  'in order': sql` order by parent_id, position`,
} as const

function casted(column: Column, index: number): RawBuilder<unknown> {
  const value = sql`v.${sql.id(`c${index}`)}`
  return column.cast === 'text' ? value : sql`${value}::${sql.raw(column.cast)}`
}

/** `unnest($1::text[], …) as v(c0, …)` */
function unnested(count: number): RawBuilder<unknown> {
  const indexes = Array.from({ length: count }, (_, index) => index)
  const lists = sql.join(indexes.map(() => sql`${null}::text[]`))
  return sql`unnest(${lists}) as v(${sql.join(indexes.map((index) => sql.id(`c${index}`)))})`
}

function transposed(rows: readonly (readonly unknown[])[], width: number): readonly (readonly unknown[])[] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]))
}
