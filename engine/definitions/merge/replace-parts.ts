/** What the workspace's own extension puts in the place of parts of a form: fields whole, by name; the layout as one. */
import type { FieldDefinition, FormDefinition, FormReplacements } from '../definition.ts'
import type { MergePlace } from './merge-list.ts'

/** A field keeps its place and its type; one that is not there is an issue. */
export function replaceParts(
  form: FormDefinition,
  { fields, ...rest }: FormReplacements,
  place: MergePlace,
): FormDefinition {
  const at = { ...place, pointer: `${place.pointer}/fields` }
  return { ...form, ...rest, fields: (fields ?? []).reduce((all, field) => replaceField(all, field, at), form.fields) }
}

function replaceField(
  fields: readonly FieldDefinition[],
  field: FieldDefinition,
  place: MergePlace,
): readonly FieldDefinition[] {
  const existing = fields.find((other) => other.name === field.name)
  if (existing?.type === field.type) return fields.map((other) => (other === existing ? field : other))
  const pointer = `${place.pointer}/${field.name}`
  if (existing)
    place.issues.push({ pointer: `${pointer}/type`, code: 'extension-changes', params: { property: 'type' } })
  else place.issues.push({ pointer, code: 'unknown-field', params: { name: field.name } })
  return fields
}
