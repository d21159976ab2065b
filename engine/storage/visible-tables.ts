/**
 * The tables as somebody may see them: what a filter, sort or search of theirs reads goes through a common table expression
 * that holds only visible records, with unreadable columns empty. So no expression reaches around the policy, over links neither.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Dialect } from './connection.ts'
import { type FormStore, formStore } from './form-store.ts'
import { physicalName, tableNames } from './names.ts'
import { type PredicatePlace, predicateSql } from './predicate.ts'
import type { Predicate, Selection, Visibility } from './query-plan.ts'
import type { TableStore } from './table-store.ts'

const nothing: Visibility = { where: { always: false } }

export class VisibleTables {
  readonly dialect: Dialect
  readonly #selection: Selection
  readonly #made = new Map<string, RawBuilder<unknown>>()

  constructor(selection: Selection, dialect: Dialect) {
    this.#selection = selection
    this.dialect = dialect
  }

  /** The name to read from; makes the table expression at first use. Fits `names` of expressions. */
  table(form: string, table?: string): string {
    const visibility = this.#visibilityOf(form)
    const field = table?.split('.')[0]
    if (isOpen(visibility, field)) return physicalName(form, table)
    const name = `v${physicalName(form, table).slice(1)}`
    if (!this.#made.has(name)) this.#made.set(name, this.#make(visibility, { form, table }))
    return name
  }

  /** `with …`, empty when everything that was asked for is open. */
  with(): RawBuilder<unknown> {
    if (this.#made.size === 0) return sql``
    const tables = [...this.#made].map(([name, body]) => sql`${sql.id(name)} as not materialized (${body})`)
    return sql`with ${sql.join(tables)} `
  }

  /** Reads raw columns of the table that stands as `alias`. */
  rawPlace(alias: string, store: TableStore): PredicatePlace {
    return { dialect: this.dialect, alias, store, around: this.#selection.around, names: tableNames }
  }

  /** Own tables are seen as the list sees its records; also when the form is not among the targets. */
  #visibilityOf(form: string): Visibility {
    const target = this.#selection.targets.get(form)
    if (target !== undefined) return target
    return form === this.#selection.form ? this.#selection.visible : nothing
  }

  #make(
    visibility: Visibility,
    { form, table }: { readonly form: string; readonly table: string | undefined },
  ): RawBuilder<unknown> {
    const store = formStore(this.#selection.model, form, this.dialect)
    const place = this.rawPlace('r', store.records)
    if (table === undefined)
      return sql`select ${guardedColumns(store.records, { visibility, place, from: 'r' })} from ${store.records.table} as r where ${predicateSql(visibility.where, place)}`
    return this.#makeRows(visibility, store, { form, table })
  }

  /** Rows and links of visible records, where their field may be read. */
  #makeRows(
    visibility: Visibility,
    store: FormStore,
    { form, table }: { readonly form: string; readonly table: string },
  ): RawBuilder<unknown> {
    const place = this.rawPlace('p', store.records)
    const rows = store.table(table)
    const [field = '', column] = table.split('.')
    const guards = [field, ...(column === undefined ? [] : [table])].map((path) => guardOf(visibility, path))
    const records = sql`join ${store.records.table} as p on p.id = ${column === undefined ? sql`s.parent_id` : sql`o.parent_id`}`
    const owner =
      column === undefined ? sql`` : sql` join ${sql.id(physicalName(form, field))} as o on o.id = s.parent_id`
    const columns =
      rows === undefined
        ? sql`s.parent_id, s.target_id, s.position`
        : guardedColumns(rows, { visibility, place, from: 's', table })
    const conditions = sql.join(
      [visibility.where, ...guards].map((one) => predicateSql(one, place)),
      sql` and `,
    )
    return sql`select ${columns} from ${sql.id(physicalName(form, table))} as s${owner} ${records} where ${conditions}`
  }
}

interface Guarded {
  readonly visibility: Visibility
  /** Where the guards are evaluated: the record. */
  readonly place: PredicatePlace
  /** Alias of the columns. */
  readonly from: string
  readonly table?: string
}

/** Every column under its own name; empty where its guard does not hold. */
export function guardedColumns(store: TableStore, { visibility, place, from, table }: Guarded): RawBuilder<unknown> {
  return sql.join(
    store.columns.map(({ name }) => {
      const column = sql.ref(`${from}.${name}`)
      const guard = guardOf(visibility, table === undefined ? name : `${table}.${name}`)
      return isAlways(guard)
        ? sql`${column} as ${sql.id(name)}`
        : sql`case when ${predicateSql(guard, place)} then ${column} end as ${sql.id(name)}`
    }),
  )
}

function guardOf(visibility: Visibility, path: string): Predicate {
  return visibility.guards?.get(path) ?? { always: true }
}

/** Nothing of the form (or of one table of it) is hidden from anybody who asks. */
function isOpen(visibility: Visibility, field: string | undefined): boolean {
  if (!isAlways(visibility.where)) return false
  const guards = [...(visibility.guards ?? [])].filter(
    ([path]) => field === undefined || path === field || path.startsWith(`${field}.`),
  )
  return guards.every(([, guard]) => isAlways(guard))
}

function isAlways(predicate: Predicate): boolean {
  return 'always' in predicate && predicate.always
}
