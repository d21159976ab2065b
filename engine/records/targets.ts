/** Link targets must exist, be visible to the caller, pass the link's filter and make no loop: a link is a read as well. */

import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { Row } from '#expressions/expression.ts'
import type { FieldProgram } from '#expressions/form-program.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import { linkFilterPlace, tableOf } from '#expressions/places.ts'
import { seenInBulk } from '#storage/bulk.ts'
import type { Connection } from '#storage/connection.ts'
import { runList } from '#storage/query.ts'
import type { Predicate } from '#storage/query-plan.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { readsOwnRow, runVisibleIds } from '#storage/visible-ids.ts'
import type { RecordContext } from './context.ts'
import { targetOf } from './locks.ts'
import { rowsOf } from './merge.ts'

export interface LinkSubject {
  readonly live: LiveRecord
  readonly before: StoredRecord | null
  readonly id: string
}

/** One new value of a link, with its place. */
interface Pointed {
  readonly pointer: string
  readonly program: FieldProgram
  readonly value: string
  readonly row?: Row
}

/** Issues `link-not-found` (missing or invisible alike), `link-filtered`, `tree-loop` for every link that changed. */
export async function linkIssues(db: Connection, context: RecordContext, subject: LinkSubject): Promise<Issue[]> {
  const pointed = newPointers(subject)
  const issues: Issue[] = []
  for (const group of groupByQuestion(pointed)) issues.push(...(await judgeGroup(db, context, { group, subject })))
  const owner = subject.live.wire('owner')
  if (typeof owner === 'string' && owner !== subject.before?.owner && owner !== context.actor.id) {
    if ((await visibleIds(db, context, { form: 'user', ids: [owner] })).size === 0)
      issues.push({ pointer: '/owner', code: 'link-not-found' })
  }
  return issues
}

function newPointers({ live, before }: LinkSubject): Pointed[] {
  return [...live.program.fields.values()].flatMap((program) => {
    const name = program.field.name
    if (!program.columns)
      return fresh(program, live.wire(name), before?.values[name]).map((value) => ({
        pointer: `/${name}`,
        program,
        value,
      }))
    const columns = [...program.columns.values()]
    const old = new Map(rowsOf(before?.values[name]).map((row) => [row.id, row]))
    return live
      .rows(name)
      .flatMap((row, index) =>
        columns.flatMap((column) =>
          fresh(
            column,
            live.wireCell(name, String(row.id), column.field.name),
            old.get(String(row.id))?.[column.field.name],
          ).map((value) => ({ pointer: `/${name}/${index}/${column.field.name}`, program: column, value, row })),
        ),
      )
  })
}

function fresh(program: FieldProgram, value: unknown, before: unknown): string[] {
  if (program.field.computed || !program.field.kind.linksTo) return []
  if (value !== null && program.field.kind.check(value as Json, program.field.definition).length > 0) return []
  const old = new Set(Array.isArray(before) ? before : [before])
  const values = Array.isArray(value) ? value : [value]
  return values.filter((each): each is string => typeof each === 'string' && each !== '' && !old.has(each))
}

