/** One form: its record table, the tables of its table fields, the joins of its `links` fields. */

import { sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { FormModel, Model, TableModel } from '#definitions/model.ts'
import type { Connection, Dialect } from './connection.ts'
import { changedColumns } from './diff.ts'
import { JoinStore } from './join-store.ts'
import type { ResultRow } from './prepared.ts'
import { insertRows, loadRows, type RowsStore, rowsOf, saveLinks, saveRows } from './rows-store.ts'
import { recordColumns } from './shapes.ts'
import type { LoadOptions, StoredRecord, Values } from './stored-record.ts'
import { TableStore } from './table-store.ts'

export class FormStore {
  readonly form: FormModel
  readonly records: TableStore
  readonly links: readonly JoinStore[]
  readonly tables: readonly RowsStore[]
  readonly #recordNames: readonly string[]

  constructor(form: FormModel, dialect: Dialect) {
    this.form = form
    this.records = new TableStore(form, dialect)
    this.links = joinsOf(this.records, dialect)
    this.tables = [...form.fields.values()].flatMap((field) =>
      field.table === undefined ? [] : [rowsStore(field.table, field.name, dialect)],
    )
    this.#recordNames = this.records.columns.map((column) => column.name)
  }

  /** The record table or, by name, one of its tables. */
  table(name: string | undefined): TableStore | undefined {
    return name === undefined ? this.records : this.tables.find((table) => table.field === name)?.rows
  }

  async insert(db: Connection, record: StoredRecord): Promise<void> {
    await this.records.insert(db, [
      this.records.columns.map((column) => column.toColumn(storedValue(record, column.name))),
    ])
    await saveLinks(db, this.links, [{ id: record.id, before: {}, after: record.values }])
    for (const table of this.tables)
      await insertRows(db, table, [{ parent: record.id, rows: rowsOf(record.values[table.field]) }])
  }

  async update(db: Connection, before: StoredRecord, after: StoredRecord): Promise<boolean> {
    if (!(await this.#updateRecord(db, before, after))) return false
    await saveLinks(db, this.links, [{ id: after.id, before: before.values, after: after.values }])
    for (const table of this.tables) {
      if (!(table.field in after.values) || before.values[table.field] === after.values[table.field]) continue
      await saveRows(db, table, {
        parent: after.id,
        before: rowsOf(before.values[table.field]),
        after: rowsOf(after.values[table.field]),
      })
    }
    return true
  }

  async load(db: Connection, ids: readonly string[], options: LoadOptions): Promise<Map<string, StoredRecord>> {
    const living = options.deleted === true ? 'any' : 'living'
    const locked = options.lock === true && this.records.dialect === 'postgres'
    const clause = locked ? (`${living} locked` as const) : living
    const rows = await this.records.select(db, { names: this.#recordNames, key: 'id', ids, clause })
    const parts =
      options.tables === false
        ? []
        : await this.loadParts(
            db,
            rows.map((row) => String(row['id'])),
          )
    return new Map(rows.map((row) => [String(row['id']), this.recordOf(row, parts)]))
  }

  /** Rows and links of records: per field, by record id. `fields` limits which. */
  async loadParts(db: Connection, ids: readonly string[], fields?: ReadonlySet<string>): Promise<readonly Part[]> {
    const parts: Part[] = []
    const wanted = (field: string) => fields === undefined || fields.has(field)
    for (const join of this.links.filter((one) => wanted(one.field)))
      parts.push({ field: join.field, of: await join.load(db, ids) })
    for (const table of this.tables.filter((one) => wanted(one.field)))
      parts.push({ field: table.field, of: await loadRows(db, table, ids) })
    return parts
  }

  recordOf(row: ResultRow, parts: readonly Part[], fields = this.records.fields): StoredRecord {
    const id = String(row['id'])
    const values: Record<string, Values[string]> = {}
    for (const column of fields) values[column.name] = column.fromColumn(row[column.name])
    for (const part of parts) values[part.field] = part.of.get(id) ?? []
    return { ...systemOf(row), values }
  }

  async #updateRecord(db: Connection, before: StoredRecord, after: StoredRecord): Promise<boolean> {
    const names = changedColumns(
      this.records.columns,
      (name) => storedValue(before, name),
      (name) => storedValue(after, name),
    )
    const { records } = this
    if (names.length === 0) names.push('version')
    const statement = records.statements.of(`save ${names.join()}`, () => {
      const sets = sql.join(names.map((name) => sql`${sql.id(name)} = ${null}`))
      return sql`update ${records.table} set ${sets} where id = ${null} and version = ${null}`
    })
    const values = names.map((name) => records.column(name).toColumn(storedValue(after, name)))
    return (await statement.count(db, [...values, before.id, before.version])) === 1
  }
}

const stores = new WeakMap<Model, Map<string, FormStore>>()

/** One per model, form and dialect: statements are compiled once. */
export function formStore(model: Model, form: string, dialect: Dialect): FormStore {
  const known = stores.get(model) ?? new Map<string, FormStore>()
  stores.set(model, known)
  const found = known.get(`${dialect} ${form}`)
  if (found !== undefined) return found
  const definition = model.forms.get(form)
  if (definition === undefined) throw new Bug('no such form', { form })
  const made = new FormStore(definition, dialect)
  known.set(`${dialect} ${form}`, made)
  return made
}

/** Values of one table or `links` field by record id. */
export interface Part {
  readonly field: string
  readonly of: ReadonlyMap<string, Values[string]>
}

const system = new Set<string>(recordColumns)

function storedValue(record: StoredRecord, name: string): Values[string] | undefined {
  return system.has(name) ? record[name as (typeof recordColumns)[number]] : record.values[name]
}

function systemOf(row: ResultRow): Omit<StoredRecord, 'values'> {
  return {
    id: row['id'],
    version: Number(row['version']),
    title: row['title'],
    owner: row['owner'],
    state: row['state'],
    created_at: row['created_at'],
    created_by: row['created_by'],
    updated_at: row['updated_at'],
    updated_by: row['updated_by'],
    deleted_at: row['deleted_at'],
  } as Omit<StoredRecord, 'values'>
}

function rowsStore(table: TableModel, field: string, dialect: Dialect): RowsStore {
  const rows = new TableStore(table, dialect)
  return { field, rows, links: joinsOf(rows, dialect) }
}

function joinsOf(table: TableStore, dialect: Dialect): readonly JoinStore[] {
  return table.shape.links.map((join) => new JoinStore(join, dialect))
}
