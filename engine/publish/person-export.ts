/**
 * Everything that the workspace holds about a person: the own record with its whole history and files, what links to it, and, of a
 * user, what they own, did and signed in with. Fields marked `personal` in other records are those of other persons and stay out.
 */
import type { Readable } from 'node:stream'
import { type Actor, adminRole } from '#access/actor.ts'
import { formatDatetime } from '#base/dates.ts'
import type { Json, JsonObject } from '#base/json.ts'
import { Refusal } from '#base/problems.ts'
import type { FormModel } from '#definitions/model.ts'
import type { RecordContext } from '#records/context.ts'
import { namesIn } from '#records/prune-names.ts'
import { getRecord } from '#records/read.ts'
import { appendAudit } from '#storage/audit-log.ts'
import { changesOf } from '#storage/change-log.ts'
import type { Connection } from '#storage/connection.ts'
import { accessOf, auditBy, changesBy, filesOfRecord, recordsLinkingTo, recordsOfUser } from '#storage/person-traces.ts'
import type { StoredRecord } from '#storage/stored-record.ts'
import { actorContext } from './actor-context.ts'
import { findPerson, storedRecord } from './find-person.ts'
import type { Workspace } from './workspace.ts'

/** Where it goes. Lines of one part come one after the other. */
export interface PersonSink {
  /** `person`: a document. */
  document(part: string, content: JsonObject): Promise<void>
  /** `linked`, `owned`, `changes`: one object of many. */
  line(part: string, content: JsonObject): Promise<void>
  /** Bytes of a file, null where they are gone. Answers with the place that it got. */
  file(name: string, bytes: Readable): Promise<void>
}

export interface PersonExport {
  readonly person: { readonly form: string; readonly id: string; readonly title: string | null }
  readonly linked: number
  readonly owned: number
  readonly changes: number
  readonly files: number
  /** Files whose bytes are not there. */
  readonly missing: readonly string[]
}

const page = 200

/** `customer/019a…`, or the login of a user. Refusals: forbidden, not-found. */
export async function exportPerson(
  workspace: Workspace,
  actor: Actor,
  { who, sink }: { readonly who: string; readonly sink: PersonSink },
): Promise<PersonExport> {
  if (!actor.roles.includes(adminRole)) throw new Refusal('forbidden')
  const context = await actorContext(workspace, actor)
  const { form, record } = await findPerson(context, who)
  const person = { form: form.name, id: record.id, title: record.title }
  const work: Work = { workspace, context, form, record, sink }
  const files = await fileParts(work)
  const isUser = form.name === 'user'
  await sink.document('person', {
    format: 1,
    at: formatDatetime(workspace.clock.now()),
    person,
    record: await wholeRecord(work),
    history: await history(work),
    files: files.listed,
    ...(isUser ? await workspace.db.read((db) => access(db, record.id)) : {}),
  })
  const linked = await linkedParts(work)
  const owned = isUser ? await ownedParts(work) : 0
  const changes = isUser ? await changeParts(work) : 0
  const done = { linked, owned, changes, files: files.listed.length }
  await workspace.db.write((db) =>
    appendAudit(db, {
      at: formatDatetime(workspace.clock.now()),
      actor: actor.id,
      event: 'person.exported',
      data: { form: form.name, record: record.id, ...done },
    }),
  )
  return { person, ...done, missing: files.missing }
}

interface Work {
  readonly workspace: Workspace
  readonly context: RecordContext
  readonly form: FormModel
  readonly record: StoredRecord
  readonly sink: PersonSink
}

/** As the API gives it; from the bin as it is stored. */
async function wholeRecord({ context, form, record }: Work): Promise<JsonObject> {
  if (record.deleted_at === null) return getRecord(context, form.name, record.id)
  const { values, ...system } = record
  return { ...system, ...values }
}

async function history({ context, form, record }: Work): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = []
  for (let before: number | undefined; ; ) {
    const at = { limit: page, ...(before === undefined ? {} : { before }) }
    const changes = await context.db.read((db) => changesOf(db, { form: form.name, record: record.id }, at))
    found.push(
      ...changes.map(
        ({ at, version, actor, cause, patch }) => ({ at, version, actor, cause, patch }) as unknown as JsonObject,
      ),
    )
    before = changes.at(-1)?.seq
    if (changes.length < page) return found
  }
}

