/** Where a column of a spreadsheet can go: fields, columns of tables, and the keys of links. */
import type { Text } from '#base/text.ts'
import type { FieldModel, FormModel, Model } from '#definitions/model.ts'

export interface ImportTarget {
  /** `customer`, `lines.product`. */
  readonly path: string
  readonly label: (text: (text: Text | undefined, fallback: string) => string) => string
  readonly field?: FieldModel
  readonly required: boolean
}

export function importTargets(form: FormModel): readonly ImportTarget[] {
  const own = [...form.fields.values()].flatMap((field) =>
    field.table
      ? [...field.table.fields.values()].filter(isWritable).map((column) => tableTarget(field, column))
      : isWritable(field)
        ? [ownTarget(field)]
        : [],
  )
  return [
    ...own,
    { path: 'owner', label: (text) => text({ en: 'Owner', 'zh-CN': '负责人' }, 'owner'), required: false },
  ]
}

function ownTarget(field: FieldModel): ImportTarget {
  return {
    path: field.name,
    field,
    required: field.definition.required === true,
    label: (text) => text(field.definition.label, field.name),
  }
}

function tableTarget(table: FieldModel, column: FieldModel): ImportTarget {
  return {
    path: `${table.name}.${column.name}`,
    field: column,
    required: false,
    label: (text) => `${text(table.definition.label, table.name)} › ${text(column.definition.label, column.name)}`,
  }
}

function isWritable(field: FieldModel): boolean {
  return field.computed === null && field.type.is !== 'opaque'
}

/** The fields by which a link's text may be found: unique ones, plain texts, the title. */
export function linkKeys(model: Model, field: FieldModel): readonly string[] {
  const linked = linkedForm(field)
  if (linked === null) return []
  const target = model.forms.get(linked)
  const keys = [...(target?.fields.values() ?? [])].filter(
    (one) =>
      one.definition.unique === true || one.kind.generated === true || ['code', 'name', 'number'].includes(one.name),
  )
  return [...keys.map((one) => one.name), 'title']
}

/** The form that a link points at; null: it is no link to one form. */
export function linkedForm(field: FieldModel): string | null {
  const type = field.type.is === 'list' ? field.type.of : field.type
  return type.is === 'record' ? type.form : null
}

/** Fields that tell records apart, by which existing ones are found again. */
export function matchFields(form: FormModel): readonly FieldModel[] {
  return [...form.fields.values()].filter((field) => field.definition.unique === true || field.kind.generated === true)
}
