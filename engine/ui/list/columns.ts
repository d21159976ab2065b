/** What can stand as a column: fields of the form and what every record has. */
import type { Text } from '#base/text.ts'
import type { FieldModel, FormModel } from '#definitions/model.ts'
import { systemFieldType } from '#definitions/system-fields.ts'
import type { ValueType } from '#definitions/value-type.ts'

export interface Column {
  readonly name: string
  readonly label: Text
  readonly type: ValueType
  /** Absent for a system field. */
  readonly field?: FieldModel
  readonly right: boolean
  /** Pixels; the rest is shared by those without. */
  readonly width: number
  readonly sortable: boolean
}

const systemLabels: Readonly<Record<string, Text>> = {
  title: { en: 'Title', 'zh-CN': '标题' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
  state: { en: 'State', 'zh-CN': '状态' },
  created_at: { en: 'Created', 'zh-CN': '创建时间' },
  created_by: { en: 'Created by', 'zh-CN': '创建人' },
  updated_at: { en: 'Changed', 'zh-CN': '修改时间' },
  updated_by: { en: 'Changed by', 'zh-CN': '修改人' },
}

export function columnOf(form: FormModel, name: string): Column | undefined {
  const field = form.fields.get(name)
  const type = field?.type ?? systemFieldType(form, name)
  if (!type || (!field && !systemLabels[name])) return undefined
  const right = type.is === 'integer' || type.is === 'decimal' || type.is === 'duration'
  return {
    name,
    type,
    right,
    label: field?.definition.label ?? systemLabels[name] ?? name,
    ...(field ? { field } : {}),
    width: field?.kind.name === 'sequence' || field?.kind.name === 'money' ? 136 : widthOf(type, name),
    sortable: !['list', 'rows', 'opaque', 'any_record'].includes(type.is) && field?.stored !== false,
  }
}

/** Every column that a form offers, fields first. */
export function allColumns(form: FormModel): readonly Column[] {
  const names = [
    ...[...form.fields.values()]
      .filter((field) => field.type.is !== 'rows' && (field.type.is !== 'opaque' || field.kind.holdsFiles))
      .map((field) => field.name),
    ...Object.keys(systemLabels),
  ]
  return names.flatMap((name) => columnOf(form, name) ?? [])
}

/** The columns of a list: those asked for, else a readable first choice. */
export function listColumns(form: FormModel, wanted: readonly string[] | undefined): readonly Column[] {
  const named = (wanted ?? []).flatMap((name) => columnOf(form, name) ?? [])
  if (named.length > 0) return named
  const fields = [...form.fields.values()]
  const readable = fields.filter(
    (field) =>
      !['rows', 'opaque', 'list'].includes(field.type.is) &&
      field.kind.name !== 'long_text' &&
      field.kind.name !== 'rich_text',
  )
  const pictures = fields.filter((field) => field.kind.name === 'image').slice(0, 1)
  const plain = [...readable.slice(0, 1), ...pictures, ...readable.slice(1)].slice(0, 6)
  const first = plain.length ? plain.map((field) => field.name) : ['title']
  return [...first, ...(form.lifecycle ? ['state'] : []), 'updated_at'].flatMap((name) => columnOf(form, name) ?? [])
}

/** What a field path may be filtered by: everything with a plain value. */
export function filterColumns(form: FormModel): readonly Column[] {
  return allColumns(form).filter(
    ({ name, type, field }) =>
      type.is !== 'opaque' && field?.stored !== false && name !== 'title' && !field?.definition.encrypted,
  )
}

function widthOf(type: ValueType, name: string): number {
  switch (type.is) {
    case 'boolean':
      return 80
    case 'integer':
      return 96
    case 'decimal':
      return 128
    case 'date':
      return 104
    case 'time':
      return 80
    case 'datetime':
      return 136
    case 'record':
      return type.form === 'user' ? 120 : 180
    case 'text':
      return name === 'state' ? 128 : type.options ? 120 : 152
    default:
      return 144
  }
}
