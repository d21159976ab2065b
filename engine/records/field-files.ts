/** Files in fields: a record holds only what its writer has uploaded, as the server knows it, and says so in the writing transaction. */
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { type Issue, Refusal } from '#base/problems.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import type { Connection } from '#storage/connection.ts'
import { attachFile, type FilePlace, readFiles, releaseFiles, type StoredFile } from '#storage/file-store.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { type Merged, rowsOf, type Values } from './merge.ts'

/** A field, or a column of a table, whose values list files. */
interface FilePath {
  readonly table: string | null
  readonly name: string
}

export interface FileQuestion {
  readonly form: FormModel
  readonly id: string
  readonly before: StoredRecord | null
  readonly merged: Merged
}

/**
 * The values with name, size and type of every file as they were measured at its upload.
 * Issue `file-not-found` for what is not a pending file of the writer and not one of this very place; unknown and foreign alike.
 */
export async function trueFiles(db: Connection, context: RecordContext, question: FileQuestion): Promise<Merged> {
  const { form, merged, before } = question
  const paths = filePaths(form).filter((path) => merged.values[placeOf(path)] !== before?.values[placeOf(path)])
  const given = paths.flatMap((path) => [...idsAt(path, merged.values)])
  if (given.length === 0) return merged
  const stored = await readFiles(db, [...new Set(given)])
  const values: Record<string, Json> = { ...merged.values }
  const issues: Issue[] = [...merged.issues]
  for (const path of paths) {
    const old = before ? idsAt(path, before.values) : new Set<string>()
    const place = { form: form.name, record: question.id, field: fieldOf(path) }
    const mine = (id: string) => old.has(id) || mayTake(stored.get(id), place, context.actor.id)
    values[placeOf(path)] = rewrite(path, values, (list, pointer) =>
      list.map((entry, index) => {
        const id = idOf(entry)
        if (id === null) return entry
        if (!mine(id)) issues.push({ pointer: `${pointer}/${index}`, code: 'file-not-found' })
        return truth(entry, mine(id) ? stored.get(id) : undefined)
      }),
    )
  }
  return { ...merged, values, issues }
}

/** Attaches what is new in the record and releases what it holds no longer. Part of every commit. */
export async function linkFiles(
  db: Connection,
  context: RecordContext,
  change: { readonly form: FormModel; readonly before: StoredRecord | null; readonly after: StoredRecord },
): Promise<void> {
  const { form, before, after } = change
  const at = context.around.now
  for (const path of filePaths(form)) {
    const [old, now] = [idsAt(path, before?.values ?? {}), idsAt(path, after.values)]
    const place = { form: form.name, record: after.id, field: fieldOf(path) }
    for (const id of [...now].filter((each) => !old.has(each)))
      if (!(await attachFile(db, { id, place, actor: context.actor.id, at })))
        throw new Refusal('record-invalid', { issues: [{ pointer: `/${placeOf(path)}`, code: 'file-not-found' }] })
    const released = [...old].filter((each) => !now.has(each))
    if (released.length > 0) await releaseFiles(db, place, { ids: released, at })
  }
}

/** Has the form a field for files? */
export function takesFiles(form: FormModel): boolean {
  return filePaths(form).length > 0
}

/** Does the record, as somebody reads it, show this file in the field? */
export function showsFile(record: JsonObject, field: string, id: string): boolean {
  const [first = '', column] = field.split('.')
  return idsAt(column === undefined ? { table: null, name: first } : { table: first, name: column }, record).has(id)
}

const known = new WeakMap<FormModel, readonly FilePath[]>()

function filePaths(form: FormModel): readonly FilePath[] {
  const found = known.get(form) ?? pathsOf(form)
  known.set(form, found)
  return found
}

function pathsOf(form: FormModel): readonly FilePath[] {
  const holds = (field: FieldModel) => field.kind.holdsFiles === true && field.stored
  return [...form.fields.values()].flatMap((field): readonly FilePath[] =>
    field.table
      ? [...field.table.fields.values()].filter(holds).map(({ name }) => ({ table: field.name, name }))
      : holds(field)
        ? [{ table: null, name: field.name }]
        : [],
  )
}

/** The name under which the values of a record hold it. */
function placeOf(path: FilePath): string {
  return path.table ?? path.name
}

function fieldOf(path: FilePath): string {
  return path.table === null ? path.name : `${path.table}.${path.name}`
}

function idsAt(path: FilePath, values: Values): ReadonlySet<string> {
  const lists =
    path.table === null ? [values[path.name]] : rowsOf(values[path.table]).map((row) => row[path.name] as Json)
  return new Set(lists.flatMap((list) => (Array.isArray(list) ? list.flatMap((entry: Json) => idOf(entry) ?? []) : [])))
}

function idOf(entry: Json): string | null {
  return isObject(entry) && typeof entry['id'] === 'string' ? entry['id'] : null
}

function mayTake(file: StoredFile | undefined, place: FilePlace, actor: string | null): boolean {
  if (!file) return false
  if (file.state === 'pending') return file.uploadedBy !== null && file.uploadedBy === actor
  const { form, record, field } = file.place ?? {}
  return form === place.form && record === place.record && field === place.field
}

function truth(entry: Json, file: StoredFile | undefined): Json {
  return file ? { id: file.id, name: file.name, size: file.size, type: file.type } : entry
}

type Rewrite = (list: readonly Json[], pointer: string) => readonly Json[]

function rewrite(path: FilePath, values: Values, change: Rewrite): Json {
  const { table, name } = path
  if (table === null) return rewriteList(values[name], change, `/${name}`)
  return rowsOf(values[table]).map((row, index) =>
    name in row ? { ...row, [name]: rewriteList(row[name], change, `/${table}/${index}/${name}`) } : row,
  )
}

function rewriteList(value: Json | undefined, change: Rewrite, pointer: string): Json {
  return Array.isArray(value) ? [...change(value as readonly Json[], pointer)] : (value ?? null)
}
