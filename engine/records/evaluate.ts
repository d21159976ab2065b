/** Unsaved values through the same stations as a write, without writing: defaults, copies, formulas, rules, checks. */

import { has } from '#access/policy.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import { compileForm, type FieldProgram } from '#expressions/form-program.ts'
import { judge, rulesOf } from '#expressions/judge.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { coerce } from './coerce.ts'
import { type RecordContext, visibleForm } from './context.ts'
import { liveOf, openLive, settleFormulas, systemValues } from './draft.ts'
import { startValues, withEmptyRollups } from './empty-rollups.ts'
import { applyCopies, applyDefaults, applyRowDefaults } from './fill.ts'
import { type Merged, merge } from './merge.ts'
import { readableIssues } from './readable-issues.ts'
import { type RecordRights, rightsFrom, rightsOn } from './rights.ts'
import { linkIssues } from './targets.ts'
import { besideLinks, unseenLinks, withoutLinks } from './unseen-links.ts'

export interface EvaluateRequest {
  /** Of an existing record; absent for a new one. */
  readonly id?: string
  readonly values: JsonObject
}

/** `{values, rules: {field: {visible, required, readonly}}, issues, warnings}`; only what the caller may read. */
export async function evaluateRecord(
  context: RecordContext,
  name: string,
  request: EvaluateRequest,
): Promise<{ values: JsonObject; rules: JsonObject; issues: readonly Issue[]; warnings: readonly Issue[] }> {
  const { form, policy } = visibleForm(context, name)
  const program = compileForm(context.model, form.name)
  return context.db.read(async (db) => {
    const before = request.id === undefined ? null : await loadVisible(db, context, { name, id: request.id })
    const old = before ? await liveOf(db, context, before, program) : null
    const rights = old
      ? rightsOn(policy, 'read', old.scope())
      : rightsFrom(
          policy.grants.filter((grant) => has(grant.verbs, 'create')),
          new Set(),
        )
    if (rights.grants.length === 0) throw new Refusal(before ? 'not-found' : 'forbidden')
    const { input, issues } = coerce(form, request.values, {
      rights: { reads: rights.reads, writes: rights.reads },
      placing: false,
    })
    const merged = merge(form, before?.values ?? {}, input, context.ids)
    const system = before
      ? systemValues(before)
      : { id: null, version: 1, owner: context.actor.id, state: form.lifecycle?.initial ?? null }
    const judgeAs = async (values: Merged) => {
      const start = before ? withEmptyRollups(program, values) : startValues(program, values)
      const live = await openLive(db, context, { program, values: { ...start, ...system } })
      await applyCopies(db, context, { live, before: before?.values ?? null })
      const filled = before ? live : await withDefaults(db, context, { live, input, merged: values, system })
      settleFormulas(filled)
      const { issues: wrong, warnings } = judge(filled, old?.row ?? null)
      const links = await linkIssues(db, context, { live: filled, before, id: before?.id ?? '' })
      return {
        filled,
        warnings,
        found: [...issues, ...merged.issues, ...readableIssues([...wrong, ...links], program, rights)],
      }
    }
    const first = await judgeAs(merged)
    const unseen = unseenLinks(first.found)
    const { filled, warnings, found } = unseen.length === 0 ? first : await judgeAs(withoutLinks(merged, unseen))
    return {
      values: shown(filled, rights),
      rules: rulesShown(filled, rights),
      issues: besideLinks(unseen, found),
      warnings: readableIssues(warnings, program, rights),
    }
  })
}

async function withDefaults(
  db: Connection,
  context: RecordContext,
  parts: {
    live: LiveRecord
    input: ReturnType<typeof coerce>['input']
    merged: ReturnType<typeof merge>
    system: JsonObject
  },
): Promise<LiveRecord> {
  const { live, input, merged, system } = parts
  const copied = { ...live.values(), ...system }
  const given = new Set([...Object.keys(input.fields), ...Object.keys(input.tables)])
  const filled = applyDefaults(live.program, copied, { given, around: live.around })
  const complete = applyRowDefaults(live.program, filled, {
    added: merged.added,
    given: new Map(),
    around: live.around,
  })
  const next = await openLive(db, context, { program: live.program, values: complete })
  await applyCopies(db, context, { live: next, before: copied })
  return next
}

async function loadVisible(
  db: Connection,
  context: RecordContext,
  at: { name: string; id: string },
): Promise<StoredRecord> {
  const record = (await context.store.load(db, at.name, [at.id])).get(at.id)
  if (!record) throw new Refusal('not-found')
  return record
}

function shown(live: LiveRecord, rights: RecordRights): JsonObject {
  const values: Record<string, Json> = {}
  for (const program of live.program.fields.values()) {
    const name = program.field.name
    if (!opens(rights, program)) continue
    if (program.columns)
      values[name] = (live.wire(name) as readonly JsonObject[]).map((row) =>
        Object.fromEntries(
          Object.entries(row).filter(([column]) => column === 'id' || rights.reads(`${name}.${column}`)),
        ),
      )
    else values[name] = live.wire(name)
  }
  return values
}

function rulesShown(live: LiveRecord, rights: RecordRights): JsonObject {
  const own = [...live.program.fields.values()].filter((program) => opens(rights, program))
  return Object.fromEntries(own.map((program) => [program.field.name, { ...rulesOf(program, live.scope()) }]))
}

/** A table is there for whom any of its columns is. */
function opens(rights: RecordRights, { field, columns }: FieldProgram): boolean {
  if (!columns) return rights.reads(field.name)
  return [...columns.keys()].some((column) => rights.reads(`${field.name}.${column}`))
}
