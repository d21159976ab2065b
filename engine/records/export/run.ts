/** Export: the list as a file, page by page, under the policy of reading and of exporting, with its fingerprint in the audit log. */
import { createHash } from 'node:crypto'
import type { FormPolicy } from '#access/policy.ts'
import { exportVisibilityOf, grantsOfVerb } from '#access/visibility.ts'
import { formatDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { resolveText } from '#base/text.ts'
import { appendAudit } from '#storage/audit-log.ts'
import { runList } from '#storage/query.ts'
import type { ListPlan, ListRow } from '#storage/query-plan.ts'
import { type RecordContext, requireVerb, visibleForm } from '../context.ts'
import { type ListQuery, planList, viewOf } from '../list-plan.ts'
import { rowConditions } from '../present.ts'
import { presentRows } from '../present-rows.ts'
import { rightsFrom } from '../rights.ts'
import type { Cell, CellContext, HeaderStyle } from './cell.ts'
import { type ExportColumn, exportableOf, exportColumns } from './columns.ts'
import { linesOf } from './lines.ts'
import { type SheetFormat, sheetTypes, writeSheet } from './sheet-writer.ts'

export interface ExportQuery extends Pick<ListQuery, 'filter' | 'sort' | 'fields' | 'search' | 'view'> {
  readonly format: SheetFormat
  /** Default labels, in the caller's language; names read back by an import. */
  readonly header?: HeaderStyle
  /** CSV only; default false. */
  readonly bom?: boolean
}

export interface ExportFile {
  readonly name: string
  readonly type: string
  /** Made while it is read; stops where the reader stops. */
  readonly bytes: AsyncIterable<Uint8Array>
}

const pageSize = 500

/** Refusals, before the first byte: not-found, forbidden (read and export are both needed), query-invalid. */
export async function exportRecords(context: RecordContext, name: string, query: ExportQuery): Promise<ExportFile> {
  const { form, policy } = visibleForm(context, name)
  requireVerb(policy, 'read')
  requireVerb(policy, 'export')
  const fields = query.fields ?? viewFields(context, policy, query)
  const columns = exportColumns(policy, fields, cellContext(context, query))
  const sheet: Sheet = { policy, columns, plan: planOf(context, policy, { ...query, ...(fields ? { fields } : {}) }) }
  const first = await readPage(context, sheet, null)
  const tally: Tally = { records: 0, lines: 0 }
  const shape = {
    name: resolveText(form.definition.label, context.actor.locale) || name,
    columns,
    bom: query.bom === true,
  }
  const bytes = writeSheet(query.format, shape, linesFrom(context, sheet, { first, tally }))
  return {
    name: `${name}-${context.around.today}.${query.format}`,
    type: sheetTypes[query.format],
    bytes: audited(context, bytes, { tally, what: describe(name, query) }),
  }
}

/** For people a named view says which columns, as far as they are the caller's; else every field. */
function viewFields(context: RecordContext, policy: FormPolicy, query: ExportQuery): readonly string[] | undefined {
  const named = viewOf(context, policy.form, query.view)?.columns
  if (!named || query.header === 'names') return undefined
  const mine = exportableOf(policy, named, cellContext(context, query))
  return mine.length > 0 ? mine : undefined
}

function cellContext({ actor }: RecordContext, query: ExportQuery): CellContext {
  return { style: query.header ?? 'labels', locale: actor.locale, zone: actor.zone }
}

interface Sheet {
  readonly policy: FormPolicy
  readonly columns: readonly ExportColumn[]
  readonly plan: ListPlan
}

function planOf(context: RecordContext, policy: FormPolicy, query: ExportQuery): ListPlan {
  const { filter, sort, fields, search, view } = query
  const question = { filter, sort, fields, search, view, limit: pageSize }
  const given = Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined)) as ListQuery
  return {
    ...planList(context, policy, given),
    visible: exportVisibilityOf(policy),
    conditions: [...rowConditions(policy), ...grantsOfVerb(policy, 'export').map(({ condition }) => condition)],
  }
}

interface Page {
  readonly lines: readonly (readonly Cell[])[]
  readonly records: number
  readonly next: readonly Json[] | null
}

/** A short look of its own: a slow reader of the file holds no snapshot of the database. */
async function readPage(context: RecordContext, sheet: Sheet, after: readonly Json[] | null): Promise<Page> {
  const { policy, columns, plan } = sheet
  return context.db.readLong(async (db) => {
    const answer = await runList(db, after ? { ...plan, after } : plan)
    const records = await presentRows(db, context, { policy, answer })
    const lines = records.flatMap((record, index) =>
      linesOf(record, columns, exportRights(policy, answer.rows[index] as ListRow)),
    )
    return { lines, records: records.length, next: answer.next }
  }, context.actor.id)
}

/** The grants of exporting that hold for the row stand behind those of reading. */
function exportRights(policy: FormPolicy, row: ListRow) {
  const skipped = rowConditions(policy).length
  const held = grantsOfVerb(policy, 'export').filter((_, index) => row.conditions[skipped + index])
  return rightsFrom(
    held.map(({ grant }) => grant),
    new Set(),
  )
}

interface Tally {
  records: number
  lines: number
}

async function* linesFrom(
  context: RecordContext,
  sheet: Sheet,
  { first, tally }: { readonly first: Page; readonly tally: Tally },
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let page = first
  for (;;) {
    tally.records += page.records
    tally.lines += page.lines.length
    yield page.lines
    if (page.next === null) return
    page = await readPage(context, sheet, page.next)
  }
}

function describe(form: string, query: ExportQuery): JsonObject {
  const { format, filter, sort, search, view, fields, header } = query
  const asked = { filter, sort, search, view, fields, header }
  return {
    form,
    format,
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
  } as JsonObject
}

/** Written before the last byte is handed over, and where the reader goes away: what left is always known. */
async function* audited(
  context: RecordContext,
  bytes: AsyncIterable<Uint8Array>,
  { tally, what }: { readonly tally: Tally; readonly what: JsonObject },
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let size = 0
  let complete = false
  try {
    for await (const chunk of bytes) {
      hash.update(chunk)
      size += chunk.byteLength
      yield chunk
    }
    complete = true
  } finally {
    const data = { ...what, rows: tally.records, lines: tally.lines, bytes: size, sha256: hash.digest('hex'), complete }
    const at = formatDatetime(context.clock.now())
    await context.db.write((db) => appendAudit(db, { at, actor: context.actor.id, event: 'records.exported', data }))
  }
}
