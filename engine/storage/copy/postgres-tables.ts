/** The tables of a PostgreSQL database as plain data, read on one client whose values come as text. */
import type pg from 'pg'
import { Bug } from '#base/bug.ts'
import { quoted } from './sqlite-tables.ts'
import {
  type Cell,
  type CellType,
  type CopyColumn,
  type CopyTable,
  derivedTables,
  integerCell,
  jsonCell,
  type Row,
  type TableReader,
} from './tables.ts'

const page = 500
/** Ours, and no partition, view or index. */
const ownTables = `select c.oid, c.relname from pg_class c
  where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname ~ '^(fl|r)_' and c.relname !~ '^${derivedTables}'`

export class PostgresTables implements TableReader {
  readonly #client: pg.Client

  constructor(client: pg.Client) {
    this.#client = client
  }

  async tables(): Promise<readonly CopyTable[]> {
    const columns =
      await this.#all(`select t.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
      from (${ownTables}) t join pg_attribute a on a.attrelid = t.oid
      where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      order by t.relname collate "C", a.attname collate "C"`)
    const keys = await this.#all(`select t.relname as table, a.attname as name
      from (${ownTables}) t join pg_index i on i.indrelid = t.oid and i.indisprimary
      join lateral unnest(i.indkey) with ordinality as k(number, position) on true
      join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number
      order by t.relname collate "C", k.position`)
    return [...new Set(columns.map(({ table }) => String(table)))].map((table) => ({
      name: table,
      columns: namesIn(columns, table).map(({ name, type }) => ({ name: String(name), type: cellType(String(type)) })),
      key: namesIn(keys, table).map(({ name }) => String(name)),
    }))
  }

  async *rows(table: CopyTable, after?: Row): AsyncGenerator<readonly Row[]> {
    const key = table.key.map(quoted).join(', ')
    const select = `select ${table.columns.map(({ name }) => quoted(name)).join(', ')} from ${quoted(table.name)}`
    const later = `where (${key}) > (${table.key.map((_, index) => `$${index + 1}`).join(', ')})`
    for (let last = after; ; ) {
      const text = `${select} ${last === undefined ? '' : later} order by ${key} limit ${page}`
      const values = last === undefined ? [] : keyTexts(table, last)
      const found = await this.#client.query<(string | null)[]>({ text, values, rowMode: 'array' })
      const rows = found.rows.map((raw) => raw.map((value, index) => cell(value, table.columns[index] as CopyColumn)))
      if (rows.length > 0) yield rows
      if (rows.length < page) return
      last = rows.at(-1)
    }
  }

  async counters(): Promise<Readonly<Record<string, number>>> {
    const found =
      await this.#all(`select t.relname as table, pg_get_serial_sequence(quote_ident(t.relname), a.attname) as sequence
      from (${ownTables}) t join pg_attribute a on a.attrelid = t.oid where a.attidentity <> '' order by t.relname collate "C"`)
    const counters: Record<string, number> = {}
    for (const { table, sequence } of found) {
      const [row] = await this.#all(
        `select case when is_called then last_value else last_value - 1 end as last from ${sequence}`,
      )
      counters[String(table)] = Number(row?.['last'])
    }
    return counters
  }

  async #all(text: string): Promise<readonly Readonly<Record<string, string | null>>[]> {
    return (await this.#client.query<Record<string, string | null>>(text)).rows
  }
}

function namesIn<T extends { readonly table?: string | null }>(rows: readonly T[], table: string): readonly T[] {
  return rows.filter((row) => row.table === table)
}

function keyTexts(table: CopyTable, row: Row): string[] {
  return table.key.map((name) => String(row[table.columns.findIndex((column) => column.name === name)]))
}

function cellType(type: string): CellType {
  const scale = /^numeric\(\d+,(\d+)\)$/.exec(type)?.[1]
  if (scale !== undefined) return `decimal(${Number(scale)})`
  if (type === 'bigint' || type === 'integer') return 'integer'
  if (type === 'jsonb') return 'json'
  if (type === 'text' || type === 'boolean') return type
  throw new Bug('a column of a type that is not copied', { type })
}

function cell(text: string | null, { type }: CopyColumn): Cell {
  if (text === null) return null
  if (type === 'integer') return integerCell(text)
  if (type === 'boolean') return text === 't'
  return type === 'json' ? jsonCell(text) : text
}
