/** Predicates to SQL: never NULL, so that an empty attribute denies under `not`, too. */
import { type RawBuilder, sql } from 'kysely'
import type { Surroundings } from '#expressions/expression.ts'
import { readsEmptyUser } from '#expressions/user-reads.ts'
import { expressionSql, type SqlContext, strictSql } from './compile/expression.ts'
import type { Dialect } from './connection.ts'
import type { Predicate } from './query-plan.ts'
import { listOf, oneOf } from './sql-text.ts'
import type { TableStore } from './table-store.ts'

/** Where a predicate stands: the table under its alias, and how tables are named for whoever asks. */
export interface PredicatePlace {
  readonly dialect: Dialect
  readonly alias: string
  readonly parentAlias?: string
  readonly store: TableStore
  readonly around: Surroundings
  readonly names: { table(form: string, table?: string): string }
}

/** In WHERE, where NULL counts as false: bare, so that indexes serve it. */
export function predicateSql(predicate: Predicate, place: PredicatePlace): RawBuilder<unknown> {
  if ('all' in predicate)
    return joined(
      predicate.all.map((one) => predicateSql(one, place)),
      'and',
    )
  if ('any' in predicate)
    return joined(
      predicate.any.map((one) => predicateSql(one, place)),
      'or',
    )
  if ('compiled' in predicate && readsEmptyUser(predicate.compiled, place.around)) return sql`1 = 0`
  if ('compiled' in predicate)
    return sql`(${expressionSql(predicate.compiled, predicate.place, contextOf(predicate, place))})`
  if ('field' in predicate) return fieldSql(predicate, place)
  return strict(predicate, place)
}

/** A predicate as a value: a boolean column of the answer. */
export function flagSql(predicate: Predicate, place: PredicatePlace): RawBuilder<unknown> {
  if (place.dialect === 'sqlite' || !('always' in predicate)) return strict(predicate, place)
  return predicate.always ? sql`true` : sql`false`
}

/** Never NULL. */
function strict(predicate: Predicate, place: PredicatePlace): RawBuilder<unknown> {
  if ('always' in predicate) return predicate.always ? sql`1 = 1` : sql`1 = 0`
  if ('all' in predicate)
    return joined(
      predicate.all.map((one) => strict(one, place)),
      'and',
    )
  if ('any' in predicate)
    return joined(
      predicate.any.map((one) => strict(one, place)),
      'or',
    )
  if ('not' in predicate) return sql`(not ${strict(predicate.not, place)})`
  if ('field' in predicate)
    return sql`coalesce(${fieldSql(predicate, place)}, ${place.dialect === 'sqlite' ? sql`0` : sql`false`})`
  if (readsEmptyUser(predicate.compiled, place.around)) return place.dialect === 'sqlite' ? sql`0` : sql`false`
  return sql`(${strictSql(predicate.compiled, predicate.place, contextOf(predicate, place))})`
}

function contextOf(predicate: Extract<Predicate, { compiled: unknown }>, place: PredicatePlace): SqlContext {
  const { dialect, alias, parentAlias, around, names } = place
  const { recordRow, recordParentRow } = predicate
  return {
    dialect,
    alias,
    around,
    names,
    ...(parentAlias === undefined ? {} : { parentAlias }),
    ...(recordRow === undefined ? {} : { recordRow }),
    ...(recordParentRow === undefined ? {} : { recordParentRow }),
  }
}

function joined(parts: readonly RawBuilder<unknown>[], word: 'and' | 'or'): RawBuilder<unknown> {
  if (parts.length === 0) return word === 'and' ? sql`1 = 1` : sql`1 = 0`
  return sql`(${sql.join(parts, word === 'and' ? sql` and ` : sql` or `)})`
}

function fieldSql(predicate: Extract<Predicate, { field: string }>, place: PredicatePlace): RawBuilder<unknown> {
  const { field, oneOf: values } = predicate
  const { dialect, alias, store } = place
  if (store.shape.links.some((join) => join.field.name === field)) return linkedSql(predicate, place)
  const column = store.column(field)
  const reference = sql.ref(`${alias}.${field}`)
  if (values.length === 0) return sql`1 = 0`
  const bound = values.map((value) => column.toColumn(value))
  if (column.cast === 'text') return oneOf(dialect, reference, listOf(dialect, bound))
  return sql`${reference} in (${sql.join(bound)})`
}

/** A `links` field that holds one of the ids. */
function linkedSql(
  { field, oneOf: values }: Extract<Predicate, { field: string }>,
  { dialect, alias, store, names }: PredicatePlace,
): RawBuilder<unknown> {
  const { form, table } = store.shape
  const join = sql.id(names.table(form, table === undefined ? field : `${table}.${field}`))
  const targets = oneOf(dialect, sql.ref('j.target_id'), listOf(dialect, values))
  return sql`exists (select 1 from ${join} as j where j.parent_id = ${sql.ref(`${alias}.id`)} and ${targets})`
}
