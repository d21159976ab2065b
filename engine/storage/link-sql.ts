/** Links as JSON with the title of their target, put together by the database; null where the target is not visible. */
import { type RawBuilder, sql } from 'kysely'
import type { ValueType } from '#definitions/value-type.ts'
import type { Dialect } from './connection.ts'
import { formStore } from './form-store.ts'
import { physicalName } from './names.ts'
import { predicateSql } from './predicate.ts'
import type { Selection } from './query-plan.ts'
import type { VisibleTables } from './visible-tables.ts'

type Sql = RawBuilder<unknown>

/** Where links are written: who asks, and names that nobody else has. */
export interface LinkPlace {
  readonly selection: Selection
  readonly tables: VisibleTables
  alias(): string
}

interface Target {
  readonly from: Sql
  readonly id: Sql
  readonly title: Sql
  /** It is visible. */
  readonly where: Sql
}

/** `{"id", "title"}` of what `column` points at. */
export function linkSql(place: LinkPlace, type: Extract<ValueType, { is: 'record' }>, column: Sql): Sql | null {
  const target = targetOf(place, type)
  if (target === null) return null
  const object = objectSql(place.tables.dialect, target)
  return sql`(select ${object} from ${target.from} where ${target.id} = ${column} and ${target.where})`
}

/** The same for a link to any of several forms: `form/id` in the column, the form in the object. */
export function anyLinkSql(place: LinkPlace, type: Extract<ValueType, { is: 'any_record' }>, column: Sql): Sql | null {
  const cases = type.forms.flatMap((form) => {
    const target = targetOf(place, { is: 'record', form })
    if (target === null) return []
    const head = `${form}/`
    const object = objectSql(place.tables.dialect, target, form)
    const found = sql`(select ${object} from ${target.from} where ${target.id} = substr(${column}, ${sql.lit(head.length + 1)}) and ${target.where})`
    return [sql`when substr(${column}, 1, ${sql.lit(head.length)}) = ${sql.lit(head)} then ${found}`]
  })
  return cases.length === 0 ? null : sql`case ${sql.join(cases, sql` `)} end`
}

/** The visible targets of a `links` field in their order; `[]` where there are none. */
export function linksSql(
  place: LinkPlace,
  { join, form, parent }: { readonly join: string; readonly form: string; readonly parent: Sql },
): Sql | null {
  const target = targetOf(place, { is: 'record', form })
  if (target === null) return null
  const { dialect } = place.tables
  const alias = place.alias()
  const [j, position] = [sql.id(alias), sql.ref(`${alias}.position`)]
  const list = listSql(dialect, dialect === 'sqlite' ? jsonObject(target) : postgresObject(target), position)
  return sql`(select ${list} from ${sql.id(join)} as ${j} join ${target.from} on ${target.id} = ${sql.ref(`${alias}.target_id`)} where ${sql.ref(`${alias}.parent_id`)} = ${parent} and ${target.where})`
}

/** All values of a group as one text, in order. */
export function listSql(dialect: Dialect, value: Sql, order: Sql): Sql {
  return dialect === 'sqlite'
    ? sql`json_group_array(${value} order by ${order}) || ''`
    : sql`coalesce(json_agg(${value} order by ${order})::text, '[]')`
}

/** null: nothing of the form is visible at all. */
function targetOf(place: LinkPlace, type: Extract<ValueType, { is: 'record' }>): Target | null {
  const { selection, tables } = place
  const visible = selection.targets.get(type.form)
  if (visible === undefined || !selection.model.forms.has(type.form)) return null
  const { records } = formStore(selection.model, type.form, tables.dialect)
  const alias = place.alias()
  const at = tables.rawPlace(alias, records)
  const guard = visible.guards?.get('title')
  const title = sql.ref(`${alias}.title`)
  const record = sql`${records.table} as ${sql.id(alias)}`
  const row = `${alias}r`
  return {
    from:
      type.table === undefined
        ? record
        : sql`${sql.id(physicalName(type.form, type.table))} as ${sql.id(row)} join ${record} on ${sql.ref(`${alias}.id`)} = ${sql.ref(`${row}.parent_id`)}`,
    id: sql.ref(`${type.table === undefined ? alias : row}.id`),
    title: guard === undefined ? title : sql`case when ${predicateSql(guard, at)} then ${title} end`,
    where: predicateSql(visible.where, at),
  }
}

function objectSql(dialect: Dialect, target: Target, form?: string): Sql {
  return dialect === 'sqlite' ? sql`${jsonObject(target, form)} || ''` : sql`${postgresObject(target, form)}::text`
}

function jsonObject({ id, title }: Target, form?: string): Sql {
  const of = form === undefined ? sql`` : sql`, 'form', ${sql.lit(form)}`
  return sql`json_object('id', ${id}, 'title', ${title}${of})`
}

function postgresObject({ id, title }: Target, form?: string): Sql {
  const of = form === undefined ? sql`` : sql`, 'form', ${sql.lit(form)}::text`
  return sql`json_build_object('id', ${id}, 'title', ${title}${of})`
}