function groupByQuestion(pointed: readonly Pointed[]): Pointed[][] {
  const groups = new Map<string, Pointed[]>()
  for (const each of pointed) {
    const perRow =
      each.program.filter &&
      each.row &&
      (each.program.filter.reads.some(([first]) => first === '$record') ||
        each.program.filter.linkReads.some(({ from }) => from[0] === '$record'))
    const key = `${each.program.key} ${perRow ? each.pointer : ''}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups.values()]
}

async function judgeGroup(
  db: Connection,
  context: RecordContext,
  { group, subject }: { group: readonly Pointed[]; subject: LinkSubject },
): Promise<Issue[]> {
  const first = group[0] as Pointed
  const targets = new Map(group.map((each) => [each.value, linkTarget(first.program.field, each.value)]))
  const issues: Issue[] = []
  const byForm = new Map<string, string[]>()
  for (const target of targets.values())
    if (target) byForm.set(target.form, [...(byForm.get(target.form) ?? []), target.id])
  const visible = new Map<string, ReadonlySet<string>>()
  const passing = new Map<string, ReadonlySet<string>>()
  for (const [form, ids] of byForm) {
    const table = [...targets.values()].find((target) => target?.form === form)?.table
    const parents = table ? await parentIds(db, context, { form, table, ids }) : new Map(ids.map((id) => [id, id]))
    const seen = await visibleIds(db, context, { form, ids: [...parents.values()] })
    visible.set(form, new Set(ids.filter((id) => seen.has(parents.get(id) ?? ''))))
    passing.set(
      form,
      first.program.filter && !table
        ? await visibleIds(db, context, { form, ids, filter: filterOf(context, first, subject) })
        : (visible.get(form) as ReadonlySet<string>),
    )
  }
  for (const each of group) {
    const target = targets.get(each.value)
    if (!target || !visible.get(target.form)?.has(target.id))
      issues.push({ pointer: each.pointer, code: 'link-not-found' })
    else if (!passing.get(target.form)?.has(target.id)) issues.push({ pointer: each.pointer, code: 'link-filtered' })
    else if (
      each.program.field.definition.tree === true &&
      (await makesLoop(db, context, { form: target.form, id: subject.id, parent: target.id }))
    )
      issues.push({ pointer: each.pointer, code: 'tree-loop' })
  }
  return issues
}

function linkTarget(field: FieldModel, value: string) {
  if (field.type.is === 'list' && field.type.of.is === 'record')
    return { form: field.type.of.form, id: value, table: undefined }
  const target = targetOf(field, value)[0]
  if (!target) return null
  if (field.type.is === 'any_record' && !field.type.forms.includes(target.form)) return null
  return { form: target.form, id: target.id, table: target.table }
}

async function parentIds(
  db: Connection,
  context: RecordContext,
  request: { form: string; table: string; ids: readonly string[] },
): Promise<Map<string, string>> {
  const parents = new Map<string, string>()
  for (const id of request.ids) {
    const parent = await context.store.parentOf(db, { form: request.form, table: request.table, id })
    if (parent) parents.set(id, parent)
  }
  return parents
}

function filterOf(context: RecordContext, pointed: Pointed, { live }: LinkSubject): Predicate {
  const { filter, field } = pointed.program
  if (!filter) return { always: true }
  const owner = pointed.row
    ? tableOf(context.model, live.program.form.name, pointed.pointer.split('/')[1])
    : live.program.form
  const place = linkFilterPlace(context.model, owner, tableOf(context.model, String(field.definition.to)))
  return {
    compiled: filter,
    place,
    recordRow: pointed.row ?? live.row,
    ...(pointed.row ? { recordParentRow: live.row } : {}),
  }
}

/** Which of these records the caller may read (and, with `filter`, which of them pass it). */
export async function visibleIds(
  db: Connection,
  context: RecordContext,
  request: { form: string; ids: readonly string[]; filter?: Predicate },
): Promise<ReadonlySet<string>> {
  const policy = context.policy.form(request.form)
  if (!policy || request.ids.length === 0) return new Set()
  const visible = visibilityOf(policy)
  if (!request.filter) return unfilteredIds(db, context, { ...request, visible })
  const answer = await runList(db, {
    model: context.model,
    form: request.form,
    around: context.around,
    visible,
    targets: visibleTargets(context.model, context.policy),
    where: [{ field: 'id', oneOf: [...new Set(request.ids)] }, request.filter],
    select: [],
    sort: [],
    limit: request.ids.length,
  })
  return new Set(answer.rows.map((row) => row.record.id))
}

async function unfilteredIds(
  db: Connection,
  context: RecordContext,
  { form, ids, visible }: { form: string; ids: readonly string[]; visible: ReturnType<typeof visibilityOf> },
): Promise<ReadonlySet<string>> {
  const seen = seenTargets(db, form, visible)
  if (seen && ids.every((id) => seen.has(id))) return seen
  const { model, around, store } = context
  const found =
    'always' in visible.where && visible.where.always
      ? new Set((await store.load(db, form, ids, { tables: false })).keys())
      : await runVisibleIds(db, { model, form, around, visible, ids })
  for (const id of found) seen?.add(id)
  return found
}

/** What a bulk has seen of the form until one of its records changes; null where another form's records may decide. */
export function seenTargets(
  db: Connection,
  form: string,
  visible: ReturnType<typeof visibilityOf>,
): Set<string> | null {
  return readsOwnRow(visible.where) ? seenInBulk(db, form, visible) : null
}

async function makesLoop(
  db: Connection,
  context: RecordContext,
  link: { form: string; id: string; parent: string },
): Promise<boolean> {
  return link.parent === link.id || context.store.inTree(db, link.form, { node: link.parent, ancestor: link.id })
}
