/** The sets of fields that must be unique among living records of a form. */
import type { FormModel } from '#definitions/model.ts'
import { hasColumn } from './columns.ts'

/** Single fields first, then composite sets; only such as have columns. A unique field of a table is checked within its record, not here. */
export function uniqueSetsOf(form: FormModel): readonly (readonly string[])[] {
  const single = [...form.fields.values()]
    .filter((field) => field.definition.unique === true)
    .map((field) => [field.name])
  const sets = [...single, ...(form.definition.unique ?? [])]
  return sets.filter((fields) => fields.every((name) => isColumn(form, name)))
}

function isColumn(form: FormModel, name: string): boolean {
  const field = form.fields.get(name)
  return field === undefined ? name === 'owner' || name === 'state' : hasColumn(field)
}
