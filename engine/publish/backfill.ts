/** After a publication that changed formulas, roll-ups, titles or brought a lifecycle: the records that exist follow in the same transaction. */
import type { Json } from '#base/json.ts'
import type { FieldModel, FormModel, Model, TableModel } from '#definitions/model.ts'
import { compileForm } from '#expressions/form-program.ts'
import type { RecordContext } from '#records/context.ts'
import type { Connection } from '#storage/connection.ts'
import { enterInitialStates } from './initial-states.ts'
import { differencesOf, settle } from './recompute.ts'

/** As far as titles follow each other and roll-ups feed each other. */
const mostRounds = 10

/** Answers with the number of values that moved. `context` stands on the new model, its tables are in place. */
export async function backfill(db: Connection, context: RecordContext, before: Model): Promise<number> {
  await enterInitialStates(db, context, before)
  let dirty = formsToRecompute(before, context.model)
  let count = 0
  for (let round = 0; round < mostRounds && dirty.size > 0; round += 1) {
    const moved = new Set<string>()
    for (const form of dirty) {
      for await (const differences of differencesOf(db, context, form)) {
        await settle(db, context, differences)
        count += differences.length
        if (differences.length > 0) moved.add(form)
      }
    }
    dirty = dependents(context.model, moved)
  }
  return count
}

/** Forms that had records before and whose computed part is another now. */
export function formsToRecompute(before: Model, after: Model): ReadonlySet<string> {
  const both = [...after.forms.values()].filter((form) => before.forms.has(form.name))
  return new Set(
    both.filter((form) => isComputedAnew(before.forms.get(form.name) as FormModel, form)).map((form) => form.name),
  )
}

function isComputedAnew(before: FormModel, after: FormModel): boolean {
  if (before.lifecycle === undefined && after.lifecycle !== undefined) return true
  if (JSON.stringify(titleSource(before)) !== JSON.stringify(titleSource(after))) return true
  if (tableChanged(before, after)) return true
  return [...after.fields.values()].some((field) => {
    const was = before.fields.get(field.name)
    return field.table !== undefined && was?.table !== undefined && tableChanged(was.table, field.table)
  })
}

function titleSource({ definition, fields }: FormModel): Json {
  return (
    definition.title ??
    [...fields.values()].find((field) => field.type.is === 'text' && !field.definition.sensitive)?.name ??
    null
  )
}

function tableChanged(before: TableModel, after: TableModel): boolean {
  return [...after.fields.values()].some((field) => {
    const was = before.fields.get(field.name)
    if (field.computed && field.stored) return !was || source(was) !== source(field)
    return was !== undefined && JSON.stringify(was.type) !== JSON.stringify(field.type)
  })
}

function source({ type, stored, definition }: FieldModel): string {
  return JSON.stringify([type, stored, definition.formula ?? null, definition.rollup ?? null])
}

/** Forms that roll up from, or quote in their title, a form that moved. */
function dependents(model: Model, moved: ReadonlySet<string>): ReadonlySet<string> {
  const rolling = [...moved].flatMap((form) => model.forms.get(form)?.feeds.map((feed) => feed.target.form) ?? [])
  const quoting = [...model.forms.keys()].filter((form) =>
    compileForm(model, form).title?.linkReads.some((read) => moved.has(read.form)),
  )
  return new Set([...rolling, ...(moved.size > 0 ? quoting : [])])
}
