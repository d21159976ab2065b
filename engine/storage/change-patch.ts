/** The difference of two states as data: fields before and after, rows by id. Applying it to the one gives the other. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { isSameJson } from './diff.ts'

/** A field → what it was and what it is; a table → its rows that differ, and its order when that changed. */
export type ChangePatch = Readonly<Record<string, FieldChange | RowsChange>>

export interface FieldChange {
  readonly before: Json
  readonly after: Json
}

export interface RowsChange {
  /** null before: added; null after: removed; else only the columns that differ. */
  readonly rows: readonly RowChange[]
  readonly order?: { readonly before: readonly string[]; readonly after: readonly string[] }
}

export interface RowChange {
  readonly id: string
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

type Row = JsonObject & { readonly id: string }

/** Fields that are null or absent on both sides do not appear. */
export function diffValues(before: JsonObject, after: JsonObject): ChangePatch {
  const patch: Record<string, FieldChange | RowsChange> = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name] ?? null, after[name] ?? null]
    if (!isSameJson(was, is)) patch[name] = isRows(was) && isRows(is) ? diffRows(was, is) : { before: was, after: is }
  }
  return patch
}

/** Law: `applyPatch(before, diffValues(before, after))` is `after`, nulls aside. */
export function applyPatch(before: JsonObject, patch: ChangePatch): JsonObject {
  const changed = Object.entries(patch).map(([name, change]): [string, Json] => [
    name,
    'rows' in change ? applyRows(before[name] ?? null, change) : change.after,
  ])
  return { ...before, ...Object.fromEntries(changed) }
}

/** Law: `applyPatch(after, reversed(diffValues(before, after)))` is `before`, nulls aside. */
export function reversed(patch: ChangePatch): ChangePatch {
  return Object.fromEntries(
    Object.entries(patch).map(([name, change]) => [
      name,
      'rows' in change ? reversedRows(change) : { before: change.after, after: change.before },
    ]),
  )
}

function diffRows(before: readonly Row[], after: readonly Row[]): RowsChange {
  const old = new Map(before.map((row) => [row.id, row]))
  const kept = new Map(after.map((row) => [row.id, row]))
  const removed = before
    .filter((row) => !kept.has(row.id))
    .map((row): RowChange => ({ id: row.id, before: row, after: null }))
  const rest = after.flatMap((row) => diffRow(old.get(row.id), row))
  const orders = { before: before.map((row) => row.id), after: after.map((row) => row.id) }
  return { rows: [...removed, ...rest], ...(isSameJson(orders.before, orders.after) ? {} : { order: orders }) }
}

function diffRow(before: Row | undefined, after: Row): readonly RowChange[] {
  if (before === undefined) return [{ id: after.id, before: null, after }]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isSameJson(before[name] ?? null, after[name] ?? null),
  )
  if (names.length === 0) return []
  const pick = (row: Row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  return [{ id: after.id, before: pick(before), after: pick(after) }]
}

function applyRows(value: Json, change: RowsChange): Json {
  const rows = new Map((isRows(value) ? value : []).map((row) => [row.id, row]))
  for (const { id, after } of change.rows) {
    if (after === null) rows.delete(id)
    else rows.set(id, { ...rows.get(id), ...after, id })
  }
  const order = change.order?.after ?? [...rows.keys()]
  return order.flatMap((id) => rows.get(id) ?? [])
}

function reversedRows(change: RowsChange): RowsChange {
  const rows = change.rows.map(({ id, before, after }) => ({ id, before: after, after: before }))
  return {
    rows,
    ...(change.order === undefined ? {} : { order: { before: change.order.after, after: change.order.before } }),
  }
}

/** A list of row objects; the empty list is one, too. */
function isRows(value: Json): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => isObject(row) && typeof row.id === 'string')
}
