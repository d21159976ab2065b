/** All fields of a model, columns included, each with its table and pointer. */
import type { FieldModel, FormModel, Model, TableModel } from '../model.ts'

export interface PlacedField {
  readonly form: FormModel
  readonly table: TableModel
  readonly field: FieldModel
  /** `/form/order/fields/lines/fields/price`. */
  readonly pointer: string
}

export function placedFields(model: Model): readonly PlacedField[] {
  return [...model.forms.values()].flatMap((form) => fieldsBelow(form, form, `/form/${form.name}/fields`))
}

function fieldsBelow(form: FormModel, table: TableModel, pointer: string): readonly PlacedField[] {
  return [...table.fields.values()].flatMap((field) => {
    const here = { form, table, field, pointer: `${pointer}/${field.name}` }
    return field.table ? [here, ...fieldsBelow(form, field.table, `${here.pointer}/fields`)] : [here]
  })
}
