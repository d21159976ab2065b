/**
 * One record while it is being filled in: typed cells, formulas kept up to date edit by edit.
 * The server recomputes a whole record with it, the browser feeds it single edits.
 * Law: after any sequence of edits the cells equal those of a fresh record with the same input.
 */
import { compareDecimals, isDecimal } from '#base/decimal.ts'
import type { Json } from '#base/json.ts'
import type { ValueType } from '#definitions/value-type.ts'
import type { Row, Scope, Surroundings, Value } from './expression.ts'
import { acrossRows, type FieldProgram, type FormProgram, type FormulaStep } from './form-program.ts'
import { overflows, readValue, roundToType, writeValue } from './values.ts'

/** Wire values by field name; a table is an array of row objects, each with its `id`. */
export interface RecordValues {
  readonly [field: string]: Json
}

interface Cells {
  [field: string]: Value
}
interface TableRow extends Cells {
  id: string
}
interface CellPlace {
  readonly field: string
  readonly type: ValueType
  readonly key: string
}
type Affected = Set<string> | 'all'

/** Types of the system fields that evaluations may read. */
export const systemTypes: Readonly<Record<string, ValueType>> = {
  id: { is: 'text' },
  version: { is: 'integer' },
  title: { is: 'text' },
  owner: { is: 'record', form: 'user' },
  state: { is: 'text' },
  created_at: { is: 'datetime' },
  updated_at: { is: 'datetime' },
  created_by: { is: 'record', form: 'user' },
  updated_by: { is: 'record', form: 'user' },
}

export class LiveRecord {
  readonly program: FormProgram
  /** How many formulas have been evaluated so far: what tests count. */
  evaluations = 0
  /** Cell keys (with row id) whose exact result has more than 15 significant digits; their value is empty. */
  readonly overflowing = new Set<string>()
  around: Surroundings
  private readonly cells: Cells = Object.create(null)
  private readonly tables = new Map<string, Map<string, TableRow>>()

  constructor(program: FormProgram, values: RecordValues, around: Surroundings) {
    this.program = program
    this.around = around
    for (const [name, type] of Object.entries(systemTypes)) this.cells[name] = readValue(type, values[name] ?? null)
    for (const field of program.fields.values()) {
      if (field.columns) this.readTable(field, values[field.field.name])
      else this.cells[field.field.name] = readCell(field.field.type, values[field.field.name])
    }
  }

  /** The record as evaluations see it; live, not a copy. */
  get row(): Row {
    return this.cells
  }

  /** The rows of a table, in order; live. */
  rows(table: string): readonly Row[] {
    return (this.cells[table] as readonly Row[] | undefined) ?? []
  }

  rowOf(table: string, id: string): Row | undefined {
    return this.tables.get(table)?.get(id)
  }

  scope(row?: Row): Scope {
    return row ? { row, parent: this.cells, around: this.around } : { row: this.cells, around: this.around }
  }

  /** Evaluates every formula once, in dependency order. */
  recompute(): void {
    for (const step of this.program.order) {
      if (step.table === null) this.evaluate(step, this.cells, step.program.key)
      else
        for (const row of this.tableRows(step.table))
          this.evaluate(step, row, rowKey(step.table, row.id, step.program.field.name))
    }
  }

  /** Writes one field of the record and what depends on it; gives the keys of all cells that changed. */
  set(field: string, wire: Json): ReadonlySet<string> {
    const program = this.program.fields.get(field)
    const changed = new Set<string>()
    if (program?.columns) {
      this.readTable(program, wire)
      changed.add(field)
      this.propagateTable(field, 'all', changed)
      return changed
    }
    const type = program?.field.type ?? systemTypes[field]
    if (!type) return changed
    if (!this.enter(this.cells, { field, type, key: field, wire }, changed)) return changed
    this.propagate([[field, null]], changed)
    return changed
  }

