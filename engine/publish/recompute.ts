/** Everything that is computed and stored (formulas, roll-ups, titles) worked out afresh and compared with what stands there. */
import type { Json, JsonObject } from '#base/json.ts'
import type { RollupModel } from '#definitions/model.ts'
import { compileForm } from '#expressions/form-program.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { RecordContext } from '#records/context.ts'
import { liveOfAll, storedValues } from '#records/draft.ts'
import { sameJson } from '#records/same-json.ts'
import { titleOf } from '#records/title-of.ts'
import type { Connection } from '#storage/connection.ts'
import { recordIdsAfter } from '#storage/record-pages.ts'
import type { StoredRecord } from '#storage/stored-record.ts'

/** One stored value that is not what it should be. */
export interface Difference {
  readonly form: string
  readonly id: string
  /** A row of the record, where the value stands in a table. */
  readonly row?: { readonly table: string; readonly id: string }
  /** A field, a column, or `title`. */
  readonly field: string
  readonly stored: Json
  readonly computed: Json
}

const page = 200

/** The differences of a form, a page of records at a time. The context's caller must be an admin: nothing may be hidden. */
export async function* differencesOf(
  db: Connection,
  context: RecordContext,
  form: string,
): AsyncGenerator<readonly Difference[]> {
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await recordIdsAfter(db, form, { after, limit: page })
    if (ids.length > 0) yield await compare(db, context, { form, ids })
    if (ids.length < page) return
    after = ids.at(-1) ?? null
  }
}

/** Writes the computed values; no version, so that no open form grows stale. */
export async function settle(
  db: Connection,
  context: RecordContext,
  differences: readonly Difference[],
): Promise<void> {
  const byPlace = new Map<string, readonly Difference[]>()
  for (const each of differences) {
    const key = `${each.form}/${each.id}/${each.row?.id ?? ''}`
    byPlace.set(key, [...(byPlace.get(key) ?? []), each])
  }
  for (const [first, ...rest] of byPlace.values()) {
    if (!first) continue
    const target = first.row
      ? { form: first.form, table: first.row.table, id: first.row.id }
      : { form: first.form, id: first.id }
    await context.store.setColumns(
      db,
      target,
      Object.fromEntries([first, ...rest].map(({ field, computed }) => [field, computed])),
    )
  }
}

async function compare(
  db: Connection,
  context: RecordContext,
  request: { form: string; ids: readonly string[] },
): Promise<readonly Difference[]> {
  const program = compileForm(context.model, request.form)
  const stored = [...(await context.store.load(db, request.form, request.ids, { deleted: true })).values()]
  const lives = await liveOfAll(db, context, { records: stored, program })
  for (const feed of feedsInto(context, request.form)) await placeRollups(db, context, { feed, stored, lives })
  return stored.flatMap((record, index) => {
    const live = lives[index] as LiveRecord
    live.recompute()
    return differing(record, live)
  })
}

function feedsInto(context: RecordContext, form: string): readonly RollupModel[] {
  return [...context.model.forms.values()].flatMap((source) => source.feeds).filter((feed) => feed.target.form === form)
}

async function placeRollups(
  db: Connection,
  context: RecordContext,
  work: { feed: RollupModel; stored: readonly StoredRecord[]; lives: readonly LiveRecord[] },
): Promise<void> {
  const { table, field } = work.feed.target
  const rowIds = (live: LiveRecord) => (table ? live.rows(table).map((row) => String(row.id)) : [])
  const ids = table ? work.lives.flatMap(rowIds) : work.stored.map((record) => record.id)
  const values = await context.store.rollup(db, work.feed, ids)
  work.lives.forEach((live, index) => {
    if (!table) live.set(field.name, values.get(work.stored[index]?.id ?? '') ?? null)
    else for (const id of rowIds(live)) live.setCell(table, id, field.name, values.get(id) ?? null)
  })
}

function differing(record: StoredRecord, live: LiveRecord): readonly Difference[] {
  const values = storedValues(live)
  const title = titleOf(live)
  const place = { form: live.program.form.name, id: record.id }
  const fields = [...live.program.fields.values()].flatMap(({ field, columns }): readonly Difference[] => {
    if (columns)
      return rowDifferences(place, {
        table: field.name,
        columns: [...columns.values()].filter((column) => column.field.computed).map((column) => column.field.name),
        stored: record.values[field.name],
        computed: values[field.name],
      })
    return field.computed && field.stored
      ? changed({
          ...place,
          field: field.name,
          stored: record.values[field.name] ?? null,
          computed: values[field.name] ?? null,
        })
      : []
  })
  return [...fields, ...changed({ ...place, field: 'title', stored: record.title, computed: title })]
}

interface Rows {
  readonly table: string
  readonly columns: readonly string[]
  readonly stored: Json | undefined
  readonly computed: Json | undefined
}

function rowDifferences(
  place: Pick<Difference, 'form' | 'id'>,
  { table, columns, stored, computed }: Rows,
): readonly Difference[] {
  const before = new Map(rowsOf(stored).map((row) => [String(row.id), row]))
  return rowsOf(computed).flatMap((row) =>
    columns
      .filter((column) => column in row)
      .flatMap((column) =>
        changed({
          ...place,
          row: { table, id: String(row.id) },
          field: column,
          stored: before.get(String(row.id))?.[column] ?? null,
          computed: row[column] ?? null,
        }),
      ),
  )
}

function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : []
}

function changed(difference: Difference): readonly Difference[] {
  return sameJson(difference.stored, difference.computed) ? [] : [difference]
}
