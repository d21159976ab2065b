/** Station `reply`: a stored record as this caller may see it: hidden fields absent, masked ones cut, links with titles. */

import type { FormPolicy } from '#access/policy.ts'
import { fieldDenies, readGrants } from '#access/visibility.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { resolveText } from '#base/text.ts'
import type { FieldModel } from '#definitions/model.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { ListAnswer, ListRow } from '#storage/query-plan.ts'
import { rowsOf } from './merge.ts'
import { type RecordRights, rightsFrom } from './rights.ts'

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
  const rights = rightsOfRow(how.policy, row)
  const wire: Record<string, Json> = {
    id: record.id,
    version: record.version,
    title: rights.reads('title') ? record.title : null,
  }
  const { form } = how.policy
  if (form.lifecycle && rights.reads('state')) wire.state = record.state
  for (const field of form.fields.values()) {
    if (how.fields && !how.fields.has(field.name)) continue
    const value = presentField(field, { stored: record.values[field.name] ?? null, live, rights, titles: how.titles })
    if (value !== undefined) wire[field.name] = value
  }
  if (rights.reads('owner')) wire.owner = linkWire('user', record.owner, how.titles)
  wire.created_at = record.created_at
  wire.created_by = linkWire('user', record.created_by, how.titles)
  wire.updated_at = record.updated_at
  wire.updated_by = linkWire('user', record.updated_by, how.titles)
  if (record.deleted_at !== null) wire.deleted_at = record.deleted_at
  return wire
}

interface FieldSource {
  readonly stored: Json
  readonly live: LiveRecord | null
  readonly rights: RecordRights
  readonly titles: Titles
}

function presentField(field: FieldModel, source: FieldSource): Json | undefined {
  if (field.table) return presentTable(field, source)
  const value = field.stored ? source.stored : (source.live?.wire(field.name) ?? null)
  if (source.rights.reads(field.name)) return presentValue(field, value, source.titles)
  return source.rights.masks(field.name) ? maskedValue(value) : undefined
}

function presentTable(table: FieldModel, source: FieldSource): Json | undefined {
  const columns = [...(table.table?.fields.values() ?? [])]
  const open = columns.filter((column) => source.rights.reads(`${table.name}.${column.name}`))
  const masked = columns.filter((column) => source.rights.masks(`${table.name}.${column.name}`))
  if (open.length === 0 && masked.length === 0) return undefined
  return rowsOf(source.stored).map((row) =>
    Object.fromEntries<Json>([
      ['id', row.id],
      ...open.map(
        (column) =>
          [
            column.name,
            presentValue(
              column,
              column.stored
                ? (row[column.name] ?? null)
                : (source.live?.wireCell(table.name, row.id, column.name) ?? null),
              source.titles,
            ),
          ] as const,
      ),
      ...masked.map((column) => [column.name, maskedValue(row[column.name] ?? null)] as const),
    ]),
  )
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

/** The last four characters behind dots; a shorter value shows nothing of itself. */
export function maskedValue(value: Json): Json {
  if (value === null || typeof value === 'object') return null
  const text = String(value)
  return `••••${text.length > 4 ? text.slice(-4) : ''}`
}

/** The label of a field in the caller's language. */
export function labelOf(field: FieldModel, locale: string): string {
  return resolveText(field.definition.label, locale) || field.name
}
