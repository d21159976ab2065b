/** The rows of a table field: a thousand of them are compared by id, and only what differs is written. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { Connection } from './connection.ts'
import { changedColumns, isSameJson } from './diff.ts'
import { idsOf, type JoinStore } from './join-store.ts'
import type { Values } from './stored-record.ts'
import type { TableStore } from './table-store.ts'

export interface RowsStore {
  readonly field: string
  readonly rows: TableStore
  readonly links: readonly JoinStore[]
}

/** Row objects of a table value; each has an `id`. */
export function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

export async function insertRows(
  db: Connection,
  table: RowsStore,
  parents: readonly { readonly parent: string; readonly rows: readonly JsonObject[] }[],
): Promise<void> {
  const placed = parents.flatMap(({ parent, rows }) => rows.map((row, position) => ({ parent, row, position })))
  await insertPlaced(db, table, placed)
}

interface PlacedRow {
  readonly parent: string
  readonly row: JsonObject
  readonly position: number
}

async function insertPlaced(db: Connection, table: RowsStore, placed: readonly PlacedRow[]): Promise<void> {
  const { fields } = table.rows
  await table.rows.insert(
    db,
    placed.map(({ parent, row, position }) => [
      String(row.id),
      parent,
      position,
      ...fields.map((column) => column.toColumn(row[column.name])),
    ]),
  )
  await saveLinks(
    db,
    table.links,
    placed.map(({ row }) => ({ id: String(row.id), before: {}, after: row })),
  )
}

/** Inserts, updates, deletes and moves; rows that stay as they are cost nothing. */
export async function saveRows(
  db: Connection,
  table: RowsStore,
  change: { readonly parent: string; readonly before: readonly JsonObject[]; readonly after: readonly JsonObject[] },
): Promise<void> {
  const old = new Map(change.before.map((row, position) => [String(row.id), { row, position }]))
  const kept = new Set(change.after.map((row) => String(row.id)))
  await table.rows.remove(
    db,
    [...old.keys()].filter((id) => !kept.has(id)),
  )
  const placed = change.after.map((row, position) => ({ parent: change.parent, row, position }))
  await updatePlaced(
    db,
    table,
    placed.flatMap((now) => {
      const was = old.get(String(now.row.id))
      return was === undefined ? [] : [{ was, now }]
    }),
  )
  await insertPlaced(
    db,
    table,
    placed.filter(({ row }) => !old.has(String(row.id))),
  )
}

interface MovedRow {
  readonly was: { readonly row: JsonObject; readonly position: number }
  readonly now: PlacedRow
}

/** Rows that changed in the same columns go together. */
async function updatePlaced(db: Connection, table: RowsStore, moved: readonly MovedRow[]): Promise<void> {
  const groups = new Map<string, { names: readonly string[]; rows: unknown[][] }>()
  for (const { was, now } of moved) {
    const names =
      was.row === now.row
        ? []
        : changedColumns(
            table.rows.fields,
            (name) => was.row[name],
            (name) => now.row[name],
          )
    const values = names.map((name) => table.rows.column(name).toColumn(now.row[name]))
    if (was.position !== now.position) {
      names.push('position')
      values.push(now.position)
    }
    const group = groups.get(names.join()) ?? { names, rows: [] }
    group.rows.push([String(now.row.id), ...values])
    groups.set(names.join(), group)
  }
  for (const { names, rows } of groups.values()) await table.rows.update(db, names, rows)
  await saveLinks(
    db,
    table.links,
    moved.map(({ was, now }) => ({ id: String(now.row.id), before: was.row, after: now.row })),
  )
}

/** Record id → its rows in order. */
export async function loadRows(
  db: Connection,
  table: RowsStore,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly JsonObject[]>> {
  const { rows: store } = table
  const names = store.columns.map((column) => column.name)
  const found = await store.select(db, { names, key: 'parent_id', ids, clause: 'in order' })
  const links = await Promise.all(
    table.links.map(async (join) => ({
      field: join.field,
      of: await join.load(
        db,
        found.map((row) => String(row['id'])),
      ),
    })),
  )
  const byParent = new Map<string, JsonObject[]>()
  for (const raw of found) {
    const row: Record<string, Json> = { id: String(raw['id']) }
    for (const column of store.fields) row[column.name] = column.fromColumn(raw[column.name])
    for (const link of links) row[link.field] = link.of.get(String(raw['id'])) ?? []
    const rows = byParent.get(String(raw['parent_id'])) ?? []
    rows.push(row)
    byParent.set(String(raw['parent_id']), rows)
  }
  return byParent
}

/** Lists of links are written whole where they differ. */
export async function saveLinks(
  db: Connection,
  links: readonly JoinStore[],
  changes: readonly { readonly id: string; readonly before: Values; readonly after: Values }[],
): Promise<void> {
  for (const join of links) {
    const differing = changes.filter(
      ({ before, after }) =>
        join.field in after && !isSameJson([...idsOf(before[join.field])], [...idsOf(after[join.field])]),
    )
    await join.remove(
      db,
      differing.filter(({ before }) => idsOf(before[join.field]).length > 0).map(({ id }) => id),
    )
    await join.insert(
      db,
      differing.map(({ id, after }) => ({ id, targets: idsOf(after[join.field]) })),
    )
  }
}
