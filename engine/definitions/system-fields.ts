/** The fields that every record has without declaring them, and their types. */
import type { SystemField } from '#base/names.ts'
import type { FormModel, TableModel } from './model.ts'
import { type ValueType, valueTypes } from './value-type.ts'

const user: ValueType = { is: 'record', form: 'user' }

/** The type of a system field of the form; undefined where it has none of that name (`state` without a lifecycle). */
export function systemFieldType(form: FormModel, name: string): ValueType | undefined {
  const types: Partial<Record<SystemField, ValueType>> = {
    id: { is: 'record', form: form.name },
    version: valueTypes.integer,
    title: valueTypes.text,
    owner: user,
    created_at: valueTypes.datetime,
    created_by: user,
    updated_at: valueTypes.datetime,
    updated_by: user,
    ...(form.lifecycle ? { state: { is: 'text', options: form.lifecycle.states.map((state) => state.name) } } : {}),
  }
  return Object.hasOwn(types, name) ? types[name as SystemField] : undefined
}

/** The type of a field of a form or table, declared or of the system; a table row has only its `id`. */
export function fieldType(
  table: TableModel & Partial<Pick<FormModel, 'lifecycle' | 'name'>>,
  name: string,
): ValueType | undefined {
  const declared = table.fields.get(name)?.type
  if (declared) return declared
  if (table.table !== undefined)
    return name === 'id' ? { is: 'record', form: table.form, table: table.table } : undefined
  return systemFieldType(table as FormModel, name)
}
