/** Fields of an extension: new ones are appended; one without a type adds columns, options or targets to a field that exists. */
import { isObject, type Json } from '#base/json.ts'
import { amendable } from '../amendable.ts'
import type { FieldDefinition } from '../definition.ts'
import type { MergePlace } from './merge-list.ts'

export function mergeFields(
  base: readonly FieldDefinition[],
  added: readonly FieldDefinition[],
  place: MergePlace,
): readonly FieldDefinition[] {
  return added.reduce((fields, field) => mergeField(fields, field, place), base)
}

function mergeField(
  fields: readonly FieldDefinition[],
  field: FieldDefinition,
  place: MergePlace,
): readonly FieldDefinition[] {
  const here = { ...place, pointer: `${place.pointer}/${field.name}` }
  const existing = fields.find((other) => other.name === field.name)
  if (existing && amends(field, existing))
    return fields.map((other) => (other === existing ? amend(existing, field, here) : other))
  if (existing) place.issues.push({ pointer: here.pointer, code: 'name-taken', params: { name: field.name } })
  else if (field.type === undefined)
    place.issues.push({ pointer: here.pointer, code: 'unknown-field', params: { name: field.name } })
  else return [...fields, field]
  return fields
}

/** No type, or the same type and nothing but what can be added to. */
function amends(field: FieldDefinition, existing: FieldDefinition): boolean {
  if (field.type === undefined) return true
  return field.type === existing.type && Object.keys(field).every((key) => key === 'type' || amendable.includes(key))
}

function amend(existing: FieldDefinition, added: FieldDefinition, place: MergePlace): FieldDefinition {
  const lists = Object.keys(added).filter((key) => key !== 'name' && key !== 'type' && key !== 'fields')
  const options = Object.fromEntries(
    lists.map((key) => [
      key,
      mergeValues(existing[key] as Json, added[key] as Json, { ...place, pointer: `${place.pointer}/${key}` }),
    ]),
  )
  const columns = added.fields
    ? { fields: mergeFields(existing.fields ?? [], added.fields, { ...place, pointer: `${place.pointer}/fields` }) }
    : {}
  return { ...existing, ...options, ...columns }
}

/** Lists of values or of `{value, …}`: a member that is there already stays as it is when equal, else it is an issue. */
function mergeValues(base: Json | undefined, added: Json | undefined, place: MergePlace): Json {
  if (!Array.isArray(added) || (base !== undefined && !Array.isArray(base))) {
    place.issues.push({
      pointer: place.pointer,
      code: 'extension-changes',
      params: { property: place.pointer.split('/').at(-1) ?? '' },
    })
    return base ?? null
  }
  const merged: Json[] = [...((base as readonly Json[] | undefined) ?? [])]
  for (const item of added as readonly Json[]) addValue(merged, item, place)
  return merged
}

function addValue(merged: Json[], item: Json, place: MergePlace): void {
  const key = keyOf(item)
  if (!merged.some((other) => keyOf(other) === key)) merged.push(item)
  else if (isObject(item))
    place.issues.push({ pointer: `${place.pointer}/${key}`, code: 'name-taken', params: { name: key } })
}

function keyOf(item: Json): string {
  return isObject(item) ? String(item.value ?? item.name) : String(item)
}
