/** Search everywhere: records of every form that the caller may read, by form, best first, each with the place that answers. */
import type { FormPolicy } from '#access/policy.ts'
import { mayRead } from '#access/seen-model.ts'
import { visibilityOf } from '#access/visibility.ts'
import type { SearchAnswer, SearchGroup } from '#contract/wire-search.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { ListRow } from '#storage/query-plan.ts'
import { type SearchedField, searchedFields } from '#storage/search-fields.ts'
import { type AskedForm, type FoundForm, findRecords } from '#storage/search-find.ts'
import { type SearchWord, wordsOf } from '#storage/search-text.ts'
import type { RecordContext } from './context.ts'
import { selectionOf } from './list-plan.ts'
import { rowConditions } from './present.ts'
import { bestFirst, hitOf, readRow } from './search-hit.ts'

export interface SearchRequest {
  readonly q: string
  /** Records of one form; default 5. */
  readonly limit?: number
}

const usualLimit = 5
/** Of records that answer, the newest of each form are looked at; more of them where a rule takes some away again. */
const mostOpen = 300
const mostRuled = 1_000
/** Of what the caller sees where a rule hides some: the newest, whether others crowd them out or not. */
const mostSeen = 300
/** Every record begins with some single character. */
const shortest = 2

/** One look at the database; a longer one for each form where others crowd out what the caller sees. Too short a question has no answer. */
export async function searchEverywhere(context: RecordContext, request: SearchRequest): Promise<SearchAnswer> {
  const words = wordsOf(request.q)
  const isLong = words.some((word) => word.runs.reduce((sum, run) => sum + run.text.length, 0) >= shortest)
  if (!isLong) return { groups: [], reading: [] }
  const forms = readableForms(context)
  const { groups, crowded, reading } = await context.db.read(async (db) => {
    const { found, unready } = await findRecords(db, { model: context.model, forms, words })
    const isCrowded = (one: FoundForm) => one.more && !isOpenForm(context, one.form)
    const groups: Scored[] = []
    for (const each of found.filter((one) => !isCrowded(one)))
      groups.push(...(await groupOf(db, context, { found: each, request, words })))
    return { groups, crowded: found.filter(isCrowded), reading: unready }
  })
  for (const found of crowded) {
    const work = (db: Connection) => crowdedGroupOf(db, context, { found, request, words })
    groups.push(...(await context.db.readLong(work, context.actor.id)))
  }
  const place = new Map(forms.map(({ form }, index) => [form.name, index]))
  const byPlace = ({ group: one }: Scored, { group: other }: Scored) =>
    (place.get(one.form) ?? 0) - (place.get(other.form) ?? 0)
  groups.sort((one, other) => other.score - one.score || byPlace(one, other))
  return { groups: groups.map(({ group }) => group), reading }
}

function readableForms(context: RecordContext): readonly AskedForm[] {
  return [...context.model.forms.values()].flatMap((form) => {
    const policy = context.policy.form(form.name)
    if (!policy?.may('read')) return []
    const fields = readableNames(policy)
    return fields.length === 0 ? [] : [{ form, fields, most: isOpen(policy, fields) ? mostOpen : mostRuled }]
  })
}

/** Whoever finds a record sees it, and what it was found by. */
function isOpen(policy: FormPolicy, fields: readonly string[]): boolean {
  const { where, guards } = visibilityOf(policy)
  return 'always' in where && where.always && !fields.some((name) => guards.has(name))
}

function isOpenForm(context: RecordContext, name: string): boolean {
  const policy = context.policy.form(name)
  return policy !== null && isOpen(policy, readableNames(policy))
}

function readableNames(policy: FormPolicy): readonly string[] {
  return readableFields(policy).map(({ name }) => name)
}

/** Readable on some record; whether on this one is asked of each. */
function readableFields(policy: FormPolicy): readonly SearchedField[] {
  return searchedFields(policy.form).filter((field) => mayRead(policy, field.name))
}

interface Scored {
  readonly score: number
  readonly group: SearchGroup
}

interface Grouping {
  readonly found: FoundForm
  readonly request: SearchRequest
  readonly words: readonly SearchWord[]
}

/** Empty: the caller sees none of them, or not the fields that answer. */
async function groupOf(db: Connection, context: RecordContext, asked: Grouping): Promise<readonly Scored[]> {
  const policy = context.policy.form(asked.found.form)
  if (!policy) return []
  const where = [{ field: 'id', oneOf: asked.found.ids }]
  const { rows } = await runList(db, { ...planOf(context, policy), where, sort: [], limit: asked.found.ids.length })
  if (isOpen(policy, readableNames(policy))) return bestOfForm(policy, asked, { rows, more: asked.found.more })
  const newest = [...rows].sort((a, b) => (a.record.id < b.record.id ? 1 : -1))
  return bestOfForm(policy, asked, { rows: newest.slice(0, mostSeen), more: newest.length > mostSeen })
}

/** The newest that the caller sees, whatever others see. */
async function crowdedGroupOf(db: Connection, context: RecordContext, asked: Grouping): Promise<readonly Scored[]> {
  const policy = context.policy.form(asked.found.form)
  if (!policy) return []
  const search = { fields: readableNames(policy), text: asked.request.q }
  const sort = [{ field: 'id', direction: 'desc' as const }]
  const { rows, next } = await runList(db, { ...planOf(context, policy), search, sort, limit: mostSeen })
  return bestOfForm(policy, asked, { rows, more: next !== null })
}

function planOf(context: RecordContext, policy: FormPolicy) {
  return {
    ...selectionOf(context, policy, {}),
    select: readableNames(policy).filter((name) => name !== 'title'),
    conditions: rowConditions(policy),
  }
}

function bestOfForm(
  policy: FormPolicy,
  { found, request, words }: Grouping,
  { rows, more }: { readonly rows: readonly ListRow[]; readonly more: boolean },
): readonly Scored[] {
  const fields = readableFields(policy)
  const hits = rows.flatMap((row) => readRow(row, { policy, fields, words }) ?? []).sort(bestFirst)
  const [best] = hits
  if (!best) return []
  const limit = request.limit ?? usualLimit
  const records = hits.slice(0, limit).map((hit) => hitOf(hit, words))
  return [{ score: best.score, group: { form: found.form, records, more: hits.length > limit || more } }]
}
