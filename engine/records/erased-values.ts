/** What stands in place of a person's values: which cells are personal, what replaces each, now and in the changes of the past. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import type { FieldModel } from '#definitions/model.ts'
import { cellsRead, type FormProgram } from '#expressions/form-program.ts'
import type { ChangePatch, FieldChange, RowsChange } from '#storage/change-patch.ts'
import { sameJson } from './same-json.ts'

/** By cell key: `phone`, `beds/visitor`. */
export interface ErasedCells {
  readonly program: FormProgram
  /** What the record holds from now on: the cells that are marked. */
  readonly now: ReadonlyMap<string, Json>
  /** What its changes say: the same cells, and what is computed from them. */
  readonly past: ReadonlyMap<string, Json>
}

/** What the engine itself knows to be personal, besides what definitions mark. */
const alwaysPersonal: Readonly<Record<string, readonly string[]>> = { user: ['login', 'name'] }
const systemFields = new Set(['owner', 'state', 'deleted_at'])
const erasedShape = /^(https:\/\/)?erased-[0-9a-f]{12}(\.invalid|@erased\.invalid)?$/

/** `erasure`: an id with random digits at its end; nothing of the person is in it. */
export function erasedCells(program: FormProgram, erasure: string): ErasedCells {
  const token = `erased-${erasure.slice(-12)}`
  const now = new Map<string, Json>()
  const past = new Map<string, Json>()
  for (const { key, field } of markedCells(program)) {
    const standIn = standInOf(field, token)
    if (!field.computed) now.set(key, standIn.now)
    past.set(key, standIn.past)
  }
  for (const key of computedFrom(program, new Set(past.keys()))) past.set(key, null)
  return { program, now, past }
}

interface MarkedCell {
  readonly key: string
  readonly field: FieldModel
}

/** A table that is marked stands for its columns. */
function markedCells(program: FormProgram): readonly MarkedCell[] {
  const always = alwaysPersonal[program.form.name] ?? []
  return [...program.fields.values()].flatMap(({ key, field, columns }): readonly MarkedCell[] => {
    if (!field.stored) return []
    if (field.definition.personal === true || always.includes(field.name)) return [{ key, field }]
    return [...(columns?.values() ?? [])].filter((column) => column.field.definition.personal === true)
  })
}

/** Formulas that read such a cell, and those that read them. */
function computedFrom(program: FormProgram, marked: ReadonlySet<string>): ReadonlySet<string> {
  const isTable = (field: string) => program.fields.get(field)?.columns != null
  const columnsOf = (table: string) => [...(program.fields.get(table)?.columns?.values() ?? [])].map(({ key }) => key)
  const touched = new Set([...marked].flatMap((key) => [key, ...columnsOf(key)]))
  const computed = new Set<string>()
  for (const { program: cell, formula, table } of program.order)
    if (cellsRead(formula, table, isTable).some((key) => touched.has(key.replace(/^\*/, '')))) {
      touched.add(cell.key)
      computed.add(cell.key)
    }
  return computed
}

interface StandIn {
  readonly now: Json
  readonly past: Json
}

/** The token where the field takes it; nothing where it need not be filled; else something that says nothing of anybody. */
function standInOf(field: FieldModel, token: string): StandIn {
  if (field.table) return { now: [], past: [] }
  if (field.type.is === 'boolean') return { now: false, past: false }
  const isRequired = (field.definition.required ?? false) !== false
  const filler = tokenFor(field, token) ?? (isRequired ? plainFor(field) : null)
  return { now: isRequired ? filler : null, past: filler }
}

function tokenFor(field: FieldModel, token: string): Json {
  if (field.type.is !== 'text' || field.type.options) return null
  const spellings = [token, `${token}@erased.invalid`, `https://${token}.invalid`]
  return spellings.find((text) => isAccepted(field, text)) ?? null
}

function plainFor(field: FieldModel): Json {
  if (field.kind.holdsFiles || field.kind.linksTo || field.kind.generated || field.definition.unique) return null
  const values = ['1900-01-01', '1900-01-01T00:00:00.000Z', '0', field.kind.sample(field.definition)]
  return values.find((value) => isAccepted(field, value)) ?? null
}

function isAccepted({ kind, definition }: FieldModel, value: Json): boolean {
  const parsed = kind.parse(value, definition)
  return parsed.ok && sameJson(parsed.value, value) && kind.check(value, definition).length === 0
}

/** The values of the record with its personal cells erased; what is computed follows from them. */
export function erasedNow({ now }: ErasedCells, values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      erasedValue(name, value, (key) => (now.has(key) ? [now.get(key) ?? null] : null)),
    ]),
  )
}

/** The same for one change. Names that no definition has any more may have been anything: they are emptied. */
export function erasedPatch(cells: ErasedCells, patch: ChangePatch): ChangePatch {
  const standIn = (key: string) => pastStandIn(cells, key)
  return Object.fromEntries(
    Object.entries(patch).map(([name, change]): [string, FieldChange | RowsChange] => {
      if (!('rows' in change))
        return [
          name,
          { before: erasedValue(name, change.before, standIn), after: erasedValue(name, change.after, standIn) },
        ]
      const whole = standIn(name)
      if (whole) return [name, { before: whole[0], after: whole[0] }]
      const rows = change.rows.map(({ id, before, after }) => ({
        id,
        before: before && erasedRow(name, before, standIn),
        after: after && erasedRow(name, after, standIn),
      }))
      return [name, { ...change, rows }]
    }),
  )
}

function pastStandIn({ program, past }: ErasedCells, key: string): readonly [Json] | null {
  if (past.has(key)) return [past.get(key) ?? null]
  const [name = '', column] = key.split('/')
  if (column === 'id' || systemFields.has(name)) return null
  const field = program.fields.get(name)
  if (column === undefined) return field ? null : [null]
  return field?.columns?.has(column) === false ? [null] : null
}

/** null: the cell stays as it is. */
type StandInOf = (key: string) => readonly [Json] | null

function erasedValue(name: string, value: Json, standIn: StandInOf): Json {
  const whole = standIn(name)
  if (whole) return replaced(value, whole[0])
  if (!Array.isArray(value)) return value
  return value.map((row: Json) => (isObject(row) ? erasedRow(name, row, standIn) : row))
}

function erasedRow(table: string, row: JsonObject, standIn: StandInOf): JsonObject {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const cell = standIn(`${table}/${column}`)
      return [column, cell ? replaced(value, cell[0]) : value]
    }),
  )
}

/** Nothing stays nothing, and what was erased before stays as it is. */
function replaced(value: Json, standIn: Json): Json {
  const isNothing = value === null || (Array.isArray(value) && value.length === 0)
  return isNothing || (typeof value === 'string' && erasedShape.test(value)) ? value : standIn
}
