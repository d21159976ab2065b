/** Titles of the records that an answer links to: one query per form, only those that are visible. */
import { sql } from 'kysely'
import type { Json, JsonObject } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import { type Connection, dialectOf } from './connection.ts'
import { formStore } from './form-store.ts'
import { physicalName } from './names.ts'
import { predicateSql } from './predicate.ts'
import type { Selection } from './query-plan.ts'
import { listOf, oneOf } from './sql-text.ts'
import { VisibleTables } from './visible-tables.ts'

export type Titles = ReadonlyMap<string, ReadonlyMap<string, string | null>>

/** Collects ids by form while an answer is put together. */
export class LinkedIds {
  readonly #records = new Map<string, Set<string>>()
  readonly #rows = new Map<string, { readonly form: string; readonly table: string; readonly ids: Set<string> }>()

  add(type: ValueType, value: Json | undefined): void {
    if (value === null || value === undefined) return
    if (type.is === 'list') {
      for (const one of Array.isArray(value) ? value : []) this.add(type.of, one)
    } else if (type.is === 'record') this.#addRecord(type, String(value))
    else if (type.is === 'any_record') this.#addAny(String(value))
  }

  /** Values of a record or row, by the types of its fields. */
  addAll(types: Iterable<readonly [string, ValueType]>, values: JsonObject): void {
    for (const [name, type] of types) this.add(type, values[name])
  }

  async titles(db: Connection, selection: Selection): Promise<Titles> {
    const tables = new VisibleTables(selection, dialectOf(db))
    const found = new Map<string, Map<string, string | null>>()
    for (const [form, ids] of this.#records)
      found.set(form, await titlesOf(db, { selection, tables, form, ids: [...ids] }))
    for (const { form, table, ids } of this.#rows.values()) {
      const rows = await titlesOf(db, { selection, tables, form, table, ids: [...ids] })
      found.set(form, new Map([...(found.get(form) ?? []), ...rows]))
    }
    return found
  }

  #addRecord({ form, table }: { readonly form: string; readonly table?: string }, id: string): void {
    if (table === undefined) {
      const ids = this.#records.get(form) ?? new Set<string>()
      this.#records.set(form, ids.add(id))
      return
    }
    const entry = this.#rows.get(`${form}.${table}`) ?? { form, table, ids: new Set<string>() }
    entry.ids.add(id)
    this.#rows.set(`${form}.${table}`, entry)
  }

  #addAny(value: string): void {
    const [form, id] = value.split('/')
    if (form !== undefined && id !== undefined) this.#addRecord({ form }, id)
  }
}

interface TitleRequest {
  readonly selection: Selection
  readonly tables: VisibleTables
  readonly form: string
  /** Ids of rows of this table: they have the title of their record. */
  readonly table?: string
  readonly ids: readonly string[]
}

async function titlesOf(
  db: Connection,
  { selection, tables, form, table, ids }: TitleRequest,
): Promise<Map<string, string | null>> {
  const visible = selection.targets.get(form)
  if (visible === undefined || !selection.model.forms.has(form)) return new Map()
  const { records } = formStore(selection.model, form, tables.dialect)
  const place = tables.rawPlace('r', records)
  const guard = visible.guards?.get('title')
  const title = guard === undefined ? sql`r.title` : sql`case when ${predicateSql(guard, place)} then r.title end`
  const from =
    table === undefined
      ? sql`${records.table} as r`
      : sql`${sql.id(physicalName(form, table))} as s join ${records.table} as r on r.id = s.parent_id`
  const id = table === undefined ? sql`r.id` : sql`s.id`
  const { rows } = await sql<{ id: string; title: string | null }>`select ${id} as id, ${title} as title from ${from}
    where ${oneOf(tables.dialect, id, listOf(tables.dialect, ids))} and ${predicateSql(visible.where, place)}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row.title]))
}
