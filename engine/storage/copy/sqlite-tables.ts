/** The tables of a SQLite file as plain data, read on one connection. */
import type { Database as Sqlite } from 'better-sqlite3'
import { Bug } from '#base/bug.ts'
import { pointAt } from '../columns.ts'
import { physicalName } from '../names.ts'
import {
  type Cell,
  type CellType,
  type CopyColumn,
  type CopyTable,
  derivedTables,
  integerCell,
  jsonCell,
  type Row,
  scaleOf,
  type TableReader,
} from './tables.ts'

const page = 200

export class SqliteTables implements TableReader {
  readonly #sqlite: Sqlite

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite
  }

  /** Virtual tables and what they keep for themselves are made from the others. */
  async tables(): Promise<readonly CopyTable[]> {
    const names = this.#all<{ name: string }>(
      `select name from pragma_table_list where schema = 'main' and type = 'table' 
        and (name glob 'fl_*' or name glob 'r_*') and name not glob '${derivedTables}*' order by name`,
    )
    const types = this.#declaredTypes()
    return names.map(({ name }) => this.#describe(name, types))
  }

  async *rows(table: CopyTable, after?: Row): AsyncGenerator<readonly Row[]> {
    const key = table.key.map(quoted).join(', ')
    const select = `select ${table.columns.map(({ name }) => quoted(name)).join(', ')} from ${quoted(table.name)}`
    const order = `order by ${key} limit ${page}`
    const first = this.#sqlite.prepare(`${select} ${order}`).raw().safeIntegers()
    const next = this.#sqlite
      .prepare(`${select} where (${key}) > (${table.key.map(() => '?').join(', ')}) ${order}`)
      .raw()
      .safeIntegers()
    for (let last = after; ; ) {
      const found = (last === undefined ? first.all() : next.all(keyOf(table, last))) as unknown[][]
      const rows = found.map((raw) => raw.map((value, index) => cell(value, table.columns[index] as CopyColumn)))
      if (rows.length > 0) yield rows
      if (rows.length < page) return
      last = rows.at(-1)
    }
  }

  async counters(): Promise<Readonly<Record<string, number>>> {
    const rows = this.#all<{ name: string; seq: number }>('select name, seq from sqlite_sequence order by name')
    return Object.fromEntries(rows.map(({ name, seq }) => [name, seq]))
  }

  #describe(table: string, types: ReadonlyMap<string, CellType>): CopyTable {
    const columns = this.#all<{ name: string; type: string; pk: number }>(
      `select name, type, pk from pragma_table_info(${literal(table)}) order by name`,
    )
    return {
      name: table,
      columns: columns.map(({ name, type }) => ({ name, type: types.get(`${table}.${name}`) ?? plainType(type) })),
      key: columns
        .filter(({ pk }) => pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map(({ name }) => name),
    }
  }

  /** What the register of columns says beyond text and integer: `table.column` → type. */
  #declaredTypes(): ReadonlyMap<string, CellType> {
    const rows = this.#all<{ form: string; table_name: string; field: string; column_type: string }>(
      `select form, table_name, field, column_type from fl_column where field <> ''`,
    )
    return new Map(
      rows.flatMap((row): readonly (readonly [string, CellType])[] => {
        const type = declaredType(row.column_type)
        const table = physicalName(row.form, row.table_name === '' ? undefined : row.table_name)
        return type === null ? [] : [[`${table}.${row.field}`, type]]
      }),
    )
  }

  #all<T>(text: string): readonly T[] {
    return this.#sqlite.prepare(text).all() as T[]
  }
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** The values of a row's key, as they are bound. */
export function keyOf(table: CopyTable, row: Row): unknown[] {
  return table.key.map((name) => {
    const value = row[table.columns.findIndex((column) => column.name === name)]
    return typeof value === 'number' ? BigInt(value) : value
  })
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function plainType(declared: string): CellType {
  const type = declared.toLowerCase()
  if (type === 'text' || type === 'integer') return type
  throw new Bug('a column of a type that is not copied', { declared })
}

function declaredType(columnType: string): CellType | null {
  if (columnType === 'boolean') return 'boolean'
  if (columnType === 'list' || columnType === 'opaque') return 'json'
  return columnType.startsWith('decimal(') ? (columnType as CellType) : null
}

function cell(value: unknown, { name, type }: CopyColumn): Cell {
  if (value === null) return null
  const scale = scaleOf(type)
  if (typeof value === 'bigint') {
    if (scale !== null) return pointAt(String(value), scale)
    return type === 'boolean' ? value !== 0n : integerCell(String(value))
  }
  if (typeof value === 'string' && (type === 'text' || type === 'json'))
    return type === 'json' ? jsonCell(value) : value
  throw new Bug('a value that does not fit its column', { name, type, is: typeof value })
}
