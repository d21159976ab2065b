/** Where the values of a record stand in the rows of an answer, and the record put together from them. */
import { Bug } from '#base/bug.ts'
import type { Json } from '#base/json.ts'
import type { FormModel } from '#definitions/model.ts'
import type { Predicate, Visibility } from './query-plan.ts'
import type { StoredRecord } from './stored-record.ts'
import type { Cell, Raw } from './wire-text.ts'

/** What is wanted of a record, and of the records behind its expanded links. */
export interface Projection {
  readonly form: string
  /** Stored fields. */
  readonly select: ReadonlySet<string>
  /** Paths whose stored value is needed beside the one that is shown; `all`: whole stored records, for evaluations. */
  readonly stored: 'all' | ReadonlySet<string>
  /** Evaluated on raw columns. */
  readonly conditions: readonly Predicate[]
  readonly expand: ReadonlyMap<string, Expansion>
}

export interface Expansion extends Projection {
  readonly visible: Visibility
}

export interface FieldCell {
  /** On the wire. */
  readonly shown: Cell
  /** As stored; null where it was not asked for. */
  readonly stored: Cell | null
}

export interface TableCells {
  rows(row: Raw): readonly Raw[]
  readonly columns: ReadonlyMap<string, FieldCell>
}

export interface RecordCells {
  readonly form: FormModel
  /** Position of the id; null in a row where an expanded link points at nothing visible. */
  readonly id: number
  readonly system: ReadonlyMap<string, FieldCell>
  readonly fields: ReadonlyMap<string, FieldCell>
  readonly tables: ReadonlyMap<string, TableCells>
  /** Positions of the conditions, in their order. */
  readonly conditions: readonly number[]
  readonly expanded: ReadonlyMap<string, RecordCells>
}

/** The record as it is stored; `stored: 'all'` must have been asked for. */
export function storedRecord(cells: RecordCells, row: Raw): StoredRecord {
  const values: Record<string, Json> = {}
  for (const [name, cell] of cells.fields) values[name] = storedValue(cell, row)
  for (const [name, table] of cells.tables) {
    values[name] = table.rows(row).map((one) => {
      const columns = [...table.columns].map(([column, cell]) => [column, storedValue(cell, one)] as const)
      return { id: String(one[0]), ...Object.fromEntries(columns) }
    })
  }
  const system = [...cells.system].map(([name, cell]) => [name, storedValue(cell, row)] as const)
  return { id: String(row[cells.id]), state: null, ...Object.fromEntries(system), values } as StoredRecord
}

function storedValue({ stored }: FieldCell, row: Raw): Json {
  if (stored === null) throw new Bug('a stored value that was not asked for')
  return stored.value(row)
}
