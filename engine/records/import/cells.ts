/** Text cells → wire values of one record, with every cell that does not fit named by line and column. */

import { fieldAt } from '#access/field-set.ts'
import { Bug } from '#base/bug.ts'
import { addToDate } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import type { RecordContext } from '../context.ts'
import type { ColumnMapping, ImportMapping } from './mapping.ts'
import type { LinkResolver } from './resolve.ts'
import type { Sheet, SheetRow } from './sheet.ts'

/** Rows of the sheet that make one record. */
export interface Group {
  readonly key: string
  readonly rows: readonly SheetRow[]
}

export interface CellProblem {
  readonly line: number
  readonly column: string | null
  readonly field: string | null
  readonly text: string
  readonly issue: Issue
}

export interface CellReader {
  readonly context: RecordContext
  readonly form: FormModel
  readonly sheet: Sheet
  readonly mapping: ImportMapping
  readonly resolver: LinkResolver
  /** Resolves `@-30` and `@-30T09:15` against this day; null: such texts are texts. */
  readonly today: string | null
}

export interface ReadGroup {
  readonly body: Readonly<Record<string, Json>>
  readonly problems: readonly CellProblem[]
  /** Table field → the line of each of its rows, in order. */
  readonly lines: Readonly<Record<string, readonly number[]>>
}

/** Splits the rows into records: by the grouping column, else row by row. */
export function groupRows(sheet: Sheet, mapping: ImportMapping): Group[] {
  const at = mapping.group === undefined ? -1 : sheet.header.indexOf(mapping.group)
  const groups = new Map<string, SheetRow[]>()
  sheet.rows.forEach((row, index) => {
    const cell = at < 0 ? '' : (row.cells[at] ?? '').trim()
    const key = at < 0 || cell === '' ? `row ${index}` : `key ${cell}`
    const rows = groups.get(key)
    if (rows) rows.push(row)
    else groups.set(key, [row])
  })
  return [...groups].map(([key, rows]) => ({ key, rows }))
}

/** The body of one record. A field takes the first filled cell of its column; a table takes a row per line that fills any of its columns. */
export async function readGroup(db: Connection, reader: CellReader, group: Group): Promise<ReadGroup> {
  const problems: CellProblem[] = []
  const body: Record<string, Json> = { ...reader.mapping.constants }
  const lines: Record<string, number[]> = {}
  for (const column of reader.mapping.columns.filter(({ field }) => !field.includes('.'))) {
    const row = group.rows.find((each) => textAt(reader, each, column) !== '')
    if (!row) continue
    const value = await readCell(db, reader, { row, column, problems })
    if (value !== undefined) body[column.field] = value
  }
  for (const [table, columns] of tableColumns(reader.mapping)) {
    const rows = await readTable(db, reader, { group, columns, problems })
    if (rows.length === 0) continue
    body[table] = rows.map((row) => row.values)
    lines[table] = rows.map((row) => row.line)
  }
  return { body, problems, lines }
}

function tableColumns(mapping: ImportMapping): Map<string, ColumnMapping[]> {
  const tables = new Map<string, ColumnMapping[]>()
  for (const column of mapping.columns) {
    const [table, name] = column.field.split('.') as [string, string | undefined]
    if (name !== undefined) tables.set(table, [...(tables.get(table) ?? []), column])
  }
  return tables
}

async function readTable(
  db: Connection,
  reader: CellReader,
  from: { group: Group; columns: readonly ColumnMapping[]; problems: CellProblem[] },
): Promise<{ line: number; values: Record<string, Json> }[]> {
  const rows: { line: number; values: Record<string, Json> }[] = []
  for (const row of from.group.rows) {
    const filled = from.columns.filter((column) => textAt(reader, row, column) !== '')
    if (filled.length === 0) continue
    const values: Record<string, Json> = {}
    for (const column of filled) {
      const value = await readCell(db, reader, { row, column, problems: from.problems })
      if (value !== undefined) values[column.field.split('.')[1] as string] = value
    }
    rows.push({ line: row.line, values })
  }
  return rows
}

function textAt(reader: CellReader, row: SheetRow, column: ColumnMapping): string {
  return (row.cells[reader.sheet.header.indexOf(column.column)] ?? '').trim()
}

async function readCell(
  db: Connection,
  reader: CellReader,
  at: { row: SheetRow; column: ColumnMapping; problems: CellProblem[] },
): Promise<Json | undefined> {
  const text = textAt(reader, at.row, at.column)
  const refuse = (issue: Issue): undefined => {
    at.problems.push({ line: at.row.line, column: at.column.column, field: at.column.field, text, issue })
    return undefined
  }
  if (at.column.field === 'state') return text
  if (at.column.field === 'owner')
    return (
      (await reader.resolver.resolve(db, { field: ownerField(reader), text })) ??
      refuse({ pointer: '/owner', code: 'link-not-found', params: { text } })
    )
  const field = fieldAt(reader.form, at.column.field)
  if (!field) return refuse({ pointer: '', code: 'unknown-field' })
  if (isLink(field)) return readLink(db, reader, { field, text, column: at.column, refuse })
  const { actor } = reader.context
  const parsed = field.kind.parseText(relative(text, reader.today), field.definition, {
    locale: actor.locale,
    zone: actor.zone,
  })
  return parsed.ok ? parsed.value : refuse(parsed.problem[0] ?? { pointer: '', code: 'wrong-type' })
}

function isLink(field: FieldModel): boolean {
  return (
    field.type.is === 'record' ||
    field.type.is === 'any_record' ||
    (field.type.is === 'list' && field.type.of.is === 'record')
  )
}

async function readLink(
  db: Connection,
  reader: CellReader,
  at: { field: FieldModel; text: string; column: ColumnMapping; refuse(issue: Issue): undefined },
): Promise<Json | undefined> {
  const key = at.column.key ? { key: at.column.key } : {}
  const texts =
    at.field.type.is === 'list'
      ? at.text
          .split(/[;；]/)
          .map((each) => each.trim())
          .filter((each) => each !== '')
      : [at.text]
  const ids: string[] = []
  for (const text of texts) {
    const id = await reader.resolver.resolve(db, { field: at.field, text, ...key })
    if (id === null) return at.refuse({ pointer: '', code: 'link-not-found', params: { text } })
    ids.push(id)
  }
  return at.field.type.is === 'list' ? ids : ids[0]
}

function ownerField(reader: CellReader): FieldModel {
  const template = reader.context.model.forms.get('team')?.fields.get('leader')
  if (template) return template
  throw new Bug('the system form team has no leader')
}

/** `@-30` → the day 30 days before `today`; `@-30T09:15` → that time of it, UTC. */
function relative(text: string, today: string | null): string {
  const found = today === null ? null : /^@([+-]\d{1,5})(T\d{2}:\d{2})?$/.exec(text)
  if (!found || today === null) return text
  const day = addToDate(today, Number(found[1]), 'day')
  return found[2] ? `${day}${found[2]}:00.000Z` : String(day)
}
