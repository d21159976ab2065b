/**
 * Erases a person: values marked `personal` leave the record, its changes, its files and what lies beside, in one transaction. The chain of
 * changes keeps its hashes; an entry of the audit log vouches for what stands in the changes since.
 */
import { type Actor, adminRole } from '#access/actor.ts'
import { engineActor } from '#accounts/account.ts'
import { formatDatetime } from '#base/dates.ts'
import { isObject, type Json, type JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import { compileForm } from '#expressions/form-program.ts'
import { commitChange } from '#records/commit.ts'
import type { RecordContext } from '#records/context.ts'
import { holdModel } from '#records/current-model.ts'
import { openLive, systemValues } from '#records/draft.ts'
import { type ErasedCells, erasedCells, erasedNow, erasedPatch } from '#records/erased-values.ts'
import { lockTargets } from '#records/locks.ts'
import { finished } from '#records/record-shape.ts'
import { sameJson } from '#records/same-json.ts'
import { appendAudit } from '#storage/audit-log.ts'
import { changesOf } from '#storage/change-log.ts'
import { countRedactable, erasedEvent, redactChanges } from '#storage/change-redaction.ts'
import type { Connection } from '#storage/connection.ts'
import {
  accessLeft,
  findLeftovers,
  type Leftovers,
  removeAccess,
  removeLeftovers,
  type UserAccess,
} from '#storage/person-leftovers.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { actorContext } from './actor-context.ts'
import { type FoundPerson, findPerson } from './find-person.ts'
import { settleSearch } from './search-keeper.ts'
import type { Workspace } from './workspace.ts'

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
  /** Sheets of imports that have not ended: again when they have. */
  readonly running_imports: readonly string[]
}

/** Refusals: forbidden, not-found, record-invalid with `last-admin`. `isRehearsal`: only tells what would be done. */
export async function erasePerson(
  workspace: Workspace,
  actor: Actor,
  { who, isRehearsal }: { readonly who: string; readonly isRehearsal: boolean },
): Promise<PersonErasure> {
  if (!actor.roles.includes(adminRole)) throw new Refusal('forbidden')
  const context = await actorContext(workspace, engineActor(workspace.ids.next()))
  const work: Work = { context, actor, person: await findPerson(context, who), erasure: workspace.ids.next() }
  if (isRehearsal) return workspace.db.read(async (db) => (await examine(db, work, work.person.record)).told)
  const { told, leftovers } = await workspace.db.write((db) => eraseIn(db, work))
  for (const file of leftovers.files) await workspace.files.remove(file)
  await settleSearch(workspace)
  return told
}

interface Work {
  /** The engine's. */
  readonly context: RecordContext
  /** Who asked for it. */
  readonly actor: Actor
  readonly person: FoundPerson
  readonly erasure: string
}

interface Examined {
  readonly cells: ErasedCells
  readonly leftovers: Leftovers
  readonly told: PersonErasure
}

async function examine(db: Connection, work: Work, record: StoredRecord): Promise<Examined> {
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

function tokenOf(erasure: string): string {
  return `erased-${erasure.slice(-12)}`
}

async function eraseIn(db: Connection, work: Work): Promise<Examined> {
  const { context, person, erasure, actor } = work
  await holdModel(db, context)
  const before = await lockedRecord(db, work)
  const found = await examine(db, work, before)
  if (isNothing(found)) return found
  const of = { form: person.form.name, record: before.id }
  await writeErased(db, work, { before, cells: found.cells })
  const changes = await redactChanges(db, erasure, { ...of, rewrite: (patch) => erasedPatch(found.cells, patch) })
  await removeLeftovers(db, of, found.leftovers)
  const at = context.around.now
  if (found.told.access) await removeAccess(db, before.id, { at, token: tokenOf(erasure) })
  const told = { ...found.told, erasure, changes: changes.length }
  const { fields, files, answers, imports } = told
  await appendAudit(db, {
    at: formatDatetime(context.clock.now()),
    actor: actor.id,
    event: erasedEvent,
    data: { erasure, ...of, fields, files, answers, imports, changes: changes as unknown as Json },
  })
  return { ...found, told }
}

async function lockedRecord(db: Connection, { context, person }: Work): Promise<StoredRecord> {
  const { form, record } = person
  await lockTargets(db, context, { form, before: record, after: record })
  const options = { lock: true, deleted: true }
  const before = (await context.store.load(db, form.name, [record.id], options)).get(record.id)
  if (!before) throw new Refusal('not-found')
  return before
}

function isNothing({ leftovers, told }: Examined): boolean {
  const { fields, changes, files, answers, imports, access } = told
  const kept = access ? access.sessions + access.keys + Number(access.password) : 0
  return fields.length + changes + files + answers + imports + leftovers.oldColumns.length + kept === 0
}

/** The last station of the write line alone: no rule of a form, no state and no bin stands in the way of an erasure. */
async function writeErased(
  db: Connection,
  { context, erasure }: Work,
  { before, cells }: { readonly before: StoredRecord; readonly cells: ErasedCells },
): Promise<void> {
  const { program } = cells
  const disabled: JsonObject = program.form.name === 'user' ? { active: false } : {}
  const values = { ...erasedNow(cells, before.values), ...disabled }
  const live = await openLive(db, context, { program, values: { ...values, ...systemValues(before) } })
  live.recompute()
  const after = {
    ...finished(before, live),
    version: before.version + 1,
    updated_at: context.around.now,
    updated_by: context.actor.id,
  }
  await commitChange(db, context, { verb: 'update', program, before, after, cause: { erase: erasure } })
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
  { context, person }: Work,
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
