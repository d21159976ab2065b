/** Locks what a write will touch before it decides anything: the record, targets of its roll-ups, records that its checks read. One fixed order. */
import type { FieldModel, FormModel } from '#definitions/model.ts'
import { compileForm } from '#expressions/form-program.ts'
import type { Connection } from '#storage/connection.ts'
import type { StoredRecord, Target } from '#storage/stored-record.ts'
import type { RecordContext } from './context.ts'
import { rowsOf, type Values } from './merge.ts'

export interface LockRequest {
  readonly form: FormModel
  readonly before: StoredRecord | null
  readonly after: StoredRecord
}

/** Nothing to do on SQLite, where a write is alone. */
export async function lockTargets(db: Connection, context: RecordContext, request: LockRequest): Promise<void> {
  if (context.db.dialect === 'sqlite') return
  const links = lockingLinks(context, request.form)
  const sides = [request.before?.values, request.after.values].flatMap((values) => (values ? [values] : []))
  const linked = links.flatMap((link) => sides.flatMap((values) => targetsOf(link, values)))
  const parents = await Promise.all(
    linked.map(async (target) => {
      if (!target.table) return target
      const parent = await context.store.parentOf(db, { form: target.form, table: target.table, id: target.id })
      return parent ? { form: target.form, id: parent } : null
    }),
  )
  const own = request.before ? [{ form: request.form.name, id: request.before.id }] : []
  await context.store.lock(db, [...own, ...parents.flatMap((target) => target ?? [])])
}

interface LockingLink {
  readonly table: string | null
  readonly field: FieldModel
}

function lockingLinks(context: RecordContext, form: FormModel): readonly LockingLink[] {
  const program = compileForm(context.model, form.name)
  const read = new Set(program.checks.flatMap(({ assert }) => assert.linkReads.map((each) => each.from[0])))
  const fed = (table: string | undefined, field: string) =>
    form.feeds.some((feed) => feed.source.table === table && feed.definition.link === field)
  const top = [...form.fields.values()]
    .filter((field) => read.has(field.name) || fed(undefined, field.name))
    .map((field) => ({ table: null, field }))
  const rows = [...form.fields.values()].flatMap((table) =>
    [...(table.table?.fields.values() ?? [])]
      .filter((column) => fed(table.name, column.name))
      .map((field) => ({ table: table.name, field })),
  )
  return [...top, ...rows]
}

function targetsOf(link: LockingLink, values: Values): (Target & { table?: string })[] {
  const ids =
    link.table === null ? [values[link.field.name]] : rowsOf(values[link.table]).map((row) => row[link.field.name])
  return ids.flatMap((id) => (typeof id === 'string' ? targetOf(link.field, id) : []))
}

/** Where one value of a link points. */
export function targetOf(field: FieldModel, value: string): (Target & { table?: string })[] {
  if (field.type.is === 'record')
    return [{ form: field.type.form, id: value, ...(field.type.table ? { table: field.type.table } : {}) }]
  const [form, id] = value.split('/')
  return field.type.is === 'any_record' && form && id ? [{ form, id }] : []
}
