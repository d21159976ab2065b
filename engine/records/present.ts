/** Station `reply`: a stored record as this caller may see it: hidden fields absent, masked ones cut, links with titles. */

import type { FormPolicy } from '#access/policy.ts'
import { fieldDenies, readGrants } from '#access/visibility.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { resolveText } from '#base/text.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { LiveRecord, RecordValues } from '#expressions/live-record.ts'
import type { ListAnswer, ListRow } from '#storage/query-plan.ts'
import { rowsOf } from './merge.ts'
import { type RecordRights, rightsFrom } from './rights.ts'
import { maskedValue, type ShownField, shownRecord } from './shown.ts'

export type Titles = ListAnswer['titles']

export interface Presentation {
  readonly policy: FormPolicy
  /** Field names to give; null: all. */
  readonly fields: ReadonlySet<string> | null
  readonly titles: Titles
}

/** The rights that the evaluated conditions of a row give: read grants first, then field denies, in the order of `rowConditions`. */
export function rightsOfRow(policy: FormPolicy, row: ListRow): RecordRights {
  const grants = readGrants(policy)
  const held = grants.filter((_, index) => row.conditions[index]).map(({ grant }) => grant)
  const denied = fieldDenies(policy)
    .filter((_, index) => row.conditions[grants.length + index])
    .flatMap(({ deny }) => [...(deny.hidden ?? [])])
  return rightsFrom(held, new Set(denied))
}

/** What `ListPlan.conditions` must hold for `rightsOfRow`. */
export function rowConditions(policy: FormPolicy) {
  return [...readGrants(policy), ...fieldDenies(policy)].map(({ condition }) => condition)
}

/** The record on the wire. `live` carries what is computed when read. */
export function presentRecord(row: ListRow, live: LiveRecord | null, how: Presentation): JsonObject {
  const { record } = row
  const shown = shownRecord(how.policy, rightsOfRow(how.policy, row), how.fields)
  const wire: Record<string, Json> = {
    id: record.id,
    version: record.version,
    title: shown.title ? record.title : null,
  }
  if (shown.state) wire.state = record.state
  for (const one of shown.fields) {
    const { field, columns } = one
    wire[field.name] = columns
      ? rowsOf(record.values[field.name]).map((row) => presentRow(field, row, { columns, live, titles: how.titles }))
      : shownValue(one, fieldValue(field, record.values[field.name], live), how.titles)
  }
  if (shown.owner) wire.owner = linkWire('user', record.owner, how.titles)
  wire.created_at = record.created_at
  wire.created_by = linkWire('user', record.created_by, how.titles)
  wire.updated_at = record.updated_at
  wire.updated_by = linkWire('user', record.updated_by, how.titles)
  if (record.deleted_at !== null) wire.deleted_at = record.deleted_at
  return wire
}

interface RowSource {
  readonly columns: readonly ShownField[]
  readonly live: LiveRecord | null
  readonly titles: Titles
}

function presentRow(table: FieldModel, row: RecordValues & { readonly id?: Json }, source: RowSource): JsonObject {
  const { columns, live, titles } = source
  const id = row.id ?? null
  const shown = columns.map((one) => {
    const { name, stored } = one.field
    const value = stored ? (row[name] ?? null) : (live?.wireCell(table.name, String(id), name) ?? null)
    return [name, shownValue(one, value, titles)] as const
  })
  return Object.fromEntries<Json>([['id', id], ...shown])
}

function fieldValue(field: FieldModel, stored: Json | undefined, live: LiveRecord | null): Json {
  return (field.stored ? stored : live?.wire(field.name)) ?? null
}

function shownValue({ field, isMasked }: ShownField, value: Json, titles: Titles): Json {
  return isMasked ? maskedValue(value) : presentValue(field, value, titles)
}

/** A value on the wire; links with the title of their target, null where the target is not visible. */
export function presentValue(field: FieldModel, value: Json, titles: Titles): Json {
  const { type } = field
  if (value === null) return null
  if (type.is === 'record' && typeof value === 'string') return linkWire(type.form, value, titles)
  if (type.is === 'any_record' && typeof value === 'string') {
    const [form, id] = value.split('/') as [string, string]
    const link = linkWire(form, id, titles)
    return link && { ...(link as JsonObject), form }
  }
  if (type.is === 'list' && type.of.is === 'record' && Array.isArray(value)) {
    const target = type.of.form
    return value.flatMap((id) => linkWire(target, String(id), titles) ?? [])
  }
  return value
}

function linkWire(form: string, id: string | null, titles: Titles): Json {
  if (id === null) return null
  const title = titles.get(form)?.get(id)
  return title === undefined ? null : { id, title: title ?? null }
}

/** The label of a field in the caller's language. */
export function labelOf(field: FieldModel, locale: string): string {
  return resolveText(field.definition.label, locale) || field.name
}
