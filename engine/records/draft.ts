/** A record in the making: its live cells with links loaded around it. Used by every write and by `evaluate`. */

import type { FormPolicy } from '#access/policy.ts'
import type { Json } from '#base/json.ts'
import type { Compiled, Row } from '#expressions/expression.ts'
import type { FormProgram } from '#expressions/form-program.ts'
import { clearHidden } from '#expressions/judge.ts'
import { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { reachingExpressions, rulesOfPolicy, withLinks } from './links.ts'
import type { Values } from './merge.ts'

/** System values of a record as evaluations read them. */
export function systemValues(record: StoredRecord): Values {
  const { id, version, title, owner, state, created_at, created_by, updated_at, updated_by } = record
  return { id, version, title, owner, state, created_at, created_by, updated_at, updated_by }
}

/** Live cells of a stored record, with all that its rules and the policy read over links. */
export async function liveOf(
  db: Connection,
  context: RecordContext,
  record: StoredRecord,
  program: FormProgram,
): Promise<LiveRecord> {
  return openLive(db, context, { program, values: { ...record.values, ...systemValues(record) } })
}

export interface LiveInput {
  readonly program: FormProgram
  readonly values: Values
}

/** The same for many records of one form, with one query per linked form. */
export async function liveOfAll(
  db: Connection,
  context: RecordContext,
  request: { readonly records: readonly StoredRecord[]; readonly program: FormProgram },
): Promise<readonly LiveRecord[]> {
  const lives = request.records.map(
    (record) => new LiveRecord(request.program, { ...record.values, ...systemValues(record) }, context.around),
  )
  const policy = context.policy.form(request.program.form.name)
  const around = await withLinks(
    db,
    context,
    lives.flatMap((live) => evaluationsOf(live, policy)),
  )
  for (const live of lives) live.around = around
  return lives
}

/** Live cells of any values (system values among them); formulas are not recomputed yet. */
export async function openLive(db: Connection, context: RecordContext, input: LiveInput): Promise<LiveRecord> {
  const live = new LiveRecord(input.program, input.values, context.around)
  await loadAround(db, context, live)
  return live
}

/** Loads again what the cells, as they stand now, reach over links. */
export async function loadAround(db: Connection, context: RecordContext, live: LiveRecord): Promise<void> {
  const policy = context.policy.form(live.program.form.name)
  live.around = await withLinks(db, context, evaluationsOf(live, policy))
}

/** Formulas, then hidden fields emptied, until nothing moves. */
export function settleFormulas(live: LiveRecord): void {
  live.recompute()
  for (let round = 0; round < 5 && clearHidden(live); round++) live.recompute()
}

function evaluationsOf(
  live: LiveRecord,
  policy: FormPolicy | null,
): readonly { compiled: Compiled; rows: { row: Row; parent?: Row }[] }[] {
  const top = [{ row: live.row }]
  const rules = policy ? rulesOfPolicy(policy).map((compiled) => ({ compiled, rows: top })) : []
  const own = reachingExpressions(live.program).map(({ compiled, table }) => ({
    compiled,
    rows: table === null ? top : live.rows(table).map((row) => ({ row, parent: live.row })),
  }))
  return [...own, ...rules.filter(({ compiled }) => compiled.linkReads.length > 0 || compiled.usesTree)]
}

/** The values that go into columns: stored fields only, tables without their unstored columns. */
export function storedValues(live: LiveRecord): Values {
  const values: Record<string, Json> = {}
  for (const program of live.program.fields.values()) {
    const { name, stored, table } = program.field
    if (!stored) continue
    const wire = live.wire(name)
    values[name] = table
      ? ((wire as readonly Values[]).map((row) =>
          Object.fromEntries(Object.entries(row).filter(([column]) => table.fields.get(column)?.stored !== false)),
        ) as Json)
      : wire
  }
  return values
}
