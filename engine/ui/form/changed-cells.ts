/** Which cells and rows differ from what the server has; computed ones never count. */

import type { FieldProgram } from '#expressions/form-program.ts'
import type { LiveRecord } from '#expressions/live-record.ts'
import { splitKey } from './cell-key.ts'

export class ChangedCells {
  private readonly live: LiveRecord
  /** Key of a cell → its value as text; key of a row (`lines/<id>`) → nothing. */
  private readonly originals = new Map<string, string>()

  /** Notes the record as it is now. */
  constructor(live: LiveRecord) {
    this.live = live
    for (const [name, field] of live.program.fields) {
      if (!field.columns) this.originals.set(name, JSON.stringify(live.wire(name)))
      else {
        this.originals.set(name, JSON.stringify(this.rowsOf(name)))
        for (const id of this.rowsOf(name)) this.noteRow(field, id)
      }
    }
  }

  original(key: string): string | undefined {
    return this.originals.get(key)
  }

  /** The changed keys after an edit that touched these. */
  after(before: ReadonlySet<string>, touched: ReadonlySet<string>): ReadonlySet<string> {
    const next = new Set(before)
    for (const key of touched) {
      if (this.differs(key)) next.add(key)
      else next.delete(key)
    }
    const tables = new Set(
      [...touched].filter((key) => key.split('/').length === 2).map((key) => key.split('/')[0] ?? ''),
    )
    for (const table of tables) this.forgetGone(next, table)
    return next
  }

  /** Cells of rows that are no longer there are no changes of their own. */
  private forgetGone(changed: Set<string>, table: string): void {
    const there = new Set(this.rowsOf(table))
    for (const key of changed) {
      const [of, id, column] = key.split('/')
      if (of === table && column !== undefined && !there.has(id ?? '')) changed.delete(key)
    }
  }

  private noteRow(field: FieldProgram, id: string): void {
    const table = field.field.name
    this.originals.set(`${table}/${id}`, '')
    for (const column of field.columns?.keys() ?? [])
      this.originals.set(`${table}/${id}/${column}`, JSON.stringify(this.live.wireCell(table, id, column)))
  }

  private differs(key: string): boolean {
    const parts = key.split('/')
    const field = this.live.program.fields.get(parts[0] ?? '')
    if (!field) return false
    if (parts.length === 2) return this.originals.has(key) !== this.rowsOf(field.field.name).includes(parts[1] ?? '')
    if (parts.length === 1)
      return field.columns
        ? this.isReordered(key)
        : field.field.computed === null && this.originals.get(key) !== JSON.stringify(this.live.wire(key))
    const at = splitKey(key)
    const column = field.columns?.get(parts[2] ?? '')
    const original = this.originals.get(key)
    return (
      'row' in at &&
      column?.field.computed === null &&
      original !== undefined &&
      original !== JSON.stringify(this.live.wireCell(at.table, at.row, at.column))
    )
  }

  /** The rows that were there stand in another order. */
  private isReordered(table: string): boolean {
    const known = JSON.parse(this.originals.get(table) ?? '[]') as string[]
    const kept = this.rowsOf(table).filter((id) => known.includes(id))
    return kept.some((id, index) => known.filter((one) => kept.includes(one))[index] !== id)
  }

  private rowsOf(table: string): readonly string[] {
    return this.live.rows(table).map((row) => String(row['id']))
  }
}
