/** What a statement selects of a record: its columns, its links with their titles, its rows, the records behind its links. */
import { type RawBuilder, sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import type { FormModel, TableModel } from '#definitions/model.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import { hasColumn, isLinks } from './columns.ts'
import type { Dialect } from './connection.ts'
import { type FormStore, formStore } from './form-store.ts'
import { anyLinkSql, type LinkPlace, linkSql, linksSql, listSql } from './link-sql.ts'
import { joinName, physicalName } from './names.ts'
import { flagSql, predicateSql } from './predicate.ts'
import type { Expansion, FieldCell, Projection, RecordCells, TableCells } from './record-cells.ts'
import { cellLike, cellOf, documentCell, emptyCell, type Raw, sameMark } from './wire-text.ts'

type Sql = RawBuilder<unknown>

/** Collects what one statement selects. */
export class SelectedRecord {
  readonly columns: Sql[] = []
  readonly joins: Sql[] = []
  readonly #place: LinkPlace

  constructor(place: LinkPlace) {
    this.#place = place
  }

  /** The record that stands as `alias`. */
  record(projection: Projection, alias: string): RecordCells {
    const { selection, tables } = this.#place
    const store = formStore(selection.model, projection.form, tables.dialect)
    const at = tables.rawPlace(alias, store.records)
    const holder = { alias, stored: projection.stored, table: store.form, add: (column: Sql) => this.#add(column) }
    return {
      form: store.form,
      id: this.#add(sql.ref(`${alias}.id`)),
      system: this.#system(store, holder),
      fields: this.#fields({ ...holder, expanded: projection.expand }, projection.select),
      tables: this.#tables(store, projection, alias),
      conditions: projection.conditions.map((condition) => this.#add(flagSql(condition, at))),
      expanded: new Map([...projection.expand].map(([name, of]) => [name, this.#expanded(name, of, alias)])),
    }
  }

  #add(column: Sql): number {
    return this.columns.push(column) - 1
  }

  #system(store: FormStore, holder: Holder): ReadonlyMap<string, FieldCell> {
    const cells = new Map<string, FieldCell>()
    for (const [name, type] of systemTypes(store.form)) {
      const like = sameAs[name]
      const cell = this.#field({ ...holder, name, type, ...(like && { like }) })
      const other = like === undefined ? undefined : cells.get(like)
      cells.set(name, other ? { ...cell, shown: cellLike(cell.shown, other.shown) } : cell)
    }
    return cells
  }

  /** The target beside its link: at most one row. */
  #expanded(name: string, expansion: Expansion, from: string): RecordCells {
    const { selection, tables } = this.#place
    const { records } = formStore(selection.model, expansion.form, tables.dialect)
    const alias = this.#place.alias()
    const visible = predicateSql(expansion.visible.where, tables.rawPlace(alias, records))
    const link = sql`${sql.ref(`${alias}.id`)} = ${sql.ref(`${from}.${name}`)}`
    this.joins.push(sql` left join ${records.table} as ${sql.id(alias)} on ${link} and ${visible}`)
    return this.record(expansion, alias)
  }

  #fields(holder: Holder, names: ReadonlySet<string>): ReadonlyMap<string, FieldCell> {
    const fields = [...holder.table.fields.values()].filter(
      (field) => names.has(field.name) && (hasColumn(field) || (field.stored && isLinks(field.type))),
    )
    return new Map(fields.map((field) => [field.name, this.#field({ ...holder, name: field.name, type: field.type })]))
  }

  #field({ name, type, add, stored, like, ...at }: FieldPlace): FieldCell {
    const path = at.table.table === undefined ? name : `${at.table.table}.${name}`
    const both = stored === 'all' || stored.has(path)
    const column = sql.ref(`${at.alias}.${name}`)
    if (isLinks(type)) return this.#links({ name, type, add, stored, ...at }, both)
    if (type.is !== 'record' && type.is !== 'any_record') {
      const cell = cellOf(type, add(this.#exact(type, column)), this.#place.tables.dialect)
      return { shown: cell, stored: cell }
    }
    const link = at.expanded?.has(name) ? null : this.#link(type, column)
    return {
      shown: link === null ? emptyCell : documentCell(add(unlessSame(column, link, like && `${at.alias}.${like}`))),
      stored: both ? cellOf(valueTypes.text, add(column), this.#place.tables.dialect) : null,
    }
  }

  #link(type: Extract<ValueType, { is: 'record' | 'any_record' }>, column: Sql): Sql | null {
    return type.is === 'record' ? linkSql(this.#place, type, column) : anyLinkSql(this.#place, type, column)
  }

  #links({ name, type, alias, table, add }: FieldPlace, both: boolean): FieldCell {
    const { dialect } = this.#place.tables
    const of = type.is === 'list' ? type.of : type
    if (of.is !== 'record') throw new Bug('no links', { name })
    const join = joinName(table.form, name, table.table)
    const parent = sql.ref(`${alias}.id`)
    const link = linksSql(this.#place, { join, form: of.form, parent })
    const ids = listSql(dialect, sql.ref('j.target_id'), sql.ref('j.position'))
    const raw = sql`(select ${ids} from ${sql.id(join)} as j where j.parent_id = ${parent})`
    return {
      shown: link === null ? { text: () => '[]', value: () => [] } : documentCell(add(link)),
      stored: both ? documentCell(add(raw)) : null,
    }
  }

  #tables(store: FormStore, { select, stored }: Projection, parent: string): ReadonlyMap<string, TableCells> {
    return new Map(
      store.tables
        .filter(({ field }) => select.has(field))
        .flatMap(({ field }) => {
          const table = store.form.fields.get(field)?.table
          return table === undefined ? [] : [[field, this.#table(table, stored, parent)] as const]
        }),
    )
  }

  /** All rows of a table as one text: lists of values in the order of its columns. */
  #table(table: TableModel, stored: Projection['stored'], parent: string): TableCells {
    const alias = this.#place.alias()
    const inner: Sql[] = [sql.ref(`${alias}.id`)]
    const add = (column: Sql) => inner.push(column) - 1
    const columns = this.#fields({ alias, stored, table, add }, new Set(table.fields.keys()))
    const { dialect } = this.#place.tables
    const list = listSql(dialect, arraySql(dialect, inner), sql.ref(`${alias}.position`))
    const from = sql`${sql.id(physicalName(table.form, table.table))} as ${sql.id(alias)}`
    const at = this.#add(
      sql`(select ${list} from ${from} where ${sql.ref(`${alias}.parent_id`)} = ${sql.ref(`${parent}.id`)})`,
    )
    return { rows: (row) => rowsIn(String(row[at])), columns }
  }

  /** A column in a form that loses nothing on its way: SQLite's numbers come as numbers while these are exact. */
  #exact(type: ValueType, column: Sql): Sql {
    const isSqlite = this.#place.tables.dialect === 'sqlite'
    if (type.is === 'decimal')
      return isSqlite
        ? sql`case when abs(${column}) < 9007199254740992 then ${column} else cast(${column} as text) end`
        : sql`${column}::text`
    return !isSqlite && (type.is === 'list' || type.is === 'opaque') ? sql`${column}::text` : column
  }
}

interface Holder {
  readonly alias: string
  readonly stored: Projection['stored']
  readonly table: TableModel
  /** Links that are written as their targets need no link of their own. */
  readonly expanded?: ReadonlyMap<string, unknown>
  add(column: Sql): number
}

interface FieldPlace extends Holder {
  readonly name: string
  readonly type: ValueType
  /** The column that this one mostly equals. */
  readonly like?: string
}

/** Who made a record mostly owns it, and changed it last: asked for once. */
const sameAs: Readonly<Record<string, string>> = { created_by: 'owner', updated_by: 'created_by' }

function unlessSame(column: Sql, link: Sql, like: string | undefined): Sql {
  return like === undefined
    ? link
    : sql`case when ${column} = ${sql.ref(like)} then ${sql.lit(sameMark)} else ${link} end`
}

const person: ValueType = { is: 'record', form: 'user' }

function systemTypes(form: FormModel): readonly (readonly [string, ValueType])[] {
  return [
    ['version', valueTypes.integer],
    ['title', valueTypes.text],
    ...(form.lifecycle ? [['state', valueTypes.text] as const] : []),
    ['owner', person],
    ['created_at', valueTypes.text],
    ['created_by', person],
    ['updated_at', valueTypes.text],
    ['updated_by', person],
    ['deleted_at', valueTypes.text],
  ]
}

/** PostgreSQL takes a hundred arguments at most: lists of lists. */
const widest = 90

function arraySql(dialect: Dialect, values: readonly Sql[]): Sql {
  const make = dialect === 'sqlite' ? sql`json_array` : sql`json_build_array`
  const parts: Sql[] = []
  for (let start = 0; start < values.length; start += widest)
    parts.push(sql`${make}(${sql.join(values.slice(start, start + widest))})`)
  return sql`${make}(${sql.join(parts)})`
}

function rowsIn(text: string): readonly Raw[] {
  return (JSON.parse(text) as unknown[][][]).map((parts) => (parts.length === 1 ? (parts[0] as Raw) : parts.flat()))
}
