/** A record as it was at a version or a time: rebuilt from its Changes, shown by today's policy. */
import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import { datetimeMs } from '#base/dates.ts'
import { isObject, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import { valueTypes } from '#definitions/value-type.ts'
import { cellsRead, compileForm, type FormProgram } from '#expressions/form-program.ts'
import { type Change, changesOf } from '#storage/change-log.ts'
import { applyPatch } from '#storage/change-patch.ts'
import type { Connection } from '#storage/connection.ts'
import type { ListRow } from '#storage/query-plan.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { LinkedIds, type Titles } from '#storage/titles.ts'
import { type RecordContext, visibleForm } from './context.ts'
import { liveOf } from './draft.ts'
import { visibleRow } from './history.ts'
import { rowsOf } from './merge.ts'
import { presentRecord } from './present.ts'
import { titleOf } from './title-of.ts'

export type Moment = { readonly version: number } | { readonly ms: number }

const pageSize = 200

/**
 * Without roll-ups, without what is computed from them and without what is computed when read: the log does not hold these.
 * Refusals: not-found for a record that is not visible now, and for a moment before it was made or a version that never was.
 */
export async function recordAt(
  context: RecordContext,
  name: string,
  at: { readonly id: string; readonly moment: Moment },
): Promise<JsonObject> {
  const { form, policy } = visibleForm(context, name)
  return context.db.read(async (db) => {
    const row = await visibleRow(db, context, { name, id: at.id })
    const changes = until(await allChanges(db, { form: name, record: at.id }), at.moment)
    const record = rebuilt(row.record, changes)
    const program = compileForm(context.model, name)
    const live = await liveOf(db, context, record, program)
    const titles = await titlesFor(db, context, { form, record })
    const past: ListRow = { ...row, record: { ...record, title: titleOf(live) } }
    const shown = presentRecord(past, live, { policy, fields: null, titles })
    return withoutLost(shown, program)
  })
}

async function allChanges(
  db: Connection,
  target: { readonly form: string; readonly record: string },
): Promise<readonly Change[]> {
  const found: Change[] = []
  for (let before: number | undefined; ; ) {
    const page = await changesOf(db, target, { ...(before === undefined ? {} : { before }), limit: pageSize })
    found.push(...page)
    before = page.at(-1)?.seq
    if (page.length < pageSize || before === undefined) return found.reverse()
  }
}

/** Those up to the moment, oldest first; at least one. */
function until(changes: readonly Change[], moment: Moment): readonly Change[] {
  const last =
    'version' in moment
      ? changes.findIndex((change) => change.version === moment.version)
      : changes.findLastIndex((change) => datetimeMs(change.at) <= moment.ms)
  if (last < 0) throw new Refusal('not-found')
  return changes.slice(0, last + 1)
}

function rebuilt(now: StoredRecord, changes: readonly Change[]): StoredRecord {
  const state = changes.reduce<JsonObject>((values, change) => applyPatch(values, change.patch), {})
  const { owner, state: step, deleted_at, ...values } = state
  const last = changes.at(-1)
  return {
    ...now,
    version: last?.version ?? now.version,
    title: null,
    owner: textOf(owner),
    state: textOf(step),
    deleted_at: textOf(deleted_at),
    updated_at: last?.at ?? now.updated_at,
    updated_by: last?.actor ?? null,
    values,
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** Titles of what the record linked to then, as far as it is visible now. */
async function titlesFor(
  db: Connection,
  context: RecordContext,
  { form, record }: { readonly form: FormModel; readonly record: StoredRecord },
): Promise<Titles> {
  const { policy } = visibleForm(context, form.name)
  const linked = new LinkedIds()
  for (const user of [record.owner, record.created_by, record.updated_by]) linked.add(userLink, user)
  for (const field of form.fields.values()) {
    const value = record.values[field.name]
    if (!field.table) linked.add(field.type ?? valueTypes.text, value)
    else
      for (const row of rowsOf(value))
        linked.addAll(
          [...field.table.fields.values()].map((column) => [column.name, column.type] as const),
          row,
        )
  }
  return linked.titles(db, {
    model: context.model,
    form: form.name,
    around: context.around,
    visible: visibilityOf(policy),
    targets: visibleTargets(context.model, context.policy),
    where: [],
  })
}

const userLink = { is: 'record', form: 'user' } as const

/** Takes out what the log does not hold, columns of tables among it. */
function withoutLost(record: JsonObject, program: FormProgram): JsonObject {
  const lost = lostCells(program)
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => !lost.has(name))
      .map(([name, value]) => {
        if (!program.fields.get(name)?.columns || !Array.isArray(value)) return [name, value]
        const rows = value.filter(isObject).map((row) => {
          const kept = Object.entries(row).filter(([column]) => !lost.has(`${name}/${column}`))
          return Object.fromEntries(kept)
        })
        return [name, rows]
      }),
  )
}

/** Cells that move without a Change: roll-ups, what is computed when read, and every formula that reads one of them. */
function lostCells(program: FormProgram): ReadonlySet<string> {
  const all = [...program.fields.values()].flatMap((field) => [field, ...(field.columns?.values() ?? [])])
  const lost = new Set(all.filter(({ field }) => field.computed === 'rollup' || !field.stored).map((each) => each.key))
  const isTable = (field: string) => program.fields.get(field)?.columns != null
  for (const { program: cell, formula, table } of program.order)
    if (cellsRead(formula, table, isTable).some((key) => lost.has(key.replace(/^\*/, '')))) lost.add(cell.key)
  return lost
}
