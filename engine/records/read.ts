/** The one read path: list, get, count. Policy is in the query, never applied to the result; a plan is compiled once and serves all who are alike. */
import type { FormPolicy } from '#access/policy.ts'

import type { JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { Connection } from '#storage/connection.ts'
import { runCount } from '#storage/query.ts'
import { runOne, runPage } from '#storage/record-page.ts'
import { withSearch } from '#storage/search.ts'
import type { Raw } from '#storage/wire-text.ts'
import { type RecordContext, requireVerb, visibleForm } from './context.ts'
import { encodeCursor, readCursor } from './cursor.ts'
import { isHeavy } from './heavy.ts'
import { type ListQuery, limitOf, selectionOf } from './list-plan.ts'
import { livesOf, needsLives } from './read-lives.ts'
import { type PageQuestion, type Planned, planned, plannedOnce } from './read-plan.ts'

export type { ListQuery } from './list-plan.ts'

export interface RecordPage {
  readonly records: readonly JsonObject[]
  readonly next: string | null
  readonly count: number | null
}

/** A capped count stops here. */
const countCap = 10_000

/** A page of records. Refusals: not-found (no grant on the form), forbidden (no read), query-invalid (hidden = unknown). */
export async function listRecords(context: RecordContext, name: string, query: ListQuery): Promise<RecordPage> {
  return JSON.parse(await pageText(context, name, query)) as RecordPage
}

/** The same as the JSON text of the answer. */
export async function pageText(context: RecordContext, name: string, query: ListQuery): Promise<string> {
  const { policy } = visibleForm(context, name)
  requireVerb(policy, query.deleted === 'bin' ? 'delete' : 'read')
  const question = { query, limit: limitOf(query), after: query.cursor ? readCursor(query.cursor) : null }
  if (query.search?.trim()) return searchedPage(context, policy, question)
  const plan = planned(context, policy, question)
  const isAlone = !query.count && !needsLives(plan.node) && !isHeavy(query.filter)
  const work = (db: Connection) => pageIn(db, context, plan, question)
  return isAlone ? context.db.single(work) : lookFor(context, query, work)
}

/** To count all that there is may take long, and so may a filter that calculates. */
function lookFor<T>(
  { db, actor }: RecordContext,
  { count, filter }: ListQuery,
  work: (db: Connection) => Promise<T>,
): Promise<T> {
  return count === 'exact' || isHeavy(filter) ? db.readLong(work, actor.id) : db.read(work)
}

/** How to search is settled by what the database holds: such a plan serves once. Without the index it may take long. */
async function searchedPage(context: RecordContext, policy: FormPolicy, question: PageQuestion): Promise<string> {
  const { db, actor } = context
  const { search } = await db.read((connection) => withSearch(connection, selectionOf(context, policy, question.query)))
  const path = search?.path
  const plan = plannedOnce(context, policy, { ...question, ...(path && { path }) })
  const work = (connection: Connection) => pageIn(connection, context, plan, question)
  return path?.by === 'index' ? lookFor(context, question.query, work) : db.readLong(work, actor.id)
}

async function pageIn(
  db: Connection,
  context: RecordContext,
  plan: Planned,
  { query, ...asked }: PageQuestion,
): Promise<string> {
  const { rows, next } = await runPage(db, plan.page, { ...asked, values: plan.values })
  const records = await textsOf(db, context, plan, rows)
  const cursor = next === null ? 'null' : JSON.stringify(encodeCursor(next))
  const count = query.count ? await counted(db, context, plan.node.policy, query) : null
  return `{"records":[${records.join()}],"next":${cursor},"count":${count}}`
}

/** One record with `can`; invisible and missing answer alike. */
export async function getRecord(
  context: RecordContext,
  name: string,
  id: string,
  query: Pick<ListQuery, 'fields' | 'expand'> = {},
): Promise<JsonObject> {
  return JSON.parse((await recordText(context, name, id, query)).text) as JsonObject
}

/** The same as JSON text, with the version that it is. */
export async function recordText(
  context: RecordContext,
  name: string,
  id: string,
  query: Pick<ListQuery, 'fields' | 'expand'> = {},
): Promise<{ readonly version: number; readonly text: string }> {
  const { policy } = visibleForm(context, name)
  if (!policy.may('read')) throw new Refusal('not-found')
  const plan = planned(context, policy, { query })
  const work = async (db: Connection) => {
    const row = await runOne(db, plan.page, id)
    if (row === undefined) throw new Refusal('not-found')
    const [text = ''] = await textsOf(db, context, plan, [row])
    return { version: plan.version(row), text: `${text.slice(0, -1)},"can":${JSON.stringify(plan.verbs(row))}}` }
  }
  return needsLives(plan.node) ? context.db.read(work) : context.db.single(work)
}

async function textsOf(
  db: Connection,
  context: RecordContext,
  { node, page, write }: Planned,
  rows: readonly Raw[],
): Promise<readonly string[]> {
  const lives = await livesOf(db, context, { node, cells: page.cells, rows })
  return rows.map((row) => write(row, lives))
}

function counted(db: Connection, context: RecordContext, policy: FormPolicy, query: ListQuery): Promise<number> {
  return runCount(db, selectionOf(context, policy, query), query.count === 'exact' ? Number.MAX_SAFE_INTEGER : countCap)
}
