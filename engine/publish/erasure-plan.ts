/** What the erasure of a person takes and what it leaves: found before it is done. */
import type { Actor } from '#access/actor.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { compileForm } from '#expressions/form-program.ts'
import type { RecordContext } from '#records/context.ts'
import { type ErasedCells, erasedCells, erasedNow, erasedPatch } from '#records/erased-values.ts'
import { sameJson } from '#records/same-json.ts'
import { changesOf } from '#storage/change-log.ts'
import { countRedactable } from '#storage/change-redaction.ts'
import type { Connection } from '#storage/connection.ts'
import { accessLeft, type UserAccess } from '#storage/person-access.ts'
import { findLeftovers, type Leftovers } from '#storage/person-leftovers.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { FoundPerson } from './find-person.ts'

export interface PersonErasure {
  readonly person: { readonly form: string; readonly id: string }
  /** null: there was nothing, or nothing was done yet. */
  readonly erasure: string | null
  /** Fields and columns that hold something of the person now: `phone`, `beds/visitor`. */
  readonly fields: readonly string[]
  readonly changes: number
  readonly files: number
  readonly answers: number
  readonly imports: number
  /** Of a user. */
  readonly access: UserAccess | null
  readonly stays: Staying
}

export interface Staying {
  /** Fields of the record that nothing marks as personal and that hold something. */
  readonly unmarked: readonly string[]
  /** Fields of other forms into which links copy such values: `visit.phone`. */
  readonly copies: readonly string[]
  /** Marked roll-ups: their values are made of other records. */
  readonly rollups: readonly string[]
  /** Imports at work whose sheet holds something of the person: nothing is erased before they have ended. */
  readonly running_imports: readonly string[]
}

export interface ErasureWork {
  /** The engine's. */
  readonly context: RecordContext
  /** Who asked for it. */
  readonly actor: Actor
  readonly person: FoundPerson
  readonly erasure: string
}

export interface Examined {
  readonly cells: ErasedCells
  readonly leftovers: Leftovers
  readonly told: PersonErasure
}

export async function examine(db: Connection, work: ErasureWork, record: StoredRecord): Promise<Examined> {
  const { context, person, erasure } = work
  const { name } = person.form
  const cells = erasedCells(compileForm(context.model, name), erasure)
  const of = { form: name, record: record.id }
  const texts = await personalTexts(db, { cells, record, of })
  const leftovers = await findLeftovers(db, { ...of, fileFields: fileFieldsOf(cells), texts })
  const told = {
    person: { form: name, id: record.id },
    erasure: null,
    fields: fieldsHeld(cells, record.values),
    changes: await countRedactable(db, { ...of, rewrite: (patch) => erasedPatch(cells, patch) }),
    files: leftovers.files.length,
    answers: leftovers.answers,
    imports: leftovers.imports.length,
    access: name === 'user' ? await accessLeft(db, record.id, tokenOf(erasure)) : null,
    stays: staying(work, { cells, record, leftovers }),
  }
  return { cells, leftovers, told }
}

export function tokenOf(erasure: string): string {
  return `erased-${erasure.slice(-12)}`
}

export function isNothing({ leftovers, told }: Examined): boolean {
  const { fields, changes, files, answers, imports, access } = told
  const kept = access ? access.sessions + access.keys + Number(access.password) : 0
  return fields.length + changes + files + answers + imports + leftovers.oldColumns.length + kept === 0
}

/** Cells whose value would be another one. */
function fieldsHeld(cells: ErasedCells, values: JsonObject): readonly string[] {
  const erased = erasedNow(cells, values)
  return [...cells.now.keys()].filter((key) => {
    const [name = '', column] = key.split('/')
    const [was, is] = [values[name] ?? null, erased[name] ?? null]
    if (column === undefined) return !sameJson(was, is)
    return !sameJson(columnOf(was, column), columnOf(is, column))
  })
}

function columnOf(rows: Json, column: string): Json {
  return Array.isArray(rows) ? rows.map((row: Json) => (isObject(row) ? (row[column] ?? null) : null)) : null
}

function fileFieldsOf({ now, program }: ErasedCells): readonly string[] {
  return [...now.keys()].flatMap((key) => {
    const [name = '', column] = key.split('/')
    const columns = column === undefined ? [...(program.fields.get(name)?.columns?.keys() ?? [])] : [column]
    return columns.length === 0 ? [name] : columns.map((each) => `${name}.${each}`)
  })
}

/** Texts that stand in the record or its changes and will not. */
async function personalTexts(
  db: Connection,
  { cells, record, of }: { cells: ErasedCells; record: StoredRecord; of: { form: string; record: string } },
): Promise<readonly string[]> {
  const changes = await changesOf(db, of, { limit: Number.MAX_SAFE_INTEGER })
  const patches = changes.map(({ patch }) => patch)
  const before = new Set(textsIn([record.values, ...patches] as unknown as Json))
  const after = [erasedNow(cells, record.values), ...patches.map((patch) => erasedPatch(cells, patch))]
  for (const text of textsIn(after as unknown as Json)) before.delete(text)
  return [...before].filter((text) => text.length > 1)
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap((each) => textsIn(each as Json))
}

function staying(
  { context, person }: ErasureWork,
  { cells, record, leftovers }: { cells: ErasedCells; record: StoredRecord; leftovers: Leftovers },
): Staying {
  const { program, past } = cells
  const isHeld = (name: string) => {
    const value = record.values[name] ?? null
    return value !== null && !(Array.isArray(value) && value.length === 0)
  }
  const copies = person.form.incoming.flatMap((entry) => {
    const { fields } = compileForm(context.model, entry.form)
    const source = entry.table === undefined ? fields : (fields.get(entry.table)?.columns ?? fields)
    const link = source.get(entry.field.name)
    const taken = (link?.copies ?? []).filter(({ path }) => past.has(path[0] ?? ''))
    return taken.map(({ to }) => [entry.form, entry.table, to].filter((part) => part !== undefined).join('.'))
  })
  return {
    unmarked: [...program.fields.keys()].filter((name) => !past.has(name) && isHeld(name)),
    copies: [...new Set(copies)],
    rollups: [...past.keys()].filter((key) => program.fields.get(key)?.field.computed === 'rollup'),
    running_imports: leftovers.runningImports,
  }
}
