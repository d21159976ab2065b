/**
 * Read plans: one per rights, form and shape of the question, compiled when it is first asked and kept with the model.
 * What a plan takes of its caller (`$user.id`, `$today`) is known by name; callers who are alike in these share the statement.
 */
import type { FormPolicy, Policy } from '#access/policy.ts'
import type { Json } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { Model } from '#definitions/model.ts'
import type { StatementText } from '#storage/compilers.ts'
import { type CompiledPage, compilePage, withHoles } from '#storage/record-page.ts'
import type { SearchPath } from '#storage/search-path.ts'
import { surroundingsKey, type Taken, watchSurroundings } from '#storage/watch-surroundings.ts'
import type { Raw } from '#storage/wire-text.ts'
import type { RecordContext } from './context.ts'
import { malformedCursor } from './cursor.ts'
import { type Lifted, liftIds, strangeIds } from './lifted-ids.ts'
import { type ListQuery, planList } from './list-plan.ts'
import { nodeWriter, type RecordNode, recordNode } from './record-node.ts'
import type { WriteText } from './record-text.ts'

export interface Question {
  readonly query: ListQuery
  /** A page; absent: one record by its id. */
  readonly limit?: number
  readonly after?: readonly Json[] | null
  /** How a search goes about it. */
  readonly path?: SearchPath
}

export interface PageQuestion extends Question {
  readonly limit: number
  readonly after: readonly Json[] | null
}

export interface Planned {
  readonly node: RecordNode
  readonly page: CompiledPage
  readonly write: WriteText
  /** The ids of the filter, bound at each run. */
  readonly values: readonly string[]
  verbs(row: Raw): readonly string[]
  version(row: Raw): number
}

/** All plans of one shape: they differ by the constants of their callers. */
interface Family {
  readonly planned: Planned
  readonly taken: Taken
  readonly statements: Map<string, readonly StatementText[]>
}

const mostFamilies = 1_000
const mostCallers = 100
const families = new WeakMap<Model, Map<string, Family>>()

/** The plan of a question. Refusal: query-invalid. */
export function planned(context: RecordContext, policy: FormPolicy, question: Question): Planned {
  const known = families.get(context.model) ?? new Map<string, Family>()
  families.set(context.model, known)
  const lifted = liftIds(question.query.filter)
  const key = keyOf(context, policy, { question, lifted })
  const family = known.get(key)
  const plan =
    family === undefined
      ? newFamily(context, policy, { question, lifted, known, key })
      : ofFamily(context, policy, { question, lifted, family })
  return lifted.ids.length === 0 ? plan : { ...plan, values: lifted.ids }
}

interface Known {
  readonly question: Question
  readonly lifted: Lifted
  readonly family: Family
}

function ofFamily(context: RecordContext, policy: FormPolicy, of: Known): Planned {
  const { planned: plan, taken, statements: kept } = of.family
  const caller = surroundingsKey(context.around, taken)
  const statements = caller === null ? undefined : kept.get(caller)
  if (statements === undefined) return newCaller(context, policy, of)
  return { ...plan, page: { ...plan.page, statements } }
}

/** A plan that nobody else will use. */
export function plannedOnce(context: RecordContext, policy: FormPolicy, question: Question): Planned {
  const { node, page } = compile(context, policy, { question, taken: new Set() })
  return plannedFrom(node, page)
}

const numbers = new WeakMap<Policy, number>()
let lastNumber = 0

function keyOf(
  context: RecordContext,
  policy: FormPolicy,
  { question, lifted }: { readonly question: Question; readonly lifted: Lifted },
): string {
  const { query, limit, after } = question
  const number = numbers.get(context.policy) ?? ++lastNumber
  numbers.set(context.policy, number)
  const { sort, fields, expand, view, deleted } = query
  const kind = limit === undefined ? 'one' : context.db.dialect === 'postgres' ? `page ${limit}` : 'page'
  const shape = [lifted.shape, sort, fields, expand, view, deleted, after?.map((value) => value === null)]
  return `${number} ${kind} ${policy.form.name} ${JSON.stringify(shape)}`
}

