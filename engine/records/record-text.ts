/** The JSON text of a record on the wire, written straight from the row that the database answered: one writer per set of grants that hold. */
import type { Json } from '#base/json.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import type { FieldCell, RecordCells, TableCells } from '#storage/record-cells.ts'
import type { Cell, Raw } from '#storage/wire-text.ts'
import { maskedValue, type ShownField, type ShownRecord } from './shown.ts'

/** What is computed when read, where a form has such fields: by form, by record. */
export type Lives = ReadonlyMap<RecordCells, ReadonlyMap<string, LiveRecord>>

export type WriteText = (row: Raw, lives: Lives) => string

interface Member {
  /** `,"name":` */
  readonly key: string
  readonly write: WriteText
}

/** `expanded`: writes the targets of links that are expanded. */
export function recordWriter(
  cells: RecordCells,
  shown: ShownRecord,
  expanded: ReadonlyMap<string, WriteText>,
): WriteText {
  const system = (name: string) => systemMember(cells, name)
  const members = [
    system('version'),
    shown.title ? system('title') : member('title', () => 'null'),
    ...(shown.state ? [system('state')] : []),
    ...shown.fields.map((one) =>
      member(
        one.field.name,
        expanded.get(one.isMasked ? '' : one.field.name) ??
          (one.columns ? writeTable(cells, one.field.name, one.columns) : writeField(cells, one)),
      ),
    ),
    ...(shown.owner ? [member('owner', expanded.get('owner') ?? system('owner').write)] : []),
    ...['created_at', 'created_by', 'updated_at', 'updated_by'].map(system),
  ]
  return withDeleted(cells, members)
}

/** A target is written as a record; one in the bin as a link, one that is not visible as empty. */
export function expandedWriter(
  cells: RecordCells,
  { write, showsTitle }: { readonly write: WriteText; showsTitle(row: Raw): boolean },
): WriteText {
  const { id } = cells
  const title = cellNamed(cells, 'title')
  const deleted = cellNamed(cells, 'deleted_at')
  return (row, lives) => {
    if (row[id] === null) return 'null'
    if (deleted.value(row) === null) return write(row, lives)
    return `{"id":"${row[id]}","title":${showsTitle(row) ? title.text(row) : 'null'}}`
  }
}

function member(name: string, write: WriteText): Member {
  return { key: `,${JSON.stringify(name)}:`, write }
}

function systemMember(cells: RecordCells, name: string): Member {
  const { text } = cellNamed(cells, name)
  return member(name, (row) => text(row))
}

function cellNamed(cells: RecordCells, name: string): Cell {
  return (cells.system.get(name) as FieldCell).shown
}

/** Records in the bin say since when. */
function withDeleted(cells: RecordCells, members: readonly Member[]): WriteText {
  const { id } = cells
  const keys = members.map(({ key }) => key)
  const writes = members.map(({ write }) => write)
  const deleted = cellNamed(cells, 'deleted_at')
  return (row, lives) => {
    let text = `{"id":"${row[id]}"`
    for (let index = 0; index < keys.length; index++) text += keys[index] + (writes[index] as WriteText)(row, lives)
    return deleted.value(row) === null ? `${text}}` : `${text},"deleted_at":${deleted.text(row)}}`
  }
}

function writeField(cells: RecordCells, { field, isMasked }: ShownField): WriteText {
  const { name, stored } = field
  if (!stored) {
    const value = (row: Raw, lives: Lives) => liveIn(cells, row, lives)?.wire(name) ?? null
    return (row, lives) => JSON.stringify(isMasked ? maskedValue(value(row, lives)) : value(row, lives))
  }
  const cell = cells.fields.get(name)
  if (cell === undefined) return () => 'null'
  return isMasked ? writeMasked(cell) : cell.shown.text
}

function writeMasked({ stored, shown }: FieldCell): WriteText {
  const cell = stored ?? shown
  return (row) => JSON.stringify(maskedValue(cell.value(row)))
}

function liveIn(cells: RecordCells, row: Raw, lives: Lives): LiveRecord | undefined {
  return lives.get(cells)?.get(String(row[cells.id]))
}

type WriteCell = (row: Raw, live: LiveRecord | undefined) => string

function writeTable(cells: RecordCells, name: string, columns: readonly ShownField[]): WriteText {
  const table = cells.tables.get(name)
  if (table === undefined) return () => '[]'
  const members = columns.map((one) => ({
    key: `,${JSON.stringify(one.field.name)}:`,
    write: writeCell(name, table, one),
  }))
  return (row, lives) => {
    const live = liveIn(cells, row, lives)
    const rows = table.rows(row).map((one) => {
      let text = `{"id":"${one[0]}"`
      for (const { key, write } of members) text += key + write(one, live)
      return `${text}}`
    })
    return `[${rows.join()}]`
  }
}

function writeCell(table: string, { columns }: TableCells, { field, isMasked }: ShownField): WriteCell {
  const { name, stored } = field
  if (!stored) {
    const value = (row: Raw, live: LiveRecord | undefined): Json => live?.wireCell(table, String(row[0]), name) ?? null
    return (row, live) => JSON.stringify(isMasked ? maskedValue(value(row, live)) : value(row, live))
  }
  const cell = columns.get(name)
  if (cell === undefined) return () => 'null'
  if (!isMasked) return cell.shown.text
  const { value } = cell.stored ?? cell.shown
  return (row) => JSON.stringify(maskedValue(value(row)))
}
