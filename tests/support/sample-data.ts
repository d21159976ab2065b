/** The sample order form in real tables on either database: what the differential tests of expressions query. */

import { formatDecimal, fromScaled, isDecimal, toScaled } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { Model, TableModel } from '#definitions/model.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Row, Surroundings, Value } from '#expressions/expression.ts'

export interface SampleRow {
  readonly [field: string]: Value
}
/** Records by form; rows of a table stand in their record. */
export type SampleRecords = Readonly<Record<string, readonly SampleRow[]>>

export interface Statement {
  readonly sql: string
  readonly values: readonly unknown[]
}

type Dialect = 'sqlite' | 'postgres'

export function sampleName(form: string, table?: string): string {
  return table === undefined ? `r_${form}` : `r_${form}$${table}`
}

/** CREATE TABLE for every form, table and list of records. */
export function createStatements(model: Model, dialect: Dialect): readonly string[] {
  return [...model.forms.values()].flatMap((form) => [
    createTable(sampleName(form.name), ['id', ...(form.fields.has('title') ? [] : ['title'])], {
      table: form,
      dialect,
    }),
    ...[...form.fields.values()].flatMap((field) =>
      field.table === undefined
        ? []
        : [
            createTable(sampleName(form.name, field.name), ['id', 'parent_id', 'position'], {
              table: field.table,
              dialect,
            }),
          ],
    ),
    ...joinFields(form).map(
      (field) => `CREATE TABLE "${sampleName(form.name, field)}" (parent_id text, target_id text, position integer)`,
    ),
  ])
}

export function emptyStatements(model: Model): readonly string[] {
  return [...model.forms.values()].flatMap((form) => [
    `DELETE FROM "${sampleName(form.name)}"`,
    ...[...form.fields.values()].flatMap((field) =>
      field.table === undefined ? [] : [`DELETE FROM "${sampleName(form.name, field.name)}"`],
    ),
    ...joinFields(form).map((field) => `DELETE FROM "${sampleName(form.name, field)}"`),
  ])
}

export function insertStatements(model: Model, records: SampleRecords, dialect: Dialect): readonly Statement[] {
  return Object.entries(records).flatMap(([name, rows]) => {
    const form = model.forms.get(name)
    if (form === undefined) throw new Error(`no form ${name}`)
    return rows.flatMap((row) => [
      insertRow(sampleName(name), { id: row['id'] ?? null }, { table: form, row, dialect }),
      ...[...form.fields.values()]
        .filter((field) => field.table !== undefined)
        .flatMap((field) =>
          ((row[field.name] ?? []) as readonly SampleRow[]).map((line, position) =>
            insertRow(
              sampleName(name, field.name),
              { id: line['id'] ?? null, parent_id: row['id'] ?? null, position },
              { table: field.table as TableModel, row: line, dialect },
            ),
          ),
        ),
      ...joinFields(form).flatMap((field) =>
        ((row[field] ?? []) as readonly string[]).map((target, position) => ({
          sql: `INSERT INTO "${sampleName(name, field)}" VALUES (${places(3, dialect)})`,
          values: [row['id'], target, dialect === 'sqlite' ? BigInt(position) : position],
        })),
      ),
    ])
  })
}

/** Reads over links and trees in memory, as the records layer would have loaded them. */
export function sampleSurroundings(
  records: SampleRecords,
  around: Omit<Surroundings, 'linked' | 'inTree'>,
): Surroundings {
  const byId = new Map(
    Object.entries(records).map(([form, rows]) => [form, new Map(rows.map((row) => [row['id'], row]))]),
  )
  const links: Readonly<Record<string, string>> = {
    customer: 'customer',
    team: 'team',
    parent: 'team',
    leader: 'user',
    product: 'customer',
  }
  return {
    ...around,
    linked(form, id, path) {
      let [row, at]: [Row | undefined, string] = [byId.get(form)?.get(id), form]
      for (const name of path.slice(0, -1)) {
        at = links[name] ?? at
        row = byId.get(at)?.get((row?.[name] ?? '') as string)
      }
      return row?.[path.at(-1) ?? ''] ?? null
    },
    inTree(form, node, ancestor) {
      const seen = new Set<Value>()
      for (
        let id: Value = node;
        typeof id === 'string' && !seen.has(id);
        id = byId.get(form)?.get(id)?.['parent'] ?? null
      ) {
        if (id === ancestor) return true
        seen.add(id)
      }
      return false
    },
  }
}

interface Target {
  readonly table: TableModel
  readonly dialect: Dialect
}

function createTable(name: string, system: readonly string[], { table, dialect }: Target): string {
  const own = columns(table).map(([column, type]) => `"${column}" ${columnType(type, dialect)}`)
  const text = dialect === 'sqlite' ? 'text' : 'text collate "C"'
  return `CREATE TABLE "${name}" (${[...system.map((column) => `"${column}" ${column === 'position' ? 'integer' : text}${column === 'id' ? ' primary key' : ''}`), ...own].join(', ')})`
}

function insertRow(
  name: string,
  system: Readonly<Record<string, Value>>,
  { table, row, dialect }: Target & { readonly row: SampleRow },
): Statement {
  const own = columns(table)
  const names = [...Object.keys(system), ...own.map(([column]) => column)]
  const values = [
    ...Object.values(system).map((value) =>
      typeof value === 'number' && dialect === 'sqlite' ? BigInt(value) : value,
    ),
    ...own.map(([column, type]) => toColumn(row[column] ?? null, type, dialect)),
  ]
  return {
    sql: `INSERT INTO "${name}" (${names.map((column) => `"${column}"`).join(', ')}) VALUES (${places(names.length, dialect)})`,
    values,
  }
}

function columns(table: TableModel): readonly (readonly [string, ValueType])[] {
  return [...table.fields.values()]
    .filter((field) => field.stored && field.table === undefined && !isJoined(field.type))
    .map((field) => [field.name, field.type])
}

function joinFields(table: TableModel): readonly string[] {
  return [...table.fields.values()].filter((field) => isJoined(field.type)).map((field) => field.name)
}

function isJoined(type: ValueType): boolean {
  return type.is === 'list' && type.of.is === 'record'
}

function columnType(type: ValueType, dialect: Dialect): string {
  if (type.is === 'boolean') return dialect === 'sqlite' ? 'integer' : 'boolean'
  if (type.is === 'integer' || type.is === 'duration') return dialect === 'sqlite' ? 'integer' : 'bigint'
  if (type.is === 'decimal') return dialect === 'sqlite' ? 'integer' : `numeric(18,${type.scale})`
  if (type.is === 'list' || type.is === 'opaque') return dialect === 'sqlite' ? 'text' : 'jsonb'
  return dialect === 'sqlite' ? 'text' : 'text collate "C"'
}

function toColumn(value: Value, type: ValueType, dialect: Dialect): unknown {
  if (value === null) return null
  if (type.is === 'list' || type.is === 'opaque') return JSON.stringify(value as Json)
  if (type.is === 'decimal') {
    const decimal = isDecimal(value) ? value : fromScaled(value as number, 0)
    return dialect === 'sqlite' ? toScaled(decimal, type.scale) : formatDecimal(decimal, type.scale)
  }
  if (dialect === 'postgres') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  return typeof value === 'number' ? BigInt(value) : value
}

function places(count: number, dialect: Dialect): string {
  return Array.from({ length: count }, (_, index) => (dialect === 'sqlite' ? '?' : `$${index + 1}`)).join(', ')
}
