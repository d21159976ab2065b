/** Text cells → wire values of one record, with every cell that does not fit named by line and column. */

import { fieldAt } from '#access/field-set.ts'
import { addToDate } from '#base/dates.ts'
import type { Json } from '#base/json.ts'
import type { Issue } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import type { RecordContext } from '../context.ts'
import type { Group } from './groups.ts'
import { linkedForm } from './link-keys.ts'
import type { ColumnMapping, ImportMapping } from './mapping.ts'
import type { FoundRecord, LinkResolver, LinkWish } from './resolve.ts'
import type { SheetRow } from './sheet.ts'

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
  readonly mapping: ImportMapping
  readonly columns: readonly ReadColumn[]
  readonly resolver: LinkResolver
  /** Resolves `@-30` and `@-30T09:15` against this day; null: such texts are texts. */
  readonly today: string | null
  /** Makes, or finds elsewhere, what no record answers to; null: nothing does. */
  readonly missing: (db: Connection, column: ReadColumn, wish: LinkWish) => Promise<FoundRecord | Issue | null>
}

/** A column of the sheet and the field that it fills. */
export interface ReadColumn extends ColumnMapping {
  /** Its place in each row. */
  readonly at: number
  /** Where `field` is a column of a table. */
  readonly table: string | null
  readonly name: string
  readonly model: FieldModel | null
}

export interface ReadGroup {
  readonly body: Readonly<Record<string, Json>>
  readonly problems: readonly CellProblem[]
  /** Table field → the line of each of its rows, in order. */
  readonly lines: Readonly<Record<string, readonly number[]>>
}

/** The columns of a mapping that was checked. */
export function readColumns(form: FormModel, header: readonly string[], mapping: ImportMapping): readonly ReadColumn[] {
  return mapping.columns.map((column) => {
    const [first = '', second] = column.field.split('.')
    return {
      ...column,
      at: header.indexOf(column.column),
      table: second === undefined ? null : first,
      name: second ?? first,
      model: fieldAt(form, column.field) ?? null,
    }
  })
}

/** Everything that the links of these records ask for, to be looked up together. */
export function wishesOf(reader: CellReader, groups: readonly Group[]): readonly LinkWish[] {
  const linking = reader.columns.filter(isLinkColumn)
  return linking.flatMap((column) =>
    groups.flatMap(({ rows }) => rows.flatMap((row) => wishesIn(column, textAt(row, column)))),
  )
}

/** The body of one record. A field takes the first filled cell of its column; a table takes a row per line that fills any of its columns. */
export async function readGroup(db: Connection, reader: CellReader, group: Group): Promise<ReadGroup> {
  const problems: CellProblem[] = []
  const body: Record<string, Json> = { ...reader.mapping.constants }
  const lines: Record<string, number[]> = {}
  for (const column of reader.columns) {
    if (column.table !== null) continue
    const row = group.rows.find((each) => textAt(each, column) !== '')
    if (!row) continue
    const cell = { row, column, problems }
    const value = isLinkColumn(column) ? await readLink(db, reader, cell) : readValue(reader, cell)
    if (value !== undefined) body[column.field] = value
  }
  for (const [table, columns] of tableColumns(reader)) {
    const rows = await readTable(db, reader, { group, columns, problems })
    if (rows.length === 0) continue
    body[table] = rows.map((row) => row.values)
    lines[table] = rows.map((row) => row.line)
  }
  return { body, problems, lines }
}

function tableColumns(reader: CellReader): ReadonlyMap<string, readonly ReadColumn[]> {
  const tables = new Map<string, ReadColumn[]>()
  for (const column of reader.columns)
    if (column.table !== null) tables.set(column.table, [...(tables.get(column.table) ?? []), column])
  return tables
}

