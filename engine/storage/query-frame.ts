/** From and where of a plan: the policy on raw columns, everything that was asked for on what may be read. */
import { type RawBuilder, sql } from 'kysely'
import { Bug } from '#base/bug.ts'
import { fieldType } from '#definitions/system-fields.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Compiled, Place } from '#expressions/expression.ts'
import { columnSql } from './compile/expression.ts'
import type { Dialect } from './connection.ts'
import { type FormStore, formStore } from './form-store.ts'
import { flagSql, type PredicatePlace, predicateSql } from './predicate.ts'
import type { Predicate, Selection } from './query-plan.ts'
import { type SearchColumn, searchSql } from './search.ts'
import { guardedColumns, VisibleTables } from './visible-tables.ts'

const rawPrefix = 'raw$'

/** Something to sort, group or measure by. */
export interface Key {
  readonly type: ValueType
  readonly sql: RawBuilder<unknown>
}

export class Frame {
  readonly store: FormStore
  readonly tables: VisibleTables
  readonly #selection: Selection
  readonly #conditions: readonly Predicate[]
  /** Some columns may be read on some records only: these are read through a table that empties them elsewhere. */
  readonly #isGuarded: boolean

  constructor(selection: Selection, dialect: Dialect, conditions: readonly Predicate[] = []) {
    this.store = formStore(selection.model, selection.form, dialect)
    this.tables = new VisibleTables(selection, dialect)
    this.#selection = selection
    this.#conditions = conditions
    this.#isGuarded = [...(selection.visible.guards?.keys() ?? [])].some((name) => this.store.records.has(name))
  }

  get dialect(): Dialect {
    return this.tables.dialect
  }

  /** `from … where …` without order; all that reads columns stands under alias `t`. `joins`: only where no column is guarded. */
  source(more: readonly RawBuilder<unknown>[] = [], joins: RawBuilder<unknown> = sql``): RawBuilder<unknown> {
    const { where, search } = this.#selection
    const asked = [
      ...where.map((one) => predicateSql(one, this.place)),
      ...(search === undefined
        ? []
        : [
            searchSql({
              dialect: this.dialect,
              columns: search.fields.map((field) => this.#searchColumn(field)),
              search,
            }),
          ]),
      ...more,
    ]
    if (!this.#isGuarded)
      return sql`from ${this.store.records.table} as t${joins} where ${sql.join([...this.#admitted('t'), ...asked], sql` and `)}`
    return sql`from (${this.#guarded()}) as t${asked.length === 0 ? sql`` : sql` where ${sql.join(asked, sql` and `)}`}`
  }

  /** The records that may be seen, as they are: for what nobody asked to filter or sort. */
  admitted(more: RawBuilder<unknown>, joins: RawBuilder<unknown>): RawBuilder<unknown> {
    return sql`from ${this.store.records.table} as t${joins} where ${sql.join([more, ...this.#admitted('t')], sql` and `)}`
  }

  get isGuarded(): boolean {
    return this.#isGuarded
  }

  /** What asks: guarded columns, visible tables. */
  get place(): PredicatePlace {
    return { ...this.tables.rawPlace('t', this.store.records), names: this.tables }
  }

  /** A column as it is, for the answer: who asks may be shown it or not, that is decided per record by the conditions. */
  raw(name: string): RawBuilder<unknown> {
    const stored = this.#isGuarded ? `${rawPrefix}${name}` : name
    const { type } = this.store.records.column(name)
    const column = sql.ref(`t.${stored}`)
    return type.is === 'decimal' && this.dialect === 'sqlite' ? sql`cast(${column} as text)` : column
  }

  /** Condition `index` as a boolean. */
  flag(index: number): RawBuilder<unknown> {
    const condition = this.#conditions[index]
    if (condition === undefined) throw new Bug('no such condition', { index })
    return this.#isGuarded ? sql.ref(`t.c$${index}`) : flagSql(condition, this.tables.rawPlace('t', this.store.records))
  }

  /** A stored or system field, or an expression in its place. */
  key(field: string, of?: { readonly compiled: Compiled; readonly place: Place }): Key {
    if (of !== undefined)
      return { type: of.compiled.type, sql: columnSql(of.compiled, of.place, { ...this.place, as: of.compiled.type }) }
    return {
      type: fieldType(this.store.form, field) ?? this.store.records.column(field).type,
      sql: sql.ref(`t.${field}`),
    }
  }

  /** The title of the record that a link points at; empty where that record is not visible. */
  titleOf(link: Key): RawBuilder<unknown> {
    const { type } = link
    if (type.is !== 'record') throw new Bug('not a link', { type: type.is })
    if (type.table === undefined)
      return sql`(select x.title from ${sql.id(this.tables.table(type.form))} as x where x.id = ${link.sql})`
    const rows = sql.id(this.tables.table(type.form, type.table))
    return sql`(select x.title from ${sql.id(this.tables.table(type.form))} as x join ${rows} as y on y.parent_id = x.id where y.id = ${link.sql})`
  }

  /** A link is found by its title. */
  #searchColumn(name: string): SearchColumn {
    const key = this.key(name)
    const { type } = key
    const guarded = this.#selection.visible.guards?.has(name) === true
    if (type.is !== 'record') return { name, guarded, sql: key.sql }
    const title = { name, guarded, sql: this.titleOf(key) }
    if (type.table !== undefined) return title
    return { ...title, link: { value: key.sql, visible: sql.id(this.tables.table(type.form)) } }
  }

  #admitted(alias: string): readonly RawBuilder<unknown>[] {
    const { visible, deleted } = this.#selection
    const place = this.tables.rawPlace(alias, this.store.records)
    const alive = sql`${sql.ref(`${alias}.deleted_at`)} is ${deleted === 'bin' ? sql`not null` : sql`null`}`
    return [alive, this.#ruled(visible.where, place)]
  }

  /** SQLite takes any equation for a rare one, but many records answer to a row rule: what is asked for leads first. */
  #ruled(rule: Predicate, place: PredicatePlace): RawBuilder<unknown> {
    const condition = predicateSql(rule, place)
    return this.dialect === 'sqlite' && 'compiled' in rule ? sql`likelihood(${condition}, 0.3)` : condition
  }

  #guarded(): RawBuilder<unknown> {
    const { records } = this.store
    const place = this.tables.rawPlace('r', records)
    const columns = guardedColumns(records, { visibility: this.#selection.visible, place, from: 'r' })
    const raw = records.columns.map(({ name }) => sql`${sql.ref(`r.${name}`)} as ${sql.id(`${rawPrefix}${name}`)}`)
    const flags = this.#conditions.map(
      (condition, index) => sql`${flagSql(condition, place)} as ${sql.id(`c$${index}`)}`,
    )
    return sql`select ${sql.join([columns, ...raw, ...flags])} from ${records.table} as r where ${sql.join(this.#admitted('r'), sql` and `)}`
  }
}