  /** Writes one cell of a table row and what depends on it. */
  setCell(table: string, rowId: string, column: string, wire: Json): ReadonlySet<string> {
    const changed = new Set<string>()
    const row = this.tables.get(table)?.get(rowId)
    const program = this.program.fields.get(table)?.columns?.get(column)
    if (!row || !program) return changed
    if (!this.enter(row, { field: column, type: program.field.type, key: rowKey(table, rowId, column), wire }, changed))
      return changed
    this.propagate([[`${table}/${column}`, rowId]], changed)
    return changed
  }

  /** Adds a row (at `index`, default the end); `values` carries its id. */
  addRow(table: string, values: RecordValues & { readonly id: string }, index?: number): ReadonlySet<string> {
    const program = this.program.fields.get(table)
    const changed = new Set<string>([table])
    if (!program?.columns) return changed
    const row = typedRow(program, values)
    const rows = [...this.tableRows(table)]
    rows.splice(index ?? rows.length, 0, row)
    this.storeRows(table, rows)
    this.propagateTable(table, new Set([row.id]), changed)
    return changed
  }

  removeRow(table: string, rowId: string): ReadonlySet<string> {
    const changed = new Set<string>([table])
    this.storeRows(
      table,
      this.tableRows(table).filter((row) => row.id !== rowId),
    )
    this.propagateTable(table, new Set(), changed)
    return changed
  }

  /** Puts the rows into the order of the ids. */
  orderRows(table: string, ids: readonly string[]): void {
    const byId = this.tables.get(table) ?? new Map<string, TableRow>()
    this.storeRows(
      table,
      ids.flatMap((id) => byId.get(id) ?? []),
    )
  }

  /** The wire value of a cell. */
  wire(field: string): Json {
    const program = this.program.fields.get(field)
    if (program?.columns) return this.tableRows(field).map((row) => wireRow(program, row))
    const type = program?.field.type ?? systemTypes[field]
    return type ? writeValue(type, this.cells[field] ?? null) : null
  }

  wireCell(table: string, rowId: string, column: string): Json {
    const program = this.program.fields.get(table)?.columns?.get(column)
    const row = this.tables.get(table)?.get(rowId)
    return program && row ? writeValue(program.field.type, row[column] ?? null) : null
  }

  /** All fields of the form on the wire, computed ones included. */
  values(): RecordValues {
    return Object.fromEntries([...this.program.fields.keys()].map((name) => [name, this.wire(name)]))
  }

  private readTable(program: FieldProgram, wire: Json | undefined): void {
    const rows = Array.isArray(wire) ? (wire as readonly RecordValues[]) : []
    this.storeRows(
      program.field.name,
      rows.map((row) => typedRow(program, row)),
    )
  }

  private storeRows(table: string, rows: readonly TableRow[]): void {
    this.tables.set(table, new Map(rows.map((row) => [row.id, row])))
    this.cells[table] = rows
  }

  private tableRows(table: string): readonly TableRow[] {
    return (this.cells[table] as readonly TableRow[] | undefined) ?? []
  }

  private propagateTable(table: string, rows: Affected, changed: Set<string>): void {
    const columns = [...(this.program.fields.get(table)?.columns?.keys() ?? [])]
    const agenda = this.agendaOf(
      [[table, null], ...columns.map((column) => [acrossRows(`${table}/${column}`), null] as const)],
      new Map(),
    )
    for (const [position, step] of this.program.order.entries()) {
      if (step.table === table && agenda.get(position) !== 'all') agenda.set(position, rows)
      else if (
        step.table === null &&
        columns.some((column) => this.program.readers.get(`${table}/${column}`)?.includes(position))
      )
        agenda.set(position, 'all')
    }
    this.work(agenda, changed)
  }

  private propagate(cells: readonly (readonly [string, string | null])[], changed: Set<string>): void {
    this.work(this.agendaOf(cells, new Map()), changed)
  }