async function readTable(
  db: Connection,
  reader: CellReader,
  from: { group: Group; columns: readonly ReadColumn[]; problems: CellProblem[] },
): Promise<{ line: number; values: Record<string, Json> }[]> {
  const rows: { line: number; values: Record<string, Json> }[] = []
  for (const row of from.group.rows) {
    const filled = from.columns.filter((column) => textAt(row, column) !== '')
    if (filled.length === 0) continue
    const values: Record<string, Json> = {}
    for (const column of filled) {
      const cell = { row, column, problems: from.problems }
      const value = isLinkColumn(column) ? await readLink(db, reader, cell) : readValue(reader, cell)
      if (value !== undefined) values[column.name] = value
    }
    rows.push({ line: row.line, values })
  }
  return rows
}

export function textAt(row: SheetRow, { at }: Pick<ReadColumn, 'at'>): string {
  return (row.cells[at] ?? '').trim()
}

interface Cell {
  readonly row: SheetRow
  readonly column: ReadColumn
  readonly problems: CellProblem[]
}

function isLinkColumn({ field, model }: ReadColumn): boolean {
  return field === 'owner' || (model !== null && isLink(model))
}

function readValue(reader: CellReader, cell: Cell): Json | undefined {
  const { column } = cell
  const text = textAt(cell.row, column)
  if (column.field === 'state') return text
  if (!column.model) return refuse(cell, { pointer: '', code: 'unknown-field' })
  const { actor } = reader.context
  const parsed = column.model.kind.parseText(relative(text, reader.today), column.model.definition, {
    locale: actor.locale,
    zone: actor.zone,
  })
  return parsed.ok ? parsed.value : refuse(cell, parsed.problem[0] ?? { pointer: '', code: 'wrong-type' })
}

function refuse({ row, column, problems }: Cell, issue: Issue): undefined {
  const { column: name, field } = column
  problems.push({ line: row.line, column: name, field, text: textAt(row, column), issue })
  return undefined
}

function isLink({ type }: FieldModel): boolean {
  return type.is === 'record' || type.is === 'any_record' || (type.is === 'list' && type.of.is === 'record')
}

/** Ids, `form/id` for an any_link, a list where the field is one. */
async function readLink(db: Connection, reader: CellReader, cell: Cell): Promise<Json | undefined> {
  const { model } = cell.column
  const wishes = wishesIn(cell.column, textAt(cell.row, cell.column))
  const values: string[] = []
  for (const wish of wishes) {
    const found = await reader.resolver.resolve(db, wish)
    const record =
      typeof found === 'object' ? found : found === 'none' ? await reader.missing(db, cell.column, wish) : null
    if (record && 'code' in record) return refuse(cell, record)
    if (!record) {
      const code = found === 'many' ? 'link-ambiguous' : 'link-not-found'
      return refuse(cell, { pointer: '', code, params: { text: wish.text } })
    }
    values.push(model?.type.is === 'any_record' ? `${wish.form}/${record.id}` : record.id)
  }
  if (model?.type.is === 'list') return values
  return (
    values[0] ?? refuse(cell, { pointer: '', code: 'link-not-found', params: { text: textAt(cell.row, cell.column) } })
  )
}

/** What a cell asks for; several records where the field is a list. */
function wishesIn(column: ReadColumn, text: string): readonly LinkWish[] {
  if (text === '') return []
  if (column.field === 'owner') return [{ form: 'user', text }]
  const type = column.model?.type
  if (type?.is === 'any_record') {
    const [form = '', ...rest] = text.split('/')
    return type.forms.includes(form) ? [{ form, text: rest.join('/') }] : []
  }
  const form = column.model && linkedForm(column.model)
  if (!form) return []
  const texts =
    type?.is === 'list'
      ? text
          .split(/[;；]/)
          .map((each) => each.trim())
          .filter((each) => each !== '')
      : [text]
  return texts.map((each) => ({ form, text: each, ...(column.key === undefined ? {} : { key: column.key }) }))
}

/** `@-30` → the day 30 days before `today`; `@-30T09:15` → that time of it, UTC. */
function relative(text: string, today: string | null): string {
  const found = today === null ? null : /^@([+-]\d{1,5})(T\d{2}:\d{2})?$/.exec(text)
  if (!found || today === null) return text
  const day = addToDate(today, Number(found[1]), 'day')
  return found[2] ? `${day}${found[2]}:00.000Z` : String(day)
}
