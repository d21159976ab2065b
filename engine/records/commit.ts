/** Station `commit`: the row, its Change, the roll-ups of its targets, titles that quote it, listeners. All in the caller's transaction. */
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import type { FormProgram } from '#expressions/form-program.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { linkFiles } from './field-files.ts'
import { moveRollups } from './rollup.ts'
import { sameJson } from './same-json.ts'
import { refreshTitles } from './titles.ts'

export interface Commit {
  readonly verb: 'create' | 'update' | 'delete' | 'restore'
  readonly program: FormProgram
  readonly before: StoredRecord | null
  readonly after: StoredRecord
  readonly cause: Json
}

/** false: nothing differs, nothing was written. */
export async function commitChange(db: Connection, context: RecordContext, commit: Commit): Promise<boolean> {
  const { program, before, after, verb } = commit
  const form = program.form.name
  const [was, is] = [before && chained(before, program.form), chained(after, program.form)]
  if (before && sameJson(was, is) && before.title === after.title) return false
  const change = {
    form,
    record: after.id,
    version: after.version,
    actor: context.actor.id,
    cause: commit.cause,
    at: context.around.now,
    before: was,
    after: is,
  }
  if (before === null) await context.store.insert(db, form, after, change)
  else if (!(await context.store.update(db, form, { before, after, change })))
    throw new Refusal('conflict', { params: { version: before.version, fields: [] } })
  await linkFiles(db, context, { form: program.form, before, after })
  await moveRollups(db, context, { form, before, after })
  if (before && before.title !== after.title) await refreshTitles(db, context, { form, id: after.id })
  for (const listen of context.listeners) await listen(db, { form, id: after.id, verb })
  return true
}

/** What a Change tells of a record: its values, and the system fields that people decide. */
function chained(record: StoredRecord, form: FormModel): JsonObject {
  return {
    ...record.values,
    ...emptyLinks(record, form),
    owner: record.owner,
    state: record.state,
    deleted_at: record.deleted_at,
  }
}

const linkLists = new WeakMap<FormModel, readonly string[]>()

/** The store reads a list without links as an empty one, a write line knows it as null: the same. */
function emptyLinks({ values }: StoredRecord, form: FormModel): JsonObject {
  const names =
    linkLists.get(form) ?? [...form.fields.values()].filter(({ type }) => type.is === 'list').map(({ name }) => name)
  linkLists.set(form, names)
  const isEmpty = (value: Json | undefined) => Array.isArray(value) && value.length === 0
  return Object.fromEntries(names.filter((name) => isEmpty(values[name])).map((name) => [name, null]))
}