interface Unplanned {
  readonly question: Question
  readonly lifted: Lifted
  readonly known: Map<string, Family>
  readonly key: string
}

function newFamily(context: RecordContext, policy: FormPolicy, { question, lifted, known, key }: Unplanned): Planned {
  const taken: Taken = new Set()
  const shared = compileShared(context, policy, { question, lifted, taken })
  if (shared === null) return plannedOnce(context, policy, question)
  const { node, page } = shared
  const family = { planned: plannedFrom(node, page), taken, statements: new Map<string, readonly StatementText[]>() }
  remember(family, context, page.statements)
  makeRoom(known, mostFamilies)
  known.set(key, family)
  return family.planned
}

/** The same shape for a caller who differs in what the plan takes. */
function newCaller(context: RecordContext, policy: FormPolicy, { question, lifted, family }: Known): Planned {
  const before = family.taken.size
  const shared = compileShared(context, policy, { question, lifted, taken: family.taken })
  if (shared === null) return plannedOnce(context, policy, question)
  if (family.taken.size > before) family.statements.clear()
  remember(family, context, shared.page.statements)
  return { ...family.planned, page: { ...family.planned.page, statements: shared.page.statements } }
}

function remember(family: Family, { around }: RecordContext, statements: readonly StatementText[]): void {
  const caller = surroundingsKey(around, family.taken)
  if (caller === null) return
  const [alike] = family.statements.values()
  makeRoom(family.statements, mostCallers)
  family.statements.set(caller, shareTexts(statements, alike))
}

/** Equal texts are kept once. */
function shareTexts(
  statements: readonly StatementText[],
  alike: readonly StatementText[] | undefined,
): readonly StatementText[] {
  return statements.map((one, index) => (alike?.[index]?.text === one.text ? { ...one, text: alike[index].text } : one))
}

/** The older half makes room. */
function makeRoom(kept: Map<string, unknown>, most: number): void {
  if (kept.size < most) return
  for (const old of [...kept.keys()].slice(0, most / 2)) kept.delete(old)
}

interface Compiled {
  readonly node: RecordNode
  readonly page: CompiledPage
}

/** With places for the ids of the filter; null: what becomes of an id depends on which it is. */
function compileShared(
  context: RecordContext,
  policy: FormPolicy,
  { question, lifted, taken }: { readonly question: Question; readonly lifted: Lifted; readonly taken: Taken },
): Compiled | null {
  if (lifted.ids.length === 0) return compile(context, policy, { question, taken })
  const strange = strangeIds(question.query.filter, lifted)
  const query = { ...question.query, filter: strange.filter }
  try {
    const { node, page } = compile(context, policy, { question: { ...question, query }, taken })
    const open = withHoles(page, strange.ids)
    return open && { node, page: open }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

function compile(
  context: RecordContext,
  policy: FormPolicy,
  { question, taken }: { readonly question: Question; readonly taken: Taken },
): Compiled {
  const { query, limit, after = null, path } = question
  const around = watchSurroundings(context.around, taken)
  const { cursor: _cursor, ...asked } = query
  const { sort, ...plan } = planList({ ...context, around }, policy, { ...asked, limit: limit ?? 1 })
  const selection = path && plan.search ? { ...plan, search: { ...plan.search, path } } : plan
  const node = recordNode(context, policy, { query, isAlone: limit === undefined })
  const ordered = { sort, after: after?.map((value) => value === null) ?? null, limit: limit ?? 1 }
  const page = compilePage(
    { selection, projection: node.projection, page: limit === undefined ? null : ordered },
    context.db.dialect,
  )
  if (after !== null && after.length !== page.keys.length) throw malformedCursor()
  return { node, page }
}

function plannedFrom(node: RecordNode, page: CompiledPage): Planned {
  const { cells } = page
  const state = cells.system.get('state')?.shown
  const version = cells.system.get('version')?.shown
  return {
    node,
    page,
    write: nodeWriter(node, cells),
    values: [],
    verbs: (row) => node.verbs?.(row, cells.conditions, state?.value(row) ?? null) ?? [],
    version: (row) => Number(version?.value(row)),
  }
}