  private agendaOf(
    cells: readonly (readonly [string, string | null])[],
    agenda: Map<number, Affected>,
  ): Map<number, Affected> {
    for (const [key, rowId] of cells) {
      for (const position of this.program.readers.get(key) ?? [])
        note(agenda, position, this.program.order[position]?.table ? rowId : null)
      for (const position of this.program.readers.get(acrossRows(key)) ?? []) note(agenda, position, null)
    }
    return agenda
  }

  /** Works the agenda off in dependency order; a step that changes a cell puts that cell's readers on it, always further down. */
  private work(agenda: Map<number, Affected>, changed: Set<string>): void {
    for (let position = 0; agenda.size > 0 && position < this.program.order.length; position++) {
      const affected = agenda.get(position)
      if (!affected) continue
      agenda.delete(position)
      this.workStep(this.program.order[position] as FormulaStep, affected, agenda, changed)
    }
  }

  private workStep(step: FormulaStep, affected: Affected, agenda: Map<number, Affected>, changed: Set<string>): void {
    const { table, program } = step
    if (table === null) {
      if (this.evaluate(step, this.cells, program.key, changed)) this.agendaOf([[program.key, null]], agenda)
      return
    }
    for (const row of this.tableRows(table)) {
      if (affected !== 'all' && !affected.has(row.id)) continue
      if (this.evaluate(step, row, rowKey(table, row.id, program.field.name), changed))
        this.agendaOf([[program.key, row.id]], agenda)
    }
  }

  private evaluate(step: FormulaStep, target: Cells, key: string, changed?: Set<string>): boolean {
    this.evaluations++
    const scope = step.table === null ? this.scope() : this.scope(target)
    const { name, type } = step.program.field
    return this.assign(target, { field: name, type, key }, step.formula.evaluate(scope), changed)
  }

  private enter(target: Cells, { wire, ...cell }: CellPlace & { readonly wire: Json }, changed: Set<string>): boolean {
    return this.assign(target, cell, readValue(cell.type, wire), changed)
  }

  /** Every value, typed or computed, enters its cell here: rounded once to the field's type, empty where it does not fit. */
  private assign(target: Cells, { field, type, key }: CellPlace, value: Value, changed?: Set<string>): boolean {
    if (overflows(type, value)) this.overflowing.add(key)
    else this.overflowing.delete(key)
    const next = roundToType(type, value)
    if (sameValue(target[field] ?? null, next)) return false
    target[field] = next
    changed?.add(key)
    return true
  }
}

/** `lines/<row id>/amount`: the key of a cell in a row. */
export function rowKey(table: string, rowId: string, column: string): string {
  return `${table}/${rowId}/${column}`
}

/** The value as a field of this type holds it: decimals rounded half away from zero, once, to the field's scale. */
export function fit(type: ValueType, value: Value): Value {
  return roundToType(type, value)
}

function readCell(type: ValueType, wire: Json | undefined): Value {
  return roundToType(type, readValue(type, wire))
}

function typedRow(program: FieldProgram, values: RecordValues): TableRow {
  const row: Cells = Object.create(null)
  for (const [name, column] of program.columns ?? []) row[name] = readCell(column.field.type, values[name])
  row.id = String(values.id ?? '')
  return row as TableRow
}

function wireRow(program: FieldProgram, row: TableRow): Json {
  const wire: Record<string, Json> = { id: row.id }
  for (const [name, column] of program.columns ?? []) wire[name] = writeValue(column.field.type, row[name] ?? null)
  return wire
}

function note(agenda: Map<number, Affected>, position: number, rowId: string | null): void {
  const known = agenda.get(position)
  if (rowId === null || known === 'all') agenda.set(position, 'all')
  else if (known) known.add(rowId)
  else agenda.set(position, new Set([rowId]))
}

function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b) === 0
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameValue(item as Value, b[index] as Value))
  return false
}
