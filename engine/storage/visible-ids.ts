/** Which of some records may be seen: asked by every write that sets a link, so one statement, kept per caller while no rule reads the time. */
import { sql } from 'kysely'
import type { Model } from '#definitions/model.ts'
import type { Surroundings } from '#expressions/expression.ts'
import { type Connection, dialectOf } from './connection.ts'
import { formStore } from './form-store.ts'
import { tableNames } from './names.ts'
import { predicateSql } from './predicate.ts'
import { hole, Template } from './prepared.ts'
import type { Predicate, Visibility } from './query-plan.ts'
import { listOf, oneOf } from './sql-text.ts'

export interface VisibleQuestion {
  readonly model: Model
  readonly form: string
  readonly around: Surroundings
  /** Of the caller on `form`; the same object for the same policy. */
  readonly visible: Visibility
  readonly ids: readonly string[]
}

/** The living ones among the ids that the caller may read. */
export async function runVisibleIds(db: Connection, question: VisibleQuestion): Promise<ReadonlySet<string>> {
  const dialect = dialectOf(db)
  const rows = await templateOf(question, dialect).rows(db, [listOf(dialect, [...new Set(question.ids)])])
  return new Set(rows.map((row) => String(row['id'])))
}

type Dialect = ReturnType<typeof dialectOf>

/** What a rule reads of the caller stands in the statement: per user, zone and policy one. */
const kept = new WeakMap<object, WeakMap<Visibility, Map<string, Template>>>()
const nobody = {}

function templateOf(question: VisibleQuestion, dialect: Dialect): Template {
  if (readsTime(question.visible.where)) return template(question, dialect)
  const { user, zone } = question.around
  const ofUser = kept.get(user ?? nobody) ?? new WeakMap<Visibility, Map<string, Template>>()
  kept.set(user ?? nobody, ofUser)
  const ofPolicy = ofUser.get(question.visible) ?? new Map<string, Template>()
  ofUser.set(question.visible, ofPolicy)
  const key = `${dialect} ${zone}`
  const known = ofPolicy.get(key) ?? template(question, dialect)
  ofPolicy.set(key, known)
  return known
}

function template({ model, form, around, visible }: VisibleQuestion, dialect: Dialect): Template {
  const store = formStore(model, form, dialect).records
  const place = { dialect, alias: 'r', store, around, names: tableNames }
  return new Template(
    () =>
      sql`select r.id as id from ${store.table} as r where ${oneOf(dialect, sql`r.id`, hole(0))} and r.deleted_at is null and ${predicateSql(visible.where, place)}`,
  )
}

/** Must the answer be made anew when time goes on? */
export function readsTime(predicate: Predicate): boolean {
  if ('compiled' in predicate) return predicate.compiled.usesTime
  if ('all' in predicate) return predicate.all.some(readsTime)
  if ('any' in predicate) return predicate.any.some(readsTime)
  return 'not' in predicate && readsTime(predicate.not)
}

/** Can nothing but a change of the record itself show or hide it, while the caller and the time stay? */
export function readsOwnRow(predicate: Predicate): boolean {
  if ('compiled' in predicate) return predicate.compiled.linkReads.length === 0 && !predicate.compiled.usesTree
  if ('all' in predicate) return predicate.all.every(readsOwnRow)
  if ('any' in predicate) return predicate.any.every(readsOwnRow)
  return !('not' in predicate) || readsOwnRow(predicate.not)
}