async function access(db: Connection, user: string): Promise<JsonObject> {
  return { ...(await accessOf(db, user)), audit: await auditBy(db, user) }
}

async function fileParts({ workspace, form, record, sink }: Work) {
  const traces = await workspace.db.read((db) => filesOfRecord(db, { form: form.name, record: record.id }))
  const missing: string[] = []
  for (const { id, name } of traces) {
    const file = await workspace.files.read(id)
    if (file) await sink.file(`${id}-${name}`, file.bytes)
    else missing.push(id)
  }
  const listed = traces.map((trace) => ({ ...trace, kept_as: `files/${trace.id}-${trace.name}` }))
  return { listed: listed as unknown as readonly JsonObject[], missing }
}

async function linkedParts(work: Work): Promise<number> {
  const { context, form, record, sink } = work
  let count = 0
  for (const entry of form.incoming.filter(({ field }) => field.stored)) {
    const through = entry.table === undefined ? entry.field.name : `${entry.table}.${entry.field.name}`
    const by = { entry, form: form.name, id: record.id }
    for (let after = ''; ; ) {
      const ids = await context.db.read((db) => recordsLinkingTo(db, by, { after, limit: page }))
      for (const id of ids) {
        await sink.line('linked', { form: entry.form, through, ...(await othersRecord(work, entry.form, id)) })
        count += 1
      }
      if (ids.length < page) break
      after = ids.at(-1) ?? after
    }
  }
  return count
}

/** A record of somebody or something else: without what is personal there. */
async function othersRecord({ context, workspace }: Work, name: string, id: string): Promise<JsonObject> {
  const form = context.model.forms.get(name) as FormModel
  const record = await workspace.db.read((db) => storedRecord(db, context, { form: name, id }))
  if (!record) return { id }
  const open = [...form.fields.values()].filter((field) => !isKept(field.definition))
  const values = open.map(({ name: key, table }): readonly [string, Json] => {
    const value = record.values[key] ?? null
    return [key, table && Array.isArray(value) ? value.map((row: Json) => openRow(row as JsonObject, table)) : value]
  })
  const { state, created_at, updated_at, deleted_at } = record
  const title = isTitledOpenly(form) ? record.title : null
  return { id, title, state, created_at, updated_at, deleted_at, values: Object.fromEntries(values) }
}

/** A title made of personal fields is personal. */
function isTitledOpenly({ definition, fields }: FormModel): boolean {
  const first = [...fields.values()].find((field) => field.type.is === 'text' && !field.definition.sensitive)?.name
  const names = definition.title === undefined ? [first ?? ''] : namesIn(definition.title)
  return names.every((name) => !isKept(fields.get(name.split('.')[0] ?? '')?.definition ?? {}))
}

function openRow(row: JsonObject, table: NonNullable<ReturnType<FormModel['fields']['get']>>['table']): JsonObject {
  return Object.fromEntries(
    Object.entries(row).filter(([key]) => {
      const column = table?.fields.get(key)
      return key === 'id' || (column !== undefined && !isKept(column.definition))
    }),
  )
}

function isKept({ personal, sensitive }: { readonly personal?: boolean; readonly sensitive?: boolean }): boolean {
  return personal === true || sensitive === true
}

async function ownedParts({ context, record, sink }: Work): Promise<number> {
  let count = 0
  for (const form of context.model.forms.keys())
    for (let after = ''; ; ) {
      const found = await context.db.read((db) => recordsOfUser(db, { form, user: record.id }, { after, limit: page }))
      for (const { id, as } of found) await sink.line('owned', { form, id, as })
      count += found.length
      if (found.length < page) break
      after = found.at(-1)?.id ?? after
    }
  return count
}

async function changeParts({ context, record, sink }: Work): Promise<number> {
  let count = 0
  for (let after = 0; ; ) {
    const found = await context.db.read((db) => changesBy(db, record.id, { after, limit: page }))
    for (const { seq: _order, ...change } of found) await sink.line('changes', change)
    count += found.length
    if (found.length < page) return count
    after = found.at(-1)?.seq ?? after
  }
}
