/** Links in old values as the caller may see them now: what points at a record that is not visible to them is empty, as in the record itself. */
import { fieldAt } from '#access/field-set.ts'
import { visibilityOf, visibleTargets } from '#access/visibility.ts'
import type { Json } from '#base/json.ts'
import type { FormModel } from '#definitions/model.ts'
import { type ValueType, valueTypes } from '#definitions/value-type.ts'
import type { Change } from '#storage/change-log.ts'
import type { Connection } from '#storage/connection.ts'
import { LinkedIds, type Titles } from '#storage/titles.ts'
import { type RecordContext, visibleForm } from './context.ts'

/** The value at a path (`customer`, `lines.product`) without what may not be seen. */
export type ShowLinks = (path: string, value: Json) => Json

/** One query per linked form, for all that the changes hold. */
export async function visibleLinks(
  db: Connection,
  context: RecordContext,
  of: { readonly form: string; readonly changes: readonly Change[] },
): Promise<ShowLinks> {
  const { form, policy } = visibleForm(context, of.form)
  const linked = new LinkedIds()
  for (const [path, value] of of.changes.flatMap(valuesOf)) linked.add(typeAt(form, path), value)
  const titles = await linked.titles(db, {
    model: context.model,
    form: of.form,
    around: context.around,
    visible: visibilityOf(policy),
    targets: visibleTargets(context.model, context.policy),
    where: [],
  })
  return (path, value) => shownLink(typeAt(form, path), value, titles)
}

function valuesOf({ patch }: Change): readonly (readonly [string, Json])[] {
  return Object.entries(patch).flatMap(([field, entry]) => {
    if (!('rows' in entry)) return [[field, entry.before] as const, [field, entry.after] as const]
    return entry.rows
      .flatMap((row) => [...Object.entries(row.before ?? {}), ...Object.entries(row.after ?? {})])
      .map(([column, value]) => [`${field}.${column}`, value] as const)
  })
}

function typeAt(form: FormModel, path: string): ValueType {
  if (path === 'owner') return { is: 'record', form: 'user' }
  return fieldAt(form, path)?.type ?? valueTypes.text
}

function shownLink(type: ValueType, value: Json, titles: Titles): Json {
  if (type.is === 'list' && Array.isArray(value)) {
    const { of } = type
    return value.filter((each) => shownLink(of, each, titles) !== null)
  }
  if (typeof value !== 'string') return value
  if (type.is === 'record') return titles.get(type.form)?.has(value) ? value : null
  const [form = '', id = ''] = value.split('/')
  return type.is !== 'any_record' || titles.get(form)?.has(id) ? value : null
}
