/** Tables of records made from the register of columns alone: for copies, which bring the register along, set-aside columns included. */
import { Bug } from '#base/bug.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import type { Connection } from '../connection.ts'
import { ColumnRegistry, Ddl, type KnownColumn } from '../ddl.ts'
import { joinName, physicalName } from '../names.ts'
import { addColumn } from '../schema-columns.ts'
import { applyTable, createJoin } from '../schema-tables.ts'
import type { Shape } from '../shapes.ts'
import { type CopyTable, cellOf, type Row } from './tables.ts'

/** The rows of `fl_column` as the register knows them. */
export function knownColumns(table: CopyTable, rows: readonly Row[]): readonly KnownColumn[] {
  const text = (row: Row, name: string) => String(cellOf(table, row, name))
  return rows.map((row) => ({
    form: text(row, 'form'),
    table: text(row, 'table_name'),
    field: text(row, 'field'),
    columnType: text(row, 'column_type'),
    state: text(row, 'state') === 'live' ? 'live' : 'tombstone',
  }))
}

/** All tables first, as links refer to them; indexes follow when the definitions are applied. */
export async function createRecordTables(db: Connection, register: readonly KnownColumn[]): Promise<void> {
  const ddl = new Ddl(db, new ColumnRegistry(db, []))
  const tables = register.filter(({ field }) => field === '').sort((a, b) => (a.table < b.table ? -1 : 1))
  for (const table of tables) await applyTable(ddl, shapeOf(table))
  for (const column of register.filter(({ field }) => field !== '')) await createField(ddl, column)
}

function shapeOf({ form, table }: KnownColumn): Shape {
  const inside = table === '' ? {} : { table }
  return { form, ...inside, name: physicalName(form, table === '' ? undefined : table), columns: [], links: [] }
}

async function createField(ddl: Ddl, column: KnownColumn): Promise<void> {
  const shape = shapeOf(column)
  const { columnType, field } = column
  if (!columnType.startsWith('links:')) return addColumn(ddl, shape, { name: field, type: typeOf(columnType) })
  const target = physicalName(columnType.slice('links:'.length))
  await createJoin(ddl, shape, { name: joinName(column.form, field, shape.table), target })
}

/** The type whose column has this name; the other way round of `columnType`. */
function typeOf(columnType: string): ValueType {
  const scale = /^decimal\((\d+)\)$/.exec(columnType)?.[1]
  if (scale !== undefined) return { is: 'decimal', scale: Number(scale) }
  const [, form, table] = /^record:([^.]+)(?:\.(.+))?$/.exec(columnType) ?? []
  if (form !== undefined) return { is: 'record', form, ...(table === undefined ? {} : { table }) }
  if (columnType === 'list') return { is: 'list', of: valueTypes.text }
  if (columnType === 'any_record') return { is: 'any_record', forms: [] }
  const plain = Object.entries(valueTypes).find(([name]) => name === columnType)?.[1]
  if (plain === undefined) throw new Bug('a column of a type that nobody knows', { columnType })
  return plain
}
